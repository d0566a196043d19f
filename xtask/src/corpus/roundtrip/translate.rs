//! Component schemas as plain JSON Schema 2020-12: what `OpenAPI` adds to it, and the dialect of 3.0, written out.
//!
//! Written independently of the generator, so that both misread the same thing only where the description misleads.
//! Where a reading is in doubt the narrower one is taken: each value that it allows, the wider one allows as well.

use std::collections::{BTreeMap, HashMap, HashSet};

use generator::source::{Node, Number, Object, Pointer};
use serde_json::{Map, Value, json};

use super::compare::Constants;

/// The keyword that holds values which the description gives as examples.
pub(super) const EXAMPLES: &str = "x-examples";

/// How deep schemas may nest without a reference between them.
const DEEPEST: usize = 64;

/// Component schemas as definitions of one document.
#[derive(Debug)]
pub(super) struct Translation {
    /// `{"$defs": {"0": …}}`; references lead to these definitions alone.
    pub(super) document: Value,
    /// The definition of each component, in the order of the description.
    pub(super) components: Vec<(String, usize)>,
}

/// Translates the component schemas of a description and all that they refer to; for requests alone, without what only
/// servers set.
pub(super) fn translate(tree: &Node, way: Way) -> Translation {
    let version = tree.get("openapi").and_then(Node::as_str).unwrap_or_default();
    let schemas = Pointer::root().child("components").child("schemas");
    let keys: Vec<String> =
        tree.at(&schemas).and_then(Node::as_object).into_iter().flat_map(Object::keys).cloned().collect();
    let mut work = Translator {
        tree,
        way,
        is_2020: version.starts_with("3.") && !version.starts_with("3.0"),
        families: families(tree, &schemas),
        definitions: HashMap::new(),
        queue: Vec::new(),
    };
    let components =
        keys.into_iter().map(|key| (key.clone(), work.definition(schemas.child(&key), Side::Whole))).collect();
    let mut done = BTreeMap::new();
    while let Some((pointer, side)) = work.queue.pop() {
        let number = work.definition(pointer.clone(), side);
        let schema = tree.at(&pointer).map_or(Value::Bool(true), |node| work.define(node, &pointer, side));
        done.insert(number, schema);
    }
    let definitions: Map<String, Value> =
        done.into_iter().map(|(number, schema)| (number.to_string(), schema)).collect();
    Translation { document: json!({ "$defs": definitions }), components }
}

/// The properties that have one value only, anywhere in a translation.
pub(super) fn constants(document: &Value) -> Constants {
    let mut found = Constants::new();
    let mut queue = vec![document];
    while let Some(value) = queue.pop() {
        let members = match value {
            Value::Object(members) => members,
            Value::Array(items) => {
                queue.extend(items);
                continue;
            }
            _ => continue,
        };
        queue.extend(members.values());
        let properties = members.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let listed = property.get("enum").and_then(Value::as_array).map(Vec::as_slice);
            if let (Some(value), _) | (None, Some([value])) = (property.get("const"), listed) {
                found.entry(name.clone()).or_default().push(value.clone());
            }
        }
    }
    found
}

/// Where the values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Any,
    ToServer,
}

/// Which side of a schema a reference means: the whole of it, or, in `allOf` of a child, the properties that a parent
/// with a discriminator hands down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Whole,
    Inherited,
}

/// Parents with a discriminator of their own and no union: the property, and the children with the values that mean
/// them.
type Families = HashMap<Pointer, Family>;

#[derive(Debug)]
struct Family {
    property: String,
    children: Vec<(Pointer, Vec<String>)>,
}

struct Translator<'a> {
    tree: &'a Node,
    way: Way,
    is_2020: bool,
    families: Families,
    definitions: HashMap<(Pointer, Side), usize>,
    queue: Vec<(Pointer, Side)>,
}

impl Translator<'_> {
    /// The number of a definition; a new one is put into the queue.
    fn definition(&mut self, pointer: Pointer, side: Side) -> usize {
        let next = self.definitions.len();
        let queue = &mut self.queue;
        *self.definitions.entry((pointer, side)).or_insert_with_key(|key| {
            queue.push(key.clone());
            next
        })
    }

    fn refer(&mut self, pointer: Pointer, side: Side) -> Value {
        json!({ "$ref": format!("#/$defs/{}", self.definition(pointer, side)) })
    }

    /// A definition: the schema itself and what its family adds.
    fn define(&mut self, node: &Node, pointer: &Pointer, side: Side) -> Value {
        if side == Side::Inherited {
            return self.schema(node, 0);
        }
        if let Some(family) = self.families.get(pointer) {
            let children: Vec<Pointer> = family.children.iter().map(|(child, _)| child.clone()).collect();
            let variants: Vec<Value> = children.into_iter().map(|child| self.refer(child, Side::Whole)).collect();
            return json!({ "anyOf": variants });
        }
        let schema = self.schema(node, 0);
        let tags: Vec<Value> = self
            .families
            .values()
            .flat_map(|family| family.children.iter().map(move |(child, values)| (family, child, values)))
            .filter(|(_, child, _)| *child == pointer)
            .map(|(family, _, values)| tagged(&family.property, values))
            .collect();
        if tags.is_empty() { schema } else { json!({ "allOf": [schema, { "allOf": tags }] }) }
    }

    fn schema(&mut self, node: &Node, depth: usize) -> Value {
        let members = match node {
            Node::Bool(value) => return Value::Bool(*value),
            Node::Object(members) if depth < DEEPEST => members,
            _ => return Value::Bool(true),
        };
        let mut out = Map::new();
        if let Some(target) = members.get("$ref").and_then(target) {
            let reference = self.refer(target, Side::Whole);
            match reference {
                // Beside a reference 3.0 reads nothing.
                reference if !self.is_2020 => return reference,
                Value::Object(reference) => out.extend(reference),
                _ => {}
            }
        }
        for (key, value) in members {
            self.keyword(key, value, &mut out, depth);
        }
        if self.way == Way::ToServer {
            self.leave_out_read_only(node, &mut out);
        }
        bounds(members, &mut out);
        let examples: Vec<Value> =
            ["const", "example", "default"].iter().filter_map(|key| members.get(key)).map(json).collect();
        let more = members.get("examples").and_then(Node::as_array).unwrap_or_default().iter().map(json);
        let examples: Vec<Value> = examples.into_iter().chain(more).collect();
        if !examples.is_empty() {
            out.insert(EXAMPLES.to_owned(), Value::Array(examples));
        }
        self.union(members, &mut out);
        nullable(members, out)
    }

    fn keyword(&mut self, key: &str, value: &Node, out: &mut Map<String, Value>, depth: usize) {
        let translated = match (key, value) {
            ("properties" | "patternProperties" | "dependentSchemas", Node::Object(schemas)) => {
                let schemas = schemas.iter().map(|(name, schema)| (name.clone(), self.schema(schema, depth + 1)));
                Value::Object(schemas.collect())
            }
            ("allOf", Node::Array(schemas)) if !schemas.is_empty() => {
                Value::Array(schemas.iter().map(|schema| self.part(schema, depth + 1)).collect())
            }
            ("anyOf" | "oneOf" | "prefixItems", Node::Array(schemas)) if !schemas.is_empty() => {
                Value::Array(schemas.iter().map(|schema| self.schema(schema, depth + 1)).collect())
            }
            (
                "items"
                | "additionalProperties"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "unevaluatedProperties"
                | "unevaluatedItems",
                Node::Object(_) | Node::Bool(_),
            ) => self.schema(value, depth + 1),
            ("type", _) => match types(value) {
                Some(types) => types,
                None => return,
            },
            ("enum" | "required", Node::Array(items)) if !items.is_empty() => json(value),
            ("const", _) => json(value),
            ("pattern" | "format", Node::String(text)) => Value::String(text.clone()),
            (
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" | "multipleOf",
                Node::Number(_),
            )
            | ("uniqueItems", Node::Bool(_))
            | ("dependentRequired", Node::Object(_)) => json(value),
            _ => return,
        };
        out.insert(key.to_owned(), translated);
    }

    /// Takes away what only servers set: as properties, and from what is required.
    fn leave_out_read_only(&self, schema: &Node, out: &mut Map<String, Value>) {
        let is_set = |name: &str| is_read_only(self.tree, schema, name, 0);
        if let Some(Value::Object(properties)) = out.get_mut("properties") {
            properties.retain(|name, _| !is_set(name));
        }
        if let Some(Value::Array(names)) = out.get_mut("required") {
            names.retain(|name| !name.as_str().is_some_and(is_set));
        }
    }

    /// A part of `allOf`: a reference to a parent means what it hands down.
    fn part(&mut self, schema: &Node, depth: usize) -> Value {
        match schema.get("$ref").and_then(target) {
            Some(parent) if self.families.contains_key(&parent) => self.refer(parent, Side::Inherited),
            _ => self.schema(schema, depth),
        }
    }

    /// Has a discriminator beside a union bind each variant to its tag.
    fn union(&mut self, members: &Object, out: &mut Map<String, Value>) {
        let Some(discriminator) = members.get("discriminator") else { return };
        let Some(property) = discriminator.get("propertyName").and_then(Node::as_str) else { return };
        for key in ["oneOf", "anyOf"] {
            let variants = members.get(key).and_then(Node::as_array).unwrap_or_default();
            let Some(Value::Array(translated)) = out.get_mut(key) else { continue };
            for (variant, translated) in variants.iter().zip(translated) {
                let Some(pointer) = variant.get("$ref").and_then(target) else { continue };
                let tags = tags(discriminator, &pointer);
                if states_tag(self.tree, variant, property, 0) && !tags.is_mapped {
                    continue;
                }
                *translated = json!({ "allOf": [translated.take(), tagged(property, &tags.values)] });
            }
        }
    }
}

/// An object whose tag has one of these values.
fn tagged(property: &str, values: &[String]) -> Value {
    json!({ "required": [property], "properties": { property: { "enum": values } } })
}

/// Whether a schema or one in its `allOf` says that only servers set a property.
fn is_read_only(tree: &Node, schema: &Node, name: &str, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    let followed = |node: &Node| node.get("$ref").and_then(target).and_then(|pointer| tree.at(&pointer));
    let says = |node: &Node| node.get("readOnly").and_then(Node::as_bool) == Some(true);
    let property = schema.get("properties").and_then(|properties| properties.get(name));
    let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
    property.is_some_and(|property| says(property) || followed(property).is_some_and(says))
        || parts.iter().chain(followed(schema)).any(|part| is_read_only(tree, part, name, depth + 1))
}

struct Tags {
    values: Vec<String>,
    is_mapped: bool,
}

/// The values of a discriminator that mean the schema at `pointer`: those that the mapping gives it, else its key.
fn tags(discriminator: &Node, pointer: &Pointer) -> Tags {
    let key = pointer.last().unwrap_or_default();
    let mapping = discriminator.get("mapping").and_then(Node::as_object);
    let leads_here = |text: &str| text == key || text.strip_prefix('#') == Some(pointer.as_str());
    let mapped: Vec<String> = mapping
        .into_iter()
        .flatten()
        .filter(|(_, target)| target.as_str().is_some_and(leads_here))
        .map(|(value, _)| value.clone())
        .collect();
    let is_mapped = !mapped.is_empty();
    Tags { values: if is_mapped { mapped } else { vec![key] }, is_mapped }
}

/// Whether a schema itself says which values its tag has.
fn states_tag(tree: &Node, schema: &Node, property: &str, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    if let Some(target) = schema.get("$ref").and_then(target).and_then(|pointer| tree.at(&pointer)) {
        return states_tag(tree, target, property, depth + 1);
    }
    let tag = schema.get("properties").and_then(|properties| properties.get(property));
    let states = |tag: &Node| {
        let tag = tag.get("$ref").and_then(target).and_then(|pointer| tree.at(&pointer)).unwrap_or(tag);
        tag.get("enum").is_some() || tag.get("const").is_some()
    };
    let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
    tag.is_some_and(states) || parts.iter().any(|part| states_tag(tree, part, property, depth + 1))
}

/// Finds the parents with a discriminator, and their children: components that have them in `allOf`, or whose parent
/// is such a child.
fn families(tree: &Node, schemas: &Pointer) -> Families {
    let components = tree.at(schemas).and_then(Node::as_object);
    let mut found = Families::new();
    for (key, schema) in components.into_iter().flatten() {
        let property = schema.get("discriminator").and_then(|tag| tag.get("propertyName")).and_then(Node::as_str);
        let is_union = schema.get("oneOf").or(schema.get("anyOf")).is_some();
        if let (Some(property), false) = (property, is_union) {
            let parent = schemas.child(key);
            let children: Vec<_> = descendants(tree, schemas, &parent)
                .into_iter()
                .map(|child| (child.clone(), tags(schema.get("discriminator").unwrap_or(&Node::Null), &child).values))
                .collect();
            if !children.is_empty() {
                found.insert(parent, Family { property: property.to_owned(), children });
            }
        }
    }
    found
}

fn descendants(tree: &Node, schemas: &Pointer, parent: &Pointer) -> Vec<Pointer> {
    let components = tree.at(schemas).and_then(Node::as_object);
    let mut known = HashSet::from([parent.clone()]);
    let mut all = Vec::new();
    loop {
        let before = all.len();
        for (key, schema) in components.into_iter().flatten() {
            let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
            let inherits =
                parts.iter().filter_map(|part| part.get("$ref").and_then(target)).any(|part| known.contains(&part));
            let child = schemas.child(key);
            if inherits && known.insert(child.clone()) {
                all.push(child);
            }
        }
        if all.len() == before {
            return all;
        }
    }
}

/// The place that a reference names; the description is one document by now.
fn target(reference: &Node) -> Option<Pointer> {
    Pointer::parse(reference.as_str()?.strip_prefix('#')?)
}

/// The types that JSON Schema knows.
fn types(value: &Node) -> Option<Value> {
    const KNOWN: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];
    let known: Vec<&str> = match value {
        Node::String(name) => vec![name.as_str()],
        Node::Array(names) => names.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    };
    let known: Vec<&str> = known.into_iter().filter(|name| KNOWN.contains(name)).collect();
    match known.as_slice() {
        [] => None,
        [sole] => Some(json!(sole)),
        several => Some(json!(several)),
    }
}

/// Bounds in either dialect: 3.0 says by a boolean whether a bound is excluded.
fn bounds(members: &Object, out: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let is_number = |node: &&Node| node.as_number().is_some();
        let stated = members.get(bound).filter(is_number);
        if let Some(excluded) = members.get(exclusive).filter(is_number) {
            out.insert(exclusive.to_owned(), json(excluded));
        }
        if let Some(value) = stated {
            let is_excluded = members.get(exclusive).and_then(Node::as_bool) == Some(true);
            out.insert(if is_excluded { exclusive } else { bound }.to_owned(), json(value));
        }
    }
}

/// What `nullable` of 3.0 adds. An enumeration that does not list null is taken to leave it out.
fn nullable(members: &Object, mut out: Map<String, Value>) -> Value {
    let leaves_out = |values: &Value| !values.as_array().is_some_and(|values| values.contains(&Value::Null));
    if members.get("nullable").and_then(Node::as_bool) != Some(true) || out.get("enum").is_some_and(leaves_out) {
        return Value::Object(out);
    }
    match out.get_mut("type") {
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        Some(Value::String(name)) if name != "null" => {
            let types = json!([name, "null"]);
            out.insert("type".to_owned(), types);
        }
        _ => {}
    }
    let constrains = ["$ref", "allOf", "anyOf", "oneOf", "not"].iter().any(|key| out.contains_key(*key));
    if constrains { json!({ "anyOf": [out, { "type": "null" }] }) } else { Value::Object(out) }
}

/// A value of the description as JSON.
fn json(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Bool(*value),
        Node::Number(Number::Integer(value)) => match (i64::try_from(*value), u64::try_from(*value)) {
            (Ok(value), _) => value.into(),
            (_, Ok(value)) => value.into(),
            _ => Number::Integer(*value).as_float().into(),
        },
        Node::Number(Number::Float(value)) => (*value).into(),
        Node::String(text) => Value::String(text.clone()),
        Node::Array(items) => items.iter().map(json).collect(),
        Node::Object(members) => members.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_servers_set_is_not_sent() {
        let text = r##"{"openapi": "3.1.0", "components": {"schemas": {
            "Pet": {"required": ["id", "name"], "allOf": [{"$ref": "#/components/schemas/Base"}], "properties": {"name": {}}},
            "Base": {"properties": {"id": {"readOnly": true}, "at": {"$ref": "#/components/schemas/At"}}},
            "At": {"type": "string", "readOnly": true}
        }}}"##;
        let tree = generator::source::read("", text, &mut generator::diagnostic::Diagnostics::default()).unwrap();
        let translation = translate(&tree, Way::ToServer);
        let definition = |name: &str| {
            let (_, number) = translation.components.iter().find(|(key, _)| key == name).unwrap();
            &translation.document["$defs"][number.to_string()]
        };
        assert_eq!(definition("Pet")["required"], json!(["name"]));
        assert_eq!(definition("Base")["properties"], json!({}));
    }
}
