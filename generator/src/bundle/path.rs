//! The path and the fragment that the text of a reference consists of.

/// Why a reference names no file that may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPath {
    /// It is a URL.
    Remote,
    /// It has a query, which no file has.
    Query,
    /// It lies outside of the folder of the description.
    Outside,
}

/// The path of a file that a reference names from `base`, below the folder of the description.
pub(super) fn resolve(file: &str, base: &str) -> Result<String, NoPath> {
    let file = percent_decode(file);
    if has_scheme(&file) || file.starts_with("//") {
        return Err(NoPath::Remote);
    }
    if file.starts_with('/') || file.contains(['\\', '\0']) {
        return Err(NoPath::Outside);
    }
    if file.contains('?') {
        return Err(NoPath::Query);
    }
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in file.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop().ok_or(NoPath::Outside)?,
            step => steps.push(step),
        }
    }
    Ok(steps.join("/"))
}

/// What the URI `reference` means where the base is `base`: RFC 3986, without queries.
pub(super) fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) || base.is_empty() {
        return reference.to_owned();
    }
    let root = match base.find("://") {
        Some(end) => base[end + 3..].find('/').map_or(base.len(), |slash| end + 3 + slash),
        None => 0,
    };
    let (root, path) = base.split_at(root);
    if reference.starts_with('/') || path.is_empty() {
        let reference = reference.trim_start_matches('/');
        return format!("{root}/{reference}");
    }
    let mut steps: Vec<&str> = path.split('/').collect();
    steps.pop();
    for step in reference.split('/') {
        match step {
            "." => {}
            ".." if steps.len() > 1 => _ = steps.pop(),
            ".." => {}
            step => steps.push(step),
        }
    }
    format!("{root}{}", steps.join("/"))
}

/// Whether the text begins with the scheme of a URI.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The text without percent encoding; as it is where that makes no text.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        // Signs, which the parser of numbers takes too, are no digits here.
        let digits = after.get(..2).filter(|two| *first == b'%' && two.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_folder() {
        let check = |file: &str, base: &str, expect: Result<&str, NoPath>| {
            assert_eq!(resolve(file, base).as_deref(), expect.as_deref(), "{file} from {base}");
        };
        check("pets.yaml", "openapi.yaml", Ok("pets.yaml"));
        check("./a/../b.yaml", "openapi.yaml", Ok("b.yaml"));
        check("../b.yaml", "schemas/pet.yaml", Ok("b.yaml"));
        check("a%20b.yaml", "openapi.yaml", Ok("a b.yaml"));
        for hostile in ["../x", "a/../../x", "%2e%2e/x", "/etc/passwd", "..\\x"] {
            check(hostile, "openapi.yaml", Err(NoPath::Outside));
        }
        check("a?b", "openapi.yaml", Err(NoPath::Query));
        for remote in ["https://example.com/x", "file:///etc/passwd", "//host/x", "data:x"] {
            check(remote, "openapi.yaml", Err(NoPath::Remote));
        }
    }

    #[test]
    fn a_uri_is_relative_to_its_base() {
        let check = |base: &str, reference: &str, expect: &str| assert_eq!(join(base, reference), expect);
        check("https://example.com/a/b", "c", "https://example.com/a/c");
        check("https://example.com/a/b", "../c", "https://example.com/c");
        check("https://example.com/a/b", "/c", "https://example.com/c");
        check("https://example.com", "c", "https://example.com/c");
        check("https://example.com/a", "urn:c", "urn:c");
        check("a/b.yaml", "c.yaml", "a/c.yaml");
    }

    #[test]
    fn percent_signs() {
        assert_eq!(percent_decode("%7Bid%7D~1%C3%A4"), "{id}~1ä");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%+1%ff"), "%+1%ff");
    }
}
