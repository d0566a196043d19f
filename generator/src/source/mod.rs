//! Text to an ordered tree, and back from a place in the tree to a place in the text.
//!
//! Nothing here knows OpenAPI. Reading is bounded by [`Limits`]; a document that exceeds them is refused, never truncated.

mod json_pointer;
mod node;

pub use json_pointer::Pointer;
pub use node::{Node, Number, Object};
