//! Path items and operations: what is in the request moves to where 3.0 has it.

use super::{Lift, Part, body, copy, server, value};
use crate::diagnostic::catalog::swagger as say;
use crate::source::{Node, Object, Pointer};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// All path items.
pub(super) fn paths(lift: &mut Lift<'_, '_>) -> Node {
    let at = Pointer::root().child("paths");
    let mut paths = Object::new();
    for (path, node) in lift.old.get("paths").and_then(Node::as_object).into_iter().flatten() {
        let at = at.child(path);
        let item = if path.starts_with("x-") { node.clone() } else { item(lift, node, &at) };
        paths.insert(path.clone(), item);
    }
    Node::Object(paths)
}

/// A path item, and beside a reference what it refers to.
fn item<'t>(lift: &mut Lift<'t, '_>, node: &'t Node, at: &Pointer) -> Node {
    let part = lift.enter(node, at, at);
    let beside = node.get("$ref").is_some().then(|| Part { node, old: at.clone(), new: at.clone() });
    let mut new = Object::new();
    for part in [Some(part), beside].into_iter().flatten() {
        let parameters = Parameters::read(lift, &part, &part.new.child("parameters"));
        new.extend(copy(part.node, |key| key.starts_with("x-")));
        if !parameters.plain.is_empty() {
            new.insert("parameters".to_owned(), Node::Array(parameters.plain.clone()));
        }
        for method in METHODS {
            if let Some(node) = part.node.get(method) {
                let operation = lift.enter(node, &part.old.child(method), &part.new.child(method));
                new.insert(method.to_owned(), self::operation(lift, &operation, &parameters));
            }
        }
    }
    Node::Object(new)
}

fn operation<'t>(lift: &mut Lift<'t, '_>, part: &Part<'t>, shared: &Parameters<'t>) -> Node {
    let kept = ["tags", "summary", "description", "externalDocs", "operationId", "deprecated", "security"];
    let mut new: Object = copy(part.node, |key| kept.contains(&key) || key.starts_with("x-")).collect();
    if let Some(servers) = server::of_operation(lift, part.node, &part.old, &part.new) {
        new.insert("servers".to_owned(), servers);
    }
    let mut own = Parameters::read(lift, part, &part.new.child("parameters"));
    if !own.plain.is_empty() {
        new.insert("parameters".to_owned(), Node::Array(std::mem::take(&mut own.plain)));
    }
    own.inherit(shared);
    if let Some(body) = own.body(lift, part) {
        new.insert("requestBody".to_owned(), body);
    }
    let at = part.new.child("responses");
    let produces = lift.media(part.node, "produces");
    let mut responses = Object::new();
    for (status, node) in part.node.get("responses").and_then(Node::as_object).into_iter().flatten() {
        let response = if status.starts_with("x-") {
            node.clone()
        } else if let Some(shared) = shared_part(lift, node, part, "produces", "/responses/", "/components/responses/")
        {
            shared
        } else {
            let response = lift.enter(node, &part.old.child("responses").child(status), &at.child(status));
            body::response(lift, &response, &produces)
        };
        responses.insert(status.clone(), response);
    }
    new.insert("responses".to_owned(), Node::Object(responses));
    Node::Object(new)
}

/// A reference to a part that the document shares, unless the media types of the operation make another one of it.
fn shared_part(
    lift: &Lift<'_, '_>,
    node: &Node,
    operation: &Part<'_>,
    media: &str,
    old: &str,
    new: &str,
) -> Option<Node> {
    let name = node.get("$ref")?.as_str()?.strip_prefix('#')?.strip_prefix(old)?;
    if name.contains('/') || lift.media(operation.node, media) != lift.media(lift.old, media) {
        return None;
    }
    Some(reference(&format!("#{new}{name}")))
}

fn reference(target: &str) -> Node {
    Node::Object(Object::from_iter([("$ref".to_owned(), Node::String(target.to_owned()))]))
}

/// The parameters of a path item or operation, by what becomes of them.
struct Parameters<'t> {
    /// Parameters of 3.0.
    plain: Vec<Node>,
    /// Body parameters, each as it is written and what it refers to.
    bodies: Vec<(&'t Node, Part<'t>)>,
    /// Fields of a form.
    fields: Vec<Part<'t>>,
}

impl<'t> Parameters<'t> {
    fn read(lift: &mut Lift<'t, '_>, of: &Part<'t>, new: &Pointer) -> Self {
        let mut all = Self { plain: Vec::new(), bodies: Vec::new(), fields: Vec::new() };
        for (index, node) in of.node.get("parameters").and_then(Node::as_array).unwrap_or_default().iter().enumerate() {
            let (target, old) = lift.resolve(node, &of.old.child("parameters").item(index));
            let new = new.item(all.plain.len());
            let part = Part { node: target, old, new };
            match target.get("in").and_then(Node::as_str) {
                Some("body") => all.bodies.push((node, part)),
                Some("formData") => all.fields.push(part),
                _ => {
                    let shared =
                        node.get("$ref").and_then(Node::as_str).and_then(|text| text.strip_prefix("#/parameters/"));
                    let parameter = match shared.filter(|name| !name.contains('/')) {
                        Some(name) => reference(&format!("#/components/parameters/{name}")),
                        None => {
                            lift.origins.push((part.new.clone(), part.old.clone()));
                            value::parameter(lift, &part)
                        }
                    };
                    all.plain.push(parameter);
                }
            }
        }
        all
    }

    /// Adds the body and the fields of the path item, unless the operation has its own.
    fn inherit(&mut self, shared: &Self) {
        if self.bodies.is_empty() && self.fields.is_empty() {
            self.bodies.clone_from(&shared.bodies);
        }
        if self.bodies.is_empty() {
            let name = |part: &Part<'t>| part.node.get("name").cloned();
            let own: Vec<_> = self.fields.iter().map(name).collect();
            self.fields.extend(shared.fields.iter().filter(|field| !own.contains(&name(field))).cloned());
        }
    }

    /// The body of the request: one that a parameter describes, or a form.
    fn body(&self, lift: &mut Lift<'t, '_>, operation: &Part<'t>) -> Option<Node> {
        let consumes = lift.media(operation.node, "consumes");
        let at = operation.new.child("requestBody");
        let others = self.bodies.iter().skip(1).map(|(_, part)| part);
        let others = others.chain(self.fields.iter().filter(|_| !self.bodies.is_empty()));
        for other in others {
            lift.diagnostics.push(say::second_body(&other.old));
        }
        if let Some((node, part)) = self.bodies.first() {
            let (old, new) = ("/parameters/", "/components/requestBodies/");
            if let Some(shared) = shared_part(lift, node, operation, "consumes", old, new) {
                return Some(shared);
            }
            let part = Part { new: at.clone(), ..part.clone() };
            lift.origins.push((at, part.old.clone()));
            return Some(body::request(lift, &part, &consumes));
        }
        let first = self.fields.first()?;
        lift.origins.push((at.clone(), first.old.clone()));
        let body = Part { new: at, ..operation.clone() };
        Some(body::form(lift, &body, &self.fields, &consumes))
    }
}
