//! One document through all steps: generate, check, clippy, doc, round trip.

use std::env;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use clap::ValueEnum as _;
use generator::bundle::Documents as _;

use super::calls;
use super::file;
use super::find::Document;
use super::limits;
use super::progress::Progress;
use super::record::{Calls, Compile, End, Generated, Record, RoundTrip};
use super::roundtrip;
use super::scratch::{Call, Program, Scratch, cargo};
use super::state::{Known, State};
use super::worker::{self, hash};
use crate::cli::{Corpus, Step};
use crate::documents::Folder;
use generator::source::LARGEST;

/// How much of a panic is told.
const LAST_WORDS: usize = 300;

/// What all documents of a run share.
#[derive(Debug)]
pub(super) struct Run {
    steps: Vec<Step>,
    lenient: bool,
    scratch: Scratch,
    state: State,
    /// The hash of this program.
    generator: u64,
    /// The hash of what the compiler says of itself.
    compiler: u64,
}

impl Run {
    /// Prepares a run in `folder`.
    pub(super) fn new(args: &Corpus, folder: &Path) -> io::Result<Self> {
        let scratch = Scratch::new(folder)?;
        let cargo = cargo();
        let version = Command::new(&cargo).args(["--version", "--verbose"]).output();
        let version = version.map_err(|error| file::at(Path::new(&cargo), error))?;
        Ok(Self {
            steps: if args.only.is_empty() { Step::value_variants().to_vec() } else { args.only.clone() },
            lenient: args.lenient,
            scratch,
            state: State::new(folder)?,
            generator: hash(&file::read(&env::current_exe()?)?),
            compiler: hash(&version.stdout),
        })
    }

    /// Does with a document what was asked for and is not known yet.
    pub(super) fn measure(&self, document: &Document, progress: &Progress) -> io::Result<Record> {
        let slug = document.slug();
        let mut known = self.state.get(&slug);
        let generator = combine(&[self.generator, u64::from(self.lenient)]);
        if known.generator != generator || !self.is_current(document, &slug, &known.record) {
            progress.step(&document.name, Step::Generate.name());
            self.generate(document, &slug, &mut known.record)?;
            known.generator = generator;
            self.state.put(&slug, &known)?;
        }
        let mut record = known.record.clone();
        let steps = if record.best().end == End::Crate { self.steps.as_slice() } else { &[] };
        for step in steps {
            let mut cargo = |call| self.cargo(call, document, &mut known, progress).map(Some);
            match step {
                Step::Generate => {}
                Step::Check => record.check = cargo(Call::Check)?,
                Step::Clippy => record.clippy = cargo(Call::Clippy)?,
                Step::Doc => record.doc = cargo(Call::Doc)?,
                Step::Roundtrip => record.roundtrip = Some(self.round_trip(document, &record, progress)?),
                Step::Calls => record.calls = self.calls(document, progress)?,
            }
        }
        Ok(record)
    }

    /// Whether what is known was made of the files as they are now, and its crate is there.
    fn is_current(&self, document: &Document, slug: &str, record: &Record) -> bool {
        let folder = Folder::new(&document.folder, LARGEST as u64);
        let mut inputs = record.generated.inputs.iter().chain(record.leniently.iter().flat_map(|more| &more.inputs));
        let manifest = self.scratch.crate_folder(slug).join("Cargo.toml");
        record.generated.inputs.contains_key(&document.entry)
            && inputs.all(|(path, known)| folder.read(path).ok().as_deref().map(hash) == *known)
            && (record.best().end != End::Crate || manifest.is_file())
    }

    /// Generates a document as it is, and leniently where it is refused.
    fn generate(&self, document: &Document, slug: &str, record: &mut Record) -> io::Result<()> {
        record.generated = self.generate_once(document, slug, self.lenient)?;
        let again = record.generated.end == End::Refused && !self.lenient;
        record.leniently = if again { Some(self.generate_once(document, slug, true)?) } else { None };
        Ok(())
    }

    fn generate_once(&self, document: &Document, slug: &str, lenient: bool) -> io::Result<Generated> {
        match worker("generate", document, slug, lenient, &self.scratch.crate_folder(slug))? {
            Ok(said) => Ok(serde_json::from_slice(&said)?),
            // Without its inputs a crash is tried again in the next run.
            Err(end) => Ok(Generated { end, ..Generated::default() }),
        }
    }

    /// What Cargo says of a crate; what it said of the same one before.
    fn cargo(&self, call: Call, document: &Document, known: &mut Known, progress: &Progress) -> io::Result<Compile> {
        let slug = document.slug();
        let key = combine(&[known.record.best().output, self.compiler]);
        if let Some((looked_at, compile)) = known.calls.get(call.name())
            && *looked_at == key
        {
            return Ok(compile.clone());
        }
        progress.step(&document.name, call.name());
        let compile = self.scratch.call(call, &slug)?.compile;
        known.calls.insert(call.name().to_owned(), (key, compile.clone()));
        self.state.put(&slug, known)?;
        Ok(compile)
    }

    /// What came of the calls that are written down for a document; `None` where none are.
    fn calls(&self, document: &Document, progress: &Progress) -> io::Result<Option<Calls>> {
        let Some(source) = calls::source(&document.name)? else { return Ok(None) };
        progress.step(&document.name, Step::Calls.name());
        calls::run(&self.scratch, &document.slug(), &source).map(Some)
    }

    /// Samples are made anew each time, since they are cheap; the models' answers to the same ones are remembered.
    fn round_trip(&self, document: &Document, record: &Record, progress: &Progress) -> io::Result<RoundTrip> {
        progress.step(&document.name, Step::Roundtrip.name());
        let (slug, lenient) = (document.slug(), self.lenient || record.leniently.is_some());
        let why =
            match worker("sample", document, &slug, lenient, &self.scratch.program_folder(Program::Models, &slug))? {
                Ok(_) => return roundtrip::run(&self.scratch, &slug, combine(&[record.best().output, self.compiler])),
                Err(End::Panicked(words)) => words,
                Err(_) => "time-out".to_owned(),
            };
        Ok(RoundTrip { failure: Some(format!("no samples: {why}")), ..RoundTrip::default() })
    }
}

/// Runs a worker: what it printed, or how it ended otherwise.
///
/// # Errors
///
/// What it could not read or write.
fn worker(task: &str, document: &Document, slug: &str, lenient: bool, out: &Path) -> io::Result<Result<Vec<u8>, End>> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["corpus-worker", task, "--folder"]).arg(&document.folder).args(["--entry", &document.entry]);
    command.args(["--slug", slug]).arg("--out").arg(out);
    if lenient {
        command.arg("--lenient");
    }
    let output = command.env("RUST_BACKTRACE", "0").output()?;
    match output.status.code() {
        Some(0) => Ok(Ok(output.stdout)),
        Some(code) if code == i32::from(worker::FAILED) => Err(io::Error::other(last_words(&output))),
        _ if limits::is_time_out(output.status) => Ok(Err(End::TimedOut)),
        _ => Ok(Err(End::Panicked(last_words(&output)))),
    }
}

/// What a process said before it died.
fn last_words(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with("note: ")).collect();
    let words = if lines.is_empty() { output.status.to_string() } else { lines.join(" ") };
    words.chars().take(LAST_WORDS).collect()
}

fn combine(parts: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
