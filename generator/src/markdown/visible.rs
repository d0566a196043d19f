//! Characters that a reader cannot see, or that change the order in which others are seen, spelt out.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with each hidden character as `\u{…}`. Line feeds stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if shows_all(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        push(&mut out, before, c, rest.peek().copied());
        before = Some(c);
    }
    Cow::Owned(out)
}

/// Whether `text` has no hidden character, so that [`visible`] leaves it alone.
pub fn shows_all(text: &str) -> bool {
    if is_ascii_lines(text) {
        return true;
    }
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_hidden(before, c, rest.peek().copied()) {
            return false;
        }
        before = Some(c);
    }
    true
}

/// Whether `text` is lines of visible ASCII, as most texts are.
fn is_ascii_lines(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..0x7f).contains(&byte) || byte == b'\n')
}

/// `text` with visible characters, line feeds as its only line ends, and tabs as the spaces that they stand for.
pub(super) fn lines(text: &str) -> String {
    if is_ascii_lines(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => continue,
            '\n' => {
                out.push('\n');
                column = 0;
            }
            '\t' => {
                let width = 4 - column % 4;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            c => {
                push(&mut out, before, c, rest.peek().copied());
                column += 1;
            }
        }
        before = Some(c);
    }
    out
}

fn push(out: &mut String, before: Option<char>, c: char, after: Option<char>) {
    if is_hidden(before, c, after) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
    } else {
        out.push(c);
    }
}

/// Joiners are seen by what they do between two letters of many scripts and inside emoji; next to ASCII they only hide.
fn is_hidden(before: Option<char>, c: char, after: Option<char>) -> bool {
    match c {
        '\n' => false,
        '\u{200c}' | '\u{200d}' => {
            let joined = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_always_hidden(c));
            !(joined(before) && joined(after))
        }
        c => is_always_hidden(c),
    }
}

fn is_always_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
