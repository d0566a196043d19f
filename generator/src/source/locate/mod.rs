//! A pointer to the bytes that it points to. Both readers work off a list and never call themselves, so no depth is too
//! much for them.

mod json;
mod yaml;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::Pointer;
use crate::diagnostic::Part;

/// In the place of an index: none.
const NONE: u32 = u32::MAX;
/// How many members are looked through one by one before they get an index.
const FEW: usize = 64;

/// The places of the nodes of a text.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The root first.
    nodes: Vec<Place>,
    /// The keys of YAML, by node, without quotes and escapes; those of JSON are read from the text.
    keys: HashMap<u32, String>,
    /// The first and the last node under each key, of nodes with many members that were looked into.
    wide: RefCell<HashMap<u32, HashMap<String, (u32, u32)>>>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    end: u32,
    /// Where the key stands; [`NONE`] for an item of a list.
    key: (u32, u32),
    first: u32,
    /// The next member of what holds this one. A mapping that has a key twice keeps both.
    next: u32,
}

impl Places {
    /// Finds the places of a text, up to where it stops being JSON or YAML.
    pub(super) fn of(text: &str) -> Self {
        let mut open = Open::default();
        if text.trim_start().starts_with(['{', '[']) && json::scan(text, &mut open) {
            return open.places;
        }
        let mut open = Open::default();
        yaml::scan(text, &mut open);
        open.places
    }

    /// The place at `pointer`, or of the nearest thing above it that is there.
    pub(super) fn find(&self, text: &str, pointer: &Pointer, part: Part) -> Option<Range<usize>> {
        let last = pointer.steps().count();
        let mut node = 0;
        for (number, step) in (1..).zip(pointer.steps()) {
            let found = self.member(text, node, &step);
            match found {
                Some((first, _)) if number == last && part == Part::EarlierKey => node = first,
                Some((_, last)) => node = last,
                None => {
                    let place = self.nodes.get(node as usize)?;
                    return Some(place.key().unwrap_or(place.value()));
                }
            }
        }
        let place = self.nodes.get(node as usize)?;
        Some(match part {
            Part::Key | Part::EarlierKey => place.key().unwrap_or(place.value()),
            Part::Value => place.value(),
        })
    }

    /// The first and the last member that the step leads to.
    fn member(&self, text: &str, node: u32, step: &str) -> Option<(u32, u32)> {
        if let Some(members) = self.wide.borrow().get(&node) {
            return members.get(step).copied();
        }
        let members: Vec<(u32, Place)> = self.members(node).collect();
        let name = |(position, (index, place)): (usize, &(u32, Place))| match place.key() {
            Some(span) => self.keys.get(index).cloned().unwrap_or_else(|| json::unquote(&text[span])),
            None => position.to_string(),
        };
        if members.len() <= FEW {
            let mut found = members.iter().enumerate().filter(|member| name(*member) == step);
            let (first, _) = found.next()?.1;
            return Some((*first, found.last().map_or(*first, |(_, (last, _))| *last)));
        }
        let mut by_name: HashMap<String, (u32, u32)> = HashMap::with_capacity(members.len());
        for member in members.iter().enumerate() {
            let index = member.1.0;
            by_name.entry(name(member)).and_modify(|(_, last)| *last = index).or_insert((index, index));
        }
        let found = by_name.get(step).copied();
        self.wide.borrow_mut().insert(node, by_name);
        found
    }

    fn members(&self, node: u32) -> impl Iterator<Item = (u32, Place)> {
        let mut next = self.nodes.get(node as usize).map_or(NONE, |place| place.first);
        std::iter::from_fn(move || {
            let index = next;
            let place = *self.nodes.get(index as usize)?;
            next = place.next;
            Some((index, place))
        })
    }
}

impl Place {
    fn value(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn key(&self) -> Option<Range<usize>> {
        (self.key.0 != NONE).then_some(self.key.0 as usize..self.key.1 as usize)
    }
}

/// Places while a text is read: those that are complete, and the collections that are open.
#[derive(Default)]
struct Open {
    places: Places,
    stack: Vec<Collection>,
}

struct Collection {
    node: u32,
    last: u32,
    is_mapping: bool,
    /// In a mapping: the key that waits for its value, and its text where the reader knows it.
    key: Option<(Range<u32>, Option<String>)>,
}

impl Open {
    /// Whether the next scalar is a key.
    fn awaits_key(&self) -> bool {
        self.stack.last().is_some_and(|open| open.is_mapping && open.key.is_none())
    }

    fn key(&mut self, span: Range<u32>, text: Option<String>) {
        if let Some(open) = self.stack.last_mut() {
            open.key = Some((span, text));
        }
    }

    /// Adds a node, and attaches it to the collection that is open.
    fn add(&mut self, span: Range<u32>, first: u32) -> u32 {
        let node = u32::try_from(self.places.nodes.len()).unwrap_or(NONE);
        let mut place = Place { start: span.start, end: span.end, key: (NONE, NONE), first, next: NONE };
        if let Some(open) = self.stack.last_mut() {
            if let Some((span, text)) = open.key.take() {
                place.key = (span.start, span.end);
                self.places.keys.extend(text.map(|text| (node, text)));
            }
            let before = std::mem::replace(&mut open.last, node);
            match self.places.nodes.get_mut(before as usize) {
                Some(before) => before.next = node,
                None => {
                    if let Some(holder) = self.places.nodes.get_mut(open.node as usize) {
                        holder.first = node;
                    }
                }
            }
        }
        self.places.nodes.push(place);
        node
    }

    fn begin(&mut self, span: Range<u32>, is_mapping: bool) -> u32 {
        let node = self.add(span, NONE);
        self.stack.push(Collection { node, last: NONE, is_mapping, key: None });
        node
    }

    fn end(&mut self, end: u32) {
        let node = self.stack.pop().map_or(NONE, |open| open.node);
        if let Some(place) = self.places.nodes.get_mut(node as usize) {
            place.end = end.max(place.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_text_of_a_node() {
        let check = |text: &str, pointer: &str, part: Part, expect: &str| {
            let span = Places::of(text).find(text, &Pointer::parse(pointer).unwrap(), part).unwrap();
            assert_eq!(text[span].trim_end(), expect, "{pointer} in {text}");
        };
        check("a:\n  b: [1, two]\n", "/a/b/1", Part::Value, "two");
        check("a:\n  b: [1, two]\n", "/a/b", Part::Key, "b");
        check("ä: [ö, {ü: é}]\n", "/ä/1/ü", Part::Value, "é");
        check("{\"ä\": {\"x/y\": \"z\"}}", "/ä/x~1y", Part::Value, "\"z\"");
        check("{\"a\\u0062\": [\"]\\\"\", -1.5e3, null]}", "/ab/1", Part::Value, "-1.5e3");
        check("{\"a\": [{}, {\"b\": []}], \"c\": true}", "/a/1", Part::Value, "{\"b\": []}");
        check("{a: [b, c]}", "/a/1", Part::Value, "c");
        check("a: &x {k: v}\nb: *x", "/b/k", Part::Value, "v");
        check("a: 1\na: 2\n", "/a", Part::Value, "2");
        check("{\"a\": 1, \"a\": 2}", "/a", Part::Value, "2");
        check("{\"x\": {\"a\": 1, \"a\" : 2}}", "/x/a", Part::EarlierKey, "\"a\"");
        check("a: {b: 1}\n", "/a/c/d", Part::Key, "a");
        let wide: String = (0..200).map(|number| format!("k{number}: v{number}\n")).collect();
        check(&wide, "/k150", Part::Value, "v150");
    }

    #[test]
    fn an_earlier_key_is_another_place() {
        let text = "{\"x\": {\"a\": 1, \"a\": 2}}";
        let find = |part| Places::of(text).find(text, &Pointer::parse("/x/a").unwrap(), part).unwrap().start;
        assert_eq!((find(Part::EarlierKey), find(Part::Key)), (7, 15));
    }
}
