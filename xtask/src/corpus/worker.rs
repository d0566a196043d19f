//! The processes that a run starts: each does one thing that could end badly, and tells what it cost.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::{Args, Subcommand};
use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::diagnostic::{Diagnostics, Level, Levels};
use generator::source::{Node, Sources};
use generator::{Input, Outcome, Output};

use super::limits::{self, Usage};
use super::record::{End, Generated, MOST_QUOTES};
use super::scratch::crate_name;
use super::{file, roundtrip, survey};
use crate::disk;
use crate::documents::Folder;
use crate::message;
use generator::source::LARGEST;

/// How long a document may compute in the generator, in seconds of the processor.
const LONGEST_GENERATION: u64 = 120;

/// How much memory the generator may ask for, in MiB.
const LARGEST_GENERATION: u64 = 8 << 10;

/// How long a compiler may compute, in seconds of the processor.
const LONGEST_COMPILATION: u64 = 1800;

/// The exit code of a worker that could not read or write something: a panic has another one, a crash has none.
pub(super) const FAILED: u8 = 1;

/// A process that a run of `corpus` starts.
#[derive(Args, Debug)]
pub(crate) struct Worker {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Generate a document, write the crate, and print what came of it as JSON
    Generate {
        #[command(flatten)]
        document: Source,
        /// The folder of the crate
        #[arg(long)]
        out: PathBuf,
    },
    /// Write samples of a document's component schemas, and the program that sends them through the models
    Sample {
        #[command(flatten)]
        document: Source,
        /// The folder of the program
        #[arg(long)]
        out: PathBuf,
    },
    /// Run a program within the limits that generating has
    Drive {
        /// The program
        program: PathBuf,
    },
    /// Run a command and write what it used as JSON
    Measure {
        /// The file of the usage
        #[arg(long)]
        usage: PathBuf,
        /// The command and its arguments
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
}

/// A document, and how it is read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Source {
    /// The folder that references may read from
    #[arg(long)]
    pub(crate) folder: PathBuf,
    /// The path of the document in it
    #[arg(long)]
    pub(crate) entry: String,
    /// What its crate and its program are called after
    #[arg(long)]
    pub(crate) slug: String,
    /// Warn instead of refusing
    #[arg(long)]
    pub(crate) lenient: bool,
}

/// Does what a run of `corpus` asked this process for.
pub(crate) fn work(worker: &Worker) -> ExitCode {
    worker.task.carry_out().unwrap_or_else(|error| {
        message::put(&format!("{error}\n"));
        ExitCode::from(FAILED)
    })
}

impl Task {
    fn carry_out(&self) -> io::Result<ExitCode> {
        match self {
            Self::Generate { document, out } => {
                guard();
                let result = document.generate_into(out)?;
                io::stdout().lock().write_all(serde_json::to_string(&result)?.as_bytes())?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Sample { document, out } => {
                guard();
                roundtrip::prepare(document, out)?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Drive { program } => {
                guard();
                limits::become_program(program)
            }
            Self::Measure { usage, command } => measure(usage, command),
        }
    }
}

fn guard() {
    limits::limit_cpu(LONGEST_GENERATION);
    limits::limit_memory(LARGEST_GENERATION);
}

fn measure(usage: &Path, command: &[OsString]) -> io::Result<ExitCode> {
    let Some((program, args)) = command.split_first() else { return Ok(ExitCode::FAILURE) };
    limits::limit_cpu(LONGEST_COMPILATION);
    let start = Instant::now();
    let status = Command::new(program).args(args).status().map_err(|error| file::at(Path::new(program), error))?;
    let seconds = start.elapsed().as_secs_f64();
    let (cpu_seconds, peak_mib) = limits::of_children();
    file::replace_json(usage, &Usage { seconds, cpu_seconds, peak_mib })?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

impl Source {
    /// Runs the generator.
    pub(crate) fn generate(&self, documents: &dyn Documents) -> Outcome {
        generator::generate(&self.input(documents), &self.config())
    }

    /// The files of the document.
    pub(crate) fn documents(&self) -> Folder {
        Folder::new(&self.folder, LARGEST as u64)
    }

    fn input<'a>(&'a self, documents: &'a dyn Documents) -> Input<'a> {
        Input { folder: "", entry: &self.entry, documents, overlays: &[] }
    }

    fn config(&self) -> Config {
        let mut config = Config::default();
        config.levels.lenient = self.lenient;
        config.package.name = Some(crate_name(&self.slug));
        config
    }

    fn generate_into(&self, out: &Path) -> io::Result<Generated> {
        let documents = Recorder { folder: self.documents(), read: RefCell::default() };
        let (start, before) = (Instant::now(), limits::own_cpu_seconds());
        let outcome = self.generate(&documents);
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        let cpu = limits::own_cpu_seconds().zip(before).map(|(after, before)| (after - before) * 1000.0);
        let mut result = Generated { milliseconds, cpu_milliseconds: cpu, ..Generated::default() };
        result.peak_mib = limits::own_peak_mib();
        tally(&outcome, &mut result);

        // Counted on a tree of its own, since a refusal leaves none, and without heed of what is said about it.
        let lenient = Levels { lenient: true, ..Levels::default() };
        let tree = generator::load(&self.input(&documents), &mut Sources::default(), &mut Diagnostics::new(lenient));
        if let Ok(tree) = &tree {
            result.version = version(tree);
            result.stated_operations = survey::operations_of(tree);
        }
        if let Some(output) = &outcome.output {
            Self::take_in(output, &outcome.report.diagnostics, out, &mut result)?;
        }
        result.inputs = documents.read.into_inner();
        Ok(result)
    }

    /// Writes the crate and counts what it is like.
    fn take_in(output: &Output, said: &Diagnostics, out: &Path, result: &mut Generated) -> io::Result<()> {
        disk::put(out, &output.files)?;
        let mut hasher = DefaultHasher::new();
        for (path, text) in output.files.iter() {
            (path, text).hash(&mut hasher);
            let is_of_the_api = path.ends_with(".rs") && !path.starts_with("src/runtime/");
            result.lines += if is_of_the_api { text.lines().count() } else { 0 };
        }
        result.end = End::Crate;
        result.output = hasher.finish();
        result.files = output.files.len();
        result.survey = Some(survey::survey(output, said));
        Ok(())
    }
}

fn version(tree: &Node) -> String {
    let stated = ["openapi", "swagger"].into_iter().find_map(|key| tree.get(key));
    match stated {
        Some(Node::String(version)) => version.clone(),
        Some(Node::Number(version)) => version.as_float().to_string(),
        _ => String::new(),
    }
}

/// Counts what was said by level and code.
fn tally(outcome: &Outcome, result: &mut Generated) {
    let mut quoted = HashSet::new();
    for (level, diagnostic) in outcome.report.diagnostics.iter() {
        let code = diagnostic.code.name;
        let counts = match level {
            Level::Allow => continue,
            Level::Warn => &mut result.warnings,
            Level::Error => &mut result.errors,
        };
        *counts.entry(code.to_owned()).or_default() += 1;
        if level == Level::Error && result.quotes.len() < MOST_QUOTES && quoted.insert(code) {
            result.quotes.push(format!("{code}: {} ({})", diagnostic.message, survey::shown(&diagnostic.place)));
        }
    }
}

/// Remembers what was read.
struct Recorder {
    folder: Folder,
    read: RefCell<BTreeMap<String, Option<u64>>>,
}

impl Documents for Recorder {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let bytes = self.folder.read(path);
        self.read.borrow_mut().insert(path.to_owned(), bytes.as_deref().ok().map(hash));
        bytes
    }
}

/// A hash that is the same in every run of one build of this program.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
