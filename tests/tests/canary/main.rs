//! A token that must never be seen: not by `Debug` of any public type, not in an error or its causes, not in a log.

// In a test, a panic is how a fault is reported; clippy.toml says so only for the functions that carry `#[test]`.
#![allow(clippy::panic, clippy::unwrap_used)]

mod everything;
mod logs;
mod public;

#[allow(dead_code, reason = "the wire tests need more of it")]
#[path = "../wire/calls.rs"]
mod calls;
#[allow(dead_code, reason = "the wire tests need more of it")]
#[path = "../wire/server.rs"]
mod server;

use calls::TOKEN;

/// The token in base64 with a user before it, as `Authorization: Basic` carries it.
const BASIC: &str = "dXNlcjpjYW5hcnktNWYxZA==";

/// Whether `text` gives the token away, in any form in which a `Debug` could print it.
fn leaks(text: &str) -> bool {
    let numbers: Vec<String> = TOKEN.bytes().map(|byte| byte.to_string()).collect();
    let text = text.replace(char::is_whitespace, "");
    text.contains(TOKEN) || text.contains(BASIC) || text.contains(&numbers.join(","))
}

#[test]
fn the_search_sees_what_it_searches_for() {
    let bytes = TOKEN.as_bytes().to_vec();
    for text in [
        format!("{:?}", Some(TOKEN)),
        format!("{bytes:?}"),
        format!("{bytes:#?}"),
        format!("{:?}", bytes::Bytes::from(bytes)),
        format!("Basic {BASIC}"),
    ] {
        assert!(leaks(&text), "{text}");
    }
    assert!(!leaks("[redacted]"));
}
