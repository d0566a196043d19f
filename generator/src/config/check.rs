//! What the values of a configuration must satisfy. Each check says what fits instead, as a sentence for the user.

use semver::Version;

use super::OLDEST_RUST;
use crate::source::Pointer;

/// Whether a value fits; where it does not, what would.
pub(super) type Check = Result<(), &'static str>;

/// Names that Cargo or Rust keep for themselves, and packages that every generated crate depends on.
const TAKEN: &[&str] = &[
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "std",
    "test", // Cargo and Rust
    "aux",
    "con",
    "nul",
    "prn", // devices on Windows
    "bytes",
    "http",
    "reqwest",
    "serde",
    "serde-json",
    "serde-json-borrow", // dependencies
    "chrono",
    "jiff",
    "rust-decimal",
    "time",
    "url",
    "uuid", // dependencies by choice
];

/// Checks that a crate may have this name, by the rules of Cargo and crates.io.
///
/// # Errors
///
/// What a name must be like, as a sentence without a full stop.
pub fn crate_name(name: &str) -> Result<(), &'static str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.bytes().all(plain) {
        return Err("a crate name is made of letters, digits, `-` and `_`, and starts with a letter");
    }
    if name.len() > 64 {
        return Err("a crate name has at most 64 characters");
    }
    let folded = name.to_ascii_lowercase().replace('_', "-");
    if TAKEN.contains(&folded.as_str()) {
        return Err("this name is kept for Rust, Cargo, the system or a dependency; choose another");
    }
    if is_keyword(&name.replace('-', "_")) {
        return Err("this name is a keyword of Rust; choose another");
    }
    Ok(())
}

pub(super) fn version(text: &str) -> Check {
    match Version::parse(text) {
        Ok(_) => Ok(()),
        Err(_) => Err("a version has three numbers and perhaps a suffix, as in `1.0.0` or `0.2.0-beta.1`"),
    }
}

pub(super) fn rust_version(text: &str) -> Check {
    let numbers = |text: &str| {
        let dots = text.bytes().filter(|byte| *byte == b'.').count();
        let padded = if dots == 1 { format!("{text}.0") } else { text.to_owned() };
        Version::parse(&padded).ok().filter(|version| version.pre.is_empty() && version.build.is_empty())
    };
    match (numbers(text), numbers(OLDEST_RUST)) {
        (Some(chosen), Some(oldest)) if chosen >= oldest => Ok(()),
        _ => Err("generated code needs Rust 1.85; write that or a newer one, as in `1.88`"),
    }
}

/// Whether the text reads as an SPDX expression. Names of licences are not looked up: their list grows.
pub(super) fn license(text: &str) -> Check {
    const FITS: &str = "a licence is an SPDX expression, as in `MIT` or `MIT OR Apache-2.0`";
    if text.contains('/') {
        return Err("SPDX joins licences by a word: `MIT OR Apache-2.0` instead of `MIT/Apache-2.0`");
    }
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let (mut depth, mut wants_name) = (0_usize, true);
    for word in spaced.split_whitespace() {
        match word {
            "(" if wants_name => depth += 1,
            ")" if !wants_name && depth > 0 => depth -= 1,
            "AND" | "OR" | "WITH" if !wants_name => wants_name = true,
            name if wants_name && is_license_name(name) => wants_name = false,
            _ => return Err(FITS),
        }
    }
    if depth == 0 && !wants_name { Ok(()) } else { Err(FITS) }
}

fn is_license_name(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let bare = word.strip_suffix('+').unwrap_or(word);
    !matches!(word, "AND" | "OR" | "WITH")
        && bare.starts_with(|c: char| c.is_ascii_alphanumeric())
        && bare.bytes().all(plain)
}

pub(super) fn url(text: &str) -> Check {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or("");
    let plain = rest.chars().all(|character| !character.is_whitespace() && !character.is_control());
    if rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') && plain {
        Ok(())
    } else {
        Err("write a whole URL, as in `https://example.com/client`")
    }
}

pub(super) fn line(text: &str) -> Check {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        Err("write one line of text, or leave the key out")
    } else {
        Ok(())
    }
}

pub(super) fn keyword(text: &str) -> Check {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    if text.len() <= 20 && text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.bytes().all(plain) {
        Ok(())
    } else {
        Err("a keyword has at most 20 letters, digits, `-`, `_` and `+`, and starts with a letter or digit")
    }
}

pub(super) fn category(text: &str) -> Check {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b':');
    if !text.is_empty() && text.bytes().all(plain) {
        Ok(())
    } else {
        Err("a category is a slug of https://crates.io/category_slugs, as in `api-bindings`")
    }
}

/// The path of a file below the folder of the configuration, without the steps that lead nowhere.
pub(super) fn path(text: &str) -> Result<String, &'static str> {
    const FITS: &str = "write the path of a file below the folder of the configuration, as in \"overlays/pets.yaml\"";
    let steps: Vec<&str> = text.split('/').filter(|step| *step != ".").collect();
    let plain = |step: &str| !matches!(step, "" | "..") && !step.contains(['\\', '\0', ':']);
    if steps.is_empty() || !steps.iter().copied().all(plain) { Err(FITS) } else { Ok(steps.join("/")) }
}

pub(super) fn registry(text: &str) -> Check {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.bytes().all(plain) {
        Ok(())
    } else {
        Err("name a registry as Cargo's configuration does")
    }
}

/// The pointer that a key of `[names]` writes as a URI fragment, `#/components/schemas/Pet`.
pub(super) fn pointer(text: &str) -> Result<Pointer, &'static str> {
    const FITS: &str =
        "write where the thing stands, as in \"#/components/schemas/Pet\"; `~1` is a `/` inside of a key";
    let rest = text.strip_prefix('#').filter(|rest| rest.starts_with('/')).ok_or(FITS)?;
    let escaped = rest.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    Pointer::parse(rest).filter(|_| escaped).ok_or(FITS)
}

pub(super) fn identifier(text: &str) -> Check {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') || !text.bytes().all(plain) {
        return Err("a name is an identifier of Rust: letters, digits and `_`, and no digit first");
    }
    if text.bytes().all(|byte| byte == b'_') || text.len() > 100 {
        return Err("choose a name with a letter, of at most 100 characters");
    }
    if is_keyword(text) { Err("this is a keyword of Rust; choose another name") } else { Ok(()) }
}

/// Whether an identifier-like text is a keyword of edition 2024, in any place.
fn is_keyword(text: &str) -> bool {
    // syn knows the keywords up to edition 2021; `gen` came with 2024.
    text == "gen" || syn::parse_str::<syn::Ident>(text).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: impl Fn(&str) -> Check, good: &[&str], bad: &[&str]) {
        for text in good {
            assert_eq!(rule(text), Ok(()), "{text:?}");
        }
        for text in bad {
            assert!(rule(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn crate_names_follow_cargo() {
        let long = "a".repeat(65);
        check(
            crate_name,
            &["a", "acme-client", "Acme_2", "testing", "type-s"],
            &[
                "",
                "-a",
                "2a",
                "_a",
                "a b",
                "é",
                "a.b",
                "test",
                "Core",
                "serde_json",
                "type",
                "self",
                "gen",
                "con",
                &long,
            ],
        );
    }

    #[test]
    fn versions_follow_semver() {
        check(version, &["0.1.0", "1.2.3-rc.1+build"], &["", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0 "]);
        check(
            rust_version,
            &["1.85", "1.85.0", "1.90", "2.0"],
            &["", "1", "1.84", "1.84.9", "1.85.0-beta", "stable", "1.85 "],
        );
    }

    #[test]
    fn licences_read_as_spdx() {
        check(
            license,
            &["MIT", "MIT OR Apache-2.0", "(MIT OR GPL-2.0+) AND BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"],
            &[
                "",
                "MIT/Apache-2.0",
                "MIT or Apache-2.0",
                "MIT OR",
                "OR MIT",
                "MIT MIT",
                "(MIT",
                "MIT)",
                "()",
                "MIT\u{e9}",
            ],
        );
        let deep = format!("{}MIT{}", "(".repeat(100_000), ")".repeat(100_000));
        check(license, &[&deep], &[&deep[1..]]);
    }

    #[test]
    fn text_is_what_a_manifest_takes() {
        check(
            url,
            &["https://example.com/a", "http://[::1]/"],
            &["", "example.com", "https://", "ftp://a", "https://a b"],
        );
        check(line, &["An API."], &["", " ", "a\nb", "a\u{0}"]);
        check(keyword, &["api", "c++", "2fa"], &["", "-a", "a b", "abcdefghijklmnopqrstu", "é"]);
        check(category, &["web-programming::http-client"], &["", "Web", "a b"]);
        check(registry, &["acme_internal-1"], &["", "a b", "https://a"]);
    }

    #[test]
    fn names_are_identifiers_and_pointers_point() {
        check(
            identifier,
            &["Pet", "_x", "r2", "union", "auto"],
            &[
                "", "_", "__", "2x", "a-b", "r#type", "Self", "self", "crate", "type", "gen", "async", "try", "é",
                " a", "a//",
            ],
        );
        check(
            |text| pointer(text).map(drop),
            &["#/components/schemas/Pet", "#/paths/~1pets/get", "#/a~0b"],
            &["", "#", "/components", "components/schemas/Pet", "#components", "#/a~", "#/a~2"],
        );
    }
}
