//! Unions: `oneOf` and `anyOf`, and how a value says which variant it is.

use std::collections::HashSet;

use super::{Context, discriminator, docs, enumeration, member, overlap, types, variant_name};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{NameHint, Origin, Role, Shape, Tag, Test, Type, TypeId, Union, Variant};
use crate::schema::{SchemaId, Schemas};

/// Lowers a union.
pub(super) fn lower(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) -> Shape {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
        cx.diagnostics.push(catalog::one_of_and_any_of(&schema.pointer));
    }
    let members = member::of(cx, id);
    let plan = discriminator::plan(schemas, &cx.children, id, &members);
    let names = variant_name::of_members(cx, plan.as_ref(), &members);
    let Some(plan) = plan else {
        if schema.discriminator.is_some() {
            cx.diagnostics.push(catalog::discriminator_unused(&schema.pointer.child("discriminator")));
        }
        return match self::named(cx, named, &members, names) {
            Union { variants, .. } if variants.len() == 1 => Shape::Alias(variants[0].ty.clone()),
            union => Shape::Union(union),
        };
    };
    let mut variants = Vec::with_capacity(members.len());
    for (position, (member, name)) in members.into_iter().zip(names).enumerate() {
        let tags = plan.values.get(position).cloned().unwrap_or_default();
        variants.push(variant(cx, named, member, name, tags));
    }
    Shape::Union(Union { tag: Tag::Property(plan.property.to_owned()), variants })
}

/// A union of schemas that nothing but the form of a value tells apart.
pub(super) fn of(cx: &mut Context<'_, '_>, named: TypeId, members: &[SchemaId]) -> Union {
    let names = variant_name::of_members(cx, None, members);
    self::named(cx, named, members, names)
}

/// The union of what the events of these names say.
pub(super) fn of_events(cx: &mut Context<'_, '_>, named: TypeId, said: &[(&str, SchemaId)]) -> Union {
    let variant = |(event, content): &(&str, SchemaId)| {
        variant(cx, named, *content, (*event).to_owned(), vec![(*event).to_owned()])
    };
    Union { tag: Tag::Event, variants: said.iter().map(variant).collect() }
}

/// Such a union, with names for its variants. What is one type in Rust is one variant: nothing could tell two of them
/// apart.
pub(super) fn named(cx: &mut Context<'_, '_>, named: TypeId, members: &[SchemaId], names: Vec<String>) -> Union {
    let order = overlap::order(cx, members);
    let mut types = HashSet::new();
    let (mut taken, mut variants) = (Vec::new(), Vec::new());
    for place in order {
        let (Some(member), Some(name)) = (members.get(place), names.get(place)) else { continue };
        let variant = variant(cx, named, *member, name.clone(), Vec::new());
        if types.insert(variant.ty.clone()) {
            taken.push(*member);
            variants.push(variant);
        }
    }
    overlap::report(cx, &taken);
    Union { tag: Tag::Form, variants }
}

fn variant(cx: &mut Context<'_, '_>, named: TypeId, member: SchemaId, name: String, tags: Vec<String>) -> Variant {
    let schemas = cx.schemas;
    let target = schemas.resolve(member);
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

/// A variant of a plain type.
pub(super) fn plain_variant(origin: Origin, name: &str, ty: Type) -> Variant {
    let (tags, tests) = (Vec::new(), Vec::new());
    Variant { origin, docs: crate::ir::Docs::default(), name: name.to_owned(), tags, tests, ty }
}

/// What an object must have to be this variant.
pub(super) fn tests(schemas: &Schemas<'_>, id: SchemaId) -> Vec<Test> {
    let constant = |name: &str| {
        let property = discriminator::property(schemas, id, name)?;
        match enumeration::values(&schemas[property])?.as_slice() {
            // Of values that are no strings only a `const` is the only one: an enumeration keeps others.
            [value] if value.as_str().is_some() || schemas[property].constant.is_some() => Some(docs::literal(value)),
            _ => None,
        }
    };
    let test = |name: &str| match constant(name) {
        Some(value) => Test::Equals(name.to_owned(), value),
        None => Test::Has(name.to_owned()),
    };
    discriminator::required(schemas, id).into_iter().map(test).collect()
}
