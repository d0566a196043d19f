//! Reading and writing, with errors that name the file.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    fs::read(file).map_err(|error| at(file, error))
}

pub(super) fn read_json<T: DeserializeOwned>(file: &Path) -> io::Result<T> {
    serde_json::from_slice(&read(file)?).map_err(|error| at(file, error.into()))
}

pub(super) fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(file, bytes).map_err(|error| at(file, error))
}

/// Writes a file as a whole or not at all.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("draft");
    write(&draft, bytes)?;
    fs::rename(&draft, file).map_err(|error| at(file, error))
}

/// Writes a value as a whole or not at all.
pub(super) fn replace_json(file: &Path, value: &impl Serialize) -> io::Result<()> {
    replace(file, &serde_json::to_vec(value)?)
}

/// Makes a folder and those above it.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| at(folder, error))
}

/// The error with the place where it happened.
pub(super) fn at(place: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", place.display()))
}

/// Makes sure that a file is there and can be written. What is in it stays.
pub(super) fn touch(file: &Path) -> io::Result<()> {
    File::options().append(true).create(true).open(file).map(drop).map_err(|error| at(file, error))
}

/// Makes sure that [`replace`] can write a file.
pub(super) fn can_replace(file: &Path) -> io::Result<()> {
    let draft = file.with_extension("draft");
    touch(&draft)?;
    fs::remove_file(&draft).map_err(|error| at(&draft, error))
}
