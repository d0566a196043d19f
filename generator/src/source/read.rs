//! Text to a tree: one visitor over serde_json and serde_yaml.

use serde::Deserialize as _;
use serde::de::DeserializeSeed as _;

use super::tree::{Limit, Note, Seed, State};
use super::{Node, brackets};
use crate::diagnostic::catalog::source as catalog;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The largest document, in bytes.
pub const LARGEST: usize = 64 << 20;

/// Reads a document, JSON or YAML by its content. `None` after saying what stands in the way.
pub fn read(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut state = State::default();
    match parse(name, text, &mut state) {
        Ok(node) => {
            for (at, note) in state.into_notes() {
                diagnostics.push(note.diagnostic(name, &at));
            }
            Some(node)
        }
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    }
}

/// The text of a file: UTF-8, without a byte order mark.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    if bytes.len() > LARGEST {
        return Err(Box::new(catalog::document_too_large(name, LARGEST >> 20)));
    }
    let mut text = String::from_utf8(bytes)
        .map_err(|fault| Box::new(catalog::not_text(name, fault.utf8_error().valid_up_to())))?;
    if let Some(place) = text.find('\0') {
        return Err(Box::new(catalog::not_text(name, place)));
    }
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

fn parse(name: &str, text: &str, state: &mut State) -> Result<Node, Box<Diagnostic>> {
    if text.trim().is_empty() {
        return Err(Box::new(catalog::empty_document(name)));
    }
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json = looks_like_json.then(|| json(text, state));
    let json_fault = match json {
        Some(Ok(node)) => return Ok(node),
        Some(Err(fault)) => Some(fault),
        None => None,
    };
    if let Some(fault) = &json_fault {
        // The parser's own bound tells itself by its words alone. To read on as YAML would take minutes.
        let bound = fault.to_string().contains("recursion limit").then_some(Limit::Depth);
        if let Some(limit) = state.limit.or(bound) {
            return Err(Box::new(limit.diagnostic(name, offset(text, fault.line(), fault.column()))));
        }
    }
    // Flow mappings of YAML begin like JSON; where neither reads, the fault of JSON is the telling one.
    *state = State::default();
    match brackets::check(text) {
        Some(brackets::Fault::TooDeep(place)) => return Err(Box::new(Limit::Depth.diagnostic(name, place))),
        Some(brackets::Fault::Syntax(place, what)) => return Err(Box::new(catalog::syntax_error(name, place, &what))),
        None => {}
    }
    match (yaml(text, state), json_fault) {
        (Ok(node), _) => Ok(node),
        (Err(fault), json_fault) => {
            let place = fault.location().map_or(0, |location| location.index().min(text.len()));
            if let Some(limit) = state.limit {
                return Err(Box::new(limit.diagnostic(name, place)));
            }
            let (place, message) = match json_fault {
                Some(fault) => (offset(text, fault.line(), fault.column()), fault.to_string()),
                None => (place, fault.to_string()),
            };
            // The YAML parser has bounds of its own, which tell themselves by their words alone.
            if message.contains("repetition limit") {
                return Err(Box::new(Limit::Nodes.diagnostic(name, place)));
            }
            if message.contains("recursion limit") {
                return Err(Box::new(Limit::Depth.diagnostic(name, place)));
            }
            Err(Box::new(catalog::syntax_error(name, floor(text, place), &message)))
        }
    }
}

fn json(text: &str, state: &mut State) -> serde_json::Result<Node> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let node = Seed { state }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(node)
}

fn yaml(text: &str, state: &mut State) -> Result<Node, serde_yaml::Error> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let node = match documents.next() {
        Some(document) => Seed { state }.deserialize(document)?,
        None => Node::Null,
    };
    // One that is empty is a separator at the end, which says nothing.
    for document in documents {
        if Option::<serde::de::IgnoredAny>::deserialize(document)?.is_some() {
            state.note(Note::SeveralDocuments);
            break;
        }
    }
    Ok(node)
}

/// The offset of a line and column, both from 1 on and counted in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// The start of the character at an offset.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::super::{Number, Sources};
    use super::*;
    use crate::diagnostic::Levels;

    fn codes(text: &str) -> (Option<Node>, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new(Levels::default());
        let node = read("t", text, &mut diagnostics);
        (node, diagnostics.iter().map(|(_, diagnostic)| diagnostic.code.name).collect())
    }

    #[test]
    fn yaml_1_2_has_few_booleans_and_json_is_yaml() {
        let check = |text: &str, expect: Node| assert_eq!(codes(text), (Some(expect), vec![]), "{text}");
        let string = |text: &str| Node::String(text.to_owned());
        check("no", string("no"));
        check("on", string("on"));
        check("08", string("08"));
        check("true", Node::Bool(true));
        check("[18446744073709552000]", Node::Array(vec![Node::Number(Number::Float(18_446_744_073_709_552_000.0))]));
        check("- -9223372036854776000", Node::Array(vec![Node::Number(Number::Integer(-9_223_372_036_854_776_000))]));
        check("{a: 1}", Node::Object([("a".to_owned(), Node::Number(Number::Integer(1)))].into_iter().collect()));
        check("200: x", Node::Object([("200".to_owned(), string("x"))].into_iter().collect()));
    }

    #[test]
    fn faults_have_codes() {
        let check = |text: &str, expect: &[&str]| assert_eq!(codes(text).1, expect, "{}", &text[..text.len().min(40)]);
        check("", &["empty-document"]);
        check("a: [", &["syntax-error"]);
        check("{\"a\": \"b", &["syntax-error"]);
        check("a: 1\na: 2\n", &["duplicate-key"]);
        check(&"[".repeat(10_000), &["nesting-too-deep"]);
        check(&format!("a: {}", "[".repeat(10_000)), &["nesting-too-deep"]);
        check(&(0..10_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>(), &["nesting-too-deep"]);
    }

    #[test]
    fn what_is_said_has_a_place() {
        let check = |text: &str, expect: (&str, &str), tree: &str| {
            let mut diagnostics = Diagnostics::new(Levels { lenient: true, ..Levels::default() });
            let mut sources = Sources::default();
            sources.add("t", text);
            let node = read("t", text, &mut diagnostics).unwrap();
            assert_eq!(node, codes(tree).0.unwrap(), "{text}");
            let said = diagnostics.iter().map(|(_, said)| {
                let (_, span) = sources.locate(&said.place).unwrap();
                (said.code.name, text[span.unwrap()].trim())
            });
            assert_eq!(said.collect::<Vec<_>>(), [expect], "{text}");
        };
        check("a: [b, !foo c]", ("custom-tag", "!foo c"), "a: [b, c]");
        check("a: !foo {b: c}", ("custom-tag", "!foo {b: c}"), "a: {b: c}");
        check("a: {maximum: .inf}", ("not-finite", ".inf"), "a: {maximum: null}");
        check("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", ("merge-key", "<<"), "a: {x: 1, y: 2}\nb: {y: 3, x: 1}");
        check("a: 1\n---\nb: 2\n", ("several-documents", "a: 1"), "a: 1");
        check("{\"x\": [{\"a\": 1, \"a\": 2}]}", ("duplicate-key", "\"a\""), "x: [{a: 2}]");
        // A separator at the end separates nothing.
        assert_eq!(codes("a: 1\n---\n").1, [""; 0]);
    }

    #[test]
    fn long_keys_are_bounded() {
        let values = "1,".repeat(100_000);
        assert_eq!(codes(&format!("{{\"{}\": [{values} 1]}}", "k".repeat(20_000))).1, ["keys-too-long"]);
        assert_eq!(codes(&format!("{{\"{}\": [1]}}", "k".repeat(1_000_000))).1, [""; 0]);
    }

    #[test]
    fn an_alias_bomb_goes_out() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let before = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb += &format!("a{n}: &a{n} [{before}]\n");
        }
        assert_eq!(codes(&bomb).1, ["too-many-nodes"]);
    }
}
