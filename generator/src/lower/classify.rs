//! What a schema is: the one decision that everything else about types follows from.

use std::collections::{HashMap, HashSet};

use super::{Context, enumeration, format, member, value};
use crate::ir::{Float, Scalar};
use crate::schema::{JsonType, Schema, SchemaId, Schemas};
use crate::source::Node;

/// What the values of a schema are, null aside.
pub(super) enum Class {
    /// Anything.
    Any,
    /// Nothing at all: `false`.
    Never,
    /// What another schema says.
    Same(SchemaId),
    /// Everything that several schemas say together.
    Merged,
    /// One of several schemas.
    Union,
    /// One of some values.
    Enumeration,
    /// An object with known properties.
    Record,
    /// An object with free properties.
    Map,
    /// A list.
    List,
    /// A list with a type for each place.
    Tuple,
    /// A string, number or boolean.
    Scalar(Scalar),
    /// One of several JSON types.
    Mixed,
}

/// Classifies a schema.
pub(super) fn class(cx: &Context<'_, '_>, id: SchemaId) -> Class {
    let schema = &cx.schemas[id];
    match schema.boolean {
        Some(true) => return Class::Any,
        Some(false) => return Class::Never,
        None => {}
    }
    if let Some(target) = schema.reference {
        return Class::Same(target);
    }
    composed(cx, id).unwrap_or_else(|| own(cx, schema))
}

/// What a schema itself says, whatever it is made of.
pub(super) fn own(cx: &Context<'_, '_>, schema: &Schema<'_>) -> Class {
    if enumeration::values(schema).is_some() { Class::Enumeration } else { by_type(cx, schema) }
}

/// Schemas that are made of other schemas.
fn composed(cx: &Context<'_, '_>, id: SchemaId) -> Option<Class> {
    let schema = &cx.schemas[id];
    if cx.children.contains_key(&id) {
        return Some(Class::Union);
    }
    if !schema.all_of.is_empty() {
        return Some(match sole_member(cx, id) {
            Some(member) => Class::Same(member),
            None => Class::Merged,
        });
    }
    if schema.one_of.is_empty() && schema.any_of.is_empty() {
        return None;
    }
    // A property that only tells the variants apart belongs to the union.
    let tag = schema.discriminator.as_ref().map(|discriminator| discriminator.property);
    if schema.properties.iter().any(|(name, _)| tag != Some(*name)) {
        return Some(Class::Record);
    }
    if enumeration::values(schema).is_some() {
        return Some(Class::Enumeration);
    }
    let members = member::of(cx, id);
    let says_nothing = |member: &SchemaId| !cx.schemas[cx.schemas.resolve(*member)].has_structure();
    let own = own(cx, schema);
    match members.as_slice() {
        [] => None,
        all if all.iter().all(says_nothing) && !matches!(own, Class::Any) => Some(own),
        [single] if matches!(own, Class::Any) || value::repeats(cx, id, &members) => Some(Class::Same(*single)),
        [_] => Some(Class::Merged),
        members if enumeration::joined(cx.schemas, members).is_some() => Some(Class::Enumeration),
        _ => Some(Class::Union),
    }
}

/// The member of `allOf` that says it all, where the schema and the other members only describe.
fn sole_member(cx: &Context<'_, '_>, id: SchemaId) -> Option<SchemaId> {
    let mut telling = cx.schemas[id].all_of.iter().copied().filter(|member| {
        let member = &cx.schemas[*member];
        member.reference.is_some() || member.has_structure()
    });
    let first = telling.next()?;
    // What a union knows by a tag of its own is a type of its own, also where it adds nothing.
    (telling.next().is_none() && cx.schemas.repeats(id, first) && !cx.tags.contains_key(&id)).then_some(first)
}

fn by_type(cx: &Context<'_, '_>, schema: &Schema<'_>) -> Class {
    let object = !schema.properties.is_empty() || schema.additional.is_some() || !schema.patterns.is_empty();
    let list = schema.items.is_some() || !schema.prefix_items.is_empty();
    let mut types = schema.types.without(JsonType::Null).iter();
    match (types.next(), types.next()) {
        (None, _) if object => of_object(schema),
        (None, _) if list => of_list(schema),
        (None, _) => Class::Any,
        (Some(JsonType::Object), None) => of_object(schema),
        (Some(JsonType::Array), None) => of_list(schema),
        (Some(json_type), None) => Class::Scalar(format::scalar(cx, schema, json_type)),
        (Some(JsonType::Integer), Some(JsonType::Number)) if types.next().is_none() => {
            Class::Scalar(Scalar::Float(Float::F64))
        }
        (Some(_), _) => Class::Mixed,
    }
}

fn of_object(schema: &Schema<'_>) -> Class {
    if schema.properties.is_empty() { Class::Map } else { Class::Record }
}

fn of_list(schema: &Schema<'_>) -> Class {
    if schema.prefix_items.is_empty() { Class::List } else { Class::Tuple }
}

/// Whether null is a value of the schema, in any of the ways to say so.
pub(super) fn is_nullable(cx: &Context<'_, '_>, id: SchemaId) -> bool {
    cx.nullable.contains(&id)
}

/// The schemas among whose values null is.
pub(super) fn nullable(schemas: &Schemas<'_>) -> HashSet<SchemaId> {
    let mut holders: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    for (id, schema) in schemas.iter() {
        for held in schema.reference.iter().chain(&schema.all_of).chain(&schema.one_of).chain(&schema.any_of) {
            holders.entry(*held).or_default().push(id);
        }
    }
    // What leads back to itself is null only where something else says so, in whatever order schemas are looked at.
    let mut known = HashSet::new();
    let mut open: Vec<SchemaId> = schemas.iter().map(|(id, _)| id).collect();
    while let Some(id) = open.pop() {
        if !known.contains(&id) && takes_null(schemas, &schemas[id], &known) {
            known.insert(id);
            open.extend(holders.get(&id).into_iter().flatten());
        }
    }
    known
}

/// Whether null is a value of a schema, as far as it is `known` of those that it is made of.
fn takes_null(schemas: &Schemas<'_>, schema: &Schema<'_>, known: &HashSet<SchemaId>) -> bool {
    if schema.nullable || schema.types.contains(JsonType::Null) {
        return true;
    }
    if let Some(values) = schema.values {
        return values.contains(&Node::Null);
    }
    // Of the members of `allOf`, all that say what values there are.
    let is_telling = |id: &&SchemaId| {
        let schema = &schemas[**id];
        schema.reference.is_some() || schema.has_structure() || schema.nullable
    };
    let mut telling = schema.all_of.iter().filter(is_telling).peekable();
    schema.constant == Some(&Node::Null)
        || schema.reference.iter().chain(&schema.one_of).chain(&schema.any_of).any(|id| known.contains(id))
        || telling.peek().is_some() && telling.all(|id| known.contains(id))
}

/// Whether null is the only value.
pub(super) fn is_null(schema: &Schema<'_>) -> bool {
    let only_type = schema.types.contains(JsonType::Null) && schema.types.without(JsonType::Null).is_empty();
    only_type || schema.constant == Some(&Node::Null) || schema.values == Some(&[Node::Null])
}
