//! `codegen --check` and `--dry-run`: what they say, and that they write nothing.

use std::fs;

use crate::support::{DESCRIPTION, Workspace, timeless};
use expect_test::expect;
use generator::files::mark_line;

/// A workspace whose crate has a stale file, a missing one and one that is left over.
fn stale() -> Workspace {
    let workspace = Workspace::new();
    workspace.good("codegen");
    let text = workspace.get("generated/src/lib.rs");
    workspace.put("generated/src/lib.rs", &format!("{text}// \u{1b}[31mlast\n"));
    fs::remove_file(workspace.path("generated/Cargo.toml")).unwrap();
    workspace.put("generated/Cargo.toml", &format!("{}\n", mark_line("Cargo.toml")));
    workspace.put("generated/src/old/gone.rs", &format!("{}\n", mark_line("gone.rs")));
    workspace
}

#[test]
fn what_is_fresh_passes() {
    let workspace = Workspace::new();
    let all = workspace.good("codegen").split(" of ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert_eq!(timeless(&workspace.good("codegen --check")), format!("up to date: {all} files (_ ms)\n"));
    assert_eq!(workspace.good("codegen --dry-run"), "");
}

#[test]
fn a_crate_that_is_not_there_is_missing() {
    let workspace = Workspace::new();
    let run = workspace.run("codegen --check");
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("missing: generated/Cargo.toml\n"), "{}", run.stdout);
    assert!(run.stderr.contains("error: `generated` is not up to date: "), "{}", run.stderr);
    assert!(run.stderr.ends_with("= help: run `cargo xtask codegen`\n"), "{}", run.stderr);
    assert!(workspace.files().is_empty());
}

#[test]
fn any_change_of_the_description_is_seen() {
    let workspace = Workspace::new();
    workspace.good("codegen");
    workspace.put("spec/openapi.yaml", &DESCRIPTION.replace("Pets", "Cats"));
    let run = workspace.run("codegen --check");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("stale: generated/src/lib.rs\n"), "{}", run.stdout);
    workspace.good("codegen");
    workspace.good("codegen --check");
}

#[test]
fn every_file_is_named_and_the_command_that_mends_it() {
    let workspace = stale();
    let before: Vec<(String, String)> = workspace.files().into_iter().map(|p| (p.clone(), workspace.get(&p))).collect();
    let run = workspace.run("codegen --check --name pets");
    assert_eq!(run.code, 1);
    let (list, diff) = run.stdout.split_once("\n\n").unwrap();
    // The manifest and the `User-Agent` follow the name; the root was edited by hand.
    for path in ["Cargo.toml", "src/client.rs", "src/lib.rs"] {
        assert!(list.lines().any(|line| line == format!("stale: generated/{path}")), "{list}");
    }
    assert!(list.contains("left over: generated/src/old/gone.rs"), "{list}");
    assert!(diff.contains("--- generated/src/lib.rs (on disk)\n+++ generated/src/lib.rs (generated)\n@@ "), "{diff}");
    assert!(diff.contains("\n-// \\u{1b}[31mlast\n"), "{diff}");
    assert!(run.stderr.contains("= help: run `cargo xtask codegen --name pets`\n"), "{}", run.stderr);
    let after: Vec<(String, String)> = workspace.files().into_iter().map(|p| (p.clone(), workspace.get(&p))).collect();
    assert_eq!(after, before);
}

#[test]
fn a_dry_run_lists_and_a_run_does_the_same() {
    let workspace = stale();
    fs::remove_file(workspace.path("generated/src/lib.rs")).unwrap();
    let before = workspace.files();
    let listed = workspace.good("codegen --dry-run");
    for line in ["create generated/src/lib.rs\n", "change generated/Cargo.toml\n", "delete generated/src/old/gone.rs\n"]
    {
        assert!(listed.contains(line), "{listed}");
    }
    assert_eq!(workspace.files(), before);
    assert!(workspace.good("codegen").contains("; 2 files changed of "));
    assert!(!workspace.path("generated/src/old").exists());
    assert_eq!(workspace.good("codegen --dry-run"), "");
}

#[test]
fn programs_get_a_line_for_each_file() {
    let workspace = stale();
    let run = workspace.run("codegen --check --message-format github");
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.lines().all(|line| line.starts_with("::error file=generated/")), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 3);
    let run = workspace.run("codegen --check --message-format json");
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(
        run.stderr.lines().all(|line| line.starts_with('{') && line.contains("\"stale-output\"")),
        "{}",
        run.stderr
    );
}

#[test]
fn a_diff_is_bounded() {
    let workspace = Workspace::new();
    workspace.good("codegen");
    let mark = mark_line("lib.rs");
    let long = "x".repeat(100_000);
    let lines: String = (0..100_000).map(|line| format!("// {line}\n")).collect();
    workspace.put("generated/src/lib.rs", &format!("{mark}\n// {long}\n{lines}"));
    let run = workspace.run("codegen --check");
    assert_eq!(run.code, 1);
    assert!(run.stdout.lines().count() < 220, "{}", run.stdout.lines().count());
    assert!(run.stdout.len() < 20_000, "{}", run.stdout.len());
    assert!(run.stdout.contains(" more lines of this file\n"), "{}", run.stdout);
}

#[test]
fn a_command_is_quoted_for_the_shell() {
    let workspace = Workspace::new();
    workspace.put("a'b.yaml", DESCRIPTION);
    let run = workspace.run("codegen --check --spec a'b.yaml --out pets");
    expect![[r"
        error: `pets` is not up to date: N missing
          = help: run `cargo xtask codegen --spec 'a'\''b.yaml' --out pets`
    "]]
    .assert_eq(&run.stderr.replace(|c: char| c.is_ascii_digit(), "N").replace("NN", "N"));
}
