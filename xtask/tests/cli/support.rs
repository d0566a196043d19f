//! Running the built program in folders of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A small description that every version of the generator understands.
pub(crate) const DESCRIPTION: &str = "\
openapi: 3.0.3
info:
  title: Pets
  version: '1.0'
servers:
  - url: http://localhost
paths:
  /pets:
    get:
      operationId: list_pets
      tags: [Pets]
      responses:
        '204':
          description: Nothing.
";

/// A workspace in a temporary folder: a manifest and `spec/openapi.yaml`.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// What a run showed and how it ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Workspace {
    /// A workspace with a description.
    pub(crate) fn new() -> Self {
        let workspace = Self::bare();
        workspace.put("spec/openapi.yaml", DESCRIPTION);
        workspace
    }

    /// A workspace without one.
    pub(crate) fn bare() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.put("Cargo.toml", "[workspace]\n");
        fs::create_dir(workspace.path("spec")).unwrap();
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    pub(crate) fn get(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every file by its path, without the manifest and the description of the workspace.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(self.folder.path()).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        found.retain(|path| path != "Cargo.toml" && !path.starts_with("spec/"));
        found.sort();
        found
    }

    /// Runs the program at the root of the workspace; `line` is split at spaces.
    pub(crate) fn run(&self, line: &str) -> Run {
        self.run_in("", line)
    }

    /// Runs the program in a folder of the workspace.
    pub(crate) fn run_in(&self, folder: &str, line: &str) -> Run {
        Run::from(command(&self.path(folder), line).output().unwrap())
    }

    /// Runs the program and throws its results away before it can write them.
    pub(crate) fn run_into_closed_pipe(&self, line: &str) -> Run {
        let mut command = command(&self.path(""), line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        Run::from(child.wait_with_output().unwrap())
    }

    /// Runs the program and expects that it ends well and says nothing but a result, which is returned.
    #[track_caller]
    pub(crate) fn good(&self, line: &str) -> String {
        let run = self.run(line);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{line}: {}", run.stdout);
        run.stdout
    }

    /// Runs the program and expects this exit code, no result, and messages with all of these words, which are returned.
    #[track_caller]
    pub(crate) fn bad(&self, line: &str, code: i32, words: &[&str]) -> String {
        let before = self.files();
        let run = self.run(line);
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{line}: {}", run.stderr);
        for word in words {
            assert!(run.stderr.contains(word), "{line}: no `{word}` in\n{}", run.stderr);
        }
        assert_eq!(self.files(), before);
        run.stderr
    }
}

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(folder).args(line.split_whitespace()).env("NO_COLOR", "1").env("COLUMNS", "100");
    command
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A result with its time taken out: `(12 ms)` becomes `(_ ms)`.
pub(crate) fn timeless(text: &str) -> String {
    let mut parts = text.split(" ms)");
    let mut out = parts.next().unwrap_or_default().trim_end_matches(|last: char| last.is_ascii_digit()).to_owned();
    for part in parts {
        out.push_str("_ ms)");
        out.push_str(part.trim_end_matches(|last: char| last.is_ascii_digit()));
    }
    out
}
