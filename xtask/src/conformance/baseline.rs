//! The ratchet: which scenarios failed when somebody last looked. No other may fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::report::{Report, failed};

/// What is known by version.
pub(super) type Baseline = BTreeMap<String, Known>;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// How many scenarios were driven.
    expressible: usize,
    /// The names of those that failed.
    failed: BTreeSet<String>,
}

/// Reads the baseline; a file that is not there holds nothing.
///
/// # Errors
///
/// A sentence for the user.
pub(super) fn read(file: &Path) -> Result<Baseline, String> {
    let shown = file.display();
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| format!("`{shown}` is no baseline: {error}")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Baseline::new()),
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

/// What a report says, in place of what was known of its versions.
pub(super) fn updated(mut baseline: Baseline, report: &Report) -> Baseline {
    for (version, verdicts) in report.versions() {
        let known = Known {
            expressible: verdicts.iter().filter(|(_, verdict)| verdict.is_expressible()).count(),
            failed: failed(verdicts).map(str::to_owned).collect(),
        };
        baseline.insert(version.name().to_owned(), known);
    }
    baseline
}

/// What is worse than it was, a sentence each. Of a part of the scenarios, only failures are.
pub(super) fn worse(before: &Baseline, report: &Report, is_whole: bool) -> Vec<String> {
    let now = updated(Baseline::new(), report);
    let mut worse = Vec::new();
    for (version, now) in &now {
        let then = before.get(version).cloned().unwrap_or_default();
        worse.extend(now.failed.difference(&then.failed).map(|name| format!("{version}: {name} fails")));
        if is_whole && now.expressible < then.expressible {
            let (then, now) = (then.expressible, now.expressible);
            worse.push(format!("{version}: {now} scenarios were driven, and {then} before"));
        }
    }
    worse
}

pub(super) fn write(file: &Path, baseline: &Baseline) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(baseline)?;
    text.push('\n');
    fs::write(file, text)
}
