//! What stands beside `$ref`, and the types that a schema comes to.

use std::collections::HashMap;

use super::{JsonType, Schema, SchemaId, Schemas, Types};
use crate::source::Node;

/// How deep references and compositions are followed for a type. Real ones nest a few times; the bound ends cycles.
const DEEPEST: u32 = 64;

/// Has what stands beside a reference mean what 2020-12 says: both hold. So a schema that only repeats the types of its
/// target is a reference with words, and any other one has the target in its `allOf`.
pub(super) fn join(schemas: &mut Schemas<'_>) {
    let mut known = HashMap::new();
    schemas.types = schemas.iter().map(|(id, _)| schemas.types_within(id, DEEPEST, &mut known)).collect();
    let such = |(id, schema): (SchemaId, &Schema<'_>)| Some((id, schema.reference.filter(|_| schema.has_structure())?));
    let structured: Vec<(SchemaId, SchemaId)> = schemas.iter().filter_map(such).collect();
    let repeating: Vec<bool> = structured.iter().map(|(id, target)| schemas.repeats(*id, *target)).collect();
    for ((id, target), repeats) in structured.into_iter().zip(repeating) {
        let schema = &mut schemas.list[id.0 as usize];
        if repeats {
            schema.nullable |= schema.types.contains(JsonType::Null);
            schema.types = Types::default();
        } else {
            schema.reference = None;
            schema.all_of.insert(0, target);
        }
    }
}

impl Schemas<'_> {
    /// Whether a schema says nothing of its values that one which it holds does not say: at most their types.
    pub fn repeats(&self, id: SchemaId, held: SchemaId) -> bool {
        let schema = &self[id];
        let types = schema.types.without(JsonType::Null);
        let lies_within = || self.types_of(held).is_some_and(|held| held.without(JsonType::Null).lie_within(types));
        !schema.restricts() && (types.is_empty() || lies_within())
    }

    /// The JSON types of the values of a schema, as far as it says; `None` where it says nothing of them.
    pub fn types_of(&self, id: SchemaId) -> Option<Types> {
        self.types.get(id.0 as usize).copied().flatten()
    }

    /// The same, where the types of some are `known`: there may be more ways to a schema than schemas.
    fn types_within(&self, id: SchemaId, depth: u32, known: &mut HashMap<SchemaId, Option<Types>>) -> Option<Types> {
        let depth = depth.checked_sub(1)?;
        let schema = &self[id];
        let mut found = schema.own_types();
        if schema.reference.is_none()
            && schema.all_of.is_empty()
            && schema.one_of.is_empty()
            && schema.any_of.is_empty()
        {
            return found;
        }
        if let Some(known) = known.get(&id) {
            return *known;
        }
        // Of what leads back to itself only this is known.
        known.insert(id, found);
        let mut narrow = |types: Option<Types>| {
            found = match (found, types) {
                (Some(found), Some(types)) => Some(found.common(types)),
                (found, types) => found.or(types),
            };
        };
        for held in schema.reference.iter().chain(&schema.all_of) {
            narrow(self.types_within(*held, depth, known));
        }
        for list in [&schema.one_of, &schema.any_of].into_iter().filter(|list| !list.is_empty()) {
            let mut all = list.iter().map(|member| self.types_within(*member, depth, known));
            narrow(all.try_fold(Types::default(), |all, member| Some(all.or(member?))));
        }
        known.insert(id, found);
        found
    }
}

impl Schema<'_> {
    /// The types that it states itself, or that its own keywords speak of.
    pub fn own_types(&self) -> Option<Types> {
        if !self.types.is_empty() {
            return Some(self.types);
        }
        let listed = self.values.unwrap_or_default().iter().chain(self.constant);
        let listed = listed.map(json_type).fold(Types::default(), Types::with);
        if !listed.is_empty() {
            return Some(listed);
        }
        let is_object = !self.properties.is_empty() || self.additional.is_some() || !self.patterns.is_empty();
        let is_list = self.items.is_some() || !self.prefix_items.is_empty();
        match (is_object, is_list) {
            (true, _) => Some(Types::default().with(JsonType::Object)),
            (false, true) => Some(Types::default().with(JsonType::Array)),
            (false, false) => None,
        }
    }
}

fn json_type(value: &Node) -> JsonType {
    match value {
        Node::Null => JsonType::Null,
        Node::Bool(_) => JsonType::Boolean,
        Node::Number(number) if number.as_integer().is_some() => JsonType::Integer,
        Node::Number(_) => JsonType::Number,
        Node::String(_) => JsonType::String,
        Node::Array(_) => JsonType::Array,
        Node::Object(_) => JsonType::Object,
    }
}
