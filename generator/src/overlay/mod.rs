//! Overlays: corrections of a description that somebody else publishes, kept in files of their own.
//!
//! OpenAPI Overlay 1.0 and 1.1. An overlay is applied to the entry of a description as it is written, before its
//! references are followed, so other files of the description are out of its reach, and a reference that it adds is
//! relative to the entry. Every node that it brings keeps its place in the overlay for diagnostics, and every other
//! node the one that it had.
//!
//! | file | what it does |
//! |---|---|
//! | `document` | the text of an overlay to a list of actions |
//! | `json_path` | which nodes an action is about |
//! | `apply` | the actions on the tree, one after another |
//! | `merge` | how two values become one |
//! | `origins` | where each node comes from |

mod apply;
mod document;
mod json_path;
mod merge;
mod origins;
#[cfg(test)]
mod tests;

use crate::Input;
use crate::diagnostic::catalog::overlay as catalog;
use crate::diagnostic::{Diagnostics, Refused};
use crate::source::{self, Node, Pointer, Sources};

pub(crate) use apply::Target;
pub(crate) use json_path::{push_key, push_literal};

/// An overlay as it was read.
#[derive(Clone, Debug)]
pub struct OverlayFile {
    /// Its name as diagnostics show it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Applies the overlays to the entry of the description, in their order.
///
/// # Errors
///
/// [`Refused`] when one of them cannot be read, or when `diagnostics` holds an error.
pub fn apply(
    input: &Input<'_>,
    entry: &mut Node,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<(), Refused> {
    if input.overlays.is_empty() {
        return Ok(());
    }
    let mut overlays = Vec::new();
    for file in input.overlays {
        if let Some(root) = read(file, sources, diagnostics) {
            overlays.extend(document::read(&file.name, &root, input.entry, diagnostics));
        }
    }
    diagnostics.bail()?;
    let name = input.shown(input.entry);
    let mut target = Target::new(entry, &name);
    for overlay in &overlays {
        target.apply(overlay, diagnostics)?;
    }
    target.finish(sources);
    if let (Some(overlay), Some(bound)) = (overlays.last(), source::exceeded(entry)) {
        diagnostics.push(catalog::too_large_after(&overlay.file, &bound));
    }
    diagnostics.bail()
}

fn read(file: &OverlayFile, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    match source::decode(&file.name, file.bytes.clone()) {
        Ok(text) => {
            let root = source::read(&file.name, &text, diagnostics);
            sources.add(&file.name, text);
            root
        }
        Err(fault) => {
            sources.add(&file.name, "");
            diagnostics.push(*fault);
            None
        }
    }
}

/// A node of an overlay, and where it stands there.
#[derive(Clone, Debug)]
struct Written<T> {
    what: T,
    at: Pointer,
}
