//! Servers: the URLs that an API, a path or an operation names, with their variables.

use super::{Context, docs};
use crate::diagnostic::catalog::openapi::without_effect;
use crate::ir::{Docs, Server, ServerVariable};
use crate::openapi;

/// The servers of a list, in order; one that says what an earlier one says is left out.
pub(super) fn lower_all(cx: &mut Context<'_, '_>, servers: &[openapiv3::Server]) -> Vec<Server> {
    let mut all: Vec<Server> = Vec::new();
    for server in servers {
        let lowered = lower(cx, server);
        if !all.iter().any(|known| known.is_like(&lowered)) {
            all.push(lowered);
        }
    }
    all
}

fn lower(cx: &mut Context<'_, '_>, server: &openapiv3::Server) -> Server {
    let origin = openapi::origin(&server.extensions);
    let in_url = openapi::variables(&server.url);
    let declared = || server.variables.iter().flatten();
    for (name, _) in declared().filter(|(name, _)| !in_url.contains(&name.as_str())) {
        cx.diagnostics.push(without_effect(&origin.child("variables").child(name)));
    }
    let mut variables: Vec<ServerVariable> = Vec::new();
    for name in in_url {
        if variables.iter().any(|known| known.name == name) {
            continue;
        }
        let found = declared().find(|(declared, _)| *declared == name).map(|(_, variable)| variable);
        let mut values = found.map(|variable| variable.enumeration.clone()).unwrap_or_default();
        let default = found.map(|variable| variable.default.clone());
        if let Some(default) = default.iter().find(|default| !values.is_empty() && !values.contains(default)) {
            values.insert(0, default.clone());
        }
        let docs = docs::of_text(found.and_then(|variable| variable.description.as_ref()));
        variables.push(ServerVariable { name: name.to_owned(), docs, default, values });
    }
    let name = openapi::extra(&server.extensions, "name").and_then(|name| name.as_str()).map(str::to_owned);
    let docs: Docs = docs::of_text(server.description.as_ref());
    // Nothing is the place of the description itself, whose root is where paths begin.
    let url = Some(server.url.trim()).filter(|url| !url.is_empty()).unwrap_or("/").to_owned();
    Server { origin, docs, name, url, variables }
}

/// The servers of an operation: its own, else those of its path; none where they are those of the whole description.
pub(super) fn of_operation(
    cx: &mut Context<'_, '_>,
    item: &openapiv3::PathItem,
    operation: &openapiv3::Operation,
) -> Vec<Server> {
    let own = if operation.servers.is_empty() { &item.servers } else { &operation.servers };
    let own = lower_all(cx, own);
    let is_like = |(own, general): (&Server, &Server)| own.is_like(general);
    let general = &cx.api.servers;
    let is_general = match general.as_slice() {
        [only] => own.first().is_some_and(|first| first.is_like(only)),
        all => all.len() == own.len() && own.iter().zip(all).all(is_like),
    };
    if is_general { Vec::new() } else { own }
}

/// Where nothing says where the API is, but each operation says where it is, the first of these places stands for all.
pub(super) fn complete(cx: &mut Context<'_, '_>) {
    if !cx.api.servers.is_empty() || cx.api.operations.values().any(|operation| operation.servers.is_empty()) {
        return;
    }
    let first = cx.api.operations.values().next().map(|operation| operation.servers.clone());
    cx.api.servers = first.unwrap_or_default();
    for id in cx.api.operations.ids() {
        let operation = &mut cx.api.operations[id];
        if operation.servers.len() == cx.api.servers.len()
            && operation.servers.iter().zip(&cx.api.servers).all(|(own, general)| own.is_like(general))
        {
            operation.servers.clear();
        }
    }
}
