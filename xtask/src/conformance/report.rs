//! The report: how many scenarios pass, which fail and why, and which no description can express.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::description::Version;
use super::notes::Notes;
use super::scenario::Scenario;
use crate::ratchet::{Baseline, Known};

/// What came of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Passed,
    /// It did not pass; the sentence says what was seen.
    Failed(String),
    /// OpenAPI has no words for it; the sentence says why.
    Inexpressible(String),
}

impl Verdict {
    pub(super) fn is_expressible(&self) -> bool {
        !matches!(self, Self::Inexpressible(_))
    }
}

pub(super) type Verdicts<'s> = Vec<(&'s Scenario, Verdict)>;

/// The versions that a reason holds for, by reason and scenario.
type Reasons<'s> = BTreeMap<String, BTreeMap<&'s str, Vec<&'static str>>>;

/// The names of the scenarios that failed.
pub(super) fn failed<'s>(verdicts: &[(&'s Scenario, Verdict)]) -> impl Iterator<Item = &'s str> {
    verdicts
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Failed(_)))
        .map(|(scenario, _)| scenario.name.as_str())
}

/// The verdicts by version.
#[derive(Debug, Default)]
pub(super) struct Report<'s> {
    versions: Vec<(Version, Verdicts<'s>)>,
}

/// Passed of expressible.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    passed: usize,
    expressible: usize,
}

impl Score {
    fn of<'v>(verdicts: impl Iterator<Item = &'v Verdict>) -> Self {
        verdicts.filter(|verdict| verdict.is_expressible()).fold(Self::default(), |score, verdict| Self {
            passed: score.passed + usize::from(*verdict == Verdict::Passed),
            expressible: score.expressible + 1,
        })
    }

    fn text(self) -> String {
        match self.expressible {
            0 => "–".to_owned(),
            expressible => format!("{}/{expressible}", self.passed),
        }
    }
}

impl<'s> Report<'s> {
    pub(super) fn add(&mut self, version: Version, verdicts: Verdicts<'s>) {
        self.versions.push((version, verdicts));
        self.versions.sort_by_key(|(version, _)| version.name());
    }

    pub(super) fn versions(&self) -> &[(Version, Verdicts<'s>)] {
        &self.versions
    }

    /// What the ratchet keeps of it.
    pub(super) fn known(&self) -> Baseline {
        let known = |verdicts: &Verdicts<'_>| Known {
            tried: verdicts.iter().filter(|(_, verdict)| verdict.is_expressible()).count(),
            failed: failed(verdicts).map(str::to_owned).collect(),
        };
        self.versions.iter().map(|(version, verdicts)| (version.name().to_owned(), known(verdicts))).collect()
    }

    /// A line for each version.
    pub(super) fn totals(&self) -> String {
        let line = |(version, verdicts): &(Version, Verdicts<'_>)| {
            let score = Score::of(verdicts.iter().map(|(_, verdict)| verdict));
            let Score { passed, expressible } = score;
            let others = verdicts.len() - expressible;
            format!("{}: {passed} of {expressible} scenarios pass; {others} cannot be expressed\n", version.name())
        };
        self.versions.iter().map(line).collect()
    }

    /// Everything, for programs.
    pub(super) fn json(&self) -> Value {
        let verdict = |(scenario, verdict): &(&Scenario, Verdict)| match verdict {
            Verdict::Passed => json!({ "name": scenario.name, "verdict": "passed" }),
            Verdict::Failed(why) => json!({ "name": scenario.name, "verdict": "failed", "why": why }),
            Verdict::Inexpressible(why) => json!({ "name": scenario.name, "verdict": "inexpressible", "why": why }),
        };
        let versions = self.versions.iter().map(|(version, verdicts)| {
            (version.name().to_owned(), Value::Array(verdicts.iter().map(verdict).collect()))
        });
        Value::Object(versions.collect())
    }

    /// `CONFORMANCE.md`.
    pub(super) fn markdown(&self, notes: &Notes) -> String {
        let mut text = String::from(HEAD);
        let names: Vec<&str> = self.versions.iter().map(|(version, _)| version.name()).collect();
        let _ = writeln!(text, "| group | {} |\n|---|{}", names.join(" | "), "--:|".repeat(names.len()));
        for (group, scores) in self.groups() {
            let _ = writeln!(text, "| {group} | {} |", scores.join(" | "));
        }
        let all: Vec<String> = self
            .versions
            .iter()
            .map(|(_, verdicts)| Score::of(verdicts.iter().map(|(_, verdict)| verdict)).text())
            .collect();
        let _ = writeln!(text, "| **all** | **{}** |", all.join("** | **"));
        text.push_str("\n## Failures\n\n");
        let failures = self.by_reason(|version, scenario, verdict| match verdict {
            Verdict::Failed(seen) => Some(notes.failing(version, scenario).map_or_else(|| seen.clone(), str::to_owned)),
            _ => None,
        });
        list(&mut text, &failures);
        text.push_str("\n## Not expressible\n\n");
        let inexpressible = self.by_reason(|_, _, verdict| match verdict {
            Verdict::Inexpressible(why) => Some(why.clone()),
            _ => None,
        });
        list(&mut text, &inexpressible);
        text
    }

    /// The scores of each group, by version.
    fn groups(&self) -> BTreeMap<&str, Vec<String>> {
        let all = self.versions.iter().flat_map(|(_, verdicts)| verdicts).map(|(scenario, _)| scenario.group.as_str());
        let score = |group: &str, verdicts: &Verdicts<'_>| {
            let own = verdicts.iter().filter(|(scenario, _)| scenario.group == group).map(|(_, verdict)| verdict);
            Score::of(own).text()
        };
        all.map(|group| (group, self.versions.iter().map(|(_, verdicts)| score(group, verdicts)).collect())).collect()
    }

    /// The scenarios by reason, each with the versions that it holds for.
    fn by_reason(&self, reason: impl Fn(Version, &str, &Verdict) -> Option<String>) -> Reasons<'_> {
        let mut all = Reasons::new();
        for (version, verdicts) in &self.versions {
            for (scenario, verdict) in verdicts {
                if let Some(reason) = reason(*version, &scenario.name, verdict) {
                    all.entry(reason).or_default().entry(&scenario.name).or_default().push(version.name());
                }
            }
        }
        all
    }
}

const HEAD: &str = "\
<!-- @generated by `cargo xtask conformance` -->

# Conformance

Clients are generated from the descriptions that TypeSpec's [http-specs] emit as OpenAPI 3.0, 3.1 and 3.2, and driven
through their typed interface against the mock server of the same suite, Spector. A scenario passes when the mock server
accepts every request, and every decoded answer is what it sent. Of scenarios that OpenAPI has words for:

[http-specs]: https://github.com/microsoft/typespec/tree/main/packages/http-specs

";

/// A line for each reason and the versions that it holds for.
fn list(text: &mut String, reasons: &Reasons<'_>) {
    if reasons.is_empty() {
        text.push_str("None.\n");
    }
    for (reason, scenarios) in reasons {
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, versions) in scenarios {
            alike.entry(versions.join(", ")).or_default().push(format!("`{name}`"));
        }
        for (versions, names) in alike {
            let reason = reason.replace('\n', " ");
            let _ = writeln!(text, "* {versions}: {reason}. {}: {}.", names.len(), names.join(", "));
        }
    }
}
