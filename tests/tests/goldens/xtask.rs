//! Runs the command line in workspaces of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::expect;

/// A workspace in a temporary folder, outside of the one that the program was built in.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// How a run ended and what it said.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stderr: String,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.put("Cargo.toml", "[workspace]\n");
        fs::create_dir(workspace.path("spec")).unwrap();
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        expect::write(&self.path(path), text);
    }

    /// Runs `cargo xtask codegen` with further arguments.
    pub(crate) fn codegen<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Run {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).arg("codegen").args(args).env("NO_COLOR", "1");
        let output = command.output().unwrap();
        Run { code: output.status.code(), stderr: String::from_utf8(output.stderr).unwrap() }
    }
}

/// The program, built once as `cargo xtask` builds it.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--package", "xtask", "--message-format", "json-render-diagnostics"]);
        let output = cargo.current_dir(expect::root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let messages = String::from_utf8(output.stdout).unwrap();
        let executable = messages.lines().find_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).unwrap();
            message["executable"].as_str().map(PathBuf::from)
        });
        executable.expect("cargo names the program that it built")
    })
}
