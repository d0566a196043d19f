//! The scratch workspace: a crate for each client, one for its driver, and one program that holds all drivers.
//!
//! Clients that several descriptions lead to are compiled once where they are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::files::Files;
use serde_json::Value;

use crate::{Client, NEUTRAL, emit};

/// The package and the program.
const PROGRAM: &str = "drivers-program";

/// A folder in which a program of clients is built.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    /// The names of the clients by what they are made of.
    clients: BTreeMap<(String, Vec<(String, String)>), String>,
}

/// The program, and what of the clients does not compile, by their names: what the compiler says first.
#[derive(Debug)]
pub struct Built {
    /// Where the program is.
    pub program: PathBuf,
    /// What was left out of it, and why.
    pub broken: BTreeMap<String, String>,
}

impl Workspace {
    /// A workspace in the folder `root`, which is its own: it keeps its build between runs.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn new(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: fs::canonicalize(root)?, clients: BTreeMap::new() })
    }

    /// Writes a client and its driver, unless an earlier one of that name was the same. The name that it returns has
    /// `further` at its end: letters, digits and `-`, as that of a package.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn add(&mut self, name: &str, further: &str, client: &Client) -> io::Result<String> {
        let sources = client.files.iter().filter(|(path, _)| path.ends_with(".rs") || *path == "Cargo.toml");
        let sources = sources.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let key = (name.to_owned(), sources);
        if let Some(name) = self.clients.get(&key) {
            return Ok(name.clone());
        }
        let name = format!("{name}-{further}");
        self.write_client(&name, &client.files)?;
        let folder = self.root.join("drivers").join(&name);
        put(&folder.join("Cargo.toml"), &driver_manifest(&name))?;
        put(&folder.join("src/support.rs"), emit::SUPPORT)?;
        put(&folder.join("src/lib.rs"), &emit::emit(client).to_string())?;
        self.clients.insert(key, name.clone());
        Ok(name)
    }

    fn write_client(&self, name: &str, files: &Files) -> io::Result<()> {
        let folder = self.root.join("clients").join(name);
        for (path, text) in files.iter() {
            match path {
                "Cargo.toml" => {
                    let own = format!("name = \"client-{name}\"");
                    put(&folder.join(path), &text.replacen(&format!("name = \"{NEUTRAL}\""), &own, 1))?;
                }
                _ => put(&folder.join(path), text)?,
            }
        }
        remove_others(&folder, "", files)
    }

    /// Builds the program. A client or driver that does not compile is left out of it.
    ///
    /// # Errors
    ///
    /// Those of the disk, and the words of Cargo where no client is at fault.
    pub fn build(&self) -> io::Result<Built> {
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
        put(&self.root.join("program/src/main.rs"), emit::PROGRAM)?;
        put(&self.root.join("program/src/clients.rs"), &table)?;
        // The dependencies of the workspace that this program was built in are there already, where it still is.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        if lock.is_file() { fs::copy(lock, self.root.join("Cargo.lock")).map(|_| ()) } else { Ok(()) }
    }

    fn call(&self) -> io::Result<Called> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
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
                    called.errors.entry(folder.into_owned()).or_insert_with(|| rendered.to_owned());
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

/// Removes the files of a client that it has no more.
fn remove_others(root: &Path, inside: &str, files: &Files) -> io::Result<()> {
    for entry in fs::read_dir(root.join(inside))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        if entry.file_type()?.is_dir() {
            remove_others(root, &path, files)?;
        } else if files.get(&path).is_none() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
