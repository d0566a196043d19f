//! Unions: enums that keep variants which they do not know.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, ty};
use crate::ir::{Tag, TypeId, Union};

pub(super) fn union(cx: Context<'_>, id: TypeId, shape: &Union) -> TokenStream {
    let names = cx.names.of_type(id);
    let (docs, name) = (docs::of_type(cx, id), &names.name);
    let variants = shape.variants.iter().zip(&names.members).map(|(variant, name)| {
        let docs = docs::of_text(&variant.docs, &format!("The variant {}.", docs::code(&variant.name)));
        let ty = ty::held(cx, id, &variant.ty);
        let (tags, text) = (&variant.tags, &variant.name);
        let value = match &shape.tag {
            Tag::Property(_) | Tag::Event => quote!(#(#tags)|*),
            Tag::Form => quote!(#text),
        };
        quote!(#docs #name(#ty) = #value,)
    });
    let tag = match &shape.tag {
        Tag::Property(property) => Some(quote!(tag! { #property })),
        Tag::Event | Tag::Form => None,
    };
    quote! {
        #docs
        pub enum #name { #(#variants)* }
        #tag
    }
}
