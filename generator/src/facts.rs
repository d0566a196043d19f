//! What follows from the IR as a whole: recursion, direction, and operations that fail alike.
//!
//! Walks are loops over explicit stacks, so that a chain of ten thousand types is as safe as one of ten.

mod nesting;

use std::collections::{HashMap, HashSet};

use crate::ir::walk::{self, mentions, parts, some};
use crate::ir::{
    Api, Content, GroupId, HeaderField, IdMap, Operation, OperationId, Presence, Record, Shape, StatusKey, Type,
    TypeId, ids,
};

ids! {
    /// A set of documented failures that operations of a group share.
    ErrorSetId
}

/// What is known of an API beyond its parts.
#[derive(Debug, Default)]
pub struct Facts {
    /// Types that another type must hold in a box, by the holder: a value of the one would otherwise hold a value of the
    /// other without end, or be too large for a stack.
    pub boxed: HashSet<(TypeId, TypeId)>,
    /// How many fields lie inside a value of each type, those of the records in it counted.
    pub sizes: HashMap<TypeId, usize>,
    /// How deep the smallest value of each type nests; nothing where every value would hold another one without end.
    pub heights: HashMap<TypeId, usize>,
    /// How many steps, one inside the other, a compiler takes at most where it asks something of a type.
    pub nesting: usize,
    /// Aliases that lead back to themselves through a list or map, where Rust needs a struct, and those with lists
    /// that may end early or go on behind a tuple, which serde does not know.
    pub newtypes: HashSet<TypeId>,
    /// Types that requests hold, and types that nothing uses.
    pub sent: HashSet<TypeId>,
    /// The headers of answers, each once however many answers have it, with the first operation that has it.
    pub headers: Vec<(HeaderField, OperationId)>,
    /// Sets of failures, in the order of the operations that brought them.
    pub error_sets: IdMap<ErrorSetId, ErrorSet>,
    /// The set of each operation that documents a failure.
    pub error_set_of: HashMap<OperationId, ErrorSetId>,
}

/// Failures by status and body, exact statuses first, then ranges, then the default.
#[derive(Debug)]
pub struct ErrorSet {
    /// The failures.
    pub cases: Vec<(StatusKey, Option<Content>)>,
    /// What the description calls each, by the first operation that says it.
    pub docs: Vec<String>,
    /// The group of the operations that have it: what a tag says stands in its own module.
    pub group: GroupId,
    /// The operations that fail so.
    pub operations: Vec<OperationId>,
}

/// Finds the facts of an API.
pub fn of(api: &Api) -> Facts {
    let mut boxed = large_variants(api);
    let closing = back_edges(api, |api, id| {
        let mut targets = held(api, id);
        targets.retain(|target| !boxed.contains(&(id, *target)));
        targets
    });
    boxed.extend(closing);
    let (sizes, oversized) = sizes(api, &boxed);
    boxed.extend(oversized);
    let mut newtypes = recursive_aliases(api);
    newtypes.extend(aliases_of_open_tuples(api));
    let mut facts = Facts {
        sizes,
        heights: heights(api),
        nesting: nesting::of(api, &boxed),
        boxed,
        newtypes,
        sent: walk::sent(api),
        ..Facts::default()
    };
    error_sets(api, &mut facts);
    facts.headers = headers(api);
    facts
}

/// What a success of an operation is.
#[derive(Debug)]
pub enum Success<'a> {
    /// Nothing.
    Nothing,
    /// One content, whatever the status.
    Content(&'a Content),
    /// Several, by status and media type.
    Several,
}

/// The success of an operation, whatever the status where all are alike.
pub fn success(operation: &Operation) -> Success<'_> {
    let mut contents = operation.success.iter().map(|case| case.content.as_ref());
    let Some(first) = contents.next() else { return Success::Nothing };
    let is_first = |content: Option<&Content>| match (first, content) {
        (Some(first), Some(content)) => first.ty == content.ty && first.representation == content.representation,
        (first, content) => first.is_none() && content.is_none(),
    };
    match (contents.all(is_first), first) {
        (true, None) => Success::Nothing,
        (true, Some(content)) => Success::Content(content),
        (false, _) => Success::Several,
    }
}

/// The media types that a caller can choose among: those of the successes, where a status comes in several.
pub fn media_choice(operation: &Operation) -> Vec<&str> {
    let mut all: Vec<(StatusKey, &str)> = Vec::new();
    for case in &operation.success {
        all.extend(case.content.iter().flat_map(Content::medias).map(|media| (case.status, media)));
    }
    let is_negotiable = all.iter().any(|(status, _)| all.iter().filter(|(other, _)| other == status).count() > 1);
    let mut choice: Vec<&str> = Vec::new();
    for (_, media) in all.into_iter().filter(|_| is_negotiable) {
        if !choice.contains(&media) {
            choice.push(media);
        }
    }
    choice
}

fn headers(api: &Api) -> Vec<(HeaderField, OperationId)> {
    let mut all: Vec<(HeaderField, OperationId)> = Vec::new();
    for (id, operation) in api.operations.iter() {
        for header in operation.success.iter().chain(&operation.failure).flat_map(|case| &case.headers) {
            match all.iter_mut().find(|(known, _)| known.is_like(header)) {
                Some((known, _)) => {
                    if known.docs.description.is_none() {
                        known.docs.description.clone_from(&header.docs.description);
                    }
                    known.docs.deprecated &= header.docs.deprecated;
                    known.required &= header.required;
                }
                None => all.push((header.clone(), id)),
            }
        }
    }
    all
}

/// The records that unions hold. A record may grow with every version of the API; in a box it makes neither the other
/// variants larger nor, once it has grown, a caller's code wrong.
fn large_variants(api: &Api) -> HashSet<(TypeId, TypeId)> {
    let mut all = HashSet::new();
    for (id, def) in api.types.iter() {
        let Shape::Union(union) = &def.shape else { continue };
        let held = union.variants.iter().filter_map(|variant| match &variant.ty {
            Type::Named(target) => Some(*target),
            Type::Nullable(inner) => match **inner {
                Type::Named(target) => Some(target),
                _ => None,
            },
            _ => None,
        });
        all.extend(held.filter(|target| is_record(api, *target)).map(|target| (id, target)));
    }
    all
}

/// Whether a type is a record, also by another name.
fn is_record(api: &Api, id: TypeId) -> bool {
    let mut current = id;
    // A chain of aliases that does not end is refused where references are followed; the bound needs no trust in that.
    for _ in 0..api.types.len() {
        match &api.types[current].shape {
            Shape::Record(_) => return true,
            Shape::Alias(Type::Named(target)) => current = *target,
            _ => return false,
        }
    }
    false
}

/// The types whose values lie inside a value of `id`. What a record keeps of free properties lies in a map.
fn held(api: &Api, id: TypeId) -> Vec<TypeId> {
    let shape = &api.types[id].shape;
    let mut all = Vec::new();
    let mut collect = |ty: &Type| {
        mentions(ty, true, &mut |target, held| {
            if held {
                all.push(target);
            }
        });
    };
    match shape {
        Shape::Record(record) => record.fields.iter().map(|field| &field.ty).chain(&record.kind).for_each(&mut collect),
        other => parts(other).into_iter().for_each(&mut collect),
    }
    all
}

/// The size of each type in fields, given what is boxed, and the records that others hold and that are too large to lie
/// inside them. Without this a record of records of records takes more than a stack has.
fn sizes(api: &Api, boxed: &HashSet<(TypeId, TypeId)>) -> (HashMap<TypeId, usize>, HashSet<(TypeId, TypeId)>) {
    // In fields, all of those that lie inside counted; about three kilobytes.
    const LARGEST: usize = 128;
    let (mut sizes, mut found) = (HashMap::new(), HashSet::new());
    for root in api.types.ids() {
        let mut stack = vec![root];
        while let Some(id) = stack.last().copied() {
            let inside: Vec<TypeId> = held(api, id).into_iter().filter(|part| !boxed.contains(&(id, *part))).collect();
            let depth = stack.len();
            stack.extend(inside.iter().filter(|part| !sizes.contains_key(*part)));
            if stack.len() > depth {
                continue;
            }
            stack.pop();
            let parts = inside.iter().map(|part| (*part, sizes.get(part).copied().unwrap_or(1)));
            let size = match &api.types[id].shape {
                Shape::Record(record) => {
                    let (large, small): (Vec<_>, Vec<_>) = parts.partition(|(_, size)| *size > LARGEST);
                    found.extend(large.into_iter().map(|(part, _)| (id, part)));
                    record.fields.len() + small.into_iter().map(|(_, size)| size).sum::<usize>()
                }
                _ => parts.map(|(_, size)| size).max().unwrap_or(1),
            };
            sizes.insert(id, size);
        }
    }
    (sizes, found)
}

/// Finds how deep the smallest values nest: each time that one is found, those that hold it are looked at again.
fn heights(api: &Api) -> HashMap<TypeId, usize> {
    let mut holders: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, def) in api.types.iter() {
        parts(&def.shape).into_iter().flat_map(needed).for_each(|part| holders.entry(part).or_default().push(id));
    }
    let mut heights: HashMap<TypeId, usize> = HashMap::new();
    let mut queue: Vec<TypeId> = api.types.ids().collect();
    while let Some(id) = queue.pop() {
        let of =
            |ty: &Type| needed(ty).iter().map(|part| heights.get(part).copied()).try_fold(0, |a, b| Some(a.max(b?)));
        let height = match &api.types[id].shape {
            Shape::Record(record) => needed_fields(record).map(of).try_fold(0, |a, b| Some(a.max(b?))),
            Shape::Union(union) => union.variants.iter().filter_map(|variant| of(&variant.ty)).min(),
            Shape::Alias(target) => of(target),
            Shape::Enumeration(_) => Some(0),
        };
        if let Some(height) = height.map(|height| height + 1)
            && heights.get(&id).is_none_or(|known| height < *known)
        {
            heights.insert(id, height);
            queue.extend(holders.get(&id).into_iter().flatten());
        }
    }
    heights
}

/// The types of what every value of a record holds.
pub(crate) fn needed_fields(record: &Record) -> impl Iterator<Item = &Type> {
    let fields = record.fields.iter().filter(|field| field.presence == Presence::Required);
    fields.map(|field| &field.ty).chain(&record.kind)
}

/// The named types that no value of a type does without.
pub(crate) fn needed(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Tuple(tuple) => tuple.places.iter().take(tuple.required).flat_map(needed).collect(),
        Type::Nullable(_) | Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Any | Type::Bytes => Vec::new(),
    }
}

/// The edges that close a cycle, in a walk by document order. Without them the graph has no cycle.
fn back_edges(api: &Api, edges: impl Fn(&Api, TypeId) -> Vec<TypeId>) -> HashSet<(TypeId, TypeId)> {
    let (mut open, mut done) = (HashSet::new(), HashSet::new());
    let mut closing = HashSet::new();
    for root in api.types.ids() {
        let mut stack = vec![(root, None)];
        while let Some((id, next)) = stack.pop() {
            let mut targets: Vec<TypeId> = match next {
                Some(targets) => targets,
                None if done.contains(&id) => continue,
                None => {
                    open.insert(id);
                    let mut targets = edges(api, id);
                    targets.reverse();
                    targets
                }
            };
            let Some(target) = targets.pop() else {
                open.remove(&id);
                done.insert(id);
                continue;
            };
            stack.push((id, Some(targets)));
            if open.contains(&target) {
                closing.insert((id, target));
            } else if !done.contains(&target) {
                stack.push((target, None));
            }
        }
    }
    closing
}

/// An alias may not mention itself, not even in a list: the compiler expands it without end.
fn recursive_aliases(api: &Api) -> HashSet<TypeId> {
    let edges = |api: &Api, id: TypeId| {
        let mut all = Vec::new();
        if let Shape::Alias(ty) = &api.types[id].shape {
            mentions(ty, true, &mut |target, _| {
                if matches!(api.types[target].shape, Shape::Alias(_)) {
                    all.push(target);
                }
            });
        }
        all
    };
    back_edges(api, edges).into_iter().map(|(_, target)| target).collect()
}

/// Aliases of lists that may end early or go on behind a tuple: serde reads tuples as lists of one length.
fn aliases_of_open_tuples(api: &Api) -> impl Iterator<Item = TypeId> {
    let is_open = |ty: &Type| match ty {
        Type::Tuple(tuple) => tuple.required < tuple.places.len() || tuple.items.is_some(),
        _ => false,
    };
    api.types
        .iter()
        .filter(move |(_, def)| matches!(&def.shape, Shape::Alias(ty) if some(ty, &is_open)))
        .map(|(id, _)| id)
}

fn error_sets(api: &Api, facts: &mut Facts) {
    for (id, operation) in api.operations.iter() {
        let mut cases: Vec<_> = operation.failure.iter().collect();
        cases.sort_by_key(|case| case.status);
        if cases.is_empty() {
            continue;
        }
        let docs = cases.iter().map(|case| case.docs.description.clone().unwrap_or_default()).collect();
        let cases: Vec<_> = cases.into_iter().map(|case| (case.status, case.content.clone())).collect();
        let is_known = |set: &ErrorSet| set.group == operation.group && set.cases == cases;
        let known = facts.error_sets.iter().find(|(_, set)| is_known(set)).map(|(id, _)| id);
        let set = known.unwrap_or_else(|| {
            let (group, operations) = (operation.group, Vec::new());
            facts.error_sets.push(ErrorSet { cases, docs, group, operations })
        });
        facts.error_sets[set].operations.push(id);
        facts.error_set_of.insert(id, set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Access, Docs, Field, Id, NameHint, Rest, TypeDef};
    use crate::source::Pointer;

    /// An API of aliases, each to the type given for it.
    fn aliases(types: &[Type]) -> Api {
        let mut api = Api::default();
        for ty in types {
            let (origin, docs, hint) = (Pointer::root(), Docs::default(), NameHint::Key(String::new()));
            api.types.push(TypeDef { origin, docs, hint, shape: Shape::Alias(ty.clone()) });
        }
        api
    }

    fn named(index: usize) -> Type {
        Type::Named(TypeId::from_index(index))
    }

    #[test]
    fn one_edge_of_a_cycle_is_boxed() {
        let api = aliases(&[named(1), Type::Nullable(Box::new(named(2))), named(0)]);
        assert_eq!(of(&api).boxed.len(), 1);
        let list = aliases(&[named(1), Type::List(Box::new(named(0)))]);
        assert!(of(&list).boxed.is_empty());
    }

    #[test]
    fn a_large_record_is_boxed_where_it_is_held() {
        // Each of them holds the next one four times; the fifth is where all that lies inside is too much.
        let mut api = Api::default();
        for index in 0..6 {
            let fields = (0..4).map(|_| Field {
                origin: Pointer::root(),
                docs: Docs::default(),
                wire: String::new(),
                ty: if index < 5 { named(index + 1) } else { Type::Any },
                presence: Presence::Required,
                access: Access::Both,
                secret: false,
            });
            let record = Record { fields: fields.collect(), constants: Vec::new(), kind: None, rest: Rest::Ignored };
            let (origin, docs, hint) = (Pointer::root(), Docs::default(), NameHint::Key(String::new()));
            api.types.push(TypeDef { origin, docs, hint, shape: Shape::Record(record) });
        }
        let boxed: Vec<_> = of(&api).boxed.into_iter().map(|(holder, part)| (holder.index(), part.index())).collect();
        assert_eq!(boxed, [(1, 2)]);
    }

    #[test]
    fn an_alias_of_lists_of_itself_is_a_struct() {
        let api = aliases(&[Type::List(Box::new(named(0)))]);
        assert_eq!(of(&api).newtypes.len(), 1);
    }

    #[test]
    fn a_long_chain_is_no_danger() {
        let types: Vec<Type> = (0..50_000).map(|index| named((index + 1) % 50_000)).collect();
        assert_eq!(of(&aliases(&types)).boxed.len(), 1);
    }
}
