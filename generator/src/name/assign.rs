//! Gives everything its name.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::scope::{Given, Scope};
use super::status::{media_words, status_name};
use super::words::Case;
use super::{
    ErrorSetNames, GroupNames, Names, OperationNames, Overrides, SchemeNames, TypeNames, operation_id, server,
};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::name as catalog;
use crate::facts::Facts;
use crate::ir::{
    Api, Body, Content, Id, Literal, NameHint, Operation, Origin, PartHeader, Rest, Role, SchemeKind, Server, Shape,
    TypeDef,
};

/// Modules and types that emitted code has at its root.
const ROOT: [&str; 6] = ["client", "headers", "models", "runtime", "builder", "request"];
/// What the module of a group imports, and what of the prelude it uses.
const GROUP: [&str; 10] =
    ["Box", "Bytes", "Client", "DecodeError", "Into", "Option", "Response", "Result", "String", "Vec"];
/// Methods that every call has.
const CALL: [&str; 6] = ["send", "stream", "timeout", "into_future", "header", "clone"];
/// Functions that every record may have.
const RECORD: [&str; 1] = ["new"];
/// Methods that every builder has.
const BUILDER: [&str; 13] = [
    "base_url",
    "build",
    "connect_timeout",
    "credential",
    "default_header",
    "max_response_bytes",
    "new",
    "read_timeout",
    "server",
    "timeout",
    "transport",
    "user_agent",
    "clone",
];
/// Functions that a server has, also those of traits.
const SERVER: [&str; 9] = ["clone", "default", "eq", "expand", "expand_other", "fmt", "ne", "new", "variable"];
/// The variants in which enumerations and unions keep what the description does not list.
const UNKNOWN: [&str; 2] = ["UnknownValue", "UnknownVariant"];

/// Names everything. Where only a number tells two names apart, a warning says so and how to choose better ones.
pub fn assign(api: &Api, facts: &Facts, overrides: &Overrides, diagnostics: &mut Diagnostics) -> Names {
    let mut cx = Context { api, overrides, used: HashSet::new(), diagnostics };
    let mut names = Names::default();
    let mut scopes = cx.operations(&mut names);
    cx.types(&mut names);
    cx.error_sets(facts, &mut scopes, &mut names);
    cx.schemes(&mut names);
    cx.servers(&mut names);
    cx.headers(facts, &mut names);
    for (pointer, chosen) in overrides.iter().filter(|(pointer, _)| !cx.used.contains(pointer)) {
        cx.diagnostics.push(catalog::unused_override(pointer, chosen.place.clone()));
    }
    names
}

struct Context<'a, 'r> {
    api: &'a Api,
    overrides: &'a Overrides,
    used: HashSet<&'a Origin>,
    diagnostics: &'r mut Diagnostics,
}

impl<'a> Context<'a, '_> {
    /// The name that the user chose, else the first free candidate.
    fn name(&mut self, scope: &mut Scope, origin: &Origin, candidates: &[String]) -> Ident {
        if let Some((key, chosen)) = self.overrides.get_key_value(origin) {
            self.used.insert(key);
            match scope.claim_exactly(origin, &chosen.name) {
                Some(name) => return name,
                None => self.diagnostics.push(catalog::override_taken(chosen.place.clone(), origin, &chosen.name)),
            }
        }
        let Given { name, numbered } = scope.claim(origin, candidates.iter().map(String::as_str));
        if let Some(other) = numbered {
            self.diagnostics.push(catalog::numbered_name(origin, other.as_ref(), &name.to_string()));
        }
        name
    }

    /// Groups and operations. Returns the scope of each group's types, for what joins them later.
    fn operations(&mut self, names: &mut Names) -> Vec<Scope> {
        let api = self.api;
        let mut roots = Scope::new(Case::Snake, &ROOT);
        let mut scopes = Vec::new();
        let mut pages = HashSet::new();
        let mut operations = Vec::new();
        for (id, group) in api.groups.iter() {
            let tag = group.tag.clone().unwrap_or_else(|| "api".to_owned());
            let origin = Origin::root().child("tags").child(&tag);
            let module = self.name(&mut roots, &origin, &[tag.clone(), format!("{tag} api")]);
            let mut types = Scope::new(Case::Camel, &GROUP);
            let name = types.claim(&origin, [tag.as_str(), &format!("{tag} api")]).name;
            let page = page(&module, &mut pages);
            let feature = super::of_feature(&module);
            names.groups.push(GroupNames { module, name, feature, page });
            let mut methods = Scope::new(Case::Snake, &[]);
            let mut servers: Vec<(&[Server], Ident)> = Vec::new();
            for (id, operation) in api.operations.iter().filter(|(_, operation)| operation.group == id) {
                let method = self.name(&mut methods, &operation.origin, &method_candidates(operation));
                let text = method.to_string();
                let (params, body) = self.arguments(operation);
                let own_servers = server::shared(&mut types, &mut servers, operation, &text);
                operations.push((
                    id,
                    OperationNames {
                        request: claim(&mut types, operation, &[&text, &format!("{text} call")]),
                        constant: types
                            .claim_as(Case::Shouty, &operation.origin, [text.as_str(), &format!("{text} operation")])
                            .name,
                        success: claim(&mut types, operation, &[&format!("{text} success")]),
                        success_variants: success_variants(operation),
                        servers: own_servers,
                        params,
                        body_type: claim_if(&mut types, operation, has_choice(operation), &format!("{text} body")),
                        body_variants: body_variants(operation),
                        form: claim_if(&mut types, operation, has_parts(operation), &format!("{text} form")),
                        parts: self.parts(operation),
                        body,
                        method,
                    },
                ));
            }
            scopes.push(types);
        }
        operations.sort_by_key(|(id, _)| *id);
        names.operations = operations.into_iter().map(|(_, names)| names).collect();
        scopes
    }

    /// The parameters and the body, which has the name that they leave.
    fn arguments(&mut self, operation: &Operation) -> (Vec<Ident>, Ident) {
        let mut scope = Scope::new(Case::Snake, &CALL);
        let mut names = Vec::new();
        for param in &operation.params {
            let candidates = [param.wire.clone(), format!("{} {}", param.wire, param.place.name())];
            names.push(self.name(&mut scope, &param.origin, &candidates));
        }
        let body = scope.claim(&operation.origin, ["body", "request body"]).name;
        (names, body)
    }

    fn parts(&mut self, operation: &Operation) -> Vec<(Ident, Vec<Ident>)> {
        let mut scope = Scope::new(Case::Snake, &["new", "clone"]);
        let mut names = Vec::new();
        for part in operation.body.iter().filter_map(Body::parts).flatten() {
            let name = self.name(&mut scope, &part.origin, std::slice::from_ref(&part.wire));
            let header = |header: &PartHeader| format!("{} {}", part.wire, header.wire);
            let headers = part.headers.iter().map(|one| scope.claim(&part.origin, [header(one).as_str()]).name);
            let headers = headers.collect();
            names.push((name, headers));
        }
        names
    }

    fn types(&mut self, names: &mut Names) {
        let api = self.api;
        let mut types = Scope::new(Case::Camel, &[]);
        let mut modules = Scope::new(Case::Snake, &[]);
        for (_, def) in api.types.iter() {
            let text = type_text(names, &def.hint);
            let name = self.name(&mut types, &def.origin, &[text]);
            let module = match &def.hint {
                // An inline type stands in the file of the type that it is a part of.
                NameHint::PartOf(parent, _) => names.of_type(*parent).module.clone(),
                _ => modules.claim(&def.origin, [name.to_string().as_str()]).name,
            };
            let (members, kind, rest) = self.members(def);
            names.models.insert(name.to_string());
            names.types.push(TypeNames { name, module, members, kind, rest });
        }
    }

    /// The fields, variants or values of a type, and the fields of a record that no property names.
    fn members(&mut self, def: &TypeDef) -> (Vec<Ident>, Option<Ident>, Option<Ident>) {
        let mut members = Vec::new();
        match &def.shape {
            Shape::Record(record) => {
                let mut scope = Scope::new(Case::Snake, &RECORD);
                for field in &record.fields {
                    members.push(self.name(&mut scope, &field.origin, std::slice::from_ref(&field.wire)));
                }
                let kind = record.kind.as_ref().map(|_| scope.claim(&def.origin, ["kind", "variant"]).name);
                let kept = matches!(record.rest, Rest::Kept(_));
                let rest = kept.then(|| scope.claim(&def.origin, ["additional_properties"]).name);
                return (members, kind, rest);
            }
            Shape::Enumeration(enumeration) => {
                let mut scope = Scope::new(Case::Camel, &UNKNOWN);
                for (index, value) in enumeration.values.iter().enumerate() {
                    let text = match &value.value {
                        Literal::String(text) => text.clone(),
                        Literal::Integer(number) => number.to_string(),
                        Literal::Float(number) => number.to_string(),
                        Literal::Bool(value) => value.to_string(),
                        Literal::Null | Literal::List(_) | Literal::Map(_) => String::new(),
                    };
                    let candidates: Vec<String> = value.name.iter().cloned().chain([text]).collect();
                    let origin = def.origin.child("enum").item(index);
                    members.push(self.name(&mut scope, &origin, &candidates));
                }
            }
            Shape::Union(union) => {
                let mut scope = Scope::new(Case::Camel, &UNKNOWN);
                for variant in &union.variants {
                    members.push(self.name(&mut scope, &variant.origin, std::slice::from_ref(&variant.name)));
                }
            }
            Shape::Alias(_) => {}
        }
        (members, None, None)
    }

    fn error_sets(&mut self, facts: &Facts, scopes: &mut [Scope], names: &mut Names) {
        let mut named = HashSet::new();
        for (id, set) in facts.error_sets.iter() {
            let scope = &mut scopes[set.group.index()];
            let operation = set.operations.first().copied();
            // The first set of a group has the group's name, so that a set which joins later renames nothing.
            let base = match operation {
                Some(operation) if !named.insert(set.group) => names.of_operation(operation).method.to_string(),
                _ => names.of_group(set.group).name.to_string(),
            };
            let origin = operation.map(|operation| self.api.operations[operation].origin.clone()).unwrap_or_default();
            let failure = scope.claim(&origin, [format!("{base} failure").as_str()]).name;
            let error = scope.claim(&origin, [format!("{base} error").as_str()]).name;
            let variants = variants(&origin, set.cases.iter().map(|(status, content)| (*status, content.as_ref())));
            names.error_sets.insert(id, ErrorSetNames { failure, error, variants });
        }
    }

    fn headers(&mut self, facts: &Facts, names: &mut Names) {
        let mut scope = Scope::new(Case::Shouty, &[]);
        for (header, operation) in &facts.headers {
            let qualified = format!("{} {}", names.of_operation(*operation).method, header.wire);
            names.headers.push(self.name(&mut scope, &header.origin, &[header.wire.clone(), qualified]));
        }
    }

    fn servers(&mut self, names: &mut Names) {
        let api = self.api;
        let mut scope = Scope::new(Case::Snake, &SERVER);
        for variable in api.servers.iter().flat_map(|server| &server.variables) {
            if !names.server_variables.iter().any(|(known, _)| *known == variable.name) {
                let candidates = [variable.name.as_str(), &format!("{} variable", variable.name)];
                let name = scope.claim(&Origin::root().child("servers"), candidates).name;
                names.server_variables.push((variable.name.clone(), name));
            }
        }
        for server in &api.servers {
            names.servers.push(self.name(&mut scope, &server.origin, &server::candidates(server)));
        }
    }

    fn schemes(&mut self, names: &mut Names) {
        let mut scope = Scope::new(Case::Snake, &BUILDER);
        for (id, scheme) in self.api.schemes.iter() {
            let (plain, role) = match &scheme.kind {
                SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
                    ("bearer_token".to_owned(), "token")
                }
                SchemeKind::Basic => ("basic_auth".to_owned(), "auth"),
                SchemeKind::Http(name) => (format!("{name} auth"), "auth"),
                SchemeKind::ApiKey(..) => ("api_key".to_owned(), "key"),
                SchemeKind::MutualTls => ("mutual_tls".to_owned(), "transport"),
            };
            let method = self.name(&mut scope, &scheme.origin, &[plain, format!("{} {role}", scheme.key)]);
            let client = match scheme.client_credentials() {
                Some(_) => {
                    let own = format!("{} client credentials", scheme.key);
                    scope.claim(&scheme.origin, ["client_credentials", own.as_str()]).name
                }
                None => method.clone(),
            };
            names.schemes.insert(id, SchemeNames { method, client });
        }
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

/// The variants of answers: a status, and a media type where a status has several.
fn variants<'c>(
    origin: &Origin,
    cases: impl Iterator<Item = (crate::ir::StatusKey, Option<&'c Content>)>,
) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Camel, &[]);
    let names = cases.map(|(status, content)| {
        let status = status_name(status);
        let media = content.map_or_else(|| "empty".to_owned(), |content| media_words(&content.media));
        scope.claim(origin, [status.clone(), format!("{status} {media}")].iter().map(String::as_str)).name
    });
    names.collect()
}

fn has_choice(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| !body.others.is_empty())
}

fn has_parts(operation: &Operation) -> bool {
    operation.body.as_ref().and_then(Body::parts).is_some()
}

fn body_variants(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Camel, &[]);
    let contents = operation.body.iter().flat_map(Body::contents);
    contents.map(|content| scope.claim(&operation.origin, [media_words(&content.media).as_str()]).name).collect()
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

fn method_candidates(operation: &Operation) -> Vec<String> {
    let by_path = operation_id::by_path(operation);
    let text = operation_id::text(operation);
    // An id that two operations share names the first of them only.
    operation.id.iter().fold(vec![text], |mut all, id| {
        all.extend([id.clone(), by_path.clone()]);
        all
    })
}

/// What a type is called, in words.
fn type_text(names: &Names, hint: &NameHint) -> String {
    let (base, role) = match hint {
        NameHint::Key(key) => return key.clone(),
        NameHint::PartOf(parent, role) => (names.of_type(*parent).name.to_string(), role),
        NameHint::OfOperation(operation, role) => (names.of_operation(*operation).method.to_string(), role),
        NameHint::OfComponent(key, role) => (key.clone(), role),
    };
    let role = match role {
        Role::Property(name) | Role::Parameter(name) | Role::Variant(name) => name.clone(),
        Role::Item => "item".to_owned(),
        Role::Value => "value".to_owned(),
        Role::Kind => "kind".to_owned(),
        Role::Request => "request".to_owned(),
        Role::RequestAs(media) => format!("{} request", media_words(media)),
        Role::ResponseAs(status, media) => format!("{} {}", status_name(*status), media_words(media)),
        Role::Response(None) => "response".to_owned(),
        Role::Response(Some(status)) => format!("{} response", status_name(*status)),
        Role::Failure(status) => status_name(*status),
    };
    format!("{base} {role}")
}
