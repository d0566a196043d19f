//! Brings a tree to the one form that later stages and readers see: what was read leniently is written out.
//!
//! Nothing moves: a pointer into the tree as it was leads to the same thing afterwards.

use crate::source::{Node, Pointer};

/// A change of the tree.
pub(super) enum Edit {
    /// The node must stand there, in the place of another one or as a new field.
    Set(Pointer, Node),
    /// The field must not be there.
    Remove(Pointer),
}

/// Makes the changes, in order.
pub(super) fn lift(tree: &mut Node, edits: Vec<Edit>) {
    for edit in edits {
        match edit {
            Edit::Set(pointer, node) => set(tree, &pointer, node),
            Edit::Remove(pointer) => remove(tree, &pointer),
        }
    }
}

fn set(tree: &mut Node, pointer: &Pointer, node: Node) {
    let Some((parent, step)) = parent(tree, pointer) else { return };
    match parent {
        Node::Object(members) => {
            members.insert(step, node);
        }
        Node::Array(items) => {
            if let Some(item) = step.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = node;
            }
        }
        _ => {}
    }
}

fn remove(tree: &mut Node, pointer: &Pointer) {
    // An item of a list stays, since the items after it would move.
    if let Some((Node::Object(members), step)) = parent(tree, pointer) {
        members.remove(&step);
    }
}

fn parent<'n>(tree: &'n mut Node, pointer: &Pointer) -> Option<(&'n mut Node, String)> {
    Some((tree.at_mut(&pointer.parent()?)?, pointer.last()?))
}
