//! What is known of a document after a run: the rows of the report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::limits::Usage;
use super::survey::Survey;
use crate::cli::Step;

/// How many faults of a kind a report quotes.
pub(super) const MOST_QUOTES: usize = 5;

/// All that is known of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// What came of generating it as it is.
    pub(super) generated: Generated,
    /// What came of generating it leniently, where it was refused as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) leniently: Option<Generated>,
    /// `cargo check` of the crate alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) check: Option<Compile>,
    /// `cargo clippy` of the crate alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) clippy: Option<Compile>,
    /// `cargo doc` of the crate alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) doc: Option<Compile>,
    /// Samples through the models and back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) roundtrip: Option<RoundTrip>,
    /// Calls of the operations, where some are written down for the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) calls: Option<Calls>,
}

/// What came of generating a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Generated {
    /// How it ended.
    pub(super) end: End,
    /// The version that the document states.
    pub(super) version: String,
    /// The operations that the document states.
    pub(super) stated_operations: usize,
    /// The crate in numbers; `None` where there is none.
    pub(super) survey: Option<Survey>,
    /// Warnings by code.
    pub(super) warnings: BTreeMap<String, usize>,
    /// Errors by code.
    pub(super) errors: BTreeMap<String, usize>,
    /// The first errors, each with its place.
    pub(super) quotes: Vec<String>,
    /// Files of the crate.
    pub(super) files: usize,
    /// Lines of Rust in it.
    pub(super) lines: usize,
    /// How long generating took.
    pub(super) milliseconds: f64,
    /// In the processor; `None` where the system does not tell.
    pub(super) cpu_milliseconds: Option<f64>,
    /// The memory it took, in MiB; `None` where the system does not tell.
    pub(super) peak_mib: Option<f64>,
    /// The hash of the files of the crate.
    pub(super) output: u64,
    /// What was read, by path, each with the hash of its bytes; `None` for what could not be read.
    pub(super) inputs: BTreeMap<String, Option<u64>>,
}

/// How generating a document ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum End {
    /// With a crate.
    Crate,
    /// With diagnostics and no crate.
    #[default]
    Refused,
    /// With a panic or a crash; its last words.
    Panicked(String),
    /// Not in the time that it had.
    TimedOut,
}

/// What a command of Cargo said of a crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Compile {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// The first of both.
    pub(crate) quotes: Vec<String>,
    /// Time and memory.
    pub(super) usage: Usage,
}

/// What became of samples that went through the models.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct RoundTrip {
    /// Component schemas.
    pub(super) schemas: usize,
    /// Those that have no sample, because the sampler finds none that the validator accepts.
    pub(super) unsampled: Vec<String>,
    /// Those that have no model of their own.
    pub(super) unmodelled: Vec<String>,
    /// Samples that went through.
    pub(super) samples: usize,
    /// Samples that came back otherwise or not at all, by kind of fault.
    pub(super) faults: BTreeMap<String, usize>,
    /// Samples that came back otherwise and may, by the reason that the notes give.
    #[serde(default)]
    pub(super) excused: BTreeMap<String, usize>,
    /// The first faults of each kind.
    pub(super) quotes: Vec<String>,
    /// Why there was no round trip, when the program that makes it did not compile or run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<String>,
}

/// What came of calls of the operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Calls {
    /// How many were right.
    pub(super) right: usize,
    /// The others, each with why.
    pub(super) faults: Vec<String>,
    /// Why there were no calls, when the program that makes them did not compile or run to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<String>,
}

impl Record {
    /// The generation that made the crate, where one did; else the one as it is.
    pub(super) fn best(&self) -> &Generated {
        match &self.leniently {
            Some(leniently) if self.generated.end != End::Crate && leniently.end == End::Crate => leniently,
            _ => &self.generated,
        }
    }

    /// What came of generating it, as it is and leniently.
    fn ends(&self) -> impl Iterator<Item = &End> {
        [Some(&self.generated), self.leniently.as_ref()].into_iter().flatten().map(|generated| &generated.end)
    }

    /// Whether generating it ended in a panic or crash, or not at all.
    pub(super) fn crashed(&self) -> bool {
        self.ends().any(|end| matches!(end, End::Panicked(_) | End::TimedOut))
    }

    /// The last words of a generation that panicked.
    pub(super) fn last_words(&self) -> Option<&str> {
        self.ends().find_map(|end| match end {
            End::Panicked(words) => Some(words.as_str()),
            _ => None,
        })
    }

    /// What Cargo said of the crate, by the name of the step.
    pub(super) fn compiles(&self) -> impl Iterator<Item = (&'static str, &Compile)> {
        let all = [(Step::Check, &self.check), (Step::Clippy, &self.clippy), (Step::Doc, &self.doc)];
        all.into_iter().filter_map(|(step, compile)| Some((step.name(), compile.as_ref()?)))
    }
}

impl Generated {
    /// How long generating took on a machine that does nothing else, in milliseconds, as well as it can be told.
    pub(super) fn time(&self) -> f64 {
        self.cpu_milliseconds.unwrap_or(self.milliseconds)
    }

    /// Operations of the document that the crate does not have.
    pub(super) fn left_out(&self) -> usize {
        self.stated_operations.saturating_sub(self.survey.as_ref().map_or(0, |survey| survey.operations))
    }
}

impl Calls {
    /// How many calls were wrong; a program that made none counts for one.
    pub(super) fn faulty(&self) -> usize {
        self.faults.len() + usize::from(self.failure.is_some())
    }
}

impl RoundTrip {
    /// How many samples did not come back as they went.
    pub(super) fn faulty(&self) -> usize {
        self.faults.values().sum()
    }
}
