//! The tree to Markdown, with no more escapes than it needs.

use pulldown_cmark::Alignment;

use super::tree::{Block, Inline, List, Mark, Table};

/// How much of a text is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// What could mean something where it stands.
    Usual,
    /// Every punctuation mark.
    Extreme,
}

/// The Markdown of a whole description, without a line end after the last line.
pub(super) fn document(blocks: &[Block], care: Care) -> String {
    join(blocks, "\n\n", care)
}

/// `code` as a block of plain text.
pub(super) fn fenced(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(|line| line.trim_end_matches(' ')).collect();
    let code = lines.join("\n");
    let code = code.trim_end_matches('\n');
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    let end = if code.is_empty() { "" } else { "\n" };
    format!("{fence}text\n{code}{end}{fence}")
}

/// Whether `text` is what [`fenced`] makes of something, so that nothing in it is Markdown.
pub(super) fn is_fenced(text: &str) -> bool {
    let Some((opening, rest)) = text.split_once('\n') else { return false };
    let Some(fence) = opening.strip_suffix("text") else { return false };
    fence.len() >= 3
        && fence.bytes().all(|byte| byte == b'`')
        && rest
            .strip_suffix(fence)
            .is_some_and(|code| (code.is_empty() || code.ends_with('\n')) && longest_run(code) < fence.len())
}

/// One line that may stand in a table cell.
pub(super) fn cell(content: &[Inline], care: Care) -> String {
    Line::new(content, Place::Cell, care).write()
}

fn join(blocks: &[Block], gap: &str, care: Care) -> String {
    let mut out = String::new();
    // Two lists in a row are two lists only if their markers differ.
    let mut alternate = false;
    let mut before: Option<&Block> = None;
    for block in blocks {
        if before.is_some() {
            out.push_str(gap);
        }
        alternate = match (before, block) {
            (Some(Block::List(before)), Block::List(list)) => {
                before.start.is_some() == list.start.is_some() && !alternate
            }
            _ => false,
        };
        out.push_str(&self::block(block, alternate, care));
        before = Some(block);
    }
    out
}

fn block(block: &Block, alternate: bool, care: Care) -> String {
    match block {
        Block::Paragraph(content) => Line::new(content, Place::Paragraph, care).write(),
        Block::Heading(level, content) => {
            format!("{} {}", "#".repeat(usize::from(*level)), Line::new(content, Place::Heading, care).write())
        }
        Block::Code(code) => fenced(code),
        Block::Quote(inner) => indent(&join(inner, "\n\n", care), "> ", "> "),
        Block::List(list) => self::list(list, alternate, care),
        Block::Table(table) => self::table(table, care),
        // Unlike hyphens and stars, underscores make neither a heading nor a list.
        Block::Rule => "___".to_owned(),
    }
}

fn list(list: &List, alternate: bool, care: Care) -> String {
    let gap = if list.loose { "\n\n" } else { "\n" };
    let items: Vec<String> = list.items.iter().map(|item| join(item, gap, care)).collect();
    // A line of three hyphens is a rule, also where they open lists inside lists.
    let is_rule = |item: &String| item.split('\n').next().is_some_and(|line| line.replace(' ', "") == "--");
    let opens_rule = items.iter().any(is_rule);
    let items = items.into_iter().enumerate().map(|(i, inner)| {
        let marker = match (list.start, alternate) {
            (None, false) if opens_rule => "+ ".to_owned(),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            // CommonMark reads nine digits.
            (Some(start), false) => format!("{}. ", start.saturating_add(i as u64).min(999_999_999)),
            (Some(start), true) => format!("{}) ", start.saturating_add(i as u64).min(999_999_999)),
        };
        let rest = " ".repeat(marker.len());
        if inner.is_empty() { marker.trim_end().to_owned() } else { indent(&inner, &marker, &rest) }
    });
    items.collect::<Vec<_>>().join(gap)
}

fn table(table: &Table, care: Care) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<String> =
        table.rows.iter().map(|cells| row(&mut cells.iter().map(|content| cell(content, care)))).collect();
    let rule = |alignment: &Alignment| match alignment {
        Alignment::None => "---".to_owned(),
        Alignment::Left => ":--".to_owned(),
        Alignment::Center => ":-:".to_owned(),
        Alignment::Right => "--:".to_owned(),
    };
    lines.insert(lines.len().min(1), row(&mut table.columns.iter().map(rule)));
    lines.join("\n")
}

fn indent(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (i, line) in text.split('\n').enumerate() {
        let prefix = if i == 0 { first } else { rest };
        if i > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// How many backticks stand in a row at most.
fn longest_run(code: &str) -> usize {
    let run = code.bytes().fold((0, 0), |(longest, run): (usize, usize), byte| {
        let run = if byte == b'`' { run + 1 } else { 0 };
        (longest.max(run), run)
    });
    run.0
}

/// Where a line stands, as far as escapes depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// The writing of one paragraph, heading or cell.
struct Line<'a> {
    content: &'a [Inline],
    place: Place,
    care: Care,
    /// The marks that could pair up and so need escapes.
    pairing: String,
    /// The piece and byte of the last closing bracket: no opening bracket after it can mean anything.
    last_bracket: Option<(usize, usize)>,
    out: String,
    in_link: bool,
}

impl<'a> Line<'a> {
    fn new(content: &'a [Inline], place: Place, care: Care) -> Self {
        let pairing = ['*', '_', '~', '`'].into_iter().filter(|mark| can_pair(content, *mark)).collect();
        let last_bracket = content.iter().enumerate().rev().find_map(|(i, piece)| match piece {
            Inline::Text(text) => Some((i, text.rfind(']')?)),
            _ => None,
        });
        Self { content, place, care, pairing, last_bracket, out: String::new(), in_link: false }
    }

    fn write(mut self) -> String {
        let stars = emphasis(self.content);
        for (i, piece) in self.content.iter().enumerate() {
            match piece {
                Inline::Text(text) => self.text(i, text),
                Inline::Code(code) => self.code(code),
                Inline::SoftBreak => self.out.push('\n'),
                Inline::HardBreak => self.out.push_str("\\\n"),
                Inline::Task(ticked) => self.out.push_str(if *ticked { "[x] " } else { "[ ] " }),
                Inline::Address(address) => self.address(address),
                Inline::Open(Mark::Emphasis) | Inline::Close(Mark::Emphasis) => self.out.push(stars[i]),
                Inline::Open(Mark::Strong) | Inline::Close(Mark::Strong) => self.out.push_str("**"),
                Inline::Open(Mark::Strikethrough) | Inline::Close(Mark::Strikethrough) => self.out.push_str("~~"),
                Inline::Open(Mark::Link(_)) => {
                    self.in_link = true;
                    self.out.push('[');
                }
                Inline::Close(Mark::Link(address)) => {
                    self.in_link = false;
                    self.target(address);
                }
            }
        }
        self.out
    }

    fn text(&mut self, i: usize, text: &str) {
        let starts = i.checked_sub(1).is_none_or(|before| self.content[before].is_break());
        let ends = self.content.get(i + 1).is_none_or(Inline::is_break);
        let opener = if starts && self.place != Place::Heading { block_opener(text, ends) } else { None };
        let mut before = self.out.chars().next_back().unwrap_or('\n');
        for (at, c) in text.char_indices() {
            let after = text[at + c.len_utf8()..].chars().next().or(if ends { Some('\n') } else { None });
            let escaped = match self.care {
                Care::Usual => opener == Some(at) || self.needs_escape((i, at), text, before, c, after),
                Care::Extreme => c.is_ascii_punctuation(),
            };
            if escaped {
                self.out.push('\\');
            }
            self.out.push(c);
            before = c;
        }
    }

    /// Whether `c` could mean something between `before` and `after`; `None` after the text means a piece of another kind.
    fn needs_escape(&self, (i, at): (usize, usize), text: &str, before: char, c: char, after: Option<char>) -> bool {
        match c {
            '\\' => after.is_none_or(|after| after == '\n' || after.is_ascii_punctuation()),
            '`' => self.pairing.contains('`'),
            '*' | '_' | '~' => self.pairing.contains(c) && !is_inert(text, at, c, before, after),
            '[' => self.in_link || self.last_bracket.is_some_and(|last| last > (i, at)),
            ']' => self.in_link,
            '!' => after.is_none() && matches!(self.content.get(i + 1), Some(Inline::Open(Mark::Link(_)))),
            '<' => after.is_none_or(|after| after.is_alphabetic() || "/!?".contains(after)),
            '&' => is_entity(&text[at..]),
            '|' => self.place == Place::Cell,
            '#' => {
                self.place == Place::Heading
                    && i + 1 == self.content.len()
                    && text[at..].bytes().all(|byte| byte == b'#')
            }
            _ => false,
        }
    }

    fn code(&mut self, code: &str) {
        let fence = "`".repeat(shortest_free_run(code));
        let spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
        let pad = if spaced || code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code.to_owned() };
        self.out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn address(&mut self, address: &str) {
        if self.care == Care::Extreme && address.contains("://") {
            self.out.push('[');
            self.out
                .extend(address.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])));
            self.target(address);
        } else {
            self.out.push('<');
            self.out.push_str(address);
            self.out.push('>');
        }
    }

    fn target(&mut self, address: &str) {
        self.out.push_str("](");
        for (at, c) in address.char_indices() {
            if matches!(c, '(' | ')')
                || c == '&' && is_entity(&address[at..])
                || self.care == Care::Extreme && matches!(c, '*' | '_')
            {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        self.out.push(')');
    }
}

/// The byte that must be escaped lest a line of text begin a block. `whole` when `line` is all that its line holds.
fn block_opener(line: &str, whole: bool) -> Option<usize> {
    let ends_at = |at: usize| matches!(line.as_bytes().get(at), None | Some(b' '));
    let first = line.chars().next()?;
    let run = line.chars().take_while(|c| *c == first).count();
    let only = |allowed: &str| whole && line.chars().all(|c| allowed.contains(c));
    let opens = match first {
        '>' => true,
        '#' => run <= 6 && ends_at(run),
        '=' => only("="),
        '-' => ends_at(1) || only("- ") || only("-:| "),
        ':' | '|' => only("-:| ") && line.contains('-'),
        '+' => ends_at(1),
        '*' => ends_at(1) || run >= 2 && only("* "),
        '_' => run >= 2 && only("_ ") || ends_at(1) && only("_ "),
        '`' | '~' => run >= 3,
        _ => false,
    };
    if opens {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbers =
        (1..10).contains(&digits) && matches!(line.as_bytes().get(digits), Some(b'.' | b')')) && ends_at(digits + 1);
    numbers.then_some(digits)
}

/// Whether two runs of `mark` in the text could be read as a pair.
fn can_pair(content: &[Inline], mark: char) -> bool {
    let mut opened = false;
    for piece in content {
        let text = match piece {
            Inline::Text(text) => text,
            Inline::Code(_) if mark == '`' => return true,
            Inline::Open(Mark::Emphasis | Mark::Strong) if mark != '`' => return true,
            Inline::Open(Mark::Strikethrough) if mark == '~' => return true,
            _ => continue,
        };
        let mut chars = text.chars().peekable();
        let mut before = None;
        while let Some(c) = chars.next() {
            if c == mark {
                while chars.next_if_eq(&mark).is_some() {}
                let after = chars.peek().copied();
                let inside_word = mark == '_'
                    && before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric);
                let closes = mark == '`' || !before.is_some_and(char::is_whitespace);
                if opened && closes && !inside_word {
                    return true;
                }
                opened |= mark == '`' || !inside_word && !after.is_some_and(char::is_whitespace);
            }
            before = Some(c);
        }
    }
    false
}

/// Whether the run of marks that `text[at..]` is in can neither open nor close anything.
fn is_inert(text: &str, at: usize, mark: char, before: char, after: Option<char>) -> bool {
    if before == mark || after == Some(mark) {
        return mark == '_' && {
            let outer = text[..at].trim_end_matches(mark).chars().next_back();
            let next = text[at..].trim_start_matches(mark).chars().next();
            outer.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
        };
    }
    let spaces = before.is_whitespace() && after.is_some_and(char::is_whitespace);
    spaces || mark == '_' && before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)
}

/// Whether `text` starts with what an HTML reader would take for one character.
fn is_entity(text: &str) -> bool {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').take(40).count();
    (1..40).contains(&name) && text.as_bytes().get(name + 1) == Some(&b';')
}

/// The shortest row of backticks that does not occur in `code` as a whole row.
fn shortest_free_run(code: &str) -> usize {
    let mut runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    runs.sort_unstable();
    runs.into_iter().fold(1, |free, run| if run == free { free + 1 } else { free })
}

/// The character for each end of an emphasis: a star, or an underscore where stars would run together.
fn emphasis(content: &[Inline]) -> Vec<char> {
    let mut chosen = vec!['*'; content.len()];
    let mut open = Vec::new();
    let is_star = |i: Option<usize>| {
        let piece = i.and_then(|i| content.get(i));
        matches!(
            piece,
            Some(Inline::Open(Mark::Emphasis | Mark::Strong) | Inline::Close(Mark::Emphasis | Mark::Strong))
        )
    };
    for (i, piece) in content.iter().enumerate() {
        match piece {
            Inline::Open(Mark::Emphasis) => open.push(i),
            Inline::Close(Mark::Emphasis) => {
                let Some(start) = open.pop() else { continue };
                let touches = is_star(start.checked_sub(1))
                    || is_star(Some(start + 1))
                    || is_star(i.checked_sub(1))
                    || is_star(Some(i + 1));
                let inner_underscore = chosen[start + 1] == '_' || i > 0 && chosen[i - 1] == '_';
                if touches && !inner_underscore {
                    chosen[start] = '_';
                    chosen[i] = '_';
                }
            }
            _ => {}
        }
    }
    chosen
}
