//! How large a tree is. The reader bounds what it reads; this is for trees that grow afterwards.

use super::Node;
use super::tree::{DEEPEST, LONGEST_PATHS, MOST_NODES};

/// The size of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) nodes: usize,
    /// How many nodes stand above each other.
    pub(crate) height: usize,
}

impl Size {
    /// The size of a tree.
    pub(crate) fn of(node: &Node) -> Self {
        let mut size = Self { nodes: 1, height: 1 };
        for child in children(node).map(Self::of) {
            size.nodes = size.nodes.saturating_add(child.nodes);
            size.height = size.height.max(child.height + 1);
        }
        size
    }

    /// The bound of documents that it exceeds, as a clause.
    pub(crate) fn exceeded(self) -> Option<String> {
        if self.nodes > MOST_NODES {
            return Some(format!("it has more than {MOST_NODES} nodes"));
        }
        (self.height > DEEPEST + 1).then(|| format!("it nests deeper than {DEEPEST} levels"))
    }
}

/// The bound of documents that a tree exceeds, as a clause.
pub(crate) fn exceeded(node: &Node) -> Option<String> {
    let long = || (paths(node, 0) > LONGEST_PATHS).then(|| "the paths to its nodes are too long".to_owned());
    Size::of(node).exceeded().or_else(long)
}

fn children(node: &Node) -> impl Iterator<Item = &Node> {
    let (members, items) = match node {
        Node::Object(members) => (Some(members), None),
        Node::Array(items) => (None, Some(items)),
        _ => (None, None),
    };
    members.into_iter().flat_map(|members| members.values()).chain(items.into_iter().flatten())
}

/// The lengths of the paths to a node and all below it, where its own is `length`.
fn paths(node: &Node, length: usize) -> usize {
    let below = |step: usize, child: &Node| paths(child, length + step + 1);
    let sum = match node {
        Node::Object(members) => members.iter().map(|(key, child)| below(key.len(), child)).sum(),
        Node::Array(items) => {
            items.iter().enumerate().map(|(index, child)| below(index.to_string().len(), child)).sum::<usize>()
        }
        _ => 0,
    };
    sum.saturating_add(length)
}
