//! A pointer to the bytes that it points to. The parser is an iterator of events, so no depth is too much for it.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser};

use super::Pointer;
use crate::diagnostic::Part;

/// The places of the nodes of a text.
#[derive(Debug, Default)]
pub(super) struct Places {
    nodes: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    span: Range<usize>,
    /// Steps, the spans of their keys, and the nodes that they lead to. A mapping that has a key twice keeps both.
    members: Vec<(String, Range<usize>, usize)>,
}

impl Places {
    /// Finds the places of a text, up to where it stops being YAML.
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        let offset = |marker: &Marker| {
            let start = lines.get(marker.line().saturating_sub(1)).copied().unwrap_or(text.len());
            let rest = &text[start..];
            start + rest.char_indices().nth(marker.col()).map_or(rest.len(), |(index, _)| index)
        };
        let mut builder = Builder { places: Self::default(), anchors: HashMap::new(), open: Vec::new() };
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            builder.event(event, offset(&span.start)..offset(&span.end));
        }
        builder.places
    }

    /// The place at `pointer`, or of the nearest thing above it that is there.
    pub(super) fn find(&self, pointer: &Pointer, part: Part) -> Option<Range<usize>> {
        let (mut node, mut key) = (0, None);
        for step in pointer.steps() {
            let place = self.nodes.get(node)?;
            match place.members.iter().rfind(|(name, _, _)| *name == step) {
                Some((_, span, target)) => (node, key) = (*target, Some(span.clone())),
                None => return key.or(Some(place.span.clone())),
            }
        }
        let value = self.nodes.get(node)?.span.clone();
        Some(match part {
            Part::Key => key.unwrap_or(value),
            Part::Value => value,
        })
    }
}

struct Builder {
    places: Places,
    anchors: HashMap<usize, usize>,
    open: Vec<Open>,
}

struct Open {
    node: usize,
    /// In a mapping: the key that waits for its value. In a list: none.
    key: Option<(String, Range<usize>)>,
    mapping: bool,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Scalar(text, _, anchor, _) => {
                let awaits_key = self.open.last().is_some_and(|open| open.mapping && open.key.is_none());
                if awaits_key {
                    if let Some(open) = self.open.last_mut() {
                        open.key = Some((text.into_owned(), span));
                    }
                } else {
                    self.add(span, anchor);
                }
            }
            Event::SequenceStart(anchor, _) => self.begin(span, anchor, false),
            Event::MappingStart(anchor, _) => self.begin(span, anchor, true),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let place = &mut self.places.nodes[open.node];
                    place.span.end = span.end.max(place.span.start);
                }
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(node) => self.attach(*node),
                None => _ = self.add(span, 0),
            },
            _ => {}
        }
    }

    fn begin(&mut self, span: Range<usize>, anchor: usize, mapping: bool) {
        let node = self.add(span, anchor);
        self.open.push(Open { node, key: None, mapping });
    }

    fn add(&mut self, span: Range<usize>, anchor: usize) -> usize {
        let node = self.places.nodes.len();
        self.places.nodes.push(Place { span, members: Vec::new() });
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
        self.attach(node);
        node
    }

    fn attach(&mut self, node: usize) {
        let Some(open) = self.open.last_mut() else { return };
        let members = &mut self.places.nodes[open.node].members;
        let (key, span) = match open.key.take() {
            Some(key) => key,
            None if open.mapping => return,
            None => (members.len().to_string(), 0..0),
        };
        members.push((key, span, node));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_text_of_a_node() {
        let check = |text: &str, pointer: &str, part: Part, expect: &str| {
            let span = Places::of(text).find(&Pointer::parse(pointer).unwrap(), part).unwrap();
            assert_eq!(text[span].trim_end(), expect, "{pointer} in {text}");
        };
        check("a:\n  b: [1, two]\n", "/a/b/1", Part::Value, "two");
        check("a:\n  b: [1, two]\n", "/a/b", Part::Key, "b");
        check("{\"ä\": {\"x/y\": \"z\"}}", "/ä/x~1y", Part::Value, "\"z\"");
        check("a: &x {k: v}\nb: *x\n", "/b/k", Part::Value, "v");
        check("a: 1\na: 2\n", "/a", Part::Value, "2");
        check("a: {b: 1}\n", "/a/c/d", Part::Key, "a");
    }
}
