//! Responses: which statuses are a success, and what each brings.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use super::media::{self, Direction};
use super::{Context, body, header};
use crate::diagnostic::catalog::openapi::without_effect;
use crate::ir::{Docs, NameHint, OperationId, ResponseCase, Role, StatusKey};
use crate::openapi;

/// Lowers the responses of an operation into successes and failures.
///
/// A description that documents no success at all is read as one whose `default` stands for success too.
pub(super) fn lower_all(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    method: &str,
    responses: &Responses,
) -> (Vec<ResponseCase>, Vec<ResponseCase>) {
    let exact = responses.responses.iter().map(|(status, response)| (key(status), response));
    let default = responses.default.iter().map(|response| (StatusKey::Default, response));
    let all: Vec<(StatusKey, &Response)> =
        exact.chain(default).filter_map(|(status, response)| Some((status, item(response)?))).collect();
    // Nothing comes behind the headers of an answer to HEAD, whatever GET would bring.
    let has_bodies = method != "HEAD";
    let documented = all.iter().filter(|(status, _)| is_success(*status)).count();

    let (mut success, mut failure) = (Vec::new(), Vec::new());
    for (status, response) in all {
        if is_success(status) {
            let role = Role::Response((documented > 1).then_some(status));
            success.extend(lower(cx, id, (status, response, has_bodies), Direction::Success, role));
        } else if status == StatusKey::Default && documented == 0 {
            let cases = lower(cx, id, (status, response, has_bodies), Direction::Failure, Role::Response(None));
            success.extend(cases.iter().cloned());
            failure.extend(cases);
        } else {
            let role = Role::Failure(status);
            failure.extend(lower(cx, id, (status, response, has_bodies), Direction::Failure, role));
        }
    }
    (success, failure)
}

fn item(response: &ReferenceOr<Response>) -> Option<&Response> {
    match response {
        ReferenceOr::Item(response) => Some(response),
        ReferenceOr::Reference { .. } => None,
    }
}

/// The statuses that a key stands for.
pub(super) fn key(status: &StatusCode) -> StatusKey {
    match status {
        StatusCode::Code(code) => StatusKey::Exact(*code),
        StatusCode::Range(hundred) => StatusKey::Range(u8::try_from(*hundred).unwrap_or_default()),
    }
}

fn is_success(status: StatusKey) -> bool {
    matches!(status, StatusKey::Exact(200..=299) | StatusKey::Range(2))
}

/// A case for each representation of the body, the common one first, or one without a body.
fn lower(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    (status, response, has_body): (StatusKey, &Response, bool),
    direction: Direction,
    role: Role,
) -> Vec<ResponseCase> {
    let origin = openapi::origin(&response.extensions);
    let key = body::component(&origin, "responses");
    let hint = |further: Option<&str>| {
        let role = match (further, &role) {
            (Some(media), _) => Role::ResponseAs(status, media.to_owned()),
            (None, _) if key.is_some() => Role::Response(None),
            (None, role) => role.clone(),
        };
        match &key {
            Some(key) => NameHint::OfComponent(key.clone(), role),
            None => NameHint::OfOperation(id, role),
        }
    };
    let contents = if has_body {
        media::contents(cx, &origin, &response.content, direction, &hint)
    } else {
        if !response.content.is_empty() {
            cx.diagnostics.push(without_effect(&origin.child("content")));
        }
        Vec::new()
    };
    let headers = header::lower_all(cx, &response.headers, &|role| match &key {
        Some(key) => NameHint::OfComponent(key.clone(), role),
        None => NameHint::OfOperation(id, role),
    });
    let case = |content| ResponseCase {
        docs: Docs { description: Some(response.description.clone()), ..Docs::default() },
        status,
        headers: headers.clone(),
        content,
        origin: origin.clone(),
    };
    match contents.is_empty() {
        true => vec![case(None)],
        false => contents.into_iter().map(|content| case(Some(content))).collect(),
    }
}
