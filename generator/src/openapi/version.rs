//! Which version of OpenAPI a document says that it is written in.

use crate::diagnostic::catalog::openapi as say;
use crate::diagnostic::{Diagnostics, Refused};
use crate::source::{Node, Number, Pointer};

/// A version of OpenAPI, as far as documents differ between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

impl Version {
    /// The version as its documents write it, without the patch number.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// Recognises the version; a document that is not OpenAPI, or of a version that cannot be read, is refused.
pub(super) fn recognise(tree: &Node, diagnostics: &mut Diagnostics) -> Result<Version, Refused> {
    let Some(members) = tree.as_object() else {
        diagnostics.push(say::not_openapi(&Pointer::root(), &format!("the document is {}", tree.kind())));
        return Err(Refused);
    };
    if let Some(node) = members.get("openapi") {
        let place = Pointer::root().child("openapi");
        let Some(text) = written(node) else {
            diagnostics.push(say::not_openapi(&place, &format!("`openapi` is {}", node.kind())));
            return Err(Refused);
        };
        let Some(version) = parse(text.trim()) else {
            diagnostics.push(say::not_openapi(&place, &format!("`openapi` is `{text}`")));
            return Err(Refused);
        };
        return Ok(version);
    }
    if let Some(node) = members.get("swagger") {
        let text = written(node).unwrap_or_else(|| node.kind().to_owned());
        if text.trim() == "2" || text.trim().starts_with("2.") {
            return Ok(Version::V2_0);
        }
        diagnostics.push(say::unsupported_version(&Pointer::root().child("swagger"), &text));
        return Err(Refused);
    }
    let found = match members.get("asyncapi") {
        Some(_) => "the document is AsyncAPI",
        None => "the document has no field `openapi`",
    };
    diagnostics.push(say::not_openapi(&Pointer::root(), found));
    Err(Refused)
}

/// The version as text, also where YAML made a number of it.
fn written(node: &Node) -> Option<String> {
    match node {
        Node::String(text) => Some(text.clone()),
        Node::Number(Number::Integer(value)) => Some(value.to_string()),
        Node::Number(Number::Float(value)) => Some(format!("{value:?}")),
        _ => None,
    }
}

fn parse(text: &str) -> Option<Version> {
    [Version::V3_0, Version::V3_1, Version::V3_2].into_iter().find(|version| {
        text.strip_prefix(version.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    })
}
