//! The names that schemas of a file give themselves: `$id`, `$anchor`, `$dynamicAnchor`.

use std::collections::HashMap;

use super::path;
use crate::source::{Node, Pointer};

/// The names in one file, each with the places that bear it.
#[derive(Debug, Default)]
pub(super) struct Names {
    anchors: HashMap<String, Vec<Anchor>>,
    ids: HashMap<String, Pointer>,
}

/// A schema that bears an anchor.
#[derive(Debug)]
struct Anchor {
    at: Pointer,
    /// The nearest schema around it that has an `$id`: an anchor is a name in there.
    resource: Pointer,
    is_dynamic: bool,
}

/// Where the search for names is.
#[derive(Clone, Copy)]
struct Within<'w> {
    /// The URI that relative ones refer to.
    base: &'w str,
    /// The place of the nearest schema that has an `$id`.
    resource: &'w str,
}

impl Names {
    /// Finds the names in a file.
    pub(super) fn of(root: &Node) -> Self {
        let mut names = Self::default();
        names.find(root, &mut String::new(), Within { base: "", resource: "" });
        names
    }

    /// The schema whose `$id` is that URI, relative ones resolved.
    pub(super) fn id(&self, uri: &str) -> Option<&Pointer> {
        self.ids.get(uri)
    }

    /// The schema that bears an anchor. Where several do, it is the one of that resource, else one further inside of it.
    pub(super) fn anchor(&self, name: &str, resource: &Pointer) -> Option<&Pointer> {
        let all = self.anchors.get(name)?;
        let own = all.iter().find(|anchor| anchor.resource == *resource);
        let inside = || all.iter().find(|anchor| anchor.at.strip_prefix(resource).is_some());
        own.or_else(inside).or(all.first()).map(|anchor| &anchor.at)
    }

    /// Every schema that bears a dynamic anchor.
    pub(super) fn dynamic(&self, name: &str) -> impl Iterator<Item = &Pointer> {
        let all = self.anchors.get(name).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|anchor| anchor.is_dynamic).map(|anchor| &anchor.at)
    }

    fn find(&mut self, node: &Node, at: &mut String, within: Within<'_>) {
        match node {
            Node::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Node::as_str);
                let id = text("$id").filter(|id| !id.starts_with('#')).map(|id| path::join(within.base, id));
                let here = at.clone();
                let own = match &id {
                    Some(id) => {
                        self.ids.entry(without_fragment(id).to_owned()).or_insert_with(|| pointer(&here));
                        Within { base: id, resource: &here }
                    }
                    None => within,
                };
                // An `$id` of nothing but a fragment is how older drafts write an anchor.
                for name in text("$id").and_then(|id| id.strip_prefix('#')).into_iter().chain(text("$anchor")) {
                    self.bear(name, &here, own, false);
                }
                if let Some(name) = text("$dynamicAnchor") {
                    self.bear(name, &here, own, true);
                }
                for (key, value) in members.iter().filter(|(key, _)| !is_data(key)) {
                    self::within(at, key, |at| self.find(value, at, own));
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self::within(at, &index.to_string(), |at| self.find(item, at, within));
                }
            }
            _ => {}
        }
    }

    fn bear(&mut self, name: &str, at: &str, within: Within<'_>, is_dynamic: bool) {
        let anchor = Anchor { at: pointer(at), resource: pointer(within.resource), is_dynamic };
        self.anchors.entry(name.to_owned()).or_default().push(anchor);
    }
}

fn pointer(at: &str) -> Pointer {
    Pointer::parse(at).unwrap_or_default()
}

/// Keys whose values are examples and other data, which name nothing.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "enum" | "const") || key.starts_with("x-")
}

/// The URI without what follows a number sign.
pub(super) fn without_fragment(uri: &str) -> &str {
    uri.split_once('#').map_or(uri, |(uri, _)| uri)
}

/// Goes one step down and back: `at` is the text of a pointer.
pub(super) fn within<T>(at: &mut String, step: &str, visit: impl FnOnce(&mut String) -> T) -> T {
    let end = at.len();
    crate::source::push_step(at, step);
    let result = visit(at);
    at.truncate(end);
    result
}
