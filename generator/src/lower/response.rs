//! Responses: which statuses are a success, and what each brings.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use super::{Context, body};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{Docs, HeaderField, NameHint, OperationId, ResponseCase, Role, StatusKey};
use crate::openapi;

/// Lowers the responses of an operation into successes and failures. `None` where the body of a success cannot be
/// expressed, which was reported.
///
/// A description that documents no success at all is read as one whose `default` stands for success too.
pub(super) fn lower_all(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    responses: &Responses,
) -> Option<(Vec<ResponseCase>, Vec<ResponseCase>)> {
    let exact = responses.responses.iter().map(|(status, response)| (key(status), response));
    let default = responses.default.iter().map(|response| (StatusKey::Default, response));
    let all: Vec<(StatusKey, &Response)> =
        exact.chain(default).filter_map(|(status, response)| Some((status, item(response)?))).collect();
    let documented = all.iter().filter(|(status, _)| is_success(*status)).count();

    let (mut success, mut failure) = (Vec::new(), Vec::new());
    for (status, response) in all {
        if is_success(status) {
            let role = Role::Response((documented > 1).then_some(status));
            success.push(lower(cx, id, status, response, role)?);
        } else if status == StatusKey::Default && documented == 0 {
            let case = lower(cx, id, status, response, Role::Response(None))?;
            success.push(case.clone());
            failure.push(case);
        } else {
            failure.push(lower_failure(cx, id, status, response)?);
        }
    }
    Some((success, failure))
}

fn item(response: &ReferenceOr<Response>) -> Option<&Response> {
    match response {
        ReferenceOr::Item(response) => Some(response),
        ReferenceOr::Reference { .. } => None,
    }
}

fn key(status: &StatusCode) -> StatusKey {
    match status {
        StatusCode::Code(code) => StatusKey::Exact(*code),
        StatusCode::Range(hundred) => StatusKey::Range(u8::try_from(*hundred).unwrap_or_default()),
    }
}

fn is_success(status: StatusKey) -> bool {
    matches!(status, StatusKey::Exact(200..=299) | StatusKey::Range(2))
}

/// A failure keeps its raw body whatever it is, so one that is no JSON stands in the way of nothing.
fn lower_failure(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    status: StatusKey,
    response: &Response,
) -> Option<ResponseCase> {
    let raw = !response.content.is_empty() && !response.content.keys().any(|media| body::is_json(media));
    if !raw {
        return lower(cx, id, status, response, Role::Failure(status));
    }
    let origin = openapi::origin(&response.extensions);
    let names: Vec<&str> = response.content.keys().map(String::as_str).collect();
    cx.diagnostics.push(catalog::raw_failure(&origin.child("content"), &names));
    let bodiless = Response { content: indexmap::IndexMap::default(), ..response.clone() };
    lower(cx, id, status, &bodiless, Role::Failure(status))
}

fn lower(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    status: StatusKey,
    response: &Response,
    role: Role,
) -> Option<ResponseCase> {
    let origin = openapi::origin(&response.extensions);
    let hint = match body::component(&origin, "responses") {
        Some(key) => NameHint::OfComponent(key, Role::Response(None)),
        None => NameHint::OfOperation(id, role),
    };
    let content =
        if response.content.is_empty() { None } else { Some(body::content(cx, &origin, &response.content, hint)?) };
    let headers = response.headers.iter().filter_map(|(name, header)| match header {
        ReferenceOr::Item(header) => Some(HeaderField {
            wire: name.clone(),
            docs: Docs { description: header.description.clone(), ..Docs::default() },
        }),
        ReferenceOr::Reference { .. } => None,
    });
    Some(ResponseCase {
        docs: Docs { description: Some(response.description.clone()), ..Docs::default() },
        status,
        headers: headers.collect(),
        content,
        origin,
    })
}
