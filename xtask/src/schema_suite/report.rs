//! The report: what became of the schemas and the values, and why some failed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::cases::{Case, Test};
use super::drive::{Came, Fate};
use crate::notes::Notes;
use crate::ratchet::{Baseline, Known};

/// What the baseline calls the suite.
const PART: &str = "draft2020-12";

/// What became of each case.
#[derive(Debug)]
pub(super) struct Report<'c> {
    fates: Vec<(&'c Case, Fate)>,
}

/// Numbers of a part of the suite.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    schemas: usize,
    clients: usize,
    valid: usize,
    /// Valid values that came back as they went.
    back: usize,
    /// Those of them that lacked what the schema says nothing of.
    without_unknown: usize,
    invalid: usize,
    /// Invalid values that the models refused.
    refused: usize,
}

impl<'c> Report<'c> {
    pub(super) fn new(fates: Vec<(&'c Case, Fate)>) -> Self {
        Self { fates }
    }

    /// What fails, by name: schemas without a client, and valid values that do not come back.
    fn failures(&self) -> Vec<(String, &str)> {
        let mut failures = Vec::new();
        for (case, fate) in &self.fates {
            match fate {
                Fate::Refused(why) | Fate::Broken(why) => failures.push((case.name.clone(), why.as_str())),
                Fate::Driven(values) => {
                    for (test, came) in case.tests.iter().zip(values).filter(|(test, _)| test.valid) {
                        if let Came::Otherwise(why) = came {
                            failures.push((format!("{}: {}", case.name, test.description), why.as_str()));
                        }
                    }
                }
            }
        }
        failures
    }

    /// The names of what fails.
    pub(super) fn failed(&self) -> Vec<String> {
        self.failures().into_iter().map(|(name, _)| name).collect()
    }

    /// What the ratchet keeps of it.
    pub(super) fn known(&self) -> Baseline {
        let known = Known { tried: self.score(|_| true).valid, failed: self.failed().into_iter().collect() };
        Baseline::from([(PART.to_owned(), known)])
    }

    /// A line for each schema without a client and each value.
    pub(super) fn details(&self) -> String {
        let mut text = String::new();
        for (case, fate) in &self.fates {
            let mut line = |what: &str| _ = writeln!(text, "{}: {what}", case.name);
            match fate {
                Fate::Refused(why) => line(&format!("no client: {why}")),
                Fate::Broken(why) => line(&format!("broken: {why}")),
                Fate::Driven(values) => {
                    for (test, came) in case.tests.iter().zip(values) {
                        line(&detail(test, came));
                    }
                }
            }
        }
        text
    }

    /// The numbers of the cases that `is_part` chooses.
    fn score(&self, is_part: impl Fn(&Case) -> bool) -> Score {
        let mut score = Score::default();
        for (case, fate) in self.fates.iter().filter(|(case, _)| is_part(case)) {
            let valid = case.tests.iter().filter(|test| test.valid).count();
            score.schemas += 1;
            score.valid += valid;
            score.invalid += case.tests.len() - valid;
            let Fate::Driven(values) = fate else { continue };
            score.clients += 1;
            for (test, came) in case.tests.iter().zip(values) {
                match (test.valid, came) {
                    (true, Came::Back) => score.back += 1,
                    (true, Came::WithoutUnknown) => {
                        score.back += 1;
                        score.without_unknown += 1;
                    }
                    (false, Came::Otherwise(_)) => score.refused += 1,
                    (true, Came::Otherwise(_)) | (false, Came::Back | Came::WithoutUnknown) => {}
                }
            }
        }
        score
    }

    /// The sum in a line or two.
    pub(super) fn totals(&self) -> String {
        let Score { schemas, clients, valid, back, invalid, refused, .. } = self.score(|_| true);
        format!(
            "{clients} of {schemas} schemas lead to a client; {back} of {valid} valid values come back; \
             {refused} of {invalid} invalid ones are refused\n"
        )
    }

    /// `tests/schema-suite/README.md`.
    pub(super) fn markdown(&self, notes: &Notes) -> String {
        let mut text = String::from(HEAD);
        text.push_str("| file | schemas | clients | valid values | come back | invalid values | refused |\n");
        text.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
        let mut groups: Vec<&str> = self.fates.iter().map(|(case, _)| case.group.as_str()).collect();
        groups.dedup();
        for group in groups {
            row(&mut text, group, self.score(|case| case.group == group));
        }
        let all = self.score(|_| true);
        row(&mut text, "**all**", all);
        let _ = writeln!(text, "\nOf those that come back, {} came without {UNKNOWN}.", all.without_unknown);
        text.push_str("\n## Failures\n\n");
        let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, seen) in self.failures() {
            reasons.entry(notes.reason(&name).unwrap_or(seen).to_owned()).or_default().push(name);
        }
        for (reason, names) in &reasons {
            let names: Vec<String> = names.iter().map(|name| format!("  * {}\n", name.replace('$', "\\$"))).collect();
            let _ = write!(text, "* {}. {}:\n{}", reason.replace('\n', " "), names.len(), names.concat());
        }
        if reasons.is_empty() {
            text.push_str("None.\n");
        }
        text
    }
}

fn row(text: &mut String, name: &str, score: Score) {
    let Score { schemas, clients, valid, back, invalid, refused, .. } = score;
    let _ = writeln!(text, "| {name} | {schemas} | {clients} | {valid} | {back} | {invalid} | {refused} |");
}

fn detail(test: &Test, came: &Came) -> String {
    let kind = if test.valid { "valid" } else { "invalid" };
    let came = match came {
        Came::Back => "comes back".to_owned(),
        Came::WithoutUnknown => "comes back without unknown members".to_owned(),
        Came::Otherwise(why) => why.clone(),
    };
    format!("{}: {kind}: {came}: {}", test.description, test.data)
}

const UNKNOWN: &str = "members that their schema says nothing of, which models ignore";

const HEAD: &str = "\
<!-- @generated by `cargo xtask schema-suite` -->

# The suite of JSON Schema

Each schema of [JSON-Schema-Test-Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite), draft 2020-12 with
its optional parts, is made a component of an OpenAPI 3.1 description, and the files that the suite serves lie in the folder
of that description. A schema must lead to a client that compiles without a warning, or to a diagnostic with a place. Every
valid value goes through a model, as a property of a record, and must come back as it went, numbers by value. A client need
not refuse invalid values: the models check types, and the documentation says the rest.

`cargo xtask schema-suite` writes this page. The suite comes with a package of PyPI, which `requirements.txt` pins; nothing of
it enters this repository. `baseline.json` lists what fails, and nothing else may; `notes.toml` says why.

";
