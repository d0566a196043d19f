//! Compiles every golden crate, complete, as a user's build does: rustc, clippy and rustdoc without a warning.
//!
//! They are the members of one workspace below the target folder, which keeps its build between runs, and which has the
//! lock file of this one, so that nothing is downloaded that is not here already.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::expect;
use crate::fixture::Fixture;

/// No debug information and no incremental state: neither is ever looked at here.
const PROFILE: &str = "[profile.dev]\ndebug = false\nincremental = false\n";

#[test]
fn every_client_compiles_without_a_warning_and_behaves() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    write(&workspace);
    let cargo = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.args(args).args(["--quiet", "--offline", "--workspace", "--no-default-features"]);
        // The lints of this workspace's build are not those of a user's.
        command.current_dir(&workspace).env("CARGO_TARGET_DIR", workspace.join("target")).env_remove("RUSTFLAGS");
        command.env("RUSTDOCFLAGS", "-D warnings");
        command
    };
    let mut clippy = cargo(&["clippy", "--all-targets"]);
    clippy.args(["--", "-D", "warnings"]);
    for mut command in [clippy, cargo(&["test", "--no-fail-fast", "--test", "behaviour"]), cargo(&["doc", "--no-deps"])]
    {
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{command:?}\n{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// Writes the workspace, and takes away what an earlier run left.
fn write(workspace: &Path) {
    let mut files = BTreeMap::new();
    let fixtures = Fixture::all();
    for fixture in &fixtures {
        let output = fixture.generate(&fixture.spellings()[0]).output.unwrap();
        for (path, text) in output.files.iter() {
            files.insert(format!("{}/{path}", fixture.name), text.to_owned());
        }
        if let Ok(text) = fs::read_to_string(fixture.folder.join("behaviour.rs")) {
            files.insert(format!("{}/tests/behaviour.rs", fixture.name), text);
        }
    }
    let members: Vec<String> = fixtures.iter().map(|fixture| format!("{:?}", fixture.name)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n{PROFILE}", members.join(", "));
    files.insert("Cargo.toml".to_owned(), manifest);
    let lock = fs::read_to_string(expect::root().with_file_name("Cargo.lock")).unwrap();
    files.insert("Cargo.lock".to_owned(), lock);

    let kept = |path: &str| files.contains_key(path) || path.starts_with("target/");
    let entries: Vec<PathBuf> =
        expect::entries(workspace).into_iter().filter(|path| !path.ends_with("target")).collect();
    for folder in entries.iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        for path in expect::files(folder) {
            if !kept(&format!("{name}/{path}")) {
                fs::remove_file(folder.join(path)).unwrap();
            }
        }
    }
    for (path, text) in files {
        let path = workspace.join(path);
        // What does not change is not compiled again.
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            expect::write(&path, text);
        }
    }
}
