//! The output folder: what a run would change in it, and changing it.
//!
//! Three promises. A folder or file that does not say that this tool made it is never written over or deleted. Nothing
//! is written or deleted through a symbolic link. A run that stops half-way leaves whole files, and the next run
//! finishes its work.

mod apply;
mod scan;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use generator::diagnostic::{Diagnostic, catalog::output as say};
use generator::files::{Files, is_marked};

use crate::place::Named;
pub(crate) use apply::apply;
use scan::{Found, Kind, Owner};

/// What a run changes in the output folder. Paths are relative to it and in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files that are not there.
    pub(crate) create: Vec<String>,
    /// Files whose text differs, each with its text on disk.
    pub(crate) change: Vec<(String, String)>,
    /// Generated files that nothing makes any longer.
    pub(crate) delete: Vec<String>,
    /// How many files stay as they are.
    pub(crate) unchanged: usize,
    /// What an interrupted run left.
    leftovers: Vec<String>,
}

impl Plan {
    /// Whether the folder is as it should be.
    pub(crate) fn is_up_to_date(&self) -> bool {
        self.create.is_empty() && self.change.is_empty() && self.delete.is_empty()
    }
}

/// Compares the output folder with the files that it should hold.
///
/// Files of others are left out: those without the mark, `target/`, `.git/`, `Cargo.lock`, and whole packages that lie
/// in the folder. Line endings do not count, since a checkout may have changed them.
///
/// # Errors
///
/// Everything that stands in the way: a folder that is not ours, files of others and links where ours belong.
pub(crate) fn plan(out: &Named, files: &Files) -> Result<Plan, Vec<Diagnostic>> {
    let found = match scan::owner(out).map_err(one)? {
        Owner::Nobody => Found::default(),
        Owner::Us => scan::scan(out, files)?,
    };
    let mut plan = Plan { leftovers: found.leftovers.clone(), ..Plan::default() };
    let mut faults = Vec::new();
    for (path, text) in files.iter() {
        match compare(out, &found, path, text) {
            Ok(State::Missing) => plan.create.push(path.to_owned()),
            Ok(State::Stale(old)) => plan.change.push((path.to_owned(), old)),
            Ok(State::Fresh) => plan.unchanged += 1,
            Err(fault) => faults.push(fault),
        }
    }
    for (path, kind) in &found.entries {
        if *kind == Kind::File && files.get(path).is_none() {
            match scan::has_mark(&out.path.join(path)) {
                Ok(true) => plan.delete.push(path.clone()),
                Ok(false) => {}
                Err(error) => faults.push(say::not_written(&shown(out, path), "read", &error)),
            }
        }
    }
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// Makes the folder `out` hold these files, for a crate that nobody but this program looks at.
///
/// # Errors
///
/// The first thing that stands in the way.
pub(crate) fn put(out: &Path, files: &Files) -> io::Result<()> {
    let out = Named { path: out.to_owned(), shown: out.to_string_lossy().into_owned() };
    let fault = match plan(&out, files) {
        Ok(plan) => apply(&out, files, &plan).err(),
        Err(faults) => faults.into_iter().next(),
    };
    fault.map_or(Ok(()), |fault| Err(io::Error::other(fault.message)))
}

enum State {
    Missing,
    Stale(String),
    Fresh,
}

fn compare(out: &Named, found: &Found, path: &str, text: &str) -> Result<State, Diagnostic> {
    for (end, _) in path.match_indices('/') {
        let above = &path[..end];
        match found.entries.get(above) {
            None | Some(Kind::Folder) => {}
            Some(Kind::Link) => return Err(say::symbolic_link(&shown(out, above))),
            Some(Kind::File | Kind::Other) => return Err(say::foreign_file(&shown(out, above), "no folder")),
        }
    }
    let name = shown(out, path);
    let unreadable = |error: io::Error| say::not_written(&name, "read", &error);
    let place = out.path.join(path);
    let listed = found.entries.get(path).copied();
    let kind = match fs::symlink_metadata(&place) {
        Ok(metadata) => scan::kind(metadata.file_type()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(State::Missing);
        }
        Err(error) => return Err(unreadable(error)),
    };
    match kind {
        Kind::Link => Err(say::symbolic_link(&name)),
        Kind::Folder => Err(say::foreign_file(&name, "a folder")),
        Kind::Other => Err(say::foreign_file(&name, "something that is no file")),
        Kind::File => {
            let old = fs::read(&place).map_err(unreadable)?;
            if listed.is_some() && is_same(&old, text.as_bytes()) {
                Ok(State::Fresh)
            } else if !is_marked(&old) {
                Err(say::foreign_file(&name, "a file that does not say that it is generated"))
            } else if listed.is_some() {
                Ok(State::Stale(String::from_utf8_lossy(&old).into_owned()))
            } else {
                // The file system takes a name of other case for this one. That file goes, and this one comes.
                Ok(State::Missing)
            }
        }
    }
}

/// Whether two texts differ in nothing but the spelling of line ends.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    let lines = |text: &[u8]| -> Vec<u8> {
        let kept =
            |(index, byte): (usize, &u8)| (*byte != b'\r' || text.get(index + 1) != Some(&b'\n')).then_some(*byte);
        text.iter().enumerate().filter_map(kept).collect()
    };
    left == right || (left.contains(&b'\r') || right.contains(&b'\r')) && lines(left) == lines(right)
}

/// A path in the output folder as messages show it.
pub(crate) fn shown(out: &Named, path: &str) -> String {
    if out.shown.is_empty() { path.to_owned() } else { format!("{}/{path}", out.shown.trim_end_matches('/')) }
}

fn one(diagnostic: Diagnostic) -> Vec<Diagnostic> {
    vec![diagnostic]
}

fn refused(out: &Named, path: &str, what: &str, error: &io::Error) -> Diagnostic {
    say::not_written(&if path.is_empty() { out.shown.clone() } else { shown(out, path) }, what, error)
}

#[cfg(test)]
mod tests;
