//! The pages of the project itself: every link leads somewhere, and every library has its reason.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag};

/// Links of the pages at the root and of the decisions that lead to no file.
pub(crate) fn broken_links(root: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for folder in [root.to_owned(), root.join("docs/adr")] {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for page in entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
            let text = fs::read_to_string(&page).unwrap();
            for target in links(&text).filter(|target| !folder.join(target).exists()) {
                faults.push(format!("{}: `{target}` leads nowhere", page.strip_prefix(root).unwrap().display()));
            }
        }
    }
    faults.sort();
    faults
}

/// The files that a page links to.
fn links(text: &str) -> impl Iterator<Item = String> {
    let targets = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    files.map(|target| target.split('#').next().unwrap_or_default().to_owned())
}

/// Dependencies of what is built, tests aside, that a page does not name as code.
pub(crate) fn unexplained(root: &Path, page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for member in ["tests/driver", "generator", "xtask", "generated"] {
        let manifest: toml::Table = fs::read_to_string(root.join(member).join("Cargo.toml")).unwrap().parse().unwrap();
        let dependencies = manifest["dependencies"].as_table().unwrap().keys();
        let strangers = dependencies
            .filter(|name| !["driver", "generator"].contains(&name.as_str()) && !page.contains(&format!("`{name}`")));
        faults.extend(strangers.map(|name| format!("{member} depends on `{name}` without a reason")));
    }
    faults
}

#[test]
fn a_broken_link_and_a_library_without_a_reason_are_found() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tidy-pages");
    fs::create_dir_all(root.join("docs/adr")).unwrap();
    fs::write(root.join("a.md"), "[a](b.md) [b](docs/adr) [c](https://example.com) [d](#x) `[e](f.md)`").unwrap();
    fs::write(root.join("docs/adr/c.md"), "[up](../../a.md#part) [r]\n\n[r]: gone.md").unwrap();
    assert_eq!(broken_links(&root), ["a.md: `b.md` leads nowhere", "docs/adr/c.md: `gone.md` leads nowhere"]);

    for member in ["tests/driver", "generator", "xtask", "generated"] {
        fs::create_dir_all(root.join(member)).unwrap();
        fs::write(root.join(member).join("Cargo.toml"), "[dependencies]\nserde = \"1\"\n").unwrap();
    }
    fs::write(root.join("xtask/Cargo.toml"), "[dependencies]\nclap.workspace = true\ngenerator = \"1\"\n").unwrap();
    assert_eq!(unexplained(&root, "`serde` reads"), ["xtask depends on `clap` without a reason"]);
}
