//! Schemas that are types with a name of their own, and where that name comes from.

use super::{Context, docs, types};
use crate::ir::{Docs, NameHint, Shape, Type, TypeDef};
use crate::schema::{Schema, SchemaId, Schemas};
use crate::source::Pointer;

/// Steps of a pointer that are words of the format: what stands there has no key that an author chose.
const STRUCTURE: [&str; 19] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "content",
    "encoding",
    "headers",
    "items",
    "itemSchema",
    "not",
    "oneOf",
    "parameters",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "schema",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Every schema under `components`, and every other schema that a reference names, is a type with a name. They get their
/// ids before any of them gets a shape, so that cycles find them and the order is the document's.
pub(super) fn define_all(cx: &mut Context<'_, '_>) {
    let components = Pointer::root().child("components").child("schemas");
    let referenced: Vec<SchemaId> = cx.schemas.iter().flat_map(|(_, schema)| referred(cx.schemas, schema)).collect();
    let declared = cx.schemas.iter().filter(|(_, schema)| schema.pointer.parent().as_ref() == Some(&components));
    let declared: Vec<SchemaId> = declared.map(|(id, _)| id).collect();

    let mut order = Vec::new();
    for id in declared {
        match elsewhere(cx.schemas, id).filter(|target| !cx.named.contains_key(target)) {
            Some(target) => {
                let hint = NameHint::Listed(cx.schemas[id].pointer.last().unwrap_or_default());
                order.push(name(cx, target, hint));
                let named = cx.named.get(&target).copied();
                cx.named.extend(named.map(|named| (id, named)));
            }
            None if !cx.named.contains_key(&id) => {
                let hint = NameHint::Key(cx.schemas[id].pointer.last().unwrap_or_default());
                order.push(name(cx, id, hint));
            }
            None => {}
        }
    }
    for id in referenced {
        if !cx.named.contains_key(&id) {
            let hint = key(&cx.schemas[id].pointer).map_or(NameHint::Place, NameHint::Key);
            order.push(name(cx, id, hint));
        }
    }
    for (named, id) in order {
        types::define(cx, named, id);
    }
}

/// What a schema refers to: its target, or the one that stands in `allOf` in place of a reference.
fn referred<'s>(schemas: &'s Schemas<'_>, schema: &'s Schema<'_>) -> impl Iterator<Item = SchemaId> + 's {
    let own = schema.pointer.child("allOf");
    let held = schema.all_of.iter().copied().filter(move |held| schemas[*held].pointer.parent().as_ref() != Some(&own));
    schema.reference.into_iter().chain(held)
}

fn name(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> (crate::ir::TypeId, SchemaId) {
    let schema = &cx.schemas[id];
    let (origin, docs) = (schema.pointer.clone(), docs::of(schema));
    let named = cx.api.types.push(TypeDef { origin, docs, hint, shape: Shape::Alias(Type::Any) });
    cx.named.insert(id, named);
    (named, id)
}

/// The schema of another file that a component is, where the component says nothing but that.
fn elsewhere(schemas: &Schemas<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = &schemas[id];
    let says_nothing = !schema.has_structure() && !schema.nullable && schema.unread.is_empty();
    let target = schema.reference.filter(|_| says_nothing && docs::of(schema) == Docs::default())?;
    let is_elsewhere = schemas[target].pointer.as_str().starts_with("/x-bundled/");
    is_elsewhere.then(|| elsewhere(schemas, target).unwrap_or(target))
}

/// The key that the author gave a schema: its last step, or the name of the file that it fills.
fn key(pointer: &Pointer) -> Option<String> {
    let last = pointer.last()?;
    let parent = pointer.parent()?;
    if parent.as_str() == "/x-bundled" {
        return last.rsplit('/').next().and_then(|file| file.split('.').next()).map(str::to_owned);
    }
    let holder = parent.last().unwrap_or_default();
    let is_place = |step: &str| STRUCTURE.contains(&step);
    (!is_place(&last) && !is_place(&holder)).then_some(last)
}

/// The name that the author gave a schema, or the one that it refers to.
pub(super) fn key_of(cx: &Context<'_, '_>, id: SchemaId) -> Option<String> {
    let named = cx.named.get(&cx.schemas[id].reference.unwrap_or(id))?;
    match &cx.api.types[*named].hint {
        NameHint::Key(key) | NameHint::Listed(key) => Some(key.clone()),
        _ => None,
    }
}
