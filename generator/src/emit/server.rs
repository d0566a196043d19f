//! Servers: the functions that give those of the API, and the statics with those that operations have of their own.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::ir::{OperationId, Server, ServerVariable};
use crate::markdown::Target;
use crate::name::Ident;

/// The functions that give the servers of the API, and the methods that set their variables.
pub(super) fn functions(cx: Context<'_>) -> TokenStream {
    let functions = cx.api.servers.iter().zip(&cx.names.servers).map(|(server, name)| {
        let text = docs::paragraphs(&server.docs, &[docs::code(&server.url)], Target::Rustdoc);
        let (docs, url, variables) = (docs::attributes(&text), &server.url, variables(server));
        quote! {
            #docs
            pub fn #name() -> Self {
                Self::new(#url, #variables)
            }
        }
    });
    let methods = cx.names.server_variables.iter().map(|(variable, name)| {
        let docs = docs::attributes(&about(cx, variable));
        quote! {
            #docs
            pub fn #name(self, #name: impl Into<String>) -> Self {
                self.variable(#variable, #name)
            }
        }
    });
    quote! {
        impl Server {
            #(#functions)*
            #(#methods)*
        }
    }
}

/// What a variable is, and in which servers.
fn about(cx: Context<'_>, name: &str) -> String {
    let servers = cx.api.servers.iter().zip(&cx.names.servers);
    let held = servers.filter_map(|(server, function)| {
        let variable = server.variables.iter().find(|variable| variable.name == name)?;
        Some((variable, function))
    });
    let held: Vec<(&ServerVariable, &Ident)> = held.collect();
    let servers: Vec<String> = held.iter().map(|(_, function)| format!("[`Server::{function}`]")).collect();
    let facts = held.first().map(|(variable, _)| facts(variable)).unwrap_or_default();
    let text = format!("The variable {} of {}.{facts}", docs::code(name), servers.join(", "));
    match held.first() {
        Some((variable, _)) => docs::paragraphs(&variable.docs, &[text], Target::Rustdoc),
        None => text,
    }
}

fn facts(variable: &ServerVariable) -> String {
    let values: Vec<String> = variable.values.iter().map(|value| docs::code(value)).collect();
    let values = if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
    match &variable.default {
        Some(default) if default.is_empty() => format!("{values} It is empty where it is left out."),
        Some(default) => format!("{values} It is {} where it is left out.", docs::code(default)),
        None => format!("{values} It must be set."),
    }
}

/// The servers that operations of a group have of their own.
pub(super) fn statics(cx: Context<'_>, operations: &[OperationId]) -> TokenStream {
    let mut known: Vec<&Ident> = Vec::new();
    let mut statics = Vec::new();
    for id in operations {
        let Some(name) = &cx.names.of_operation(*id).servers else { continue };
        if !known.contains(&name) {
            known.push(name);
            let urls = cx.api.operations[*id].servers.iter().map(url);
            statics.push(quote!(static #name: &[runtime::ServerUrl] = &[#(#urls),*];));
        }
    }
    quote!(#(#statics)*)
}

fn url(server: &Server) -> TokenStream {
    let (url, variables) = (&server.url, variables(server));
    quote!(runtime::ServerUrl { url: #url, variables: #variables })
}

fn variables(server: &Server) -> TokenStream {
    let variables = server.variables.iter().map(|ServerVariable { name, default, values, .. }| {
        let default = match default {
            Some(default) => quote!(Some(#default)),
            None => quote!(None),
        };
        quote!(runtime::ServerVariable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote!(&[#(#variables),*])
}

/// Where an operation with servers of its own is sent, as a sentence for readers.
pub(super) fn sentence(servers: &[Server]) -> String {
    let urls: Vec<String> = servers.iter().map(|server| docs::code(&server.url)).collect();
    match urls.as_slice() {
        [] => String::new(),
        [only] => format!("This operation has a server of its own: {only}."),
        all => format!("This operation has servers of its own: {}.", all.join(", ")),
    }
}
