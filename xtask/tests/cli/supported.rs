//! What `supported` writes.

use crate::support::Workspace;
use expect_test::expect_file;

#[test]
fn the_page_is_written_and_its_freshness_is_told() {
    let workspace = Workspace::new();
    workspace.bad("supported --check", 1, &["SUPPORTED.md is stale", "run `cargo xtask supported`"]);
    assert!(workspace.files().is_empty());
    workspace.good("supported");
    workspace.good("supported --check");
    workspace.put("SUPPORTED.md", "stale");
    workspace.bad("supported --check", 1, &["SUPPORTED.md is stale"]);
    workspace.good("supported");
    // The page of this repository is fresh.
    expect_file!["../../../SUPPORTED.md"].assert_eq(&workspace.get("SUPPORTED.md"));
}
