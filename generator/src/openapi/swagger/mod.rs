//! Swagger 2.0 as OpenAPI 3.0: a tree of the one becomes a tree of the other.
//!
//! What is moved keeps its origin, so that whatever is said of the new tree points into the text that the author wrote.
//! Schemas, parameters, bodies and responses that the document shares stay shared; where one of another file is meant, or
//! one that reads otherwise in its place, it is written out there. What 3.0 has no words for is reported.

mod body;
mod operation;
mod schema;
mod security;
mod server;
#[cfg(test)]
mod tests;
mod value;

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::bundle;
use crate::source::{Node, Object, Pointer};

/// A tree of 3.0, and where its parts come from.
pub(super) struct Lifted {
    pub(super) tree: Node,
    /// Places of the new tree, and of the old one, that what lies there comes from. The longest prefix counts.
    pub(super) origins: Vec<(Pointer, Pointer)>,
}

/// Lifts a document that was checked by the grammar of 2.0.
pub(super) fn lift(old: &Node, diagnostics: &mut Diagnostics) -> Lifted {
    let mut lift = Lift { old, diagnostics, origins: Vec::new(), schemas: Vec::new() };
    let mut new = Object::new();
    new.insert("openapi".to_owned(), Node::String("3.0.3".to_owned()));
    let kept = ["info", "tags", "externalDocs", "security", "x-bundled"];
    new.extend(copy(old, |key| kept.contains(&key) || key.starts_with("x-")));
    new.insert("servers".to_owned(), server::servers(&mut lift));
    new.insert("components".to_owned(), components(&mut lift));
    new.insert("paths".to_owned(), operation::paths(&mut lift));
    let Lift { origins, schemas, .. } = lift;
    let mut tree = Node::Object(new);
    let places = NewPlaces::of(&origins);
    for at in schema::lift_all(&mut tree, schemas, &places) {
        if let Some(reference) = tree.at(&at).and_then(Node::as_str) {
            diagnostics.push(bundle::dangling_reference(&at, reference, None));
        }
    }
    Lifted { tree, origins }
}

/// What is known while a document is lifted.
struct Lift<'t, 'r> {
    old: &'t Node,
    diagnostics: &'r mut Diagnostics,
    origins: Vec<(Pointer, Pointer)>,
    /// Where schemas begin in the new tree.
    schemas: Vec<Pointer>,
}

/// An object of the old tree, where it stands, and where what it becomes will stand in the new one.
#[derive(Clone, Debug)]
struct Part<'t> {
    node: &'t Node,
    old: Pointer,
    new: Pointer,
}

impl<'t> Lift<'t, '_> {
    /// The object, or what it refers to; noted as the origin of what will stand there.
    fn enter(&mut self, node: &'t Node, old: &Pointer, new: &Pointer) -> Part<'t> {
        let (node, old) = self.resolve(node, old);
        self.origins.push((new.clone(), old.clone()));
        Part { node, old, new: new.clone() }
    }

    /// What a reference leads to. That it leads somewhere and ends was seen to when references were followed.
    fn resolve(&self, node: &'t Node, at: &Pointer) -> (&'t Node, Pointer) {
        const LONGEST: usize = 1_000;
        let (mut node, mut at) = (node, at.clone());
        for _ in 0..LONGEST {
            let text = node.get("$ref").and_then(Node::as_str).and_then(|text| text.strip_prefix('#'));
            let Some(target) = text.and_then(Pointer::parse) else { break };
            let Some(found) = self.old.at(&target) else { break };
            (node, at) = (found, target);
        }
        (node, at)
    }

    /// A schema that moves to `new`. It is lifted when all places are known.
    fn schema(&mut self, node: &Node, old: &Pointer, new: &Pointer) -> Node {
        self.origins.push((new.clone(), old.clone()));
        self.schemas.push(new.clone());
        node.clone()
    }

    /// The media types of a field of the document, `consumes` or `produces`.
    fn media(&self, node: &Node, field: &str) -> Vec<String> {
        let own = node.get(field).or_else(|| self.old.get(field)).and_then(Node::as_array).unwrap_or_default();
        own.iter().filter_map(Node::as_str).map(str::to_owned).collect()
    }
}

/// The parts that the document shares.
fn components(lift: &mut Lift<'_, '_>) -> Node {
    let root = Pointer::root();
    let new = root.child("components");
    let mut components = Object::new();
    let document = lift.old;
    let shared = |field: &str| document.get(field).and_then(Node::as_object);

    if let Some(definitions) = shared("definitions") {
        let at = new.child("schemas");
        let schema = |(name, node): (&String, &Node)| {
            (name.clone(), lift.schema(node, &root.child("definitions").child(name), &at.child(name)))
        };
        components.insert("schemas".to_owned(), Node::Object(definitions.iter().map(schema).collect()));
    }
    if let Some(all) = shared("responses") {
        let mut responses = Object::new();
        for (name, node) in all {
            let at = new.child("responses").child(name);
            let part = lift.enter(node, &root.child("responses").child(name), &at);
            let media = lift.media(lift.old, "produces");
            responses.insert(name.clone(), body::response(lift, &part, &media));
        }
        components.insert("responses".to_owned(), Node::Object(responses));
    }
    let (mut parameters, mut bodies) = (Object::new(), Object::new());
    for (name, node) in shared("parameters").into_iter().flatten() {
        let old = root.child("parameters").child(name);
        match lift.resolve(node, &old).0.get("in").and_then(Node::as_str) {
            Some("body") => {
                let part = lift.enter(node, &old, &new.child("requestBodies").child(name));
                let media = lift.media(lift.old, "consumes");
                bodies.insert(name.clone(), body::request(lift, &part, &media));
            }
            // A field of a form is a part of a body, so it stands where the body is.
            Some("formData") | None => {}
            Some(_) => {
                let part = lift.enter(node, &old, &new.child("parameters").child(name));
                parameters.insert(name.clone(), value::parameter(lift, &part));
            }
        }
    }
    components.insert("parameters".to_owned(), Node::Object(parameters));
    components.insert("requestBodies".to_owned(), Node::Object(bodies));
    components.insert("securitySchemes".to_owned(), security::schemes(lift));
    Node::Object(components)
}

/// The members of a mapping that are meant.
fn copy(node: &Node, is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = (String, Node)> {
    let members = node.as_object().into_iter().flatten().filter(move |(key, _)| is_meant(key));
    members.map(|(key, value)| (key.clone(), value.clone()))
}

/// Where places of the old tree are in the new one.
struct NewPlaces<'o>(HashMap<&'o Pointer, &'o Pointer>);

impl<'o> NewPlaces<'o> {
    fn of(origins: &'o [(Pointer, Pointer)]) -> Self {
        let mut places = HashMap::new();
        for (new, old) in origins {
            // What stands in several places now was first met where it is shared.
            places.entry(old).or_insert(new);
        }
        Self(places)
    }

    fn find(&self, old: &Pointer) -> Pointer {
        let mut prefix = old.clone();
        loop {
            if let Some(new) = self.0.get(&prefix) {
                return new.join(&old.strip_prefix(&prefix).unwrap_or_default());
            }
            match prefix.parent() {
                Some(parent) => prefix = parent,
                None => return old.clone(),
            }
        }
    }
}
