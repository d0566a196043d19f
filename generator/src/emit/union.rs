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
    let result = ty::std(cx, "Result");
    let (decode, encode) = match &shape.tag {
        Tag::Property(property) => by_property(cx, id, shape, property),
        Tag::Form => by_form(cx, id, shape),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A variant that the description does not list, as it was received."]
            UnknownVariant(runtime::Json),
        }

        impl runtime::Union for #name {
            fn decode(value: runtime::Value<'_>) -> #result<Self, runtime::DecodeError> {
                #decode
            }

            fn encode(&self) -> runtime::Value<'_> {
                match self {
                    #encode
                    Self::UnknownVariant(value) => runtime::Encode::encode(value),
                }
            }
        }

        runtime::unions! { #name }
    }
}

fn by_property(cx: Context<'_>, id: TypeId, shape: &Union, property: &str) -> (TokenStream, TokenStream) {
    let names = &cx.names.of_type(id).members;
    let tags = shape.variants.iter().map(|variant| {
        let tags = &variant.tags;
        quote!(#(Some(#tags))|*)
    });
    let first = shape.variants.iter().map(|variant| variant.tags.first().map_or("", String::as_str));
    let decode = quote! {
        match value.tag(#property) {
            #(#tags => runtime::Decode::decode(value).map(Self::#names),)*
            _ => Ok(Self::UnknownVariant(value.into_json())),
        }
    };
    (decode, quote!(#(Self::#names(value) => runtime::tagged(#property, #first, value),)*))
}

fn by_form(cx: Context<'_>, id: TypeId, shape: &Union) -> (TokenStream, TokenStream) {
    let names = &cx.names.of_type(id).members;
    let texts = shape.variants.iter().map(|variant| &variant.name);
    let decode = quote! {
        let mut trial = runtime::Trial::new(value);
        #(
            if let Some(value) = trial.attempt(#texts) {
                return Ok(Self::#names(value));
            }
        )*
        Ok(Self::UnknownVariant(trial.into_json()))
    };
    (decode, quote!(#(Self::#names(value) => runtime::Encode::encode(value),)*))
}
