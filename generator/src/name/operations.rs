//! Names of groups and operations.

use std::collections::HashSet;

use super::assign::{Context, Named, Wanted, variants};
use super::keywords::DEVICES;
use super::scope::Scope;
use super::status::media_words;
use super::words::Case;
use super::{GroupNames, Ident, Names, OperationNames, operation_id, server};
use crate::facts;
use crate::ir::{Body, GroupId, Operation, OperationId, Origin, PartHeader, Server};

/// Modules and types that emitted code has at its root.
const ROOT: [&str; 7] = ["client", "headers", "models", "payloads", "runtime", "builder", "request"];
/// What the module of a group imports, and what of the prelude it uses.
const GROUP: [&str; 10] =
    ["Box", "Bytes", "Client", "DecodeError", "Into", "Option", "Response", "Result", "String", "Vec"];
/// Methods that every call has.
const CALL: [&str; 6] = ["send", "stream", "timeout", "into_future", "header", "clone"];

impl Context<'_, '_> {
    /// Groups and operations. Returns the scope of each group's types, for what joins them later.
    pub(super) fn operations(&mut self, names: &mut Names) -> Vec<Scope> {
        let api = self.api;
        let mut roots = Scope::new(Case::Snake, &ROOT).reserve(&DEVICES);
        let mut pages = HashSet::new();
        let tags: Vec<&str> = api.groups.values().map(|group| group.tag.as_deref().unwrap_or("api")).collect();
        let wanted = tags.iter().map(|tag| Wanted {
            origin: Origin::root().child("tags").child(tag),
            candidates: vec![(*tag).to_owned(), format!("{tag} api")],
        });
        let modules = self.name_all(&mut roots, &wanted.collect::<Vec<_>>());
        let mut scopes = Vec::new();
        let mut operations = Vec::new();
        for ((id, tag), Named { name: module, choice }) in api.groups.ids().zip(&tags).zip(modules) {
            let origin = Origin::root().child("tags").child(tag);
            let mut types = Scope::new(Case::Camel, &GROUP);
            let text = if choice.is_some() { (*tag).to_owned() } else { module.to_string() };
            let name = types.claim(&origin, [text.as_str(), &format!("{text} api")]).name;
            let page = page(&module, &mut pages);
            let feature = super::of_feature(&module);
            names.groups.push(GroupNames { module, name, feature, page });
            operations.extend(self.group(id, &mut types));
            scopes.push(types);
        }
        operations.sort_by_key(|(id, _)| *id);
        names.operations = operations.into_iter().map(|(_, names)| names).collect();
        scopes
    }

    /// The operations of a group.
    fn group(&mut self, group: GroupId, types: &mut Scope) -> Vec<(OperationId, OperationNames)> {
        let api = self.api;
        let tag = api.groups[group].tag.as_deref();
        let operations: Vec<(OperationId, &Operation)> =
            api.operations.iter().filter(|(_, operation)| operation.group == group).collect();
        let candidates: Vec<_> = operations.iter().map(|(_, one)| operation_id::candidates(one, tag)).collect();
        let wanted = operations.iter().zip(&candidates).map(|((_, operation), candidates)| Wanted {
            origin: operation.origin.clone(),
            candidates: candidates.iter().map(|candidate| candidate.method.clone()).collect(),
        });
        let methods = self.name_all(&mut Scope::new(Case::Snake, &[]), &wanted.collect::<Vec<_>>());
        let mut servers: Vec<(&[Server], Ident)> = Vec::new();
        let mut named = Vec::with_capacity(operations.len());
        for (((id, operation), candidates), Named { name, choice }) in
            operations.into_iter().zip(candidates).zip(methods)
        {
            let full = choice.and_then(|choice| candidates.get(choice)).map(|candidate| candidate.full.clone());
            let full = full.unwrap_or_else(|| name.to_string());
            let own_servers = server::shared(types, &mut servers, operation, &name.to_string());
            let names = OperationNames { servers: own_servers, ..self.operation(operation, types, name, full) };
            named.push((id, names));
        }
        named
    }

    fn operation(&mut self, operation: &Operation, types: &mut Scope, method: Ident, full: String) -> OperationNames {
        let text = method.to_string();
        let (params, body, accept) = self.arguments(operation);
        let choice = facts::media_choice(operation);
        OperationNames {
            request: claim(types, operation, &[&text, &format!("{text} call")]),
            media_type: claim_if(types, operation, !choice.is_empty(), &format!("{text} media type")),
            media_variants: media_variants(operation, choice.into_iter()),
            success: claim(types, operation, &[&format!("{text} success")]),
            success_variants: success_variants(operation),
            params,
            body_type: claim_if(types, operation, has_choice(operation), &format!("{text} body")),
            body_variants: body_variants(operation),
            form: claim_if(types, operation, has_parts(operation), &format!("{text} form")),
            parts: self.parts(operation),
            body,
            accept,
            method,
            servers: None,
            full,
        }
    }

    /// The parameters, the body, and the choice of an answer, which have the names that parameters leave.
    fn arguments(&mut self, operation: &Operation) -> (Vec<Ident>, Ident, Ident) {
        let mut scope = Scope::new(Case::Snake, &CALL);
        let wanted = operation.params.iter().map(|param| Wanted {
            origin: param.origin.clone(),
            candidates: vec![param.wire.clone(), format!("{} {}", param.wire, param.place.name())],
        });
        let named = self.name_all(&mut scope, &wanted.collect::<Vec<_>>());
        let body = scope.claim(&operation.origin, ["body", "request body"]).name;
        let accept = scope.claim(&operation.origin, ["accept", "accept media type"]).name;
        (named.into_iter().map(|named| named.name).collect(), body, accept)
    }

    fn parts(&mut self, operation: &Operation) -> Vec<(Ident, Vec<Ident>)> {
        let mut scope = Scope::new(Case::Snake, &["new", "clone"]);
        let mut names = Vec::new();
        for part in operation.body.iter().filter_map(Body::parts).flatten() {
            let name = self.name(&mut scope, &part.origin, &[&part.wire]);
            let header = |header: &PartHeader| format!("{} {}", part.wire, header.wire);
            let headers = part.headers.iter().map(|one| scope.claim(&part.origin, [header(one).as_str()]).name);
            let headers = headers.collect();
            names.push((name, headers));
        }
        names
    }
}

/// The name of a group's page. Some file systems take names that differ by case alone for one; then the module, which has
/// a name of its own in any case, tells them apart.
fn page(module: &Ident, taken: &mut HashSet<String>) -> String {
    let module = module.to_string();
    let name = Case::Camel.apply(&format!("{} api", module.strip_suffix("api").unwrap_or(&module)));
    if taken.insert(name.to_ascii_lowercase()) { name } else { format!("{module}_api") }
}

fn success_variants(operation: &Operation) -> Vec<Ident> {
    let cases = operation.success.iter().map(|case| (case.status, case.content.as_ref()));
    variants(&operation.origin, cases)
}

fn has_choice(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| !body.others.is_empty())
}

fn has_parts(operation: &Operation) -> bool {
    operation.body.as_ref().and_then(Body::parts).is_some()
}

fn body_variants(operation: &Operation) -> Vec<Ident> {
    let contents = operation.body.iter().flat_map(Body::contents);
    media_variants(operation, contents.map(|content| content.media.as_str()))
}

fn media_variants<'m>(operation: &Operation, medias: impl Iterator<Item = &'m str>) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Camel, &[]);
    medias.map(|media| scope.claim(&operation.origin, [media_words(media).as_str()]).name).collect()
}

/// A name is only taken by what is emitted.
fn claim_if(scope: &mut Scope, operation: &Operation, is_needed: bool, text: &str) -> Ident {
    match is_needed {
        true => claim(scope, operation, &[text]),
        false => Scope::new(Case::Camel, &[]).claim(&operation.origin, [text]).name,
    }
}

fn claim(scope: &mut Scope, operation: &Operation, candidates: &[&str]) -> Ident {
    scope.claim(&operation.origin, candidates.iter().copied()).name
}
