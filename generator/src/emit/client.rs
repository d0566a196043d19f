//! The root of the crate and what the client of this API adds to the one of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::ir::SchemeKind;
use crate::markdown::Target;

/// `lib.rs`.
pub(super) fn root(cx: Context<'_>) -> TokenStream {
    let title = format!("Client for {}, version {}.", docs::line(&cx.api.title), docs::line(&cx.api.version));
    let about = docs::paragraphs(&cx.api.docs, &[], Target::Rustdoc);
    let usage = "A [`Client`] comes from [`Client::builder`]. Its methods lead to groups of operations; a call is awaited, or \
                 sent by `send` for its status and headers. README.md has an example of each.";
    let text = [title, about, usage.to_owned()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let docs = docs::inner_attributes(&text.join("\n\n"));
    let modules = cx.api.groups.ids().map(|id| &cx.names.of_group(id).module);
    quote! {
        #docs
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]

        mod client;
        pub mod models;
        pub mod runtime;
        #(pub mod #modules;)*

        pub use runtime::{
            Client, ClientBuilder, Credential, DecodeError, Error, ErrorKind, Json, Maybe, OperationError, Response,
            Transport,
        };
    }
}

/// `client.rs`.
pub(super) fn client(cx: Context<'_>) -> TokenStream {
    let title = &cx.api.title;
    let server = cx.api.servers.iter().map(|server| server.url.as_str()).find(|url| is_absolute(url));
    let server = match server {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let agent = format!("{}/{}", cx.config.crate_name(), cx.config.package.version);
    let credentials: Vec<TokenStream> = cx
        .api
        .schemes
        .iter()
        .map(|(id, scheme)| {
            let (name, key) = (cx.names.of_scheme(id), &scheme.key);
            let SchemeKind::Bearer(format) = &scheme.kind;
            let format = format.as_ref().map(|format| format!("Format: {}.", docs::code(format)));
            let what = format!("The bearer token for operations that ask for {}.", docs::code(key));
            let docs =
                docs::attributes(&docs::paragraphs(&scheme.docs, &[what, format.unwrap_or_default()], Target::Rustdoc));
            quote! {
                #docs
                pub fn #name(self, token: impl Into<String>) -> Self {
                    self.credential(#key, Credential::bearer(token))
                }
            }
        })
        .collect();
    let builder = (!credentials.is_empty()).then(|| {
        quote! {
            impl ClientBuilder {
                #(#credentials)*
            }
        }
    });
    let import = if credentials.is_empty() {
        quote!(
            use crate::runtime::{Api, Client, ClientBuilder};
        )
    } else {
        quote!(
            use crate::runtime::{Api, Client, ClientBuilder, Credential};
        )
    };
    quote! {
        //! The client: how it is built, and what it sends to prove who calls.

        #import

        impl Client {
            /// Starts to build a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }
        }

        #builder

        static API: Api = Api { title: #title, server: #server, user_agent: #agent };
    }
}

/// A relative URL leads nowhere without the place of the description.
pub(super) fn is_absolute(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['{', '}'])
}
