//! What the keys of paths and responses mean.

use std::borrow::Cow;

/// What the key of a response means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum StatusKey<'k> {
    /// It is written as OpenAPI says.
    Exact,
    /// It is spelled otherwise, and this is how OpenAPI spells it.
    Spelled(Cow<'k, str>),
    /// It is no status.
    Bad,
}

/// Reads the key of a response: `200`, `4XX` or `default`.
pub(super) fn status(key: &str) -> StatusKey<'_> {
    let trimmed = key.trim();
    let canonical = match trimmed.as_bytes() {
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => Cow::Borrowed(trimmed),
        [b'1'..=b'5', b'X', b'X'] => Cow::Borrowed(trimmed),
        [hundred @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Cow::Owned(format!("{}XX", char::from(*hundred))),
        _ if trimmed.eq_ignore_ascii_case("default") => Cow::Borrowed("default"),
        _ => return StatusKey::Bad,
    };
    if canonical == key { StatusKey::Exact } else { StatusKey::Spelled(canonical) }
}

/// The path template that a key stands for: always with its leading slash.
pub(super) fn path(key: &str) -> Cow<'_, str> {
    let trimmed = key.trim();
    if trimmed.starts_with('/') { Cow::Borrowed(trimmed) } else { Cow::Owned(format!("/{trimmed}")) }
}

/// Whether a request can have this method: RFC 9110 says of what characters methods are made.
pub(super) fn is_method(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// A path template without the names of its parameters.
pub(super) fn path_without_names(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        shape.push('{');
        match after.split_once('}') {
            Some((_, after)) => rest = after,
            None => rest = after,
        }
    }
    shape.push_str(rest);
    shape
}

/// The names in braces in a template, in order.
pub(crate) fn variables(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((name, after)) = rest.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        names.push(name);
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        let spelled = |text| StatusKey::Spelled(Cow::Borrowed(text));
        let cases = [
            ("200", StatusKey::Exact),
            ("5XX", StatusKey::Exact),
            ("default", StatusKey::Exact),
            ("2xx", spelled("2XX")),
            ("200 ", spelled("200")),
            ("Default", spelled("default")),
            ("20X", StatusKey::Bad),
            ("600", StatusKey::Bad),
            ("+20", StatusKey::Bad),
            ("２００", StatusKey::Bad),
            ("", StatusKey::Bad),
        ];
        for (key, expected) in cases {
            assert_eq!(status(key), expected, "{key}");
        }
    }

    #[test]
    fn methods() {
        assert!(is_method("PURGE") && is_method("M-SEARCH"));
        assert!(!is_method("") && !is_method("GET /") && !is_method("É"));
    }

    #[test]
    fn templates() {
        assert_eq!(path("pets"), "/pets");
        assert_eq!(path_without_names("/a/{b}/c{d"), "/a/{/c{d");
        assert_eq!(path_without_names("/a/{x}.{y}"), path_without_names("/a/{p}.{q}"));
        assert_eq!(variables("https://{host}:{port}/{open"), ["host", "port"]);
    }
}
