//! Descriptions with a golden tree: `tests/golden/NAME/`.
//!
//! | file | what it is |
//! |---|---|
//! | `openapi.yaml` or `.json` | the description, and whatever other files it refers to |
//! | `openapi.VARIANT.yaml` | another spelling of it, of which the same must come |
//! | `codegen.toml` | its configuration, if any, and the overlays that it lists |
//! | `behaviour.rs` | a test of the crate, if any, that runs what was emitted |
//! | `ir.txt`, `stderr.txt`, `client/` | the goldens: the dump, what is said, and the crate without its runtime |

use std::fs;
use std::path::PathBuf;

use generator::bundle::{Documents, ReadError};
use generator::config::{self, Config};
use generator::{Input, Outcome, OverlayFile};

use crate::expect;

/// A description, and where it lies.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
}

impl Fixture {
    /// Every one of them.
    pub(crate) fn all() -> Vec<Self> {
        let folders = expect::entries(&expect::root().join("golden")).into_iter().filter(|path| path.is_dir());
        let all: Vec<Self> = folders
            .map(|folder| Self { name: folder.file_name().unwrap().to_str().unwrap().to_owned(), folder })
            .collect();
        assert!(!all.is_empty());
        all
    }

    /// The spellings of the description, the first one the one that others are compared with.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let names = expect::entries(&self.folder).into_iter();
        let names = names.filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
        let mut found: Vec<String> = names.filter(|name| name.starts_with("openapi.")).collect();
        found.sort_by_key(|name| name.len());
        assert!(!found.is_empty(), "{} has no description", self.name);
        found
    }

    /// Generates from one of the spellings, which is called like the first one to give the same messages.
    pub(crate) fn generate(&self, spelling: &str) -> Outcome {
        let entry = self.spellings().swap_remove(0);
        let documents = Spelling { fixture: self, entry: &entry, spelling };
        let config = self.config();
        let overlays: Vec<OverlayFile> = config.overlays.iter().map(|overlay| self.overlay(&overlay.path)).collect();
        let input = Input { folder: "spec", entry: &entry, documents: &documents, overlays: &overlays };
        generator::generate(&input, &config)
    }

    fn overlay(&self, path: &str) -> OverlayFile {
        OverlayFile { name: format!("spec/{path}"), bytes: fs::read(self.folder.join(path)).unwrap() }
    }

    fn config(&self) -> Config {
        let mut config = match fs::read_to_string(self.folder.join("codegen.toml")) {
            Ok(text) => config::read("spec/codegen.toml", &text).unwrap(),
            Err(_) => Config::default(),
        };
        config.package.name.get_or_insert_with(|| self.name.clone());
        config
    }
}

struct Spelling<'a> {
    fixture: &'a Fixture,
    entry: &'a str,
    spelling: &'a str,
}

impl Documents for Spelling<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let path = if path == self.entry { self.spelling } else { path };
        fs::read(self.fixture.folder.join(path)).map_err(|_| ReadError::NotFound)
    }
}
