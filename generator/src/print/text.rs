//! The text of tokens that the formatter does not know: what stands in calls of the runtime's macros.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The columns of a line, which are those of the formatter.
const WIDTH: usize = 89;

/// How many brackets deep a line may break.
const MAX_NESTING: usize = 4;

/// Tokens in one line. A comma at the end is left out, unless it makes a tuple of a single place.
pub(super) fn of(tokens: &TokenStream) -> String {
    let (mut out, mut before) = (String::new(), Gap::None);
    let (mut trees, mut open, mut places) = (tokens.clone().into_iter().peekable(), 0_usize, 0);
    while let Some(tree) = trees.next() {
        let sign = if let TokenTree::Punct(punct) = &tree { punct.as_char() } else { ' ' };
        match sign {
            '<' => open += 1,
            '>' if !matches!(before, Gap::Joint(_)) => open = open.saturating_sub(1),
            ',' if open == 0 => places += 1,
            _ => {}
        }
        if sign == ',' && places > 1 && trees.peek().is_none() {
            break;
        }
        before = put(&mut out, before, &tree);
    }
    out
}

/// Whether a line has room for a text that is `depth` braces deep.
pub(super) fn fits(text: &str, depth: usize) -> bool {
    4 * depth + text.len() <= WIDTH
}

/// A text in as many lines as it takes, which break behind commas and braces, and before a literal that a colon
/// announces; inside of brackets only where they hold more than a line.
pub(super) fn filled(text: &str, depth: usize) -> String {
    let mut out = "    ".repeat(depth);
    let mut column = out.len();
    for (index, piece) in short_pieces(text, 0, WIDTH - 4 * (depth + 1)).into_iter().enumerate() {
        if index > 0 && column + 1 + piece.len() > WIDTH {
            out.push('\n');
            out.push_str(&"    ".repeat(depth + 1));
            column = 4 * (depth + 1);
        } else if index > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(piece);
        column += piece.len();
    }
    out.push('\n');
    out
}

/// What a line break does not divide; what is wider than that is divided further in.
fn short_pieces(text: &str, nesting: usize, width: usize) -> Vec<&str> {
    let divide = |piece: &'_ str| piece.len() > width && nesting < MAX_NESTING;
    let pieces = pieces(text, nesting).into_iter();
    pieces.flat_map(|piece| if divide(piece) { short_pieces(piece, nesting + 1, width) } else { vec![piece] }).collect()
}

/// The parts of a text between the spaces where a line may break that are at most so many brackets deep.
fn pieces(text: &str, nesting: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_quoted, mut last, mut depth) = (0, false, ' ', 0_usize);
    for (at, char) in text.char_indices() {
        match char {
            '"' if last != '\\' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '[' | '{' | '(' | '<' => depth += 1,
            '>' if matches!(last, '-' | '=') => {}
            ']' | '}' | ')' | '>' => depth = depth.saturating_sub(1),
            ' ' if depth <= nesting && (matches!(last, ',' | '{') || last == ':' && text[at..].starts_with(" \"")) => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        // A backslash that is escaped itself escapes nothing.
        last = if char == '\\' && last == '\\' { ' ' } else { char };
    }
    pieces.push(&text[start..]);
    pieces
}

/// What stands behind a token, as far as the next one decides.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// A space, unless it is the argument list or the brackets of what stands before.
    Name,
    /// Nothing, since both are one sign, which began with this one.
    Joint(char),
}

fn put(out: &mut String, before: Gap, tree: &TokenTree) -> Gap {
    match tree {
        TokenTree::Punct(punct) => {
            let sign = punct.as_char();
            let is_apart = match sign {
                '=' | '|' | '-' | '&' | '+' | '#' | '\'' => matches!(before, Gap::Space | Gap::Name),
                ':' => before == Gap::Space && punct.spacing() == Spacing::Joint,
                _ => false,
            };
            if is_apart {
                out.push(' ');
            }
            out.push(sign);
            match (before, sign, punct.spacing()) {
                (Gap::Joint(':'), ':', _) => Gap::None,
                (Gap::Joint('-' | '='), '>', _) => Gap::Space,
                (_, _, Spacing::Joint) if matches!(sign, ':' | '-' | '=' | '.' | '\'') => Gap::Joint(sign),
                (_, ',' | ';' | ':' | '=' | '|' | '+', _) => Gap::Space,
                (_, '>', _) => Gap::Name,
                _ => Gap::None,
            }
        }
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Brace => ("{ ", " }"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::None => ("", ""),
            };
            let is_call = group.delimiter() == Delimiter::Parenthesis && before == Gap::Name;
            if matches!(before, Gap::Space | Gap::Name) && !is_call {
                out.push(' ');
            }
            out.push_str(open);
            out.push_str(&of(&group.stream()));
            out.push_str(close);
            Gap::Name
        }
        TokenTree::Ident(_) | TokenTree::Literal(_) => {
            if matches!(before, Gap::Space | Gap::Name) {
                out.push(' ');
            }
            out.push_str(&tree.to_string());
            Gap::Name
        }
    }
}
