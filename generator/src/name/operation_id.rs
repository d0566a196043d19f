//! Operation ids without what a framework added.

use crate::ir::{Operation, PathPart};

/// The text that an operation is named by.
pub(super) fn text(operation: &Operation) -> String {
    match &operation.id {
        Some(id) => without_path(id, operation).unwrap_or(id).to_owned(),
        None => by_path(operation),
    }
}

/// FastAPI writes `<function>_<path>_<method>`, with every character of the path that is no letter, digit or underscore
/// replaced by an underscore. Only exactly that is taken off.
fn without_path<'a>(id: &'a str, operation: &Operation) -> Option<&'a str> {
    let mut path = String::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Text(text) => path.push_str(text),
            PathPart::Param(name) => path.extend(["{", name, "}"]),
        }
    }
    let path: String = path.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let suffix = format!("{path}_{}", operation.method.to_ascii_lowercase());
    id.strip_suffix(&suffix).filter(|function| !function.is_empty())
}

/// `GET /pets/{id}/owner` is `get_pets_id_owner`.
pub(super) fn by_path(operation: &Operation) -> String {
    let mut text = operation.method.to_ascii_lowercase();
    for part in &operation.path.parts {
        text.push(' ');
        match part {
            PathPart::Text(part) => text.push_str(part),
            PathPart::Param(name) => text.push_str(name),
        }
    }
    text
}
