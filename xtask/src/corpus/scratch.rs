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

use super::limits::Usage;
use super::record::{Compile, MOST_QUOTES};

/// A folder with crates, programs that use them, and one target folder for all.
#[derive(Debug)]
pub(super) struct Scratch {
    root: PathBuf,
    /// One call of Cargo at a time, since times are taken and the manifest names one crate.
    turn: Mutex<()>,
}

/// What is asked of Cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Check,
    Clippy,
    Doc,
    Build,
}

/// What came of a call.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// Messages about the crate.
    pub(super) compile: Compile,
    /// The program that was built.
    pub(super) program: Option<PathBuf>,
    /// Whether anything else was built, so that times and memory are not those of the crate alone.
    others_built: bool,
    /// Whether the crate was there already.
    was_fresh: bool,
}

impl Scratch {
    pub(super) fn new(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root.join("crates"))?;
        fs::create_dir_all(root.join("programs"))?;
        fs::create_dir_all(root.join("usage"))?;
        Ok(Self { root: fs::canonicalize(root)?, turn: Mutex::default() })
    }

    /// The folder of a crate.
    pub(super) fn crate_folder(&self, slug: &str) -> PathBuf {
        self.root.join("crates").join(slug)
    }

    /// The folder of the program that uses a crate.
    pub(super) fn program_folder(&self, slug: &str) -> PathBuf {
        self.root.join("programs").join(slug)
    }

    /// Has Cargo look at a crate, or build its program, in a run that does nothing else.
    pub(super) fn call(&self, call: Call, slug: &str) -> io::Result<Called> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_manifest(call, slug)?;
        let first = self.run(call, slug)?;
        if call == Call::Build || !(first.others_built || first.was_fresh) {
            return Ok(first);
        }
        File::options()
            .append(true)
            .open(self.crate_folder(slug).join("src/lib.rs"))?
            .set_modified(SystemTime::now())?;
        self.run(call, slug)
    }

    fn write_manifest(&self, call: Call, slug: &str) -> io::Result<()> {
        let program = if call == Call::Build { format!(", \"programs/{slug}\"") } else { String::new() };
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/{slug}\"{program}]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n"
        );
        fs::write(self.root.join("Cargo.toml"), manifest)?;
        // The dependencies of the workspace that this program was built in are there already, where it still is.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.is_file() { fs::copy(lock, self.root.join("Cargo.lock")).map(|_| ()) } else { Ok(()) }
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
        let mut called = read(&output, &call.package(slug));
        called.compile.usage = fs::read(&usage).map(|bytes| serde_json::from_slice::<Usage>(&bytes))??;
        if call == Call::Doc {
            // Pages of a large crate are many, and nobody reads these.
            let pages = self.root.join("target/doc").join(call.package(slug).replace('-', "_"));
            fs::remove_dir_all(pages).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            })?;
        }
        Ok(called)
    }
}

impl Call {
    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Build => "build",
        }
    }

    fn package(self, slug: &str) -> String {
        match self {
            Self::Build => program_name(slug),
            Self::Check | Self::Clippy | Self::Doc => crate_name(slug),
        }
    }
}

/// The name of the crate of a document: no other package is called so.
pub(super) fn crate_name(slug: &str) -> String {
    format!("corpus-{slug}")
}

/// The name of the program that uses the crate of a document.
pub(super) fn program_name(slug: &str) -> String {
    format!("corpus-program-{slug}")
}

/// The Cargo that runs this program, if one does.
pub(super) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Reads the messages of Cargo.
fn read(output: &Output, package: &str) -> Called {
    let mut called = Called::default();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(line) else { continue };
        let is_ours = message["manifest_path"].as_str().is_some_and(|path| is_of(path, package));
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

/// Whether a manifest is that of a package: its folder is called like the end of the package's name.
fn is_of(manifest: &str, package: &str) -> bool {
    let folder = Path::new(manifest).parent().unwrap_or(Path::new(""));
    let (kind, slug) = match package.strip_prefix("corpus-program-") {
        Some(slug) => ("programs", slug),
        None => ("crates", package.trim_start_matches("corpus-")),
    };
    folder.ends_with(Path::new(kind).join(slug))
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
