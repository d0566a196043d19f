//! Headers of responses: what their values are and how they are written.

use indexmap::IndexMap;
use openapiv3::{Header, ParameterSchemaOrContent, ReferenceOr};

use super::parameter::{self, Kind};
use super::{Context, body, docs, media};
use crate::diagnostic::catalog::openapi::without_effect;
use crate::ir::{Docs, HeaderField, HeaderShape, NameHint, Role, Scalar, Type};
use crate::openapi;

/// Lowers the headers of a response. `hint` names the type of one that has no name.
pub(super) fn lower_all(
    cx: &mut Context<'_, '_>,
    headers: &IndexMap<String, ReferenceOr<Header>>,
    hint: &dyn Fn(Role) -> NameHint,
) -> Vec<HeaderField> {
    let mut fields = Vec::new();
    for (name, header) in headers {
        let ReferenceOr::Item(header) = header else { continue };
        // The media type of an answer is known from its contents.
        if name.eq_ignore_ascii_case("content-type") {
            cx.diagnostics.push(without_effect(&openapi::origin(&header.extensions)));
            continue;
        }
        fields.push(lower(cx, name, header, hint));
    }
    fields
}

fn lower(cx: &mut Context<'_, '_>, name: &str, header: &Header, hint: &dyn Fn(Role) -> NameHint) -> HeaderField {
    let origin = openapi::origin(&header.extensions);
    let hint = match body::component(&origin, "headers") {
        Some(key) => NameHint::OfComponent(key, Role::Value),
        None => hint(Role::Property(name.to_owned())),
    };
    let content = match &header.format {
        ParameterSchemaOrContent::Content(content) => content.first(),
        ParameterSchemaOrContent::Schema(_) => None,
    };
    let schema = match content {
        Some((_, media)) => media.schema.as_ref().and_then(openapi::schema_handle),
        None => openapi::parameter_schema(&header.format),
    };
    let schema = schema.and_then(|pointer| cx.schemas.find(&pointer));
    let (ty, _) = parameter::value_type(cx, schema, hint);
    let is_json = content.is_some_and(|(media, _)| media::is_json(media));
    let is_text = ty == Type::Bytes || (content.is_some() && !is_json && parameter::kind(cx, &ty) != Kind::Scalar);
    let ty = if is_text { Type::Scalar(Scalar::String) } else { ty };
    let explode = openapi::extra(&header.extensions, "explode").and_then(|value| value.as_bool()) == Some(true);
    let shape = match parameter::kind(cx, &ty) {
        _ if is_json => HeaderShape::Json,
        Kind::Scalar | Kind::Open => HeaderShape::Text,
        Kind::List => HeaderShape::List,
        Kind::Object => HeaderShape::Object { explode },
    };
    let of_schema = schema.map(|id| docs::of_use(&cx.schemas[id], &cx.schemas[cx.schemas.resolve(id)]));
    let of_schema = of_schema.unwrap_or_default();
    let docs = Docs {
        summary: None,
        description: header.description.clone().or(of_schema.description),
        deprecated: header.deprecated.unwrap_or_default() || of_schema.deprecated,
        ..of_schema
    };
    HeaderField { origin, wire: name.to_owned(), docs, required: header.required, shape, ty }
}
