//! Why cases of suites fail that others wrote, as somebody has found out.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::ratchet::is_named;

/// A file of notes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notes {
    #[serde(default)]
    failing: Vec<Note>,
}

/// A reason, and the failures that it holds for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    /// Names of failures; a final `*` stands for any end.
    names: Vec<String>,
    reason: String,
}

impl Notes {
    /// Reads the notes.
    ///
    /// # Errors
    ///
    /// A sentence for the user.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let told = |error: &dyn std::fmt::Display| format!("`{}`: {error}", file.display());
        let text = fs::read_to_string(file).map_err(|error| told(&error))?;
        toml::from_str(&text).map_err(|error| told(&error))
    }

    /// Why something fails, where somebody has found out.
    pub(crate) fn reason(&self, name: &str) -> Option<&str> {
        let note = self.failing.iter().find(|note| note.names.iter().any(|pattern| is_named(pattern, name)));
        note.map(|note| note.reason.as_str())
    }

    /// What the notes and the failures do not have in common, a sentence each.
    pub(crate) fn amiss(&self, failed: &[String]) -> Vec<String> {
        let unexplained = failed.iter().filter(|name| self.reason(name).is_none());
        unexplained.map(|name| format!("no note says why {name} fails")).chain(self.stale(failed)).collect()
    }

    /// The notes on what does not fail, a sentence each.
    pub(crate) fn stale(&self, failed: &[String]) -> Vec<String> {
        let patterns = self.failing.iter().flat_map(|note| &note.names);
        let stale = patterns.filter(|pattern| !failed.iter().any(|name| is_named(pattern, name)));
        stale.map(|pattern| format!("a note says why {pattern} fails, and it does not")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_failures_agree() {
        let notes: Notes = toml::from_str("[[failing]]\nnames = [\"a: *\", \"b\"]\nreason = \"why\"\n").unwrap();
        let check = |failed: &[&str], expect: &[&str]| {
            let failed: Vec<String> = failed.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(notes.amiss(&failed), expect);
        };
        assert_eq!((notes.reason("a: x"), notes.reason("c")), (Some("why"), None));
        check(&["a: x", "b"], &[]);
        check(&["a: x"], &["a note says why b fails, and it does not"]);
        check(&["a: x", "b", "c"], &["no note says why c fails"]);
    }
}
