//! The page of payloads: how one is read, and a table of them.

use std::fmt::Write as _;

use super::group::{self, ROOT};
use super::{Piece, example, head, linked, row};
use crate::emit::{Context, docs, failure, payload};
use crate::ir::Payload;

/// Where it is.
pub(super) const PATH: &str = "docs/Payloads.md";

/// The page.
pub(super) fn page(cx: Context<'_>) -> Vec<Piece> {
    let mut pieces = vec![Piece::Text(OPENING.to_owned())];
    if let Some(id) = cx.api.payloads.ids().next() {
        pieces.push(Piece::Example(example::of_payload(cx, id)));
    }
    let mut text = format!("\n{}", head(&["Payload", "Body", "Description", "Request"]));
    for (id, payload) in cx.api.payloads.iter() {
        let body = linked(cx, &payload.content.ty, ROOT);
        let about = [payload::cause(cx, payload).replace('|', "\\|"), group::said(&payload.docs)].join(" ");
        let name = docs::code(&format!("payloads::{}", cx.names.of_payload(id).constant));
        text.push_str(&row(&[&name, &body, about.trim_end(), &request(payload)]));
    }
    text.push_str("\n[Back to model list](../README.md#documentation-for-models) · [Back to README](../README.md)\n");
    pieces.push(Piece::Text(text));
    pieces
}

const OPENING: &str = "# Payloads

What the API sends on its own, by webhooks and callbacks, to a server of yours. The crate reads the bodies; receiving the
requests, and checking who sent them, is up to that server.

";

/// The request that brings it, and what the receiver may answer.
fn request(payload: &Payload) -> String {
    let mut text = format!("**{}** {}", payload.method, docs::code(&payload.content.media));
    let names: Vec<String> = payload.params.iter().map(|name| docs::code(name).replace('|', "\\|")).collect();
    if !names.is_empty() {
        _ = write!(text, ", with {}", names.join(", "));
    }
    let answers: Vec<String> =
        payload.answers.iter().map(|key| format!("**{}**", failure::status_text(*key))).collect();
    if !answers.is_empty() {
        _ = write!(text, "; answered with {}", answers.join(", "));
    }
    text
}
