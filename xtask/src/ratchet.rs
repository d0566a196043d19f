//! The ratchet of the suites that others wrote: what failed when somebody last looked. Nothing else may fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What is known of each part of a suite, by its name.
pub(crate) type Baseline = BTreeMap<String, Known>;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// How many cases were tried.
    pub(crate) tried: usize,
    /// The names of those that failed.
    pub(crate) failed: BTreeSet<String>,
}

/// Reads the baseline; a file that is not there holds nothing.
///
/// # Errors
///
/// A sentence for the user.
pub(crate) fn read(file: &Path) -> Result<Baseline, String> {
    let shown = file.display();
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| format!("`{shown}` is no baseline: {error}")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Baseline::new()),
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

/// What is worse than it was, a sentence each. Of a part of the cases, only failures are.
pub(crate) fn worse(before: &Baseline, now: &Baseline, is_whole: bool) -> Vec<String> {
    let mut worse = Vec::new();
    for (part, now) in now {
        let then = before.get(part).cloned().unwrap_or_default();
        worse.extend(now.failed.difference(&then.failed).map(|name| format!("{part}: {name} fails")));
        if is_whole && now.tried < then.tried {
            worse.push(format!("{part}: {} cases were tried, and {} before", now.tried, then.tried));
        }
    }
    worse
}

/// Writes what was known, and in place of it what is known now. Other parts stay.
pub(crate) fn write(file: &Path, before: Baseline, now: Baseline) -> io::Result<()> {
    let all: Baseline = before.into_iter().chain(now).collect();
    let mut text = serde_json::to_string_pretty(&all)?;
    text.push('\n');
    fs::write(file, text)
}

/// Whether a pattern of the notes is about a case; a final `*` stands for any end.
pub(crate) fn is_named(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_before_may_fail_and_nothing_else() {
        let known = |tried, failed: &[&str]| {
            let failed = failed.iter().map(|name| (*name).to_owned()).collect();
            Baseline::from([("part".to_owned(), Known { tried, failed })])
        };
        let check = |before: &Baseline, now: &Baseline, is_whole, expect: &[&str]| {
            assert_eq!(worse(before, now, is_whole), expect);
        };
        check(&known(2, &["a"]), &known(2, &["a"]), true, &[]);
        check(&known(2, &["a"]), &known(3, &[]), true, &[]);
        check(&known(2, &["a"]), &known(2, &["b"]), true, &["part: b fails"]);
        check(&known(2, &[]), &known(1, &[]), true, &["part: 1 cases were tried, and 2 before"]);
        check(&known(2, &[]), &known(1, &[]), false, &[]);
        check(&Baseline::new(), &known(1, &["a"]), true, &["part: a fails"]);
    }
}
