//! Why a JSON text could not be read as a type.

use std::fmt::{self, Write};

use super::json::Kind;

/// Why a JSON text could not be read as the type that the API describes.
///
/// It says where, what was expected and what kind of value was found. It never says the value itself, which may be
/// secret; the one exception is an integer that does not fit its type.
#[derive(Clone, PartialEq)]
pub struct DecodeError(Box<Detail>);

#[derive(Clone, PartialEq)]
struct Detail {
    /// The way to the value, innermost step first.
    steps: Vec<Step>,
    reason: Reason,
}

#[derive(Clone, PartialEq)]
enum Step {
    Key(Box<str>),
    Index(usize),
}

#[derive(Clone, PartialEq)]
pub(super) enum Reason {
    Empty,
    Syntax { line: usize, column: usize, cut: bool },
    NotXml { line: usize, column: usize, cut: bool },
    Missing,
    Mismatch { expected: &'static str, found: Kind },
    OutOfRange { expected: &'static str, found: i128 },
    Unexpected(&'static str),
    NoVariant(Vec<(&'static str, DecodeError)>),
    TooCostly,
}

impl DecodeError {
    #[cold]
    pub(super) fn new(reason: Reason) -> Self {
        Self(Box::new(Detail { steps: Vec::new(), reason }))
    }

    /// The error of a value that is not what was `expected`, which is a phrase such as `a string`.
    #[cold]
    pub fn mismatch(expected: &'static str, found: Kind) -> Self {
        Self::new(Reason::Mismatch { expected, found })
    }

    /// The error of a value for which `message` says what is wrong; the message must not hold the value.
    #[cold]
    pub fn unexpected(message: &'static str) -> Self {
        Self::new(Reason::Unexpected(message))
    }

    /// The error of a text that is no XML from that place on, or that ends there too early.
    #[cold]
    pub fn not_xml(line: usize, column: usize, cut: bool) -> Self {
        Self::new(Reason::NotXml { line, column, cut })
    }

    #[cold]
    pub(super) fn missing(name: &str) -> Self {
        Self::new(Reason::Missing).inside(name)
    }

    /// The same error, seen from the object that holds the value as its member `name`.
    #[cold]
    pub fn inside(mut self, name: &str) -> Self {
        self.0.steps.push(Step::Key(name.into()));
        self
    }

    /// The same error, seen from the list that holds the value at `index`.
    #[cold]
    pub fn inside_list(mut self, index: usize) -> Self {
        self.0.steps.push(Step::Index(index));
        self
    }

    /// Where the value is, as a JSON Pointer: `/detail/0/loc`, and empty for the whole text.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Key(key) => path.extend(["/", &key.replace('~', "~0").replace('/', "~1")]),
                Step::Index(index) => path.extend(["/", &index.to_string()]),
            }
        }
        path
    }

    /// Whether a member that the type needs is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self.0.reason, Reason::Missing)
    }

    /// Whether the text is not JSON, or XML, at all: empty, cut off, or something else such as HTML.
    pub fn is_syntax(&self) -> bool {
        matches!(self.0.reason, Reason::Empty | Reason::Syntax { .. } | Reason::NotXml { .. })
    }

    /// The error without what its variants said, so that errors of unions inside unions stay small.
    pub(super) fn without_variants(mut self) -> Self {
        if let Reason::NoVariant(variants) = &mut self.0.reason {
            variants.clear();
        }
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.steps.is_empty() {
            write!(f, "at {}: ", self.path().escape_debug())?;
        }
        match &self.0.reason {
            Reason::Empty => f.write_str("expected JSON, found nothing"),
            Reason::Syntax { line, column, cut: true } => {
                write!(f, "the JSON ends early, at line {line} column {column}")
            }
            Reason::Syntax { line, column, cut: false } => {
                write!(f, "this is not JSON, at line {line} column {column}")
            }
            Reason::NotXml { line, column, cut } => {
                let what = if *cut { "the XML ends early" } else { "this is not XML" };
                write!(f, "{what}, at line {line} column {column}")
            }
            Reason::Missing => f.write_str("this member is missing"),
            Reason::Mismatch { expected, found } => write!(f, "expected {expected}, found {}", found.as_str()),
            Reason::OutOfRange { expected, found } => write!(f, "expected {expected}, found {found}"),
            Reason::Unexpected(message) => f.write_str(message),
            Reason::NoVariant(variants) => {
                f.write_str("no variant fits")?;
                let mut before = " (";
                for (name, error) in variants {
                    write!(f, "{before}{name}: {error}")?;
                    before = "; ";
                }
                if variants.is_empty() { Ok(()) } else { f.write_char(')') }
            }
            Reason::TooCostly => f.write_str("there are too many ways to read this union"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
