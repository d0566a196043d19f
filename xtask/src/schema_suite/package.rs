//! The package that holds the suite: had with pip, checked by its hash, and unpacked once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{message, python};

/// Where the suite lies in the package.
const SUITE: &str = "json";

/// Has the suite lie in `folder`, and says where.
///
/// # Errors
///
/// A sentence for the user: there is no Python, or the package cannot be had.
pub(super) fn set_up(requirements: &Path, folder: &Path) -> Result<PathBuf, String> {
    let told = |error: io::Error| format!("`{}`: {error}", folder.display());
    let wanted = fs::read(requirements).map_err(|error| format!("`{}`: {error}", requirements.display()))?;
    let (package, installed) = (folder.join("package"), folder.join("installed-requirements.txt"));
    if fs::read(&installed).ok().as_ref() != Some(&wanted) {
        if package.exists() {
            fs::remove_dir_all(&package).map_err(told)?;
        }
        fs::create_dir_all(&package).map_err(told)?;
        install(requirements, &package)?;
        fs::write(&installed, &wanted).map_err(told)?;
    }
    Ok(package.join(SUITE))
}

fn install(requirements: &Path, package: &Path) -> Result<(), String> {
    message::put("having pip fetch the package of tests/schema-suite/requirements.txt\n");
    let mut pip = Command::new(python::system()?);
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    // A wheel has no tests.
    pip.args(["--no-binary", "jsonschema", "--require-hashes", "--requirement"]).arg(requirements);
    run(pip.arg("--dest").arg(package), "pip")?;
    let told = |error: io::Error| format!("`{}`: {error}", package.display());
    let names = fs::read_dir(package).map_err(told)?.filter_map(|entry| Some(entry.ok()?.file_name()));
    let archive = names.into_iter().find(|name| Path::new(name).extension().is_some_and(|end| end == "gz"));
    let archive = archive.ok_or("pip fetched no archive")?;
    let mut tar = Command::new("tar");
    run(tar.current_dir(package).args(["--strip-components=1", "-xzf"]).arg(archive), "tar")
}

fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{name} does not run, put it into the PATH: {error}"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{name} fails: {}", words.trim())) }
}
