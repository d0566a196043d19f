//! Enumerations: enums that keep values which they do not list.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::{Context, docs, ty};
use crate::ir::{Enumeration, Literal, Repr, TypeId};

pub(super) fn enumeration(cx: Context<'_>, id: TypeId, shape: &Enumeration) -> TokenStream {
    let names = cx.names.of_type(id);
    let (docs, name) = (docs::of_type(cx, id), &names.name);
    let variants = shape.values.iter().zip(&names.members).map(|(value, variant)| {
        let docs = docs::of_text(&value.docs, &format!("The value {}.", docs::code(&docs::json(&value.value))));
        quote!(#docs #variant,)
    });
    let values = shape.values.iter().map(|value| token(&value.value));
    let members = &names.members;
    let table = quote!(#name { #(#members = #values),* });
    let string = ty::std(cx, "String");
    let (derives, other, codec) = match shape.repr {
        Repr::String => (quote!(, Eq, Hash), string, quote!(runtime::string_enumerations! { #table })),
        Repr::Integer(_) => (quote!(, Eq, Hash), quote!(i64), quote!(runtime::integer_enumerations! { #table })),
        Repr::Mixed => (TokenStream::new(), quote!(runtime::Json), quote!(runtime::enumerations! { #table })),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that the description does not list, as it was received."]
            UnknownValue(#other),
        }

        #codec
    }
}

/// A value as the macros take it.
fn token(value: &Literal) -> TokenStream {
    match value {
        Literal::String(text) => quote!(#text),
        Literal::Bool(value) => quote!(#value),
        Literal::Float(value) => {
            let value = Token::f64_unsuffixed(*value);
            quote!(#value)
        }
        Literal::Integer(value) => {
            let value = Token::i128_unsuffixed(*value);
            quote!(#value)
        }
        Literal::Null | Literal::List(_) | Literal::Map(_) => quote!(""),
    }
}
