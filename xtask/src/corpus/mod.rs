//! `corpus`: what the generator makes of many descriptions, measured, and compared with what it made before.
//!
//! Each document is generated in a process of its own, so that a panic, an endless loop or a greedy one costs that
//! document alone. The crates are compiled in a scratch workspace under `target/corpus/`. What was found out is
//! remembered there: a run that was stopped goes on, and a step whose crate did not change is not done again.

mod baseline;
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

use std::fs;
use std::io::{self, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

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

pub(crate) use worker::{Worker, work};

/// Where the state and the scratch workspace are, from the root of the workspace.
const FOLDER: &str = "target/corpus";

/// What documents were like before, from the root of the workspace.
const BASELINE: &str = "tests/corpus/baseline.json";

/// Runs the command.
pub(crate) fn run(args: &Corpus) -> Result<(), Failure> {
    let documents = find::documents(&args.paths, args.filter.as_deref()).map_err(Failure::Usage)?;
    if documents.is_empty() {
        return Err(Failure::Usage("there is no description to measure".to_owned()));
    }
    let root = place::workspace();
    let folder = args.folder.clone().unwrap_or_else(|| root.join(FOLDER));
    let file = args.baseline.clone().unwrap_or_else(|| root.join(BASELINE));
    let before = baseline::read(&file).map_err(Failure::Usage)?;
    let run = Run::new(args, &folder)?;
    let results = measure_all(&run, &documents, args.jobs);

    let report = Report::new(results);
    if let Some(file) = &args.json {
        fs::write(file, report.json()?)?;
    }
    if let Some(file) = &args.markdown {
        fs::write(file, report.markdown())?;
    }
    io::stdout().lock().write_all(report.totals().as_bytes())?;
    if args.bless {
        return Ok(baseline::write(&file, before, &report)?);
    }
    // What could not be measured was told when it happened.
    let is_whole = report.rows().count() == documents.len();
    judge(&before, &report).and(if is_whole { Ok(()) } else { Err(Failure::Refused) })
}

/// Tells what is worse than it was before.
fn judge(before: &Baseline, report: &Report) -> Result<(), Failure> {
    let worse = baseline::worse(before, report);
    if worse.is_empty() {
        return Ok(());
    }
    let lines: String = worse.iter().map(|line| format!("worse: {line}\n")).collect();
    message::put(&format!(
        "{lines}error: {} worse than before\n  = help: `--bless` takes what is measured now for the baseline\n",
        message::count(worse.len(), "number")
    ));
    Err(Failure::Refused)
}

/// Measures every document, `jobs` at a time; in the order of the documents. What cannot be measured is told as such.
fn measure_all(run: &Run, documents: &[Document], jobs: usize) -> Vec<(Document, Record)> {
    let progress = Progress::new(documents.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Record)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len()) {
            scope.spawn(|| {
                while let Some((index, document)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    documents.get(index).map(|document| (index, document))
                } {
                    match run.measure(document, &progress) {
                        Ok(record) => {
                            progress.end(&document.name, &report::line(&record));
                            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, record));
                        }
                        Err(error) => progress.end(&document.name, &format!("not measured: {error}")),
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().filter_map(|(index, record)| Some((documents.get(index)?.clone(), record))).collect()
}
