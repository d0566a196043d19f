//! Unions: `oneOf` and `anyOf`, and how a value says which variant it is.

use std::collections::HashMap;

use super::classify::is_null;
use super::{Context, docs, enumeration, types};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{NameHint, Origin, Role, Shape, Tag, Test, Type, TypeId, Union, Variant};
use crate::schema::{SchemaId, Schemas};
use crate::source::Pointer;

/// The members of `oneOf`, else of `anyOf`, that are more than null.
pub(super) fn members(cx: &Context<'_, '_>, id: SchemaId) -> Vec<SchemaId> {
    members_of(cx.schemas, id)
}

fn members_of(schemas: &Schemas<'_>, id: SchemaId) -> Vec<SchemaId> {
    let schema = &schemas[id];
    let all = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
    all.iter().copied().filter(|member| !is_null(&schemas[*member])).collect()
}

/// The properties that tell the variants of unions apart, by the schema of the variant. Known before any type is
/// lowered, since the property belongs to the union and not to its variants.
pub(super) fn tags<'d>(schemas: &Schemas<'d>) -> HashMap<SchemaId, &'d str> {
    let mut tags = HashMap::new();
    for (id, _) in schemas.iter() {
        let members = members_of(schemas, id);
        if let Some(plan) = plan(schemas, id, &members) {
            tags.extend(members.iter().map(|member| (schemas.resolve(*member), plan.property)));
        }
    }
    tags
}

/// How the members of a union are told apart by a property: its name, and the values that select each member.
struct Plan<'d> {
    property: &'d str,
    values: Vec<Vec<String>>,
}

fn plan<'d>(schemas: &Schemas<'d>, id: SchemaId, members: &[SchemaId]) -> Option<Plan<'d>> {
    if members.len() < 2 {
        return None;
    }
    stated(schemas, id, members).or_else(|| constants(schemas, members))
}

/// The plan that a discriminator states.
fn stated<'d>(schemas: &Schemas<'d>, id: SchemaId, members: &[SchemaId]) -> Option<Plan<'d>> {
    let discriminator = schemas[id].discriminator.as_ref()?;
    let mut values = Vec::with_capacity(members.len());
    for member in members {
        let target = schemas.resolve(*member);
        let mapped = discriminator.mapping.iter().filter(|(_, name)| mapped_schema(schemas, name) == Some(target));
        let mut tags: Vec<String> = mapped.map(|(tag, _)| (*tag).to_owned()).collect();
        if tags.is_empty() {
            match value_of(schemas, target, discriminator.property) {
                Some(tag) => tags.push(tag.to_owned()),
                // Without a mapping a member is known by its component's key; an inline one has none.
                None => tags.push(schemas[*member].reference.and_then(|_| schemas[target].pointer.last())?),
            }
        }
        values.push(tags);
    }
    Some(Plan { property: discriminator.property, values })
}

/// The schema that a value of `mapping` names: by a reference, or by the key of a component.
fn mapped_schema(schemas: &Schemas<'_>, name: &str) -> Option<SchemaId> {
    let pointer = match name.strip_prefix('#') {
        Some(fragment) => Pointer::parse(fragment)?,
        None => Pointer::root().child("components").child("schemas").child(name),
    };
    Some(schemas.resolve(schemas.find(&pointer)?))
}

/// The plan that follows from a property which has one value in each member, and another in each.
fn constants<'d>(schemas: &Schemas<'d>, members: &[SchemaId]) -> Option<Plan<'d>> {
    let (first, others) = members.split_first()?;
    let first = schemas.resolve(*first);
    schemas[first].properties.iter().find_map(|(property, _)| {
        let mut values = vec![value_of(schemas, first, property)?];
        for member in others {
            let value = value_of(schemas, schemas.resolve(*member), property)?;
            if values.contains(&value) {
                return None;
            }
            values.push(value);
        }
        let values = values.into_iter().map(|value| vec![value.to_owned()]).collect();
        Some(Plan { property, values })
    })
}

/// The one string that a property of a schema can have.
fn value_of<'d>(schemas: &Schemas<'d>, id: SchemaId, property: &str) -> Option<&'d str> {
    let (_, found) = schemas[id].properties.iter().find(|(name, _)| *name == property)?;
    match enumeration::values(&schemas[schemas.resolve(*found)])?.as_slice() {
        [value] => value.as_str(),
        _ => None,
    }
}

/// Lowers a union.
pub(super) fn lower(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) -> Shape {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
        cx.diagnostics.push(catalog::one_of_and_any_of(&schema.pointer));
    }
    let members = members(cx, id);
    let plan = plan(schemas, id, &members);
    if plan.is_none() {
        if schema.discriminator.is_some() {
            cx.diagnostics.push(catalog::discriminator_unused(&schema.pointer.child("discriminator")));
        }
        report_overlaps(schemas, &members, cx.diagnostics);
    }
    let variants = members
        .iter()
        .enumerate()
        .map(|(position, member)| variant(cx, named, plan.as_ref(), position, *member))
        .collect();
    let tag = plan.map_or(Tag::Form, |plan| Tag::Property(plan.property.to_owned()));
    Shape::Union(Union { tag, variants })
}

fn variant(
    cx: &mut Context<'_, '_>,
    named: TypeId,
    plan: Option<&Plan<'_>>,
    position: usize,
    member: SchemaId,
) -> Variant {
    let schemas = cx.schemas;
    let target = schemas.resolve(member);
    let tags = plan.and_then(|plan| plan.values.get(position)).cloned().unwrap_or_default();
    let key = schemas[member].reference.and_then(|reference| schemas[reference].pointer.last());
    let title = schemas[target].title.map(str::to_owned);
    let form = || form_name(cx, target, position);
    let name = match (tags.first(), key, title) {
        (Some(tag), _, _) => tag.clone(),
        (None, Some(key), _) => key,
        (None, None, Some(title)) => title,
        (None, None, None) => form(),
    };
    let tests = if tags.is_empty() { tests(schemas, target) } else { Vec::new() };
    let ty = types::of(cx, member, NameHint::PartOf(named, Role::Variant(name.clone())));
    Variant {
        origin: schemas[member].pointer.clone(),
        docs: docs::of_use(&schemas[member], &schemas[target]),
        name,
        tags,
        tests,
        ty,
    }
}

/// What to call a member that has no name: its JSON type, or its place among the members.
fn form_name(cx: &Context<'_, '_>, id: SchemaId, position: usize) -> String {
    let schema = &cx.schemas[id];
    let mut types = schema.types.iter();
    match (types.next(), types.next()) {
        (Some(json_type), None) => json_type.name().to_owned(),
        _ => format!("option {}", position + 1),
    }
}

/// A variant of a plain type.
pub(super) fn plain_variant(origin: Origin, name: &str, ty: Type) -> Variant {
    let (tags, tests) = (Vec::new(), Vec::new());
    Variant { origin, docs: crate::ir::Docs::default(), name: name.to_owned(), tags, tests, ty }
}

/// What an object must have to be this variant.
fn tests(schemas: &Schemas<'_>, id: SchemaId) -> Vec<Test> {
    let schema = &schemas[id];
    let equal = |name: &str| value_of(schemas, id, name).map(|value| crate::ir::Literal::String(value.to_owned()));
    schema
        .required
        .iter()
        .map(|name| match equal(name) {
            Some(value) => Test::Equals((*name).to_owned(), value),
            None => Test::Has((*name).to_owned()),
        })
        .collect()
}

/// Two objects without a tag where every value of the later one passes the tests of the earlier one.
fn report_overlaps(schemas: &Schemas<'_>, members: &[SchemaId], diagnostics: &mut Diagnostics) {
    let objects: Vec<_> = members
        .iter()
        .map(|member| (*member, schemas.resolve(*member)))
        .filter(|(_, target)| !schemas[*target].properties.is_empty())
        .collect();
    for (place, (later, target)) in objects.iter().enumerate() {
        let passed = tests(schemas, *target);
        let shadow = objects[..place]
            .iter()
            .find(|(_, earlier)| tests(schemas, *earlier).iter().all(|test| passed.contains(test)));
        if let Some((earlier, _)) = shadow {
            diagnostics.push(catalog::overlapping_variants(&schemas[*later].pointer, &schemas[*earlier].pointer));
        }
    }
}
