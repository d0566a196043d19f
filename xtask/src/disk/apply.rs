//! Doing what a plan says.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use generator::diagnostic::Diagnostic;
use generator::files::Files;

use super::scan::beside;
use super::{Plan, refused};
use crate::place::Named;

/// Makes the output folder what the plan says that it should be.
///
/// All new text is written beside the old files before the first of them is touched. Stale files go before new ones
/// come, since on some file systems the two may differ by case alone. The manifest takes its place first: with it the
/// folder is ours, and a later run may finish what this one does not.
///
/// # Errors
///
/// The first thing that the system refuses. What was written beside is removed again.
pub(crate) fn apply(out: &Named, files: &Files, plan: &Plan) -> Result<(), Diagnostic> {
    for path in &plan.leftovers {
        fs::remove_file(out.path.join(path)).map_err(|error| refused(out, path, "deleted", &error))?;
    }
    let mut waiting = Waiting(Vec::new());
    let changed = plan.change.iter().map(|(path, _)| path);
    for path in plan.create.iter().chain(changed) {
        let place = out.path.join(path);
        let text = files.get(path).unwrap_or_default();
        let temporary = write_beside(&place, text).map_err(|error| refused(out, path, "written", &error))?;
        waiting.0.push((temporary, place, path.clone()));
    }
    for path in &plan.delete {
        fs::remove_file(out.path.join(path)).map_err(|error| refused(out, path, "deleted", &error))?;
    }
    waiting.0.sort_by_key(|(_, _, path)| (path == "Cargo.toml", path.clone()));
    while let Some((temporary, place, path)) = waiting.0.pop() {
        if let Err(error) = fs::rename(&temporary, &place) {
            waiting.0.push((temporary, place, path.clone()));
            return Err(refused(out, &path, "replaced", &error));
        }
    }
    remove_empty_folders(out, plan);
    Ok(())
}

/// Files written beside the ones that they will replace: where they are, where they go, and the path of that. Those
/// that never get there are removed.
struct Waiting(Vec<(PathBuf, PathBuf, String)>);

impl Drop for Waiting {
    fn drop(&mut self) {
        for (temporary, _, _) in &self.0 {
            // One that cannot be removed now is removed by the next run.
            let _ = fs::remove_file(temporary);
        }
    }
}

fn write_beside(place: &Path, text: &str) -> io::Result<PathBuf> {
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let temporary = place.with_file_name(beside(&name));
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    // A new file alone: a link of that name would lead elsewhere.
    let mut file = File::create_new(&temporary)?;
    let written = file.write_all(text.as_bytes());
    drop(file);
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.map(|()| temporary)
}

/// Removes the folders that held nothing but what was deleted. The system refuses to remove one that is not empty.
fn remove_empty_folders(out: &Named, plan: &Plan) {
    for path in plan.delete.iter().chain(&plan.leftovers) {
        let above: Vec<&str> = path.match_indices('/').map(|(end, _)| &path[..end]).collect();
        for folder in above.into_iter().rev() {
            if fs::remove_dir(out.path.join(folder)).is_err() {
                break;
            }
        }
    }
}
