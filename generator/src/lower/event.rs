//! Server-sent events whose description types what they say.
//!
//! OpenAPI 3.2 describes an event as an object of its fields, of which `data` is a text. `contentSchema` says what the
//! text spells, and each event of another name is a variant.

use std::collections::HashSet;

use super::{Context, discriminator, docs, types, union, variant_name};
use crate::ir::{NameHint, Representation, Shape, Type, TypeDef, TypeId};
use crate::schema::{SchemaId, Schemas};
use crate::source::{Node, Pointer};

/// The field that says what an event is about.
const DATA: &str = "data";

/// The runtime ends a stream at an event that says this, so it is no value of the stream.
const END: &str = "[DONE]";

/// What events of one kind say.
struct Said<'d> {
    /// The name of the events, where it is a certain one.
    event: Option<&'d str>,
    /// The schema of what the text spells.
    content: SchemaId,
}

/// Whether the items of a stream are the fields of events, and not what events say.
pub(super) fn is_event(schemas: &Schemas<'_>, item: SchemaId) -> bool {
    kinds(schemas, item).any(|kind| discriminator::property(schemas, kind, DATA).is_some())
}

/// The type of what the events of a stream say, and how it is read; `None` where `contentSchema` says it of none of them.
pub(super) fn data(cx: &mut Context<'_, '_>, item: SchemaId, hint: &NameHint) -> Option<(Representation, Type)> {
    let schemas = cx.schemas;
    let typed = contents(schemas, item);
    if typed.is_empty() {
        return None;
    }
    let said: Vec<Said<'_>> = kinds(schemas, item).filter_map(|kind| said(schemas, item, kind)).collect();
    if let [only] = said.as_slice() {
        return Some((Representation::Events, types::of(cx, only.content, hint.clone())));
    }
    let schema = &schemas[schemas.resolve(item)];
    let named = cx.api.types.push(TypeDef {
        origin: schema.pointer.clone(),
        docs: docs::of(schema),
        hint: hint.clone(),
        shape: Shape::Alias(Type::Any),
    });
    let (representation, shape) = match by_name(&said) {
        Some(said) => (Representation::EventFields, Shape::Union(union::of_events(cx, named, &said))),
        None => (Representation::Events, by_form(cx, named, &said)),
    };
    cx.api.types[named].shape = shape;
    Some((representation, Type::Named(named)))
}

/// What the events say by their names, where each kind has a name of its own.
fn by_name<'d>(said: &[Said<'d>]) -> Option<Vec<(&'d str, SchemaId)>> {
    let named: Vec<_> = said.iter().map(|said| Some((said.event?, said.content))).collect::<Option<_>>()?;
    let names: HashSet<&str> = named.iter().map(|(name, _)| *name).collect();
    (names.len() == named.len()).then_some(named)
}

/// What the events say, told apart by the form of their data.
fn by_form(cx: &mut Context<'_, '_>, named: TypeId, said: &[Said<'_>]) -> Shape {
    let members: Vec<SchemaId> = said.iter().map(|said| said.content).collect();
    let names = variant_name::of_members(cx, None, &members);
    let names = said.iter().zip(names).map(|(said, name)| said.event.map_or(name, str::to_owned)).collect();
    let union = union::named(cx, named, &members, names);
    match union.variants.as_slice() {
        [only] => Shape::Alias(only.ty.clone()),
        _ => Shape::Union(union),
    }
}

/// The texts of events that `contentSchema` types.
pub(super) fn contents(schemas: &Schemas<'_>, item: SchemaId) -> Vec<SchemaId> {
    let data = kinds(schemas, item).filter_map(|kind| discriminator::property(schemas, kind, DATA));
    data.filter(|data| schemas[*data].content.is_some()).collect()
}

/// The texts of events that `contentSchema` types, in all descriptions of streams.
pub(super) fn all_contents(schemas: &Schemas<'_>) -> HashSet<SchemaId> {
    let is_item = |pointer: &Pointer| {
        let media = pointer.parent().and_then(|parent| parent.last()).unwrap_or_default();
        pointer.last().as_deref() == Some("itemSchema") && super::media::essence(&media) == "text/event-stream"
    };
    let items = schemas.iter().filter(|(_, schema)| is_item(&schema.pointer));
    items.flat_map(|(item, _)| contents(schemas, item)).collect()
}

/// The kinds of events: the variants, else the schema itself.
fn kinds<'s>(schemas: &'s Schemas<'_>, item: SchemaId) -> impl Iterator<Item = SchemaId> + 's {
    let item = schemas.resolve(item);
    let schema = &schemas[item];
    let variants = schema.one_of.iter().chain(&schema.any_of).map(|variant| schemas.resolve(*variant));
    let is_alone = schema.one_of.is_empty() && schema.any_of.is_empty();
    variants.chain(is_alone.then_some(item))
}

/// What the events of a kind say; `None` for the one that ends the stream, and where nothing is said of it.
fn said<'d>(schemas: &Schemas<'d>, item: SchemaId, kind: SchemaId) -> Option<Said<'d>> {
    let item = schemas.resolve(item);
    let property = |name| discriminator::property(schemas, kind, name).or(discriminator::property(schemas, item, name));
    let data = property(DATA)?;
    let is_end = schemas[data].constant.and_then(Node::as_str) == Some(END);
    let event = match discriminator::values_of(schemas, kind, "event").as_slice() {
        [event] => Some(*event),
        _ => None,
    };
    (!is_end).then(|| Said { event, content: schemas[data].content.unwrap_or(data) })
}
