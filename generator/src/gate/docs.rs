//! What a doc comment may hold, once more and independently of how it was made.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::markdown::shows_all;

/// Whether the doc attributes of one thing, in order, hold nothing that rustdoc would run and nothing hidden; otherwise what they do hold.
pub(super) fn check(docs: &[String]) -> Result<(), &'static str> {
    if docs.is_empty() {
        return Ok(());
    }
    let text = unindented(docs);
    if !shows_all(&text) {
        return Err("a hidden character in a doc comment");
    }
    // Only these can open a block of code, so most docs need no parser.
    if !text.contains("```") && !text.contains("~~~") && !text.contains("    ") && !text.contains('<') {
        return Ok(());
    }
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS)
    {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "text" => {}
            Event::Start(Tag::CodeBlock(_)) => return Err("code that is not plain text in a doc comment"),
            Event::Html(_) | Event::InlineHtml(_) => return Err("HTML in a doc comment"),
            _ => {}
        }
    }
    Ok(())
}

/// The text as rustdoc reads it: without the indentation that all lines share.
fn unindented(docs: &[String]) -> String {
    let lines: Vec<&str> = docs.iter().flat_map(|doc| doc.split('\n')).collect();
    let width = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(width).min().unwrap_or(0);
    lines.iter().map(|line| line.get(shared..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
