//! What earlier runs found out, so that a run that was stopped goes on where it was.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file;
use super::record::{Compile, Record};

/// A folder with a file for each document, by its slug, as are its crate and its program.
#[derive(Debug)]
pub(super) struct State {
    folder: PathBuf,
}

/// What is known of a document, and of what it holds good.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Known {
    /// The program and how it was asked; what was read stands in the record.
    pub(super) generator: u64,
    /// What came of generating it; nothing else of the record.
    pub(super) record: Record,
    /// What Cargo said, by what it was called for, each with a hash of the crate and the compiler.
    pub(super) calls: BTreeMap<String, (u64, Compile)>,
}

impl State {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let folder = folder.join("state");
        file::make_folder(&folder)?;
        Ok(Self { folder })
    }

    /// What is known of a document. A file that cannot be read, or that another version wrote, says nothing.
    pub(super) fn get(&self, slug: &str) -> Known {
        fs::read(self.file(slug)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Remembers what is known of a document.
    pub(super) fn put(&self, slug: &str, known: &Known) -> io::Result<()> {
        file::replace_json(&self.file(slug), known)
    }

    fn file(&self, slug: &str) -> PathBuf {
        self.folder.join(format!("{slug}.json"))
    }
}
