//! `corpus`: what the generator makes of many descriptions, measured, and compared with what it made before.
//!
//! Each document is generated in a process of its own, so that a panic, an endless loop or a greedy one costs that
//! document alone. The crates are compiled in a scratch workspace under `target/corpus/`. What was found out is
//! remembered there: a run that was stopped goes on, and a step whose crate did not change is not done again.

mod baseline;
mod calls;
mod file;
mod find;
mod limits;
mod measure;
mod progress;
mod record;
mod report;
mod roundtrip;
mod scratch;
mod state;
mod survey;
mod worker;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::Failure;
use crate::cli::Corpus;
use crate::message;
use crate::place;
use baseline::Baseline;
use find::Document;
use measure::Run;
use progress::Progress;
use record::Record;
use report::Report;

pub(crate) use roundtrip::{Fault, Leeway, Models, compare, send, write_program};
pub(crate) use scratch::{Call, Program, Scratch};
pub(crate) use worker::{Source, Worker, work};

/// Where the state and the scratch workspace are, from the root of the workspace.
const FOLDER: &str = "target/corpus";

/// What documents were like before, from the root of the workspace.
const BASELINE: &str = "tests/corpus/baseline.json";

/// How many of the files that were passed over are named.
const MOST_NAMED: usize = 5;

/// Runs the command.
pub(crate) fn run(args: &Corpus) -> Result<(), Failure> {
    let found = find::documents(&args.paths, args.filter.as_deref()).map_err(Failure::Usage)?;
    if !found.passed_over.is_empty() {
        let named: Vec<&str> = found.passed_over.iter().take(MOST_NAMED).map(String::as_str).collect();
        let count = message::count(found.passed_over.len(), "file");
        message::put(&format!("note: {count} passed over: {}\n", named.join(", ")));
    }
    if found.documents.is_empty() {
        return Err(Failure::Usage("there is no description to measure".to_owned()));
    }
    let root = place::workspace();
    let folder = args.folder.clone().unwrap_or_else(|| root.join(FOLDER));
    let file = args.baseline.clone().unwrap_or_else(|| root.join(BASELINE));
    let must_exist = args.baseline.is_some() && !args.bless;
    let before = baseline::read(&file, must_exist).map_err(Failure::Usage)?;
    can_write(args, &file).map_err(|error| Failure::Usage(error.to_string()))?;
    let report = Run::new(args, &folder).map(|run| measure_all(&run, &found.documents, args.jobs)).map_err(told)?;

    // What was found out is told, whatever becomes of the files.
    let shown = io::stdout().lock().write_all(report.totals().as_bytes());
    let judged = judge(args, &before, &report);
    write(args, &report).map_err(told)?;
    if args.bless {
        baseline::write(&file, before, &report).map_err(told)?;
    }
    judged?;
    Ok(shown?)
}

/// Says what could not be read or written.
fn told(error: io::Error) -> Failure {
    message::put(&format!("error: {error}\n"));
    Failure::Refused
}

/// Finds out before the work whether its results can be written.
fn can_write(args: &Corpus, baseline: &Path) -> io::Result<()> {
    args.json.iter().chain(&args.markdown).try_for_each(|file| file::touch(file))?;
    if args.bless { file::can_replace(baseline) } else { Ok(()) }
}

fn write(args: &Corpus, report: &Report) -> io::Result<()> {
    if let Some(file) = &args.json {
        file::write(file, &report.json()?)?;
    }
    args.markdown.iter().try_for_each(|file| file::write(file, report.markdown().as_bytes()))
}

/// Tells what is worse than it was before, and what is not as the list of a folder says. The latter no baseline excuses.
fn judge(args: &Corpus, before: &Baseline, report: &Report) -> Result<(), Failure> {
    let mut worse = report.unexpected(args.lenient);
    let help = if args.bless {
        ""
    } else {
        worse.extend(baseline::worse(before, report));
        "  = help: `--bless` takes the numbers that are measured now for the baseline\n"
    };
    if worse.is_empty() {
        return Ok(());
    }
    let lines: String = worse.iter().map(|line| format!("worse: {line}\n")).collect();
    message::put(&format!("{lines}error: worse in {}\n{help}", message::count(worse.len(), "respect")));
    Err(Failure::Refused)
}

/// Measures every document, `jobs` at a time; in the order of the documents. What cannot be measured is told as such.
fn measure_all(run: &Run, documents: &[Document], jobs: usize) -> Report {
    let progress = Progress::new(documents.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<Record, String>)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some((index, document)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    documents.get(index).map(|document| (index, document))
                } {
                    let result = run.measure(document, &progress).map_err(|error| error.to_string());
                    match &result {
                        Ok(record) => progress.end(&document.name, &report::line(record)),
                        Err(why) => progress.end(&document.name, &format!("not measured: {why}")),
                    }
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    Report::new(done.into_iter().filter_map(|(index, result)| Some((documents.get(index)?.clone(), result))))
}
