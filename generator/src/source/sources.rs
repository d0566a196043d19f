//! The files that were read, and where what lies in the effective tree comes from.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::lines::Lines;
use super::locate::Places;
use super::{Node, Pointer};
use crate::diagnostic::Place;

/// The files that were read, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    by_name: HashMap<String, usize>,
    /// Prefixes of the effective tree, and the files and places that they stand for.
    origins: Origins,
    /// The same of the tree as it was before parts of it moved; `None` where none has.
    unmoved: Option<Origins>,
}

type Origins = HashMap<Pointer, (usize, Pointer)>;

#[derive(Clone, Debug)]
struct File {
    name: String,
    text: String,
    /// Found when the first diagnostic needs it: most runs have none.
    places: OnceCell<Rc<Places>>,
    lines: OnceCell<Rc<Lines>>,
}

impl Sources {
    /// Adds a file under the name that users see.
    pub fn add(&mut self, name: &str, text: impl Into<String>) {
        if !self.by_name.contains_key(name) {
            self.by_name.insert(name.to_owned(), self.files.len());
            self.files.push(File {
                name: name.to_owned(),
                text: text.into(),
                places: OnceCell::new(),
                lines: OnceCell::new(),
            });
        }
    }

    /// Says that what lies at `prefix` of the effective tree comes from `at` in a file. The longest prefix counts.
    pub fn enter(&mut self, prefix: &Pointer, name: &str, at: &Pointer) {
        if let Some(file) = self.by_name.get(name) {
            self.origins.insert(prefix.clone(), (*file, at.clone()));
        }
    }

    /// The same place, said of the file that it lies in.
    pub fn written(&self, place: &Place) -> Place {
        match place {
            Place::Node(pointer, part) => match self.origin(pointer) {
                Some((file, at)) => Place::Written(Box::new((file.name.clone(), at)), *part),
                None => place.clone(),
            },
            other => other.clone(),
        }
    }

    /// Says that parts of the effective tree moved: each is where the first pointer says, and was where the second does.
    pub fn move_parts(&mut self, moves: Vec<(Pointer, Pointer)>) {
        let moved: Vec<(Pointer, (usize, Pointer))> = moves
            .into_iter()
            .filter_map(|(new, old)| {
                let (file, at) = self.origin(&old)?;
                Some((new, (self.order(&file.name), at)))
            })
            .collect();
        self.unmoved.get_or_insert_with(|| self.origins.clone());
        self.origins.extend(moved);
    }

    /// Where a place lies in the first document, as it was before parts of the tree moved; `None` where it lies in
    /// another one, or where that cannot be told.
    pub fn in_entry(&self, place: &Place) -> Option<Pointer> {
        let origins = self.unmoved.as_ref().unwrap_or(&self.origins);
        let at = match (place, &self.unmoved) {
            (Place::Node(at, _), None) => at.clone(),
            _ => self.whole(&self.written(place), origins)?,
        };
        // Every document is entered by its root.
        let mut prefix = at.clone();
        while origins.get(&prefix).is_none_or(|(_, from)| *from != Pointer::root()) {
            prefix = prefix.parent()?;
        }
        (prefix == Pointer::root()).then_some(at)
    }

    /// Where the whole tree has what stands at a place of a file; `None` where that is nowhere, or in several places.
    fn whole(&self, place: &Place, origins: &Origins) -> Option<Pointer> {
        let Place::Written(written, _) = place else { return None };
        let (file, at) = &**written;
        let file = self.by_name.get(file)?;
        let mut found: Vec<(usize, Pointer)> = origins
            .iter()
            .filter(|(_, (other, _))| other == file)
            .filter_map(|(prefix, (_, from))| Some((from.as_str().len(), prefix.join(&at.strip_prefix(from)?))))
            .collect();
        found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        match &found[..] {
            [(first, _), (second, _), ..] if first == second => None,
            [(_, at), ..] => Some(at.clone()),
            [] => None,
        }
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.file(name).map(|file| file.text.as_str())
    }

    /// The line and column of an offset in a file, both from 1 on, the column in characters.
    pub fn position(&self, name: &str, offset: usize) -> (usize, usize) {
        match self.file(name) {
            Some(file) => file.lines.get_or_init(|| Rc::new(Lines::of(&file.text))).position(&file.text, offset),
            None => (1, 1),
        }
    }

    /// How many files were read before that one.
    pub fn order(&self, name: &str) -> usize {
        self.by_name.get(name).copied().unwrap_or(self.files.len())
    }

    /// The file of a place, and its bytes where they can be found.
    pub fn locate(&self, place: &Place) -> Option<(&str, Option<Range<usize>>)> {
        match place {
            Place::File(name) => self.file(name).map(|file| (file.name.as_str(), None)),
            Place::Text(name, span) => self.file(name).map(|file| (file.name.as_str(), Some(span.clone()))),
            Place::Node(pointer, part) => {
                let (file, at) = self.origin(pointer)?;
                Some((file.name.as_str(), file.places().find(&file.text, &at, *part)))
            }
            Place::Written(written, part) => {
                let (name, at) = &**written;
                let file = self.file(name)?;
                Some((file.name.as_str(), file.places().find(&file.text, at, *part)))
            }
        }
    }

    fn origin(&self, pointer: &Pointer) -> Option<(&File, Pointer)> {
        let mut prefix = pointer.clone();
        loop {
            if let Some((file, at)) = self.origins.get(&prefix) {
                return Some((self.files.get(*file)?, at.join(&pointer.strip_prefix(&prefix)?)));
            }
            prefix = prefix.parent()?;
        }
    }

    fn file(&self, name: &str) -> Option<&File> {
        self.files.get(*self.by_name.get(name)?)
    }
}

impl File {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| Rc::new(Places::of(&self.text)))
    }
}

/// The line and column of an offset, both from 1 on, the column in characters.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// A tree as YAML.
pub fn to_text(node: &Node) -> String {
    serde_yaml::to_string(node).unwrap_or_default()
}

impl serde::Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(super::Number::Integer(value)) => match i64::try_from(*value) {
                Ok(value) => serializer.serialize_i64(value),
                Err(_) => serializer.serialize_i128(*value),
            },
            Self::Number(super::Number::Float(value)) => serializer.serialize_f64(*value),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members),
        }
    }
}
