//! The command line, seen from outside: the built program runs in folders of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail where it stands")]

mod check;
mod codegen;
mod corpus;
mod help;
mod overlay;
mod support;
mod supported;
