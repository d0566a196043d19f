//! What a description may be: text, code, lists, tables, quotes and links to the web. Nothing else can be expressed.

use pulldown_cmark::Alignment;

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    /// Level 1 to 6.
    Heading(u8, Vec<Inline>),
    /// Without a line end after the last line.
    Code(String),
    Quote(Vec<Block>),
    List(List),
    Table(Table),
    Rule,
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    /// The number of the first item when the items are numbered.
    pub(super) start: Option<u64>,
    /// Whether blank lines stand between the items.
    pub(super) loose: bool,
    pub(super) items: Vec<Vec<Block>>,
}

/// A table; the first row is its head.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub(super) columns: Vec<Alignment>,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
}

/// A piece of a line. Marks are flat and balanced, so that no nesting of theirs needs a stack.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    SoftBreak,
    HardBreak,
    /// The box of a task, ticked or not.
    Task(bool),
    /// A web or mail address that is its own text.
    Address(String),
    Open(Mark),
    Close(Mark),
}

/// What a stretch of inlines can be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    /// A link to an address that is known to be harmless.
    Link(String),
}

/// Headings as bold paragraphs: the only headings of a page, which links lead to, are its own.
pub(super) fn embolden_headings(mut blocks: Vec<Block>) -> Vec<Block> {
    for_each(&mut blocks, &mut |block| {
        if let Block::Heading(_, content) = block {
            let strong = |piece: &Inline| matches!(piece, Inline::Open(Mark::Strong) | Inline::Close(Mark::Strong));
            let inner = std::mem::take(content).into_iter().filter(|piece| !strong(piece));
            let bold = std::iter::once(Inline::Open(Mark::Strong)).chain(inner).chain([Inline::Close(Mark::Strong)]);
            *block = Block::Paragraph(super::inline::tidy(bold.collect()));
        }
    });
    blocks
}

/// Everything that is said, in one run.
pub(super) fn one_run(blocks: &[Block]) -> Vec<Inline> {
    let mut run = Vec::new();
    let mut add = |content: &[Inline]| {
        run.extend(content.iter().cloned());
        run.push(Inline::SoftBreak);
    };
    collect(blocks, &mut add);
    run
}

fn collect(blocks: &[Block], add: &mut dyn FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => add(content),
            Block::Code(code) if code.trim().is_empty() => {}
            Block::Code(code) => add(&[Inline::Code(code.split_whitespace().collect::<Vec<_>>().join(" "))]),
            Block::Quote(inner) => collect(inner, add),
            Block::List(list) => list.items.iter().for_each(|item| collect(item, add)),
            Block::Table(table) => table.rows.iter().flatten().for_each(|cell| add(cell)),
            Block::Rule => {}
        }
    }
}

/// All lists with blank lines between their items.
pub(super) fn loosen(mut blocks: Vec<Block>) -> Vec<Block> {
    for_each(&mut blocks, &mut |block| {
        if let Block::List(list) = block {
            list.loose = list.can_be_loose();
        }
    });
    blocks
}

/// All text without emphasis.
pub(super) fn unmark(mut blocks: Vec<Block>) -> Vec<Block> {
    let unmark = |content: &mut Vec<Inline>| {
        content.retain(|piece| {
            matches!(piece, Inline::Open(Mark::Link(_)) | Inline::Close(Mark::Link(_))) || !piece.is_mark()
        });
        *content = super::inline::tidy(std::mem::take(content));
    };
    for_each(&mut blocks, &mut |block| match block {
        Block::Paragraph(content) | Block::Heading(_, content) => unmark(content),
        Block::Table(table) => table.rows.iter_mut().flatten().for_each(unmark),
        Block::Code(_) | Block::Quote(_) | Block::List(_) | Block::Rule => {}
    });
    blocks
}

/// The first text that says what all of it is about: a paragraph, or for want of one a heading.
pub(super) fn first_text(blocks: &[Block]) -> Option<&[Inline]> {
    let paragraph = blocks.iter().find_map(|block| match block {
        Block::Paragraph(content) => Some(content.as_slice()),
        Block::Quote(inner) => first_text(inner),
        Block::List(list) => list.items.iter().find_map(|item| first_text(item)),
        Block::Heading(..) | Block::Code(_) | Block::Table(_) | Block::Rule => None,
    });
    paragraph.or_else(|| {
        blocks.iter().find_map(|block| match block {
            Block::Heading(_, content) => Some(content.as_slice()),
            _ => None,
        })
    })
}

impl List {
    /// Whether a blank line has a place where it makes the list loose.
    pub(super) fn can_be_loose(&self) -> bool {
        let has_paragraph = |item: &Vec<Block>| item.iter().any(|block| matches!(block, Block::Paragraph(_)));
        self.items.iter().any(has_paragraph) && (self.items.len() > 1 || self.items.iter().any(|item| item.len() > 1))
    }
}

impl Inline {
    pub(super) fn is_mark(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Close(_))
    }

    pub(super) fn is_break(&self) -> bool {
        matches!(self, Self::SoftBreak | Self::HardBreak)
    }
}

/// Depth is bounded where the tree is read, so recursion is safe here.
fn for_each(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        match block {
            Block::Quote(inner) => for_each(inner, visit),
            Block::List(list) => list.items.iter_mut().for_each(|item| for_each(item, visit)),
            _ => {}
        }
        visit(block);
    }
}
