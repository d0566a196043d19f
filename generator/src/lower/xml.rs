//! Where values stand in XML: names, attributes and lists, as `xml` of the schemas says it.

use std::collections::{BTreeMap, HashSet};

use super::object;
use super::{Context, named};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{
    Api, Constant, Field, Fixed, Presence, Record, Repr, Representation, Rest, Scalar, Shape, Tag, Type, TypeId,
    XmlContent, XmlElement, XmlName, XmlPlace, XmlRecord,
};
use crate::schema::{Schema, SchemaId, Xml};
use crate::source::Pointer;

/// What XML does not tell of a union.
const UNION: &str = "a value of this union";

/// How far schemas that say the same are followed. The bound ends cycles.
const LONGEST_CHAIN: usize = 32;

/// The root element of a body.
pub(super) fn root(cx: &mut Context<'_, '_>, at: &Pointer, schema: Option<SchemaId>, ty: &Type) -> XmlElement {
    let chain = schema.map(|schema| chain(cx, schema)).unwrap_or_default();
    let xml = annotation(cx, &chain);
    let key = chain.iter().find_map(|id| named::key_of(cx, *id));
    if xml.name.is_none() && key.is_none() {
        let reading = "it is called `root`";
        cx.diagnostics.push(catalog::xml_conflict(at, "nothing says what the root element is called", reading));
    }
    let inferred = key.unwrap_or_else(|| "root".to_owned());
    let name = name(cx, &chain, &xml, &inferred);
    XmlElement { content: content(cx, &chain, ty, &name, &[]), name }
}

/// Makes the tables of the types that XML bodies hold: of each record by itself, then of what shares an element.
pub(super) fn complete(cx: &mut Context<'_, '_>) {
    let own = tables(cx);
    let mut conflicting = HashSet::new();
    for id in own.keys() {
        let is_union = matches!(cx.api.types[*id].shape, Shape::Union(_));
        let joined = parts(&cx.api, *id).and_then(|parts| joined(&own, &parts));
        let table = match joined {
            Some(fields) => XmlRecord { fields, rest: own[id].rest.clone() },
            None => {
                cx.diagnostics.push(catalog::xml_untyped(&cx.api.types[*id].origin, UNION));
                if is_union {
                    conflicting.insert(*id);
                    continue;
                }
                own[id].clone()
            }
        };
        cx.api.xml.insert(*id, table);
    }
    forget(&mut cx.api, &conflicting);
}

/// The tables of what bodies lead to: records without what shares their element, and unions without anything.
fn tables(cx: &mut Context<'_, '_>) -> BTreeMap<TypeId, XmlRecord> {
    let mut tables = BTreeMap::new();
    let mut queue: Vec<TypeId> = roots_mut(&mut cx.api).filter_map(|root| record_in(root)).collect();
    queue.reverse();
    while let Some(id) = queue.pop() {
        if tables.contains_key(&id) {
            continue;
        }
        let table = match cx.api.types[id].shape.clone() {
            Shape::Record(record) => of_record(cx, id, &record),
            _ => XmlRecord::default(),
        };
        let fields = table.fields.iter().map(|(_, place)| place.content());
        let inside = fields.chain(&table.rest).filter_map(record_in);
        let beside = parts(&cx.api, id).into_iter().flat_map(|parts| parts.records);
        let next: Vec<TypeId> = inside.chain(beside).collect();
        queue.extend(next.into_iter().rev());
        tables.insert(id, table);
    }
    tables
}

/// What stands in the root elements of bodies.
fn roots_mut(api: &mut Api) -> impl Iterator<Item = &mut XmlContent> {
    let contents = api.operations.values_mut().flat_map(|operation| {
        let bodies =
            operation.body.iter_mut().flat_map(|body| std::iter::once(&mut body.content).chain(&mut body.others));
        let cases = operation.success.iter_mut().chain(&mut operation.failure);
        bodies.chain(cases.filter_map(|case| case.content.as_mut()))
    });
    contents.filter_map(|content| match &mut content.representation {
        Representation::Xml(root) => Some(&mut root.content),
        _ => None,
    })
}

/// The record or union that a content holds.
fn record_in(content: &XmlContent) -> Option<TypeId> {
    match content {
        XmlContent::Record(id) => Some(*id),
        XmlContent::List(item) => record_in(&item.content),
        XmlContent::Map(values) => record_in(values),
        XmlContent::Text | XmlContent::Bool | XmlContent::Number | XmlContent::Any => None,
    }
}

/// Takes values of these types for anything.
fn forget(api: &mut Api, types: &HashSet<TypeId>) {
    let forget = |content: &mut XmlContent| {
        let mut content = content;
        loop {
            content = match content {
                XmlContent::List(item) => &mut item.content,
                XmlContent::Map(values) => values,
                XmlContent::Record(id) if types.contains(id) => {
                    *content = XmlContent::Any;
                    return;
                }
                _ => return,
            }
        }
    };
    roots_mut(api).for_each(forget);
    for table in api.xml.values_mut() {
        table.fields.iter_mut().map(|(_, place)| place.content_mut()).chain(&mut table.rest).for_each(forget);
    }
}

/// A schema and those that it only repeats, the nearest one first.
fn chain(cx: &Context<'_, '_>, id: SchemaId) -> Vec<SchemaId> {
    let mut all = vec![id];
    let mut current = id;
    while all.len() < LONGEST_CHAIN {
        let schema = &cx.schemas[current];
        current = match (schema.reference, schema.all_of.as_slice()) {
            (Some(target), _) => target,
            (None, [member]) if schema.properties.is_empty() => *member,
            _ => break,
        };
        all.push(current);
    }
    all
}

/// What the schemas of a chain say together; the nearest one counts most.
fn annotation<'d>(cx: &Context<'d, '_>, chain: &[SchemaId]) -> Xml<'d> {
    let stated = chain.iter().filter_map(|id| cx.schemas[*id].xml.as_ref());
    stated.fold(Xml::default(), |near, far| Xml {
        name: near.name.or(far.name),
        prefix: near.prefix.or(if near.namespace.is_none() { far.prefix } else { None }),
        namespace: near.namespace.or(far.namespace),
        attribute: near.attribute || far.attribute,
        wrapped: near.wrapped || far.wrapped,
        node_type: near.node_type.or(far.node_type),
    })
}

/// The `xml` that a message points at.
fn place_of(cx: &Context<'_, '_>, chain: &[SchemaId]) -> Pointer {
    let stating = chain.iter().map(|id| &cx.schemas[*id]).find(|schema| schema.xml.is_some());
    stating.map_or_else(Pointer::root, |schema: &Schema<'_>| schema.pointer.child("xml"))
}

fn name(cx: &mut Context<'_, '_>, chain: &[SchemaId], xml: &Xml<'_>, inferred: &str) -> XmlName {
    let stated = xml.name.unwrap_or(inferred);
    let at = place_of(cx, chain);
    let local = spelled(stated);
    if xml.name.is_some() && local != stated {
        cx.diagnostics.push(catalog::xml_conflict(
            &at,
            "the name is none that XML allows",
            "it is written by other letters",
        ));
    }
    let namespace = match (xml.namespace, xml.prefix) {
        (None, Some(_)) => {
            let fault = "the prefix stands for no namespace";
            cx.diagnostics.push(catalog::xml_conflict(&at, fault, "the element goes without the prefix"));
            None
        }
        (uri, prefix) => uri.map(|uri| (uri.to_owned(), prefix.map(spelled))),
    };
    XmlName { local, namespace }
}

/// The name with an underscore in place of what no name of XML has.
fn spelled(name: &str) -> String {
    let is_start = |character: char| character.is_alphabetic() || character == '_';
    let is_name = |character: char| is_start(character) || character.is_numeric() || "-.\u{b7}".contains(character);
    let name: String = name.chars().map(|character| if is_name(character) { character } else { '_' }).collect();
    if name.starts_with(is_start) { name } else { format!("_{name}") }
}

/// What stands in an element. `outer` is its name, which items without one of their own have too. `open` are the aliases
/// that lead here.
fn content(cx: &mut Context<'_, '_>, chain: &[SchemaId], ty: &Type, outer: &XmlName, open: &[TypeId]) -> XmlContent {
    match ty {
        Type::Nullable(inner) => content(cx, chain, inner, outer, open),
        Type::Scalar(Scalar::Bool) => XmlContent::Bool,
        Type::Scalar(Scalar::Integer(_) | Scalar::Float(_) | Scalar::UnixTime) => XmlContent::Number,
        Type::Scalar(Scalar::String | Scalar::Text(_)) => XmlContent::Text,
        Type::List(item) => XmlContent::List(Box::new(self::item(cx, chain, item, outer, open))),
        Type::Map(value) => {
            let values = chain.iter().find_map(|id| cx.schemas[*id].additional);
            let values = values.map(|id| self::chain(cx, id)).unwrap_or_default();
            XmlContent::Map(Box::new(content(cx, &values, value, outer, open)))
        }
        Type::Tuple(_) => untyped(cx, chain, "each place of this list"),
        Type::Any | Type::Bytes => XmlContent::Any,
        Type::Named(id) => match cx.api.types[*id].shape.clone() {
            Shape::Alias(_) if open.contains(id) || open.len() == LONGEST_CHAIN => {
                untyped(cx, chain, "a value of a type that holds itself")
            }
            Shape::Alias(ty) => content(cx, chain, &ty, outer, &[open, &[*id]].concat()),
            Shape::Enumeration(enumeration) => match enumeration.repr {
                Repr::String => XmlContent::Text,
                Repr::Integer(_) => XmlContent::Number,
                Repr::Mixed => untyped(cx, chain, "a value of this enumeration"),
            },
            Shape::Union(_) if parts(&cx.api, *id).is_none() => untyped(cx, chain, UNION),
            Shape::Record(_) | Shape::Union(_) => XmlContent::Record(*id),
        },
    }
}

fn untyped(cx: &mut Context<'_, '_>, chain: &[SchemaId], what: &str) -> XmlContent {
    let at = chain.last().map_or_else(Pointer::root, |id| cx.schemas[*id].pointer.clone());
    cx.diagnostics.push(catalog::xml_untyped(&at, what));
    XmlContent::Any
}

/// The element of an item of a list.
fn item(cx: &mut Context<'_, '_>, list: &[SchemaId], ty: &Type, outer: &XmlName, open: &[TypeId]) -> XmlElement {
    let items = list.iter().find_map(|id| cx.schemas[*id].items);
    let chain = items.map(|id| self::chain(cx, id)).unwrap_or_default();
    let xml = annotation(cx, &chain);
    let name = match (xml.name, xml.namespace) {
        (None, None) => outer.clone(),
        _ => name(cx, &chain, &xml, &outer.local),
    };
    XmlElement { content: content(cx, &chain, ty, &name, open), name }
}

fn of_record(cx: &mut Context<'_, '_>, id: TypeId, record: &Record) -> XmlRecord {
    let origin = cx.api.types[id].origin.clone();
    let properties = cx.schemas.find(&origin).map(|schema| object::properties(cx, schema)).unwrap_or_default();
    let mut fields = Vec::new();
    for Constant { wire, value, .. } in &record.constants {
        let property = properties.iter().find(|(name, ..)| name == wire).and_then(|(_, property, _)| property.last());
        let ty = match value {
            Fixed::String(_) => Type::Scalar(Scalar::String),
            Fixed::Bool(_) => Type::Scalar(Scalar::Bool),
            Fixed::Integer(_) | Fixed::Float(_) => Type::Scalar(Scalar::Float(crate::ir::Float::F64)),
        };
        fields.push((wire.clone(), place(cx, property, wire, &ty, true)));
    }
    for Field { origin, wire, ty, presence, .. } in &record.fields {
        let is_required = matches!(presence, Presence::Required | Presence::Preset(_));
        let schema = cx.schemas.find(origin);
        fields.push((wire.clone(), place(cx, schema, wire, ty, is_required)));
    }
    let rest = match &record.rest {
        Rest::Kept(ty) => Some(content(cx, &[], ty, &XmlName { local: "item".to_owned(), namespace: None }, &[])),
        Rest::Ignored | Rest::Closed => None,
    };
    XmlRecord { fields, rest }
}

/// The records whose members lie in one element, and the properties that tell them apart.
struct Parts {
    records: Vec<TypeId>,
    tags: Vec<String>,
}

/// What lies in an element of a record or union; `None` where some variant is no object.
fn parts(api: &Api, id: TypeId) -> Option<Parts> {
    let mut parts = Parts { records: Vec::new(), tags: Vec::new() };
    let (mut seen, mut queue) = (HashSet::new(), vec![id]);
    while let Some(id) = queue.pop() {
        if !seen.insert(id) {
            continue;
        }
        match &api.types[id].shape {
            Shape::Record(record) => {
                parts.records.push(id);
                queue.extend(record.kind.iter().map(named_in).collect::<Option<Vec<_>>>()?);
            }
            Shape::Union(union) => {
                // The first variant is taken from the queue first.
                let variants = union.variants.iter().rev().map(|variant| named_in(&variant.ty));
                queue.extend(variants.collect::<Option<Vec<_>>>()?);
                if let Tag::Property(tag) = &union.tag {
                    parts.tags.push(tag.clone());
                }
            }
            Shape::Alias(target) => queue.push(named_in(target)?),
            Shape::Enumeration(_) => return None,
        }
    }
    Some(parts)
}

fn named_in(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => named_in(inner),
        _ => None,
    }
}

/// The places of all members that lie in one element; `None` where two records have one member in different places.
fn joined(own: &BTreeMap<TypeId, XmlRecord>, parts: &Parts) -> Option<Vec<(String, XmlPlace)>> {
    let mut fields = Vec::new();
    for record in &parts.records {
        add(&mut fields, own.get(record)?.fields.clone())?;
    }
    for tag in &parts.tags {
        if !fields.iter().any(|(member, _)| member == tag) {
            let name = XmlName { local: spelled(tag), namespace: None };
            fields.insert(0, (tag.clone(), XmlPlace::Element(XmlElement { name, content: XmlContent::Text })));
        }
    }
    Some(fields)
}

/// Adds members; `None` where one stands in another place already.
fn add(fields: &mut Vec<(String, XmlPlace)>, more: Vec<(String, XmlPlace)>) -> Option<()> {
    for (member, place) in more {
        match fields.iter().find(|(known, _)| *known == member) {
            Some((_, known)) if *known != place => return None,
            Some(_) => {}
            None => fields.push((member, place)),
        }
    }
    Some(())
}

/// Where a property stands.
fn place(cx: &mut Context<'_, '_>, schema: Option<SchemaId>, wire: &str, ty: &Type, is_required: bool) -> XmlPlace {
    let chain = schema.map(|schema| chain(cx, schema)).unwrap_or_default();
    let xml = annotation(cx, &chain);
    let node = node(cx, &chain, &xml);
    let list = list_item(cx, ty);
    if let (Node::None | Node::Unsaid, Some(item_type)) = (node, &list) {
        // The name of a list that has no element of its own has no effect.
        let own = name(cx, &chain, &Xml { name: None, ..xml }, wire);
        let item = item(cx, &chain, item_type, &own, &[]);
        return if is_required { XmlPlace::Items(item) } else { XmlPlace::OptionalItems(item) };
    }
    let mut name = name(cx, &chain, &xml, wire);
    let content = content(cx, &chain, ty, &name, &[]);
    let is_text = matches!(content, XmlContent::Text | XmlContent::Bool | XmlContent::Number);
    let mut refuse = |fault: &str, reading: &str| {
        let at = place_of(cx, &chain);
        cx.diagnostics.push(catalog::xml_conflict(&at, fault, reading));
    };
    match node {
        Node::Attribute if is_text => {
            if matches!(name.namespace, Some((_, None))) {
                refuse("an attribute in a namespace needs a prefix", "it goes without the namespace");
                name.namespace = None;
            }
            XmlPlace::Attribute(XmlElement { name, content })
        }
        Node::Text if is_text => XmlPlace::Text(content),
        Node::Cdata if is_text => XmlPlace::Cdata(content),
        Node::Attribute | Node::Text | Node::Cdata => {
            refuse("a list or an object is no text", "it is an element");
            XmlPlace::Element(XmlElement { name, content })
        }
        Node::None => {
            refuse("only a list goes without an element of its own", "it is an element");
            XmlPlace::Element(XmlElement { name, content })
        }
        Node::Element | Node::Unsaid => XmlPlace::Element(XmlElement { name, content }),
    }
}

/// What `nodeType` says, or what stands in its place.
#[derive(Clone, Copy)]
enum Node {
    Element,
    Attribute,
    Text,
    Cdata,
    None,
    Unsaid,
}

fn node(cx: &mut Context<'_, '_>, chain: &[SchemaId], xml: &Xml<'_>) -> Node {
    let mut refuse = |fault: &str, reading: &str| {
        let at = place_of(cx, chain);
        cx.diagnostics.push(catalog::xml_conflict(&at, fault, reading));
    };
    if xml.node_type.is_some() && (xml.attribute || xml.wrapped) {
        refuse("`nodeType` takes the place of `attribute` and `wrapped`", "`nodeType` alone counts");
    }
    match xml.node_type {
        Some("element") => Node::Element,
        Some("attribute") => Node::Attribute,
        Some("text") => Node::Text,
        Some("cdata") => Node::Cdata,
        Some("none") => Node::None,
        Some(_) => {
            refuse("`nodeType` is one of `element`, `attribute`, `text`, `cdata` and `none`", "it is left out");
            Node::Unsaid
        }
        None if xml.attribute => Node::Attribute,
        None if xml.wrapped => Node::Element,
        None => Node::Unsaid,
    }
}

/// The type of the items, where a type is a list.
fn list_item(cx: &Context<'_, '_>, ty: &Type) -> Option<Type> {
    let mut ty = ty;
    // A chain of aliases is short; the bound ends a cycle.
    for _ in 0..LONGEST_CHAIN {
        ty = match ty {
            Type::List(item) => return Some((**item).clone()),
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &cx.api.types[*id].shape {
                Shape::Alias(target) => target,
                _ => return None,
            },
            _ => return None,
        };
    }
    None
}
