//! One document through all steps: generate, check, clippy, doc, round trip.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use generator::bundle::Documents as _;

use super::find::Document;
use super::limits;
use super::progress::Progress;
use super::record::{Compile, End, Generated, Record, RoundTrip};
use super::roundtrip;
use super::scratch::{Call, Scratch, cargo};
use super::state::{Known, State};
use super::worker::hash;
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
        let every = [Step::Generate, Step::Check, Step::Clippy, Step::Doc, Step::Roundtrip];
        let version = Command::new(cargo()).args(["--version", "--verbose"]).output()?;
        Ok(Self {
            steps: if args.only.is_empty() { every.to_vec() } else { args.only.clone() },
            lenient: args.lenient,
            scratch,
            state: State::open(folder.join("state.json")),
            generator: hash(&fs::read(env::current_exe()?)?),
            compiler: hash(&version.stdout),
        })
    }

    /// Does with a document what is not known yet.
    pub(super) fn measure(&self, document: &Document, progress: &Progress) -> io::Result<Record> {
        let slug = document.slug();
        let mut known = self.state.get(&document.name);
        let generator = combine(&[self.generator, u64::from(self.lenient)]);
        if known.generator != generator || !self.is_current(document, &slug, &known.record) {
            progress.step(&document.name, "generate");
            self.generate(document, &slug, &mut known.record)?;
            known.generator = generator;
            self.state.put(&document.name, known.clone())?;
        }
        if known.record.best().end == End::Crate {
            for step in [Step::Check, Step::Clippy, Step::Doc, Step::Roundtrip] {
                self.step(step, document, &slug, &mut known, progress)?;
            }
        } else {
            known.record =
                Record { generated: known.record.generated, leniently: known.record.leniently, ..Record::default() };
            known.steps.clear();
        }
        self.state.put(&document.name, known.clone())?;
        Ok(known.record)
    }

    /// Whether what is known was made of the files as they are now, and its crate is there.
    fn is_current(&self, document: &Document, slug: &str, record: &Record) -> bool {
        let folder = Folder::new(&document.folder, LARGEST as u64);
        let inputs = record.generated.inputs.iter().chain(record.leniently.iter().flat_map(|more| &more.inputs));
        let mut inputs = inputs.peekable();
        let manifest = self.scratch.crate_folder(slug).join("Cargo.toml");
        inputs.peek().is_some()
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
        let output = worker("generate", document, slug, lenient, &self.scratch.crate_folder(slug))?;
        if output.status.success() {
            return Ok(serde_json::from_slice(&output.stdout)?);
        }
        let end = if limits::is_time_out(output.status) { End::TimedOut } else { End::Panicked(last_words(&output)) };
        // Without its inputs a crash is tried again in the next run.
        Ok(Generated { end, inputs: BTreeMap::new(), ..Generated::default() })
    }

    /// Takes a step unless its result is known; forgets a result that holds no longer.
    fn step(
        &self,
        step: Step,
        document: &Document,
        slug: &str,
        known: &mut Known,
        progress: &Progress,
    ) -> io::Result<()> {
        let sampler = if step == Step::Roundtrip { roundtrip::version() } else { 0 };
        let key = combine(&[known.record.best().output, self.compiler, sampler]);
        if known.steps.get(step.name()) == Some(&key) {
            return Ok(());
        }
        let is_wanted = self.steps.contains(&step);
        if is_wanted {
            progress.step(&document.name, step.name());
        }
        let record = &mut known.record;
        let call = |call: Call| -> io::Result<Option<Compile>> {
            Ok(if is_wanted { Some(self.scratch.call(call, slug)?.compile) } else { None })
        };
        match step {
            Step::Generate => {}
            Step::Check => record.check = call(Call::Check)?,
            Step::Clippy => record.clippy = call(Call::Clippy)?,
            Step::Doc => record.doc = call(Call::Doc)?,
            Step::Roundtrip => {
                let lenient = self.lenient || record.leniently.is_some();
                record.roundtrip = if is_wanted { Some(self.round_trip(document, slug, lenient)?) } else { None };
            }
        }
        if is_wanted {
            known.steps.insert(step.name().to_owned(), key);
        } else {
            known.steps.remove(step.name());
        }
        self.state.put(&document.name, known.clone())
    }

    fn round_trip(&self, document: &Document, slug: &str, lenient: bool) -> io::Result<RoundTrip> {
        let output = worker("sample", document, slug, lenient, &self.scratch.program_folder(slug))?;
        if output.status.success() {
            return roundtrip::run(&self.scratch, slug);
        }
        let why = if limits::is_time_out(output.status) { "time-out".to_owned() } else { last_words(&output) };
        Ok(RoundTrip { failure: Some(format!("no samples: {why}")), ..RoundTrip::default() })
    }
}

fn worker(task: &str, document: &Document, slug: &str, lenient: bool, out: &Path) -> io::Result<Output> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["corpus-worker", task, "--folder"]).arg(&document.folder).args(["--entry", &document.entry]);
    command.args(["--slug", slug]).arg("--out").arg(out);
    if lenient {
        command.arg("--lenient");
    }
    command.env("RUST_BACKTRACE", "0").output()
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
