//! `securityDefinitions` as security schemes.

use super::{Lift, copy};
use crate::source::{Node, Object, Pointer};

/// The ways to authenticate that the document declares.
pub(super) fn schemes(lift: &mut Lift<'_, '_>) -> Node {
    let new = Pointer::root().child("components").child("securitySchemes");
    let old = Pointer::root().child("securityDefinitions");
    let mut schemes = Object::new();
    for (name, node) in lift.old.get("securityDefinitions").and_then(Node::as_object).into_iter().flatten() {
        let part = lift.enter(node, &old.child(name), &new.child(name));
        schemes.insert(name.clone(), scheme(part.node));
    }
    Node::Object(schemes)
}

fn scheme(old: &Node) -> Node {
    let text = |text: &str| Node::String(text.to_owned());
    let mut new: Object = copy(old, |key| key == "description" || key.starts_with("x-")).collect();
    match old.get("type").and_then(Node::as_str) {
        Some("basic") => {
            new.insert("type".to_owned(), text("http"));
            new.insert("scheme".to_owned(), text("basic"));
        }
        Some("oauth2") => {
            new.insert("type".to_owned(), text("oauth2"));
            let name = match old.get("flow").and_then(Node::as_str) {
                Some("application") => Some("clientCredentials"),
                Some("accessCode") => Some("authorizationCode"),
                other => other,
            };
            let flow = copy(old, |key| matches!(key, "authorizationUrl" | "tokenUrl" | "scopes"));
            let flows = name.map(|name| (name.to_owned(), Node::Object(flow.collect())));
            new.insert("flows".to_owned(), Node::Object(flows.into_iter().collect()));
        }
        _ => new.extend(copy(old, |key| matches!(key, "type" | "name" | "in"))),
    }
    Node::Object(new)
}
