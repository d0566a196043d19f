//! Several types in one schema: a union by form, where each keyword belongs to the type that it is about.

use super::{Context, format, map, object, share, tuple, types, union};
use crate::ir::{Docs, NameHint, Role, Tag, Type, TypeDef, TypeId, Union};
use crate::schema::{JsonType, SchemaId};

/// Lowers `type: [string, object]` and the like.
pub(super) fn lower(cx: &mut Context<'_, '_>, named: TypeId, id: SchemaId) -> Union {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    let mut variants = Vec::new();
    for json_type in schema.types.without(JsonType::Null).iter() {
        let part = |role| NameHint::PartOf(named, role);
        let own = part(Role::Variant(json_type.name().to_owned()));
        let ty = match json_type {
            JsonType::Null => continue,
            JsonType::Array if schema.prefix_items.is_empty() => types::list(cx, id, part(Role::Item)),
            JsonType::Array => tuple::lower(cx, id, &part),
            JsonType::Object if schema.properties.is_empty() => {
                Type::Map(Box::new(map::values(cx, id, part(Role::Value))))
            }
            JsonType::Object => record(cx, id, own),
            JsonType::String | JsonType::Integer | JsonType::Number | JsonType::Boolean => {
                Type::Scalar(format::scalar(cx, schema, json_type))
            }
        };
        let mut variant = union::plain_variant(schema.pointer.clone(), json_type.name(), ty);
        if json_type == JsonType::Object && !schema.properties.is_empty() {
            variant.tests = union::tests(schemas, id);
        }
        variants.push(variant);
    }
    Union { tag: Tag::Form, variants }
}

fn record(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Type {
    let schema = &cx.schemas[id];
    let (origin, docs) = (schema.pointer.clone(), Docs { deprecated: schema.deprecated, ..Docs::default() });
    let object = cx.api.types.push(TypeDef { origin, docs, hint, shape: types::empty_record() });
    let shape = object::among_types(cx, object, id);
    cx.api.types[object].shape = shape;
    Type::Named(share::representative(cx, object))
}
