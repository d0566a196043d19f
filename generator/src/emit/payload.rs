//! Payloads: one static each, by which a receiver reads what the server sends on its own.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, ty};
use crate::ir::{Cause, Docs, Payload, Representation};
use crate::markdown;

/// `payloads.rs`.
pub(super) fn module(cx: Context<'_>) -> TokenStream {
    let statics = cx.api.payloads.iter().map(|(id, payload)| {
        let (name, ty) = (&cx.names.of_payload(id).constant, ty::absolute(cx, &payload.content.ty));
        let (key, method) = (&payload.key, &payload.method);
        let form = match payload.content.representation {
            Representation::Text => quote!(text),
            _ => quote!(json),
        };
        let docs = documentation(cx, payload);
        quote! {
            #docs
            pub static #name: Payload<#ty> = Payload::#form(#key, #method);
        }
    });
    let statics: Vec<TokenStream> = statics.collect();
    let is_runtime_named = statics.iter().any(|item| ty::names(item, "runtime"));
    let runtime = is_runtime_named.then(|| quote!(self,));
    quote! {
        //! What the API sends on its own, for receivers of webhooks and callbacks: `payloads::NAME.read(body)?`.

        use crate::runtime::{#runtime Payload};

        #(#statics)*
    }
}

/// One sentence; the page has the rest.
fn documentation(cx: Context<'_>, payload: &Payload) -> TokenStream {
    let Docs { summary, description, .. } = &payload.docs;
    // GitHub's summaries say at length what their descriptions say in a sentence.
    let short = summary.as_ref().filter(|text| !text.contains('\n'));
    let about = short.or(description.as_ref()).or(summary.as_ref());
    let about = about.map(|text| docs::line(&markdown::summary(text))).filter(|text| !text.is_empty());
    let text: Vec<String> = about.into_iter().chain([cause(cx, payload)]).collect();
    let (docs, deprecated) = (docs::attributes(&text.join("\n\n")), docs::deprecated(&payload.docs));
    quote!(#docs #deprecated)
}

/// What brings it about.
pub(super) fn cause(cx: Context<'_>, payload: &Payload) -> String {
    let key = docs::code(&payload.key);
    match &payload.cause {
        Cause::Webhook => format!("The webhook {key}."),
        Cause::Callback { operation, to } => {
            let operation = &cx.api.operations[*operation];
            let request = docs::code(&format!("{} {}", operation.method, docs::path(&operation.path)));
            format!("The callback {key} of {request}, sent to {}.", docs::code(to))
        }
    }
}
