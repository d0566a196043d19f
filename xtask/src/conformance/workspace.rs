//! The scratch workspace: a crate for each client, one for its driver, and one program that holds all drivers.
//!
//! Clients that different versions of a description lead to are compiled once where they are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::files::Files;
use serde_json::Value;

use super::description::{Description, NEUTRAL, Version};
use super::driver;
use crate::corpus::cargo;
use crate::disk;
use crate::message;

/// The package and the program.
const PROGRAM: &str = "conformance-program";

#[derive(Debug)]
pub(super) struct Workspace {
    root: PathBuf,
    /// The names of the clients by what they are made of.
    clients: BTreeMap<(String, Vec<(String, String)>), String>,
}

/// The program, and what of the clients does not compile, by their names.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) program: PathBuf,
    pub(super) broken: BTreeMap<String, String>,
}

impl Workspace {
    pub(super) fn new(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: fs::canonicalize(root)?, clients: BTreeMap::new() })
    }

    /// Writes the client of a description and its driver, unless an earlier version led to the same. Returns its name.
    pub(super) fn add(&mut self, version: Version, description: &Description) -> io::Result<String> {
        let files = &description.client.files;
        let sources = files.iter().filter(|(path, _)| path.ends_with(".rs") || *path == "Cargo.toml");
        let sources = sources.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let key = (description.slug.clone(), sources);
        if let Some(name) = self.clients.get(&key) {
            return Ok(name.clone());
        }
        let name = format!("{}-{}", description.slug, version.name().replace('.', ""));
        self.write_client(&name, files)?;
        let folder = self.root.join("drivers").join(&name);
        put(&folder.join("Cargo.toml"), &driver_manifest(&name))?;
        put(&folder.join("src/support.rs"), driver::SUPPORT)?;
        put(&folder.join("src/lib.rs"), &driver::emit(&description.client).to_string())?;
        self.clients.insert(key, name.clone());
        Ok(name)
    }

    fn write_client(&self, name: &str, files: &Files) -> io::Result<()> {
        let mut named = Files::new();
        for (path, text) in files.iter() {
            let text = match path {
                "Cargo.toml" => {
                    text.replacen(&format!("name = \"{NEUTRAL}\""), &format!("name = \"client-{name}\""), 1)
                }
                _ => text.to_owned(),
            };
            named.insert(path, text).map_err(|fault| io::Error::other(fault.to_string()))?;
        }
        disk::put(&self.root.join("clients").join(name), &named)
    }

    /// Builds the program. A client or driver that does not compile is left out of it.
    pub(super) fn build(&self) -> io::Result<Built> {
        let mut names: BTreeSet<&str> = self.clients.values().map(String::as_str).collect();
        let mut broken = BTreeMap::new();
        loop {
            self.write_program(&names)?;
            let called = self.call()?;
            if let Some(program) = called.program {
                return Ok(Built { program, broken });
            }
            let before = names.len();
            for (name, why) in called.errors {
                names.remove(name.as_str());
                broken.entry(name).or_insert(why);
            }
            if names.len() == before {
                return Err(io::Error::other(format!("the program does not compile: {}", called.words)));
            }
        }
    }

    fn write_program(&self, names: &BTreeSet<&str>) -> io::Result<()> {
        let mut workspace = String::from("[workspace]\nresolver = \"3\"\nmembers = [\"program\"");
        let mut manifest = package(PROGRAM);
        manifest.push_str("serde_json = \"1\"\ntokio = { version = \"1\", features = [\"rt\", \"net\", \"time\"] }\n");
        let mut table = String::from(
            "use std::{future::Future, pin::Pin};\nuse serde_json::Value;\n\n\
             pub type Drive = fn(Value) -> Pin<Box<dyn Future<Output = Result<Value, String>>>>;\n\n\
             pub const CLIENTS: &[(&str, Drive)] = &[\n",
        );
        for name in names {
            let _ = write!(workspace, ", \"clients/{name}\", \"drivers/{name}\"");
            let _ = writeln!(manifest, "driver-{name} = {{ path = \"../drivers/{name}\" }}");
            let _ = writeln!(table, "    ({name:?}, driver_{}::drive),", name.replace('-', "_"));
        }
        workspace.push_str("]\n\n[profile.dev]\ndebug = false\nincremental = false\n");
        table.push_str("];\n");
        put(&self.root.join("Cargo.toml"), &workspace)?;
        put(&self.root.join("program/Cargo.toml"), &manifest)?;
        put(&self.root.join("program/src/main.rs"), driver::PROGRAM)?;
        put(&self.root.join("program/src/clients.rs"), &table)?;
        // The dependencies of the workspace that this program was built in are there already, where it still is.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.is_file() { fs::copy(lock, self.root.join("Cargo.lock")).map(|_| ()) } else { Ok(()) }
    }

    fn call(&self) -> io::Result<Called> {
        let mut command = Command::new(cargo());
        command
            .current_dir(&self.root)
            .args(["build", "--package", PROGRAM, "--keep-going", "--message-format", "json"])
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_TERM_COLOR", "never");
        let output = command.output()?;
        let mut called = Called { words: String::from_utf8_lossy(&output.stderr).into_owned(), ..Called::default() };
        for line in output.stdout.split(|byte| *byte == b'\n') {
            let Ok(message) = serde_json::from_slice::<Value>(line) else { continue };
            match message["reason"].as_str() {
                Some("compiler-artifact") => {
                    called.program = message["executable"].as_str().map(PathBuf::from).or(called.program);
                }
                Some("compiler-message") if message["message"]["level"] == "error" => {
                    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
                    let folder = manifest.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
                    let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
                    message::put(rendered);
                    called.errors.entry(folder.into_owned()).or_insert_with(|| first_lines(rendered));
                }
                _ => {}
            }
        }
        Ok(called)
    }
}

/// What came of a call of Cargo.
#[derive(Debug, Default)]
struct Called {
    program: Option<PathBuf>,
    /// The first error of each crate, by its folder.
    errors: BTreeMap<String, String>,
    words: String,
}

fn first_lines(text: &str) -> String {
    text.lines().take(2).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn package(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n"
    )
}

fn driver_manifest(name: &str) -> String {
    format!(
        "{}api = {{ package = \"client-{name}\", path = \"../../clients/{name}\", default-features = false, features = \
         [\"reqwest\"] }}\nhttp = \"1\"\nserde = \"1\"\nserde_json = \"1\"\n",
        package(&format!("driver-{name}"))
    )
}

/// Writes a file, unless it is as it should be: Cargo looks at its time.
fn put(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
