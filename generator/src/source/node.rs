//! The tree that every document is read into.

use super::{Object, Pointer};

/// A value of a JSON or YAML document. Members keep the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`, or nothing at all in YAML.
    Null,
    /// `true` or `false`, and in YAML no other spelling of them.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// A mapping; keys that YAML writes as numbers or booleans are their text.
    Object(Object),
}

/// A number as a document writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer that 128 bits hold.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

impl Number {
    /// The integer that this number is, also when it is written as `60.0`.
    #[allow(clippy::cast_possible_truncation)]
    pub fn as_integer(self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(value),
            // Up to 2^100 every integral float fits in 128 bits, so the cast is exact.
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 1.3e30 => Some(value as i128),
            Self::Float(_) => None,
        }
    }

    /// The number as a float, rounded where it must be.
    #[allow(clippy::cast_precision_loss)]
    pub fn as_float(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

impl Node {
    /// The member of a mapping; `None` also where this is no mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// What lies at `pointer`, seen from this node.
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.steps().try_fold(self, |node, step| match node {
            Self::Object(members) => members.get(step.as_ref()),
            Self::Array(items) => items.get(index(&step)?),
            _ => None,
        })
    }

    /// What lies at `pointer`, to change it.
    pub fn at_mut(&mut self, pointer: &Pointer) -> Option<&mut Self> {
        pointer.steps().try_fold(self, |node, step| match node {
            Self::Object(members) => members.get_mut(step.as_ref()),
            Self::Array(items) => items.get_mut(index(&step)?),
            _ => None,
        })
    }

    /// The string, where this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, where this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, where this is one.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The members, where this is a mapping.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, where this is a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Whether this is nothing, or an empty mapping or list.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Object(members) => members.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::String(_) => false,
        }
    }

    /// What this is, as a diagnostic calls it: `a mapping`, `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "a mapping",
        }
    }
}

/// The index that a step of a pointer writes: digits without a sign or leading zeros.
fn index(step: &str) -> Option<usize> {
    let is_plain = step == "0" || step.starts_with(|first: char| matches!(first, '1'..='9'));
    step.parse().ok().filter(|_| is_plain)
}
