//! What the generator has to say about a description: a code, a place, a message and what to do next.
//!
//! Stages push into a [`Diagnostics`]; a [`Diagnostics::bail`] stands between them. Every wording lives in [`catalog`].

pub mod catalog;
pub mod remedy;
pub mod render;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::source::{Pointer, Sources};

/// What a code stands for: one entry of the [`catalog`].
#[derive(Debug)]
pub struct Code {
    /// The name that users write in `[lints]` and after `-A`, `-W` and `-D`.
    pub name: &'static str,
    /// How serious it is unless the user says otherwise.
    pub level: Level,
    /// Whether the user may change the level.
    pub control: Control,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// For `explain`: Markdown that says what it means and how to mend it, with an example.
    pub explanation: &'static str,
}

/// Whether a code's level can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Generation cannot go on: always an error.
    Fixed,
    /// The user sets the level; `--lenient` makes an error of it a warning.
    Lint,
}

/// How a diagnostic bears on the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not shown.
    Allow,
    /// Shown; generation goes on.
    Warn,
    /// Shown; nothing is written.
    Error,
}

/// One thing that the generator has to say.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: &'static Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong there, with the names involved.
    pub message: String,
    /// Other places that the reader must see, each with what is there.
    pub related: Vec<(Place, String)>,
    /// How the thing was read, or what to do next.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic without related places.
    pub fn new(code: &'static Code, place: Place, message: String, help: impl Into<String>) -> Self {
        Self { code, place, message, related: Vec::new(), help: help.into() }
    }

    /// The same, with another place that the reader must see.
    #[must_use]
    pub fn with_related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }
}

/// A place in what the user gave us.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A whole file, by the name under which it was opened.
    File(String),
    /// A byte range of a file's text.
    Text(String, Range<usize>),
    /// A node of the description.
    Node(Pointer, Part),
    /// A node of a file as it is written there, wherever it is in the description. It is boxed, since results carry places.
    Written(Box<(String, Pointer)>, Part),
}

/// Which part of a node a diagnostic marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The key that the node stands under.
    Key,
    /// The same key where the mapping has it first, when it has it twice.
    EarlierKey,
    /// The node itself.
    Value,
}

impl Place {
    /// The node at `pointer`.
    pub fn value(pointer: &Pointer) -> Self {
        Self::Node(pointer.clone(), Part::Value)
    }

    /// The key of the node at `pointer`.
    pub fn key(pointer: &Pointer) -> Self {
        Self::Node(pointer.clone(), Part::Key)
    }
}

/// The levels that the user chose.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// `warnings`: shown warnings are errors.
    pub deny_warnings: bool,
    /// An error that generation can survive is a warning.
    pub lenient: bool,
    /// Levels by the name of a code.
    pub by_code: BTreeMap<String, Level>,
}

impl Levels {
    /// How serious `code` is under these levels.
    pub fn of(&self, code: &Code) -> Level {
        if code.control == Control::Fixed {
            return Level::Error;
        }
        let chosen = self.by_code.get(code.name).copied();
        let level = match (chosen, code.level) {
            (Some(level), _) => level,
            (None, Level::Error) if self.lenient => Level::Warn,
            (None, level) => level,
        };
        match level {
            Level::Warn if self.deny_warnings && chosen.is_none() => Level::Error,
            level => level,
        }
    }
}

/// All that was said so far, in the order in which it was found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    levels: Levels,
    items: Vec<(Level, Diagnostic)>,
}

impl Diagnostics {
    /// None yet, under the levels that the user chose.
    pub fn new(levels: Levels) -> Self {
        Self { levels, items: Vec::new() }
    }

    /// Adds one; what is allowed is forgotten.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let level = self.levels.of(diagnostic.code);
        if level != Level::Allow {
            self.items.push((level, diagnostic));
        }
    }

    /// Turns places of the description into places of files, before parts of the description move.
    pub fn settle(&mut self, sources: &Sources) {
        for (_, diagnostic) in &mut self.items {
            diagnostic.place = sources.written(&diagnostic.place);
            for (place, _) in &mut diagnostic.related {
                *place = sources.written(place);
            }
        }
    }

    /// None yet, under the same levels.
    #[must_use]
    pub fn without_items(&self) -> Self {
        Self::new(self.levels.clone())
    }

    /// Adds those of `more` that were not said of the same place already.
    pub fn extend_new(&mut self, more: Self) {
        let said: HashSet<_> = self.items.iter().map(|(_, item)| (item.code.name, item.place.clone())).collect();
        let is_new = |item: &Diagnostic| !said.contains(&(item.code.name, item.place.clone()));
        self.items.extend(more.items.into_iter().filter(|(_, item)| is_new(item)));
    }

    /// `Err` when anything so far is an error: the gate between two stages.
    pub fn bail(&self) -> Result<(), Refused> {
        if self.has_errors() { Err(Refused) } else { Ok(()) }
    }

    /// Whether anything so far is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|(level, _)| *level == Level::Error)
    }

    /// All of them with their levels.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Level, &Diagnostic)> {
        self.items.iter().map(|(level, diagnostic)| (*level, diagnostic))
    }
}

/// The description was refused; the diagnostics say why.
#[derive(Clone, Copy, Debug)]
pub struct Refused;
