//! Python, and packages for it in a folder of their own.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::message;

/// The packages with their hashes, among what is committed.
const PACKAGES: &str = "requirements.txt";

/// The oldest Python that the packages run on.
const OLDEST: &str = "import sys; sys.exit(sys.version_info < (3, 10))";

/// A Python that has the packages.
#[derive(Debug)]
pub(crate) struct Python {
    program: PathBuf,
}

impl Python {
    /// Makes a virtual environment with the packages, where it is not there yet.
    ///
    /// # Errors
    ///
    /// A sentence for the user: there is no Python, or the packages cannot be had.
    pub(crate) fn set_up(sources: &Path, folder: &Path) -> Result<Self, String> {
        let environment = folder.join("python");
        let told = |error: io::Error| format!("`{}`: {error}", environment.display());
        let wanted = fs::read(sources.join(PACKAGES)).map_err(told)?;
        let installed = environment.join("installed.txt");
        let program = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        if fs::read(&installed).ok().as_ref() == Some(&wanted) {
            return Ok(Self { program });
        }
        let system = system()?;
        message::put("installing the packages of tests/conformance/requirements.txt\n");
        let failed = |words: String| format!("the packages cannot be installed: {}", words.trim());
        let place = environment.as_os_str();
        run(system, [OsStr::new("-m"), OsStr::new("venv"), OsStr::new("--clear"), place]).map_err(failed)?;
        let list = sources.join(PACKAGES);
        let install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"];
        run(&program, install.map(OsStr::new).into_iter().chain([list.as_os_str()])).map_err(failed)?;
        fs::write(&installed, &wanted).map_err(told)?;
        Ok(Self { program })
    }

    /// What a script writes on its standard output.
    ///
    /// # Errors
    ///
    /// What it writes on its standard error where it fails.
    pub(crate) fn run(&self, script: &Path, argument: &Path) -> Result<Vec<u8>, String> {
        run(&self.program, [script, argument])
    }
}

/// The Python of the system.
///
/// # Errors
///
/// A sentence for the user: there is none.
pub(crate) fn system() -> Result<&'static str, String> {
    let system = ["python3", "python"].into_iter().find(|program| run(program, ["-c", OLDEST]).is_ok());
    system.ok_or_else(|| "there is no Python 3.10 or newer: put one into the PATH".to_owned())
}

/// The standard output of a program, or its standard error where it fails.
fn run<A: AsRef<OsStr>>(program: impl AsRef<OsStr>, args: impl IntoIterator<Item = A>) -> Result<Vec<u8>, String> {
    let output = Command::new(program).args(args).output().map_err(|error| format!("Python does not run: {error}"))?;
    if output.status.success() { Ok(output.stdout) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
