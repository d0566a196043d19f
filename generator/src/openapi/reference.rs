//! References to anything but schemas: the target is read as what must stand in the place of the reference.

use super::check::{Slot, Walk};
use super::grammar::{Kind, Object, Typed};
use super::version::Version;
use super::{REFERENCE, extra_name};
use crate::diagnostic::catalog::openapi as say;
use crate::source::{self, Node, Pointer};

impl<'a> Walk<'a> {
    /// Reads the target of the reference that `node` is; `None` when it is left out.
    pub(super) fn reference(&mut self, kind: &Kind, reference: &'a str, node: &'a Node) -> Option<Node> {
        // Where the target is not in the tree, `bundle` has said so.
        let (target, found) = resolve(self.root, reference)?;
        let Kind::Object(object) = kind else {
            let here = self.at.clone();
            let visit = |walk: &mut Self| walk.elsewhere(target, |walk| walk.value(kind, found, Slot::Field));
            if !self.misplaced.insert(here) {
                return self.quietly(visit);
            }
            self.say(|at| say::misplaced_reference(at, kind.words()));
            return visit(self);
        };
        if !object.grammar().referable.contains(self.version) {
            self.say(|at| say::misplaced_reference(at, object.grammar().name));
        }
        let read = self.object_at(*object, target, found)?;
        let Node::Object(mut read) = read else { return Some(read) };
        if object.grammar().origin {
            read.insert(REFERENCE.to_owned(), Node::String(target.to_owned()));
        }
        match object {
            Object::PathItem => self.path_item_beside(node, &mut read),
            _ => self.siblings(*object, node, &mut read),
        }
        Some(Node::Object(read))
    }

    /// What stands beside the reference: since 3.1 a summary and a description replace those of the target.
    fn siblings(&mut self, object: Object, node: &'a Node, read: &mut source::Object) {
        let mut ignored = Vec::new();
        for (key, value) in node.as_object().into_iter().flatten() {
            if key == "$ref" || key.starts_with("x-") {
                continue;
            }
            let honoured = self.version >= Version::V3_1 && matches!(key.as_str(), "summary" | "description");
            match (honoured, object.grammar().field(key), value) {
                (true, Some(field), Node::String(_)) => {
                    let name = if matches!(field.typed, Typed::Extra) { extra_name(field.name) } else { key.clone() };
                    read.insert(name, value.clone());
                }
                (true, None, _) | (true, _, Node::Null) => {}
                _ => ignored.push(key.as_str()),
            }
        }
        if !ignored.is_empty() {
            self.say(|at| say::reference_siblings(at, &ignored));
        }
    }

    /// A path item may have fields of its own beside the reference; they come before those of the target.
    fn path_item_beside(&mut self, node: &'a Node, read: &mut source::Object) {
        let Some(members) = node.as_object().filter(|members| members.len() > 1) else { return };
        for (key, value) in members {
            if key != "$ref" {
                self.member(Object::PathItem, members, key, value, read);
            }
        }
    }
}

/// What a reference in the document leads to: the text of its pointer, and the node.
fn resolve<'n, 'r>(root: &'n Node, reference: &'r str) -> Option<(&'r str, &'n Node)> {
    let target = reference.strip_prefix('#')?;
    Some((target, root.at(&Pointer::parse(target)?)?))
}
