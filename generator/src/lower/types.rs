//! Schemas to types.

use super::classify::{Class, class, is_nullable};
use super::enumeration::{self, Listed};
use super::{Context, docs, map, mixed, object, share, tuple, union, value};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{NameHint, Record, Role, Shape, Type, TypeDef, TypeId};
use crate::schema::SchemaId;

/// The type of a schema where it is used. `hint` names it where it has no name and needs one.
pub(super) fn of(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Type {
    let ty = match cx.named.get(&id) {
        Some(named) => Type::Named(*named),
        None => anonymous(cx, id, hint),
    };
    if is_nullable(cx, id) { nullable(ty) } else { ty }
}

/// The type with null among its values.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        // Any value includes null.
        Type::Any | Type::Nullable(_) => ty,
        other => Type::Nullable(Box::new(other)),
    }
}

/// Gives a named schema its shape.
pub(super) fn define(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) {
    let class = class(cx, id);
    cx.api.types[named].shape = shape_of_class(cx, named, id, &class);
}

/// The shape of a named schema of that class.
pub(super) fn shape_of_class(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId, class: &Class) -> Shape {
    match class {
        Class::Record | Class::Merged | Class::Union | Class::Enumeration | Class::Mixed => shape(cx, named, id, class),
        class => Shape::Alias(plain(cx, id, class, |role| NameHint::PartOf(named, role))),
    }
}

/// The type of a schema that no reference names: a type of its own only where Rust needs one.
fn anonymous(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Type {
    match class(cx, id) {
        Class::Enumeration => match enumeration::lower(cx, id) {
            Listed::Type(ty) => ty,
            Listed::Shape(shape) => {
                let schema = &cx.schemas[id];
                let (origin, docs) = (schema.pointer.clone(), docs::of(schema));
                let named = cx.api.types.push(TypeDef { origin, docs, hint, shape });
                let named = share::representative(cx, named);
                cx.named.insert(id, named);
                Type::Named(named)
            }
        },
        class @ (Class::Record | Class::Merged | Class::Union | Class::Mixed) => {
            let schema = &cx.schemas[id];
            let named = cx.api.types.push(TypeDef {
                origin: schema.pointer.clone(),
                docs: docs::of(schema),
                hint,
                shape: Shape::Alias(Type::Any),
            });
            // A cycle through allOf comes back here; it must find the type that is being made.
            cx.named.insert(id, named);
            let shape = shape(cx, named, id, &class);
            cx.api.types[named].shape = shape;
            let named = share::representative(cx, named);
            cx.named.insert(id, named);
            Type::Named(named)
        }
        class => plain(cx, id, &class, |role| extend(&hint, role)),
    }
}

/// A part of a list or map that itself has no name is known by the nearest thing that has one.
fn extend(hint: &NameHint, role: Role) -> NameHint {
    match (hint, role) {
        (NameHint::Place, _) => NameHint::Place,
        (NameHint::Key(key) | NameHint::Listed(key), role) => NameHint::OfComponent(key.clone(), role),
        // The variant is the list; what it holds is called without that word.
        (NameHint::PartOf(parent, Role::Variant(name)), Role::Item) => {
            let item = name.strip_suffix("array").map_or(name.as_str(), str::trim_end);
            let role = if item.is_empty() { Role::Item } else { Role::Variant(item.to_owned()) };
            NameHint::PartOf(*parent, role)
        }
        // `PetTagsItem` would say no more than `PetTags`: the parent's property names its items.
        (hint, Role::Item | Role::Value) => hint.clone(),
        (NameHint::PartOf(parent, _), role) => NameHint::PartOf(*parent, role),
        (NameHint::OfOperation(operation, _), role) => NameHint::OfOperation(*operation, role),
        (NameHint::OfPayload(payload, _), role) => NameHint::OfPayload(*payload, role),
        (NameHint::OfComponent(key, _), role) => NameHint::OfComponent(key.clone(), role),
    }
}

fn shape(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId, class: &Class) -> Shape {
    match class {
        Class::Union => {
            value::report_beside(cx, id, &[id]);
            union::lower(cx, named, id)
        }
        Class::Mixed => Shape::Union(mixed::lower(cx, named, id)),
        Class::Enumeration => match enumeration::lower(cx, id) {
            Listed::Shape(shape) => shape,
            Listed::Type(ty) => Shape::Alias(ty),
        },
        _ => object::lower(cx, named, id),
    }
}

/// Types that need no name of their own.
fn plain(cx: &mut Context<'_, '_>, id: SchemaId, class: &Class, part: impl Fn(Role) -> NameHint) -> Type {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    match class {
        Class::Same(target) => without_null(of(cx, *target, part(Role::Value))),
        Class::Scalar(scalar) => Type::Scalar(*scalar),
        Class::Map => Type::Map(Box::new(map::values(cx, id, part(Role::Value)))),
        Class::List => list(cx, id, part(Role::Item)),
        Class::Tuple => tuple::lower(cx, id, &part),
        Class::Never => {
            cx.diagnostics.push(catalog::impossible_schema(&schema.pointer));
            Type::Any
        }
        Class::Any | Class::Record | Class::Merged | Class::Union | Class::Enumeration | Class::Mixed => Type::Any,
    }
}

/// A list of what `items` says.
pub(super) fn list(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Type {
    let items = cx.schemas[id].items.map_or(Type::Any, |items| of(cx, items, hint));
    Type::List(Box::new(items))
}

/// Whether null is a value is decided where a schema is used, so that it is said once.
pub(super) fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

/// A record without properties, for schemas that turn out to have none.
pub(super) fn empty_record() -> Shape {
    Shape::Record(Record::default())
}
