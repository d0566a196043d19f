//! Runs the command line in workspaces of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::expect;

/// After this a run is stopped.
const LONGEST: Duration = Duration::from_secs(30);

/// A workspace in a temporary folder, outside of the one that the program was built in.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// How a run ended, what it said and how long it took.
pub(crate) struct Run {
    /// `None` when it crashed, or was stopped since it took too long.
    pub(crate) code: Option<i32>,
    pub(crate) stderr: String,
    pub(crate) time: Duration,
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
    pub(crate) fn codegen(&self, args: &[&str]) -> Run {
        // A file takes whatever is said, while a pipe could be full.
        let log = self.folder.path().join("stderr.log");
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).arg("codegen").args(args).env("NO_COLOR", "1");
        let mut child = command.stdout(Stdio::null()).stderr(fs::File::create(&log).unwrap()).spawn().unwrap();
        let start = Instant::now();
        let code = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if start.elapsed() > LONGEST => {
                    child.kill().unwrap();
                    break child.wait().unwrap().code();
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        Run { code, stderr: fs::read_to_string(&log).unwrap(), time: start.elapsed() }
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
