//! What travels one way only: `readOnly` and `writeOnly`.
//!
//! A property that only the server sets is not demanded of requests, and one that only callers set is not demanded of
//! answers. A type that both hold and whose demands differ is two: the one of answers keeps its name, and the one of
//! requests lacks what only the server sets. So is each type through which both reach such a one.

use std::collections::{HashMap, HashSet};

use crate::ir::walk;
use crate::ir::{
    Access, Api, Body, Content, Field, Id, NameHint, PartValue, Presence, Record, Representation, Rest, Role, Shape,
    Test, Type, TypeId, Variant,
};

/// Splits what differs by direction, and demands nothing of the direction in which it does not travel.
pub(super) fn settle(api: &mut Api) {
    let sent = walk::reachable(api, api.operations.values().flat_map(walk::requests));
    let received = walk::received(api);
    let both = |id: &TypeId| sent.contains(id) && received.contains(id);
    let such = api.types.ids().filter(|id| both(id) && differs(&api.types[*id].shape));
    let twofold = walk::leading_to(api, such, walk::mentioned);
    let twofold: Vec<TypeId> = api.types.ids().filter(|id| both(id) && twofold.contains(id)).collect();
    let declared = api.types.len();
    let copies = copy(api, &twofold);
    let one_way = one_way(api);
    let is_sent = |id: TypeId| id.index() >= declared || sent.contains(&id) && !received.contains(&id);

    for id in api.types.ids().collect::<Vec<_>>() {
        let shape = &mut api.types[id].shape;
        match (is_sent(id), id.index() >= declared) {
            (true, is_copy) => {
                for ty in parts_mut(shape) {
                    follow(ty, &copies);
                }
                relax(shape, Access::ReadOnly, is_copy);
            }
            (false, _) if received.contains(&id) => relax(shape, Access::WriteOnly, false),
            (false, _) => {}
        }
    }
    for id in api.operations.ids().collect::<Vec<_>>() {
        let operation = &mut api.operations[id];
        operation.params.iter_mut().for_each(|param| follow(&mut param.ty, &copies));
        if let Some(Body { content, others, .. }) = &mut operation.body {
            std::iter::once(content).chain(others).for_each(|content| follow_content(content, &copies));
        }
    }
    loosen_tests(api, &one_way);
}

/// Whether a record demands what travels in one direction only.
fn differs(shape: &Shape) -> bool {
    matches!(shape, Shape::Record(record) if record.fields.iter().any(is_demanded_one_way))
}

fn is_demanded_one_way(field: &Field) -> bool {
    field.access != Access::Both && field.presence == Presence::Required
}

/// Adds the forms of types that requests hold.
fn copy(api: &mut Api, twofold: &[TypeId]) -> HashMap<TypeId, TypeId> {
    let mut copies = HashMap::new();
    for id in twofold {
        let mut def = api.types[*id].clone();
        def.hint = NameHint::PartOf(*id, Role::Request);
        copies.insert(*id, api.types.push(def));
    }
    copies
}

/// Demands nothing that does not travel `away`. The forms of requests do without what only servers set; elsewhere it is
/// optional, since servers and callers do more than what a description promises.
fn relax(shape: &mut Shape, away: Access, drop: bool) {
    let Shape::Record(record) = shape else { return };
    if drop {
        record.fields.retain(|field| field.access != away);
    }
    for field in record.fields.iter_mut().filter(|field| field.access == away) {
        if field.presence == Presence::Required {
            field.presence = Presence::Optional;
        }
    }
}

/// The properties of records that travel in one direction only.
fn one_way(api: &Api) -> HashMap<TypeId, HashSet<String>> {
    let names = |shape: &Shape| match shape {
        Shape::Record(record) => {
            let fields = record.fields.iter().filter(|field| field.access != Access::Both);
            fields.map(|field| field.wire.clone()).collect()
        }
        _ => HashSet::new(),
    };
    api.types.iter().map(|(id, def)| (id, names(&def.shape))).filter(|(_, names)| !names.is_empty()).collect()
}

/// A variant is not tried by what its direction does not demand.
fn loosen_tests(api: &mut Api, one_way: &HashMap<TypeId, HashSet<String>>) {
    let demands = |record: &Record, name: &str| {
        record.fields.iter().any(|field| field.wire == name && field.presence == Presence::Required)
    };
    for id in api.types.ids().collect::<Vec<_>>() {
        let Shape::Union(union) = &api.types[id].shape else { continue };
        let undemanded = |variant: &Variant| {
            let Type::Named(target) = variant.ty else { return Vec::new() };
            let (Some(names), Shape::Record(record)) = (one_way.get(&target), &api.types[target].shape) else {
                return Vec::new();
            };
            names.iter().filter(|name| !demands(record, name)).cloned().collect()
        };
        let undemanded: Vec<Vec<String>> = union.variants.iter().map(undemanded).collect();
        if let Shape::Union(union) = &mut api.types[id].shape {
            for (variant, names) in union.variants.iter_mut().zip(undemanded) {
                variant.tests.retain(|(Test::Has(name) | Test::Equals(name, _))| !names.contains(name));
            }
        }
    }
}

/// Puts the forms of requests in place of the types that have one.
fn follow(ty: &mut Type, copies: &HashMap<TypeId, TypeId>) {
    match ty {
        Type::Named(id) => *id = copies.get(id).copied().unwrap_or(*id),
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => follow(inner, copies),
        Type::Tuple(tuple) => {
            let items = tuple.items.as_deref_mut();
            tuple.places.iter_mut().chain(items).for_each(|place| follow(place, copies));
        }
        Type::Scalar(_) | Type::Any | Type::Bytes => {}
    }
}

fn follow_content(content: &mut Content, copies: &HashMap<TypeId, TypeId>) {
    follow(&mut content.ty, copies);
    let Representation::Multipart(parts) = &mut content.representation else { return };
    for part in parts {
        match &mut part.value {
            PartValue::File(_) | PartValue::Files(_) => {}
            PartValue::Plain(ty) | PartValue::Typed(_, ty) | PartValue::Base64(_, ty) | PartValue::Styled(_, ty) => {
                follow(ty, copies);
            }
        }
        part.headers.iter_mut().for_each(|header| follow(&mut header.ty, copies));
    }
}

fn parts_mut(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Record(record) => {
            let rest = match &mut record.rest {
                Rest::Kept(ty) => Some(ty),
                Rest::Ignored | Rest::Closed => None,
            };
            record.fields.iter_mut().map(|field| &mut field.ty).chain(&mut record.kind).chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Enumeration(_) => Vec::new(),
    }
}
