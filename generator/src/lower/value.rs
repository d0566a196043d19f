//! Values that are no objects with properties, of which several schemas speak together.

use super::classify::{Class, own};
use super::{Context, discriminator, enumeration, member, overlap, types};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{NameHint, Role, Scalar, Shape, Type, TypeId};
use crate::schema::{JsonType, Schema, SchemaId};

/// Whether a schema itself describes such values.
pub(super) fn is_value(cx: &Context<'_, '_>, schema: &Schema<'_>) -> bool {
    match own(cx, schema) {
        Class::Scalar(_) | Class::List | Class::Tuple | Class::Enumeration | Class::Mixed => true,
        Class::Map => schema.additional.is_some() || !schema.patterns.is_empty(),
        _ => false,
    }
}

/// Lowers what the schemas `values`, all of which hold in `id`, say together: what the one says that says most.
pub(super) fn lower(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId, values: &[SchemaId]) -> Shape {
    let Some((first, others)) = values.split_first() else { return empty(cx, id) };
    let mut read = *first;
    for other in others {
        let (lost, kept) = match judge(cx, read, *other) {
            Judgement::Former => continue,
            Judgement::Latter => {
                read = *other;
                continue;
            }
            Judgement::Conflict => (*other, read),
        };
        cx.diagnostics.push(catalog::all_of_values(&cx.schemas[lost].pointer, &cx.schemas[kept].pointer));
    }
    let schema = &cx.schemas[read];
    if schema.all_of.is_empty() && read != id {
        return Shape::Alias(types::without_null(types::of(cx, read, NameHint::PartOf(named, Role::Value))));
    }
    // What stands beside a reference or `allOf` has no type of its own, so it becomes the one at hand.
    let class = own(cx, schema);
    types::shape_of_class(cx, named, read, &class)
}

/// Nothing but objects of free properties, or nothing at all.
fn empty(cx: &Context<'_, '_>, id: SchemaId) -> Shape {
    let is_object = cx.schemas.types_of(id).is_some_and(|types| types.contains(JsonType::Object));
    Shape::Alias(if is_object { Type::Map(Box::new(Type::Any)) } else { Type::Any })
}

/// Reports which of the schemas `values` say something of a value that is lost, since it must also be one of a union.
pub(super) fn report_beside(cx: &mut Context<'_, '_>, union: SchemaId, values: &[SchemaId]) {
    let members = member::of(cx, union);
    for value in values.iter().filter(|value| is_value(cx, &cx.schemas[**value])).copied().collect::<Vec<_>>() {
        if !repeats(cx, value, &members) {
            let (value, union) = (&cx.schemas[value].pointer, &cx.schemas[union].pointer);
            cx.diagnostics.push(catalog::all_of_value_beside_union(value, union));
        }
    }
}

/// Whether a schema itself says nothing of a value that every member of a union does not say.
pub(super) fn repeats(cx: &Context<'_, '_>, value: SchemaId, members: &[SchemaId]) -> bool {
    let schema = &cx.schemas[value];
    match own(cx, schema) {
        Class::Map => !says_values(cx, schema),
        Class::List | Class::Tuple if says_items(schema) => false,
        Class::Enumeration => false,
        _ => members.iter().all(|member| {
            cx.schemas.types_of(*member).is_some_and(|types| types.without(JsonType::Null).lie_within(schema.types))
        }),
    }
}

/// Which of two schemas says all that both say.
pub(super) enum Judgement {
    Former,
    Latter,
    /// Neither does, or no value is of both.
    Conflict,
}

pub(super) fn judge(cx: &Context<'_, '_>, former: SchemaId, latter: SchemaId) -> Judgement {
    use Judgement::{Conflict, Former, Latter};

    let (a, b) = (&cx.schemas[former], &cx.schemas[latter]);
    let types = a.own_types().zip(b.own_types());
    if types.is_some_and(|(a, b)| a.common(b).without(JsonType::Null).is_empty()) {
        return Conflict;
    }
    let by = |former_says: bool, latter_says: bool| match (former_says, latter_says) {
        (_, false) => Former,
        (false, true) => Latter,
        (true, true) => Conflict,
    };
    match (own(cx, a), own(cx, b)) {
        (Class::Enumeration, Class::Enumeration) => match (lists_all(b, a), lists_all(a, b)) {
            (true, _) => Former,
            (false, true) => Latter,
            (false, false) => Conflict,
        },
        (Class::Enumeration, _) => Former,
        (_, Class::Enumeration) => Latter,
        (Class::Scalar(Scalar::Float(_)), Class::Scalar(Scalar::Integer(_))) => Latter,
        (Class::Scalar(Scalar::Integer(_)), Class::Scalar(Scalar::Float(_))) => Former,
        (Class::Scalar(former), Class::Scalar(latter)) if former == latter => {
            if a.format.is_some() && b.format.is_none() { Former } else { Latter }
        }
        (Class::Scalar(_), Class::Scalar(_)) => by(a.format.is_some(), b.format.is_some()),
        (Class::List, Class::List) => match (a.items, b.items) {
            (Some(a), Some(b)) => narrower(cx, a, b),
            (a, b) => by(a.is_some(), b.is_some()),
        },
        (Class::Tuple, Class::Tuple) if overlap::reads(cx, former, latter) => Latter,
        (Class::List | Class::Tuple, Class::List | Class::Tuple) => by(says_items(a), says_items(b)),
        (Class::Map, Class::Map) => match (a.additional, b.additional) {
            (Some(held), Some(other)) if a.patterns.is_empty() && b.patterns.is_empty() => narrower(cx, held, other),
            _ => by(says_values(cx, a), says_values(cx, b)),
        },
        (Class::Mixed, Class::Mixed) => match types {
            Some((a, b)) if a.lie_within(b) => Former,
            Some((a, b)) if b.lie_within(a) => Latter,
            _ => Conflict,
        },
        (Class::Mixed, _) => Latter,
        (_, Class::Mixed) => Former,
        _ => Conflict,
    }
}

/// Which of two schemas has values that are all values of the other one too.
fn narrower(cx: &Context<'_, '_>, former: SchemaId, latter: SchemaId) -> Judgement {
    if overlap::reads(cx, former, latter) || discriminator::inherits_from(cx.schemas, latter, former) {
        return Judgement::Latter;
    }
    if overlap::reads(cx, latter, former) { Judgement::Former } else { Judgement::Conflict }
}

/// Whether one enumeration lists every value of another one.
fn lists_all(schema: &Schema<'_>, other: &Schema<'_>) -> bool {
    let listed = enumeration::values(schema).unwrap_or_default();
    enumeration::values(other).unwrap_or_default().iter().all(|value| listed.contains(value))
}

fn says_items(schema: &Schema<'_>) -> bool {
    schema.items.is_some() || !schema.prefix_items.is_empty()
}

fn says_values(cx: &Context<'_, '_>, schema: &Schema<'_>) -> bool {
    !schema.patterns.is_empty() || schema.additional.is_some_and(|values| cx.schemas[values].boolean.is_none())
}
