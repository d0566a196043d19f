//! `codegen`, seen from outside: exit codes, what is written, what is refused.

use std::fs;
use std::process::Command;

use crate::support::{DESCRIPTION, Workspace, timeless};

#[test]
fn a_crate_is_written_once() {
    let workspace = Workspace::new();
    let first = workspace.good("codegen");
    assert!(first.starts_with("generated: ") && first.ends_with(" ms)\n") && first.lines().count() == 1, "{first}");
    assert!(workspace.get("generated/Cargo.toml").contains("name = \"generated\""));
    let files = workspace.files();
    assert!(files.contains(&"generated/src/lib.rs".to_owned()), "{files:?}");

    let modified = || -> Vec<_> {
        workspace.files().iter().map(|path| fs::metadata(workspace.path(path)).unwrap().modified().unwrap()).collect()
    };
    let times = modified();
    assert!(workspace.good("codegen").contains("; 0 files changed of "));
    assert_eq!(modified(), times);
    assert_eq!(workspace.files(), files);
}

#[test]
fn the_workspace_is_found_from_any_folder_of_it() {
    let workspace = Workspace::new();
    for folder in ["generated/src", "generated", "spec", ""] {
        fs::create_dir_all(workspace.path(folder)).unwrap();
        let run = workspace.run_in(folder, "codegen");
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{folder}");
        assert!(workspace.good("codegen --check").starts_with("up to date: "), "{folder}");
    }
}

#[test]
fn each_usual_name_of_a_description_is_found_and_two_are_refused() {
    for name in ["openapi.yaml", "openapi.yml", "openapi.json"] {
        let workspace = Workspace::bare();
        workspace.bad("codegen", 1, &["error[no-description]", "in `spec`", "--spec FILE --out DIR"]);
        workspace.put(&format!("spec/{name}"), DESCRIPTION);
        workspace.good("codegen");
        let other = if name == "openapi.json" { "openapi.yaml" } else { "openapi.json" };
        workspace.put(&format!("spec/{other}"), DESCRIPTION);
        workspace.bad("codegen", 1, &["error[no-description]", &format!("`spec/{name}`"), &format!("`spec/{other}`")]);
    }
}

#[test]
fn a_crate_in_a_workspace_that_does_not_list_it_stands_alone() {
    let workspace = Workspace::bare();
    workspace.put("api/pets.yaml", DESCRIPTION);
    let is_accepted = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"]);
        cargo.arg(workspace.path("clients/pets/Cargo.toml")).output().unwrap().status.success()
    };
    let check = |members: &str, own: bool| {
        workspace.put("Cargo.toml", members);
        workspace.good("codegen --spec api/pets.yaml --out clients/pets");
        assert_eq!(workspace.get("clients/pets/Cargo.toml").contains("\n[workspace]\n"), own, "{members}");
        assert!(is_accepted(), "{members}");
    };
    check("[workspace]\nresolver = \"3\"\n", true);
    check("[workspace]\nresolver = \"3\"\nmembers = [\"clients/*\"]\n", false);
    check("[workspace]\nresolver = \"3\"\nexclude = [\"clients\"]\n", true);
}

#[test]
fn another_description_makes_a_crate_of_its_own() {
    let workspace = Workspace::bare();
    workspace.put("api/pets.yaml", DESCRIPTION);
    // A configuration beside it is another crate's and is not taken unless it is named.
    workspace.put("api/codegen.toml", "[package]\nversion = \"9.9.9\"\n");
    workspace.bad("codegen --spec api/pets.yaml", 2, &["needs `--out DIR`"]);

    workspace.good("codegen --spec api/pets.yaml --out clients/pets");
    let manifest = workspace.get("clients/pets/Cargo.toml");
    assert!(manifest.contains("name = \"pets\"") && !manifest.contains("9.9.9"), "{manifest}");

    workspace.good("codegen --spec api/pets.yaml --out clients/pets/ --name zoo --config api/codegen.toml");
    let manifest = workspace.get("clients/pets/Cargo.toml");
    assert!(manifest.contains("name = \"zoo\"") && manifest.contains("9.9.9"), "{manifest}");

    let absolute = workspace.path("api/pets.yaml");
    workspace.good(&format!("codegen --spec {} --out pets", absolute.display()));
    workspace.bad("codegen --spec api/pets.yaml --out 2pets", 2, &["`2pets`", "--name CRATE"]);
    workspace.bad("codegen --spec api/pets.yaml --out ..", 2, &["--name CRATE"]);
    workspace.bad("codegen --spec api/pets.yaml --out x --name test", 2, &["--name test"]);
}

#[test]
fn the_configuration_of_the_workspace_is_read_with_its_lines() {
    let workspace = Workspace::new();
    workspace.put("spec/codegen.toml", "[package]\nname = \"pets-client\"\n");
    workspace.good("codegen");
    assert!(workspace.get("generated/Cargo.toml").contains("name = \"pets-client\""));

    workspace.put("spec/codegen.toml", "[package]\nnmae = \"a\"\nversion = 1\n[lints]\nx-y-z = \"deny\"\n");
    workspace.bad(
        "codegen",
        1,
        &[
            "error[config-unknown-key]",
            "spec/codegen.toml:2:1",
            "did you mean `name`?",
            "error[config-value]",
            "spec/codegen.toml:3:11",
            "spec/codegen.toml:5:1",
            "error: 3 errors; nothing was written",
        ],
    );
    workspace.put("spec/codegen.toml", "[package\n");
    workspace.bad("codegen --check", 1, &["error[config-syntax]", "spec/codegen.toml:1:9"]);
}

#[test]
fn a_configuration_that_cannot_be_read_says_why() {
    let workspace = Workspace::new();
    fs::write(workspace.path("binary.toml"), b"\xff\xfe").unwrap();
    workspace.put("large.toml", &"#".repeat(2 << 20));
    for (file, why) in [
        ("none.toml", "there is no such file"),
        ("spec", "it is a folder"),
        (".", "it is a folder"),
        ("binary.toml", "it is not UTF-8"),
        ("large.toml", "it is larger than a mebibyte"),
    ] {
        workspace.bad(&format!("codegen --config {file}"), 1, &["error[config-unreadable]", why]);
    }
}

#[test]
fn a_description_that_cannot_be_read_says_why() {
    let workspace = Workspace::new();
    for spec in ["none.yaml", "none/openapi.yaml", "spec", "spec/", ".", "..", "/", "spec/openapi.yaml/x"] {
        let run = workspace.run(&format!("codegen --spec {spec} --out out"));
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{spec}: {}", run.stderr);
        assert!(run.stderr.contains("error[") && run.stderr.contains("help: "), "{spec}: {}", run.stderr);
        assert!(!workspace.path("out").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_description_that_is_no_file_of_its_folder_is_refused() {
    let workspace = Workspace::bare();
    workspace.put("secret.yaml", "a secret: text");
    std::os::unix::fs::symlink("../secret.yaml", workspace.path("spec/openapi.yaml")).unwrap();
    let said = workspace.bad("codegen", 1, &["error[", "spec/openapi.yaml"]);
    assert!(!said.contains("a secret"), "{said}");

    fs::remove_file(workspace.path("spec/openapi.yaml")).unwrap();
    let pipe = workspace.path("spec/openapi.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    workspace.bad("codegen", 1, &["error[", "spec/openapi.yaml"]);
}

#[test]
fn a_folder_of_others_is_never_written() {
    let workspace = Workspace::new();
    workspace.put("generated/notes.txt", "mine");
    for line in ["codegen", "codegen --check", "codegen --dry-run", "codegen --out .", "codegen --out spec"] {
        // The name is given, since `.` has none.
        workspace.bad(&format!("{line} --name pets"), 1, &["error[foreign-folder]", "nothing was written"]);
    }
    fs::remove_file(workspace.path("generated/notes.txt")).unwrap();
    workspace.good("codegen");
    workspace.put("generated/src/lib.rs", "mine");
    workspace.bad("codegen", 1, &["error[foreign-file]", "generated/src/lib.rs"]);
    workspace.bad("codegen --check", 1, &["error[foreign-file]"]);
    assert_eq!(workspace.get("generated/src/lib.rs"), "mine");
}

#[test]
fn levels_are_checked() {
    let workspace = Workspace::new();
    workspace.bad("codegen -D config-sintax", 2, &["did you mean `config-syntax`?"]);
    workspace.bad("codegen -W config-syntax", 2, &["`config-syntax` is always an error"]);
    workspace.bad("codegen -A warnings", 2, &["all warnings can be denied"]);
    workspace.bad("codegen -D config-syntax -A config-syntax", 2, &["`config-syntax` is given two levels"]);
    workspace.good("codegen -D config-syntax -D warnings --lenient");
}

#[test]
fn wrong_usage_is_told_apart_from_refusal() {
    let workspace = Workspace::new();
    for line in [
        "",
        "codgen",
        "codegen --check --dry-run",
        "codegen --check --emit ir",
        "codegen --dry-run --emit ir",
        "codegen --emit ir --out x",
        "codegen --emit rust",
        "codegen --message-format xml",
        "codegen --spec",
        "codegen extra",
        "codegen --check=yes",
        "explain a b",
    ] {
        workspace.bad(line, 2, &["--help"]);
    }
}

#[test]
fn what_was_understood_is_printed_and_nothing_is_written() {
    let workspace = Workspace::new();
    assert!(workspace.good("codegen --emit ir").contains("Pets"));
    assert!(workspace.good("codegen --emit effective").contains("list_pets"));
    assert!(workspace.good("codegen --emit effective --spec spec/openapi.yaml").contains("list_pets"));
    assert!(workspace.files().is_empty());
}

#[test]
fn two_runs_give_the_same_bytes() {
    let (left, right) = (Workspace::new(), Workspace::new());
    left.good("codegen");
    right.good("codegen");
    assert_eq!(left.files(), right.files());
    for path in left.files() {
        assert_eq!(left.get(&path), right.get(&path), "{path}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let workspace = Workspace::new();
    for line in ["codegen --emit effective", "codegen", "codegen --check", "codegen --dry-run", "explain", "--help"] {
        let run = workspace.run_into_closed_pipe(line);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{line}");
    }
    assert!(timeless(&workspace.good("codegen --check")).ends_with("(_ ms)\n"));
}
