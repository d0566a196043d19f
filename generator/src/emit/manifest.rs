//! `Cargo.toml`.

use std::fmt::Write as _;

use toml::Value;

use super::{Context, features, format, runtime, xml};
use crate::config::Publish;
use crate::ir::Api;

/// The manifest of the crate.
pub(super) fn manifest(cx: Context<'_>) -> String {
    let package = &cx.config.package;
    let mut text = String::from("[package]\n");
    let mut put = |key: &str, value: Value| _ = writeln!(text, "{key} = {value}");
    let description = package.description.clone().unwrap_or_else(|| format!("Client for {}.", cx.api.title.trim()));
    put("name", cx.config.crate_name().into());
    put("version", package.version.as_str().into());
    put("description", description.as_str().into());
    put("edition", "2024".into());
    put("rust-version", package.rust_version.as_str().into());
    put("readme", "README.md".into());
    let optional = [
        ("license", &package.license),
        ("repository", &package.repository),
        ("homepage", &package.homepage),
        ("documentation", &package.documentation),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            put(key, value.as_str().into());
        }
    }
    for (key, list) in
        [("authors", &package.authors), ("keywords", &package.keywords), ("categories", &package.categories)]
    {
        if !list.is_empty() {
            put(key, list.clone().into());
        }
    }
    match &package.publish {
        Publish::Anywhere => {}
        Publish::Never => put("publish", false.into()),
        Publish::Registries(registries) => put("publish", registries.clone().into()),
    }
    let tags = features::manifest(cx);
    let default: String = features::by_default(cx).iter().map(|feature| format!(", \"{feature}\"")).collect();
    _ = write!(text, "{LIBRARY}default = [\"rustls\"{default}]\n{TRANSPORT}{tags}\n[dependencies]\n");
    for (name, requirement) in dependencies(cx.api) {
        _ = writeln!(text, "{name} = {requirement}");
    }
    if cx.config.own_workspace {
        text.push_str(OWN_WORKSPACE);
    }
    text
}

const OWN_WORKSPACE: &str = "
# This folder lies in a workspace that does not list the crate. Once it does, `cargo xtask codegen` takes this out.
[workspace]
";

const LIBRARY: &str = "
# Documentation comes from the description, so no code in it is ever run.
[lib]
doctest = false

[features]
";

const TRANSPORT: &str = r#"# TLS by rustls, with the platform's certificates.
rustls = ["reqwest", "reqwest/rustls"]
# TLS by the platform's own library.
native-tls = ["reqwest", "reqwest/native-tls"]
# HTTP/2 where the server offers it.
http2 = ["reqwest", "reqwest/http2"]
# The default transport. Without it, a client is built on a transport of the caller's.
reqwest = ["dep:reqwest"]
"#;

/// What every client depends on.
const DEPENDENCIES: [(&str, &str); 7] = [
    ("bytes", r#""1""#),
    ("http", r#""1""#),
    ("http-body", r#""1""#),
    ("percent-encoding", r#""2""#),
    ("reqwest", r#"{ version = "0.13", default-features = false, optional = true }"#),
    ("serde", r#"{ version = "1", default-features = false, features = ["std"] }"#),
    ("serde_json", r#"{ version = "1", features = ["float_roundtrip"] }"#),
];

/// What the client depends on, in the order of the alphabet.
fn dependencies(api: &Api) -> Vec<(&'static str, &'static str)> {
    let mut all = DEPENDENCIES.to_vec();
    if runtime::streams(api) {
        all.push(("futures-core", r#""0.3""#));
    }
    if xml::is_used(api) {
        all.push(("quick-xml", r#"{ version = "0.41", default-features = false }"#));
    }
    all.extend(format::dependencies(api));
    all.sort_unstable();
    all
}
