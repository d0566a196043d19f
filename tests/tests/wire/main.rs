//! What the generated client sends and what it makes of answers, against a server of this process: raw bytes.

// In a test, a panic is how a fault is reported; clippy.toml says so only for the functions that carry `#[test]`.
#![allow(clippy::panic, clippy::unwrap_used)]

mod answers;
mod calls;
mod connections;
mod headers;
mod limits;
mod methods;
mod names;
mod redirects;
mod refusals;
mod requests;
mod server;
mod servers;
mod service;
mod vendors;
