//! Values through the models of a crate: which model a component has, the program that sends values through models, and
//! what it says of each.

use std::collections::HashMap;
use std::env;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use generator::Output;
use generator::ir::TypeId;
use generator::source::{Node, Pointer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::compare::Fault;
use crate::corpus::scratch::{Program, crate_name, plain_features};
use crate::corpus::worker;
use crate::corpus::{file, limits};

/// The program that sends values through models.
const PROGRAM: &str = include_str!("program.rs.txt");

/// The files of a program, from its folder.
pub(super) const WRITTEN: [&str; 3] = ["Cargo.toml", "src/main.rs", "src/models.rs"];

/// The models of a crate, by where their schemas stand.
#[derive(Debug)]
pub(crate) struct Models<'o> {
    output: &'o Output,
    by_origin: HashMap<&'o Pointer, TypeId>,
}

impl<'o> Models<'o> {
    pub(crate) fn of(output: &'o Output) -> Self {
        // Of the types that one schema makes, the first is the schema itself: the last entry of a key stays.
        let types = output.api.types.iter().rev();
        Self { output, by_origin: types.map(|(id, def)| (&def.origin, id)).collect() }
    }

    /// The type of a component schema; `None` where it has none of its own.
    pub(crate) fn of_component(&self, component: &str) -> Option<TypeId> {
        let schemas = Pointer::root().child("components").child("schemas");
        self.by_origin.get(&followed(&self.output.effective, schemas.child(component))).copied()
    }

    /// What a type is called in the crate.
    pub(crate) fn name(&self, id: TypeId) -> String {
        self.output.names.of_type(id).name.to_string()
    }
}

/// The place of a schema that is only a reference to another one: it is that one's type.
fn followed(effective: &Node, from: Pointer) -> Pointer {
    const MOST: usize = 64;
    let mut at = from;
    for _ in 0..MOST {
        let reference = effective.at(&at).and_then(|node| node.get("$ref")).and_then(Node::as_str);
        match reference.and_then(|reference| Pointer::parse(reference.strip_prefix('#')?)) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// Writes the program that sends values through these models of the crate `slug`.
pub(crate) fn write_program(slug: &str, models: &[String], out: &Path) -> io::Result<()> {
    file::make_folder(&out.join("src"))?;
    let manifest = file::read(&out.join("../../crates").join(slug).join("Cargo.toml"))?;
    let manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         api = {{ package = {:?}, path = \"../../crates/{slug}\", default-features = false, features = {:?} }}\n\
         serde = \"1\"\nserde_json = \"1\"\n",
        Program::Models.package(slug),
        crate_name(slug),
        plain_features(&String::from_utf8_lossy(&manifest)),
    );
    let mut table =
        "pub type Model = fn(&str) -> Result<String, String>;\n\npub const MODELS: &[Model] = &[\n".to_owned();
    for model in models {
        let _ = writeln!(table, "    crate::through::<api::models::{model}>,");
    }
    table.push_str("];\n");
    file::write(&out.join("Cargo.toml"), manifest.as_bytes())?;
    file::write(&out.join("src/main.rs"), PROGRAM.as_bytes())?;
    file::write(&out.join("src/models.rs"), table.as_bytes())
}

/// What the program said.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    /// A line for each value that it came to.
    pub(super) lines: Vec<String>,
    /// How the program ended, where it did not end well.
    pub(super) end: Option<String>,
}

impl Said {
    /// The JSON text that came back for a value, or why none did.
    pub(crate) fn of(&self, index: usize) -> Result<&str, Fault> {
        let refused = |what: &str| Err(Fault { kind: "refused", what: what.to_owned() });
        match self.lines.get(index).map(|line| line.split_once('\t')) {
            Some(Some(("=", text))) => Ok(text),
            Some(Some((_, why))) => refused(why),
            Some(None) => refused("no answer"),
            // What was being decoded when the program ended is to blame; what came after it was never tried.
            None if index == self.lines.len() => {
                Err(Fault { kind: "crash", what: self.end.clone().unwrap_or_default() })
            }
            None => Err(Fault { kind: "not tried", what: String::new() }),
        }
    }
}

/// Sends values through the program, each with the place of its model, within the limits of a worker. What the program
/// says should be text, and is judged where it is not.
///
/// # Errors
///
/// It cannot be run.
pub(crate) fn send<'v>(program: &Path, values: impl Iterator<Item = (usize, &'v Value)> + Send) -> io::Result<Said> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["corpus-worker", "drive"]).arg(program);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut said = Vec::new();
    std::thread::scope(|scope| {
        // Written beside the reading, since a pipe holds little; a program that has crashed takes no more.
        scope.spawn(move || {
            let mut input = input.map(BufWriter::new)?;
            for (model, value) in values {
                writeln!(input, "{model}\t{value}").ok()?;
            }
            input.flush().ok()
        });
        output.map(|mut output| output.read_to_end(&mut said)).transpose()
    })?;
    let status = child.wait()?;
    let lines = String::from_utf8_lossy(&said).lines().map(str::to_owned).collect();
    let end = match status.code() {
        Some(0) => None,
        Some(code) if code == i32::from(worker::FAILED) => {
            return Err(file::at(program, io::Error::other("it could not be run to its end")));
        }
        _ if limits::is_time_out(status) => Some("time-out".to_owned()),
        _ => Some(status.to_string()),
    };
    Ok(Said { lines, end })
}
