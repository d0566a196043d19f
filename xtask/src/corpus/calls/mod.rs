//! Calls of the operations of real descriptions, as their vendors document them: the raw bytes of a request, and what an
//! answer is read as.
//!
//! `tests/corpus/calls/NAME.rs` has the calls for the document NAME; they are compiled against its crate, together with a
//! server that records what is sent.

use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::Command;

use super::record::Calls;
use super::scratch::{Call, Program, Scratch, crate_name};
use super::{file, limits};
use crate::place;

/// Where the calls are, from the root of the workspace.
const SOURCES: &str = "tests/corpus/calls";

/// The program around the calls.
const PROGRAM: &str = include_str!("program.rs.txt");

/// What a line of the calls begins with that names the features which they need.
const FEATURES: &str = "//! Features: ";

/// The calls for a document; `None` where there are none.
pub(super) fn source(name: &str) -> io::Result<Option<String>> {
    let path = place::workspace().join(SOURCES).join(name).with_extension("rs");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file::at(&path, error)),
    }
}

/// Compiles the calls and makes them.
pub(super) fn run(scratch: &Scratch, slug: &str, source: &str) -> io::Result<Calls> {
    write(&scratch.program_folder(Program::Calls, slug), slug, source)?;
    let built = scratch.call(Call::Build(Program::Calls), slug)?;
    let Some(program) = built.program.filter(|_| built.compile.errors == 0) else {
        let failure = format!("the calls do not compile: {}", built.compile.quotes.join("; "));
        return Ok(Calls { failure: Some(failure), ..Calls::default() });
    };
    let output = Command::new(env::current_exe()?).args(["corpus-worker", "drive"]).arg(&program).output()?;
    let mut calls = Calls::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match line.split_once('\t') {
            Some(("=", _)) => calls.right += 1,
            Some((_, fault)) => calls.faults.push(fault.to_owned()),
            None => calls.faults.push(line.to_owned()),
        }
    }
    if !output.status.success() {
        let how = if limits::is_time_out(output.status) { "time-out".to_owned() } else { output.status.to_string() };
        calls.failure = Some(format!("the calls did not come to their end: {how}"));
    }
    Ok(calls)
}

fn write(folder: &Path, slug: &str, source: &str) -> io::Result<()> {
    file::make_folder(&folder.join("src"))?;
    let stated = source.lines().find_map(|line| line.strip_prefix(FEATURES)).unwrap_or_default();
    let features: Vec<&str> = stated.split(", ").filter(|name| !name.is_empty()).chain(["reqwest"]).collect();
    let manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         api = {{ package = {:?}, path = \"../../crates/{slug}\", default-features = false, features = {features:?} }}\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n",
        Program::Calls.package(slug),
        crate_name(slug),
    );
    for (path, text) in [("Cargo.toml", manifest.as_str()), ("src/main.rs", PROGRAM), ("src/calls.rs", source)] {
        file::write(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}
