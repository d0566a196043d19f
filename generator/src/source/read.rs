//! Text to a tree: one visitor over serde_json and serde_yaml.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Node, Number, Object, Pointer};
use crate::diagnostic::catalog::source as catalog;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The largest document, in bytes.
pub const LARGEST: usize = 64 << 20;
/// How deep a document may nest. Both parsers stop there too, so no input reaches the end of the stack.
const DEEPEST: usize = 127;
/// How many nodes a document may have, aliases followed.
const MOST_NODES: usize = 4_000_000;
/// How many duplicate keys are told.
const MOST_DUPLICATES: usize = 100;

/// Reads a document, JSON or YAML by its content. `None` after saying what stands in the way.
pub fn read(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut state = State::default();
    match parse(name, text, &mut state) {
        Ok(node) => {
            for pointer in &state.duplicates {
                diagnostics.push(catalog::duplicate_key(pointer));
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
pub fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    if bytes.len() > LARGEST {
        return Err(Box::new(catalog::document_too_large(name, LARGEST >> 20)));
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| Box::new(catalog::not_text(name, fault.valid_up_to())))?;
    if text.contains('\0') {
        return Err(Box::new(catalog::not_text(name, text.find('\0').unwrap_or_default())));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
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
    Seed { state }.deserialize(serde_yaml::Deserializer::from_str(text))
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

/// What is known while a document is read.
#[derive(Default)]
struct State {
    nodes: usize,
    path: Vec<String>,
    duplicates: Vec<Pointer>,
    limit: Option<Limit>,
}

#[derive(Clone, Copy)]
enum Limit {
    Depth,
    Nodes,
}

impl Limit {
    fn diagnostic(self, name: &str, place: usize) -> Diagnostic {
        match self {
            Self::Depth => catalog::nesting_too_deep(name, place, DEEPEST),
            Self::Nodes => catalog::too_many_nodes(name, MOST_NODES),
        }
    }
}

struct Seed<'s> {
    state: &'s mut State,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.state.nodes += 1;
        let limit = match () {
            () if self.state.nodes > MOST_NODES => Some(Limit::Nodes),
            () if self.state.path.len() > DEEPEST => Some(Limit::Depth),
            () => None,
        };
        if let Some(limit) = limit {
            self.state.limit = Some(limit);
            return Err(D::Error::custom("the document exceeds a limit"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(Number::Integer(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(Number::Integer(value.into())))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(Number::Integer(value)))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(i128::try_from(value).map_or(Number::Float(value as f64), Number::Integer)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::String(value))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        loop {
            self.state.path.push(list.len().to_string());
            let item = items.next_element_seed(Seed { state: self.state })?;
            self.state.path.pop();
            match item {
                Some(item) => list.push(item),
                None => return Ok(Node::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut object = Object::new();
        let mut merged = Vec::new();
        while let Some(Key(key)) = members.next_key()? {
            self.state.path.push(key.clone());
            let value = members.next_value_seed(Seed { state: self.state })?;
            if key == "<<" {
                merged.push(value);
            } else if object.insert(key, value).is_some() && self.state.duplicates.len() < MOST_DUPLICATES {
                self.state.duplicates.push(self.state.path.iter().fold(Pointer::root(), |at, step| at.child(step)));
            }
            self.state.path.pop();
        }
        merged.into_iter().for_each(|value| merge(&mut object, value));
        Ok(Node::Object(object))
    }

    /// A tag of YAML's own says nothing that JSON could say: the value alone counts.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (_, value): (Key, _) = data.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// YAML's merge key: members of the value, unless the mapping has its own.
fn merge(object: &mut Object, value: Node) {
    match value {
        Node::Object(members) => {
            for (key, value) in members {
                object.entry(key).or_insert(value);
            }
        }
        Node::Array(items) => items.into_iter().for_each(|item| merge(object, item)),
        other => _ = object.entry("<<".to_owned()).or_insert(other),
    }
}

/// A key of a mapping. YAML also has keys that are numbers, booleans and null: their text is meant.
struct Key(String);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, value: &str) -> Result<Key, E> {
        Ok(Key(value.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Key, E> {
        Ok(Key("null".to_owned()))
    }
}

#[cfg(test)]
mod tests {
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
        check("!tag x", string("x"));
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
    fn an_alias_bomb_goes_out() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let before = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb += &format!("a{n}: &a{n} [{before}]\n");
        }
        assert_eq!(codes(&bomb).1, ["too-many-nodes"]);
    }
}
