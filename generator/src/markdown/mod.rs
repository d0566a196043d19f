//! Descriptions made harmless: Markdown by an untrusted author in, Markdown that can neither run, link nor hide anything out.
//!
//! A description is read into a small tree (`tree`) that has no place for HTML, for code in a language or for a foreign
//! link, and written again from that tree. What was written is read back and compared: whatever does not come back as
//! the same tree is written more carefully, and in the last resort as one block of plain text. So the promises of
//! [`render`] do not rest on the escaping being right.

mod inline;
mod plain;
mod read;
mod tree;
mod visible;
mod write;

#[cfg(test)]
mod tests;

pub use visible::{shows_all, visible};

use tree::{Block, Inline};
use write::Care;

/// Where a rendered description goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A doc comment; rustdoc lowers headings by itself.
    Rustdoc,
    /// A part of a Markdown page. Headings become bold paragraphs, since links lead to those of the page.
    Page,
}

/// `text` as harmless Markdown: no trailing newline, no tab, no line that ends in a space.
///
/// Code blocks come out as ```` ```text ````, HTML as the text it is written with, images as links. Only `http:`, `https:`
/// and `mailto:` links stay links, and bare web addresses become links; any other bracket is text. Characters that cannot be seen are spelt `\u{…}`.
/// What is not Markdown comes out as it came in. Rendering twice gives the same as rendering once.
pub fn render(text: &str, target: Target) -> String {
    let text = visible::lines(text);
    if plain::is_plain(&text) { text } else { rewritten(&text, target) }
}

fn rewritten(text: &str, target: Target) -> String {
    let blocks = read::blocks(text).map(|blocks| target.fit(blocks));
    blocks.and_then(|blocks| proven(blocks, text.len())).unwrap_or_else(|| write::fenced(text))
}

/// Whether harmless Markdown opens with a paragraph, so that it may go on behind other words. A block of code, a list or
/// a heading may not: it would end as text, or begin where nobody looks for it.
pub fn opens_with_text(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) || matches!(read::blocks(text).as_deref(), Some([Block::Paragraph(_), ..]))
}

/// The first sentence of `text` as one line of harmless Markdown that fits into a table cell: text, code and web
/// addresses, no emphasis, no named link. Empty when `text` says nothing.
pub fn summary(text: &str) -> String {
    let text = visible::lines(text);
    let Some(blocks) = read::blocks(&text) else { return String::new() };
    let Some(content) = tree::first_text(&blocks) else { return String::new() };
    in_a_cell(&inline::first_sentence(content)).unwrap_or_default()
}

/// All of `text` as one line of harmless Markdown that fits into a table cell: its blocks follow each other as
/// sentences do. Empty when `text` says nothing.
pub fn cell(text: &str) -> String {
    let text = visible::lines(text);
    if plain::is_plain(&text) && !text.contains('\n') {
        return text;
    }
    one_line(&text)
}

fn one_line(text: &str) -> String {
    let Some(blocks) = read::blocks(text) else { return String::new() };
    let run = tree::one_run(&blocks);
    let plain = run.iter().filter(|piece| !piece.is_mark() && !matches!(piece, Inline::Task(_))).cloned().collect();
    let mut ways = [inline::tidy_line(run), inline::tidy_line(plain)].into_iter();
    ways.find_map(|content| in_a_cell(&content)).unwrap_or_default()
}

/// `content` as a line that reads as it, wherever it stands; `None` when no way of writing does.
fn in_a_cell(content: &[Inline]) -> Option<String> {
    let mut lines = [Care::Usual, Care::Extreme].into_iter().map(|care| write::cell(content, care));
    lines.find(|line| is_cell(line, content))
}

/// Whether `line` reads as `content` when it stands in a table, and as a paragraph when it stands alone.
fn is_cell(line: &str, content: &[Inline]) -> bool {
    let alone = read::blocks(line);
    let table = read::blocks(&format!("| {line} |\n| --- |"));
    matches!(table.as_deref(), Some([Block::Table(table)]) if table.rows == [[content]])
        && matches!(alone.as_deref(), Some([Block::Paragraph(_)]))
}

impl Target {
    fn fit(self, blocks: Vec<Block>) -> Vec<Block> {
        match self {
            Self::Rustdoc => blocks,
            Self::Page => tree::embolden_headings(blocks),
        }
    }
}

/// The first way of writing `blocks` that reads back as what was written, from the most faithful tree to the plainest.
/// `None` when none does, or when the text would grow out of proportion to the `size` of the source.
fn proven(blocks: Vec<Block>, size: usize) -> Option<String> {
    let plainer: [fn(Vec<Block>) -> Vec<Block>; 3] = [std::convert::identity, tree::loosen, tree::unmark];
    let mut blocks = blocks;
    for make_plainer in plainer {
        blocks = make_plainer(blocks);
        for care in [Care::Usual, Care::Extreme] {
            let text = write::document(&blocks, care);
            if text.len() <= 8 * size + 1024 && read::blocks(&text).as_ref() == Some(&blocks) {
                return Some(text);
            }
        }
    }
    None
}
