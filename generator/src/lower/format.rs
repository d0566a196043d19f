//! What a format makes of a string or number: the user's choice, else the type that holds the same values.

use super::Context;
use crate::config::FormatChoice;
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{Float, Integer, Scalar};
use crate::schema::{JsonType, Schema};

/// The type of the values of a schema that are of one JSON type. A choice that holds no such values is passed over.
pub(super) fn scalar(cx: &Context<'_, '_>, schema: &Schema<'_>, json_type: JsonType) -> Scalar {
    let chosen = name(schema).and_then(|name| cx.config.formats.get(name)).map(|choice| choice.scalar);
    let natural = chosen.or_else(|| integer(schema.format?)).filter(|scalar| holds(*scalar, json_type));
    natural.unwrap_or(match json_type {
        JsonType::Integer => Scalar::Integer(Integer::I64),
        // Also where the format says `float`, which would round what the server sent.
        JsonType::Number => Scalar::Float(Float::F64),
        JsonType::Boolean => Scalar::Bool,
        _ => Scalar::String,
    })
}

/// The format of a schema. An encoding says the same of a string as the format of 3.0 did.
fn name<'d>(schema: &Schema<'d>) -> Option<&'d str> {
    schema.format.or(schema.content_encoding.filter(|encoding| *encoding == "base64").map(|_| "byte"))
}

/// The widths that the registry of formats has.
fn integer(format: &str) -> Option<Scalar> {
    let width = match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        _ => return None,
    };
    Some(Scalar::Integer(width))
}

/// Whether a type holds values of a JSON type.
fn holds(scalar: Scalar, json_type: JsonType) -> bool {
    match scalar {
        Scalar::String | Scalar::Text(_) => json_type == JsonType::String,
        Scalar::Bool => json_type == JsonType::Boolean,
        Scalar::Integer(_) => matches!(json_type, JsonType::Integer | JsonType::Number),
        Scalar::Float(_) => json_type == JsonType::Number,
        Scalar::UnixTime => json_type == JsonType::Integer,
    }
}

/// Says which choices of the user have no effect: on a schema, or at all.
pub(super) fn report(cx: &mut Context<'_, '_>) {
    let schemas = cx.schemas;
    let mut unused: Vec<(&String, &FormatChoice)> = cx.config.formats.iter().collect();
    for (_, schema) in schemas.iter() {
        let Some((format, choice)) = name(schema).and_then(|name| cx.config.formats.get_key_value(name)) else {
            continue;
        };
        unused.retain(|(known, _)| *known != format);
        let types = schema.types.without(JsonType::Null);
        if !types.is_empty() && !types.iter().any(|json_type| holds(choice.scalar, json_type)) {
            cx.diagnostics.push(catalog::format_passed_over(&schema.pointer, format, choice.place.clone()));
        }
    }
    for (format, choice) in unused {
        cx.diagnostics.push(catalog::unused_format(format, choice.place.clone()));
    }
}
