//! A query on a tree.

use super::compare::{self, compare};
use super::{Depth, Logical, Pattern, Query, Segment, Selector, Start, Value};
use crate::source::{Node, Number, Pointer};

/// A node that was selected. Inside of filters nobody asks for places, so none are made there.
struct Found<'t> {
    node: &'t Node,
    at: Option<Pointer>,
}

impl<'t> Found<'t> {
    fn child(&self, step: &str, node: &'t Node) -> Self {
        Self { node, at: self.at.as_ref().map(|at| at.child(step)) }
    }

    fn children(&self) -> Vec<Self> {
        match self.node {
            Node::Object(members) => members.iter().map(|(key, node)| self.child(key, node)).collect(),
            Node::Array(items) => {
                items.iter().enumerate().map(|(index, node)| self.child(&index.to_string(), node)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The places that a query selects.
pub(super) fn select(query: &Query, root: &Node) -> Vec<Pointer> {
    let start = Found { node: root, at: Some(Pointer::root()) };
    run(&query.segments, start, root).into_iter().filter_map(|found| found.at).collect()
}

/// The nodes that a query inside of a filter selects.
fn nodes<'t>(query: &Query, root: &'t Node, current: &'t Node) -> Vec<&'t Node> {
    let node = match query.from {
        Start::Root => root,
        Start::Current => current,
    };
    run(&query.segments, Found { node, at: None }, root).into_iter().map(|found| found.node).collect()
}

fn run<'t>(segments: &[Segment], start: Found<'t>, root: &'t Node) -> Vec<Found<'t>> {
    segments.iter().fold(vec![start], |found, segment| {
        let mut next = Vec::new();
        for one in &found {
            step(segment, one, root, &mut next);
        }
        next
    })
}

fn step<'t>(segment: &Segment, from: &Found<'t>, root: &'t Node, into: &mut Vec<Found<'t>>) {
    for selector in &segment.selectors {
        apply(selector, from, root, into);
    }
    if segment.depth == Depth::Descendants {
        for child in from.children() {
            step(segment, &child, root, into);
        }
    }
}

fn apply<'t>(selector: &Selector, from: &Found<'t>, root: &'t Node, into: &mut Vec<Found<'t>>) {
    match (selector, from.node) {
        (Selector::Name(name), Node::Object(members)) => {
            into.extend(members.get(name).map(|node| from.child(name, node)));
        }
        (Selector::Wildcard, _) => into.extend(from.children()),
        (Selector::Index(index), Node::Array(items)) => {
            let index = usize::try_from(if *index < 0 { length(items) + index } else { *index }).ok();
            let found = index.and_then(|index| Some((index, items.get(index)?)));
            into.extend(found.map(|(index, node)| from.child(&index.to_string(), node)));
        }
        (Selector::Slice { start, end, step }, Node::Array(items)) => {
            for index in slice(length(items), *start, *end, *step) {
                into.extend(items.get(index).map(|node| from.child(&index.to_string(), node)));
            }
        }
        (Selector::Filter(filter), _) => {
            into.extend(from.children().into_iter().filter(|child| holds(filter, root, child.node)));
        }
        _ => {}
    }
}

fn length(items: &[Node]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

/// The indices of a slice, RFC 9535, 2.3.4.2.2.
fn slice(length: i64, start: Option<i64>, end: Option<i64>, step: i64) -> Vec<usize> {
    let normal = |index: i64| if index < 0 { length + index } else { index };
    let mut indices = Vec::new();
    if step > 0 {
        let end = normal(end.unwrap_or(length)).clamp(0, length);
        let mut index = normal(start.unwrap_or(0)).clamp(0, length);
        while index < end {
            indices.extend(usize::try_from(index));
            index = index.saturating_add(step);
        }
    } else if step < 0 {
        let end = end.map_or(-1, |end| normal(end).clamp(-1, length - 1));
        let mut index = normal(start.unwrap_or(length - 1)).clamp(-1, length - 1);
        while index > end {
            indices.extend(usize::try_from(index));
            index = index.saturating_add(step);
        }
    }
    indices
}

fn holds(filter: &Logical, root: &Node, current: &Node) -> bool {
    match filter {
        Logical::Any(parts) => parts.iter().any(|part| holds(part, root, current)),
        Logical::All(parts) => parts.iter().all(|part| holds(part, root, current)),
        Logical::Not(part) => !holds(part, root, current),
        Logical::Exists(query) => !nodes(query, root, current).is_empty(),
        Logical::Compare(left, comparison, right) => {
            let (left, right) = (evaluate(left, root, current), evaluate(right, root, current));
            compare(left.as_deref(), *comparison, right.as_deref())
        }
        Logical::Matches(pattern) => matches(pattern, root, current),
    }
}

fn matches(pattern: &Pattern, root: &Node, current: &Node) -> bool {
    let text = evaluate(&pattern.text, root, current);
    let Some(text) = text.as_deref().and_then(Node::as_str) else { return false };
    if let Some(compiled) = &pattern.compiled {
        return compiled.is_match(text);
    }
    let written = evaluate(&pattern.pattern, root, current);
    let written = written.as_deref().and_then(Node::as_str);
    written.and_then(|written| compare::compile(written, pattern.whole)).is_some_and(|regex| regex.is_match(text))
}

/// A value of the document, or one that was computed.
enum Computed<'t> {
    Node(&'t Node),
    Own(Node),
}

impl std::ops::Deref for Computed<'_> {
    type Target = Node;

    fn deref(&self) -> &Node {
        match self {
            Self::Node(node) => node,
            Self::Own(node) => node,
        }
    }
}

fn evaluate<'t>(value: &'t Value, root: &'t Node, current: &'t Node) -> Option<Computed<'t>> {
    let number =
        |count: usize| Computed::Own(Node::Number(Number::Integer(i128::try_from(count).unwrap_or(i128::MAX))));
    match value {
        Value::Literal(node) => Some(Computed::Node(node)),
        Value::Singular(query) => nodes(query, root, current).first().map(|node| Computed::Node(node)),
        Value::Count(query) => Some(number(nodes(query, root, current).len())),
        Value::Only(query) => match nodes(query, root, current)[..] {
            [only] => Some(Computed::Node(only)),
            _ => None,
        },
        Value::Length(value) => match &*evaluate(value, root, current)? {
            Node::String(text) => Some(number(text.chars().count())),
            Node::Array(items) => Some(number(items.len())),
            Node::Object(members) => Some(number(members.len())),
            _ => None,
        },
    }
}
