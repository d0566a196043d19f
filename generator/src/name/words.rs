//! Any text to an identifier.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// The case of the names of a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `HttpErrorOut`.
    Camel,
    /// `http_error_out`.
    Snake,
    /// `HTTP_ERROR_OUT`.
    Shouty,
}

/// The longest name, in characters: it is that of a file too, and nobody reads further.
const LONGEST: usize = 120;

impl Case {
    /// The identifier for a text, keywords not yet escaped. Symbols are dropped where letters or digits remain.
    pub(super) fn apply(self, text: &str) -> String {
        let letters: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        if letters.trim().is_empty() { self.apply_spelled(text) } else { self.finish(&letters) }
    }

    /// The identifier for a text with its symbols spelled out.
    pub(super) fn apply_spelled(self, text: &str) -> String {
        let mut spelled = String::new();
        for character in text.chars() {
            match character {
                c if c.is_ascii_alphanumeric() => spelled.push(c),
                ' ' => spelled.push(' '),
                c => {
                    spelled.push(' ');
                    match symbol(c) {
                        Some(name) => spelled.push_str(name),
                        None => spelled.push_str(&format!("u{:x}", u32::from(c))),
                    }
                    spelled.push(' ');
                }
            }
        }
        self.finish(&spelled)
    }

    /// A name told from another one by a number.
    pub(super) fn numbered(self, name: &str, number: usize) -> String {
        let name = name.trim_end_matches('_');
        match self {
            Self::Camel => format!("{name}{number}"),
            Self::Snake | Self::Shouty => format!("{name}_{number}"),
        }
    }

    fn finish(self, words: &str) -> String {
        let (name, prefix) = match self {
            Self::Camel => (words.to_upper_camel_case(), "N"),
            Self::Snake => (words.to_snake_case(), "n"),
            Self::Shouty => (words.to_shouty_snake_case(), "N"),
        };
        // All are ASCII here. What is cut off may make two names one; the scope then tells them apart.
        let name = name.get(..LONGEST).map_or(name.as_str(), |start| start.trim_end_matches('_')).to_owned();
        match name.chars().next() {
            None if self == Self::Snake => "empty".to_owned(),
            None => "Empty".to_owned(),
            Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
            Some(_) => name,
        }
    }
}

/// The names of symbols that tell values apart in real descriptions.
fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        _ => return None,
    })
}

/// Keywords of every edition, strict and reserved, and the names that no raw identifier may have.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Names that are no keywords and yet must not be declared: patterns and calls mean the standard library's.
const UNSHADOWED: [&str; 4] = ["Err", "None", "Ok", "Some"];

/// A keyword with an underscore behind it; any other name as it is.
pub(super) fn escape_keyword(name: &str) -> String {
    let escaped = KEYWORDS.binary_search(&name).is_ok() || UNSHADOWED.contains(&name) || name == "_";
    if escaped && name != "union" { format!("{name}_") } else { name.to_owned() }
}

/// Whether a user may choose that name: an ASCII identifier that is no keyword.
pub fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && escape_keyword(name) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_identifiers() {
        let check = |text: &str, camel: &str, snake: &str| {
            assert_eq!(escape_keyword(&Case::Camel.apply(text)), camel, "{text}");
            assert_eq!(escape_keyword(&Case::Snake.apply(text)), snake, "{text}");
        };
        check("HttpErrorOut", "HttpErrorOut", "http_error_out");
        check("HTTPValidationError", "HttpValidationError", "http_validation_error");
        check("ListResponse_ApplicationOut_", "ListResponseApplicationOut", "list_response_application_out");
        check("idempotency-key", "IdempotencyKey", "idempotency_key");
        check("type", "Type", "type_");
        check("self", "Self_", "self_");
        check("Self", "Self_", "self_");
        check("", "Empty", "empty");
        check("3d_secure", "N3dSecure", "n3d_secure");
        check("+1", "N1", "n1");
        check("+", "Plus", "plus");
        check("😀", "U1f600", "u1f600");
        check("a/b.c", "ABC", "a_b_c");
        check("Ok", "Ok_", "ok");
        check("$filter", "Filter", "filter");
        check("_", "Underscore", "underscore");
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn symbols_tell_equal_names_apart() {
        assert_eq!(Case::Camel.apply_spelled("+1"), "Plus1");
        assert_eq!(Case::Snake.apply_spelled("a-b"), "a_minus_b");
        assert_eq!(Case::Snake.apply_spelled("a_b"), "a_underscore_b");
    }
}
