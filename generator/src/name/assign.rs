//! Gives everything its name.

use std::collections::HashSet;

use super::scope::{Given, Scope};
use super::status::{media_words, status_name};
use super::words::Case;
use super::{ErrorSetNames, Ident, Names, Overrides, SchemeNames, server};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::name as catalog;
use crate::facts::Facts;
use crate::ir::{Api, Content, Id, Origin, SchemeKind, StatusKey};

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

/// Names everything. Where only a number tells two names apart, a warning says so and how to choose better ones.
pub fn assign(api: &Api, facts: &Facts, overrides: &Overrides, diagnostics: &mut Diagnostics) -> Names {
    let mut cx = Context { api, overrides, used: HashSet::new(), diagnostics };
    let mut names = Names::default();
    let mut scopes = cx.operations(&mut names);
    cx.payloads(&mut names);
    cx.types(&mut names);
    cx.error_sets(facts, &mut scopes, &mut names);
    cx.schemes(&mut names);
    cx.servers(&mut names);
    cx.headers(facts, &mut names);
    for (pointer, chosen) in overrides.iter().filter(|(pointer, _)| !cx.used.contains(pointer)) {
        cx.diagnostics.push(catalog::unused_override(pointer, &chosen.name, chosen.place.clone()));
    }
    names
}

/// What naming shares.
pub(super) struct Context<'a, 'r> {
    pub(super) api: &'a Api,
    overrides: &'a Overrides,
    used: HashSet<&'a Origin>,
    diagnostics: &'r mut Diagnostics,
}

/// Something to be named, and what it may be called.
pub(super) struct Wanted {
    pub(super) origin: Origin,
    pub(super) candidates: Vec<String>,
}

/// The name of something, and which candidate it is; none, where the user chose it.
pub(super) struct Named {
    pub(super) name: Ident,
    pub(super) choice: Option<usize>,
}

impl<'a> Context<'a, '_> {
    /// The name that the user chose, else the first free candidate.
    pub(super) fn name(&mut self, scope: &mut Scope, origin: &Origin, candidates: &[&str]) -> Ident {
        match self.chosen(scope, origin) {
            Some(name) => name,
            None => self.claim(scope, origin, candidates).name,
        }
    }

    /// Names several things of one namespace. Nothing gets a name that is the first candidate of another one, unless
    /// that is what it is called itself: so a thing that joins later takes no name away.
    pub(super) fn name_all(&mut self, scope: &mut Scope, all: &[Wanted]) -> Vec<Named> {
        let overrides = self.overrides;
        let case = scope.case();
        let is_chosen = |wanted: &&Wanted| overrides.get(&wanted.origin).is_some_and(|chosen| case.fits(&chosen.name));
        let free = all.iter().filter(|wanted| !is_chosen(wanted));
        let first = free.map(|wanted| (&wanted.origin, wanted.candidates.first().map_or("", String::as_str)));
        let mut first = scope.claim_first(&first.collect::<Vec<_>>()).into_iter();
        let mut named = Vec::with_capacity(all.len());
        for wanted in all {
            let name = if is_chosen(&wanted) { self.chosen(scope, &wanted.origin) } else { first.next().flatten() };
            named.push(name.map(|name| Named { name, choice: (!is_chosen(&wanted)).then_some(0) }));
        }
        let rest = named.into_iter().zip(all).map(|(named, wanted)| {
            named.unwrap_or_else(|| {
                let candidates: Vec<&str> = wanted.candidates.iter().map(String::as_str).collect();
                self.claim(scope, &wanted.origin, &candidates)
            })
        });
        rest.collect()
    }

    fn chosen(&mut self, scope: &mut Scope, origin: &Origin) -> Option<Ident> {
        // A property and the type of its values stand at one place: the case says which of them a name is for.
        let (key, chosen) =
            self.overrides.get_key_value(origin).filter(|(_, chosen)| scope.case().fits(&chosen.name))?;
        self.used.insert(key);
        let name = scope.claim_exactly(origin, &chosen.name);
        if name.is_none() {
            self.diagnostics.push(catalog::override_taken(chosen.place.clone(), origin, &chosen.name));
        }
        name
    }

    fn claim(&mut self, scope: &mut Scope, origin: &Origin, candidates: &[&str]) -> Named {
        let Given { name, choice, numbered } = scope.claim(origin, candidates.iter().copied());
        if let Some(other) = numbered {
            self.diagnostics.push(catalog::numbered_name(origin, other.as_ref(), &name.to_string()));
        }
        Named { name, choice: Some(choice) }
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
            names.headers.push(self.name(&mut scope, &header.origin, &[header.wire.as_str(), &qualified]));
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
        let wanted = api
            .servers
            .iter()
            .map(|server| Wanted { origin: server.origin.clone(), candidates: server::candidates(server) });
        let named = self.name_all(&mut scope, &wanted.collect::<Vec<_>>());
        names.servers.extend(named.into_iter().map(|named| named.name));
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
            let own = format!("{} {role}", scheme.key);
            let method = self.name(&mut scope, &scheme.origin, &[&plain, &own]);
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

/// The variants of answers: a status, and a media type where a status has several.
pub(super) fn variants<'c>(
    origin: &Origin,
    cases: impl Iterator<Item = (StatusKey, Option<&'c Content>)>,
) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Camel, &[]);
    let names = cases.map(|(status, content)| {
        let status = status_name(status);
        let media = content.map_or_else(|| "empty".to_owned(), |content| media_words(&content.media));
        scope.claim(origin, [status.clone(), format!("{status} {media}")].iter().map(String::as_str)).name
    });
    names.collect()
}
