//! Compiles every golden crate, complete, as a user's build does: rustc, clippy and rustdoc without a warning. The examples
//! of their pages are compiled with them.
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
    let cargo = |args: &[&str], packages: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.args(args).args(["--quiet", "--offline", "--no-default-features"]).args(packages);
        // The lints of this workspace's build are not those of a user's.
        command.current_dir(&workspace).env("CARGO_TARGET_DIR", workspace.join("target")).env_remove("RUSTFLAGS");
        command.env("RUSTDOCFLAGS", "-D warnings");
        command
    };
    let denied = |mut command: Command| {
        command.args(["--", "-D", "warnings"]);
        command
    };
    let all = &["--workspace"][..];
    let mut commands = vec![
        denied(cargo(&["clippy", "--all-targets"], all)),
        cargo(&["test", "--no-fail-fast", "--test", "behaviour"], all),
        cargo(&["doc", "--no-deps"], all),
    ];
    // Each tag alone, and none; and a client without what its API sends on its own.
    for (package, features) in
        [("features", &["", "cats", "tag_default", "unreferenced-models"][..]), ("payloads", &[""])]
    {
        for feature in features {
            commands.push(denied(cargo(&["clippy", "--features", feature], &["--package", package])));
        }
    }
    for mut command in commands {
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{command:?}\n{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// The member whose modules are the examples of all pages.
const EXAMPLES: &str = "examples-of-pages";

/// That member.
fn examples(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    const FENCE: &str = "```rust,no_run\n";
    let mut own = BTreeMap::new();
    let mut manifest = format!("[package]\nname = {EXAMPLES:?}\nedition = \"2024\"\n\n[dependencies]\n");
    manifest += "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";
    // An example is a whole program, and here it is a module.
    let mut root = "#![allow(dead_code)]\n\n".to_owned();
    for (path, text) in files {
        if let Some(folder) = path.strip_suffix("/Cargo.toml") {
            let name = text.lines().find_map(|line| line.strip_prefix("name = ")).unwrap().trim_matches('"');
            manifest += &format!("{name} = {{ path = \"../{folder}\" }}\n");
        }
        for example in text.split(FENCE).skip(1).filter(|_| path.ends_with(".md")) {
            let (program, _) = example.split_once("```\n").unwrap();
            let module = format!("example_{}", own.len());
            root += &format!("/// {path}\nmod {module};\n");
            own.insert(format!("{EXAMPLES}/src/{module}.rs"), program.to_owned());
        }
    }
    assert!(own.len() > 20, "{} examples", own.len());
    own.insert(format!("{EXAMPLES}/src/lib.rs"), root);
    own.insert(format!("{EXAMPLES}/Cargo.toml"), manifest);
    own
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
    files.extend(examples(&files));
    let names = fixtures.iter().map(|fixture| fixture.name.as_str()).chain([EXAMPLES]);
    let members: Vec<String> = names.map(|name| format!("{name:?}")).collect();
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
