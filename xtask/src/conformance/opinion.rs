//! A second opinion on the rows of the wire: openapi-core reads the raw requests of `tests/wire-rows/` by the same
//! descriptions, and must find the values that the caller gave.
//!
//! What it cannot judge stands in `second-opinion.toml` with the reason, and `second-opinion.json` says of each row how many
//! cases it agreed with, not which, when somebody last looked. It must not be fewer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use driver::rows::{self, Cases, Outcome, Setting};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::notes::Notes;
use crate::python::Python;

/// Where the cases are, from the root of the workspace.
const CASES: &str = "tests/wire-rows";

/// The heading of its section in the report.
pub(super) const HEADING: &str = "## A second opinion\n";

/// How many cases of each row it agrees with.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Agreed(BTreeMap<String, Score>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Score {
    agreed: usize,
    differed: usize,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Opinion {
    pub(super) agreed: Agreed,
    /// The cases that it does not agree with: row, case, and what it says.
    differing: Vec<(String, String, String)>,
    notes: Notes,
}

/// Sends every case, and has the requests judged.
///
/// # Errors
///
/// A sentence for the user.
pub(super) fn ask(root: &Path, sources: &Path, folder: &Path, python: &Python) -> Result<Opinion, String> {
    let told = |error: io::Error| format!("the rows of the wire: {error}");
    let notes = Notes::read(&sources.join("second-opinion.toml"))?;
    let cases = Cases::read(&root.join(CASES)).map_err(told)?;
    let run = rows::run(&cases, &folder.join("rows")).map_err(told)?;
    if let Some(fault) = run.faults.first() {
        return Err(format!("the rows of the wire: {fault}"));
    }
    let settings: Vec<&Setting> = run.descriptions.keys().collect();
    let sent: Vec<(&Outcome<'_>, Value)> =
        run.outcomes.iter().filter_map(|outcome| Some((outcome, case(outcome, &settings)?))).collect();
    let work = json!({
        "descriptions": run.descriptions.values().collect::<Vec<_>>(),
        "cases": sent.iter().map(|(_, case)| case).collect::<Vec<_>>(),
    });
    let file = folder.join("second-opinion.json");
    fs::write(&file, work.to_string()).map_err(told)?;
    let script = sources.join("second_opinion.py");
    let fails = |why: &str| format!("`{}` {why}", script.display());
    let output = python.run(&script, &file).map_err(|why| fails(&format!("fails: {}", why.trim())))?;
    let verdicts: Vec<Option<String>> =
        serde_json::from_slice(&output).map_err(|error| fails(&format!("wrote no verdicts: {error}")))?;
    let mut opinion = Opinion { agreed: Agreed::default(), differing: Vec::new(), notes };
    for ((outcome, _), verdict) in sent.iter().zip(verdicts) {
        let score = opinion.agreed.0.entry(outcome.case.row.clone()).or_default();
        match verdict {
            None => score.agreed += 1,
            Some(words) => {
                score.differed += 1;
                opinion.differing.push((outcome.case.row.clone(), outcome.case.id.clone(), words));
            }
        }
    }
    Ok(opinion)
}

/// A case as the script reads it; `None` where nothing was sent, or nothing but the URL.
fn case(outcome: &Outcome<'_>, settings: &[&Setting]) -> Option<Value> {
    let request = outcome.received.first().filter(|_| outcome.case.has_arguments())?;
    let body: String = request.body.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(json!({
        "id": outcome.case.id,
        "path": outcome.case.path(),
        "description": settings.iter().position(|setting| **setting == outcome.setting),
        "head": request.head,
        "body": body,
        "given": outcome.case.given,
        "value": outcome.case.body,
    }))
}

impl Agreed {
    /// Reads what was known; a file that is not there holds nothing.
    ///
    /// # Errors
    ///
    /// A sentence for the user.
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| format!("`{}`: {error}", file.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("`{}`: {error}", file.display())),
        }
    }

    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        fs::write(file, format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    fn total(&self) -> Score {
        self.0.values().fold(Score::default(), |sum, score| Score {
            agreed: sum.agreed + score.agreed,
            differed: sum.differed + score.differed,
        })
    }
}

impl Opinion {
    /// What is worse than it was, and where the notes and what was seen do not agree, a sentence each.
    pub(super) fn amiss(&self, before: &Agreed) -> Vec<String> {
        let mut amiss = Vec::new();
        for (row, case, words) in &self.differing {
            if self.notes.reason(row).is_none() {
                amiss.push(format!("openapi-core: no note says why it differs on {row} ({case}): {words}"));
            }
        }
        let rows: Vec<String> = self.differing.iter().map(|(row, ..)| row.clone()).collect();
        amiss.extend(self.notes.stale(&rows).iter().map(|stale| format!("openapi-core: {stale}")));
        for (row, then) in &before.0 {
            let now = self.agreed.0.get(row).copied().unwrap_or_default();
            if now.agreed < then.agreed || now.differed > then.differed {
                let cases = self.differing.iter().filter(|(of, ..)| of == row);
                let words: String = cases.map(|(_, case, words)| format!("; {case}: {words}")).collect();
                let (now, then) = (now.text(), then.text());
                amiss.push(format!("worse: openapi-core: it agrees with {now} of {row}, and {then} before{words}"));
            }
        }
        amiss
    }

    /// A line for the user.
    pub(super) fn total(&self) -> String {
        format!("openapi-core agrees with {} requests of the rows of the wire\n", self.agreed.total().text())
    }

    /// The section of the report.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("{HEADING}{ABOUT}\n| rows | agreed |\n|---|--:|\n");
        let mut groups: BTreeMap<String, Score> = BTreeMap::new();
        for (row, score) in &self.agreed.0 {
            let group = groups.entry(group(row)).or_default();
            *group = Score { agreed: group.agreed + score.agreed, differed: group.differed + score.differed };
        }
        let mut groups: Vec<(String, Score)> = groups.into_iter().collect();
        groups.sort_by_cached_key(|(group, _)| numbered(group));
        for (group, score) in &groups {
            let _ = writeln!(text, "| {group} | {} |", score.text());
        }
        let _ = writeln!(text, "| **all** | **{}** |\n\nWhere it does not agree:\n", self.agreed.total().text());
        let mut reasons: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (row, _, words) in &self.differing {
            let reason = self.notes.reason(row).unwrap_or(words);
            *reasons.entry(reason).or_default().entry(row).or_default() += 1;
        }
        for (reason, rows) in &reasons {
            let count: usize = rows.values().sum();
            let rows: Vec<String> = rows.keys().map(|row| format!("`{row}`")).collect();
            let _ = writeln!(text, "* {reason}. {count}: {}.", rows.join(", "));
        }
        if reasons.is_empty() {
            text.push_str("Nowhere.\n");
        }
        text
    }
}

const ABOUT: &str = "
The requests of `tests/wire-rows/` are compared with what the specification says by the project's own tests. [openapi-core],
which others wrote, reads each of them by the same description, and agrees where it finds the values that the caller gave:

[openapi-core]: https://github.com/python-openapi/openapi-core
";

/// A line of the table: the place and style of a cell, and else the row.
fn group(row: &str) -> String {
    match row.split('/').collect::<Vec<_>>().as_slice() {
        [place, style, _, _] => format!("{place}, {style}"),
        _ => row.to_owned(),
    }
}

/// What a line is sorted by: `E2` stands before `E10`.
fn numbered(group: &str) -> (String, usize) {
    let name = group.trim_end_matches(|character: char| character.is_ascii_digit());
    (name.to_owned(), group[name.len()..].parse().unwrap_or_default())
}

impl Score {
    fn text(self) -> String {
        format!("{}/{}", self.agreed, self.agreed + self.differed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(agreed: &[(&str, usize, usize)], notes: &str) -> Opinion {
        let mut opinion = Opinion {
            agreed: Agreed::default(),
            differing: Vec::new(),
            notes: toml::from_str(&format!("failing = [{notes}]")).unwrap(),
        };
        for (row, agreed, differed) in agreed {
            opinion.agreed.0.insert((*row).to_owned(), Score { agreed: *agreed, differed: *differed });
            opinion.differing.extend((0..*differed).map(|_| ((*row).to_owned(), "a-1".to_owned(), "why".to_owned())));
        }
        opinion
    }

    #[test]
    fn what_is_worse_or_unexplained_is_told() {
        let note = "{names = [\"a/*\"], reason = \"r\"}";
        for (before, now, notes, expect) in [
            (&[("E1", 2, 0)][..], &[("E1", 2, 0)][..], "", &[][..]),
            (&[("E1", 2, 0)], &[("E1", 3, 0)], "", &[]),
            (&[("E1", 2, 0)], &[("E1", 1, 0)], "", &["worse: openapi-core: it agrees with 1/1 of E1, and 2/2 before"]),
            (&[("E1", 2, 0)], &[], "", &["worse: openapi-core: it agrees with 0/0 of E1, and 2/2 before"]),
            (&[], &[("E1", 1, 1)], "", &["openapi-core: no note says why it differs on E1 (a-1): why"]),
            (&[], &[("a/b", 1, 1)], note, &[]),
            (
                &[("a/b", 1, 1)],
                &[("a/b", 1, 2)],
                note,
                &["worse: openapi-core: it agrees with 1/3 of a/b, and 1/2 before; a-1: why; a-1: why"],
            ),
            (&[], &[("E1", 1, 0)], note, &["openapi-core: a note says why a/* fails, and it does not"]),
        ] {
            assert_eq!(opinion(now, notes).amiss(&opinion(before, "").agreed), expect, "{before:?} {now:?}");
        }
    }

    #[test]
    fn rows_are_in_the_order_of_their_numbers() {
        let mut rows = ["E10", "path, label", "E2", "E1"];
        rows.sort_by_cached_key(|row| numbered(row));
        assert_eq!(rows, ["E1", "E2", "E10", "path, label"]);
    }
}
