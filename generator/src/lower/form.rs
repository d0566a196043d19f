//! Forms: how each member of an `application/x-www-form-urlencoded` body is spelled.

use openapiv3::{Encoding, MediaType, QueryStyle};

use super::{Context, media, parameter};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{Escaping, FormField, Rest, Shape, Style, Type};
use crate::openapi;
use crate::source::Pointer;

/// The members whose spelling the description states. The others follow the rule for forms: text, and JSON for objects.
pub(super) fn fields(cx: &mut Context<'_, '_>, at: &Pointer, media: &MediaType, ty: &Type) -> Vec<FormField> {
    let mut fields = Vec::new();
    for (name, encoding) in &media.encoding {
        let at = at.child("encoding").child(name);
        let Some(member) = member(cx, ty, name) else {
            cx.diagnostics.push(catalog::encoding_without_property(&at, name));
            continue;
        };
        if !encoding.headers.is_empty() {
            cx.diagnostics.push(catalog::encoding_without_effect(&at.child("headers")));
        }
        if let Some((style, escaping)) = spelling(cx, &at, name, encoding, &member) {
            fields.push(FormField { wire: name.clone(), style, escaping });
        }
    }
    fields
}

/// The type of the member of that name. One of many that no property names is of the type of those.
fn member(cx: &Context<'_, '_>, ty: &Type, name: &str) -> Option<Type> {
    match ty {
        Type::Nullable(inner) => member(cx, inner, name),
        Type::Map(values) => Some((**values).clone()),
        Type::Any => Some(Type::Any),
        Type::Named(id) => match &cx.api.types[*id].shape {
            Shape::Alias(inner) if !matches!(inner, Type::Named(_)) => member(cx, inner, name),
            Shape::Alias(_) | Shape::Union(_) => Some(Type::Any),
            Shape::Enumeration(_) => None,
            Shape::Record(record) => {
                let field = record.fields.iter().find(|field| field.wire == name).map(|field| field.ty.clone());
                field.or_else(|| match &record.rest {
                    Rest::Kept(ty) => Some(ty.clone()),
                    _ if record.kind.is_some() || record.constants.iter().any(|constant| constant.wire == name) => {
                        Some(Type::Any)
                    }
                    _ => None,
                })
            }
        },
        Type::List(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Bytes => None,
    }
}

/// The spelling that an encoding states; `None` where the rule for forms says the same.
fn spelling(
    cx: &mut Context<'_, '_>,
    at: &Pointer,
    name: &str,
    encoding: &Encoding,
    ty: &Type,
) -> Option<(Style, Escaping)> {
    let escaping = if encoding.allow_reserved { Escaping::AllowReserved } else { Escaping::All };
    if let Some((style, explode)) = stated_style(encoding) {
        return Some((parameter::query_style(cx, &style, explode, ty, (at, name)), escaping));
    }
    let content_type = encoding.content_type.as_deref()?;
    let essence = media::essence(content_type);
    if media::is_json(content_type) && !content_type.contains(['*', ',']) {
        return Some((Style::Json, Escaping::All));
    }
    if essence != "text/plain" {
        cx.diagnostics.push(catalog::encoding_media(&at.child("contentType"), content_type));
    }
    None
}

/// The style and `explode` of an encoding; `None` where none of `style`, `explode` and `allowReserved` is written.
pub(super) fn stated_style(encoding: &Encoding) -> Option<(QueryStyle, Option<bool>)> {
    let explode = openapi::extra(&encoding.extensions, "explode").and_then(|value| value.as_bool());
    let stated = encoding.style.is_some() || explode.is_some() || encoding.allow_reserved;
    stated.then(|| (encoding.style.clone().unwrap_or_default(), explode))
}
