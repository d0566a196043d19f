//! The members of a union: those of a union inside it are its own where nothing stands between.

use std::collections::HashSet;

use super::classify::is_null;
use super::discriminator::{self, Children};
use super::{Context, enumeration};
use crate::schema::{SchemaId, Schemas};

/// How deep unions inside unions are followed.
const DEEPEST: u32 = 16;

/// The members of `oneOf`, else of `anyOf`, that are more than null, each once; else what inherits from the schema.
pub(super) fn of(cx: &Context<'_, '_>, id: SchemaId) -> Vec<SchemaId> {
    of_schema(cx.schemas, &cx.children, id)
}

/// The same before there is a context.
///
/// A union inside whose members a property tells apart, or that is an enumeration, says more by itself than among other
/// members. So it stays whole, unless all members together are told apart so.
pub(super) fn of_schema(schemas: &Schemas<'_>, children: &Children, id: SchemaId) -> Vec<SchemaId> {
    if let Some(children) = children.get(&id) {
        return children.clone();
    }
    let all = gather(schemas, id, DEEPEST, &|_| true);
    if is_one(schemas, &all) {
        return all;
    }
    gather(schemas, id, DEEPEST, &|inner| !is_one(schemas, inner))
}

/// Whether the members are known by a property, or are the values of one enumeration.
fn is_one(schemas: &Schemas<'_>, members: &[SchemaId]) -> bool {
    members.len() > 1
        && (discriminator::constants(schemas, members).is_some() || enumeration::joined(schemas, members).is_some())
}

fn gather(schemas: &Schemas<'_>, id: SchemaId, depth: u32, opens: &dyn Fn(&[SchemaId]) -> bool) -> Vec<SchemaId> {
    let schema = &schemas[id];
    let listed = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
    let (mut members, mut seen) = (Vec::with_capacity(listed.len()), HashSet::new());
    for member in listed.iter().filter(|member| !is_null(&schemas[**member])) {
        let inner = depth.checked_sub(1).filter(|_| is_nameless_union(schemas, *member));
        let inner = inner.map(|depth| gather(schemas, *member, depth, opens)).filter(|inner| opens(inner));
        for member in inner.unwrap_or_else(|| vec![*member]) {
            if seen.insert(schemas.resolve(member)) {
                members.push(member);
            }
        }
    }
    members
}

/// Whether a schema says nothing but that it is one of several, and nobody gave it a name, words or a tag.
fn is_nameless_union(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    let schema = &schemas[id];
    let lists = [&schema.one_of, &schema.any_of];
    lists.iter().filter(|list| !list.is_empty()).count() == 1
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional.is_none()
        && schema.patterns.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.values.is_none()
        && schema.constant.is_none()
        && schema.discriminator.is_none()
        && schema.title.is_none()
        && schema.description.is_none()
}
