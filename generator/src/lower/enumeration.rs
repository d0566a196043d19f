//! Enumerations: `enum`, `const`, and unions of nothing but strings.

use super::{Context, docs};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{Docs, Enumeration, EnumerationValue, Integer, Literal, Repr, Scalar, Shape, Type};
use crate::schema::{JsonType, Schema, SchemaId, Schemas};
use crate::source::Node;

/// What a list of values makes of a schema.
pub(super) enum Listed {
    /// A type of its own.
    Shape(Shape),
    /// A type that exists: the values are all booleans, all fractions or of several kinds.
    Type(Type),
}

/// The values that a schema lists, null aside; `None` where it lists none.
pub(super) fn values<'d>(schema: &Schema<'d>) -> Option<Vec<&'d Node>> {
    let listed: Vec<&Node> = match (schema.values, schema.constant) {
        (Some(values), _) => values.iter().collect(),
        (None, Some(value)) => vec![value],
        (None, None) => return None,
    };
    let telling: Vec<&Node> = listed.into_iter().filter(|value| **value != Node::Null).collect();
    (!telling.is_empty()).then_some(telling)
}

/// The strings that the members of a union list, where the members are strings and at least one lists its values.
/// A member that allows every string makes no difference: values that are not listed are kept anyway.
pub(super) fn joined<'d>(schemas: &Schemas<'d>, members: &[SchemaId]) -> Option<Vec<&'d Node>> {
    let mut all = Vec::new();
    for member in members {
        let schema = &schemas[schemas.resolve(*member)];
        match values(schema) {
            Some(values) if values.iter().all(|value| value.as_str().is_some()) => all.extend(values),
            None if is_plain_string(schema) => {}
            _ => return None,
        }
    }
    (!all.is_empty()).then_some(all)
}

fn is_plain_string(schema: &Schema<'_>) -> bool {
    let types = schema.types.without(JsonType::Null);
    types.contains(JsonType::String) && types.without(JsonType::String).is_empty()
}

/// Lowers the values that a schema lists.
pub(super) fn lower(cx: &mut Context<'_, '_>, id: SchemaId) -> Listed {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    let listed = match values(schema) {
        Some(values) => values,
        None => joined(schemas, &super::member::of(cx, id)).unwrap_or_default(),
    };
    let Some(repr) = repr(schema, &listed) else { return Listed::Type(untyped(cx, schema, &listed)) };
    let mut values: Vec<EnumerationValue> = Vec::new();
    for (position, value) in listed.iter().enumerate() {
        let literal = match docs::literal(value) {
            Literal::Integer(number) if repr == Repr::String => Literal::String(number.to_string()),
            Literal::Float(number) if repr == Repr::String => Literal::String(number.to_string()),
            Literal::Bool(value) if repr == Repr::String => Literal::String(value.to_string()),
            literal => literal,
        };
        if values.iter().any(|known| known.value == literal) {
            continue;
        }
        let name = text_at(schema.value_names, position);
        let docs = Docs { description: text_at(schema.value_docs, position), ..Docs::default() };
        values.push(EnumerationValue { value: literal, name, docs });
    }
    Listed::Shape(Shape::Enumeration(Enumeration { repr, values }))
}

/// What the values are; `None` where a Rust enumeration says no more than a plain type, or cannot say it.
fn repr(schema: &Schema<'_>, listed: &[&Node]) -> Option<Repr> {
    let all = |test: fn(&Node) -> bool| listed.iter().all(|value| test(value));
    let is_small = |value: &Node| integer(value).is_none_or(|value| i64::try_from(value).is_ok());
    let scalars = all(|value| !matches!(value, Node::Array(_) | Node::Object(_)));
    if all(|value| value.as_str().is_some()) || scalars && is_plain_string(schema) {
        // Where the type says string, YAML has read unquoted texts as numbers and booleans.
        return Some(Repr::String);
    }
    if all(|value| integer(value).is_some_and(|value| i64::try_from(value).is_ok())) {
        return Some(Repr::Integer(Integer::I64));
    }
    (scalars && !all(|value| value.as_bool().is_some()) && listed.iter().all(|value| is_small(value)))
        .then_some(Repr::Mixed)
}

/// The type of values that no enumeration holds.
fn untyped(cx: &mut Context<'_, '_>, schema: &Schema<'_>, listed: &[&Node]) -> Type {
    if listed.iter().all(|value| value.as_bool().is_some()) {
        return Type::Scalar(Scalar::Bool);
    }
    if listed.iter().all(|value| integer(value).is_some_and(|value| u64::try_from(value).is_ok())) {
        return Type::Scalar(Scalar::Integer(Integer::U64));
    }
    let keyword = if schema.values.is_some() { "enum" } else { "const" };
    cx.diagnostics.push(catalog::mixed_enumeration(&schema.pointer.child(keyword)));
    Type::Any
}

fn integer(value: &Node) -> Option<i128> {
    value.as_number()?.as_integer()
}

fn text_at(list: Option<&[Node]>, position: usize) -> Option<String> {
    list?.get(position)?.as_str().map(str::to_owned)
}
