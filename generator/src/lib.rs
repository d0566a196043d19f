//! Turns an OpenAPI description into a Rust client crate.
//!
//! Pure: documents come in through [`Documents`], files go out as text. No disk, clock, environment or network is touched,
//! and no thread outlives a call.

pub mod bundle;
pub mod config;
pub mod diagnostic;
pub mod disposition;
mod emit;
pub mod facts;
pub mod files;
pub mod gate;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod name;
pub mod nearest;
pub mod openapi;
pub mod overlay;
pub mod parallel;
pub mod print;
pub mod schema;
pub mod source;
pub mod suggest;

use config::Config;
use diagnostic::{Diagnostics, Levels, Refused, catalog};
use files::Files;
use source::{Node, Sources};

pub use diagnostic::render;
pub use overlay::OverlayFile;
pub use source::to_text;

use bundle::Documents;

/// What to generate from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The folder of the description as diagnostics show it, `spec`; empty for the current one.
    pub folder: &'a str,
    /// The path of the description in that folder, `openapi.yaml`.
    pub entry: &'a str,
    /// The files of that folder.
    pub documents: &'a dyn Documents,
    /// The overlays that are applied to the description, in this order.
    pub overlays: &'a [OverlayFile],
}

impl Input<'_> {
    /// What a file of the folder is called where it is shown.
    pub(crate) fn shown(&self, path: &str) -> String {
        match self.folder.trim_end_matches('/') {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        }
    }
}

/// What came of a run: what there is to say, and the output when nothing of that is an error.
#[derive(Debug)]
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
    pub sources: Sources,
}

/// A crate, and what it was made from.
#[derive(Debug)]
pub struct Output {
    /// The files of the crate.
    pub files: Files,
    /// What the API means.
    pub api: ir::Api,
    /// What follows from that.
    pub facts: facts::Facts,
    /// What everything is called in Rust.
    pub names: name::Names,
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

    let tree = load(input, sources, diagnostics)?;
    let checked = openapi::check(tree, sources, diagnostics)?;
    diagnostics.bail()?;
    let (api, effective) = understand(checked, config, diagnostics)?;
    let facts = facts::of(&api);
    let names = name::assign(&api, &facts, &config.names, diagnostics);
    diagnostics.bail()?;

    let cx = emit::Context { api: &api, facts: &facts, names: &names, config };
    let files = print_files(cx, diagnostics)?;
    Ok(Output { files, api, facts, names, effective })
}

/// What a document means, and the document.
fn understand(
    checked: openapi::Checked,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<(ir::Api, Node), Refused> {
    let openapi::Checked { version, tree, schemas, typed } = checked;
    let (description, schemas) = parallel::both(
        config.threads,
        || openapi::read(version, &tree, typed),
        || schema::read(&tree, schemas, diagnostics),
    );
    let description = description.map_err(|fault| {
        diagnostics.push(*fault);
        Refused
    })?;
    diagnostics.bail()?;
    let api = lower::lower(&description, &schemas, config, diagnostics);
    diagnostics.bail()?;
    Ok((api, tree))
}

/// Reads a description: its files as one tree, with its overlays applied.
///
/// # Errors
///
/// [`Refused`] when a file cannot be read, or when `diagnostics` holds an error.
pub fn load(input: &Input<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Node, Refused> {
    let mut files = bundle::open(input, sources, diagnostics)?;
    overlay::apply(input, files.entry(), sources, diagnostics)?;
    bundle::follow(files, sources, diagnostics)
}

/// An overlay with a ready action for each diagnostic of a report that one can settle, as YAML; `None` where there is
/// none. The report is what [`generate`] said of the same description.
pub fn suggest_overlay(input: &Input<'_>, report: &Report) -> Option<String> {
    let (mut sources, mut told) = (Sources::default(), Diagnostics::new(Levels { lenient: true, ..Levels::default() }));
    let mut files = bundle::open(input, &mut sources, &mut told).ok()?;
    overlay::apply(input, files.entry(), &mut sources, &mut told).ok()?;
    suggest::suggest(files.entry(), input.entry, &report.diagnostics, &report.sources)
}

/// The files of the crate. What is refused here is a fault of the generator, whatever the description says.
fn print_files(cx: emit::Context<'_>, diagnostics: &mut Diagnostics) -> Result<Files, Refused> {
    let marked = |path: &str, text: &str| format!("{}\n\n{}", files::mark_line(path), text.trim_start());
    let sources = emit::sources(cx);
    let printed = parallel::map(cx.config.threads, &sources, |(path, source)| {
        let text = text(cx, path, source)?;
        Ok(marked(path, &text))
    });
    let printed = sources.into_iter().map(|(path, _)| path).zip(printed);
    let others = emit::texts(cx).into_iter().map(|(path, text)| {
        let text = marked(&path, &text);
        (path, Ok(text))
    });
    let mut files = Files::new();
    for (path, text) in printed.chain(others) {
        let inserted = text.and_then(|text| files.insert(path, text).map_err(|fault| fault.to_string()));
        if let Err(fault) = inserted {
            diagnostics.push(catalog::output::internal(&fault));
        }
    }
    diagnostics.bail()?;
    Ok(files)
}

/// The text of a file. A module passes the gate first.
fn text(cx: emit::Context<'_>, path: &str, source: &emit::Source) -> Result<String, String> {
    match source {
        emit::Source::Page(page) => self::page(&emit::page(cx, page)).map_err(|fault| format!("{path}: {fault}")),
        emit::Source::Module(module) => {
            let file = syn::parse2(emit::module(cx, module)).map_err(|fault| format!("{path}: {fault}"))?;
            gate::check(path, &file).map_err(|violation| violation.to_string())?;
            Ok(print::source(file))
        }
    }
}

/// The text of a page. Its programs are for reading: the tests compile them, and nothing ever runs them.
fn page(pieces: &[emit::Piece]) -> syn::Result<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            emit::Piece::Text(markdown) => text.push_str(markdown),
            emit::Piece::Example(emit::Example { imports, main, steps }) => {
                let program = print::program(imports.clone(), main.clone(), steps)?;
                text.push_str(&format!("```rust,no_run\n{program}```\n"));
            }
        }
    }
    Ok(text)
}
