//! Values that a description states: defaults, constants, examples.

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Literal>),
    /// A mapping.
    Map(Vec<(String, Literal)>),
}
