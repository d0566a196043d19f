//! The overlays: which there are, and what is in them.

use std::path::Path;

use generator::bundle::{Documents as _, ReadError};
use generator::config::Config;
use generator::diagnostic::{Place, catalog};
use generator::{OverlayFile, Report};

use crate::cli::Codegen;
use crate::documents::Folder;
use crate::place::{Named, Places};
use crate::{Failure, codegen};

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

fn read_below(folder: &Path, path: &str) -> Result<Vec<u8>, ReadError> {
    Folder::new(folder, generator::source::LARGEST as u64).read(path)
}
