//! Every wording, by the stage that says it. A code is a `static`, and beside it stands the function that fills it in.

pub mod lower;
pub mod name;
pub mod openapi;
pub mod schema;
pub mod source;

use super::Code;

/// Every code there is, by stage.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [source::CODES, openapi::CODES, schema::CODES, lower::CODES, name::CODES].into_iter().flatten().copied()
}

/// The code of that name.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}
