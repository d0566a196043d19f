//! Forms of several parts: what each part holds and how it is sent.

use openapiv3::{Encoding, Header, MediaType, ReferenceOr};

use super::classify::{Class, class};
use super::property::{self, Property};
use super::{Context, docs, form, media, object, parameter, types};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{Access, NameHint, Part, PartHeader, PartMedia, PartValue, Presence, Role, Scalar, Type};
use crate::openapi;
use crate::schema::SchemaId;
use crate::source::Pointer;

/// The media type of content of which nothing is known.
const OCTETS: &str = "application/octet-stream";

/// The parts that the properties of a schema describe; `None` where parts are told apart by their order.
pub(super) fn parts(
    cx: &mut Context<'_, '_>,
    at: &Pointer,
    media: &MediaType,
    schema: Option<SchemaId>,
    hint: &NameHint,
) -> Option<Vec<Part>> {
    let schema = schema?;
    if matches!(class(cx, cx.schemas.resolve(schema)), Class::List | Class::Tuple) {
        return None;
    }
    let properties = object::properties(cx, schema);
    for name in media.encoding.keys().filter(|name| !properties.iter().any(|(known, ..)| known == name)) {
        cx.diagnostics.push(catalog::encoding_without_property(&at.child("encoding").child(name), name));
    }
    // What only the server sets is no part of a request.
    let is_sent = |property: &Property| property::access(cx, property) != Access::ReadOnly;
    let properties: Vec<_> = properties.into_iter().filter(|(_, property, _)| is_sent(property)).collect();
    let parts = properties.iter().filter_map(|(name, property, required)| {
        let encoding = media.encoding.get(*name);
        part(cx, at, hint, (name, property, *required), encoding)
    });
    Some(parts.collect())
}

/// The encodings by place of a body.
const BY_PLACE: [&str; 2] = ["prefixEncoding", "itemEncoding"];

/// The media types that parts have by their places. What else an encoding says has no effect: a part says itself what it
/// holds.
pub(super) fn by_place(cx: &mut Context<'_, '_>, at: &Pointer, body: &MediaType) -> PartMedia {
    let [prefix, item] = BY_PLACE.map(|field| openapi::extra(&body.extensions, field));
    let first = prefix.and_then(|all| all.as_array()).map(Vec::as_slice).unwrap_or_default();
    let places = first.iter().enumerate().map(|(index, one)| (at.child("prefixEncoding").item(index), one));
    for (at, encoding) in places.chain(item.map(|one| (at.child("itemEncoding"), one))) {
        let unread = ["headers", "style", "explode", "allowReserved"].into_iter();
        for field in unread.filter(|field| encoding.get(field).is_some()) {
            cx.diagnostics.push(catalog::encoding_without_effect(&at.child(field)));
        }
    }
    let first = first.iter().map(|one| one.get("contentType").and_then(|media| media.as_str()).unwrap_or(OCTETS));
    PartMedia {
        first: first.map(str::to_owned).collect(),
        further: item.and_then(|one| one.get("contentType")?.as_str()).map(str::to_owned),
    }
}

/// Says that encodings by place have no effect on parts with names, and on other bodies.
pub(super) fn report_by_place(cx: &mut Context<'_, '_>, at: &Pointer, body: &MediaType) {
    for field in BY_PLACE.into_iter().filter(|field| openapi::extra(&body.extensions, field).is_some()) {
        cx.diagnostics.push(catalog::encoding_without_effect(&at.child(field)));
    }
}

fn part(
    cx: &mut Context<'_, '_>,
    at: &Pointer,
    hint: &NameHint,
    (name, declared, required): (&str, &Property, bool),
    encoding: Option<&Encoding>,
) -> Option<Part> {
    let at = at.child("encoding").child(name);
    let property = declared.last()?;
    let own = &cx.schemas[property];
    let (origin, docs) = (own.pointer.clone(), docs::of_use(own, &cx.schemas[cx.schemas.resolve(property)]));
    let content_type = encoding.and_then(|encoding| encoding.content_type.clone());
    let value = match files(cx, property) {
        Some((file, repeated)) => {
            let stated = cx.schemas[cx.schemas.resolve(file)].content_media_type;
            let allowed = content_type.or_else(|| stated.map(str::to_owned));
            let allowed = allowed.unwrap_or_else(|| OCTETS.to_owned());
            if repeated { PartValue::Files(allowed) } else { PartValue::File(allowed) }
        }
        None => {
            let ty = match property::of(cx, declared, named(hint, name)) {
                Type::Nullable(inner) => *inner,
                ty => ty,
            };
            sent_value(cx, &at, (name, property), ty, encoding, content_type)
        }
    };
    let headers = encoding.map(|encoding| headers(cx, encoding, named(hint, name))).unwrap_or_default();
    let presence = if required { Presence::Required } else { Presence::Optional };
    Some(Part { origin, docs, wire: name.to_owned(), value, presence, headers })
}

fn named(hint: &NameHint, name: &str) -> NameHint {
    let role = Role::Property(name.to_owned());
    match hint {
        NameHint::OfOperation(operation, _) => NameHint::OfOperation(*operation, role),
        NameHint::OfComponent(key, _) | NameHint::Key(key) | NameHint::Listed(key) => {
            NameHint::OfComponent(key.clone(), role)
        }
        NameHint::OfPayload(payload, _) => NameHint::OfPayload(*payload, role),
        NameHint::PartOf(parent, _) => NameHint::PartOf(*parent, role),
        NameHint::Place => NameHint::Place,
    }
}

/// The schema of the file that a part is, or of each of the files that it is a list of.
fn files(cx: &Context<'_, '_>, property: SchemaId) -> Option<(SchemaId, bool)> {
    let is_file = |schema: SchemaId| {
        let resolved = &cx.schemas[cx.schemas.resolve(schema)];
        // A part without a type is any content at all.
        let untyped = resolved.boolean.is_none()
            && resolved.types.is_empty()
            && !resolved.has_structure()
            && resolved.content_encoding.is_none();
        media::is_binary(cx, schema) || untyped
    };
    if is_file(property) {
        return Some((property, false));
    }
    let list = &cx.schemas[cx.schemas.resolve(property)];
    let items = list.items.filter(|_| matches!(class(cx, cx.schemas.resolve(property)), Class::List))?;
    is_file(items).then_some((items, true))
}

fn sent_value(
    cx: &mut Context<'_, '_>,
    at: &Pointer,
    (name, property): (&str, SchemaId),
    ty: Type,
    encoding: Option<&Encoding>,
    content_type: Option<String>,
) -> PartValue {
    if let Some((style, explode)) = encoding.and_then(form::stated_style) {
        return PartValue::Styled(parameter::query_style(cx, &style, explode, &ty, (at, name)), ty);
    }
    let resolved = &cx.schemas[cx.schemas.resolve(property)];
    let is_base64 = resolved.content_encoding.is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    match content_type {
        // Of several media types none is stated: the value itself says whether it is a text or JSON.
        Some(media) if media.contains([',', '*']) => {
            cx.diagnostics.push(catalog::encoding_media(&at.child("contentType"), &media));
            PartValue::Plain(ty)
        }
        Some(media) => PartValue::Typed(media, ty),
        None if is_base64 => {
            let media = resolved.content_media_type.unwrap_or("application/octet-stream");
            PartValue::Base64(media.to_owned(), ty)
        }
        None => PartValue::Plain(ty),
    }
}

/// The headers of a part, beside its content type.
fn headers(cx: &mut Context<'_, '_>, encoding: &Encoding, hint: NameHint) -> Vec<PartHeader> {
    let mut headers = Vec::new();
    for (name, header) in &encoding.headers {
        let ReferenceOr::Item(header) = header else { continue };
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let ty = header_type(cx, header, hint.clone());
        let docs = crate::ir::Docs { description: header.description.clone(), ..crate::ir::Docs::default() };
        headers.push(PartHeader { wire: name.clone(), docs, ty });
    }
    headers
}

fn header_type(cx: &mut Context<'_, '_>, header: &Header, hint: NameHint) -> Type {
    let schema = openapi::parameter_schema(&header.format).and_then(|pointer| cx.schemas.find(&pointer));
    match schema.map(|schema| types::of(cx, schema, hint)) {
        Some(Type::Nullable(inner)) => *inner,
        Some(ty) => ty,
        None => Type::Scalar(Scalar::String),
    }
}
