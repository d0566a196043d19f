//! The page of a group: each operation with its parameters, answers and an example.

use std::fmt::Write as _;

use super::anchor::{self, SECTIONS};
use super::{Piece, example, head, linked, row};
use crate::emit::failure::{self, Success};
use crate::emit::{Context, docs, operation, operations_of, server};
use crate::facts;
use crate::ir::{
    AuthRequirement, Docs, GroupId, HeaderField, Operation, OperationId, Param, Presence, ResponseCase, Type,
};
use crate::markdown::{self, Target};
use crate::print;

/// The root of the crate from `docs/`.
pub(super) const ROOT: &str = "../";

/// The page.
pub(super) fn page(cx: Context<'_>, id: GroupId) -> Vec<Piece> {
    let group = &cx.api.groups[id];
    let anchors = anchor::of_operations(cx, id);
    let operations: Vec<OperationId> = operations_of(cx, id).collect();

    let mut text = format!("# {}\n\n", cx.names.of_group(id).name);
    let about = docs::paragraphs(&group.docs, &[], Target::Page);
    if !about.is_empty() {
        _ = write!(text, "{about}\n\n");
    }
    if let Some(tag) = &group.tag {
        _ = write!(text, "Operations of the tag {}. ", docs::code(tag));
    }
    if let Some(url) = example::base_url(cx) {
        _ = write!(text, "All URIs are relative to {}.", docs::code(&url));
    }
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
    text.push_str(&head(&["Method", "HTTP request", "Description"]));
    for (id, anchor) in operations.iter().zip(&anchors) {
        text.push_str(&listed(cx, *id, &format!("#{anchor}")));
    }

    let mut pieces = vec![Piece::Text(text)];
    for id in operations {
        self::operation(cx, id, &mut pieces);
    }
    pieces
}

/// The row of an operation in a table, with a link to where it is described.
pub(super) fn listed(cx: Context<'_>, id: OperationId, link: &str) -> String {
    let operation = &cx.api.operations[id];
    let about = operation.docs.summary.as_deref().or(operation.docs.description.as_deref()).unwrap_or_default();
    row(&[
        &format!("[`{}`]({link})", cx.names.of_operation(id).method),
        &format!("**{}** {}", operation.method, docs::code(&docs::path(&operation.path))),
        &markdown::summary(about),
    ])
}

fn operation(cx: Context<'_>, id: OperationId, pieces: &mut Vec<Piece>) {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let [example, parameters, return_type, authorization, request_headers, response_details] =
        SECTIONS.map(|section| format!("### {section}\n\n"));

    let about = docs::paragraphs(&operation.docs, &[server::sentence(&operation.servers)], Target::Page);
    let deprecated = if operation.docs.deprecated { "**Deprecated.**\n\n" } else { "" };
    let mut text = format!("\n## `{}`\n\n> {}\n\n{deprecated}", names.method, signature(cx, id));
    if !about.is_empty() {
        _ = write!(text, "{about}\n\n");
    }
    text.push_str(&example);
    pieces.push(Piece::Text(text));
    pieces.push(Piece::Example(example::of(cx, id)));

    let content_type = operation.body.as_ref().map(|body| {
        let all: Vec<String> = body.contents().map(|content| docs::code(&content.media)).collect();
        all.join(", ")
    });
    let accept = operation::accept(operation);
    let accept = (!accept.is_empty()).then(|| format!("{}{}", docs::code(&accept), choice(cx, id)));
    let none = || "Not defined".to_owned();
    let mut text = format!(
        "\n{parameters}{}\n{return_type}{}\n\n{authorization}{}\n\n{request_headers}- **Content-Type**: {}\n- **Accept**: \
         {}\n\n{response_details}",
        self::parameters(cx, id),
        answer(cx, operation, &operation::success_type(cx, id)),
        authorizations(cx, &operation.auth),
        content_type.unwrap_or_else(none),
        accept.unwrap_or_else(none),
    );
    text.push_str(&responses(cx, operation));
    let top = cx.names.of_group(operation.group).name.to_string().to_lowercase();
    _ = write!(
        text,
        "\n[Back to top](#{top}) · [Back to API list](../README.md#documentation-for-api-endpoints) · \
         [Back to model list](../README.md#documentation-for-models) · [Back to README](../README.md)\n"
    );
    pieces.push(Piece::Text(text));
}

/// How a caller chooses one of the media types, where there are several.
fn choice(cx: Context<'_>, id: OperationId) -> String {
    let names = cx.names.of_operation(id);
    match facts::media_choice(&cx.api.operations[id]).is_empty() {
        true => String::new(),
        false => format!(", or a `{}` by `{}`", names.media_type, names.accept),
    }
}

/// How the operation is called and what awaiting it gives.
fn signature(cx: Context<'_>, id: OperationId) -> String {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let params = operation.params.iter().zip(&names.params);
    let mut arguments: Vec<String> =
        params.filter(|(param, _)| param.presence == Presence::Required).map(|(_, name)| name.to_string()).collect();
    arguments.extend(operation.body.iter().filter(|body| body.required).map(|_| names.body.to_string()));
    let success = print::ty(&operation::success_type(cx, id));
    let error = match cx.facts.error_set_of.get(&id) {
        Some(set) => cx.names.of_error_set(*set).error.to_string(),
        None => "OperationError<Infallible>".to_owned(),
    };
    docs::code(&format!("{}({}) -> Result<{success}, {error}>", names.method, arguments.join(", ")))
}

fn parameters(cx: Context<'_>, id: OperationId) -> String {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    if operation.params.is_empty() && operation.body.is_none() {
        return "This operation takes no parameters.\n".to_owned();
    }
    let mut text = head(&["Name", "Type", "Description", "Notes"]);
    for (param, name) in operation.params.iter().zip(&names.params) {
        let about = said(&param.docs);
        text.push_str(&row(&[&format!("`{name}`"), &linked(cx, &param.ty, ROOT), &about, &notes(param)]));
    }
    if let Some(body) = &operation.body {
        let notes = if body.required { "body" } else { "body, optional" };
        let ty = match crate::emit::body::named(cx, id, body) {
            Some(name) => docs::code(&name.to_string()),
            None => linked(cx, &body.content.ty, ROOT),
        };
        text.push_str(&row(&[&format!("`{}`", names.body), &ty, &said(&body.docs), notes]));
    }
    text
}

/// All that is said of a thing, as one line.
/// All that is said about something, for a cell of a table.
pub(super) fn said(docs: &Docs) -> String {
    let texts = [&docs.summary, &docs.description];
    let mut lines: Vec<String> = texts.into_iter().flatten().map(|text| markdown::cell(text)).collect();
    lines.dedup();
    lines.join(" ")
}

/// Where a parameter goes, whether it must be given, and what its values are.
fn notes(param: &Param) -> String {
    let mut notes = format!("{} {}", param.place.name(), docs::code(&param.wire));
    match &param.presence {
        Presence::Required | Presence::Preset(_) => {}
        Presence::Optional => notes.push_str(", optional"),
        Presence::Defaulted(value) => {
            _ = write!(notes, ", optional: the server takes {}", docs::code(&docs::json(value)));
        }
    }
    if param.docs.deprecated {
        notes.push_str(", deprecated");
    }
    let facts = docs::facts(&param.docs);
    if facts.is_empty() { notes } else { format!("{notes}. {}", facts.replace('|', "\\|")) }
}

/// What awaiting the call gives, with links to models.
fn answer(cx: Context<'_>, operation: &Operation, success: &proc_macro2::TokenStream) -> String {
    match failure::success(operation) {
        Success::Content(content) if content.representation.is_stream() => {
            format!("{}, while it comes", docs::code(&print::ty(success)))
        }
        Success::Content(content) => linked(cx, &content.ty, ROOT),
        Success::Nothing => docs::code("()"),
        Success::Several => format!("{}, by status", docs::code(&print::ty(success))),
    }
}

fn authorizations(cx: Context<'_>, auth: &AuthRequirement) -> String {
    if auth.alternatives.is_empty() {
        return "No authorization required".to_owned();
    }
    let anchors = super::readme::scheme_anchors(cx);
    let alternatives = auth.alternatives.iter().map(|schemes| {
        let links = schemes.iter().map(|id| {
            let anchor = &anchors[crate::ir::Id::index(*id)];
            format!("[{}](../README.md#{anchor})", docs::code(&cx.api.schemes[*id].key))
        });
        let links: Vec<String> = links.collect();
        if links.is_empty() { "none".to_owned() } else { links.join(" and ") }
    });
    alternatives.collect::<Vec<_>>().join(", or ")
}

fn responses(cx: Context<'_>, operation: &Operation) -> String {
    let mut text = head(&["Status code", "Description", "Body", "Response headers"]);
    let mut cases: Vec<&ResponseCase> = Vec::new();
    for case in operation.success.iter().chain(&operation.failure) {
        // A `default` that stands for successes too is one response.
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    for case in cases {
        let headers = case.headers.iter().map(|header| {
            let about = said(&header.docs);
            let name = format!("{}, {}", docs::code(&header.wire), docs::code(&static_of(cx, header)));
            if about.is_empty() { name } else { format!("{name}: {about}") }
        });
        let headers = headers.collect::<Vec<_>>().join("<br>");
        let body =
            case.content.as_ref().map_or_else(|| "-".to_owned(), |content| body(cx, &content.ty, &content.media));
        let status = failure::status_text(case.status);
        let headers = if headers.is_empty() { "-" } else { &headers };
        text.push_str(&row(&[&format!("**{status}**"), &said(&case.docs), &body, headers]));
    }
    text
}

/// The path of what reads a header.
fn static_of(cx: Context<'_>, header: &HeaderField) -> String {
    let all = cx.facts.headers.iter().zip(&cx.names.headers);
    let name = all.into_iter().find(|((known, _), _)| known.is_like(header)).map(|(_, name)| name.to_string());
    format!("headers::{}", name.unwrap_or_default())
}

fn body(cx: Context<'_>, ty: &Type, media: &str) -> String {
    let ty = linked(cx, ty, ROOT);
    if media == "application/json" { ty } else { format!("{ty} as {}", docs::code(media)) }
}
