//! Request bodies.

use openapiv3::RequestBody;

use super::Context;
use super::media::{self, Direction};
use crate::ir::{Body, Docs, NameHint, OperationId, Role};
use crate::openapi;
use crate::source::Pointer;

/// Lowers a request body; `None` where there is none.
pub(super) fn lower(cx: &mut Context<'_, '_>, id: OperationId, body: &RequestBody) -> Option<Body> {
    let origin = openapi::origin(&body.extensions);
    let key = component(&origin, "requestBodies");
    let hint = |further: Option<&str>| {
        let role = further.map_or(Role::Request, |media| Role::RequestAs(media.to_owned()));
        match &key {
            Some(key) => NameHint::OfComponent(key.clone(), role),
            None => NameHint::OfOperation(id, role),
        }
    };
    let mut contents = media::contents(cx, &origin, &body.content, Direction::Request, &hint).into_iter();
    let content = contents.next()?;
    let docs = Docs { description: body.description.clone(), ..Docs::default() };
    Some(Body { origin, docs, required: body.required, content, others: contents.collect() })
}

/// The key of a thing that stands under a section of `components`.
pub(super) fn component(origin: &Pointer, section: &str) -> Option<String> {
    let parent = Pointer::root().child("components").child(section);
    (origin.parent()? == parent).then(|| origin.last())?
}
