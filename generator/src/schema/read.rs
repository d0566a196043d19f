//! Trees to schemas.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use super::{Bounds, Discriminator, JsonType, Schema, SchemaId, Schemas, Types, Xml, keyword, siblings};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::schema as catalog;
use crate::source::{Node, Object, Pointer};

/// Reads the schemas at `roots` and every schema that they hold or refer to.
///
/// A keyword of the wrong kind is reported and read as absent. A reference to nothing was reported when references were
/// followed; its schema is read as one that allows everything.
pub fn read<'d>(
    tree: &'d Node,
    roots: impl IntoIterator<Item = Pointer>,
    diagnostics: &mut Diagnostics,
) -> Schemas<'d> {
    let mut reader = Reader { tree, schemas: Schemas::default(), queue: VecDeque::new(), diagnostics };
    for root in roots {
        let node = tree.at(&root);
        reader.intern(root, node);
    }
    // Ids are given in the order in which schemas are reached, which is the order in which they are read.
    while let Some((pointer, node)) = reader.queue.pop_front() {
        let schema = reader.schema(pointer, node);
        reader.schemas.list.push(schema);
    }
    siblings::join(&mut reader.schemas);
    reader.schemas
}

/// How many references in a row are followed where only their end is of interest.
const LONGEST_CHAIN: usize = 64;

struct Reader<'d, 'r> {
    tree: &'d Node,
    schemas: Schemas<'d>,
    /// The schemas that have an id, but were not read yet.
    queue: VecDeque<(Pointer, Option<&'d Node>)>,
    diagnostics: &'r mut Diagnostics,
}

impl<'d> Reader<'d, '_> {
    /// The id of the schema at `pointer`, which is `node`.
    fn intern(&mut self, pointer: Pointer, node: Option<&'d Node>) -> SchemaId {
        let next = SchemaId(u32::try_from(self.schemas.by_pointer.len()).unwrap_or(u32::MAX));
        match self.schemas.by_pointer.entry(pointer) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                self.queue.push_back((place.key().clone(), node));
                *place.insert(next)
            }
        }
    }

    fn schema(&mut self, pointer: Pointer, node: Option<&'d Node>) -> Schema<'d> {
        let members = match node {
            Some(Node::Object(members)) => members,
            Some(Node::Bool(value)) => return Schema { pointer, boolean: Some(*value), ..Schema::default() },
            Some(Node::Null) | None => return Schema { pointer, ..Schema::default() },
            Some(other) => {
                self.diagnostics.push(catalog::not_a_schema(&pointer, other.kind()));
                return Schema { pointer, ..Schema::default() };
            }
        };
        let mut schema = Schema { pointer, ..Schema::default() };
        let mut limits = Limits::default();
        for (key, value) in members {
            self.keyword(&mut schema, &mut limits, key, value);
        }
        schema.bounds = limits.bounds();
        if schema.items.is_none() {
            let further = further_items(&schema, members);
            schema.items = further.map(|(keyword, node)| self.intern(schema.pointer.child(keyword), Some(node)));
        }
        schema
    }

    fn keyword(&mut self, schema: &mut Schema<'d>, limits: &mut Limits<'d>, key: &'d str, value: &'d Node) {
        let at = schema.pointer.child(key);
        let has_effect = keyword(key).is_some_and(|keyword| keyword.disposition.code().is_none());
        if !has_effect && !key.starts_with("x-") {
            schema.unread.push(key);
        }
        match key {
            "$ref" => schema.reference = self.reference(&at, value).or(schema.reference),
            // One that leads to a single schema is a pointer by now; any other was reported.
            "$dynamicRef" => schema.reference = schema.reference.or_else(|| self.reference(&at, value)),
            "type" => schema.types = self.types(&at, value),
            "enum" => schema.values = self.list(&at, value),
            "const" => schema.constant = Some(value),
            "default" => schema.default = Some(value),
            "format" => schema.format = self.text(&at, value),
            "properties" => schema.properties = self.named(&at, value),
            "required" => schema.required = self.names(&at, value),
            "additionalProperties" => schema.additional = Some(self.intern(at, Some(value))),
            "unevaluatedProperties" if schema.additional.is_none() => {
                schema.additional = Some(self.intern(at, Some(value)))
            }
            "patternProperties" => schema.patterns = self.named(&at, value),
            "propertyNames" => schema.property_names = self.target(value),
            "items" if value.as_array().is_some() => {
                self.diagnostics.push(catalog::listed_items(&at));
                schema.prefix_items = self.listed(&at, value);
            }
            "items" => schema.items = Some(self.intern(at, Some(value))),
            "prefixItems" => schema.prefix_items = self.listed(&at, value),
            "allOf" => schema.all_of = self.listed(&at, value),
            "oneOf" => schema.one_of = self.listed(&at, value),
            "anyOf" => schema.any_of = self.listed(&at, value),
            "contentSchema" => schema.content = Some(self.intern(at, Some(value))),
            "discriminator" => schema.discriminator = self.discriminator(&at, value),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => self.limit(limits, &at, key, value),
            _ => self.annotation(schema, &at, key, value),
        }
    }

    /// Keywords that say something about the values without changing their shape.
    fn annotation(&mut self, schema: &mut Schema<'d>, at: &Pointer, key: &'d str, value: &'d Node) {
        match key {
            "title" => schema.title = self.text(at, value),
            "description" => schema.description = self.text(at, value),
            "nullable" => schema.nullable = self.flag(at, value),
            "deprecated" => schema.deprecated = self.flag(at, value),
            "readOnly" => schema.read_only = self.flag(at, value),
            "writeOnly" => schema.write_only = self.flag(at, value),
            "uniqueItems" => schema.unique_items = self.flag(at, value),
            "example" => schema.examples.insert(0, value),
            "examples" => schema.examples.extend(value.as_array().unwrap_or_default()),
            "externalDocs" => {
                schema.external_docs = value
                    .get("url")
                    .and_then(Node::as_str)
                    .map(|url| (url, value.get("description").and_then(Node::as_str)));
            }
            "pattern" => schema.pattern = self.pattern(at, value),
            "multipleOf" => schema.multiple_of = Some(value),
            "minLength" => schema.length.0 = self.count(at, value),
            "maxLength" => schema.length.1 = self.count(at, value),
            "minItems" => schema.item_count.0 = self.count(at, value),
            "maxItems" => schema.item_count.1 = self.count(at, value),
            "minProperties" => schema.property_count.0 = self.count(at, value),
            "maxProperties" => schema.property_count.1 = self.count(at, value),
            "contentEncoding" => schema.content_encoding = self.text(at, value),
            "contentMediaType" => schema.content_media_type = self.text(at, value),
            "xml" => schema.xml = self.xml(at, value),
            "x-enum-varnames" | "x-enumNames" => schema.value_names = self.list(at, value),
            "x-enum-descriptions" => schema.value_docs = self.list(at, value),
            _ => {}
        }
    }

    fn reference(&mut self, at: &Pointer, value: &'d Node) -> Option<SchemaId> {
        let text = self.text(at, value)?;
        let target = text.strip_prefix('#').and_then(Pointer::parse)?;
        let node = self.tree.at(&target)?;
        Some(self.intern(target, Some(node)))
    }

    /// What a schema says, or the one that it refers to.
    fn target(&self, schema: &'d Node) -> Option<&'d Node> {
        let mut schema = schema;
        // The bundle stage refused cycles of references; the bound makes that no matter of trust.
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = schema.get("$ref") else { break };
            schema = self.tree.at(&Pointer::parse(reference.as_str()?.strip_prefix('#')?)?)?;
        }
        Some(schema)
    }

    fn types(&mut self, at: &Pointer, value: &'d Node) -> Types {
        let mut types = Types::default();
        let items = match value {
            Node::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            match item {
                Node::Null => types.insert(JsonType::Null),
                Node::String(name) => match JsonType::from_name(name) {
                    Some(json_type) => types.insert(json_type),
                    None => {
                        let names = JsonType::ALL.map(JsonType::name);
                        self.diagnostics.push(catalog::unknown_type(at, name, &names));
                    }
                },
                other => {
                    self.diagnostics.push(catalog::keyword_kind(at, "a string or a list of strings", other.kind()))
                }
            }
        }
        types
    }

    fn discriminator(&mut self, at: &Pointer, value: &'d Node) -> Option<Discriminator<'d>> {
        let property = match value {
            // Swagger 2.0 writes the property's name alone.
            Node::String(property) => property,
            Node::Object(members) => match members.get("propertyName") {
                Some(name) => self.text(&at.child("propertyName"), name)?,
                None => {
                    self.diagnostics.push(catalog::discriminator_without_property(at));
                    return None;
                }
            },
            other => {
                self.diagnostics.push(catalog::keyword_kind(at, "a mapping", other.kind()));
                return None;
            }
        };
        let mapping = value.get("mapping").and_then(Node::as_object).into_iter().flatten();
        let mapping = mapping.filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?))).collect();
        Some(Discriminator { property, mapping })
    }

    fn xml(&mut self, at: &Pointer, value: &'d Node) -> Option<Xml<'d>> {
        let members = self.read_as(at, value, "a mapping", |value| value.as_object())?;
        let mut xml = Xml::default();
        for (key, value) in members {
            let at = at.child(key);
            match key.as_str() {
                "name" => xml.name = self.text(&at, value),
                "namespace" => xml.namespace = self.text(&at, value),
                "prefix" => xml.prefix = self.text(&at, value),
                "attribute" => xml.attribute = self.flag(&at, value),
                "wrapped" => xml.wrapped = self.flag(&at, value),
                "nodeType" => xml.node_type = self.text(&at, value),
                _ => {}
            }
        }
        Some(xml)
    }

    fn limit(&mut self, limits: &mut Limits<'d>, at: &Pointer, key: &str, value: &'d Node) {
        let side = if key.ends_with("inimum") { &mut limits.minimum } else { &mut limits.maximum };
        match (key.starts_with("exclusive"), value) {
            (false, Node::Number(_)) => side.inclusive = Some(value),
            (true, Node::Number(_)) => side.exclusive = Some(value),
            (true, Node::Bool(flag)) => side.excluded = *flag,
            (_, Node::Null) => {}
            (_, other) => self.diagnostics.push(catalog::keyword_kind(at, "a number", other.kind())),
        }
    }

    fn pattern(&mut self, at: &Pointer, value: &'d Node) -> Option<&'d str> {
        let pattern = self.text(at, value)?;
        // Patterns are ECMAScript's, told to readers only; what no dialect accepts is a slip of the author.
        if let Err(fault) = super::types::well_formed_pattern(pattern) {
            self.diagnostics.push(catalog::bad_pattern(at, &fault));
        }
        Some(pattern)
    }

    fn named(&mut self, at: &Pointer, value: &'d Node) -> Vec<(&'d str, SchemaId)> {
        match value {
            Node::Object(members) => {
                members.iter().map(|(name, value)| (name.as_str(), self.intern(at.child(name), Some(value)))).collect()
            }
            Node::Null => Vec::new(),
            other => {
                self.diagnostics.push(catalog::keyword_kind(at, "a mapping of schemas", other.kind()));
                Vec::new()
            }
        }
    }

    fn listed(&mut self, at: &Pointer, value: &'d Node) -> Vec<SchemaId> {
        let items = self.list(at, value).unwrap_or_default();
        items.iter().enumerate().map(|(index, item)| self.intern(at.item(index), Some(item))).collect()
    }

    fn names(&mut self, at: &Pointer, value: &'d Node) -> Vec<&'d str> {
        // `required: true` inside a property is OpenAPI 2.0's habit; it says nothing about this schema.
        if let Node::Bool(_) = value {
            self.diagnostics.push(catalog::boolean_required(at));
            return Vec::new();
        }
        let items = self.list(at, value).unwrap_or_default();
        let mut names = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            names.extend(self.text(&at.item(index), item));
        }
        names
    }

    fn list(&mut self, at: &Pointer, value: &'d Node) -> Option<&'d [Node]> {
        self.read_as(at, value, "a list", |value| value.as_array())
    }

    fn text(&mut self, at: &Pointer, value: &'d Node) -> Option<&'d str> {
        self.read_as(at, value, "a string", |value| value.as_str())
    }

    fn flag(&mut self, at: &Pointer, value: &'d Node) -> bool {
        self.read_as(at, value, "true or false", |value| value.as_bool()).unwrap_or_default()
    }

    fn count(&mut self, at: &Pointer, value: &'d Node) -> Option<u64> {
        self.read_as(at, value, "a number that is whole and not negative", |value| {
            value.as_number()?.as_integer()?.try_into().ok()
        })
    }

    /// Null stands for an absent keyword, as many generators of descriptions write it.
    fn read_as<T>(
        &mut self,
        at: &Pointer,
        value: &'d Node,
        expected: &str,
        read: impl FnOnce(&'d Node) -> Option<T>,
    ) -> Option<T> {
        if *value == Node::Null {
            return None;
        }
        let found = read(value);
        if found.is_none() {
            self.diagnostics.push(catalog::keyword_kind(at, expected, value.kind()));
        }
        found
    }
}

/// The keyword that says what other items there are where `items` does not, and its value: `additionalItems` of dialects
/// where `items` lists the first ones, else `unevaluatedItems`.
fn further_items<'d>(schema: &Schema<'_>, members: &'d Object) -> Option<(&'static str, &'d Node)> {
    let member = |keyword| Some((keyword, members.get(keyword)?));
    let older = member("additionalItems").filter(|_| !schema.prefix_items.is_empty());
    older.or_else(|| member("unevaluatedItems"))
}

/// The bounds of both dialects while a schema is read: 3.0's flag and 3.1's number may come in any order.
#[derive(Default)]
struct Limits<'d> {
    minimum: Limit<'d>,
    maximum: Limit<'d>,
}

#[derive(Default)]
struct Limit<'d> {
    inclusive: Option<&'d Node>,
    exclusive: Option<&'d Node>,
    excluded: bool,
}

impl<'d> Limits<'d> {
    fn bounds(&self) -> Bounds<'d> {
        Bounds { minimum: self.minimum.bound(), maximum: self.maximum.bound() }
    }
}

impl<'d> Limit<'d> {
    fn bound(&self) -> Option<(&'d Node, bool)> {
        match (self.inclusive, self.exclusive) {
            (_, Some(value)) => Some((value, true)),
            (Some(value), None) => Some((value, self.excluded)),
            (None, None) => None,
        }
    }
}
