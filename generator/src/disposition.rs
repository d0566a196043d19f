//! What becomes of each construct of a description: the terms in which the tables of [`crate::openapi`] and
//! [`crate::schema`] say it. The stages act on these tables, and SUPPORTED.md shows them.

use crate::diagnostic::{Code, catalog};

/// What becomes of a construct.
#[derive(Clone, Copy, Debug)]
pub enum Disposition {
    /// The client does what it says.
    Honoured,
    /// People read it in the documentation of the client.
    Documented,
    /// Nothing follows from it, and the client is right without it: `without-effect`, which is allowed unless the user
    /// asks for it.
    Unused,
    /// It is refused by this name: `unsupported-construct`.
    Unsupported(&'static str),
    /// A later stage reports it where it matters.
    Reported(&'static Code),
}

impl Disposition {
    /// The code that tells of it; `None` where the client has it.
    pub fn code(self) -> Option<&'static Code> {
        match self {
            Self::Honoured | Self::Documented => None,
            Self::Unused => Some(&catalog::openapi::WITHOUT_EFFECT),
            Self::Unsupported(_) => Some(&catalog::openapi::UNSUPPORTED_CONSTRUCT),
            Self::Reported(code) => Some(code),
        }
    }
}

/// A construct and what becomes of it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The object that has it, as the specification calls it: `Path Item`.
    pub object: String,
    /// The field or keyword; the keys of an object without fixed fields in angle brackets: `<path>`.
    pub name: &'static str,
    /// What its value is: `a string`.
    pub kind: &'static str,
    /// The versions of OpenAPI that have it: `3.1 and later`.
    pub versions: &'static str,
    /// What becomes of it.
    pub disposition: Disposition,
}
