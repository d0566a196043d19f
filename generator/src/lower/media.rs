//! Media types: which of them the client speaks, and how values become bytes in each.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::classify::{Class, class};
use super::{Context, event, form, multipart, types, xml};
use crate::diagnostic::catalog::http as catalog;
use crate::diagnostic::catalog::openapi::without_effect;
use crate::ir::{Content, NameHint, Representation, Scalar, Type};
use crate::openapi;
use crate::schema::{JsonType, SchemaId};
use crate::source::Pointer;

/// Which way a body goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the caller.
    Request,
    /// To the caller, who may read it while it comes.
    Success,
    /// To the caller, who has it as a whole.
    Failure,
}

/// The representations of a body, the common one first; those that are no different from an earlier one are left out.
/// `hint` names a type that has no name; the media type tells it from that of the common one.
pub(super) fn contents(
    cx: &mut Context<'_, '_>,
    origin: &Pointer,
    all: &IndexMap<String, MediaType>,
    direction: Direction,
    hint: &dyn Fn(Option<&str>) -> NameHint,
) -> Vec<Content> {
    let at = origin.child("content");
    let mut kinds: Vec<(Kind, &str, &MediaType)> =
        all.iter().map(|(name, media)| (kind(cx, direction, name, media), name.as_str(), media)).collect();
    // A stable sort: among equals the author's order counts.
    kinds.sort_by_key(|(kind, ..)| kind.rank(direction));
    let mut contents: Vec<Content> = Vec::new();
    let mut left_out = Vec::new();
    for (kind, name, media) in kinds {
        // A body that is JSON or a form as well needs no XML: the values are the same.
        let is_json_by_another_name = direction != Direction::Request && is_labelled_text(cx, name, media);
        if (kind == Kind::Xml || is_json_by_another_name) && !contents.is_empty() {
            left_out.push(name);
            continue;
        }
        let further = (!contents.is_empty()).then_some(name);
        let content = content(cx, &at.child(name), (kind, name, media), direction, hint(further));
        let is_raw = matches!(content.representation, Representation::Text | Representation::Bytes);
        match contents.iter_mut().find(|known| says_the_same(known, &content, direction)) {
            Some(known) if is_raw && direction != Direction::Request => known.alike.push(content.media),
            Some(_) => left_out.push(name),
            None => contents.push(content),
        }
    }
    if let (Some(first), false) = (contents.first(), left_out.is_empty()) {
        cx.diagnostics.push(catalog::other_media(&at, &first.media, &left_out));
    }
    contents
}

/// Whether one of two contents is enough: a request has one form, whatever the parameters of its media type. A server takes texts, bytes and patches for what their media type says.
fn says_the_same(known: &Content, other: &Content, direction: Direction) -> bool {
    let tells = |content: &Content| match content.representation {
        Representation::Text | Representation::Bytes => true,
        _ => essence(&content.media).ends_with("-patch+json"),
    };
    let is_told_apart = direction == Direction::Request && (tells(known) || tells(other));
    let are_forms = [known, other].iter().all(|content| matches!(content.representation, Representation::Form(_)));
    are_forms
        || known.ty == other.ty
            && known.representation == other.representation
            && !(is_told_apart && essence(&known.media) != essence(&other.media))
}

/// Whether objects or lists are said to be plain text, as ASP.NET does it beside JSON.
fn is_labelled_text(cx: &Context<'_, '_>, name: &str, media: &MediaType) -> bool {
    essence(name) == "text/plain" && schema(cx, media).is_some_and(|schema| is_structured(cx, schema))
}

/// What a media type is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Multipart,
    Events,
    JsonItems,
    Text,
    Bytes,
    /// XML with a structure.
    Xml,
}

impl Kind {
    /// The place in the order of preference: JSON is the common way where it is offered, and a stream is asked for.
    fn rank(self, direction: Direction) -> u8 {
        match (self, direction) {
            (Self::Json, _) => 0,
            (Self::Form, _) => 1,
            (Self::Multipart, _) => 2,
            (Self::Xml, _) => 3,
            _ => 4,
        }
    }
}

fn kind(cx: &Context<'_, '_>, direction: Direction, name: &str, media: &MediaType) -> Kind {
    let schema = schema(cx, media);
    let essence = essence(name);
    let item = item_schema(cx, media);
    let streams = direction == Direction::Success;
    let sends_items = direction == Direction::Request && (item.is_some() || schema.is_some_and(|all| is_list(cx, all)));
    let structured = schema.is_some_and(|schema| is_structured(cx, schema));
    match essence.as_str() {
        _ if schema.is_some_and(|schema| is_binary(cx, schema)) && !essence.starts_with("multipart/") => Kind::Bytes,
        "text/event-stream" if streams => Kind::Events,
        "application/jsonl" | "application/x-ndjson" | "application/ndjson" | "application/json-seq"
            if streams || sends_items =>
        {
            Kind::JsonItems
        }
        "*/*" | "application/*" => match schema.map(|schema| class(cx, schema)) {
            None | Some(Class::Any) => Kind::Bytes,
            Some(Class::Scalar(Scalar::String | Scalar::Text(_))) => Kind::Text,
            Some(_) => Kind::Json,
        },
        _ if is_json(name) => Kind::Json,
        "application/x-www-form-urlencoded" if direction == Direction::Request => Kind::Form,
        _ if essence.starts_with("multipart/") && direction == Direction::Request => Kind::Multipart,
        _ if is_xml(&essence) => {
            if structured {
                Kind::Xml
            } else {
                Kind::Text
            }
        }
        _ if is_text(&essence) => Kind::Text,
        // A text without a format goes as text whatever its media type, so that `application/sql` is no array of bytes.
        _ if schema.is_some_and(|schema| is_plain_text(cx, schema)) => Kind::Text,
        _ => Kind::Bytes,
    }
}

fn content(
    cx: &mut Context<'_, '_>,
    at: &Pointer,
    (kind, name, media): (Kind, &str, &MediaType),
    direction: Direction,
    hint: NameHint,
) -> Content {
    let schema = schema(cx, media);
    let item = item_schema(cx, media);
    if !media.encoding.is_empty() && !matches!(kind, Kind::Form | Kind::Multipart) {
        cx.diagnostics.push(catalog::encoding_without_effect(&at.child("encoding")));
    }
    if matches!(kind, Kind::Text | Kind::Bytes)
        && (item.is_some() || schema.is_some_and(|schema| is_structured(cx, schema)))
    {
        cx.diagnostics.push(catalog::raw_body(at, name));
    } else if item.is_some() && !matches!(kind, Kind::Events | Kind::JsonItems | Kind::Multipart) {
        cx.diagnostics.push(without_effect(&at.child("itemSchema")));
    }
    let value = |cx: &mut Context<'_, '_>, hint| schema.map_or(Type::Any, |schema| types::of(cx, schema, hint));
    let (representation, ty) = match kind {
        Kind::Json => (Representation::Json, value(cx, hint)),
        Kind::Form => {
            let ty = value(cx, hint);
            (Representation::Form(form::fields(cx, at, media, &ty)), ty)
        }
        Kind::Multipart => match multipart::parts(cx, at, media, schema, &hint) {
            Some(parts) => (Representation::Multipart(parts), Type::Any),
            None => (Representation::OrderedParts(multipart::by_place(cx, at, media)), Type::Any),
        },
        Kind::Events => events(cx, item, schema, hint),
        Kind::JsonItems => {
            let ty = items(cx, kind, item, schema, hint);
            let ty = if direction == Direction::Request { Type::List(Box::new(ty)) } else { ty };
            (Representation::JsonItems, ty)
        }
        Kind::Xml => {
            let ty = value(cx, hint);
            (Representation::Xml(xml::root(cx, at, schema, &ty)), ty)
        }
        Kind::Text => (Representation::Text, text_type(cx, schema, hint)),
        Kind::Bytes => (Representation::Bytes, Type::Bytes),
    };
    if !matches!(representation, Representation::OrderedParts(_)) {
        multipart::report_by_place(cx, at, media);
    }
    let media = match (name.contains('*'), kind) {
        (true, Kind::Json) => "application/json".to_owned(),
        (true, Kind::Text) => "text/plain".to_owned(),
        _ => name.to_owned(),
    };
    Content { media, alike: Vec::new(), representation, ty }
}

/// Server-sent events: values that their data spell, or objects of their fields.
fn events(
    cx: &mut Context<'_, '_>,
    item: Option<SchemaId>,
    schema: Option<SchemaId>,
    hint: NameHint,
) -> (Representation, Type) {
    let data = item.and_then(|item| event::data(cx, item, &hint));
    match (data, item) {
        (Some(data), _) => data,
        (None, Some(item)) if event::is_event(cx.schemas, item) => {
            (Representation::EventFields, types::of(cx, item, hint))
        }
        (None, _) => (Representation::Events, items(cx, Kind::Events, item, schema, hint)),
    }
}

/// The type of what comes one after the other.
fn items(
    cx: &mut Context<'_, '_>,
    kind: Kind,
    item: Option<SchemaId>,
    schema: Option<SchemaId>,
    hint: NameHint,
) -> Type {
    match (item, schema) {
        (Some(item), _) => types::of(cx, item, hint),
        // A stream that is described as a list gives the items of the list.
        (None, Some(schema)) if is_list(cx, schema) => match cx.schemas[cx.schemas.resolve(schema)].items {
            Some(items) => types::of(cx, items, hint),
            None => Type::Any,
        },
        // Lines of JSON are no texts: who says so says nothing of them.
        (None, Some(schema)) if kind == Kind::JsonItems && is_plain_text(cx, schema) => Type::Any,
        (None, Some(schema)) => types::of(cx, schema, hint),
        (None, None) => Type::Any,
    }
}

fn is_list(cx: &Context<'_, '_>, schema: SchemaId) -> bool {
    matches!(class(cx, cx.schemas.resolve(schema)), Class::List)
}

/// The schema of what comes one after the other.
fn item_schema(cx: &Context<'_, '_>, media: &MediaType) -> Option<SchemaId> {
    cx.schemas.find(&openapi::origin(&media.extensions).child("itemSchema"))
}

fn schema(cx: &Context<'_, '_>, media: &MediaType) -> Option<SchemaId> {
    let pointer = media.schema.as_ref().and_then(openapi::schema_handle)?;
    cx.schemas.find(&pointer)
}

/// A text may be an enumeration or a number; anything else is the text itself.
fn text_type(cx: &mut Context<'_, '_>, schema: Option<SchemaId>, hint: NameHint) -> Type {
    match schema.map(|schema| (schema, class(cx, cx.schemas.resolve(schema)))) {
        Some((schema, Class::Scalar(_) | Class::Enumeration)) => match types::of(cx, schema, hint) {
            Type::Nullable(inner) => *inner,
            ty => ty,
        },
        _ => Type::Scalar(Scalar::String),
    }
}

/// Whether values are lists or objects.
fn is_structured(cx: &Context<'_, '_>, schema: SchemaId) -> bool {
    let schema = cx.schemas.resolve(schema);
    matches!(class(cx, schema), Class::Record | Class::Map | Class::List | Class::Tuple | Class::Merged | Class::Union)
}

/// Whether the values are bytes: by the format of 3.0, or by the media type that 3.1 states for them.
pub(super) fn is_binary(cx: &Context<'_, '_>, schema: SchemaId) -> bool {
    let schema = &cx.schemas[cx.schemas.resolve(schema)];
    let is_text = schema.types.contains(JsonType::String);
    let untyped = schema.types.is_empty() && !schema.has_structure();
    (is_text && matches!(schema.format, Some("binary" | "file")))
        || (schema.content_media_type.is_some() && schema.content_encoding.is_none() && untyped)
}

/// Whether the values are texts of no certain format.
fn is_plain_text(cx: &Context<'_, '_>, schema: SchemaId) -> bool {
    let schema = &cx.schemas[cx.schemas.resolve(schema)];
    schema.types.contains(JsonType::String) && schema.format.is_none() && schema.content_media_type.is_none()
}

/// JSON by its own media type, by a `+json` suffix, or by a wildcard that allows it.
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*" | "application/*")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn is_xml(essence: &str) -> bool {
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || matches!(
            essence,
            "application/yaml" | "application/x-yaml" | "application/javascript" | "application/graphql"
        )
        || essence.ends_with("+yaml")
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
        check("text/json", true);
        check("*/*", true);
        check("application/x-ndjson", false);
        check("application/jsonlines", false);
    }
}
