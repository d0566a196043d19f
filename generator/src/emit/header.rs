//! The headers of answers: one static each, however many operations have it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, features, ty};
use crate::ir::{HeaderField, HeaderShape};
use crate::markdown::Target;

/// `headers.rs`.
pub(super) fn module(cx: Context<'_>) -> TokenStream {
    let statics = cx.facts.headers.iter().zip(&cx.names.headers).map(|((header, _), name)| {
        let (wire, ty) = (&header.wire, ty::absolute(cx, &header.ty));
        let value = match header.shape {
            HeaderShape::Text => quote!(Header::text(#wire)),
            HeaderShape::List => quote!(Header::list(#wire)),
            HeaderShape::Object { explode } => quote!(Header::object(#wire, #explode)),
            HeaderShape::Json => quote!(Header::json(#wire)),
        };
        let (docs, conditions) = (documentation(header), features::of_type(cx, &header.ty));
        quote! {
            #docs
            #(#conditions)*
            pub static #name: Header<#ty> = #value;
        }
    });
    let statics: Vec<TokenStream> = statics.collect();
    let is_runtime_named = statics.iter().any(|item| ty::names(item, "runtime"));
    let runtime = is_runtime_named.then(|| quote!(self,));
    quote! {
        //! The headers of answers that the API describes, for `Response::header` and `Error::header`.

        use crate::runtime::{#runtime Header};

        #(#statics)*
    }
}

fn documentation(header: &HeaderField) -> TokenStream {
    let always = if header.required { ", which is always there" } else { "" };
    let name = format!("The header {}{always}.", docs::code(&header.wire));
    let text = docs::paragraphs(&header.docs, &[docs::facts(&header.docs), name], Target::Rustdoc);
    let (docs, deprecated) = (docs::attributes(&text), docs::deprecated(&header.docs));
    quote!(#docs #deprecated)
}
