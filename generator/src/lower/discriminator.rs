//! How the variants of a union are told apart by a property, and which schemas are variants of others by inheritance.

use std::collections::{HashMap, HashSet};

use super::{enumeration, member};
use crate::schema::{SchemaId, Schemas};
use crate::source::Pointer;

/// How the members of a union are told apart by a property: its name, and the values that select each member.
pub(super) struct Plan<'d> {
    pub(super) property: &'d str,
    pub(super) values: Vec<Vec<String>>,
}

/// The property that tells a schema from its siblings, and the values of it that select the schema.
pub(super) struct Tag<'d> {
    pub(super) property: &'d str,
    pub(super) values: Vec<String>,
}

/// Schemas that inherit from a schema with a discriminator, by the latter: its values are theirs.
pub(super) type Children = HashMap<SchemaId, Vec<SchemaId>>;

/// How deep `allOf` and unions inside unions are followed. Real ones nest a few times; the bound ends cycles.
const DEEPEST: u32 = 16;

/// Finds what inherits: a schema with a discriminator and without `oneOf` or `anyOf` is any of the components that hold
/// it in their `allOf`, directly or through others, and any that its `mapping` names.
pub(super) fn children(schemas: &Schemas<'_>) -> Children {
    let components = Pointer::root().child("components").child("schemas");
    let mut children = Children::new();
    for (id, schema) in schemas.iter() {
        let Some(discriminator) = &schema.discriminator else { continue };
        if schema.one_of.is_empty() && schema.any_of.is_empty() {
            let mapped = discriminator.mapping.iter().filter_map(|(_, name)| mapped_schema(schemas, name));
            let mut all = Vec::new();
            for child in mapped.filter(|child| *child != id && inherits_from(schemas, *child, id)) {
                if !all.contains(&child) {
                    all.push(child);
                }
            }
            children.insert(id, all);
        }
    }
    for (id, schema) in schemas.iter() {
        if !schema.all_of.is_empty() && schema.pointer.parent().as_ref() == Some(&components) {
            for ancestor in ancestors(schemas, id) {
                if let Some(all) = children.get_mut(&ancestor).filter(|all| !all.contains(&id)) {
                    all.push(id);
                }
            }
        }
    }
    children.retain(|_, all| !all.is_empty());
    children
}

/// The schemas that a schema holds in its `allOf`, directly or through others.
fn ancestors(schemas: &Schemas<'_>, id: SchemaId) -> Vec<SchemaId> {
    let mut all = Vec::new();
    let mut queue = vec![id];
    while let Some(next) = queue.pop() {
        for member in &schemas[next].all_of {
            let member = schemas.resolve(*member);
            if member != id && !all.contains(&member) {
                all.push(member);
                queue.push(member);
            }
        }
    }
    all
}

/// Whether a schema holds another one in its `allOf`, directly or through others.
pub(super) fn inherits_from(schemas: &Schemas<'_>, child: SchemaId, parent: SchemaId) -> bool {
    let parent = schemas.resolve(parent);
    let mut seen = HashSet::from([schemas.resolve(child)]);
    let mut open: Vec<SchemaId> = seen.iter().copied().collect();
    while let Some(next) = open.pop() {
        for member in &schemas[next].all_of {
            let member = schemas.resolve(*member);
            if member == parent {
                return true;
            }
            if seen.insert(member) {
                open.push(member);
            }
        }
    }
    false
}

/// The tags of all variants, by their schemas. Known before any type is lowered, since a record is written with its tag.
pub(super) fn tags<'d>(schemas: &Schemas<'d>, children: &Children) -> HashMap<SchemaId, Tag<'d>> {
    let mut tags: HashMap<SchemaId, Tag<'d>> = HashMap::new();
    for (id, _) in schemas.iter() {
        let members = member::of_schema(schemas, children, id);
        let Some(plan) = plan(schemas, children, id, &members) else { continue };
        for (member, values) in members.iter().zip(plan.values) {
            let tag = tags
                .entry(schemas.resolve(*member))
                .or_insert_with(|| Tag { property: plan.property, values: Vec::new() });
            if tag.property == plan.property {
                tag.values.extend(values);
                tag.values.sort();
                tag.values.dedup();
            }
        }
    }
    tags
}

/// How the members of a union are told apart by a property; `None` where nothing of the kind is stated or follows.
pub(super) fn plan<'d>(
    schemas: &Schemas<'d>,
    children: &Children,
    id: SchemaId,
    members: &[SchemaId],
) -> Option<Plan<'d>> {
    plan_within(schemas, children, id, members, DEEPEST)
}

fn plan_within<'d>(
    schemas: &Schemas<'d>,
    children: &Children,
    id: SchemaId,
    members: &[SchemaId],
    depth: u32,
) -> Option<Plan<'d>> {
    let depth = depth.checked_sub(1)?;
    if members.is_empty() || members.len() < 2 && !children.contains_key(&id) {
        return None;
    }
    let stated = stating(schemas, id, members).and_then(|by| stated(schemas, children, by, members, depth));
    stated.or_else(|| constants(schemas, members))
}

/// The schema whose discriminator holds for a union: itself, else what all of its members inherit from.
fn stating(schemas: &Schemas<'_>, id: SchemaId, members: &[SchemaId]) -> Option<SchemaId> {
    if schemas[id].discriminator.is_some() {
        return Some(id);
    }
    let (first, others) = members.split_first()?;
    ancestors(schemas, schemas.resolve(*first)).into_iter().find(|ancestor| {
        schemas[*ancestor].discriminator.is_some()
            && others.iter().all(|member| inherits_from(schemas, *member, *ancestor))
    })
}

/// The plan that the discriminator of `by` states.
fn stated<'d>(
    schemas: &Schemas<'d>,
    children: &Children,
    by: SchemaId,
    members: &[SchemaId],
    depth: u32,
) -> Option<Plan<'d>> {
    let discriminator = schemas[by].discriminator.as_ref()?;
    let mut values: Vec<Vec<String>> = Vec::with_capacity(members.len());
    for member in members {
        let target = schemas.resolve(*member);
        let mapped = discriminator.mapping.iter().filter(|(_, name)| mapped_schema(schemas, name) == Some(target));
        let mut tags: Vec<String> = mapped.map(|(tag, _)| (*tag).to_owned()).collect();
        if tags.is_empty() {
            tags = unmapped(schemas, children, discriminator.property, *member, depth)?;
        }
        // A value selects the first member that has it.
        tags.retain(|tag| !values.iter().any(|known| known.contains(tag)));
        if tags.is_empty() {
            return None;
        }
        values.push(tags);
    }
    Some(Plan { property: discriminator.property, values })
}

/// The values for a member that no mapping names: those of a union inside, its constants, else its component's key.
fn unmapped(
    schemas: &Schemas<'_>,
    children: &Children,
    property: &str,
    member: SchemaId,
    depth: u32,
) -> Option<Vec<String>> {
    let target = schemas.resolve(member);
    let inner = member::of_schema(schemas, children, target);
    let nested = plan_within(schemas, children, target, &inner, depth).filter(|plan| plan.property == property);
    if let Some(plan) = nested {
        return Some(plan.values.concat());
    }
    let listed = values_of(schemas, target, property);
    if !listed.is_empty() {
        return Some(listed.into_iter().map(str::to_owned).collect());
    }
    component_key(schemas, member).map(|key| vec![key])
}

/// The key of the component that a member is, or that it refers to.
pub(super) fn component_key(schemas: &Schemas<'_>, member: SchemaId) -> Option<String> {
    let pointer = &schemas[schemas[member].reference.unwrap_or(member)].pointer;
    let components = Pointer::root().child("components").child("schemas");
    let named = schemas[member].reference.is_some() || pointer.parent().as_ref() == Some(&components);
    if named { pointer.last() } else { None }
}

/// The schema that a value of `mapping` names: by a reference, or by the key of a component.
fn mapped_schema(schemas: &Schemas<'_>, name: &str) -> Option<SchemaId> {
    let component = |name: &str| Pointer::root().child("components").child("schemas").child(name);
    let pointer = match name.strip_prefix('#') {
        Some(fragment) => Pointer::parse(fragment)?,
        None => component(name),
    };
    Some(schemas.resolve(schemas.find(&pointer)?))
}

/// The plan that follows from a property which must be there and has other values in each member.
pub(super) fn constants<'d>(schemas: &Schemas<'d>, members: &[SchemaId]) -> Option<Plan<'d>> {
    let first = schemas.resolve(*members.first()?);
    names(schemas, first).into_iter().find_map(|property| {
        let mut values: Vec<Vec<String>> = Vec::new();
        for member in members {
            let member = schemas.resolve(*member);
            let listed = values_of(schemas, member, property);
            let known = |value: &&str| values.iter().flatten().any(|known| known == value);
            if listed.is_empty() || listed.iter().any(known) || !is_required(schemas, member, property) {
                return None;
            }
            values.push(listed.into_iter().map(str::to_owned).collect());
        }
        Some(Plan { property, values })
    })
}

/// The schema and what it holds in its `allOf`, each once.
fn lineage(schemas: &Schemas<'_>, id: SchemaId) -> Vec<SchemaId> {
    let mut all = vec![id];
    all.extend(ancestors(schemas, id));
    all
}

/// The names of the properties of a schema.
pub(super) fn names<'d>(schemas: &Schemas<'d>, id: SchemaId) -> Vec<&'d str> {
    let all = lineage(schemas, id).into_iter();
    all.flat_map(|id| schemas[id].properties.iter().map(|(name, _)| *name).collect::<Vec<_>>()).collect()
}

/// Whether a schema demands a property.
pub(super) fn is_required(schemas: &Schemas<'_>, id: SchemaId, property: &str) -> bool {
    lineage(schemas, id).into_iter().any(|id| schemas[id].required.contains(&property))
}

/// The names that a schema demands.
pub(super) fn required<'d>(schemas: &Schemas<'d>, id: SchemaId) -> Vec<&'d str> {
    lineage(schemas, id).into_iter().flat_map(|id| schemas[id].required.clone()).collect()
}

/// The schema of a property, references followed.
pub(super) fn property(schemas: &Schemas<'_>, id: SchemaId, property: &str) -> Option<SchemaId> {
    lineage(schemas, id).into_iter().find_map(|id| {
        let (_, found) = schemas[id].properties.iter().find(|(name, _)| *name == property)?;
        Some(schemas.resolve(*found))
    })
}

/// The strings to which a schema restricts a property; none where it does not.
pub(super) fn values_of<'d>(schemas: &Schemas<'d>, id: SchemaId, property: &str) -> Vec<&'d str> {
    let mut all = lineage(schemas, id).into_iter();
    let listed = all.find_map(|id| {
        let (_, found) = schemas[id].properties.iter().find(|(name, _)| *name == property)?;
        enumeration::values(&schemas[schemas.resolve(*found)])?.into_iter().map(|value| value.as_str()).collect()
    });
    listed.unwrap_or_default()
}
