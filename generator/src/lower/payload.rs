//! Payloads: the requests of webhooks and callbacks, which the server makes and the caller receives.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{MediaType, PathItem, ReferenceOr};

use super::media::{self, Direction};
use super::{Context, body, operation, response};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{Cause, Content, Docs, Id, NameHint, OperationId, Payload, PayloadId, Representation, Role};
use crate::openapi;
use crate::source::Pointer;

/// Lowers every payload: webhooks, then the callbacks of operations, in document order.
pub(super) fn lower_all(cx: &mut Context<'_, '_>) {
    let description = cx.description;
    // What several operations refer to is one payload.
    let mut known = HashSet::new();
    for (key, item) in &description.webhooks {
        of_item(cx, &mut known, key, item, &Cause::Webhook);
    }
    let operations = cx.api.operations.iter().map(|(id, operation)| (operation.origin.clone(), id));
    let operations: HashMap<Pointer, OperationId> = operations.collect();
    for item in description.http.paths.paths.values().filter_map(ReferenceOr::as_item) {
        for (_, caller) in operation::methods(item).chain(description.additional(item)) {
            if let Some(id) = operations.get(&openapi::origin(&caller.extensions)) {
                callbacks(cx, &mut known, *id, caller);
            }
        }
    }
}

/// The callbacks of an operation, and theirs.
fn callbacks(cx: &mut Context<'_, '_>, known: &mut HashSet<Pointer>, id: OperationId, caller: &openapiv3::Operation) {
    for (key, callback) in &caller.callbacks {
        for (to, item) in callback {
            of_item(cx, known, key, item, &Cause::Callback { operation: id, to: to.clone() });
            for (_, inner) in operation::methods(item) {
                callbacks(cx, known, id, inner);
            }
        }
    }
}

/// The payloads of a path item, one for each method.
fn of_item(cx: &mut Context<'_, '_>, known: &mut HashSet<Pointer>, key: &str, item: &PathItem, cause: &Cause) {
    let description = cx.description;
    for (method, operation) in operation::methods(item).chain(description.additional(item)) {
        let origin = openapi::origin(&operation.extensions);
        if !known.insert(origin.clone()) {
            continue;
        }
        match content(cx, operation) {
            Some(content) => {
                let docs = Docs {
                    summary: operation.summary.clone().or_else(|| item.summary.clone()),
                    description: operation.description.clone().or_else(|| item.description.clone()),
                    deprecated: operation.deprecated,
                    external: operation.external_docs.as_ref().map(|docs| (docs.url.clone(), docs.description.clone())),
                    ..Docs::default()
                };
                cx.api.payloads.push(Payload {
                    origin,
                    docs,
                    key: key.to_owned(),
                    id: operation.operation_id.clone(),
                    cause: cause.clone(),
                    method: method.to_owned(),
                    content,
                    params: params(item, operation),
                    answers: operation.responses.responses.keys().map(response::key).collect(),
                });
            }
            None => cx.diagnostics.push(catalog::payload_without_type(&origin)),
        }
    }
}

/// The body in the first media type that the client reads: JSON, else a text.
fn content(cx: &mut Context<'_, '_>, operation: &openapiv3::Operation) -> Option<Content> {
    let request = operation.request_body.as_ref()?.as_item()?;
    let origin = openapi::origin(&request.extensions);
    let is_json = |(name, _): &(&String, &MediaType)| media::is_json(name);
    let (name, media) = request.content.iter().find(is_json).or_else(|| request.content.first())?;
    let left_out: Vec<&str> = request.content.keys().filter(|other| *other != name).map(String::as_str).collect();
    if !left_out.is_empty() {
        cx.diagnostics.push(catalog::other_media(&origin.child("content"), name, &left_out));
    }
    let id = PayloadId::from_index(cx.api.payloads.len());
    let component = body::component(&origin, "requestBodies");
    let hint = |_: Option<&str>| match &component {
        Some(key) => NameHint::OfComponent(key.clone(), Role::Payload),
        None => NameHint::OfPayload(id, Role::Payload),
    };
    let one = IndexMap::from([(name.clone(), media.clone())]);
    // A receiver has the body as a whole, as it is with a failure.
    let content = media::contents(cx, &origin, &one, Direction::Failure, &hint).into_iter().next()?;
    matches!(content.representation, Representation::Json | Representation::Text).then_some(content)
}

/// What the request says beside its body, such as a signature in a header.
fn params(item: &PathItem, operation: &openapiv3::Operation) -> Vec<String> {
    let all = operation.parameters.iter().chain(&item.parameters).filter_map(ReferenceOr::as_item);
    let mut names: Vec<String> = Vec::new();
    for name in all.map(|param| &param.parameter_data_ref().name) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
