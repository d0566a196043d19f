//! The hand-written modules of the runtime: as they are, and only those that the API needs.

use super::{format, xml};
use crate::ir::{Api, Body, Content, Representation, Type, walk};

/// A part of the runtime that not every API needs.
struct Part {
    /// Its file, without the extension.
    module: &'static str,
    /// What the root of the crate exports of it.
    exports: &'static [&'static str],
    is_needed: fn(&Api) -> bool,
}

const PARTS: &[Part] = &[
    Part {
        module: "events",
        exports: &["Event", "Events"],
        is_needed: |api| successes(api).any(|content| is_event(&content.representation)),
    },
    Part { module: "header", exports: &["Header"], is_needed: has_headers },
    Part { module: "file", exports: &["Body", "File"], is_needed: |api| bodies(api).any(is_file) || has_parts(api) },
    Part { module: "format_bytes", exports: &[], is_needed: |api| format::needs(api, "format_bytes") },
    Part { module: "format_chrono", exports: &[], is_needed: |api| format::needs(api, "format_chrono") },
    Part { module: "format_decimal", exports: &[], is_needed: |api| format::needs(api, "format_decimal") },
    Part { module: "format_jiff", exports: &[], is_needed: |api| format::needs(api, "format_jiff") },
    Part { module: "format_time", exports: &[], is_needed: |api| format::needs(api, "format_time") },
    Part { module: "format_unix", exports: &[], is_needed: format::has_unix_times },
    Part { module: "format_url", exports: &[], is_needed: |api| format::needs(api, "format_url") },
    Part { module: "format_uuid", exports: &[], is_needed: |api| format::needs(api, "format_uuid") },
    Part { module: "formatted", exports: &["Formatted"], is_needed: format::is_used },
    Part { module: "multipart", exports: &["Multipart"], is_needed: has_parts },
    Part {
        module: "oauth",
        exports: &["ClientCredentials"],
        is_needed: |api| api.schemes.iter().any(|(_, scheme)| scheme.client_credentials().is_some()),
    },
    Part { module: "payload", exports: &["Payload"], is_needed: |api| !api.payloads.is_empty() },
    Part { module: "stream", exports: &["ByteStream", "JsonItems"], is_needed: streams },
    Part { module: "tuple", exports: &["Prefixed"], is_needed: has_tuples },
    Part { module: "xml", exports: &[], is_needed: xml::is_used },
    Part { module: "xml_read", exports: &[], is_needed: xml::is_used },
];

/// Whether answers have headers that the API describes.
pub(super) fn has_headers(api: &Api) -> bool {
    let mut cases = api.operations.values().flat_map(|operation| operation.success.iter().chain(&operation.failure));
    cases.any(|case| !case.headers.is_empty())
}

/// Whether answers are read while they come, which takes a trait that the standard library does not have.
pub(super) fn streams(api: &Api) -> bool {
    successes(api).any(|content| content.representation.is_stream() || content.representation == Representation::Bytes)
}

fn successes(api: &Api) -> impl Iterator<Item = &Content> {
    api.operations.values().flat_map(|operation| operation.success.iter().filter_map(|case| case.content.as_ref()))
}

fn bodies(api: &Api) -> impl Iterator<Item = &Content> {
    api.operations.values().flat_map(|operation| operation.body.iter().flat_map(Body::contents))
}

fn is_event(representation: &Representation) -> bool {
    matches!(representation, Representation::Events | Representation::EventFields)
}

fn is_file(content: &Content) -> bool {
    content.representation == Representation::Bytes
}

fn has_parts(api: &Api) -> bool {
    let is = |content: &Content| {
        matches!(content.representation, Representation::Multipart(_) | Representation::OrderedParts(_))
    };
    bodies(api).any(is)
}

fn has_tuples(api: &Api) -> bool {
    walk::types(api).any(|ty| walk::some(ty, &|ty| matches!(ty, Type::Tuple(_))))
}

macro_rules! modules {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../runtime/src/", $name, ".rs")))),*]
    };
}

/// The files of the runtime by their paths in the crate.
pub(super) fn files(api: &Api) -> Vec<(String, String)> {
    let modules = modules![
        "lib" "call" "client" "codec" "credential" "date" "decode_error" "error" "events" "file" "follow"
        "format_bytes" "format_chrono" "format_decimal" "format_jiff" "format_time" "format_unix" "format_url"
        "format_uuid" "formatted" "header" "json" "macros" "maybe" "multipart" "oauth" "object"
        "operation_macros" "payload" "request" "reqwest_transport" "response" "secret" "server" "stream"
        "style" "transport" "tuple" "union" "url" "xml" "xml_read"
    ];
    let left_out: Vec<&str> = PARTS.iter().filter(|part| !(part.is_needed)(api)).map(|part| part.module).collect();
    let files = modules.into_iter().filter(|(name, _)| !left_out.contains(name));
    let files = files.map(|(name, text)| match name {
        "lib" => ("src/runtime/mod.rs".to_owned(), without(text, &left_out)),
        name => (format!("src/runtime/{name}.rs"), text.to_owned()),
    });
    files.collect()
}

/// The root of the runtime without the lines that name a module.
fn without(text: &str, modules: &[&str]) -> String {
    let names = |line: &str| {
        modules
            .iter()
            .any(|module| line == format!("mod {module};") || line.starts_with(&format!("pub use self::{module}::")))
    };
    text.lines().filter(|line| !names(line)).flat_map(|line| [line, "\n"]).collect()
}

/// What the root of the crate exports of the runtime, in order.
pub(super) fn exports(api: &Api) -> Vec<&'static str> {
    let mut all = vec![
        "Client",
        "ClientBuilder",
        "Credential",
        "DecodeError",
        "Error",
        "ErrorKind",
        "Json",
        "Maybe",
        "OperationError",
        "Response",
        "TokenProvider",
        "Transport",
    ];
    all.extend(super::client::has_servers(api).then_some("Server"));
    all.extend(PARTS.iter().filter(|part| (part.is_needed)(api)).flat_map(|part| part.exports));
    all.sort_unstable();
    all
}
