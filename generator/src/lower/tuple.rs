//! Lists whose first places have schemas of their own: `prefixItems`.

use super::{Context, types};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{NameHint, Role, Tuple, Type};
use crate::schema::SchemaId;

/// What types of places are called. Rust's own traits, such as `Debug`, are there for tuples of as many places.
const PLACES: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Lowers `prefixItems` and what stands beside it. A place that `minItems` does not demand may be missing, as a property
/// may that `required` does not name. Where nothing is said of further items there are none to be sent, and what
/// is received of them is ignored.
pub(super) fn lower(cx: &mut Context<'_, '_>, id: SchemaId, part: &impl Fn(Role) -> NameHint) -> Type {
    let schemas = cx.schemas;
    let schema = &schemas[id];
    let (least, most) = schema.item_count;
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let (least, most) = (least.map_or(0, size), most.map_or(usize::MAX, size));
    let all = &schema.prefix_items;
    let places = all.get(..most).unwrap_or(all);
    if places.is_empty() || places.len() > PLACES.len() {
        if places.len() > PLACES.len() {
            cx.diagnostics.push(catalog::long_tuple(&schema.pointer.child("prefixItems"), PLACES.len()));
        }
        return Type::List(Box::new(Type::Any));
    }
    let named = places.iter().zip(PLACES);
    let places: Vec<Type> = named.map(|(id, name)| types::of(cx, *id, part(Role::Variant(name.to_owned())))).collect();
    let counted = |count: usize| count > places.len() && count < usize::MAX;
    let items = match schema.items {
        Some(items) if schemas[schemas.resolve(items)].boolean == Some(false) => None,
        Some(items) => Some(Box::new(types::of(cx, items, part(Role::Item)))),
        None => (counted(least) || counted(most)).then(|| Box::new(Type::Any)),
    };
    let items = items.filter(|_| most > places.len());
    Type::Tuple(Tuple { required: least.min(places.len()), places, items })
}
