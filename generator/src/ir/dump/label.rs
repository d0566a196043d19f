//! What ids are shown as: the key that the author chose, or the part that a thing is of another.

use std::collections::HashMap;

use crate::ir::{
    Api, GroupId, NameHint, Operation, OperationId, PathPart, PayloadId, Role, SchemeId, StatusKey, TypeId,
};

use super::TagName;

/// The words of the dump's own types, which no label is.
const WORDS: [&str; 15] =
    ["any", "bool", "bytes", "f32", "f64", "i16", "i32", "i64", "i8", "null", "string", "u16", "u32", "u64", "u8"];

/// The labels of everything that has an id.
pub(super) struct Labels {
    groups: Vec<String>,
    operations: Vec<String>,
    payloads: Vec<String>,
    schemes: Vec<String>,
    types: Vec<String>,
}

impl Labels {
    pub(super) fn of(api: &Api) -> Self {
        let operations: Vec<String> = api.operations.values().map(operation).collect();
        let payloads: Vec<String> = api.payloads.values().map(|payload| plain(&payload.key)).collect();
        let mut types: Vec<String> = api.types.ids().map(|id| hint(api, &operations, &payloads, id)).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        types.iter().for_each(|label| *count.entry(label).or_default() += 1);
        let shared: Vec<bool> = types.iter().map(|label| count.get(label.as_str()) > Some(&1)).collect();
        for ((label, shared), def) in types.iter_mut().zip(shared).zip(api.types.values()) {
            if shared {
                *label = format!("{label}<#{}>", def.origin.as_str().escape_debug());
            }
        }
        Self {
            groups: api.groups.values().map(|group| TagName(group.tag.as_deref()).to_string()).collect(),
            schemes: api.schemes.values().map(|scheme| plain(&scheme.key)).collect(),
            operations,
            payloads,
            types,
        }
    }

    pub(super) fn group(&self, id: GroupId) -> &str {
        at(&self.groups, id)
    }

    pub(super) fn operation(&self, id: OperationId) -> &str {
        at(&self.operations, id)
    }

    pub(super) fn payload(&self, id: PayloadId) -> &str {
        at(&self.payloads, id)
    }

    pub(super) fn scheme(&self, id: SchemeId) -> &str {
        at(&self.schemes, id)
    }

    pub(super) fn ty(&self, id: TypeId) -> &str {
        at(&self.types, id)
    }
}

fn at(labels: &[String], id: impl crate::ir::Id) -> &str {
    labels.get(id.index()).map_or("?", String::as_str)
}

/// An operation by its method and path. Braces that are text stand doubled.
fn operation(operation: &Operation) -> String {
    let path = operation.path.parts.iter().map(|part| match part {
        PathPart::Text(text) => text.replace('{', "{{").replace('}', "}}").escape_debug().to_string(),
        PathPart::Param(name) => format!("{{{}}}", name.escape_debug()),
    });
    format!("{} {}", operation.method, path.collect::<String>())
}

/// The label that the hints of a type and of the types it is a part of give together.
fn hint(api: &Api, operations: &[String], payloads: &[String], id: TypeId) -> String {
    let types = &api.types;
    let mut steps = Vec::new();
    let mut part = id;
    // A part is never nested deeper than there are types, whatever the hints say.
    for _ in 0..types.len() {
        let (owner, role) = match &types[part].hint {
            NameHint::PartOf(parent, role) => {
                steps.push(self::role(role));
                part = *parent;
                continue;
            }
            NameHint::Key(key) | NameHint::Listed(key) => (plain(key), None),
            NameHint::Place => (format!("(#{})", types[part].origin.as_str().escape_debug()), None),
            NameHint::OfOperation(id, role) => (format!("({})", at(operations, *id)), Some(role)),
            NameHint::OfPayload(id, role) => (format!("(payload {})", at(payloads, *id)), Some(role)),
            NameHint::OfComponent(key, role) => (format!("(component {})", plain(key)), Some(role)),
        };
        steps.extend(role.map(self::role));
        steps.push(owner);
        break;
    }
    steps.reverse();
    steps.join(".")
}

fn role(role: &Role) -> String {
    match role {
        Role::Property(name) => plain(name),
        Role::Item => "[]".to_owned(),
        Role::Value => "{}".to_owned(),
        Role::Variant(name) => format!("variant({})", plain(name)),
        Role::Place(place) => format!("[{place}]"),
        Role::Kind => "&".to_owned(),
        Role::Patch => "patch()".to_owned(),
        Role::Parameter(name) => format!("parameter({})", plain(name)),
        Role::Request => "request()".to_owned(),
        Role::RequestAs(media) => format!("request({})", plain(media)),
        Role::ResponseAs(key, media) => format!("response({} {})", status(*key), plain(media)),
        Role::Response(None) => "response()".to_owned(),
        Role::Response(Some(key)) => format!("response({})", status(*key)),
        Role::Failure(key) => format!("failure({})", status(*key)),
        Role::Payload => "body".to_owned(),
    }
}

/// A status key, as a description writes it.
pub(super) fn status(key: StatusKey) -> String {
    match key {
        StatusKey::Exact(code) => code.to_string(),
        StatusKey::Range(hundred) => format!("{hundred}XX"),
        StatusKey::Default => "default".to_owned(),
    }
}

/// A name as it is where it is one word of the dump, else in quotes.
pub(super) fn plain(name: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || "_-$".contains(c);
    if !name.is_empty() && name.chars().all(word) && !WORDS.contains(&name) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}
