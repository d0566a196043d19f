//! Objects with known properties: `properties`, and what `allOf` adds to them.

use super::classify::{Class, own};
use super::property::Property;
use super::{Context, docs, enumeration, map, member, property, share, types, union, value};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{
    Access, Constant, Docs, Enumeration, Field, Fixed, NameHint, Presence, Record, Repr, Rest, Role, Scalar, Shape,
    Tag, Type, TypeDef, TypeId, Union,
};
use crate::schema::{Schema, SchemaId};

/// Lowers a schema that says more than one thing: properties, and what other schemas add to them.
pub(super) fn lower(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) -> Shape {
    lower_all(cx, named, &[id])
}

/// Lowers what several schemas say together; the last one is what the type is known as.
pub(super) fn lower_all(cx: &mut Context<'_, '_>, named: TypeId, ids: &[SchemaId]) -> Shape {
    let Some(id) = ids.last().copied() else { return types::empty_record() };
    let mut parts = Parts::default();
    for id in ids {
        gather(cx, *id, &mut parts);
    }
    match parts {
        Parts { properties, unions, values, .. } if properties.is_empty() && unions.is_empty() => {
            value::lower(cx, named, id, &values)
        }
        Parts { properties, unions, values, .. } if properties.is_empty() && unions.len() == 1 => {
            value::report_beside(cx, unions[0], &values);
            union::lower(cx, named, unions[0])
        }
        parts => record(cx, named, id, &parts),
    }
}

/// Lowers the object among the several types of a schema.
pub(super) fn among_types(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) -> Shape {
    let mut parts = Parts::default();
    gather(cx, id, &mut parts);
    parts.values.retain(|value| *value != id);
    record(cx, named, id, &parts)
}

/// The properties that a schema and the members of its `allOf` declare, and whether each must be there.
pub(super) fn properties<'d>(cx: &mut Context<'d, '_>, id: SchemaId) -> Vec<(&'d str, Property, bool)> {
    let mut parts = Parts::default();
    gather(cx, id, &mut parts);
    let required = |name: &str| parts.required.iter().any(|(wanted, _)| *wanted == name);
    parts.properties.into_iter().map(|(name, property)| (name, property, required(name))).collect()
}

/// What a schema and the members of its `allOf` say together.
#[derive(Default)]
struct Parts<'d> {
    seen: Vec<SchemaId>,
    properties: Vec<(&'d str, Property)>,
    required: Vec<(&'d str, SchemaId)>,
    /// Schemas that hold `oneOf` or `anyOf`.
    unions: Vec<SchemaId>,
    /// Schemas that describe something other than an object.
    values: Vec<SchemaId>,
    /// The last schema that says what other properties there are.
    rest: Option<SchemaId>,
}

fn gather<'d>(cx: &mut Context<'d, '_>, id: SchemaId, parts: &mut Parts<'d>) {
    if parts.seen.contains(&id) {
        return;
    }
    parts.seen.push(id);
    let schemas = cx.schemas;
    let schema = &schemas[id];
    if let Some(target) = schema.reference {
        gather(cx, target, parts);
    }
    for member in &schema.all_of {
        gather(cx, *member, parts);
    }
    for (name, property) in &schema.properties {
        let known = parts.properties.iter().position(|(known, _)| known == name);
        let place = known.unwrap_or(parts.properties.len());
        if known.is_none() {
            parts.properties.push((*name, Property::default()));
        }
        if let Some((_, known)) = parts.properties.get_mut(place) {
            property::declare(cx, known, name, *property);
        }
    }
    parts.required.extend(schema.required.iter().map(|name| (*name, id)));
    if schema.additional.is_some() || !schema.patterns.is_empty() {
        parts.rest = Some(id);
    }
    let varies = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if !(varies && gather_union(cx, id, parts)) && value::is_value(cx, schema) {
        parts.values.push(id);
    }
}

/// Whether the members of a union vary in what they are. A single one holds as a member of `allOf` does, and those of
/// `oneOf: [{required: [a]}, {required: [b]}]` say which properties go together; no type can say that.
fn gather_union<'d>(cx: &mut Context<'d, '_>, id: SchemaId, parts: &mut Parts<'d>) -> bool {
    let members = member::of(cx, id);
    if let [single] = members.as_slice() {
        gather(cx, *single, parts);
        return false;
    }
    let resolved = || members.iter().map(|member| &cx.schemas[cx.schemas.resolve(*member)]);
    let demands =
        |member: &Schema<'_>| member.properties.is_empty() && member.all_of.is_empty() && !member.required.is_empty();
    if !resolved().all(|member| demands(member) || !member.has_structure()) {
        parts.unions.push(id);
        return true;
    }
    if resolved().any(demands) {
        cx.diagnostics.push(catalog::required_alternatives(&cx.schemas[id].pointer));
    }
    false
}

fn record(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId, parts: &Parts<'_>) -> Shape {
    for value in parts.values.iter().map(|value| &cx.schemas[*value]) {
        // What a map says of free properties the record says too.
        if !matches!(own(cx, value), Class::Map) {
            cx.diagnostics.push(catalog::all_of_value_beside_record(&value.pointer));
        }
    }
    let mut record = Record::default();
    let tag = cx.tags.get(&id).map(|tag| tag.property);
    let kind = kind(cx, named, parts);
    let shared = kind.as_ref().and_then(|kind| kind_tag(cx, kind));
    for (name, property) in parts.properties.iter().filter(|(name, _)| shared.as_deref() != Some(*name)) {
        let required = parts.required.iter().any(|(wanted, _)| wanted == name);
        match constant(cx, property, required, tag == Some(*name)) {
            Some(value) => record.constants.push(Constant { wire: (*name).to_owned(), value, required }),
            None => {
                let Some(mut field) = field(cx, named, name, property, required) else { continue };
                if let Some(value) = preset(cx, id, &field) {
                    field.presence = Presence::Preset(value);
                }
                record.fields.push(field);
            }
        }
    }
    guard_links(cx, parts, &mut record);
    record.kind = kind;
    if let Some(rest) = parts.rest {
        record.rest = map::rest(cx, rest, NameHint::PartOf(named, Role::Value));
    }
    undeclared(cx, parts, tag, &mut record);
    Shape::Record(record)
}

/// Properties that must be there and that nobody declares. They may be a slip, so none of them is demanded; but what a
/// server sends under such a name is kept.
fn undeclared(cx: &mut Context<'_, '_>, parts: &Parts<'_>, tag: Option<&str>, record: &mut Record) {
    let is_field = record.kind.is_none() && matches!(record.rest, Rest::Ignored);
    for (name, holder) in &parts.required {
        let is_known = parts.properties.iter().any(|(known, _)| known == name) || tag == Some(*name);
        if is_known || record.fields.iter().any(|field| field.wire == *name) {
            continue;
        }
        let schema = &cx.schemas[*holder];
        let index = schema.required.iter().position(|wanted| wanted == name).unwrap_or_default();
        let origin = schema.pointer.child("required").item(index);
        cx.diagnostics.push(catalog::required_undeclared(&origin, name, is_field));
        if is_field {
            record.fields.push(Field {
                origin,
                docs: Docs::default(),
                wire: (*name).to_owned(),
                ty: Type::Any,
                presence: Presence::Optional,
                access: Access::Both,
                secret: false,
            });
        }
    }
}

/// The one value of a property, where it has only one and must be there. A sole value of `enum` counts only where it is
/// the tag of a union: elsewhere more values may come, and they must not break a caller.
fn constant(cx: &Context<'_, '_>, property: &Property, required: bool, tag: bool) -> Option<Fixed> {
    let schema = &cx.schemas[cx.schemas.resolve(property.sole()?)];
    let fixed = schema.constant.is_some() && required;
    if !fixed && !tag {
        return None;
    }
    match enumeration::values(schema)?.as_slice() {
        [value] => Fixed::of(&docs::literal(value)),
        _ => None,
    }
}

/// The value by which a union knows the record, where the field holds it and may hold others: what is received keeps
/// its value, and a caller need not know it.
fn preset(cx: &Context<'_, '_>, id: SchemaId, field: &Field) -> Option<String> {
    let tag = cx.tags.get(&id).filter(|tag| tag.property == field.wire && field.presence == Presence::Required)?;
    let is_text = match &field.ty {
        Type::Scalar(Scalar::String) => true,
        Type::Named(named) => matches!(
            &cx.api.types[*named].shape,
            Shape::Enumeration(Enumeration { repr: Repr::String, .. }) | Shape::Alias(Type::Scalar(Scalar::String))
        ),
        _ => false,
    };
    match tag.values.as_slice() {
        [value] if is_text => Some(value.clone()),
        _ => None,
    }
}

fn field(cx: &mut Context<'_, '_>, named: TypeId, name: &str, property: &Property, required: bool) -> Option<Field> {
    let ty = property::of(cx, property, NameHint::PartOf(named, Role::Property(name.to_owned())));
    let own = &cx.schemas[property.all().next_back()?];
    let target = &cx.schemas[cx.schemas.resolve(property.last()?)];
    let default = property.all().rev().find_map(|id| cx.schemas[id].default).or(target.default);
    let presence = match default {
        _ if required => Presence::Required,
        Some(value) => Presence::Defaulted(docs::literal(value)),
        None => Presence::Optional,
    };
    Some(Field {
        origin: own.pointer.clone(),
        docs: if is_named(&ty) { docs::of_own(own, target) } else { docs::of_use(own, target) },
        wire: name.to_owned(),
        secret: is_secret(name, property::formats(cx, property).any(|format| format == "password"), &ty),
        ty,
        presence,
        access: property::access(cx, property),
    })
}

fn is_named(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Nullable(inner) => is_named(inner),
        _ => false,
    }
}

/// Whether a property holds a credential: its format says so, or its name is one that only credentials have.
fn is_secret(name: &str, is_password: bool, ty: &Type) -> bool {
    const NAMES: [&str; 17] = [
        "accesstoken",
        "apikey",
        "apisecret",
        "apitoken",
        "authtoken",
        "bearertoken",
        "clientsecret",
        "idtoken",
        "passphrase",
        "password",
        "privatekey",
        "refreshtoken",
        "secret",
        "secretkey",
        "sessiontoken",
        "signingsecret",
        "token",
    ];
    let text = match ty {
        Type::Nullable(inner) => inner,
        other => other,
    };
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    matches!(text, Type::Scalar(Scalar::String | Scalar::Text(_)))
        && (is_password || NAMES.binary_search(&plain.as_str()).is_ok())
}

/// A link beside a credential usually carries it, as a magic link or a signed upload does, so it is one too.
fn guard_links(cx: &Context<'_, '_>, parts: &Parts<'_>, record: &mut Record) {
    if !record.fields.iter().any(|field| field.secret) {
        return;
    }
    for (name, property) in &parts.properties {
        let is_link = |format| matches!(format, "uri" | "uri-reference" | "iri" | "iri-reference" | "url");
        if property::formats(cx, property).any(is_link) {
            record.fields.iter_mut().filter(|field| field.wire == *name).for_each(|field| field.secret = true);
        }
    }
}

/// The property that tells the variants of a union apart: it belongs to the union, not to what stands beside.
fn kind_tag(cx: &Context<'_, '_>, kind: &Type) -> Option<String> {
    match kind {
        Type::Named(id) => match &cx.api.types[*id].shape {
            Shape::Union(Union { tag: Tag::Property(property), .. }) => Some(property.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The union whose properties lie beside those of the record.
fn kind(cx: &mut Context<'_, '_>, named: TypeId, parts: &Parts<'_>) -> Option<Type> {
    let (first, more) = parts.unions.split_first()?;
    for other in more {
        cx.diagnostics.push(catalog::second_union(&cx.schemas[*other].pointer, &cx.schemas[*first].pointer));
    }
    let id = cx.api.types.push(TypeDef {
        origin: cx.schemas[*first].pointer.clone(),
        docs: Docs::default(),
        hint: NameHint::PartOf(named, Role::Kind),
        shape: types::empty_record(),
    });
    let shape = union::lower(cx, id, *first);
    cx.api.types[id].shape = shape;
    Some(Type::Named(share::representative(cx, id)))
}
