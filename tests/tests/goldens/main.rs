//! What comes of descriptions, good and bad, compared with files that are kept beside them.
//!
//! `UPDATE_EXPECT=1 cargo test -p tests` writes every one of those files anew; the change is then reviewed like code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail where it stands")]

mod bad_input;
mod compile;
mod diagnostics;
mod expect;
mod fixture;
mod golden;
mod mutation;
mod suggest;
mod xtask;
