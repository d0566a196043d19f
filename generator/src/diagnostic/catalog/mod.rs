//! Every wording, by the stage that says it. A code is a `static`, and beside it stands the function that fills it in.

pub mod bundle;
pub mod config;
pub mod http;
pub mod lower;
pub mod name;
pub mod openapi;
pub mod output;
pub mod overlay;
pub mod schema;
pub mod source;
pub mod swagger;

use super::Code;
use crate::nearest;

/// Every code there is, by stage.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let stages = [
        config::CODES,
        source::CODES,
        overlay::CODES,
        bundle::CODES,
        openapi::CODES,
        swagger::CODES,
        schema::CODES,
        lower::CODES,
        http::CODES,
        name::CODES,
        output::CODES,
    ];
    stages.into_iter().flatten().copied()
}

/// The code of that name.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

/// The code whose name is nearest to one that does not exist.
pub fn nearest(name: &str) -> Option<&'static Code> {
    nearest::nearest(name, all().map(|code| code.name)).and_then(find)
}

/// Text of the document, cut where it is too long for a message.
fn brief(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
