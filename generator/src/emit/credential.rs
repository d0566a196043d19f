//! The methods of the builder that take credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::ir::{AuthScheme, Flow, KeyPlace, SchemeId, SchemeKind};
use crate::markdown::Target;
use crate::name::Ident;

/// The methods for one way to authenticate.
pub(super) fn methods(cx: Context<'_>, id: SchemeId) -> TokenStream {
    let scheme = &cx.api.schemes[id];
    let names = cx.names.of_scheme(id);
    let (method, key) = (&names.method, &scheme.key);
    let docs = documentation(scheme);
    let (arguments, credential) = match &scheme.kind {
        SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            (quote!(token: impl Into<String>), quote!(Credential::bearer(token)))
        }
        SchemeKind::Basic => (quote!(user: &str, password: &str), quote!(Credential::basic(user, password))),
        SchemeKind::Http(name) => (quote!(value: impl Into<String>), quote!(Credential::authorization(#name, value))),
        SchemeKind::ApiKey(place, name) => {
            let place = match place {
                KeyPlace::Header => quote!(header),
                KeyPlace::Query => quote!(query),
                KeyPlace::Cookie => quote!(cookie),
            };
            (quote!(key: impl Into<String>), quote!(Credential::#place(#name, key)))
        }
        SchemeKind::MutualTls => {
            return quote! {
                #docs
                pub fn #method(self, transport: impl Transport) -> Self {
                    self.transport(transport).credential(#key, Credential::connection())
                }
            };
        }
    };
    let client = scheme.client_credentials().map(|flow| {
        let method = &names.client;
        client_credentials(key, method, flow)
    });
    quote! {
        #docs
        pub fn #method(self, #arguments) -> Self {
            self.credential(#key, #credential)
        }

        #client
    }
}

fn documentation(scheme: &AuthScheme) -> TokenStream {
    let key = docs::code(&scheme.key);
    let (what, more) = match &scheme.kind {
        SchemeKind::Bearer(format) => {
            let format = format.as_ref().map(|format| format!("Format: {}.", docs::code(format)));
            ("The bearer token", format.unwrap_or_default())
        }
        SchemeKind::Basic => ("The user and password", String::new()),
        SchemeKind::Http(_) => ("What stands behind the scheme in `Authorization`,", String::new()),
        SchemeKind::ApiKey(..) => ("The key", String::new()),
        SchemeKind::OAuth2(_) => {
            ("The token", "A [`TokenProvider`](crate::TokenProvider) fetches tokens by a flow of its own.".to_owned())
        }
        SchemeKind::OpenIdConnect(url) if url.is_empty() => ("The token", String::new()),
        SchemeKind::OpenIdConnect(url) => ("The token", format!("OpenID Connect: {}.", docs::code(url))),
        SchemeKind::MutualTls => ("The transport that shows the client's certificate,", String::new()),
    };
    let what = format!("{what} for operations that ask for {key}.");
    docs::attributes(&docs::paragraphs(&scheme.docs, &[what, more], Target::Rustdoc))
}

/// What a way to authenticate is, in words, and the arguments of its method.
pub(super) fn summary(scheme: &AuthScheme) -> (String, &'static str) {
    match &scheme.kind {
        SchemeKind::Bearer(None) => ("HTTP bearer token".to_owned(), "token"),
        SchemeKind::Bearer(Some(format)) => (format!("HTTP bearer token, {}", docs::code(format)), "token"),
        SchemeKind::Basic => ("HTTP basic authentication".to_owned(), "user, password"),
        SchemeKind::Http(name) => (format!("the HTTP scheme {}", docs::code(name)), "value"),
        SchemeKind::ApiKey(place, name) => {
            let place = match place {
                KeyPlace::Header => "header",
                KeyPlace::Query => "query parameter",
                KeyPlace::Cookie => "cookie",
            };
            (format!("key in the {place} {}", docs::code(name)), "key")
        }
        SchemeKind::OAuth2(_) => ("OAuth 2".to_owned(), "token"),
        SchemeKind::OpenIdConnect(_) => ("OpenID Connect".to_owned(), "token"),
        SchemeKind::MutualTls => ("client certificate".to_owned(), "transport"),
    }
}

/// The step of an example that gives the credential.
pub(super) fn example(cx: Context<'_>, id: SchemeId) -> TokenStream {
    let name = &cx.names.of_scheme(id).method;
    match &cx.api.schemes[id].kind {
        SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            quote!(.#name(std::env::var("TOKEN")?))
        }
        SchemeKind::Basic => quote!(.#name(&std::env::var("API_USER")?, &std::env::var("API_PASSWORD")?)),
        SchemeKind::Http(_) => quote!(.#name(std::env::var("API_CREDENTIALS")?)),
        SchemeKind::ApiKey(..) => quote!(.#name(std::env::var("API_KEY")?)),
        // A certificate takes more than a line; the documentation of the method says where it goes.
        SchemeKind::MutualTls => TokenStream::new(),
    }
}

/// The client fetches tokens by itself. Without an absolute URL of the description, the caller gives one.
fn client_credentials(key: &str, method: &Ident, flow: &Flow) -> TokenStream {
    let scopes = flow.scopes.iter().map(|(scope, text)| {
        let text = docs::line(text);
        let colon = if text.is_empty() { "" } else { ": " };
        format!("* {}{colon}{text}", docs::code(scope))
    });
    let about = "Fetches tokens by itself, as the client of this id and secret, and renews them. Without any `scopes` it gets all that it may have.";
    let list = scopes.collect::<Vec<_>>().join("\n");
    let list = if list.is_empty() { list } else { format!("Scopes:\n\n{list}") };
    let docs = docs::attributes(&[about.to_owned(), list].join("\n\n").trim_end().replace("\n\n\n", "\n\n"));
    let url = flow.token_url.as_deref().filter(|url| super::client::is_absolute(url));
    let (argument, url) = match url {
        Some(url) => (None, quote!(#url)),
        None => (Some(quote!(token_url: impl Into<String>,)), quote!(token_url.into())),
    };
    quote! {
        #docs
        pub fn #method(
            self,
            #argument
            id: impl Into<String>,
            secret: impl Into<String>,
            scopes: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            let client = runtime::ClientCredentials::new(#url, id, secret).scopes(scopes);
            self.credential(#key, Credential::tokens(client))
        }
    }
}
