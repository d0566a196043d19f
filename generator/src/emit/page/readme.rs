//! `README.md`: what the crate is, a first program, and where everything stands.

use std::fmt::Write as _;

use super::anchor::{self, Anchors};
use super::{Piece, example, group, head, payload, row, source};
use crate::emit::{Context, client, credential, docs, features, operations_of};
use crate::markdown::{self, Target};
use crate::name::Ident;

const INSTALLATION: &str = "Installation";
const GETTING_STARTED: &str = "Getting started";
const ENDPOINTS: &str = "Documentation for API endpoints";
const PAYLOADS: &str = "Webhooks and callbacks";
const MODELS: &str = "Documentation for models";
const AUTHORIZATION: &str = "Documentation for authorization";
const ERRORS: &str = "Errors";

/// The page.
pub(super) fn page(cx: Context<'_>) -> Vec<Piece> {
    let about = docs::paragraphs(&cx.api.docs, &[], Target::Page);
    let mut text = format!("# {}\n\n", title(cx));
    if !about.is_empty() {
        _ = write!(text, "{about}\n\n");
    }
    let version = docs::code(&cx.api.version);
    _ = write!(text, "A client for version {version} of the API, generated from its description.\n\n");
    text.push_str(&installation(cx));
    let mut pieces = vec![Piece::Text(text)];

    if let Some(first) = cx.api.operations.ids().next() {
        pieces.push(Piece::Text(format!("\n## {GETTING_STARTED}\n\n")));
        pieces.push(Piece::Example(example::of(cx, first)));
        pieces.push(Piece::Text(CALLS.to_owned()));
        pieces.extend(cx.names.headers.first().map(|name| Piece::Text(headers(name))));
    }
    let tags = if features::are_on(cx) { TAGS } else { "" };
    let sections = [
        endpoints(cx),
        payloads(cx),
        models(cx),
        authorization(cx),
        format!("\n## {ERRORS}\n\n{FAILURES}{FEATURES}{tags}"),
    ];
    pieces.push(Piece::Text(sections.concat()));
    pieces
}

fn title(cx: Context<'_>) -> String {
    let title = markdown::cell(&cx.api.title);
    if title.is_empty() { "API".to_owned() } else { title }
}

fn installation(cx: Context<'_>) -> String {
    let (name, version) = (cx.config.crate_name(), &cx.config.package.version);
    format!(
        "## {INSTALLATION}\n\n```toml\n[dependencies]\n{name} = \"{version}\"\ntokio = {{ version = \"1\", features = \
         [\"macros\", \"rt-multi-thread\"] }}\n```\n"
    )
}

/// How any call is made.
const CALLS: &str = "
An optional parameter is a method of the call, set before it is awaited. `send` in place of awaiting the call itself
gives the status and the headers beside the body.
";

/// How a header of an answer is read.
fn headers(name: &Ident) -> String {
    format!(
        "\n`answer.header(&headers::{name})?` reads a header of the answer that `send` gives as the type that the API \
         describes,\nand so does `error.header`. The pages say which answers have which.\n"
    )
}

/// What a failed call tells.
const FAILURES: &str = "Every error keeps the status, the headers and the raw body that the server sent, whatever they were. `failure()` is
the typed view of a documented one. All of them turn into the crate's one `Error`, so `?` works across operations.
";

/// What can be chosen when the crate is built.
const FEATURES: &str = "
## Features

`rustls` (the default) and `native-tls` choose who speaks TLS, `http2` adds HTTP/2 where the server offers it. Without
default features the crate has no transport of its own: a client is built on one that implements `Transport`.
";

/// What can be chosen of an API with many operations.
const TAGS: &str = "
Each tag is a feature that brings its operations and their models in; all of them are on by default, as `tags`. A crate
that names those it calls compiles faster: `default-features = false, features = [\"rustls\", ...]`.
";

fn endpoints(cx: Context<'_>) -> String {
    let mut text = format!("\n## {ENDPOINTS}\n\n");
    if let Some(url) = example::base_url(cx) {
        _ = write!(text, "All URIs are relative to {}.\n\n", docs::code(&url));
    }
    text.push_str(&servers(cx));
    for (id, group) in cx.api.groups.iter() {
        let names = cx.names.of_group(id);
        let page = format!("docs/{}.md", names.page);
        let about = group.docs.description.as_deref().map(markdown::summary).unwrap_or_default();
        let about = if about.is_empty() { about } else { format!(": {about}") };
        _ = write!(text, "[{}]({page}), `client.{}()`{about}\n\n", names.name, names.module);
        text.push_str(&head(&["Method", "HTTP request", "Description"]));
        for (id, anchor) in operations_of(cx, id).zip(anchor::of_operations(cx, id)) {
            text.push_str(&group::listed(cx, id, &format!("{page}#{anchor}")));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Where the page of payloads is.
fn payloads(cx: Context<'_>) -> String {
    let Some(id) = cx.api.payloads.ids().next() else { return String::new() };
    let (name, path) = (&cx.names.of_payload(id).constant, payload::PATH);
    format!(
        "\n## {PAYLOADS}\n\n`payloads::{name}.read(body)?` makes a model of what the API sends to a server of yours.\n[All \
         payloads]({path}) are behind the feature `payloads`, which is on by default.\n"
    )
}

/// The servers that can be chosen.
fn servers(cx: Context<'_>) -> String {
    if !client::has_servers(cx.api) {
        return String::new();
    }
    let mut text = head(&["Server", "URL", "Description"]);
    for (server, name) in cx.api.servers.iter().zip(&cx.names.servers) {
        let variables = cx.names.server_variables.iter();
        let variables = variables.filter(|(wire, _)| server.variables.iter().any(|variable| variable.name == *wire));
        let setters: String = variables.map(|(_, name)| format!(".{name}(…)")).collect();
        let about = server.docs.description.as_deref().map(markdown::summary).unwrap_or_default();
        text.push_str(&row(&[&docs::code(&format!("Server::{name}(){setters}")), &docs::code(&server.url), &about]));
    }
    format!("{text}\n`Client::builder().server(…)` takes one of these; `base_url` takes any other place.\n\n")
}

fn models(cx: Context<'_>) -> String {
    let mut text = format!("\n## {MODELS}\n\n");
    if cx.api.types.is_empty() {
        return text + "The API exchanges no models.\n";
    }
    text.push_str(&head(&["Model", "Description"]));
    for (id, def) in cx.api.types.iter() {
        let about = def.docs.description.as_deref().or(def.docs.summary.as_deref()).unwrap_or_default();
        let link = format!("[`{}`]({})", cx.names.of_type(id).name, source(cx, id));
        text.push_str(&row(&[&link, &markdown::summary(about)]));
    }
    text
}

fn authorization(cx: Context<'_>) -> String {
    let mut text = format!("\n## {AUTHORIZATION}\n\n");
    if cx.api.schemes.is_empty() {
        return text + "The API asks for no credentials.\n";
    }
    for (id, scheme) in cx.api.schemes.iter() {
        let (what, arguments) = credential::summary(scheme);
        let about = docs::paragraphs(&scheme.docs, &[], Target::Page);
        _ = write!(text, "### {}\n\n", docs::code(&scheme.key));
        if !about.is_empty() {
            _ = write!(text, "{about}\n\n");
        }
        let names = cx.names.of_scheme(id);
        _ = write!(text, "- **Type**: {what}\n- **Given by**: `Client::builder().{}({arguments})`\n", names.method);
        if scheme.client_credentials().is_some() {
            _ = writeln!(text, "- **Fetched by the client itself**: `Client::builder().{}(…)`", names.client);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// The anchors of the ways to authenticate, in their order.
pub(super) fn scheme_anchors(cx: Context<'_>) -> Vec<String> {
    let mut anchors = Anchors::default();
    let title = title(cx);
    let payloads = (!cx.api.payloads.is_empty()).then_some(PAYLOADS);
    let first = [title.as_str(), INSTALLATION, GETTING_STARTED, ENDPOINTS].into_iter().chain(payloads);
    for heading in first.chain([MODELS, AUTHORIZATION]) {
        anchors.of(heading);
    }
    cx.api.schemes.values().map(|scheme| anchors.of(&scheme.key)).collect()
}
