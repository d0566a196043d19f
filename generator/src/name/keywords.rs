//! Names that Rust or a file system keeps for itself.

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

/// Names that Windows takes for devices, whatever their extension; a module is a file.
pub(super) const DEVICES: [&str; 22] = [
    "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A keyword with an underscore behind it; any other name as it is.
pub(super) fn escape(name: &str) -> String {
    let escaped = KEYWORDS.binary_search(&name).is_ok() || UNSHADOWED.contains(&name) || name == "_";
    if escaped && name != "union" { format!("{name}_") } else { name.to_owned() }
}

/// Whether a user may choose that name: an ASCII identifier that is no keyword.
pub fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && escape(name) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }
}
