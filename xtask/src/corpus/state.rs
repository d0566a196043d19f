//! What earlier runs found out, so that a run that was stopped goes on where it was.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::record::Record;

/// What is known of each document, on disk after every step.
#[derive(Debug)]
pub(super) struct State {
    file: PathBuf,
    known: Mutex<BTreeMap<String, Known>>,
}

/// What is known of a document, and of what it holds good.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Known {
    /// The program and how it was asked; what was read stands in the record.
    pub(super) generator: u64,
    /// The crate, compiler and sampler that each later step looked at, by the name of the step.
    pub(super) steps: BTreeMap<String, u64>,
    pub(super) record: Record,
}

impl State {
    /// Reads the state of a file. One that cannot be read, or that another version wrote, holds nothing.
    pub(super) fn open(file: PathBuf) -> Self {
        let known = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { file, known: Mutex::new(known) }
    }

    pub(super) fn get(&self, document: &str) -> Known {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(document).cloned().unwrap_or_default()
    }

    /// Remembers what is known of a document, on disk too.
    pub(super) fn put(&self, document: &str, known: Known) -> io::Result<()> {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(document.to_owned(), known);
        replace(&self.file, &serde_json::to_vec(&*all)?)
    }
}

/// Writes a file as a whole or not at all.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("draft");
    fs::write(&draft, bytes)?;
    fs::rename(&draft, file)
}
