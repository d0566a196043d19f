//! Text to an ordered tree, and back from a place in the tree to a place in the text.
//!
//! Nothing here knows OpenAPI. Reading is bounded in bytes, depth and
//! nodes; a document that exceeds a bound is refused, never truncated.

mod brackets;
mod json_pointer;
mod lines;
mod locate;
mod node;
mod object;
mod read;
mod size;
mod sources;
mod tree;

pub use json_pointer::Pointer;
pub(crate) use json_pointer::push_step;
pub use node::{Node, Number};
pub use object::Object;
pub use read::{LARGEST, decode, read};
pub(crate) use size::{Size, exceeded};
pub use sources::{Sources, position, to_text};
