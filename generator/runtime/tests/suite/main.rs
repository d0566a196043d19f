//! The runtime, tested in the form in which a generated crate embeds it: as a module, beside code like emitted code.

// `api` stands for emitted code, whose docs would repeat a description that nobody reads here.
#![allow(missing_docs)]
// In a test, a panic is how a fault is reported; clippy.toml says so only for the functions that carry `#[test]`.
#![allow(clippy::panic, clippy::unwrap_used)]

// Each client uses a part of the runtime, and so does this one.
#[allow(dead_code)]
#[path = "../../src/lib.rs"]
pub mod runtime;

pub mod api;
mod clients;
mod codec;
mod formats;
mod links;
mod oauth;
mod parameters;
pub mod recorder;
pub mod server;
#[cfg(feature = "reqwest")]
mod wire;
pub mod xml;
