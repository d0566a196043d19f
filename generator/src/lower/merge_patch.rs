//! Merge patches: what a body of `application/merge-patch+json` may leave out, and what it takes away by null.
//!
//! Such a body says of each member that it stays (it is absent), goes (null) or becomes a value, however the resource
//! itself is described. Where that makes another type of a model, the patch has one of its own, unless the model serves
//! patches alone. Lists, tuples and unions are replaced as a whole; so is a union whose properties lie beside those of a
//! record, which may be left out.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::media::essence;
use super::types::nullable;
use crate::ir::{
    Api, Body, Content, NameHint, Origin, Presence, Record, Rest, Role, Shape, Type, TypeDef, TypeId, walk,
};

/// Gives the bodies that are merge patches the types of patches.
pub(super) fn complete(api: &mut Api) {
    let merged = merged(api);
    if merged.is_empty() {
        return;
    }
    let changed = changed(api, &merged);
    let kept = kept(api, &merged);
    let mut patches = BTreeMap::new();
    for id in &changed {
        let patch = match kept.contains(id) {
            true => api.types.push(TypeDef {
                origin: merged[id].clone(),
                docs: api.types[*id].docs.clone(),
                hint: NameHint::PartOf(*id, Role::Patch),
                shape: Shape::Alias(Type::Any),
            }),
            false => *id,
        };
        patches.insert(*id, patch);
    }
    for (id, patch) in &patches {
        let shape = patch_shape(&api.types[*id].shape, &patches);
        api.types[*patch].shape = shape;
    }
    for id in api.operations.ids() {
        let Some(body) = &mut api.operations[id].body else { continue };
        for content in std::iter::once(&mut body.content).chain(&mut body.others).filter(|content| is_patch(content)) {
            content.ty = patch_type(&content.ty, &patches);
        }
    }
}

fn is_patch(content: &Content) -> bool {
    essence(&content.media) == "application/merge-patch+json"
}

/// The types whose values a patch merges into others member by member, each with the first body that does.
fn merged(api: &Api) -> BTreeMap<TypeId, Origin> {
    let mut found = BTreeMap::new();
    for body in api.operations.values().filter_map(|operation| operation.body.as_ref()) {
        for content in body.contents().filter(|content| is_patch(content)) {
            let origin = body.origin.child("content").child(&content.media).child("schema");
            let mut queue = merged_by(&content.ty);
            while let Some(id) = queue.pop() {
                if let Entry::Vacant(entry) = found.entry(id) {
                    entry.insert(origin.clone());
                    queue.extend(parts_of(&api.types[id].shape).into_iter().flat_map(merged_by));
                }
            }
        }
    }
    found
}

/// The types of members of a shape that a patch merges.
fn parts_of(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Record(Record { fields, rest, .. }) => {
            let rest = if let Rest::Kept(ty) = rest { Some(ty) } else { None };
            fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        Shape::Alias(ty) => vec![ty],
        Shape::Union(_) | Shape::Enumeration(_) => Vec::new(),
    }
}

/// The named type that a patch merges in place of a value of a type.
fn merged_by(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Nullable(inner) | Type::Map(inner) => merged_by(inner),
        _ => Vec::new(),
    }
}

/// Those of the merged types that are others in a patch.
fn changed(api: &Api, merged: &BTreeMap<TypeId, Origin>) -> BTreeSet<TypeId> {
    let such = merged.keys().copied().filter(|id| is_changed(&api.types[*id].shape));
    let held = |shape: &Shape| parts_of(shape).into_iter().flat_map(merged_by).collect();
    walk::leading_to(api, such, held).into_iter().filter(|id| merged.contains_key(id)).collect()
}

/// Whether a patch may leave out or take away what a value of the shape itself may not.
fn is_changed(shape: &Shape) -> bool {
    let member = |ty: &Type| nullable(ty.clone()) != *ty || holds_firmly(ty);
    match shape {
        Shape::Record(Record { fields, rest, kind, .. }) => {
            fields.iter().any(|field| field.presence != Presence::Optional || member(&field.ty))
                || matches!(rest, Rest::Kept(ty) if member(ty))
                || kind.is_some()
        }
        Shape::Alias(ty) => holds_firmly(ty),
        Shape::Union(_) | Shape::Enumeration(_) => false,
    }
}

/// Whether the values of a map are never null.
fn holds_firmly(ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => holds_firmly(inner),
        Type::Map(inner) => nullable((**inner).clone()) != **inner || holds_firmly(inner),
        _ => false,
    }
}

/// The types that must stay as they are: those of everything but patches, and what patches replace as a whole.
fn kept(api: &Api, merged: &BTreeMap<TypeId, Origin>) -> HashSet<TypeId> {
    let others = api.operations.values().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(Body::contents).filter(|content| !is_patch(content));
        let params = operation.params.iter().map(|param| &param.ty);
        params.chain(bodies.flat_map(Content::types)).chain(walk::responses(operation))
    });
    let replaced = merged.keys().flat_map(|id| {
        let shape = &api.types[*id].shape;
        let merged: Vec<&Type> = parts_of(shape).into_iter().filter(|ty| !merged_by(ty).is_empty()).collect();
        walk::parts(shape).into_iter().filter(move |ty| !merged.contains(ty))
    });
    walk::reachable(api, others.chain(replaced).chain(walk::payloads(api)))
}

fn patch_shape(shape: &Shape, patches: &BTreeMap<TypeId, TypeId>) -> Shape {
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Record(record) => {
            for field in &mut record.fields {
                field.ty = nullable(patch_type(&field.ty, patches));
                field.presence = Presence::Optional;
            }
            record.kind = record.kind.take().map(nullable);
            if let Rest::Kept(ty) = &mut record.rest {
                *ty = nullable(patch_type(ty, patches));
            }
        }
        Shape::Alias(ty) => *ty = patch_type(ty, patches),
        Shape::Union(_) | Shape::Enumeration(_) => {}
    }
    shape
}

fn patch_type(ty: &Type, patches: &BTreeMap<TypeId, TypeId>) -> Type {
    match ty {
        Type::Named(id) => Type::Named(patches.get(id).copied().unwrap_or(*id)),
        Type::Nullable(inner) => nullable(patch_type(inner, patches)),
        Type::Map(inner) => Type::Map(Box::new(nullable(patch_type(inner, patches)))),
        other => other.clone(),
    }
}
