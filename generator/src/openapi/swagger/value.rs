//! Parameters, headers and fields of forms: 2.0 describes their values by fields of their own, 3.0 by a schema.

use super::{Lift, Part, copy, schema};
use crate::diagnostic::Place;
use crate::diagnostic::catalog::openapi as say;
use crate::source::{Node, Object};

/// The keywords that describe a value.
const KEYWORDS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "title",
    "x-nullable",
];

/// A parameter in a path, query or header.
pub(super) fn parameter(lift: &mut Lift<'_, '_>, part: &Part<'_>) -> Node {
    let is_own = |key: &str| matches!(key, "name" | "in" | "description" | "required" | "allowEmptyValue" | "example");
    let is_extension = |key: &str| key.starts_with("x-") && !KEYWORDS.contains(&key);
    let mut new: Object = copy(part.node, |key| is_own(key) || is_extension(key)).collect();
    new.insert("schema".to_owned(), described(lift, part, "schema"));
    let place = part.node.get("in").and_then(Node::as_str).unwrap_or_default();
    if let Some((style, explode)) = list_style(lift, part, place) {
        new.insert("style".to_owned(), Node::String(style.to_owned()));
        new.insert("explode".to_owned(), Node::Bool(explode));
    }
    Node::Object(new)
}

/// A header of a response.
pub(super) fn header(lift: &mut Lift<'_, '_>, part: &Part<'_>) -> Node {
    let mut new: Object = copy(part.node, |key| key == "description" || key.starts_with("x-")).collect();
    new.insert("schema".to_owned(), described(lift, part, "schema"));
    list_style(lift, part, "header");
    Node::Object(new)
}

/// The schema of the value, which will stand under `field` of the new part.
pub(super) fn described(lift: &mut Lift<'_, '_>, part: &Part<'_>, field: &str) -> Node {
    let new = part.new.child(field);
    if part.node.get("type").is_none()
        && let Some(written) = part.node.get("schema")
    {
        let old = part.old.child("schema");
        lift.diagnostics.push(say::field_of_another_version(&old, "schema", "OpenAPI 3.0 and later", "2.0"));
        return lift.schema(written, &old, &new);
    }
    let mut members: Object = copy(part.node, |key| KEYWORDS.contains(&key)).collect();
    if !members.contains_key("type") {
        let reading = "any value is accepted";
        lift.diagnostics.push(say::filled_field(&part.old, "what describes a value", "type", reading));
    }
    schema::words(&mut members);
    lift.schema(&Node::Object(members), &part.old, &new)
}

/// The style that `collectionFormat` stands for, and whether each item is written apart. `None` where it is the one that
/// 3.0 assumes, or where the value is no list.
pub(super) fn list_style(lift: &mut Lift<'_, '_>, part: &Part<'_>, place: &str) -> Option<(&'static str, bool)> {
    if part.node.get("type").and_then(Node::as_str) != Some("array") {
        return None;
    }
    let in_form = matches!(place, "query" | "formData");
    let format = part.node.get("collectionFormat").and_then(Node::as_str).unwrap_or("csv");
    match format {
        "csv" if in_form => Some(("form", false)),
        "csv" => None,
        "multi" if in_form => Some(("form", true)),
        "ssv" if in_form => Some(("spaceDelimited", false)),
        "pipes" if in_form => Some(("pipeDelimited", false)),
        other => {
            let at = part.old.child("collectionFormat");
            let what = format!("the list format `{other}` here");
            lift.diagnostics.push(say::unsupported_construct(Place::value(&at), &what));
            in_form.then_some(("form", false))
        }
    }
}
