//! The root of the crate and what the client of this API adds to the one of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, credential, docs, features, runtime, ty};
use crate::ir::Api;
use crate::markdown::Target;
use crate::name;

/// `lib.rs`.
pub(super) fn root(cx: Context<'_>) -> TokenStream {
    let title = format!("Client for {}, version {}.", docs::line(&cx.api.title), docs::line(&cx.api.version));
    let about = docs::paragraphs(&cx.api.docs, &[], Target::Rustdoc);
    let usage = "A [`Client`] comes from [`Client::builder`]. Its methods lead to groups of operations; a call is awaited, or \
                 sent by `send` for its status and headers. README.md has an example of each.";
    let text = [title, about, usage.to_owned()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let docs = docs::inner_attributes(&text.join("\n\n"));
    let exports = runtime::exports(cx.api).into_iter().map(name::of_runtime);
    let modules = cx.api.groups.ids().map(|id| {
        let (condition, module) = (features::of_group(cx, id), &cx.names.of_group(id).module);
        quote!(#condition pub mod #module;)
    });
    let headers = runtime::has_headers(cx.api).then(|| {
        quote!(
            pub mod headers;
        )
    });
    let payloads = (!cx.api.payloads.is_empty()).then(|| {
        let feature = features::PAYLOADS;
        quote!(
            #[cfg(feature = #feature)]
            pub mod payloads;
        )
    });
    let limit = recursion_limit(cx.facts.nesting).map(|limit| quote!(#![recursion_limit = #limit]));
    quote! {
        #docs
        #limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]

        mod client;
        #headers
        pub mod models;
        #payloads
        pub mod runtime;
        #(#modules)*

        pub use runtime::{#(#exports),*};
    }
}

/// How many steps the compiler must be allowed where types hold each other deeper than it expects: it asks of each type
/// what it asks of those that hold it, and rustdoc of all of them.
fn recursion_limit(nesting: usize) -> Option<String> {
    const USUAL: usize = 128;
    // What surrounds a type: the future of a call, its answer and its error.
    const AROUND: usize = 32;
    let needed = nesting.saturating_add(AROUND);
    (needed > USUAL).then(|| needed.next_power_of_two().to_string())
}

/// `client.rs`.
pub(super) fn client(cx: Context<'_>) -> TokenStream {
    let title = &cx.api.title;
    let server = match default_server(cx) {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let servers = has_servers(cx.api).then(|| super::server::functions(cx));
    let agent = format!("{}/{}", cx.config.crate_name(), cx.config.package.version);
    let credentials: Vec<TokenStream> = cx.api.schemes.ids().map(|id| credential::methods(cx, id)).collect();
    let builder = (!credentials.is_empty()).then(|| {
        quote! {
            impl ClientBuilder {
                #(#credentials)*
            }
        }
    });
    let credential = builder.is_some().then(|| quote!(Credential,));
    let transport = builder.as_ref().is_some_and(|items| ty::names(items, "Transport")).then(|| quote!(Transport,));
    let is_runtime_named = [&builder, &servers].into_iter().flatten().any(|items| ty::names(items, "runtime"));
    let runtime = is_runtime_named.then(|| quote!(self,));
    let server_type = servers.is_some().then(|| quote!(Server,));
    let import = quote!(
        use crate::runtime::{#runtime Api, Client, ClientBuilder, #credential #server_type #transport};
    );
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

        #servers

        static API: Api = Api { title: #title, server: #server, user_agent: #agent };
    }
}

/// The URL that requests go to unless the caller says otherwise: that of the first server that needs no other place to be
/// found from, else what is known of the first one.
pub(super) fn default_server(cx: Context<'_>) -> Option<String> {
    let urls: Vec<String> = cx.api.servers.iter().map(crate::ir::Server::default_url).collect();
    let absolute = urls.iter().find(|url| is_absolute(url));
    absolute.or(urls.iter().find(|url| *url != "/")).cloned()
}

/// Whether there is something to choose about servers.
pub(super) fn has_servers(api: &Api) -> bool {
    api.servers.len() > 1 || api.servers.iter().any(|server| !server.variables.is_empty())
}

/// A relative URL leads nowhere without the place of the description.
pub(super) fn is_absolute(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['{', '}'])
}
