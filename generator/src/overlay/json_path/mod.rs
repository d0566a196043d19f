//! JSONPath, RFC 9535: queries that select places of a tree.
//!
//! It is read and evaluated here since a path must lead back into our own ordered tree, with exact integers; the
//! libraries at hand work on trees of their own.

mod compare;
mod evaluate;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use regex::Regex;

use crate::source::{Node, Pointer};

pub(super) use parse::Fault;

/// A query from the root of a document.
#[derive(Debug)]
pub(super) struct JsonPath(Query);

impl JsonPath {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// Where the text leaves the grammar, and what belongs there.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        parse::parse(text).map(Self)
    }

    /// The places that the query selects, each once, in the order in which it finds them.
    pub(super) fn select(&self, root: &Node) -> Vec<Pointer> {
        let mut found: Vec<Pointer> = evaluate::select(&self.0, root);
        let mut seen = std::collections::HashSet::new();
        found.retain(|at| seen.insert(at.clone()));
        found
    }
}

/// Lengthens a path by a key.
pub(crate) fn push_key(text: &mut String, key: &str) {
    let mut characters = key.chars();
    let plain = characters.next().is_some_and(is_name_start) && characters.all(is_name);
    if plain && key.is_ascii() {
        text.push('.');
        text.push_str(key);
    } else {
        text.push('[');
        push_literal(text, key);
        text.push(']');
    }
}

/// Writes a string literal.
pub(crate) fn push_literal(text: &mut String, value: &str) {
    text.push('\'');
    for character in value.chars() {
        match character {
            '\'' | '\\' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control if control.is_control() => _ = write!(text, "\\u{:04x}", u32::from(control)),
            other => text.push(other),
        }
    }
    text.push('\'');
}

fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
}

fn is_name(character: char) -> bool {
    is_name_start(character) || character.is_ascii_digit()
}

/// A query, from the root or from the node that a filter looks at.
#[derive(Debug)]
struct Query {
    from: Start,
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Root,
    Current,
}

impl Query {
    /// Whether it selects one node at most.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            matches!(
                (segment.depth, &segment.selectors[..]),
                (Depth::Children, [Selector::Name(_) | Selector::Index(_)])
            )
        })
    }
}

#[derive(Debug)]
struct Segment {
    depth: Depth,
    selectors: Vec<Selector>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Children,
    Descendants,
}

#[derive(Debug)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    Filter(Logical),
}

/// What a filter asks of a node.
#[derive(Debug)]
enum Logical {
    Any(Vec<Logical>),
    All(Vec<Logical>),
    Not(Box<Logical>),
    Compare(Value, Comparison, Value),
    Exists(Query),
    Matches(Box<Pattern>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value, or nothing.
#[derive(Debug)]
enum Value {
    Literal(Node),
    Singular(Query),
    Length(Box<Value>),
    Count(Query),
    Only(Query),
}

/// `match` and `search`.
#[derive(Debug)]
struct Pattern {
    text: Value,
    pattern: Value,
    whole: bool,
    /// The pattern where it is a literal, which is most often; `None` where that is no pattern.
    compiled: Option<Regex>,
}
