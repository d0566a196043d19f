//! What the members of a union are called: by what tells them apart, never by their place.

use std::collections::HashSet;

use super::discriminator::{self, Plan};
use super::{Context, enumeration, named};
use crate::schema::{JsonType, SchemaId, Schemas};
use crate::source::Node;

/// How many properties of a member are looked at: nobody reads a name that says more.
const MOST_KEYS: usize = 12;
/// How many properties name a member that no one or two of them tell apart.
const MOST_WORDS: usize = 4;
/// How many values an enumeration is called by.
const MOST_VALUES: usize = 3;
/// How deep lists and compositions are followed for a name.
const DEEPEST: u32 = 8;

/// A name for each member: its tag, the key of its component, its title, else what tells it from the other members that
/// have none of these.
pub(super) fn of_members(cx: &Context<'_, '_>, plan: Option<&Plan<'_>>, members: &[SchemaId]) -> Vec<String> {
    let tag = |position: usize| plan.and_then(|plan| plan.values.get(position)?.first().cloned());
    let tagged = members.iter().enumerate().map(|(position, member)| (*member, tag(position))).collect();
    names(cx, tagged, DEEPEST)
}

fn names(cx: &Context<'_, '_>, members: Vec<(SchemaId, Option<String>)>, depth: u32) -> Vec<String> {
    let schemas = cx.schemas;
    let given = members.into_iter().map(|(member, tag)| (schemas.resolve(member), tag.or_else(|| stated(cx, member))));
    let mut names: Vec<(SchemaId, Option<String>)> = given.collect();
    let is_object = |member| !discriminator::names(schemas, member).is_empty();

    let unnamed = names.iter_mut().filter(|(_, name)| name.is_none());
    let (objects, mut others): (Vec<_>, Vec<_>) = unnamed.partition(|(member, _)| is_object(*member));
    let looks: Vec<Object<'_>> = objects.iter().map(|(member, _)| object(cx, *member)).collect();
    objects.into_iter().zip(name_objects(&looks)).for_each(|((_, slot), name)| *slot = Some(name));
    others.iter_mut().for_each(|(member, slot)| *slot = Some(plain_name(cx, *member, depth)));

    let lower = |name: &Option<String>| name.as_deref().unwrap_or_default().to_ascii_lowercase();
    let plain: Vec<SchemaId> = others.iter().map(|(member, _)| *member).collect();
    let all: Vec<String> = names.iter().map(|(_, name)| lower(name)).collect();
    let is_shared = |name: &Option<String>| all.iter().filter(|other| **other == lower(name)).count() > 1;
    let alike = names.iter_mut().filter(|(member, name)| plain.contains(member) && is_shared(name));
    let (mut alike, mut alike_lists): (Vec<_>, Vec<_>) =
        alike.partition(|(member, _)| schemas[*member].items.is_none());
    for (member, slot) in &mut alike {
        *slot = full_name(schemas, *member).or(slot.take());
    }
    // Lists are told apart as their items are.
    let items = alike_lists.iter().filter_map(|(member, _)| Some((schemas[*member].items?, None))).collect();
    if let Some(depth) = depth.checked_sub(1).filter(|_| !alike_lists.is_empty()) {
        let items = self::names(cx, items, depth);
        alike_lists.iter_mut().zip(items).for_each(|((_, slot), item)| *slot = Some(format!("{item} array")));
    }
    names.into_iter().map(|(_, name)| name.unwrap_or_default()).collect()
}

/// The name that the author gave: the key of a component, or a title.
fn stated(cx: &Context<'_, '_>, member: SchemaId) -> Option<String> {
    let schemas = cx.schemas;
    let title = || schemas[schemas.resolve(member)].title.filter(|title| !title.trim().is_empty()).map(str::to_owned);
    named::key_of(cx, member).or_else(title)
}

/// A member with known properties.
struct Object<'d> {
    /// The component that it extends.
    extended: Option<String>,
    /// The values of properties that always have the same.
    constants: Vec<String>,
    /// The names of its properties, those that must be there first.
    keys: Vec<&'d str>,
}

fn object<'d>(cx: &Context<'d, '_>, id: SchemaId) -> Object<'d> {
    let schemas = cx.schemas;
    let names = discriminator::names(schemas, id).into_iter();
    let (mut keys, optional): (Vec<&str>, Vec<&str>) =
        names.partition(|name| discriminator::is_required(schemas, id, name));
    keys.extend(optional);
    keys.truncate(MOST_KEYS);
    Object {
        extended: schemas[id].all_of.iter().find_map(|member| named::key_of(cx, *member)),
        constants: keys.iter().filter_map(|key| constant(schemas, id, key)).collect(),
        keys,
    }
}

/// The value that a property always has; of a property that is always true, its name.
fn constant(schemas: &Schemas<'_>, id: SchemaId, key: &str) -> Option<String> {
    let property = discriminator::property(schemas, id, key)?;
    match enumeration::values(&schemas[property])?.as_slice() {
        [Node::Bool(true)] => Some(key.to_owned()),
        [Node::String(value)] if !value.trim().is_empty() => Some(value.clone()),
        [Node::Number(value)] => value.as_integer().map(|value| format!("{key} {value}")),
        _ => None,
    }
}

/// Objects by a constant, a component that they extend, or one or two properties that no other of them has.
fn name_objects(objects: &[Object<'_>]) -> Vec<String> {
    let own: Vec<Option<String>> = (0..objects.len()).map(|position| own_name(objects, position)).collect();
    // What has nothing of its own is the plain one among the others.
    let plain: HashSet<&[&str]> =
        own.iter().zip(objects).filter(|(name, _)| name.is_none()).map(|(_, object)| object.keys.as_slice()).collect();
    let is_only = plain.len() == 1;
    let plain = |object: &Object<'_>| match is_only {
        true => "object".to_owned(),
        false => object.keys.iter().take(MOST_WORDS).copied().collect::<Vec<_>>().join(" "),
    };
    own.into_iter().zip(objects).map(|(name, object)| name.unwrap_or_else(|| plain(object))).collect()
}

fn own_name(objects: &[Object<'_>], position: usize) -> Option<String> {
    let object = objects.get(position)?;
    let others = || objects.iter().enumerate().filter(|(other, _)| *other != position).map(|(_, other)| other);
    let constant = object.constants.iter().find(|value| others().all(|other| !other.constants.contains(value)));
    let extended = || object.extended.as_ref().filter(|_| others().all(|other| other.extended != object.extended));
    if let Some(name) = constant.or_else(extended) {
        return Some(name.clone());
    }
    if objects.len() == 1 {
        return None;
    }
    let key = object.keys.iter().find(|key| others().all(|other| !other.keys.contains(key)));
    if let Some(key) = key {
        return Some((*key).to_owned());
    }
    let pairs = object
        .keys
        .iter()
        .enumerate()
        .flat_map(|(place, one)| object.keys.iter().skip(place + 1).map(move |two| (*one, *two)));
    let has = |other: &Object<'_>, one, two| other.keys.contains(&one) && other.keys.contains(&two);
    let mut own = pairs.filter(|(one, two)| others().all(|other| !has(other, *one, *two)));
    own.next().map(|(one, two)| format!("{one} {two}"))
}

/// The only value, else the JSON type, else what the first part of a composition is called.
fn plain_name(cx: &Context<'_, '_>, id: SchemaId, depth: u32) -> String {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    if let Some([Node::String(only)]) = enumeration::values(schema).as_deref() {
        return only.clone();
    }
    let types = schema.types.without(JsonType::Null);
    let mut types = types.iter();
    if let (Some(json_type), None) = (types.next(), types.next()) {
        return json_type.name().to_owned();
    }
    let part = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next();
    match (part, depth.checked_sub(1), schema.items, schema.additional) {
        (Some(part), Some(depth), ..) => {
            stated(cx, *part).unwrap_or_else(|| plain_name(cx, schemas.resolve(*part), depth))
        }
        (_, _, Some(_), _) => "array".to_owned(),
        (_, _, None, Some(_)) => "object".to_owned(),
        (_, _, None, None) => "other".to_owned(),
    }
}

/// What tells a member from others of the same JSON type: its format, its values, or that its keys are free.
fn full_name(schemas: &Schemas<'_>, id: SchemaId) -> Option<String> {
    let schema = &schemas[id];
    let listed = || {
        let values = enumeration::values(schema)?;
        let texts: Option<Vec<&str>> = values.iter().map(|value| value.as_str()).collect();
        Some(texts.filter(|texts| texts.len() <= MOST_VALUES).map_or("listed".to_owned(), |texts| texts.join(" or ")))
    };
    let named = schema.format.map(str::to_owned).or_else(listed);
    named.or_else(|| schema.additional.map(|_| "map".to_owned()))
}
