//! The hand-written modules that every crate embeds, as they are.

macro_rules! modules {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../runtime/src/", $name, ".rs")))),*]
    };
}

/// The files of the runtime by their paths in the crate.
pub(super) fn files() -> Vec<(String, String)> {
    let modules = modules![
        "lib" "call" "client" "codec" "credential" "date" "decode_error" "error" "json" "macros" "maybe" "object" "request"
        "reqwest_transport" "response" "secret" "style" "transport" "union" "url"
    ];
    let path = |name: &str| format!("src/runtime/{}.rs", if name == "lib" { "mod" } else { name });
    modules.into_iter().map(|(name, text)| (path(name), text.to_owned())).collect()
}
