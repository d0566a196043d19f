//! What the pages of the generated crate say, and that their links lead somewhere. Their examples are compiled as the
//! documentation tests of this package.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

mod facts;
mod links;
mod page;
