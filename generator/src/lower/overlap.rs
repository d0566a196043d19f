//! Members of a union that nothing but the form of a value tells apart: which of them reads the values of which.

use std::cell::Cell;

use super::classify::{Class, class};
use super::{Context, discriminator, enumeration, member, union};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::Scalar;
use crate::schema::{SchemaId, Schemas};

/// How deep schemas are compared. What lies deeper is taken to be alike.
const DEEPEST: u32 = 4;

/// How many schemas are looked at to compare two, and to compare all members of a union. Beyond that nothing is found:
/// real ones need far fewer.
const MOST_OF_TWO: u32 = 100;
const MOST: u32 = 200_000;

/// Whether one schema reads every value of another one, and all of it.
pub(super) fn reads(cx: &Context<'_, '_>, one: SchemaId, other: SchemaId) -> bool {
    Comparison { cx, left: Cell::new(MOST_OF_TWO) }.reads(one, other, DEEPEST)
}

/// The same among the members of a union, while there is something `left` of what they may take together.
fn reads_within(cx: &Context<'_, '_>, one: SchemaId, other: SchemaId, left: &Cell<u32>) -> bool {
    let own = MOST_OF_TWO.min(left.get());
    let comparison = Comparison { cx, left: Cell::new(own) };
    let found = comparison.reads(one, other, DEEPEST);
    left.set(left.get() - (own - comparison.left.get()));
    found
}

/// The places of members in the order in which a value tries them: one that reads all of what another one describes
/// comes after it, since it would otherwise be taken in its stead. Apart from that the order is the description's.
pub(super) fn order(cx: &Context<'_, '_>, members: &[SchemaId]) -> Vec<usize> {
    let left = Cell::new(MOST);
    let reads = |one: usize, other: usize| match (members.get(one), members.get(other)) {
        (Some(one), Some(other)) => reads_within(cx, *one, *other, &left),
        _ => false,
    };
    let mut order: Vec<usize> = Vec::with_capacity(members.len());
    for later in 0..members.len() {
        let shadow = order.iter().position(|earlier| reads(*earlier, later) && !reads(later, *earlier));
        order.insert(shadow.unwrap_or(order.len()), later);
    }
    order
}

/// Reports members of which each reads all that an earlier one describes, and the other way round.
pub(super) fn report(cx: &mut Context<'_, '_>, members: &[SchemaId]) {
    let left = Cell::new(MOST);
    let mut found = Vec::new();
    for (place, later) in members.iter().enumerate() {
        let shadow = members.iter().take(place).find(|earlier| reads_within(cx, **earlier, *later, &left));
        found.extend(shadow.map(|earlier| (*later, *earlier)));
    }
    for (later, earlier) in found {
        let (later, earlier) = (&cx.schemas[later].pointer, &cx.schemas[earlier].pointer);
        cx.diagnostics.push(catalog::overlapping_variants(later, earlier));
    }
}

struct Comparison<'c, 'd, 'r> {
    cx: &'c Context<'d, 'r>,
    left: Cell<u32>,
}

impl Comparison<'_, '_, '_> {
    /// Whether one schema reads every value of another one, and all of it.
    fn reads(&self, one: SchemaId, other: SchemaId, depth: u32) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        let ((one, one_is), (other, other_is)) = (self.followed(one), self.followed(other));
        let Some(depth) = depth.checked_sub(1).filter(|_| one != other) else { return true };
        let (a, b) = (&self.cx.schemas[one], &self.cx.schemas[other]);
        match (one_is, other_is) {
            (Class::Any, _) => true,
            (Class::Union, _) => self.members(one).iter().any(|member| self.reads(*member, other, depth)),
            (_, Class::Union) => self.members(other).iter().all(|member| self.reads(one, *member, depth)),
            (Class::Scalar(one), Class::Scalar(other)) => reads_scalar(one, other),
            (Class::Scalar(scalar), Class::Enumeration) => {
                self.listed(other).is_some_and(|listed| fits(scalar, listed))
            }
            (Class::Enumeration, Class::Enumeration) => match (self.listed(one), self.listed(other)) {
                (Some(one), Some(other)) => other.iter().all(|value| one.contains(value)),
                _ => false,
            },
            (Class::List, Class::List) => match (a.items, b.items) {
                (Some(a), Some(b)) => self.reads(a, b, depth),
                (a, _) => a.is_none(),
            },
            (Class::List, Class::Tuple) => a.items.is_none(),
            (Class::Tuple, Class::Tuple) => {
                let places = || a.prefix_items.iter().zip(&b.prefix_items);
                let rest = a.items.zip(b.items);
                a.prefix_items.len() == b.prefix_items.len()
                    && a.items.is_some() == b.items.is_some()
                    && places().chain(rest.iter().map(|(a, b)| (a, b))).all(|(a, b)| self.reads(*a, *b, depth))
            }
            (Class::Map, Class::Map) => match (a.additional, b.additional) {
                _ if !a.patterns.is_empty() || !b.patterns.is_empty() => false,
                (Some(a), Some(b)) => self.reads(a, b, depth),
                (a, _) => a.is_none(),
            },
            (Class::Map, Class::Record | Class::Merged) if a.patterns.is_empty() => self.keeps(one, other, depth),
            (Class::Record | Class::Merged, Class::Record | Class::Merged) => self.reads_object(one, other, depth),
            _ => false,
        }
    }

    /// A schema behind those that say the same, with what it is.
    fn followed(&self, id: SchemaId) -> (SchemaId, Class) {
        let (mut id, mut is) = (id, class(self.cx, id));
        for _ in 0..DEEPEST {
            match is {
                Class::Same(target) => (id, is) = (target, class(self.cx, target)),
                _ => break,
            }
        }
        (id, is)
    }

    fn members(&self, id: SchemaId) -> Vec<SchemaId> {
        member::of(self.cx, id)
    }

    fn listed(&self, id: SchemaId) -> Option<Vec<&crate::source::Node>> {
        enumeration::values(&self.cx.schemas[id]).or_else(|| enumeration::joined(self.cx.schemas, &self.members(id)))
    }

    /// Whether a map keeps all members of an object.
    fn keeps(&self, map: SchemaId, object: SchemaId, depth: u32) -> bool {
        let schemas = self.cx.schemas;
        let Some(values) = schemas[map].additional else { return true };
        let names = discriminator::names(schemas, object);
        !names.is_empty()
            && names.iter().all(|name| {
                discriminator::property(schemas, object, name).is_some_and(|held| self.reads(values, held, depth))
            })
    }

    /// Whether one object demands no more than another one, and its fields read all that those of the other one read.
    fn reads_object(&self, one: SchemaId, other: SchemaId, depth: u32) -> bool {
        let schemas: &Schemas<'_> = self.cx.schemas;
        let (names, held) = (discriminator::names(schemas, one), discriminator::names(schemas, other));
        let demanded = union::tests(schemas, other);
        !names.is_empty()
            && !held.is_empty()
            && held.iter().all(|name| names.contains(name))
            && union::tests(schemas, one).iter().all(|test| demanded.contains(test))
            && held.iter().all(|name| {
                let property = |id| discriminator::property(schemas, id, name);
                property(one).zip(property(other)).is_none_or(|(one, other)| self.reads(one, other, depth))
            })
    }
}

fn reads_scalar(one: Scalar, other: Scalar) -> bool {
    one == other
        || matches!(
            (one, other),
            (Scalar::String, Scalar::Text(_)) | (Scalar::Float(_), Scalar::Integer(_) | Scalar::UnixTime)
        )
}

fn fits(scalar: Scalar, listed: Vec<&crate::source::Node>) -> bool {
    listed.iter().all(|value| match scalar {
        Scalar::String => value.as_str().is_some(),
        Scalar::Float(_) => value.as_number().is_some(),
        Scalar::Integer(_) => value.as_number().is_some_and(|number| number.as_integer().is_some()),
        Scalar::Bool | Scalar::Text(_) | Scalar::UnixTime => false,
    })
}
