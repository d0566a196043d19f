//! What is known of scenarios: those that OpenAPI cannot express, and why others fail.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::description::Version;
use super::scenario::Scenario;
use crate::ratchet::is_named;

/// `tests/conformance/notes.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    /// Scenarios that a description of OpenAPI cannot tell a client of.
    #[serde(default)]
    inexpressible: Vec<Note>,
    /// Why scenarios fail that a description tells of.
    #[serde(default)]
    failing: Vec<Note>,
}

/// A reason, and the scenarios that it holds for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    /// Names of scenarios; a final `*` stands for any end.
    scenarios: Vec<String>,
    /// The versions of OpenAPI; all where none is listed.
    #[serde(default)]
    versions: Vec<String>,
    reason: String,
}

impl Note {
    fn holds(&self, version: Version, scenario: &str) -> bool {
        self.is_about(version) && self.scenarios.iter().any(|pattern| is_named(pattern, scenario))
    }

    fn is_about(&self, version: Version) -> bool {
        self.versions.is_empty() || self.versions.iter().any(|name| name == version.name())
    }
}

impl Notes {
    /// Reads the notes.
    ///
    /// # Errors
    ///
    /// A sentence for the user: the file cannot be read, or names a scenario that there is not.
    pub(super) fn read(file: &Path, scenarios: &[Scenario]) -> Result<Self, String> {
        let told = |error: &dyn std::fmt::Display| format!("`{}`: {error}", file.display());
        let text = fs::read_to_string(file).map_err(|error| told(&error))?;
        let notes: Self = toml::from_str(&text).map_err(|error| told(&error))?;
        let patterns = notes.inexpressible.iter().chain(&notes.failing).flat_map(|note| &note.scenarios);
        let is_stale = |pattern: &&String| !scenarios.iter().any(|scenario| is_named(pattern, &scenario.name));
        match patterns.into_iter().find(is_stale) {
            Some(pattern) => Err(told(&format!("no scenario is called `{pattern}`"))),
            None => Ok(notes),
        }
    }

    /// Why OpenAPI cannot express a scenario.
    pub(super) fn inexpressible(&self, version: Version, scenario: &str) -> Option<&str> {
        reason(&self.inexpressible, version, scenario)
    }

    /// Why a scenario fails, where somebody has found out.
    pub(super) fn failing(&self, version: Version, scenario: &str) -> Option<&str> {
        reason(&self.failing, version, scenario)
    }

    /// What the notes and the failures of a version do not have in common, a sentence each: failures that no note
    /// explains, and names of scenarios of which none fails any more.
    pub(super) fn amiss(&self, version: Version, failed: &[&str]) -> Vec<String> {
        let name = version.name();
        let unexplained = failed.iter().filter(|scenario| self.failing(version, scenario).is_none());
        let unexplained = unexplained.map(|scenario| format!("{name}: no note says why {scenario} fails"));
        let own = self.failing.iter().filter(|note| note.is_about(version)).flat_map(|note| &note.scenarios);
        let stale = own.filter(|pattern| !failed.iter().any(|scenario| is_named(pattern, scenario)));
        unexplained
            .chain(stale.map(|pattern| format!("{name}: a note says why {pattern} fails, and it does not")))
            .collect()
    }
}

fn reason<'n>(notes: &'n [Note], version: Version, scenario: &str) -> Option<&'n str> {
    notes.iter().find(|note| note.holds(version, scenario)).map(|note| note.reason.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_hold_for_names_and_versions() {
        let text = "[[failing]]\nscenarios = [\"A_*\", \"B\"]\nversions = [\"3.0\"]\nreason = \"why\"\n";
        let notes: Notes = toml::from_str(text).unwrap();
        for (version, name, expect) in [
            (Version::V30, "A_x", Some("why")),
            (Version::V30, "B", Some("why")),
            (Version::V30, "B_x", None),
            (Version::V31, "A_x", None),
        ] {
            assert_eq!(notes.failing(version, name), expect, "{name}");
            assert_eq!(notes.inexpressible(version, name), None);
        }
    }

    #[test]
    fn notes_and_failures_agree() {
        let text = "[[failing]]\nscenarios = [\"A_*\", \"B\"]\nversions = [\"3.0\"]\nreason = \"why\"\n";
        let notes: Notes = toml::from_str(text).unwrap();
        for (version, failed, expect) in [
            (Version::V30, &["A_x", "B"][..], &[][..]),
            (Version::V30, &["A_x"], &["3.0: a note says why B fails, and it does not"]),
            (Version::V30, &["A_x", "B", "C"], &["3.0: no note says why C fails"]),
            (Version::V31, &[], &[]),
        ] {
            assert_eq!(notes.amiss(version, failed), expect, "{failed:?}");
        }
    }
}
