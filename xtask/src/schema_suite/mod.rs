//! `schema-suite`: every schema of JSON-Schema-Test-Suite through the generator, and every value of it through the models.
//!
//! A schema must lead to a client that compiles without a warning, or to a diagnostic with a place. Every valid value must
//! come back as it went. Invalid ones are counted: a client need not refuse what the server is there to judge.

mod cases;
mod drive;
mod package;
mod report;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::Failure;
use crate::cli::SchemaSuite;
use crate::message::{self, refused};
use crate::notes::Notes;
use crate::place;
use crate::ratchet::{self, Baseline};
use cases::Case;
use drive::Driver;
use report::Report;

/// Where the package, the descriptions and the crates are, from the root of the workspace.
const FOLDER: &str = "target/schema-suite";

/// What is committed, from the root of the workspace.
const SOURCES: &str = "tests/schema-suite";

/// Runs the command.
pub(crate) fn run(args: &SchemaSuite) -> Result<(), Failure> {
    let root = place::workspace();
    let (sources, folder) = (root.join(SOURCES), root.join(FOLDER));
    let file = args.baseline.clone().unwrap_or_else(|| sources.join("baseline.json"));
    let before = ratchet::read(&file).map_err(Failure::Usage)?;
    let suite = match package::set_up(&sources.join("requirements.txt"), &folder) {
        Ok(suite) => suite,
        Err(why) if args.optional => {
            message::put(&format!("skipped: schema-suite: {why}\n"));
            return Ok(());
        }
        Err(why) => return Err(refused(&why)),
    };
    let cases = cases::read(&suite).map_err(|error| refused(&format!("`{}`: {error}", suite.display())))?;
    let notes = Notes::read(&sources.join("notes.toml")).map_err(|why| refused(&why))?;
    let is_wanted = |case: &&Case| args.filter.as_ref().is_none_or(|part| case.name.contains(part));
    let wanted: Vec<&Case> = cases.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        return Err(Failure::Usage("no schema has a name like that".to_owned()));
    }

    let documents = folder.join("documents");
    cases::write_schemas(&suite, &cases, &documents)?;
    let report = Report::new(Driver::new(documents, &folder.join("work"))?.drive(&wanted)?);
    let mut out = io::stdout().lock();
    if args.filter.is_some() {
        out.write_all(report.details().as_bytes())?;
    } else {
        fs::write(sources.join("README.md"), report.markdown(&notes))?;
    }
    out.write_all(report.totals().as_bytes())?;
    finish(args, &file, before, &report, &notes)
}

/// Tells what got worse, and where the notes and what was seen do not agree.
fn finish(
    args: &SchemaSuite,
    file: &Path,
    before: Baseline,
    report: &Report<'_>,
    notes: &Notes,
) -> Result<(), Failure> {
    let is_whole = args.filter.is_none();
    let mut amiss = if is_whole { notes.amiss(&report.failed()) } else { Vec::new() };
    if args.bless {
        ratchet::write(file, before, report.known())?;
    } else {
        amiss.extend(ratchet::worse(&before, &report.known(), is_whole).iter().map(|line| format!("worse: {line}")));
    }
    message::amiss(&amiss, "tests/schema-suite/notes.toml")
}
