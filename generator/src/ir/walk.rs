//! The walk over types: what mentions what, what is sent, and what is received.

use std::collections::{HashMap, HashSet};

use super::{Api, Body, Content, Operation, Rest, Shape, Type, TypeId};

/// Calls `visit` with each named type that a type mentions; `held` says whether a value of it lies inside the value.
pub fn mentions(ty: &Type, held: bool, visit: &mut impl FnMut(TypeId, bool)) {
    match ty {
        Type::Named(id) => visit(*id, held),
        Type::Nullable(inner) => mentions(inner, held, visit),
        Type::List(inner) | Type::Map(inner) => mentions(inner, false, visit),
        Type::Tuple(tuple) => {
            tuple.places.iter().for_each(|place| mentions(place, held, visit));
            tuple.items.iter().for_each(|items| mentions(items, false, visit));
        }
        Type::Scalar(_) | Type::Any | Type::Bytes => {}
    }
}

/// Whether `test` holds for a type or for one that it is written with.
pub fn some(ty: &Type, test: &impl Fn(&Type) -> bool) -> bool {
    test(ty)
        || match ty {
            Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => some(inner, test),
            Type::Tuple(tuple) => tuple.places.iter().chain(tuple.items.as_deref()).any(|ty| some(ty, test)),
            Type::Named(_) | Type::Scalar(_) | Type::Any | Type::Bytes => false,
        }
}

/// Whether a type is any JSON value, also by another name.
pub fn is_any(api: &Api, ty: &Type) -> bool {
    let mut current = ty;
    // A chain of aliases that does not end is refused where references are followed; the bound needs no trust in that.
    for _ in 0..=api.types.len() {
        match current {
            Type::Any => return true,
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Alias(target) => current = target,
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

/// The types of everything that an API exchanges and declares.
pub fn types(api: &Api) -> impl Iterator<Item = &Type> {
    let declared = api.types.values().flat_map(|def| parts(&def.shape));
    let exchanged = api.operations.values().flat_map(|operation| requests(operation).chain(responses(operation)));
    declared.chain(exchanged).chain(payloads(api))
}

/// The types that a shape is made of.
pub fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Record(record) => {
            let rest = match &record.rest {
                Rest::Kept(ty) => Some(ty),
                _ => None,
            };
            record.fields.iter().map(|field| &field.ty).chain(&record.kind).chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Enumeration(_) => Vec::new(),
    }
}

/// The types that a request of an operation holds.
pub fn requests(operation: &Operation) -> impl Iterator<Item = &Type> {
    let body = operation.body.iter().flat_map(Body::contents).flat_map(Content::types);
    operation.params.iter().map(|param| &param.ty).chain(body)
}

/// The types that the answers to an operation hold.
pub fn responses(operation: &Operation) -> impl Iterator<Item = &Type> {
    let cases = operation.success.iter().chain(&operation.failure);
    cases.flat_map(|case| {
        let headers = case.headers.iter().map(|header| &header.ty);
        case.content.iter().map(|content| &content.ty).chain(headers)
    })
}

/// The types of all that servers send on their own.
pub fn payloads(api: &Api) -> impl Iterator<Item = &Type> {
    api.payloads.values().map(|payload| &payload.content.ty)
}

/// The types that callers put together: those that requests lead to, and those that nothing leads to. What nothing leads
/// to and holds something that is only received cannot be put together, so it is taken for received too.
pub fn sent(api: &Api) -> HashSet<TypeId> {
    let mut sent = reachable(api, api.operations.values().flat_map(requests));
    let received = received(api);
    let only_received = received.iter().copied().filter(|id| !sent.contains(id));
    let holding = leading_to(api, only_received, mentioned);
    sent.extend(api.types.ids().filter(|id| !received.contains(id) && !holding.contains(id)));
    sent
}

/// The types that answers and payloads lead to.
pub fn received(api: &Api) -> HashSet<TypeId> {
    reachable(api, api.operations.values().flat_map(responses).chain(payloads(api)))
}

/// The types that a shape mentions.
pub fn mentioned(shape: &Shape) -> Vec<TypeId> {
    let mut all = Vec::new();
    parts(shape).into_iter().for_each(|ty| mentions(ty, true, &mut |id, _| all.push(id)));
    all
}

/// The types that `roots` lead to.
pub fn reachable<'a>(api: &'a Api, roots: impl Iterator<Item = &'a Type>) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let mut queue: Vec<&Type> = roots.collect();
    while let Some(ty) = queue.pop() {
        mentions(ty, true, &mut |id, _| {
            if found.insert(id) {
                queue.extend(parts(&api.types[id].shape));
            }
        });
    }
    found
}

/// The types that are `such`, and those that lead to one by what `held` says of a shape.
pub fn leading_to(
    api: &Api,
    such: impl Iterator<Item = TypeId>,
    held: impl Fn(&Shape) -> Vec<TypeId>,
) -> HashSet<TypeId> {
    let mut holders: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, def) in api.types.iter() {
        for part in held(&def.shape) {
            holders.entry(part).or_default().push(id);
        }
    }
    let mut queue: Vec<TypeId> = such.collect();
    let mut found: HashSet<TypeId> = queue.iter().copied().collect();
    while let Some(id) = queue.pop() {
        let holders = holders.get(&id).into_iter().flatten();
        queue.extend(holders.copied().filter(|holder| found.insert(*holder)));
    }
    found
}
