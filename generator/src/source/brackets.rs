//! Lists and mappings in brackets that nest too deep, found before the parser of YAML meets them: its cost grows with
//! the square of their depth, and a megabyte of brackets would take it minutes.

use saphyr_parser::{Event, Parser};

use super::tree::DEEPEST;

/// From how many brackets on, more opened than closed, a text is looked at. Prose in a document may have as many, and
/// what is asked then is only asked twice.
const SUSPICIOUS: usize = 1_000;

/// What stands in the way of reading a text, and where, in bytes.
pub(super) enum Fault {
    TooDeep(usize),
    Syntax(usize, String),
}

/// Looks for nesting that the parser would take too long for.
pub(super) fn check(text: &str) -> Option<Fault> {
    if !is_suspicious(text) {
        return None;
    }
    let offset = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(offset, _)| offset);
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(Fault::TooDeep(offset(span.start.index())));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            // This parser's own bound tells itself by its words alone; it reads ahead, so it may come first.
            Err(fault) if fault.info().contains("recursion limit") => {
                return Some(Fault::TooDeep(offset(fault.marker().index())));
            }
            Err(fault) => return Some(Fault::Syntax(offset(fault.marker().index()), fault.info().to_owned())),
        }
    }
    None
}

fn is_suspicious(text: &str) -> bool {
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > SUSPICIOUS
    })
}
