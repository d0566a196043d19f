//! Enumerations: enums that keep values which they do not list.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::{Context, docs};
use crate::ir::{Enumeration, Literal, TypeId};

pub(super) fn enumeration(cx: Context<'_>, id: TypeId, shape: &Enumeration) -> TokenStream {
    let names = cx.names.of_type(id);
    let (docs, name) = (docs::of_type(cx, id), &names.name);
    let variants = shape.values.iter().zip(&names.members).map(|(value, variant)| {
        let docs = docs::of_text(&value.docs, &otherwise(&value.value));
        let value = token(&value.value);
        quote!(#docs #variant = #value,)
    });
    quote! {
        #docs
        pub enum #name { #(#variants)* }
    }
}

/// What is said of a value that the description only lists: nothing where it is safe inside a sentence that the macros
/// make of it.
fn otherwise(value: &Literal) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/ ".contains(c);
    match value {
        Literal::String(text) if !text.chars().all(is_plain) => {
            format!("The value {}.", docs::code(&docs::json(value)))
        }
        _ => String::new(),
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
