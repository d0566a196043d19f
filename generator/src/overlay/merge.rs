//! How two values become one: mappings member by member, lists end to end, anything else by replacement.

use super::origins::{Origin, Origins};
use crate::source::{Node, Pointer};

/// What merging tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    pub(super) fn of(node: &Node) -> Self {
        match node {
            Node::Object(_) => Self::Object,
            Node::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }
}

/// Where two values do not fit: the steps to the place from both, and what lies there.
#[derive(Debug)]
pub(super) struct Misfit {
    pub(super) at: Pointer,
    pub(super) target: &'static str,
    pub(super) value: &'static str,
}

/// Whether `value` can be merged into `target`.
pub(super) fn check(target: &Node, value: &Node) -> Result<(), Misfit> {
    match (target, value) {
        // A list takes anything as one more item, but only as the target itself: below it lists meet lists.
        (Node::Array(_), _) => Ok(()),
        (target, value) => members_fit(&Pointer::root(), target, value),
    }
}

fn members_fit(at: &Pointer, target: &Node, value: &Node) -> Result<(), Misfit> {
    match (target, value) {
        (Node::Object(target), Node::Object(value)) => value.iter().try_for_each(|(key, value)| {
            target.get(key).map_or(Ok(()), |target| members_fit(&at.child(key), target, value))
        }),
        (target, value) if Kind::of(target) == Kind::of(value) => Ok(()),
        (target, value) => Err(Misfit { at: at.clone(), target: target.kind(), value: value.kind() }),
    }
}

/// Merges `value`, which comes from `origin`, into `target` at `at`. [`check`] has said that they fit.
pub(super) fn merge(target: &mut Node, at: &Pointer, value: &Node, origin: &Origin, origins: &mut Origins) {
    match (target, value) {
        (Node::Object(target), Node::Object(value)) => {
            for (key, value) in value {
                let (at, origin) = (at.child(key), origin.child(key));
                match target.get_mut(key) {
                    Some(target) => merge(target, &at, value, &origin, origins),
                    None => {
                        target.insert(key.clone(), value.clone());
                        origins.set(&at, &origin);
                    }
                }
            }
        }
        (Node::Array(target), Node::Array(value)) => {
            for (index, item) in value.iter().enumerate() {
                origins.set(&at.item(target.len()), &origin.child(&index.to_string()));
                target.push(item.clone());
            }
        }
        (Node::Array(target), value) => {
            origins.set(&at.item(target.len()), origin);
            target.push(value.clone());
        }
        (target, value) => {
            *target = value.clone();
            origins.set(at, origin);
        }
    }
}
