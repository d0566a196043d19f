//! Characters that no identifier has, in words.

use std::borrow::Cow;

/// The text with the letters of other alphabets that are Latin at heart written in ASCII: `größe` is `grosse`.
pub(super) fn latin(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match LATIN.iter().find(|(letters, _)| letters.contains(character)) {
            Some((_, ascii)) => plain.push_str(ascii),
            None => plain.push(character),
        }
    }
    Cow::Owned(plain)
}

/// Letters with marks, and what they are without.
const LATIN: [(&str, &str); 53] = [
    ("àáâãäåāăą", "a"),
    ("ÀÁÂÃÄÅĀĂĄ", "A"),
    ("æ", "ae"),
    ("Æ", "Ae"),
    ("çćĉċč", "c"),
    ("ÇĆĈĊČ", "C"),
    ("ďđð", "d"),
    ("ĎĐÐ", "D"),
    ("èéêëēĕėęě", "e"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("ĝğġģ", "g"),
    ("ĜĞĠĢ", "G"),
    ("ĥħ", "h"),
    ("ĤĦ", "H"),
    ("ìíîïĩīĭįı", "i"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ĵ", "j"),
    ("Ĵ", "J"),
    ("ķ", "k"),
    ("Ķ", "K"),
    ("ĺļľŀł", "l"),
    ("ĹĻĽĿŁ", "L"),
    ("ñńņňŉŋ", "n"),
    ("ÑŃŅŇŊ", "N"),
    ("òóôõöøōŏő", "o"),
    ("ÒÓÔÕÖØŌŎŐ", "O"),
    ("œ", "oe"),
    ("Œ", "Oe"),
    ("ŕŗř", "r"),
    ("ŔŖŘ", "R"),
    ("śŝşšș", "s"),
    ("ŚŜŞŠȘ", "S"),
    ("ß", "ss"),
    ("ẞ", "SS"),
    ("ţťŧț", "t"),
    ("ŢŤŦȚ", "T"),
    ("þ", "th"),
    ("Þ", "Th"),
    ("ùúûüũūŭůűų", "u"),
    ("ÙÚÛÜŨŪŬŮŰŲ", "U"),
    ("µμ", "u"),
    ("ŵ", "w"),
    ("Ŵ", "W"),
    ("ýÿŷ", "y"),
    ("ÝŸŶ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
    ("ĳ", "ij"),
    ("Ĳ", "IJ"),
    ("ª", "a"),
    ("º", "o"),
    ("²", "2"),
    ("³", "3"),
];

/// Every symbol in words: `a<b` is `a less b`. A character without a name is its code point.
pub(super) fn spelled(text: &str, underscores: Underscores) -> String {
    if !text.is_empty() && text.chars().all(|character| character == ' ') {
        return "space".to_owned();
    }
    let inner = text.trim_matches('_');
    let (before, after) = match text.find(inner) {
        Some(start) if !inner.is_empty() => (start, start + inner.len()),
        _ => (0, 0),
    };
    let mut words = String::new();
    for (place, character) in text.char_indices() {
        match character {
            c if c.is_ascii_alphanumeric() => words.push(c),
            '_' if underscores == Underscores::Divide && (before..after).contains(&place) => words.push(' '),
            '!' if !words.trim().is_empty() => words.push_str(" bang "),
            ' ' => words.push(' '),
            c => push(&mut words, c),
        }
    }
    words
}

/// What underscores between words are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Underscores {
    /// As good as spaces.
    Divide,
    /// Symbols as any other.
    Tell,
}

/// The signs in front of a text in words, since they are half of its meaning: `-1`, `+1`, `>=5`, `-created_at`, `!done`.
pub(super) fn with_signs(text: &str) -> Cow<'_, str> {
    let rest = text.trim_start_matches(['+', '-', '<', '>', '=', '!', '~', '^']);
    let signs = text.strip_suffix(rest).unwrap_or_default();
    if signs.is_empty() || !rest.starts_with(|first: char| first.is_ascii_alphanumeric()) || signs.contains("--") {
        return Cow::Borrowed(text);
    }
    let mut words = String::new();
    signs.chars().for_each(|sign| push(&mut words, sign));
    Cow::Owned(words + rest)
}

fn push(words: &mut String, character: char) {
    words.push(' ');
    match symbol(character) {
        Some(name) => words.push_str(name),
        None => words.push_str(&format!("u{:x}", u32::from(character))),
    }
    words.push(' ');
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
        '€' => "euro",
        '£' => "pound",
        '°' => "degree",
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

/// How a text is written, for two that differ in nothing else.
pub(super) fn style(text: &str) -> &'static str {
    let has = |test: fn(&char) -> bool| text.chars().any(|character| test(&character));
    let (upper, lower) = (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase));
    let capital_first = text.chars().find(char::is_ascii_alphabetic).is_some_and(|first| first.is_ascii_uppercase());
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    match (upper, lower) {
        _ if text.contains('-') => "kebab",
        _ if text.contains('_') && !(upper && lower) => "snake",
        (true, true) if !capital_first => "camel",
        (true, true) if capitals == 1 => "capitalized",
        (true, true) => "pascal",
        (true, false) => "uppercase",
        (false, _) => "lowercase",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_stands_twice_in_the_table() {
        let letters: Vec<char> = LATIN.iter().flat_map(|(letters, _)| letters.chars()).collect();
        let unique: std::collections::HashSet<char> = letters.iter().copied().collect();
        assert_eq!(letters.len(), unique.len());
        assert!(LATIN.iter().all(|(_, ascii)| ascii.is_ascii()));
    }

    #[test]
    fn signs_in_front_are_words() {
        let check = |text: &str, expected: &str| assert_eq!(with_signs(text), expected, "{text}");
        check("-1", " minus 1");
        check(">=5", " greater  equal 5");
        check("-created_at", " minus created_at");
        check("--verbose", "--verbose");
        check("a-b", "a-b");
        check("-", "-");
    }

    #[test]
    fn a_style_has_a_name() {
        let check = |text: &str, expected: &str| assert_eq!(style(text), expected, "{text}");
        check("asc", "lowercase");
        check("ASC", "uppercase");
        check("Asc", "capitalized");
        check("createdAt", "camel");
        check("created_at", "snake");
        check("CREATED_AT", "snake");
        check("CreatedAt", "pascal");
        check("created-at", "kebab");
    }
}
