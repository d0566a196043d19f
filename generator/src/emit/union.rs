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
        quote!(#docs #name(#ty),)
    });
    let names = &names.members;
    let codec = match &shape.tag {
        Tag::Property(property) => {
            let tags = shape.variants.iter().map(|variant| {
                let tags = &variant.tags;
                quote!(#(#tags)|*)
            });
            quote!(runtime::tagged_unions! { #name by #property { #(#names: #tags),* } })
        }
        Tag::Form => {
            let texts = shape.variants.iter().map(|variant| &variant.name);
            quote!(runtime::unions! { #name { #(#names: #texts),* } })
        }
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that fits no variant of the description, as it was received."]
            UnknownVariant(runtime::Unknown),
        }

        #codec
    }
}
