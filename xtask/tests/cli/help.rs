//! What `--help` and `explain` say.

use crate::support::Workspace;
use expect_test::expect_file;
use generator::diagnostic::catalog;

#[test]
fn help_is_what_we_promise() {
    let workspace = Workspace::new();
    expect_file!["help/xtask.txt"].assert_eq(&workspace.good("--help"));
    expect_file!["help/codegen.txt"].assert_eq(&workspace.good("codegen --help"));
    expect_file!["help/supported.txt"].assert_eq(&workspace.good("supported --help"));
    expect_file!["help/corpus.txt"].assert_eq(&workspace.good("corpus --help"));
    expect_file!["help/conformance.txt"].assert_eq(&workspace.good("conformance --help"));
    expect_file!["help/schema-suite.txt"].assert_eq(&workspace.good("schema-suite --help"));
    expect_file!["help/explain.txt"].assert_eq(&workspace.good("explain --help"));
}

#[test]
fn explain_lists_every_code_and_explains_each() {
    let workspace = Workspace::new();
    let list = workspace.good("explain");
    for code in catalog::all() {
        assert!(list.contains(&format!("  {} ", code.name)) && list.contains(code.summary), "{}", code.name);
        let text = workspace.good(&format!("explain {}", code.name));
        assert!(text.starts_with(&format!("{}: {}\n", code.name, code.summary)), "{text}");
        assert!(text.contains(code.explanation.trim_end()), "{text}");
    }
    workspace.bad("explain config-sintax", 2, &["did you mean `config-syntax`?"]);
    workspace.bad("explain zzzzzzzzzzzz", 2, &["lists every code"]);
}

#[test]
fn every_code_is_called_and_worded_alike() {
    let mut names: Vec<&str> = catalog::all().map(|code| code.name).collect();
    let plain =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    assert!(names.iter().all(|name| plain(name)), "{names:?}");
    assert!(!names.contains(&"warnings"));
    for code in catalog::all() {
        assert!(!code.summary.is_empty() && !code.summary.ends_with('.'), "{}: {}", code.name, code.summary);
        assert!(code.explanation.ends_with('\n'), "{}", code.name);
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "two codes have one name");
}
