//! Ways to authenticate, and what an operation demands of them.

use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Context;
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{AuthRequirement, AuthScheme, Docs, SchemeKind};
use crate::source::Pointer;

/// Lowers the ways to authenticate that the client can carry out; the others are reported where they are declared.
pub(super) fn lower_schemes(cx: &mut Context<'_, '_>) {
    let Some(components) = &cx.description.http.components else { return };
    let parent = Pointer::root().child("components").child("securitySchemes");
    for (key, scheme) in &components.security_schemes {
        let ReferenceOr::Item(scheme) = scheme else { continue };
        let origin = parent.child(key);
        let (kind, description) = match scheme {
            SecurityScheme::HTTP { scheme, bearer_format, description, .. }
                if scheme.eq_ignore_ascii_case("bearer") =>
            {
                (SchemeKind::Bearer(bearer_format.clone()), description)
            }
            // The token of either is sent as a bearer token; how the caller comes by it is the caller's matter.
            SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
                (SchemeKind::Bearer(None), description)
            }
            SecurityScheme::HTTP { scheme, .. } => {
                cx.diagnostics.push(catalog::unsupported_security(&origin, &format!("the HTTP scheme `{scheme}`")));
                continue;
            }
            SecurityScheme::APIKey { .. } => {
                cx.diagnostics.push(catalog::unsupported_security(&origin, "an API key"));
                continue;
            }
        };
        let docs = Docs { description: description.clone(), ..Docs::default() };
        let id = cx.api.schemes.push(AuthScheme { origin, docs, key: key.clone(), kind });
        cx.schemes.insert(key.clone(), id);
    }
}

/// What an operation demands: its own word, else that of the whole description. An alternative that needs a scheme which
/// the client cannot carry out is left out; it was reported where the scheme is declared.
pub(super) fn requirement(cx: &Context<'_, '_>, own: Option<&[SecurityRequirement]>) -> AuthRequirement {
    let all = own.or(cx.description.http.security.as_deref()).unwrap_or_default();
    let alternatives = all.iter().filter_map(|alternative| {
        alternative.keys().map(|key| cx.schemes.get(key).copied()).collect::<Option<Vec<_>>>()
    });
    AuthRequirement { alternatives: alternatives.collect() }
}
