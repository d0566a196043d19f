//! Drives generated clients by JSON values.
//!
//! From what a client was made of comes a driver: code that takes an operation and JSON values for its arguments,
//! decodes them into the typed models, calls the typed client, and gives the decoded answer back as JSON. A [`Workspace`]
//! builds one [`Program`] of many clients and their drivers. `cargo xtask conformance` drives scenarios with it that others
//! wrote, and [`rows`] the cases of `tests/wire-rows/`.

mod emit;
mod program;
pub mod rows;
mod workspace;

use generator::Output;
use generator::facts::Facts;
use generator::files::Files;
use generator::ir::{Api, Param};
use generator::name::Names;

pub use program::Program;
pub use workspace::{Built, Workspace};

/// The name that every client has while it is generated, so that equal ones have equal files.
pub const NEUTRAL: &str = "client";

/// A generated client, and what its driver is emitted from.
#[derive(Debug)]
pub struct Client {
    /// The crate, named [`NEUTRAL`].
    pub files: Files,
    /// What the API means.
    pub api: Api,
    facts: Facts,
    names: Names,
}

impl From<Output> for Client {
    fn from(Output { files, api, facts, names, .. }: Output) -> Self {
        Self { files, api, facts, names }
    }
}

/// The name of an argument in a call: `query:color`.
pub fn key(param: &Param) -> String {
    format!("{}:{}", param.place.name(), param.wire)
}
