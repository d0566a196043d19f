//! Markdown to the tree of what is harmless in it.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::inline::{harmless_address, tidy, tidy_line};
use super::plain::is_plain;
use super::tree::{Block, Inline, List, Mark, Table};
use super::visible::visible;

/// How deep quotes and lists may nest; what nests deeper is not written for readers.
const MAX_DEPTH: usize = 16;
/// How deep emphasis may nest before more of it is dropped.
const MAX_MARKS: usize = 8;
/// How many columns a table may have.
const MAX_COLUMNS: usize = 100;

/// The blocks of `text`; `None` when it nests deeper or spreads wider than any reader could follow.
pub(super) fn blocks(text: &str) -> Option<Vec<Block>> {
    if !text.contains('\n') && is_plain(text) {
        return Some(vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])]);
    }
    parsed(text)
}

/// The same, also of text that needs no look.
pub(super) fn parsed(text: &str) -> Option<Vec<Block>> {
    if opens_too_deep(text) && !super::write::is_fenced(text) {
        return None;
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event)?;
    }
    reader.end_paragraph();
    Some(reader.blocks)
}

/// Whether a line opens so many quotes and lists that reading it could take more than linear time.
fn opens_too_deep(text: &str) -> bool {
    text.lines().any(|line| {
        let mut rest = line.trim_start_matches(' ');
        let is_rule = |mark: char| rest.chars().all(|c| c == mark || c == ' ');
        if ['-', '*', '_'].into_iter().any(is_rule) {
            return false;
        }
        for _ in 0..=MAX_DEPTH {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let marker = match rest.as_bytes().get(digits) {
                Some(b'>') if digits == 0 => 1,
                Some(b'-' | b'+' | b'*') if digits == 0 && matches!(rest.as_bytes().get(1), None | Some(b' ')) => 1,
                Some(b'.' | b')')
                    if (1..10).contains(&digits) && matches!(rest.as_bytes().get(digits + 1), None | Some(b' ')) =>
                {
                    digits + 1
                }
                _ => return false,
            };
            rest = rest[marker..].trim_start_matches(' ');
        }
        true
    })
}

/// Blocks as they come; an open container waits on the stack with the blocks that stand before it.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: Vec<(Container, Vec<Block>)>,
    content: Vec<Inline>,
    /// The open marks; `None` for one that is not shown.
    marks: Vec<Option<Mark>>,
    /// How many of them are shown.
    shown: usize,
    in_link: bool,
    /// The text of the code or HTML block being read.
    verbatim: Option<String>,
    table: Option<Table>,
}

enum Container {
    Quote,
    List(List),
    Item,
    Footnote(String),
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => match &mut self.verbatim {
                Some(verbatim) => verbatim.push_str(&text),
                None => self.content.push(Inline::Text(text.into_string())),
            },
            Event::InlineHtml(html) => self.push_lines(&html),
            Event::Code(code) => self.content.push(Inline::Code(code.into_string())),
            Event::SoftBreak => self.content.push(Inline::SoftBreak),
            Event::HardBreak => self.content.push(Inline::HardBreak),
            Event::Rule => self.push(Block::Rule),
            Event::TaskListMarker(ticked) => self.content.push(Inline::Task(ticked)),
            Event::FootnoteReference(label) => self.content.push(Inline::Text(format!("[^{label}]"))),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.content.push(Inline::Text(text.into_string())),
        }
        Some(())
    }

    fn start(&mut self, tag: Tag<'_>) -> Option<()> {
        match tag {
            Tag::Emphasis => self.open_mark(Some(Mark::Emphasis)),
            Tag::Strong => self.open_mark(Some(Mark::Strong)),
            Tag::Strikethrough => self.open_mark(Some(Mark::Strikethrough)),
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url),
            Tag::Image { link_type, dest_url, .. } => self.open_link(link_type, &dest_url),
            Tag::Superscript | Tag::Subscript => self.open_mark(None),
            Tag::TableHead | Tag::TableRow => {
                self.table.as_mut()?.rows.push(Vec::new());
            }
            Tag::TableCell => {}
            Tag::Paragraph => {
                self.end_paragraph();
                if let [.., (Container::List(list), _), (Container::Item, _)] = self.open.as_mut_slice() {
                    list.loose = true;
                }
            }
            Tag::Heading { .. } => self.end_paragraph(),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.end_paragraph();
                self.verbatim = Some(String::new());
            }
            Tag::Table(columns) => {
                self.end_paragraph();
                if columns.len() > MAX_COLUMNS {
                    return None;
                }
                self.table = Some(Table { columns, rows: Vec::new() });
            }
            Tag::BlockQuote(_) => return self.open_container(Container::Quote),
            Tag::List(start) => {
                return self.open_container(Container::List(List { start, loose: false, items: Vec::new() }));
            }
            Tag::Item => return self.open_container(Container::Item),
            Tag::FootnoteDefinition(label) => return self.open_container(Container::Footnote(label.into_string())),
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.end_paragraph(),
        }
        Some(())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {
                if let Some(Some(mark)) = self.marks.pop() {
                    self.shown -= 1;
                    self.in_link &= !matches!(mark, Mark::Link(_));
                    self.content.push(Inline::Close(mark));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::TableCell => {
                let cell = tidy_line(std::mem::take(&mut self.content));
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            TagEnd::Heading(level) => {
                let content = tidy_line(std::mem::take(&mut self.content));
                if !content.is_empty() {
                    self.push(Block::Heading(level as u8, content));
                }
            }
            TagEnd::CodeBlock => {
                let code = self.verbatim.take().unwrap_or_default();
                self.push(Block::Code(tidy_code(&code)));
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                let html = self.verbatim.take().unwrap_or_default();
                self.push_lines(&html);
                self.end_paragraph();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close_container()
            }
            TagEnd::Paragraph
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.end_paragraph(),
        }
    }

    fn push(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    /// Text directly inside an item is a paragraph too.
    fn end_paragraph(&mut self) {
        let content = tidy(std::mem::take(&mut self.content));
        if !content.is_empty() {
            self.blocks.push(Block::Paragraph(content));
        }
    }

    /// HTML as text; a blank line ends a paragraph.
    fn push_lines(&mut self, html: &str) {
        for (i, line) in html.trim_end_matches('\n').split('\n').enumerate() {
            let line = line.trim_matches(' ');
            if i > 0 && !line.is_empty() {
                self.content.push(Inline::SoftBreak);
            }
            if i > 0 && line.is_empty() && self.marks.is_empty() {
                self.end_paragraph();
            }
            self.content.push(Inline::Text(line.to_owned()));
        }
    }

    fn open_mark(&mut self, mark: Option<Mark>) {
        let mark = mark.filter(|_| self.shown < MAX_MARKS);
        self.shown += usize::from(mark.is_some());
        self.in_link |= matches!(mark, Some(Mark::Link(_)));
        self.content.extend(mark.clone().map(Inline::Open));
        self.marks.push(mark);
    }

    /// An image is a link to it; a link in a link is its text.
    fn open_link(&mut self, link_type: LinkType, address: &str) {
        let address = if link_type == LinkType::Email {
            harmless_address(&format!("mailto:{address}"))
        } else {
            harmless_address(address)
        };
        self.open_mark(address.filter(|_| !self.in_link).map(Mark::Link));
    }

    fn open_container(&mut self, container: Container) -> Option<()> {
        self.end_paragraph();
        // An item stands on the stack beside its list, so a level of lists counts twice.
        if self.open.len() >= 2 * MAX_DEPTH {
            return None;
        }
        self.open.push((container, std::mem::take(&mut self.blocks)));
        Some(())
    }

    fn close_container(&mut self) {
        self.end_paragraph();
        let Some((container, before)) = self.open.pop() else { return };
        let inner = std::mem::replace(&mut self.blocks, before);
        match container {
            Container::Quote if inner.is_empty() => {}
            Container::Quote => self.blocks.push(Block::Quote(inner)),
            Container::List(list) => self.blocks.push(Block::List(tidy_list(list))),
            Container::Item => {
                if let Some((Container::List(list), _)) = self.open.last_mut() {
                    list.items.push(inner);
                }
            }
            Container::Footnote(label) => self.blocks.extend(labelled(&label, inner)),
        }
    }
}

/// A footnote as text that begins with its label.
fn labelled(label: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    if let Some(Block::Paragraph(content)) = blocks.first_mut() {
        content.insert(0, Inline::Text(format!("[^{label}]: ")));
        *content = tidy(std::mem::take(content));
    } else {
        blocks.insert(0, Block::Paragraph(tidy(vec![Inline::Text(format!("[^{label}]:"))])));
    }
    blocks
}

/// Without hidden characters, spaces at line ends, or blank lines at the end.
fn tidy_code(code: &str) -> String {
    let code = visible(code);
    let lines: Vec<&str> = code.lines().map(|line| line.trim_end_matches(' ')).collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}

/// A list that no blank line can make loose is tight, and in a tight item neighbouring texts are one.
fn tidy_list(mut list: List) -> List {
    list.loose = list.loose && list.can_be_loose();
    if !list.loose {
        for item in &mut list.items {
            let mut blocks: Vec<Block> = Vec::with_capacity(item.len());
            for block in item.drain(..) {
                match (blocks.last_mut(), block) {
                    (Some(Block::Paragraph(before)), Block::Paragraph(more)) => {
                        before.push(Inline::SoftBreak);
                        before.extend(more);
                    }
                    (_, block) => blocks.push(block),
                }
            }
            *item = blocks;
        }
    }
    list
}
