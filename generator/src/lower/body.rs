//! Request bodies, and how values become bytes.

use indexmap::IndexMap;
use openapiv3::{MediaType, RequestBody};

use super::{Context, types};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{Body, Content, Docs, NameHint, OperationId, Representation, Role, Type};
use crate::openapi;
use crate::source::Pointer;

/// Lowers a request body. The outer `None`: the operation cannot be called without it, and it cannot be expressed. The
/// inner one: there is no body.
pub(super) fn lower(cx: &mut Context<'_, '_>, id: OperationId, body: &RequestBody) -> Option<Option<Body>> {
    let origin = openapi::origin(&body.extensions);
    let role = Role::Request;
    let hint = match component(&origin, "requestBodies") {
        Some(key) => NameHint::OfComponent(key, role),
        None => NameHint::OfOperation(id, role),
    };
    if body.content.is_empty() {
        return Some(None);
    }
    let Some(content) = content(cx, &origin, &body.content, hint) else {
        return if body.required { None } else { Some(None) };
    };
    let docs = Docs { description: body.description.clone(), ..Docs::default() };
    Some(Some(Body { origin, docs, required: body.required, content }))
}

/// The key of a thing that stands under a section of `components`.
pub(super) fn component(origin: &Pointer, section: &str) -> Option<String> {
    let parent = Pointer::root().child("components").child(section);
    (origin.parent()? == parent).then(|| origin.last())?
}

/// The representation that the client speaks; `None` where it speaks none of them, which was reported.
pub(super) fn content(
    cx: &mut Context<'_, '_>,
    origin: &Pointer,
    all: &IndexMap<String, MediaType>,
    hint: NameHint,
) -> Option<Content> {
    let at = origin.child("content");
    let Some((name, media)) = all.iter().find(|(name, _)| is_json(name)) else {
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        cx.diagnostics.push(catalog::unsupported_media(&at, &names));
        return None;
    };
    let others: Vec<&str> = all.keys().map(String::as_str).filter(|other| other != name).collect();
    if !others.is_empty() {
        cx.diagnostics.push(catalog::other_media(&at, name, &others));
    }
    let schema = media.schema.as_ref().and_then(openapi::schema_handle);
    let ty = match schema.and_then(|pointer| cx.schemas.find(&pointer)) {
        Some(schema) => types::of(cx, schema, hint),
        None => Type::Any,
    };
    let media = if name.contains('*') { "application/json".to_owned() } else { name.clone() };
    Some(Content { media, representation: Representation::Json, ty })
}

/// JSON by its own media type, by a `+json` suffix, or by a wildcard that allows it.
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json"
        || essence == "*/*"
        || essence == "application/*"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_has_many_names() {
        let check = |media, expected| assert_eq!(is_json(media), expected, "{media}");
        check("application/json", true);
        check("Application/JSON; charset=utf-8", true);
        check("application/problem+json", true);
        check("*/*", true);
        check("application/x-ndjson", false);
        check("text/json", false);
        check("application/jsonlines", false);
    }
}
