//! Schemas of Swagger 2.0 in the words of OpenAPI 3.0, in their place.

use std::collections::HashSet;

use super::NewPlaces;
use crate::schema::holds::{Holds, holds};
use crate::source::{Node, Object, Pointer};

/// Lifts the schemas that begin at `roots`, and those of other files that they refer to. Yields the references whose
/// targets did not come along.
pub(super) fn lift_all(tree: &mut Node, roots: Vec<Pointer>, places: &NewPlaces<'_>) -> Vec<Pointer> {
    let mut seen: HashSet<Pointer> = roots.iter().cloned().collect();
    let mut queue = roots;
    let mut lost = Vec::new();
    while let Some(root) = queue.pop() {
        let mut references = Vec::new();
        if let Some(node) = tree.at_mut(&root) {
            lift(node, &root, places, &mut references);
        }
        for (at, target) in references {
            if tree.at(&target).is_none() {
                lost.push(at);
            } else if target.as_str().starts_with("/x-bundled/") && seen.insert(target.clone()) {
                queue.push(target);
            }
        }
    }
    lost
}

/// Lifts a schema and all that it holds; notes where references stand and where they lead.
fn lift(node: &mut Node, at: &Pointer, places: &NewPlaces<'_>, references: &mut Vec<(Pointer, Pointer)>) {
    let Node::Object(members) = node else { return };
    if let Some(Node::String(text)) = members.get_mut("$ref")
        && let Some(old) = text.strip_prefix('#').and_then(Pointer::parse)
    {
        let new = places.find(&old);
        *text = format!("#{}", new.as_str());
        references.push((at.child("$ref"), new));
    }
    words(members);
    for (keyword, value) in members.iter_mut() {
        let at = at.child(keyword);
        match (holds(keyword), value) {
            (Holds::Schema | Holds::Schemas, value @ Node::Object(_)) => lift(value, &at, places, references),
            (Holds::Schemas, Node::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    lift(item, &at.item(index), places, references);
                }
            }
            (Holds::Named, Node::Object(named)) => {
                for (name, value) in named.iter_mut() {
                    lift(value, &at.child(name), places, references);
                }
            }
            _ => {}
        }
    }
}

/// Says in 3.0's words what 2.0 has other words for.
pub(super) fn words(members: &mut Object) {
    if let Some(Node::Bool(true)) = members.get("x-nullable") {
        members.get_or_insert("nullable", Node::Bool(true));
    }
    if let Some(Node::String(kind)) = members.get_mut("type")
        && kind == "file"
    {
        "string".clone_into(kind);
        members.insert("format".to_owned(), Node::String("binary".to_owned()));
    }
    if let Some(discriminator) = members.get_mut("discriminator")
        && matches!(discriminator, Node::String(_))
    {
        let property = std::mem::replace(discriminator, Node::Null);
        *discriminator = Node::Object(Object::from_iter([("propertyName".to_owned(), property)]));
    }
}
