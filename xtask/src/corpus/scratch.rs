//! The workspace that crates are compiled in, one at a time, so that a crate can harm no other one.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::Value;

use super::file;
use super::record::{Compile, MOST_QUOTES};

/// The folder of the crates.
const CRATES: &str = "crates";

/// A folder with crates, programs that use them, and one target folder for all.
#[derive(Debug)]
pub(crate) struct Scratch {
    root: PathBuf,
    /// One call of Cargo at a time, since times are taken and the manifest names one crate.
    turn: Mutex<()>,
}

/// What is asked of Cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Check,
    Clippy,
    Doc,
    Build(Program),
}

/// A program that uses a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// Sends values through the models.
    Models,
    /// Calls the operations.
    Calls,
}

impl Program {
    /// The folder of these programs.
    fn folder(self) -> &'static str {
        match self {
            Self::Models => "programs",
            Self::Calls => "calls",
        }
    }

    /// The name of the one for the crate of a document: no slug has an underscore, so no crate is called so.
    pub(super) fn package(self, slug: &str) -> String {
        match self {
            Self::Models => format!("corpus-{slug}_program"),
            Self::Calls => format!("corpus-{slug}_calls"),
        }
    }
}

/// What came of a call.
#[derive(Debug, Default)]
pub(crate) struct Called {
    /// Messages about the crate.
    pub(crate) compile: Compile,
    /// The program that was built.
    pub(crate) program: Option<PathBuf>,
    /// Whether anything else was built, so that times and memory are not those of the crate alone.
    others_built: bool,
    /// Whether the crate was there already.
    was_fresh: bool,
}

impl Scratch {
    pub(crate) fn new(root: &Path) -> io::Result<Self> {
        for folder in [CRATES, Program::Models.folder(), Program::Calls.folder(), "usage"] {
            file::make_folder(&root.join(folder))?;
        }
        let root = fs::canonicalize(root).map_err(|error| file::at(root, error))?;
        Ok(Self { root, turn: Mutex::default() })
    }

    /// The folder of a crate.
    pub(crate) fn crate_folder(&self, slug: &str) -> PathBuf {
        self.root.join(CRATES).join(slug)
    }

    /// The folder of a program that uses a crate.
    pub(crate) fn program_folder(&self, program: Program, slug: &str) -> PathBuf {
        self.root.join(program.folder()).join(slug)
    }

    /// Has Cargo look at a crate, or build its program, in a run that does nothing else.
    pub(crate) fn call(&self, call: Call, slug: &str) -> io::Result<Called> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_manifest(call, slug)?;
        let first = self.run(call, slug)?;
        if matches!(call, Call::Build(_)) || !(first.others_built || first.was_fresh) {
            return Ok(first);
        }
        let root = self.crate_folder(slug).join("src/lib.rs");
        let touch = File::options().append(true).open(&root).and_then(|file| file.set_modified(SystemTime::now()));
        touch.map_err(|error| file::at(&root, error))?;
        self.run(call, slug)
    }

    fn write_manifest(&self, call: Call, slug: &str) -> io::Result<()> {
        let program = match call {
            Call::Build(program) => format!(", \"{}/{slug}\"", program.folder()),
            Call::Check | Call::Clippy | Call::Doc => String::new(),
        };
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"{CRATES}/{slug}\"{program}]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n"
        );
        file::write(&self.root.join("Cargo.toml"), manifest.as_bytes())?;
        // The dependencies of the workspace that this program was built in are there already, where it still is.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.is_file() { file::write(&self.root.join("Cargo.lock"), &file::read(&lock)?) } else { Ok(()) }
    }

    fn run(&self, call: Call, slug: &str) -> io::Result<Called> {
        let usage = self.root.join("usage").join(format!("{slug}.json"));
        let mut command = Command::new(env::current_exe()?);
        command.args(["corpus-worker", "measure", "--usage"]).arg(&usage).arg("--").arg(cargo());
        command.arg(call.name()).args(["--package", &call.package(slug), "--message-format", "json"]);
        if call == Call::Doc {
            command.arg("--no-deps");
        }
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_TERM_COLOR", "never");
        let output = command.output()?;
        let mut called = read(&output, &call.folder(slug));
        called.compile.usage = file::read_json(&usage)?;
        if call == Call::Doc {
            // Pages of a large crate are many, and nobody reads these.
            let pages = self.root.join("target/doc").join(call.package(slug).replace('-', "_"));
            fs::remove_dir_all(&pages).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(file::at(&pages, error)),
            })?;
        }
        Ok(called)
    }
}

impl Call {
    /// The command of Cargo.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Build(_) => "build",
        }
    }

    fn package(self, slug: &str) -> String {
        match self {
            Self::Build(program) => program.package(slug),
            Self::Check | Self::Clippy | Self::Doc => crate_name(slug),
        }
    }

    /// The folder of that package, from the root of the workspace.
    fn folder(self, slug: &str) -> PathBuf {
        match self {
            Self::Build(program) => Path::new(program.folder()).join(slug),
            Self::Check | Self::Clippy | Self::Doc => Path::new(CRATES).join(slug),
        }
    }
}

/// The name of the crate of a document: no other package is called so.
pub(super) fn crate_name(slug: &str) -> String {
    format!("corpus-{slug}")
}

/// The Cargo that runs this program, if one does.
pub(super) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Reads the messages of Cargo; `folder` is where the package lies that it was asked for.
fn read(output: &Output, folder: &Path) -> Called {
    let mut called = Called::default();
    let manifest = folder.join("Cargo.toml");
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(line) else { continue };
        let is_ours = message["manifest_path"].as_str().is_some_and(|path| Path::new(path).ends_with(&manifest));
        match message["reason"].as_str() {
            Some("compiler-artifact") if is_ours => {
                called.was_fresh |= message["fresh"] == true;
                called.program = message["executable"].as_str().map(PathBuf::from).or(called.program);
            }
            Some("compiler-artifact") => called.others_built |= message["fresh"] == false,
            Some("compiler-message") => take_in(&message["message"], &mut called.compile),
            _ => {}
        }
    }
    if !output.status.success() && called.compile.errors == 0 {
        // Cargo itself failed, or a compiler crashed: its last words are on the standard error.
        let text = String::from_utf8_lossy(&output.stderr);
        let words: Vec<&str> = text.lines().filter(|line| line.contains("error") || line.contains("signal")).collect();
        called.compile.errors = 1;
        called.compile.quotes.push(words.first().copied().unwrap_or("Cargo failed without a word").to_owned());
    }
    called
}

fn take_in(message: &Value, compile: &mut Compile) {
    let text = message["message"].as_str().unwrap_or_default();
    let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    // A compiler ends with a sum, which is no fault of its own.
    let is_sum = spans.is_empty() && (text.starts_with("aborting due to") || text.ends_with(" emitted"));
    let count = match message["level"].as_str() {
        _ if is_sum => return,
        Some(level) if level.starts_with("error") => &mut compile.errors,
        Some("warning") => &mut compile.warnings,
        _ => return,
    };
    *count += 1;
    if compile.quotes.len() < MOST_QUOTES {
        let code = message["code"]["code"].as_str().map(|code| format!("{code}: ")).unwrap_or_default();
        let span = spans.iter().find(|span| span["is_primary"] == true);
        let place =
            span.map(|span| format!(" ({}:{})", span["file_name"].as_str().unwrap_or_default(), span["line_start"]));
        compile.quotes.push(format!("{code}{text}{}", place.unwrap_or_default()));
    }
}

/// The default features of a crate without those that bring a transport.
pub(super) fn plain_features(manifest: &str) -> Vec<String> {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return Vec::new() };
    let features: BTreeMap<String, Vec<String>> =
        manifest.get("features").cloned().and_then(|features| features.try_into().ok()).unwrap_or_default();
    let brings_transport = |feature: &String| {
        feature == "reqwest"
            || features.get(feature).is_some_and(|brings| brings.iter().any(|other| other.contains("reqwest")))
    };
    features.get("default").into_iter().flatten().filter(|feature| !brings_transport(feature)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::ExitStatus;

    use serde_json::json;

    use super::*;

    #[test]
    fn no_two_packages_have_one_name() {
        let slugs = ["a", "program-a", "corpus-a", "a-program", "corpus-program-a"];
        let programs = [Program::Models, Program::Calls];
        let of = |slug: &&str| programs.map(|program| program.package(slug)).into_iter().chain([crate_name(slug)]);
        let names: BTreeSet<String> = slugs.iter().flat_map(of).collect();
        assert_eq!(names.len(), 3 * slugs.len());
    }

    #[test]
    fn messages_about_other_packages_are_not_those_of_the_crate() {
        let artifact = |folder: &str, program: Value| {
            let manifest = format!("/w/{folder}/Cargo.toml");
            json!({ "reason": "compiler-artifact", "manifest_path": manifest, "fresh": true, "executable": program })
        };
        let lines = [
            artifact("crates/corpus-a", Value::Null),
            artifact("crates/a", Value::Null),
            artifact("programs/corpus-a", json!("/w/target/corpus-corpus-a_program")),
        ];
        let stdout = lines.map(|line| line.to_string()).join("\n").into_bytes();
        let output = Output { status: ExitStatus::default(), stdout, stderr: Vec::new() };
        let program = read(&output, &Call::Build(Program::Models).folder("corpus-a")).program;
        assert_eq!(program, Some(PathBuf::from("/w/target/corpus-corpus-a_program")));
        assert!(read(&output, &Call::Check.folder("corpus-a")).was_fresh);
        assert!(!read(&output, &Call::Check.folder("b")).was_fresh);
    }
}
