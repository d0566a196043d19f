//! What the table of the grammar cannot say: rules between the fields of one object.

use std::collections::HashMap;

use super::check::{Walk, handle};
use super::grammar::{Object, Versions};
use super::keys;
use super::{KIND, ORIGIN, QUERYSTRING, extra_name};
use crate::diagnostic::Place;
use crate::diagnostic::catalog::openapi as say;
use crate::source::{Node, Object as Members, Pointer};

/// Applies the rules of `object` to what was `read` of its `members`; `false` when it is left out.
pub(super) fn apply(walk: &mut Walk<'_>, object: Object, members: &Members, read: &mut Members) -> bool {
    match object {
        Object::Parameter => parameter(walk, members, read),
        Object::Header => {
            style(walk, read, "a header", &["simple"]);
            value(walk, "a header", members, read);
            true
        }
        Object::Encoding => {
            style(walk, read, "a part of a body", QUERY_STYLES);
            true
        }
        Object::SecurityScheme => security_scheme(walk, read),
        Object::SwaggerSecurityScheme => {
            if read.get("type").and_then(Node::as_str) == Some("oauth2") && !read.contains_key("flow") {
                walk.say(|at| say::filled_field(at, OAUTH2, "flow", "read without flows"));
            }
            true
        }
        Object::SecurityRequirement => {
            let known = |name: &String| walk.schemes.is_some_and(|schemes| schemes.contains_key(name));
            members.keys().all(known)
        }
        Object::Server => {
            server(walk, read);
            true
        }
        Object::ServerVariable => {
            server_variable(walk, read);
            true
        }
        Object::Paths => {
            paths(walk, members);
            true
        }
        Object::PathItem => {
            parameters(walk, read);
            methods(walk, read);
            true
        }
        Object::Operation => {
            parameters(walk, read);
            responses(walk, members, read);
            true
        }
        _ => true,
    }
}

const OAUTH2: &str = "a security scheme of the type `oauth2`";
const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

fn parameter(walk: &mut Walk<'_>, members: &Members, read: &mut Members) -> bool {
    let place = read.get("in").and_then(Node::as_str).unwrap_or_default();
    let (name, styles): (_, &[&str]) = match place {
        "path" => ("a path parameter", &["simple", "label", "matrix"]),
        "query" => ("a query parameter", QUERY_STYLES),
        "header" => ("a header parameter", &["simple"]),
        "cookie" => ("a cookie parameter", &["form", "cookie"]),
        _ => {
            since_3_2(walk, "in", QUERYSTRING);
            query_string(walk, read);
            return true;
        }
    };
    if place == "path" && read.get("required").and_then(Node::as_bool) != Some(true) {
        walk.say(|at| say::filled_field(at, name, "required", "read as required, as every path parameter is"));
        walk.edit("required", Node::Bool(true));
        read.insert("required".to_owned(), Node::Bool(true));
    }
    style(walk, read, name, styles);
    if read.get("style").and_then(Node::as_str) == Some("cookie") {
        since_3_2(walk, "style", "cookie");
        let style = read.remove("style");
        read.extend(style.map(|style| (extra_name("style"), style)));
    }
    value(walk, name, members, read);
    true
}

/// Reports a value that an earlier version does not have. It is read as 3.2 defines it.
fn since_3_2(walk: &mut Walk<'_>, field: &str, value: &str) {
    let (versions, version) = (Versions::SINCE_3_2, walk.version);
    if !versions.contains(version) {
        let said = |at: &Pointer| say::value_of_another_version(at, value, versions.words(), version.as_str());
        walk.under(field, |walk| walk.say(said));
    }
}

/// A parameter that is the whole query string. `openapiv3` has no type for it: it is a query parameter with a mark.
fn query_string(walk: &mut Walk<'_>, read: &mut Members) {
    const FORM: &str = "application/x-www-form-urlencoded";
    read.insert(KIND.to_owned(), Node::String(QUERYSTRING.to_owned()));
    read.insert("in".to_owned(), Node::String("query".to_owned()));
    for field in ["style", "explode", "allowReserved"] {
        read.remove(field);
    }
    let schema = read.remove("schema");
    if !matches!(read.get("content"), Some(Node::Object(content)) if !content.is_empty()) {
        walk.say(|at| say::filled_field(at, "a parameter in `querystring`", "content", "read as a form"));
        let media = schema.map(|schema| ("schema".to_owned(), schema)).into_iter().collect();
        let content = Members::from_iter([(FORM.to_owned(), Node::Object(media))]);
        read.insert("content".to_owned(), Node::Object(content));
    }
}

/// A style that does not fit the place is read as the first one that does.
fn style(walk: &mut Walk<'_>, read: &mut Members, place: &str, fitting: &[&'static str]) {
    let Some(Node::String(style)) = read.get_mut("style") else { return };
    if fitting.contains(&style.as_str()) {
        return;
    }
    let Some(first) = fitting.first() else { return };
    let written = std::mem::replace(style, (*first).to_owned());
    walk.under("style", |walk| walk.say(|at| say::unfitting_style(at, &written, place, first)));
}

/// A parameter or header has exactly one of `schema` and `content`.
fn value(walk: &mut Walk<'_>, name: &str, members: &Members, read: &mut Members) {
    let has_content = matches!(read.get("content"), Some(Node::Object(content)) if !content.is_empty());
    match (read.contains_key("schema"), has_content) {
        (true, true) => {
            walk.say(|at| say::schema_and_content(at, name));
            read.remove("content");
        }
        (true, false) => {
            read.remove("content");
        }
        (false, true) => {}
        (false, false) => {
            read.remove("content");
            // Swagger 2.0 has no `schema` here: the keywords of the schema are fields of the object itself.
            let (reading, schema) = if members.contains_key("type") {
                ("its own keywords are read as its schema", handle(&walk.at))
            } else {
                ("any value is accepted", Node::Object(Members::new()))
            };
            walk.say(|at| say::filled_field(at, name, "schema", reading));
            read.insert("schema".to_owned(), schema);
        }
    }
}

/// Each type of scheme has fields of its own. What `openapiv3` has no type for is an HTTP scheme with a mark.
fn security_scheme(walk: &mut Walk<'_>, read: &mut Members) -> bool {
    let kind = read.get("type").and_then(Node::as_str).unwrap_or_default().to_owned();
    let needed: &[&str] = match kind.as_str() {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        _ => &[],
    };
    let mut complete = true;
    for field in needed {
        if !read.contains_key(field) {
            walk.say(|at| say::missing_field(at, &format!("a security scheme of the type `{kind}`"), field));
            complete = false;
        }
    }
    match kind.as_str() {
        "oauth2" if !read.contains_key("flows") => {
            walk.say(|at| say::filled_field(at, OAUTH2, "flows", "read without flows"));
            read.insert("flows".to_owned(), Node::Object(Members::new()));
        }
        "openIdConnect" if !read.contains_key("openIdConnectUrl") => {
            let object = "a security scheme of the type `openIdConnect`";
            walk.say(|at| say::filled_field(at, object, "openIdConnectUrl", "read without a URL"));
            read.insert("openIdConnectUrl".to_owned(), Node::String(String::new()));
        }
        "mutualTLS" => {
            read.insert("type".to_owned(), Node::String("http".to_owned()));
            read.insert("scheme".to_owned(), Node::String(String::new()));
            read.insert(KIND.to_owned(), Node::String(kind));
        }
        _ => {}
    }
    complete
}

fn server(walk: &mut Walk<'_>, read: &Members) {
    let url = read.get("url").and_then(Node::as_str).unwrap_or_default();
    let declared = read.get("variables").and_then(Node::as_object);
    for name in keys::variables(url) {
        if !declared.is_some_and(|variables| variables.contains_key(name)) {
            walk.under("url", |walk| walk.say(|at| say::undeclared_server_variable(at, name)));
        }
    }
}

/// A variable without a default has the first of its values, or none.
fn server_variable(walk: &mut Walk<'_>, read: &mut Members) {
    if read.contains_key("default") {
        return;
    }
    let first = read.get("enum").and_then(Node::as_array).and_then(|values| values.first());
    let default = first.and_then(Node::as_str).unwrap_or_default().to_owned();
    walk.say(|at| say::filled_field(at, "a server variable", "default", &format!("read as `{default}`")));
    walk.edit("default", Node::String(default.clone()));
    read.insert("default".to_owned(), Node::String(default));
}

fn paths(walk: &mut Walk<'_>, members: &Members) {
    let mut shapes: HashMap<String, &str> = HashMap::new();
    for key in members.keys().filter(|key| key.contains('{')) {
        let shape = keys::path_without_names(&keys::path(key));
        match shapes.get(&shape) {
            Some(first) => {
                let other = walk.here().child(first);
                walk.under(key, |walk| walk.say(|at| say::ambiguous_path(at, &other)));
            }
            None => {
                shapes.insert(shape, key);
            }
        }
    }
}

/// A parameter is known by its name and place; of two that are the same, the first one is read.
fn parameters(walk: &mut Walk<'_>, read: &mut Members) {
    let Some(Node::Array(items)) = read.get_mut("parameters") else { return };
    if items.len() < 2 {
        return;
    }
    let text = |item: &Node, key: &str| item.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
    let mut met: HashMap<(String, String), String> = HashMap::new();
    items.retain(|item| {
        let (place, written, origin) = (text(item, "in"), text(item, "name"), text(item, ORIGIN));
        let name = if place == "header" { written.to_ascii_lowercase() } else { written.clone() };
        match met.get(&(place.clone(), name.clone())) {
            Some(first) => {
                let first = Pointer::parse(first).unwrap_or_default();
                let at = Pointer::parse(&origin).unwrap_or_default();
                walk.say(|_| say::duplicate_parameter(&at, &written, &place, &first));
                false
            }
            None => {
                met.insert((place, name), origin);
                true
            }
        }
    });
}

/// Brings the operations by other methods together: those of `additionalOperations`, and that of `query`.
fn methods(walk: &mut Walk<'_>, read: &mut Members) {
    const FIELDS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let (query, name) = (read.remove(&extra_name("query")), extra_name("additionalOperations"));
    let mut additional: Members = query.map(|operation| ("QUERY".to_owned(), operation)).into_iter().collect();
    let others = read.remove(&name);
    for (method, operation) in others.as_ref().and_then(Node::as_object).into_iter().flatten() {
        let at = walk.here().child("additionalOperations").child(method);
        let field = FIELDS.into_iter().find(|field| field.eq_ignore_ascii_case(method));
        let is_there = field.is_some_and(|field| read.contains_key(field)) || additional.contains_key(method);
        if !keys::is_method(method) {
            walk.say(|_| say::bad_method(&at, method));
        } else if is_there {
            walk.say(|_| say::repeated_key(&at, method, field.unwrap_or("query")));
        } else if let Some(field) = field {
            walk.say(|_| say::loose_spelling(Place::key(&at), method, field));
            read.insert(field.to_owned(), operation.clone());
        } else {
            additional.insert(method.clone(), operation.clone());
        }
    }
    if !additional.is_empty() {
        read.insert(name, Node::Object(additional));
    }
}

/// An operation should document its answers; that the field is missing altogether was said already.
fn responses(walk: &mut Walk<'_>, members: &Members, read: &Members) {
    let written = members.get("responses").and_then(Node::as_object).is_some_and(|written| written.is_empty());
    let nothing = read.get("responses").and_then(Node::as_object).is_some_and(|read| read.is_empty());
    if written && nothing {
        walk.under("responses", |walk| walk.say(say::no_responses));
    }
}
