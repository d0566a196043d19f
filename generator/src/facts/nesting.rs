//! How deep types hold each other.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Field, Presence, Rest, Shape, Type, TypeId, walk};

/// How many steps a compiler takes, one inside the other, where it asks something of a type, such as whether it may cross
/// threads: it asks that of all that the type holds. Of types that hold each other mutually it may take all in a row.
pub(super) fn of(api: &Api, boxed: &HashSet<(TypeId, TypeId)>) -> usize {
    let mut depths: HashMap<TypeId, usize> = HashMap::new();
    for ring in rings(api) {
        let (mut own, mut below) = (0, 0);
        for id in &ring {
            let held = held(api, *id, boxed);
            own += held.iter().map(|(_, steps)| *steps).max().unwrap_or(0) + 1;
            // What is in the ring itself has no depth yet.
            below = held.iter().filter_map(|(part, _)| depths.get(part).copied()).max().unwrap_or(0).max(below);
        }
        depths.extend(ring.into_iter().map(|id| (id, own + below)));
    }
    depths.into_values().max().unwrap_or_default()
}

/// The types that a type holds, each with the steps that lie between: measured with rustc 1.95.
fn held(api: &Api, id: TypeId, boxed: &HashSet<(TypeId, TypeId)>) -> Vec<(TypeId, usize)> {
    const BOX: usize = 2;
    const OPTION: usize = 1;
    const COLLECTION: usize = 3;

    let mut all = Vec::new();
    let mut queue: Vec<(&Type, usize)> = match &api.types[id].shape {
        Shape::Record(record) => {
            let optional = |field: &Field| if field.presence == Presence::Required { 0 } else { OPTION };
            let fields = record.fields.iter().map(|field| (&field.ty, optional(field)));
            let rest = if let Rest::Kept(ty) = &record.rest { Some((ty, COLLECTION)) } else { None };
            fields.chain(record.kind.iter().map(|kind| (kind, 0))).chain(rest).collect()
        }
        shape => walk::parts(shape).into_iter().map(|ty| (ty, 0)).collect(),
    };
    while let Some((ty, steps)) = queue.pop() {
        match ty {
            Type::Named(part) => all.push((*part, steps + if boxed.contains(&(id, *part)) { BOX } else { 0 })),
            Type::Nullable(inner) => queue.push((inner, steps + OPTION)),
            Type::List(inner) | Type::Map(inner) => queue.push((inner, steps + COLLECTION)),
            Type::Tuple(tuple) => {
                queue.extend(tuple.places.iter().map(|place| (place, steps + 1)));
                queue.extend(tuple.items.iter().map(|items| (&**items, steps + COLLECTION)));
            }
            Type::Scalar(_) | Type::Any | Type::Bytes => {}
        }
    }
    all
}

/// The types in groups that hold each other mutually; what a group holds comes before it. This is Tarjan's algorithm
/// with a stack of its own.
fn rings(api: &Api) -> Vec<Vec<TypeId>> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    // The number of a type in the order of the walk, and the lowest one of an open type that it leads to; of types whose
    // group is found it is out of reach.
    let mut lowest: HashMap<TypeId, usize> = HashMap::new();
    for root in api.types.ids() {
        if lowest.contains_key(&root) {
            continue;
        }
        let mut stack = vec![Step::enter(api, root, &mut lowest, &mut open)];
        while let Some(step) = stack.last_mut() {
            match step.held.pop() {
                Some(held) => match lowest.get(&held) {
                    Some(low) => step.low = step.low.min(*low),
                    None => stack.push(Step::enter(api, held, &mut lowest, &mut open)),
                },
                None => {
                    let (id, number, low) = (step.id, step.number, step.low);
                    stack.pop();
                    lowest.insert(id, low);
                    if let Some(holder) = stack.last_mut() {
                        holder.low = holder.low.min(low);
                    }
                    if low == number {
                        let start = open.iter().rposition(|member| *member == id).unwrap_or_default();
                        let ring = open.split_off(start);
                        lowest.extend(ring.iter().map(|member| (*member, usize::MAX)));
                        found.push(ring);
                    }
                }
            }
        }
    }
    found
}

/// A type that the walk is inside of.
struct Step {
    id: TypeId,
    number: usize,
    low: usize,
    held: Vec<TypeId>,
}

impl Step {
    fn enter(api: &Api, id: TypeId, lowest: &mut HashMap<TypeId, usize>, open: &mut Vec<TypeId>) -> Self {
        let number = lowest.len();
        lowest.insert(id, number);
        open.push(id);
        Self { id, number, low: number, held: walk::mentioned(&api.types[id].shape) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Docs, Id, NameHint, Tuple, TypeDef};
    use crate::source::Pointer;

    /// An API of types, each of which holds those at the places given for it.
    fn check(types: &[&[usize]], expect: usize) {
        let mut api = Api::default();
        for held in types {
            let places = held.iter().map(|index| Type::Named(TypeId::from_index(*index))).collect();
            let (origin, docs, hint) = (Pointer::root(), Docs::default(), NameHint::Key(String::new()));
            let tuple = Tuple { places, required: 0, items: None };
            api.types.push(TypeDef { origin, docs, hint, shape: Shape::Alias(Type::Tuple(tuple)) });
        }
        assert_eq!(of(&api, &HashSet::new()), expect, "{types:?}");
    }

    #[test]
    fn rings_count_whole() {
        check(&[], 0);
        check(&[&[], &[]], 1);
        check(&[&[1, 2], &[2], &[]], 5);
        check(&[&[0]], 2);
        check(&[&[1], &[2], &[0, 3], &[4], &[3]], 10);
        check(&[&[1, 2], &[0], &[0], &[0]], 8);
    }

    #[test]
    fn a_long_chain_is_no_danger() {
        let types: Vec<[usize; 1]> = (0..50_000).map(|index| [(index + 1) % 50_000]).collect();
        let types: Vec<&[usize]> = types.iter().map(|held| held.as_slice()).collect();
        check(&types, 100_000);
    }
}
