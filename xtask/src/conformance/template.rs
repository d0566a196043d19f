//! Paths with parameters in them, held against paths as they are on the wire.

use std::collections::BTreeMap;

use generator::ir::{PathPart, PathTemplate};

/// The values of the parameters of a path, by name.
pub(super) type Captures = BTreeMap<String, String>;

/// Reads a URL with variables in braces, without what stands before its path.
pub(super) fn server(url: &str) -> PathTemplate {
    let url =
        url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| rest.get(at..).unwrap_or("")));
    let mut parts = Vec::new();
    for piece in url.trim_end_matches('/').split_inclusive('}') {
        let (text, variable) = match piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) {
            Some((text, variable)) => (text, Some(variable)),
            None => (piece, None),
        };
        if !text.is_empty() {
            parts.push(PathPart::Text(text.to_owned()));
        }
        // What comes first stands for the place of the server.
        if let Some(variable) = variable.filter(|_| !parts.is_empty()) {
            parts.push(PathPart::Param(variable.to_owned()));
        }
    }
    PathTemplate { parts }
}

/// The values of the parameters with which a template is that path.
pub(super) fn captures<'t>(template: impl IntoIterator<Item = &'t PathPart>, path: &str) -> Option<Captures> {
    let parts: Vec<&PathPart> = template.into_iter().collect();
    let mut captures = Captures::new();
    matches(&parts, path, &mut captures).then_some(captures)
}

fn matches(parts: &[&PathPart], path: &str, captures: &mut Captures) -> bool {
    let Some((first, rest)) = parts.split_first() else { return path.trim_end_matches('/').is_empty() };
    match first {
        PathPart::Text(text) => match path.strip_prefix(text.as_str()) {
            Some(after) => matches(rest, after, captures),
            // A path that ends in a slash is the same without it.
            None => rest.is_empty() && text.strip_suffix('/') == Some(path),
        },
        PathPart::Param(name) => {
            let longest = path.find('/').unwrap_or(path.len());
            let ends = path.char_indices().map(|(at, character)| at + character.len_utf8());
            let fits = |end: usize| {
                let (value, after) = path.split_at(end);
                let mut tried = captures.clone();
                tried.insert(name.clone(), value.to_owned());
                matches(rest, after, &mut tried).then_some(tried)
            };
            let found = ends.filter(|end| *end <= longest).rev().find_map(fits);
            let is_found = found.is_some();
            *captures = found.unwrap_or_default();
            is_found
        }
    }
}

/// A template with its parameters filled in.
pub(super) fn fill(template: &PathTemplate, captures: &Captures) -> String {
    let text = |part: &PathPart| match part {
        PathPart::Text(text) => text.clone(),
        PathPart::Param(name) => captures.get(name).cloned().unwrap_or_default(),
    };
    template.parts.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_held_against_templates() {
        for (template, path, expect) in [
            ("/a/b", "/a/b", "{}"),
            ("/a/b", "/a/c", "no"),
            ("/a/{id}", "/a/7", r#"{"id": "7"}"#),
            ("/a/{id}", "/a/7/8", "no"),
            ("/a{id}.json", "/a7.json", r#"{"id": "7"}"#),
            ("/a/{x}-{y}", "/a/1-2", r#"{"x": "1", "y": "2"}"#),
            ("/a/v:{v}/", "/a/v:1", r#"{"v": "1"}"#),
        ] {
            let found = captures(&server(template).parts, path);
            assert_eq!(found.map_or("no".to_owned(), |found| format!("{found:?}")), expect, "{template} {path}");
        }
    }

    #[test]
    fn a_server_is_known_by_its_path() {
        for (url, path) in
            [("https://x.y/v1", "/v1"), ("{endpoint}/v{n}/", "/v2"), ("/", ""), ("http://localhost:3000", "")]
        {
            assert_eq!(fill(&server(url), &Captures::from([("n".to_owned(), "2".to_owned())])), path, "{url}");
        }
    }
}
