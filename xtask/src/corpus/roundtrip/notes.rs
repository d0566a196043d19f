//! Samples that may come back otherwise: `tests/corpus/notes.toml`.

use std::io;

use serde::Deserialize;

use super::Sample;
use super::compare::Fault;

const TEXT: &str = include_str!("../../../../tests/corpus/notes.toml");

/// What is known of all documents.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    exceptions: Vec<Note>,
}

/// A fault that is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// The slug of the document.
    document: String,
    /// The component schemas whose samples it is about.
    schemas: Vec<String>,
    /// The kind of fault.
    kind: String,
    /// Where in the sample, as the fault says.
    at: String,
    /// Why it may be.
    pub(super) reason: String,
}

/// What is known of a document.
pub(super) fn of(slug: &str) -> io::Result<Vec<Note>> {
    let notes: Notes = toml::from_str(TEXT).map_err(io::Error::other)?;
    Ok(notes.exceptions.into_iter().filter(|note| note.document == slug).collect())
}

impl Note {
    /// Whether the note is about a fault.
    pub(super) fn excuses(&self, sample: &Sample, fault: &Fault) -> bool {
        self.schemas.contains(&sample.component) && self.kind == fault.kind && self.at == fault.what
    }
}
