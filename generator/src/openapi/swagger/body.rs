//! Bodies of requests and responses, by media type.

use super::{Lift, Part, copy, value};
use crate::diagnostic::Place;
use crate::diagnostic::catalog::swagger as say;
use crate::source::{Node, Object, Pointer};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
const BYTES: &str = "application/octet-stream";

/// The request body that a body parameter stands for, in each of the media types that are consumed.
pub(super) fn request(lift: &mut Lift<'_, '_>, part: &Part<'_>, consumes: &[String]) -> Node {
    let is_own = |key: &str| matches!(key, "description" | "required") || key.starts_with("x-");
    let mut new: Object = copy(part.node, is_own).collect();
    let media = if consumes.is_empty() { vec![JSON.to_owned()] } else { consumes.to_vec() };
    let mut content = Object::new();
    for name in media {
        let at = part.new.child("content").child(&name);
        let mut members = Object::new();
        if let Some(schema) = part.node.get("schema") {
            let schema = lift.schema(schema, &part.old.child("schema"), &at.child("schema"));
            members.insert("schema".to_owned(), schema);
        }
        content.insert(name, Node::Object(members));
    }
    new.insert("content".to_owned(), Node::Object(content));
    Node::Object(new)
}

/// The request body that form parameters are the fields of. It will stand at `body.new`.
pub(super) fn form(lift: &mut Lift<'_, '_>, body: &Part<'_>, fields: &[Part<'_>], consumes: &[String]) -> Node {
    let has_file = fields.iter().any(|field| is_file(field.node));
    let is_form = |name: &&String| [FORM, MULTIPART].contains(&essence(name)) && !(has_file && essence(name) == FORM);
    let mut media: Vec<String> = consumes.iter().filter(is_form).cloned().collect();
    if media.is_empty() {
        media.push(if has_file { MULTIPART.to_owned() } else { FORM.to_owned() });
    }
    let encoding = encoding(lift, fields);
    let mut content = Object::new();
    for name in media {
        let schema = body.new.child("content").child(&name).child("schema");
        let mut members = Object::from_iter([("schema".to_owned(), object(lift, fields, &schema))]);
        if !encoding.is_empty() {
            members.insert("encoding".to_owned(), Node::Object(encoding.clone()));
        }
        content.insert(name, Node::Object(members));
    }
    let required = fields.iter().any(|field| is_required(field.node));
    Node::Object(Object::from_iter([
        ("content".to_owned(), Node::Object(content)),
        ("required".to_owned(), Node::Bool(required)),
    ]))
}

/// How the fields that are lists are written.
fn encoding(lift: &mut Lift<'_, '_>, fields: &[Part<'_>]) -> Object {
    let mut encoding = Object::new();
    for field in fields {
        let Some(name) = field.node.get("name").and_then(Node::as_str) else { continue };
        if let Some((style, explode)) = value::list_style(lift, field, "formData") {
            let style = ("style".to_owned(), Node::String(style.to_owned()));
            let members = Object::from_iter([style, ("explode".to_owned(), Node::Bool(explode))]);
            encoding.insert(name.to_owned(), Node::Object(members));
        }
    }
    encoding
}

/// The schema, at `at`, of an object with these fields.
fn object(lift: &mut Lift<'_, '_>, fields: &[Part<'_>], at: &Pointer) -> Node {
    let mut properties = Object::new();
    let mut required = Vec::new();
    for field in fields {
        let Some(name) = field.node.get("name").and_then(Node::as_str) else { continue };
        let part = Part { new: at.child("properties"), ..field.clone() };
        let mut schema = value::described(lift, &part, name);
        if let (Node::Object(members), Some(description)) = (&mut schema, field.node.get("description")) {
            members.insert("description".to_owned(), description.clone());
        }
        properties.insert(name.to_owned(), schema);
        if is_required(field.node) {
            required.push(Node::String(name.to_owned()));
        }
    }
    let mut schema = Object::from_iter([("type".to_owned(), Node::String("object".to_owned()))]);
    schema.insert("properties".to_owned(), Node::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Node::Array(required));
    }
    Node::Object(schema)
}

/// A response, its body in each of the media types that are produced.
pub(super) fn response<'t>(lift: &mut Lift<'t, '_>, part: &Part<'t>, produces: &[String]) -> Node {
    let mut new: Object = copy(part.node, |key| key == "description" || key.starts_with("x-")).collect();
    let mut headers = Object::new();
    for (name, node) in part.node.get("headers").and_then(Node::as_object).into_iter().flatten() {
        let old = part.old.child("headers").child(name);
        let header = lift.enter(node, &old, &part.new.child("headers").child(name));
        headers.insert(name.clone(), value::header(lift, &header));
    }
    if !headers.is_empty() {
        new.insert("headers".to_owned(), Node::Object(headers));
    }
    if let Some(schema) = part.node.get("schema") {
        let content = content(lift, part, schema, produces);
        new.insert("content".to_owned(), content);
    }
    Node::Object(new)
}

fn content(lift: &mut Lift<'_, '_>, part: &Part<'_>, schema: &Node, produces: &[String]) -> Node {
    let assumed = if is_file(schema) { BYTES } else { JSON };
    let media = if produces.is_empty() { vec![assumed.to_owned()] } else { produces.to_vec() };
    let examples = part.node.get("examples");
    for name in examples.and_then(Node::as_object).into_iter().flatten().map(|(name, _)| name) {
        if !media.contains(name) {
            let at = part.old.child("examples").child(name);
            let what = format!("an example of `{name}`, which the operation does not produce,");
            lift.diagnostics.push(say::not_expressible(Place::key(&at), &what));
        }
    }
    let mut content = Object::new();
    for name in media {
        let at = part.new.child("content").child(&name).child("schema");
        let mut members = Object::new();
        members.insert("schema".to_owned(), lift.schema(schema, &part.old.child("schema"), &at));
        if let Some(example) = examples.and_then(|examples| examples.get(&name)) {
            members.insert("example".to_owned(), example.clone());
        }
        content.insert(name, Node::Object(members));
    }
    Node::Object(content)
}

fn is_file(node: &Node) -> bool {
    node.get("type").and_then(Node::as_str) == Some("file")
}

fn is_required(node: &Node) -> bool {
    node.get("required").and_then(Node::as_bool) == Some(true)
}

/// A media type without its parameters.
fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}
