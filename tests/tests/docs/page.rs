//! The pages as files and sections.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The root of the generated crate.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated")
}

/// The pages of the generated crate, from its root.
pub(crate) fn all() -> Vec<String> {
    let docs = std::fs::read_dir(root().join("docs")).unwrap();
    let mut pages: Vec<String> =
        docs.map(|entry| format!("docs/{}", entry.unwrap().file_name().into_string().unwrap())).collect();
    pages.push("README.md".to_owned());
    pages.sort();
    pages
}

/// A page's text, with line ends as they are in a repository.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

/// The events of a page.
pub(crate) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The texts of the headings of a page, in order.
pub(crate) fn headings(text: &str) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    let mut open = false;
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                open = true;
                headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => headings.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    headings
}

/// Every page stands in the list whose examples are compiled.
#[test]
fn the_examples_of_every_page_are_compiled() {
    let list = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for page in all() {
        assert!(list.contains(&format!("\"../../generated/{page}\"")), "{page} is not in tests/src/lib.rs");
        let examples = read(&page).matches("```rust,no_run\n").count();
        assert!(examples > 0, "{page} has no example");
    }
}
