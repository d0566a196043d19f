//! Operations: paths and methods.

use std::collections::HashMap;

use openapiv3::{PathItem, ReferenceOr};

use super::{Context, auth, body, parameter, response, server};
use crate::diagnostic::Place;
use crate::diagnostic::catalog::http as catalog;
use crate::diagnostic::catalog::openapi::unsupported_construct;
use crate::ir::{Docs, Group, GroupId, Id, Operation, OperationId, PathPart, PathTemplate};
use crate::openapi;
use crate::source::Pointer;

/// This method is no request: it turns the connection into a tunnel to another host.
const TUNNEL: &str = "CONNECT";

/// Lowers every operation, in document order.
pub(super) fn lower_all(cx: &mut Context<'_, '_>) {
    let description = cx.description;
    let mut groups = HashMap::new();
    let mut ids: HashMap<&str, Pointer> = HashMap::new();
    for (path, item) in &description.http.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in methods(item).chain(description.additional(item)) {
            let origin = openapi::origin(&operation.extensions);
            if method == TUNNEL {
                cx.diagnostics.push(unsupported_construct(Place::value(&origin), "the method CONNECT"));
                continue;
            }
            if let Some(id) = &operation.operation_id {
                match ids.get(id.as_str()) {
                    Some(first) => cx.diagnostics.push(catalog::duplicate_operation_id(&origin, first, id)),
                    None => _ = ids.insert(id, origin.clone()),
                }
            }
            if let Some(lowered) = lower(cx, &mut groups, path, item, method, operation, origin) {
                cx.api.operations.push(lowered);
            }
        }
    }
}

pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (&str, &openapiv3::Operation)> {
    // The typed form has a field per method, so the document's order among the methods of one path is not kept.
    let all = [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("OPTIONS", &item.options),
        ("HEAD", &item.head),
        ("PATCH", &item.patch),
        ("TRACE", &item.trace),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// The first tag is the group; a further tag is another way to find an operation, not another operation.
fn group(cx: &mut Context<'_, '_>, known: &mut HashMap<Option<String>, GroupId>, tag: Option<&String>) -> GroupId {
    if let Some(id) = known.get(&tag.cloned()) {
        return *id;
    }
    let declared = tag.and_then(|tag| cx.description.http.tags.iter().find(|declared| declared.name == *tag));
    let docs = Docs {
        description: declared.and_then(|declared| declared.description.clone()),
        external: declared
            .and_then(|declared| declared.external_docs.as_ref())
            .map(|docs| (docs.url.clone(), docs.description.clone())),
        ..Docs::default()
    };
    let id = cx.api.groups.push(Group { tag: tag.cloned(), docs });
    known.insert(tag.cloned(), id);
    id
}

/// Lowers one operation; `None` where it cannot be expressed, which was reported.
fn lower(
    cx: &mut Context<'_, '_>,
    groups: &mut HashMap<Option<String>, GroupId>,
    path: &str,
    item: &PathItem,
    method: &str,
    operation: &openapiv3::Operation,
    origin: Pointer,
) -> Option<Operation> {
    let id = OperationId::from_index(cx.api.operations.len());
    let mut template = template(path);
    let params = parameter::lower_all(cx, id, &mut template, &item.parameters, operation, &origin)?;
    let body = match &operation.request_body {
        Some(_) if method == "TRACE" => {
            cx.diagnostics.push(catalog::field_without_effect(&origin.child("requestBody"), "TRACE"));
            None
        }
        Some(ReferenceOr::Item(body)) => body::lower(cx, id, body),
        _ => None,
    };
    let (success, failure) = response::lower_all(cx, id, method, &operation.responses);
    Some(Operation {
        docs: Docs {
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            deprecated: operation.deprecated,
            external: operation.external_docs.as_ref().map(|docs| (docs.url.clone(), docs.description.clone())),
            ..Docs::default()
        },
        id: operation.operation_id.clone(),
        // Last, so that a group has operations.
        group: group(cx, groups, operation.tags.first()),
        method: method.to_owned(),
        path: template,
        params,
        body,
        success,
        failure,
        servers: server::of_operation(cx, item, operation),
        auth: auth::requirement(cx, operation.security.as_deref()),
        origin,
    })
}

/// Divides a path into text and parameters. A brace without a partner is text.
fn template(path: &str) -> PathTemplate {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((before, name, after)) = next_parameter(rest) {
        if !before.is_empty() {
            parts.push(PathPart::Text(before.to_owned()));
        }
        parts.push(PathPart::Param(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Text(rest.to_owned()));
    }
    PathTemplate { parts }
}

fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once('{')?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_divides_into_text_and_parameters() {
        let check = |path: &str, expected: &[&str]| {
            let parts = template(path).parts.into_iter().map(|part| match part {
                PathPart::Text(text) => text,
                PathPart::Param(name) => format!("<{name}>"),
            });
            assert_eq!(parts.collect::<Vec<_>>(), expected, "{path}");
        };
        check("/", &["/"]);
        check("/a/{b}/c/", &["/a/", "<b>", "/c/"]);
        check("/{a}.{b}", &["/", "<a>", ".", "<b>"]);
        check("/a/{b", &["/a/{b"]);
        check("/a}/b", &["/a}/b"]);
    }
}
