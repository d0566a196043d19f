//! Properties that no name is given to: `additionalProperties` and `patternProperties`.

use super::classify::{Class, class, is_nullable};
use super::{Context, share, types, union};
use crate::ir::{Docs, NameHint, Rest, Shape, Type, TypeDef};
use crate::schema::SchemaId;

/// The type of the values of a map.
pub(super) fn values(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Type {
    match rest(cx, id, hint) {
        Rest::Kept(ty) => ty,
        Rest::Ignored | Rest::Closed => Type::Any,
    }
}

/// What becomes of properties that a schema does not name.
///
/// Which schema holds for a property depends on its name. So where there are patterns the values are a union by form,
/// unless one schema holds for all names: a union also keeps what none of them describes.
pub(super) fn rest(cx: &mut Context<'_, '_>, id: SchemaId, hint: NameHint) -> Rest {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    let is_never = |id: &SchemaId| schemas[schemas.resolve(*id)].boolean == Some(false);
    let mut described: Vec<SchemaId> = schema.patterns.iter().map(|(_, values)| *values).collect();
    described.retain(|values| !is_never(values));
    let others = match schema.additional {
        None => Others::Unsaid,
        Some(additional) if is_never(&additional) => Others::None,
        Some(additional) => Others::Like(additional),
    };
    match (described.as_slice(), others) {
        ([], Others::Unsaid) if schema.patterns.is_empty() => Rest::Ignored,
        ([], Others::Unsaid) => Rest::Kept(Type::Any),
        ([], Others::None) => Rest::Closed,
        ([], Others::Like(additional)) => Rest::Kept(types::of(cx, additional, hint)),
        (patterns, Others::None) => Rest::Kept(any_of(cx, id, patterns, true, hint)),
        (patterns, Others::Unsaid) => Rest::Kept(any_of(cx, id, patterns, false, hint)),
        (patterns, Others::Like(additional)) => {
            Rest::Kept(any_of(cx, id, &[patterns, &[additional]].concat(), true, hint))
        }
    }
}

/// What is said of properties that no pattern describes.
enum Others {
    Unsaid,
    /// There are none.
    None,
    Like(SchemaId),
}

fn is_any(cx: &Context<'_, '_>, id: SchemaId) -> bool {
    matches!(class(cx, cx.schemas.resolve(id)), Class::Any)
}

/// A type for what follows any of several schemas; `complete` says that nothing else is allowed.
fn any_of(cx: &mut Context<'_, '_>, id: SchemaId, all: &[SchemaId], complete: bool, hint: NameHint) -> Type {
    if all.iter().any(|id| is_any(cx, *id)) {
        return Type::Any;
    }
    if complete && let Some(ty) = same(cx, all, &hint) {
        return ty;
    }
    let named = cx.api.types.push(TypeDef {
        origin: cx.schemas[id].pointer.child("patternProperties"),
        docs: Docs::default(),
        hint,
        shape: Shape::Alias(Type::Any),
    });
    let union = union::of(cx, named, all);
    cx.api.types[named].shape = Shape::Union(union);
    Type::Named(share::representative(cx, named))
}

/// The type of schemas that are one and the same, or all the same scalar.
fn same(cx: &mut Context<'_, '_>, all: &[SchemaId], hint: &NameHint) -> Option<Type> {
    let (first, others) = all.split_first()?;
    let scalar = |id: &SchemaId| match class(cx, cx.schemas.resolve(*id)) {
        Class::Scalar(scalar) => Some(scalar),
        _ => None,
    };
    let one = cx.schemas.resolve(*first);
    let is_same = |other: &SchemaId| {
        cx.schemas.resolve(*other) == one || scalar(first).is_some() && scalar(other) == scalar(first)
    };
    if !others.iter().all(is_same) {
        return None;
    }
    let ty = types::of(cx, *first, hint.clone());
    Some(if others.iter().any(|other| is_nullable(cx, *other)) { types::nullable(ty) } else { ty })
}
