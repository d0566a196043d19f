//! The text of a line put into its one normal form, and addresses judged.

use super::tree::{Inline, Mark};
use super::visible::{shows_all, visible};

/// The normal form: neighbouring texts are one, nothing is empty, no line begins or ends with a space, nothing hidden is
/// left, and web addresses in text are links.
pub(super) fn tidy(content: Vec<Inline>) -> Vec<Inline> {
    trim(link_addresses(join(content)))
}

/// The same in a place that holds one line only.
pub(super) fn tidy_line(content: Vec<Inline>) -> Vec<Inline> {
    let space = |piece: Inline| if piece.is_break() { Inline::Text(" ".to_owned()) } else { piece };
    tidy(content.into_iter().map(space).collect())
}

/// The first sentence of a paragraph, without marks.
pub(super) fn first_sentence(content: &[Inline]) -> Vec<Inline> {
    let shown = content.iter().filter(|piece| !piece.is_mark() && !matches!(piece, Inline::Task(_))).cloned();
    let mut sentence = tidy_line(shown.collect());
    let end = sentence.iter().enumerate().find_map(|(i, piece)| match piece {
        Inline::Text(text) => sentence_end(text).map(|end| (i, Inline::Text(text[..end].to_owned()))),
        _ => None,
    });
    if let Some((i, last)) = end {
        sentence.truncate(i);
        sentence.push(last);
    }
    sentence
}

/// The address in the form in which it may stand in a link; `None` when it leads anywhere but to the web or a mailbox.
pub(super) fn harmless_address(address: &str) -> Option<String> {
    let address = address.trim();
    let is = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if !["http://", "https://", "mailto:"].into_iter().any(|scheme| is(scheme) && address.len() > scheme.len()) {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for (i, c) in address.char_indices() {
        let character = &address[i..i + c.len_utf8()];
        if c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '`' | '\\' | '|' | '\u{200c}' | '\u{200d}')
            || !shows_all(character)
        {
            character.bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// The byte after the first full stop that ends a sentence: one before a space and a capital, and not after an
/// abbreviation such as "e.g.".
fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?']).map(|(at, _)| at).find_map(|at| {
        let after = text[at + 1..].strip_prefix(' ')?;
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        let abbreviates = word.contains('.')
            || word.trim_start_matches('(').chars().count() < 2
            || matches!(word, "etc" | "vs" | "cf");
        let begins = after.trim_start().chars().next().is_none_or(|c| !c.is_lowercase());
        (begins && !abbreviates).then_some(at + 1)
    })
}

/// Joins texts, and drops marks around nothing.
fn join(content: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for piece in content {
        match piece {
            Inline::Text(text) if text.is_empty() => {}
            Inline::Text(text) => match out.last_mut() {
                Some(Inline::Text(before)) => before.push_str(&text),
                _ => out.push(Inline::Text(text)),
            },
            Inline::Close(Mark::Link(address)) => close_link(&mut out, address),
            Inline::Close(mark) => match out.last() {
                Some(Inline::Open(_)) => drop(out.pop()),
                _ => out.push(Inline::Close(mark)),
            },
            piece => out.push(piece),
        }
    }
    out
}

/// A link whose text is its address, or that has none, is the address.
fn close_link(out: &mut Vec<Inline>, address: String) {
    let shown = address.strip_prefix("mailto:").filter(|mailbox| is_mailbox(mailbox)).unwrap_or(&address);
    match out.as_slice() {
        [.., Inline::Open(Mark::Link(_))] => out.truncate(out.len() - 1),
        [.., Inline::Open(Mark::Link(_)), Inline::Text(text)] if text == shown || *text == address => {
            out.truncate(out.len() - 2)
        }
        _ => return out.push(Inline::Close(Mark::Link(address))),
    }
    out.push(Inline::Address(shown.to_owned()));
}

fn is_mailbox(text: &str) -> bool {
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+".contains(&b));
    text.split_once('@').is_some_and(|(user, host)| is_plain(user) && is_plain(host))
}

/// Makes hidden characters visible, and addresses in text links.
fn link_addresses(content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    let mut in_link = false;
    for piece in content {
        match piece {
            Inline::Text(text) => {
                let text = visible(&text.replace(['\n', '\t'], " ")).into_owned();
                if in_link {
                    out.push(Inline::Text(text));
                } else {
                    split_addresses(&text, &mut out);
                }
            }
            Inline::Code(code) => out.push(Inline::Code(visible(&code.replace(['\n', '\t'], " ")).into_owned())),
            piece => {
                match &piece {
                    Inline::Open(Mark::Link(_)) => in_link = true,
                    Inline::Close(Mark::Link(_)) => in_link = false,
                    _ => {}
                }
                out.push(piece);
            }
        }
    }
    out
}

fn split_addresses(text: &str, out: &mut Vec<Inline>) {
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find("http") {
        let start = from + found;
        let scheme = ["http://", "https://"].into_iter().find(|scheme| text[start..].starts_with(scheme));
        let length = scheme.and_then(|scheme| address_length(&text[start..], scheme.len()));
        match length {
            Some(length) => {
                if start > done {
                    out.push(Inline::Text(text[done..start].to_owned()));
                }
                out.push(Inline::Address(text[start..start + length].to_owned()));
                done = start + length;
                from = done;
            }
            None => from = start + 4,
        }
    }
    if done < text.len() {
        out.push(Inline::Text(text[done..].to_owned()));
    }
}

/// How many bytes of `text` are the address that it starts with: not the full stop or bracket after it.
fn address_length(text: &str, scheme: usize) -> Option<usize> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || !c.is_ascii() || "<>\"`\\|".contains(c);
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    let mut surplus = address.matches(')').count() as isize - address.matches('(').count() as isize;
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if surplus > 0 => surplus -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | ']' => {}
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    (address.len() > scheme).then_some(address.len())
}

/// Drops spaces at the ends of lines, and breaks at the ends of the text.
fn trim(content: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    for piece in content {
        match piece {
            Inline::Text(text) => {
                let at_start = out.last().is_none_or(|before| before.is_break() || matches!(before, Inline::Task(_)));
                let kept = if at_start { text.trim_start_matches(' ') } else { &text };
                if !kept.is_empty() {
                    out.push(Inline::Text(kept.to_owned()));
                }
            }
            piece if piece.is_break() => {
                trim_end(&mut out);
                if out.last().is_some_and(|before| !before.is_break()) {
                    out.push(piece);
                }
            }
            piece => out.push(piece),
        }
    }
    trim_end(&mut out);
    while out.last().is_some_and(Inline::is_break) {
        out.pop();
        trim_end(&mut out);
    }
    if let Some(Inline::Task(ticked)) = out.last() {
        let shown = if *ticked { "[x]" } else { "[ ]" };
        out.pop();
        out.push(Inline::Text(shown.to_owned()));
    }
    out
}

fn trim_end(out: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = out.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if text.is_empty() {
            out.pop();
        }
    }
}
