//! What the parsers say becomes a tree, within bounds.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Node, Number, Object, Pointer};
use crate::diagnostic::catalog::source as catalog;
use crate::diagnostic::{Diagnostic, Part, Place};

/// How deep a document may nest. Both parsers stop there too, so no input reaches the end of the stack.
pub(super) const DEEPEST: usize = 127;
/// How many nodes a document may have, aliases followed.
pub(super) const MOST_NODES: usize = 4_000_000;
/// How long the paths to all nodes may be together, in bytes: later stages know places by their paths.
pub(super) const LONGEST_PATHS: usize = 1 << 30;
/// How many things are said of a document.
const MOST_NOTES: usize = 1_000;

/// What is known while a document is read.
#[derive(Default)]
pub(super) struct State {
    nodes: usize,
    depth: usize,
    /// The length of the path to the node that is read, and of the paths to all of them.
    path: usize,
    paths: usize,
    /// What there is to say of the document, each with the steps to its place, the last one first.
    notes: Vec<(Vec<String>, Note)>,
    /// The bound that the document exceeds.
    pub(super) limit: Option<Limit>,
}

impl State {
    /// Notes something of the node that is read.
    pub(super) fn note(&mut self, note: Note) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push((Vec::new(), note));
        }
    }

    /// What there is to say, and of which places.
    pub(super) fn into_notes(self) -> impl Iterator<Item = (Pointer, Note)> {
        let pointer = |steps: Vec<String>| steps.iter().rev().fold(Pointer::root(), |at, step| at.child(step));
        self.notes.into_iter().map(move |(steps, note)| (pointer(steps), note))
    }

    /// Reads what lies under a step. The steps are told to the notes on the way back, so a path costs nothing without one.
    fn within<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let (notes, length) = (self.notes.len(), step.len() + 1);
        self.path += length;
        let value = read(self);
        self.path -= length;
        self.notes.iter_mut().skip(notes).for_each(|(steps, _)| steps.push(step.to_owned()));
        value
    }

    fn exceeded(&self) -> Option<Limit> {
        match () {
            () if self.nodes > MOST_NODES => Some(Limit::Nodes),
            () if self.depth > DEEPEST + 1 => Some(Limit::Depth),
            () if self.paths > LONGEST_PATHS => Some(Limit::Keys),
            () => None,
        }
    }
}

/// Something that is to be said of a node.
#[derive(Clone, Debug)]
pub(super) enum Note {
    /// It stands under a key that the mapping has before.
    Duplicate,
    /// It has a tag that only its author knows.
    Tag(String),
    /// It is infinite, or no number.
    NotFinite,
    /// It is merged into the mapping that holds it.
    Merge,
    /// Other documents follow in the same file.
    SeveralDocuments,
}

impl Note {
    /// What is said, of the place `at` in the file `name`.
    pub(super) fn diagnostic(self, name: &str, at: &Pointer) -> Diagnostic {
        let place = |part| Place::Written(Box::new((name.to_owned(), at.clone())), part);
        match self {
            Self::Duplicate => {
                let key = at.last().unwrap_or_default();
                catalog::duplicate_key(place(Part::Key), place(Part::EarlierKey), &key)
            }
            Self::Tag(tag) => catalog::custom_tag(place(Part::Value), &tag),
            Self::NotFinite => catalog::not_finite(place(Part::Value)),
            Self::Merge => catalog::merge_key(place(Part::Key)),
            Self::SeveralDocuments => catalog::several_documents(place(Part::Value)),
        }
    }
}

/// A bound of documents.
#[derive(Clone, Copy, Debug)]
pub(super) enum Limit {
    /// How deep they nest.
    Depth,
    /// How many nodes they have.
    Nodes,
    /// How long their keys are, each counted as often as a path leads over it.
    Keys,
}

impl Limit {
    /// What is said of a document that exceeds it, where reading stopped.
    pub(super) fn diagnostic(self, name: &str, place: usize) -> Diagnostic {
        match self {
            Self::Depth => catalog::nesting_too_deep(name, place, DEEPEST),
            Self::Nodes => catalog::too_many_nodes(name, MOST_NODES),
            Self::Keys => catalog::keys_too_long(name, place),
        }
    }
}

/// Reads a node.
pub(super) struct Seed<'s> {
    pub(super) state: &'s mut State,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.state.nodes += 1;
        self.state.depth += 1;
        self.state.paths += self.state.path;
        if let Some(limit) = self.state.exceeded() {
            self.state.limit = Some(limit);
            return Err(D::Error::custom("the document exceeds a limit"));
        }
        let state = self.state;
        let node = deserializer.deserialize_any(Seed { state })?;
        state.depth -= 1;
        Ok(node)
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
        if value.is_finite() {
            return Ok(Node::Number(Number::Float(value)));
        }
        self.state.note(Note::NotFinite);
        Ok(Node::Null)
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
            let step = list.len().to_string();
            match self.state.within(&step, |state| items.next_element_seed(Seed { state }))? {
                Some(item) => list.push(item),
                None => return Ok(Node::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut object = Object::new();
        let mut merged = Vec::new();
        while let Some(Key(key)) = members.next_key()? {
            let note = match object.get(&key) {
                Some(_) => Some(Note::Duplicate),
                None => (key == "<<").then_some(Note::Merge),
            };
            let value = self.state.within(&key, |state| {
                let value = members.next_value_seed(Seed { state })?;
                note.into_iter().for_each(|note| state.note(note));
                Ok(value)
            })?;
            if key == "<<" {
                merged.push(value);
            } else {
                object.insert(key, value);
            }
        }
        merged.into_iter().for_each(|value| merge(&mut object, value));
        Ok(Node::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (Key(tag), value) = data.variant()?;
        self.state.note(Note::Tag(tag));
        value.newtype_variant_seed(self)
    }
}

/// YAML's merge key: members of the value, unless the mapping has its own.
fn merge(object: &mut Object, value: Node) {
    match value {
        Node::Object(members) => {
            for (key, value) in members {
                object.get_or_insert(&key, value);
            }
        }
        Node::Array(items) => items.into_iter().for_each(|item| merge(object, item)),
        other => _ = object.get_or_insert("<<", other),
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
