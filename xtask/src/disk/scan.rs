//! What stands in the output folder, and whose it is. Links are seen and never followed.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use generator::diagnostic::{Diagnostic, catalog::output as say};
use generator::files::{Files, is_marked};

use super::{refused, shown};
use crate::place::Named;

/// What Cargo and git keep at the top of the folder.
const SKIPPED: &[&str] = &["target", ".git", "Cargo.lock"];

/// How much of a file is read to find the mark in its first lines.
const TOP: u64 = 4096;

/// Whose an output folder is.
pub(super) enum Owner {
    /// It does not exist.
    Nobody,
    /// This tool made it, or may: it holds nothing but what is skipped and what an interrupted run left.
    Us,
}

/// Whose the output folder is, unless it is somebody else's.
pub(super) fn owner(out: &Named) -> Result<Owner, Diagnostic> {
    let metadata = match fs::symlink_metadata(&out.path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Owner::Nobody),
        Err(error) => return Err(refused(out, "", "read", &error)),
    };
    if metadata.is_symlink() {
        return Err(say::symbolic_link(&out.shown));
    }
    if !metadata.is_dir() {
        return Err(say::foreign_file(&out.shown, "no folder"));
    }
    let manifest = out.path.join("Cargo.toml");
    let is_file = fs::symlink_metadata(&manifest).is_ok_and(|metadata| metadata.is_file());
    if is_file && has_mark(&manifest).map_err(|error| refused(out, "Cargo.toml", "read", &error))? {
        return Ok(Owner::Us);
    }
    // The walk ends at the first thing that is somebody's, so a wrong folder costs nothing however large it is.
    let mut foreign = false;
    walk(out, &mut |entry, _, kind| {
        foreign |= kind != Kind::Folder && !is_leftover(entry, kind);
        if foreign { Step::Stop } else { Step::Into }
    })?;
    if foreign { Err(say::foreign_folder(&out.shown)) } else { Ok(Owner::Us) }
}

/// Everything in an output folder, by path.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) entries: BTreeMap<String, Kind>,
    /// What an interrupted run left.
    pub(super) leftovers: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Other,
}

/// Everything in a folder that is ours, apart from what is skipped and from whole packages below it that none of the
/// `files` belongs to.
pub(super) fn scan(out: &Named, files: &Files) -> Result<Found, Vec<Diagnostic>> {
    let mut found = Found::default();
    let mut faults = Vec::new();
    walk(out, &mut |entry, path, kind| {
        if is_leftover(entry, kind) {
            found.leftovers.push(path.to_owned());
            return Step::Into;
        }
        // Following the link only to learn what it leads to reads and changes nothing there.
        if kind == Kind::Link && fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir()) {
            faults.push(say::symbolic_link(&shown(out, path)));
        }
        found.entries.insert(path.to_owned(), kind);
        let is_package = kind == Kind::Folder && fs::symlink_metadata(entry.path().join("Cargo.toml")).is_ok();
        let is_ours = |path: &str| files.iter().any(|(file, _)| Path::new(file).starts_with(path));
        if is_package && !is_ours(path) { Step::Over } else { Step::Into }
    })
    .map_err(super::one)?;
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

enum Step {
    Into,
    Over,
    Stop,
}

/// Visits what lies below a folder, without recursion, in no particular order.
fn walk(out: &Named, visit: &mut dyn FnMut(&DirEntry, &str, Kind) -> Step) -> Result<(), Diagnostic> {
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let failed = |error: io::Error| refused(out, &folder, "read", &error);
        for entry in fs::read_dir(out.path.join(&folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = kind(entry.file_type().map_err(failed)?);
            // A name that is no Unicode is none that we give; what it shows stands for it and leads nowhere.
            let name = entry.file_name().to_string_lossy().into_owned();
            if folder.is_empty() && SKIPPED.contains(&name.as_str()) {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            match visit(&entry, &path, kind) {
                Step::Stop => return Ok(()),
                Step::Into if kind == Kind::Folder && entry.file_name().to_str().is_some() => folders.push(path),
                Step::Into | Step::Over => {}
            }
        }
    }
    Ok(())
}

pub(super) fn kind(file_type: FileType) -> Kind {
    if file_type.is_symlink() {
        Kind::Link
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// The name of the file that is written beside `name` and then takes its place.
pub(super) fn beside(name: &str) -> String {
    format!(".{name}.codegen-tmp")
}

fn is_leftover(entry: &DirEntry, kind: Kind) -> bool {
    let name = entry.file_name();
    kind == Kind::File && name.to_str().is_some_and(|name| name.starts_with('.') && name.ends_with(".codegen-tmp"))
}

/// Whether a file carries the mark of generated files.
pub(super) fn has_mark(path: &Path) -> io::Result<bool> {
    let mut top = Vec::new();
    File::open(path)?.take(TOP).read_to_end(&mut top)?;
    Ok(is_marked(&top))
}
