//! Identical inline types are one type, named by the place where the description says it first.

use std::fmt::Write as _;

use super::Context;
use crate::ir::{Docs, Field, Id, Rest, Shape, Tag, TypeId};

/// The type that stands for an inline type: an earlier one that is described in the same words, else itself.
///
/// A type with a name of its own stays apart, whatever else looks like it: its author may change the one without the
/// other. `named` is the last type that was added, and is taken away again: its parts were replaced by those of the
/// earlier type before, so nothing is left that belongs to it. Where parts of its own are left, which a cycle through
/// `allOf` makes, it stays.
pub(super) fn representative(cx: &mut Context<'_, '_>, named: TypeId) -> TypeId {
    let key = key(&cx.api.types[named].shape);
    let known = *cx.shapes.entry(key).or_insert(named);
    if known == named || named.index() + 1 != cx.api.types.len() {
        return named;
    }
    cx.api.types.pop();
    known
}

/// A text that is the same for two shapes exactly when they can be one type.
fn key(shape: &Shape) -> String {
    let mut key = String::new();
    write(&mut key, shape);
    key
}

fn write(key: &mut String, shape: &Shape) {
    // Writing to a string does not fail.
    _ = match shape {
        Shape::Record(record) => {
            record.fields.iter().for_each(|field| write_field(key, field));
            for constant in &record.constants {
                _ = write!(key, "{constant:?}");
            }
            let rest = match &record.rest {
                Rest::Closed => &Rest::Ignored,
                rest => rest,
            };
            write!(key, "{:?}{rest:?}", record.kind)
        }
        Shape::Enumeration(enumeration) => {
            for value in &enumeration.values {
                _ = write!(key, "{:?}{:?}", value.value, value.name);
                write_docs(key, &value.docs);
            }
            write!(key, "{:?}", enumeration.repr)
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                _ = write!(key, "{:?}{:?}{:?}{:?}", variant.name, variant.tags, variant.tests, variant.ty);
            }
            match &union.tag {
                Tag::Property(property) => write!(key, "by {property:?}"),
                Tag::Event => write!(key, "by event"),
                Tag::Form => write!(key, "by form"),
            }
        }
        Shape::Alias(ty) => write!(key, "{ty:?}"),
    };
}

fn write_field(key: &mut String, field: &Field) {
    let Field { origin: _, docs, wire, ty, presence, access, secret } = field;
    _ = write!(key, "{wire:?}{ty:?}{presence:?}{access:?}{secret}");
    write_docs(key, docs);
}

fn write_docs(key: &mut String, docs: &Docs) {
    _ = write!(key, "{:?}{:?}{}", docs.summary, docs.description, docs.deprecated);
}
