//! Turns an OpenAPI description into a Rust client crate.
//!
//! Pure: documents come in through [`Documents`], files go out as text. No disk, clock, environment or network is touched.

pub mod config;
pub mod diagnostic;
pub mod facts;
pub mod files;
pub mod gate;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod name;
pub mod nearest;
pub mod openapi;
pub mod print;
pub mod schema;
pub mod source;

mod pending;

use config::Config;
use diagnostic::{Diagnostics, Refused};
use files::Files;
use source::Node;

// The stages that are not merged yet, under the names that they will have.
pub use pending::{bundle, render, to_text};
use pending::{bundle::Documents, emit, load};

/// What to generate from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The folder of the description as diagnostics show it, `spec`; empty for the current one.
    pub folder: &'a str,
    /// The path of the description in that folder, `openapi.yaml`.
    pub entry: &'a str,
    /// The files of that folder.
    pub documents: &'a dyn Documents,
}

/// What came of a run: what there is to say, and the output when nothing of that is an error.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the stages said.
    pub report: Report,
    /// The output; `None` when the description was refused.
    pub output: Option<Output>,
}

/// Diagnostics, and the texts that they point into.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What there is to say.
    pub diagnostics: Diagnostics,
    /// The files that were read.
    pub sources: render::Sources,
}

/// A crate, and what it was made from.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the crate.
    pub files: Files,
    /// What the API means.
    pub api: ir::Api,
    /// The description as one lifted document.
    pub effective: Node,
}

/// Generates a crate from a description.
pub fn generate(input: &Input<'_>, config: &Config) -> Outcome {
    let mut report = Report { diagnostics: Diagnostics::new(config.levels.clone()), ..Report::default() };
    if let Some(origin) = &config.origin {
        report.sources.add(&origin.name, &origin.text);
    }
    let output = pipeline(input, config, &mut report).ok();
    Outcome { report, output }
}

fn pipeline(input: &Input<'_>, config: &Config, report: &mut Report) -> Result<Output, Refused> {
    let Report { diagnostics, sources } = report;

    let tree = load::load(input, sources, diagnostics)?;
    let tree = bundle::resolve(tree, input.documents, sources, diagnostics)?;
    diagnostics.bail()?;
    let description = openapi::read(tree, diagnostics)?;
    diagnostics.bail()?;
    let schemas = schema::read(&description.tree, description.schemas.iter().cloned(), diagnostics);
    diagnostics.bail()?;
    let api = lower::lower(&description, &schemas, diagnostics);
    diagnostics.bail()?;
    let facts = facts::of(&api);
    let names = name::assign(&api, &facts, &config.names, diagnostics);
    diagnostics.bail()?;

    let files = emit::files(&api, &facts, &names, config);
    Ok(Output { files, api, effective: description.tree })
}
