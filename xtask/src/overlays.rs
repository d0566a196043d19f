//! The overlays: which there are, what is in them, and which one would help.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use generator::bundle::{Documents as _, ReadError};
use generator::config::Config;
use generator::diagnostic::{Place, catalog};
use generator::{Input, OverlayFile, Report};

use crate::cli::{Codegen, Format};
use crate::documents::Folder;
use crate::place::{Named, Places};
use crate::{Failure, codegen, message};

/// Reads the overlays that the configuration lists and then those of the command line.
pub(crate) fn read(args: &Codegen, places: &Places, config: &Config) -> Result<Vec<OverlayFile>, Failure> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let mut take = |name: String, place: Place, bytes: Result<Vec<u8>, ReadError>| match bytes {
        Ok(bytes) => found.push(OverlayFile { name, bytes }),
        Err(ReadError::Outside) => {
            faults.push(catalog::overlay::unreadable(place, &name, "it is a link that leads out of its folder"));
        }
        Err(error) => faults.push(catalog::overlay::unreadable(place, &name, &error.text())),
    };
    let folder = |file: &Named| file.path.parent().unwrap_or(Path::new("")).to_owned();
    for overlay in &config.overlays {
        let Some(file) = &places.config else { continue };
        let shown = match file.shown.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", overlay.path),
            None => overlay.path.clone(),
        };
        take(shown, overlay.place.clone(), read_below(&folder(file), &overlay.path));
    }
    for path in &args.overlays {
        let file = Named::typed(path);
        let bytes = match file.path.file_name() {
            Some(name) => read_below(&folder(&file), &name.to_string_lossy()),
            None => Err(ReadError::Folder),
        };
        take(file.shown.clone(), Place::File(file.shown), bytes);
    }
    if faults.is_empty() {
        return Ok(found);
    }
    let mut report = Report::default();
    if let Some(origin) = &config.origin {
        report.sources.add(&origin.name, &origin.text);
    }
    Err(codegen::refuse(args, report, faults))
}

/// The first line of a file that was suggested.
const MARK: &str = "# Suggested by `cargo xtask codegen --suggest-overlay`.";
/// The lines after it.
const NOTE: &str = "\
# Each action settles the diagnostic that it describes. Read them: where you know better than to take something away,
# write what belongs there. Then list the file under `overlays` in codegen.toml, or name it by `--overlay`.
";

/// Writes the overlay that the report asks for, unless it asks for none.
pub(crate) fn suggest(args: &Codegen, path: &Path, input: &Input<'_>, report: &Report) -> Result<(), Failure> {
    let file = Named::typed(path);
    let stop = |fault| Err(codegen::refuse(args, Report::default(), vec![fault]));
    let is_ours = match fs::read(&file.path) {
        Ok(bytes) => bytes.starts_with(MARK.as_bytes()),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    if !is_ours {
        return stop(catalog::output::foreign_file(&file.shown, "something that was not suggested"));
    }
    let Some(text) = generator::suggest_overlay(input, report) else {
        note(args, "no overlay can settle anything here, so none was written");
        return Ok(());
    };
    match fs::write(&file.path, format!("{MARK}\n{NOTE}{text}")) {
        Ok(()) => {
            note(args, &format!("an overlay is suggested in `{}`", file.shown));
            Ok(())
        }
        Err(error) => stop(catalog::output::not_written(&file.shown, "written", &error)),
    }
}

fn note(args: &Codegen, text: &str) {
    if args.message_format == Format::Human {
        message::put(&format!("note: {text}\n"));
    }
}

fn read_below(folder: &Path, path: &str) -> Result<Vec<u8>, ReadError> {
    Folder::new(folder, generator::source::LARGEST as u64).read(path)
}
