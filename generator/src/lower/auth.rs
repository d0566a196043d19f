//! Ways to authenticate, and what an operation demands of them.

use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Context;
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{AuthRequirement, AuthScheme, Docs, Flow, FlowKind, KeyPlace, SchemeKind};
use crate::openapi;
use crate::source::Pointer;

/// Lowers the ways to authenticate.
pub(super) fn lower_schemes(cx: &mut Context<'_, '_>) {
    let Some(components) = &cx.description.http.components else { return };
    let parent = Pointer::root().child("components").child("securitySchemes");
    for (key, scheme) in &components.security_schemes {
        let ReferenceOr::Item(scheme) = scheme else { continue };
        let origin = parent.child(key);
        let (kind, description) = match scheme {
            _ if openapi::is_mutual_tls(scheme) => (SchemeKind::MutualTls, description(scheme)),
            SecurityScheme::HTTP { scheme: name, bearer_format, .. } => {
                let kind = match name.to_ascii_lowercase().as_str() {
                    "bearer" => SchemeKind::Bearer(bearer_format.clone()),
                    "basic" => SchemeKind::Basic,
                    _ => {
                        cx.diagnostics.push(catalog::http_scheme(&origin, name));
                        SchemeKind::Http(name.clone())
                    }
                };
                (kind, description(scheme))
            }
            SecurityScheme::APIKey { location, name, .. } => {
                let place = match location {
                    APIKeyLocation::Header => KeyPlace::Header,
                    APIKeyLocation::Query => KeyPlace::Query,
                    APIKeyLocation::Cookie => KeyPlace::Cookie,
                };
                (SchemeKind::ApiKey(place, name.clone()), description(scheme))
            }
            SecurityScheme::OAuth2 { flows: all, .. } => (SchemeKind::OAuth2(flows(all)), description(scheme)),
            SecurityScheme::OpenIDConnect { open_id_connect_url, .. } => {
                (SchemeKind::OpenIdConnect(open_id_connect_url.clone()), description(scheme))
            }
        };
        let docs = Docs { description, ..Docs::default() };
        let id = cx.api.schemes.push(AuthScheme { origin, docs, key: key.clone(), kind });
        cx.schemes.insert(key.clone(), id);
    }
}

fn description(scheme: &SecurityScheme) -> Option<String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.clone(),
    }
}

fn flows(flows: &OAuth2Flows) -> Vec<Flow> {
    let implicit = flows.implicit.iter().map(|flow| (FlowKind::Implicit, None, &flow.scopes));
    let password = flows.password.iter().map(|flow| (FlowKind::Password, Some(&flow.token_url), &flow.scopes));
    let client = flows.client_credentials.iter();
    let client = client.map(|flow| (FlowKind::ClientCredentials, Some(&flow.token_url), &flow.scopes));
    let code = flows.authorization_code.iter();
    let code = code.map(|flow| (FlowKind::AuthorizationCode, Some(&flow.token_url), &flow.scopes));
    let all = implicit.chain(password).chain(client).chain(code).map(|(kind, token_url, scopes)| Flow {
        kind,
        token_url: token_url.cloned(),
        scopes: scopes.iter().map(|(scope, text)| (scope.clone(), text.clone())).collect(),
    });
    all.collect()
}

/// What an operation demands: its own word, else that of the whole description.
pub(super) fn requirement(cx: &Context<'_, '_>, own: Option<&[SecurityRequirement]>) -> AuthRequirement {
    let all = own.or(cx.description.http.security.as_deref()).unwrap_or_default();
    let mut requirement = AuthRequirement::default();
    for alternative in all {
        let known = |(key, scopes): (&String, _)| Some((*cx.schemes.get(key)?, scopes));
        let Some(schemes) = alternative.iter().map(known).collect::<Option<Vec<(_, &Vec<String>)>>>() else { continue };
        requirement.alternatives.push(schemes.iter().map(|(scheme, _)| *scheme).collect());
        for (scheme, scopes) in schemes.into_iter().filter(|(_, scopes)| !scopes.is_empty()) {
            match requirement.scopes.iter_mut().find(|(other, _)| *other == scheme) {
                Some((_, known)) => {
                    known.extend(scopes.iter().filter(|scope| !known.contains(scope)).cloned().collect::<Vec<_>>())
                }
                None => requirement.scopes.push((scheme, scopes.clone())),
            }
        }
    }
    requirement
}
