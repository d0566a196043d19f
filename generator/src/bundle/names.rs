//! The names that schemas of a file give themselves: `$id`, `$anchor`, `$dynamicAnchor`.

use std::collections::HashMap;

use super::path;
use crate::source::{Node, Pointer};

/// The names in one file, each with the places that bear it.
#[derive(Debug, Default)]
pub(super) struct Names {
    anchors: HashMap<String, Vec<Pointer>>,
    dynamic: HashMap<String, Vec<Pointer>>,
    ids: HashMap<String, Pointer>,
}

impl Names {
    /// Finds the names in a file.
    pub(super) fn of(root: &Node) -> Self {
        let mut names = Self::default();
        names.find(root, &mut String::new(), "");
        names
    }

    /// The schema whose `$id` is that URI, relative ones resolved.
    pub(super) fn id(&self, uri: &str) -> Option<&Pointer> {
        self.ids.get(uri)
    }

    /// The schema that bears an anchor: the one inside of `resource` where several do.
    pub(super) fn anchor(&self, name: &str, resource: &Pointer) -> Option<&Pointer> {
        let all = self.anchors.get(name).or_else(|| self.dynamic.get(name))?;
        all.iter().find(|at| at.strip_prefix(resource).is_some()).or(all.first())
    }

    /// Every schema that bears a dynamic anchor.
    pub(super) fn dynamic(&self, name: &str) -> &[Pointer] {
        self.dynamic.get(name).map_or(&[], Vec::as_slice)
    }

    fn find(&mut self, node: &Node, at: &mut String, base: &str) {
        let here = |at: &str| Pointer::parse(at).unwrap_or_default();
        match node {
            Node::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Node::as_str);
                let id = text("$id").map(|id| path::join(base, id));
                if let Some(anchor) = text("$id").and_then(|id| id.strip_prefix('#')) {
                    self.anchors.entry(anchor.to_owned()).or_default().push(here(at));
                } else if let Some(id) = &id {
                    self.ids.entry(without_fragment(id).to_owned()).or_insert_with(|| here(at));
                }
                if let Some(name) = text("$anchor") {
                    self.anchors.entry(name.to_owned()).or_default().push(here(at));
                }
                if let Some(name) = text("$dynamicAnchor") {
                    self.dynamic.entry(name.to_owned()).or_default().push(here(at));
                }
                for (key, value) in members.iter().filter(|(key, _)| !is_data(key)) {
                    within(at, key, |at| self.find(value, at, id.as_deref().unwrap_or(base)));
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    within(at, &index.to_string(), |at| self.find(item, at, base));
                }
            }
            _ => {}
        }
    }
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
