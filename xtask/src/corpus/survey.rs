//! What an output is like, in numbers: counted from the IR and the document, independently of what the generator says.
//! Only of names it says itself where a number had to tell two of them apart.

use std::collections::HashSet;

use generator::Output;
use generator::diagnostic::{Diagnostics, Place};
use generator::ir::{self, Shape, Type};
use generator::source::{Node, Pointer};
use serde::{Deserialize, Serialize};

/// The code of a name that got a number.
const NUMBERED: &str = "numbered-name";

/// How many places of one kind a report names.
const MOST_PLACES: usize = 20;

/// How many references are followed in a row.
const LONGEST_CHAIN: usize = 32;

/// The numbers of one output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Survey {
    /// Operations that have a method.
    pub(super) operations: usize,
    /// Named types.
    pub(super) types: usize,
    /// Places that have a type: fields, parameters, bodies, and what lists and maps hold.
    pub(super) places: usize,
    /// Those of them that take any JSON value, as their schema does.
    pub(super) free: usize,
    /// Those of them that take any JSON value although the schema says more.
    pub(super) untyped: usize,
    /// Where the first of these are.
    pub(super) untyped_at: Vec<String>,
    /// Names that only a number tells from another one.
    pub(super) numbered: usize,
    /// The first of these, each with its origin.
    pub(super) numbered_at: Vec<String>,
}

/// Counts what an output is like; `said` is what the generator said of it.
pub(super) fn survey(output: &Output, said: &Diagnostics) -> Survey {
    let (api, tree) = (&output.api, &output.effective);
    let mut survey = Survey { operations: api.operations.len(), types: api.types.len(), ..Survey::default() };
    let mut places = Places { tree, seen: HashSet::new(), survey: &mut survey };
    for def in api.types.values() {
        places.shape(&def.shape, &def.origin);
    }
    for operation in api.operations.values() {
        places.operation(operation);
    }
    for (_, diagnostic) in said.iter().filter(|(_, diagnostic)| diagnostic.code.name == NUMBERED) {
        survey.numbered += 1;
        if survey.numbered_at.len() < MOST_PLACES {
            survey.numbered_at.push(format!("{} ({})", diagnostic.message, shown(&diagnostic.place)));
        }
    }
    survey
}

/// A place in a word or two.
pub(super) fn shown(place: &Place) -> String {
    match place {
        Place::File(name) | Place::Text(name, _) => name.clone(),
        Place::Node(pointer, _) => pointer.to_string(),
        Place::Written(written, _) => format!("{}{}", written.0, written.1),
    }
}

/// The operations that a document states, whatever becomes of them.
pub(super) fn operations_of(tree: &Node) -> usize {
    let items = tree.get("paths").and_then(Node::as_object).into_iter().flat_map(|paths| paths.values());
    items.map(|item| operations_of_item(follow(tree, item))).sum()
}

fn operations_of_item(item: &Node) -> usize {
    const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let is_operation = |operation: &&Node| operation.as_object().is_some();
    let usual = METHODS.iter().filter_map(|method| item.get(method)).filter(is_operation).count();
    let more = item.get("additionalOperations").and_then(Node::as_object);
    usual + more.map_or(0, |more| more.values().filter(is_operation).count())
}

/// What a node is after its references.
fn follow<'n>(tree: &'n Node, mut node: &'n Node) -> &'n Node {
    for _ in 0..LONGEST_CHAIN {
        let target = node.get("$ref").and_then(Node::as_str).and_then(|text| text.strip_prefix('#'));
        match target.and_then(Pointer::parse).and_then(|pointer| tree.at(&pointer)) {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}

struct Places<'a> {
    tree: &'a Node,
    /// Parameters and responses that operations share count once.
    seen: HashSet<Pointer>,
    survey: &'a mut Survey,
}

impl Places<'_> {
    fn shape(&mut self, shape: &Shape, origin: &Pointer) {
        match shape {
            Shape::Record(record) => {
                for field in &record.fields {
                    self.place(&field.ty, &field.origin);
                }
                if let ir::Rest::Kept(ty) = &record.rest {
                    self.place(ty, &origin.child("additionalProperties"));
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| self.place(&variant.ty, &variant.origin)),
            Shape::Alias(ty) => self.place(ty, origin),
            Shape::Enumeration(_) => {}
        }
    }

    fn operation(&mut self, operation: &ir::Operation) {
        for param in &operation.params {
            self.part(&param.ty, &param.origin, None);
        }
        if let Some(body) = &operation.body {
            self.part(&body.content.ty, &body.origin, Some(&body.content.media));
        }
        for case in operation.success.iter().chain(&operation.failure) {
            if let Some(content) = &case.content {
                self.part(&content.ty, &case.origin, Some(&content.media));
            }
        }
    }

    /// The type of a parameter, body or response: its schema stands in it, or in the media type in it.
    fn part(&mut self, ty: &Type, origin: &Pointer, media: Option<&str>) {
        if !self.seen.insert(origin.clone()) {
            return;
        }
        let content = origin.child("content");
        let medium = match media {
            Some(media) => Some(media.to_owned()),
            None => self.tree.at(&content).and_then(Node::as_object).and_then(|media| media.keys().next().cloned()),
        };
        let schema = match medium {
            Some(medium) => content.child(medium).child("schema"),
            None => origin.child("schema"),
        };
        self.place(ty, &schema);
    }

    fn place(&mut self, ty: &Type, at: &Pointer) {
        if let Some(schema) = self.tree.at(at) {
            self.typed(ty, schema, at);
        }
    }

    /// Walks down a type and its schema side by side.
    fn typed(&mut self, ty: &Type, schema: &Node, at: &Pointer) {
        let schema = sole_variant(self.tree, follow(self.tree, schema));
        match ty {
            Type::Nullable(inner) => return self.typed(inner, schema, at),
            Type::List(inner) => self.inside(inner, schema, "items", at),
            Type::Map(inner) => self.inside(inner, schema, "additionalProperties", at),
            Type::Tuple(tuple) => {
                let schemas = schema.get("prefixItems").and_then(Node::as_array).unwrap_or_default();
                tuple.places.iter().zip(schemas).for_each(|(item, schema)| self.typed(item, schema, at));
            }
            Type::Any if says_more(self.tree, schema, 0) => {
                self.survey.untyped += 1;
                if self.survey.untyped_at.len() < MOST_PLACES {
                    self.survey.untyped_at.push(at.to_string());
                }
            }
            Type::Any => self.survey.free += 1,
            _ => {}
        }
        self.survey.places += 1;
    }

    fn inside(&mut self, ty: &Type, schema: &Node, key: &str, at: &Pointer) {
        if let Some(inner) = schema.get(key) {
            self.typed(ty, inner, at);
        }
    }
}

/// The one schema that `oneOf`, `anyOf` or `allOf` leaves beside null; else the schema itself.
fn sole_variant<'n>(tree: &'n Node, schema: &'n Node) -> &'n Node {
    for key in ["oneOf", "anyOf", "allOf"] {
        let variants = schema.get(key).and_then(Node::as_array).unwrap_or_default();
        let mut others = variants.iter().map(|variant| follow(tree, variant)).filter(|variant| !is_null(variant));
        if let (Some(sole), None) = (others.next(), others.next()) {
            return sole;
        }
    }
    schema
}

fn is_null(schema: &Node) -> bool {
    schema.get("type").and_then(Node::as_str) == Some("null")
}

/// Whether a schema says what values it takes.
fn says_more(tree: &Node, schema: &Node, depth: usize) -> bool {
    if depth > LONGEST_CHAIN {
        return false;
    }
    let schema = follow(tree, schema);
    let variants = |key: &str| schema.get(key).and_then(Node::as_array).unwrap_or_default();
    let variant_says = |variant: &Node| says_more(tree, variant, depth + 1);
    let all_say = |key: &str| !variants(key).is_empty() && variants(key).iter().all(variant_says);
    let has_members = |key: &str| {
        schema.get(key).is_some_and(|node| match node {
            Node::Object(members) => !members.is_empty(),
            Node::Array(items) => !items.is_empty(),
            _ => false,
        })
    };
    schema.get("type").is_some_and(says_type)
        || schema.get("const").is_some()
        || enumerates(schema)
        || ["properties", "items", "prefixItems", "additionalProperties"].into_iter().any(has_members)
        || all_say("oneOf")
        || all_say("anyOf")
        || variants("allOf").iter().any(variant_says)
}

/// Whether values are listed, null aside.
fn enumerates(schema: &Node) -> bool {
    let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
    values.iter().any(|value| *value != Node::Null)
}

/// Whether `type` says of what type a value is. All types together say nothing, and null alone has no type in Rust.
fn says_type(ty: &Node) -> bool {
    match ty {
        Node::String(name) => name != "null",
        Node::Array(types) => {
            let says = |name: &str| types.iter().any(|ty| ty.as_str() == Some(name));
            types.iter().any(|ty| ty.as_str() != Some("null"))
                && !["string", "number", "boolean", "array", "object"].into_iter().all(says)
        }
        _ => false,
    }
}
