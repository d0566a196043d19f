//! The places in a YAML text.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser};

use super::{NONE, Open};

/// Reads on until the first document ends or the text is no YAML.
pub(super) fn scan(text: &str, open: &mut Open) {
    let characters = Characters::of(text);
    let mut anchors: HashMap<usize, u32> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        let span = characters.offset(span.start.index())..characters.offset(span.end.index());
        let (node, anchor) = match event {
            Event::DocumentEnd => break,
            Event::Scalar(text, ..) if open.awaits_key() => {
                open.key(span, Some(text.into_owned()));
                continue;
            }
            Event::Scalar(_, _, anchor, _) => (open.add(span, NONE), anchor),
            Event::SequenceStart(anchor, _) => (open.begin(span, false), anchor),
            Event::MappingStart(anchor, _) => (open.begin(span, true), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                open.end(span.end);
                continue;
            }
            Event::Alias(anchor) => {
                alias(open, anchors.get(&anchor).copied(), span);
                continue;
            }
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, node);
        }
    }
}

/// An alias is where its anchor is, and so are its members.
fn alias(open: &mut Open, anchor: Option<u32>, span: Range<u32>) {
    let place = anchor.and_then(|node| open.places.nodes.get(node as usize).copied());
    match place {
        Some(place) => _ = open.add(place.start..place.end, place.first),
        None => _ = open.add(span, NONE),
    }
}

/// Where the characters of a text begin.
struct Characters<'t> {
    text: &'t str,
    /// The offset of every 256th character; empty where each is one byte.
    blocks: Vec<usize>,
}

impl<'t> Characters<'t> {
    const BLOCK: usize = 256;

    fn of(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, blocks: Vec::new() };
        }
        Self { text, blocks: text.char_indices().step_by(Self::BLOCK).map(|(offset, _)| offset).collect() }
    }

    fn offset(&self, character: usize) -> u32 {
        let length = self.text.len();
        let offset = match self.blocks.get(character / Self::BLOCK) {
            None if self.blocks.is_empty() => character.min(length),
            None => length,
            Some(start) => {
                let within = self.text[*start..].char_indices().nth(character % Self::BLOCK);
                within.map_or(length, |(offset, _)| start + offset)
            }
        };
        u32::try_from(offset).unwrap_or(NONE)
    }
}
