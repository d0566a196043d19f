//! Enumerations: enums that keep values which they do not list.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::{Context, docs, ty};
use crate::ir::{Enumeration, EnumerationValue, Literal, Repr, TypeId};

pub(super) fn enumeration(cx: Context<'_>, id: TypeId, shape: &Enumeration) -> TokenStream {
    let names = cx.names.of_type(id);
    let (docs, name) = (docs::of_type(cx, id), &names.name);
    let variants = shape.values.iter().zip(&names.members).map(|(value, variant)| {
        let docs = docs::of_text(&value.docs, &format!("The value {}.", docs::code(&docs::json(&value.value))));
        quote!(#docs #variant,)
    });
    let string = ty::std(cx, "String");
    let other = match shape.repr {
        Repr::String => string,
        Repr::Integer(_) => quote!(i64),
    };
    let codec = match shape.repr {
        Repr::String => strings(cx, id, shape),
        Repr::Integer(_) => integers(cx, id, shape),
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that the description does not list, as it was received."]
            UnknownValue(#other),
        }

        #codec
    }
}

fn strings(cx: Context<'_>, id: TypeId, shape: &Enumeration) -> TokenStream {
    let names = cx.names.of_type(id);
    let (name, variants) = (&names.name, &names.members);
    let texts: Vec<&str> = shape.values.iter().map(text).collect();
    quote! {
        impl runtime::StringEnumeration for #name {
            fn from_wire(text: &str) -> Self {
                match text {
                    #(#texts => Self::#variants,)*
                    other => Self::UnknownValue(other.to_owned()),
                }
            }

            fn as_wire(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::UnknownValue(text) => text,
                }
            }
        }

        runtime::string_enumerations! { #name }
    }
}

fn text(value: &EnumerationValue) -> &str {
    match &value.value {
        Literal::String(text) => text,
        _ => "",
    }
}

fn integers(cx: Context<'_>, id: TypeId, shape: &Enumeration) -> TokenStream {
    let names = cx.names.of_type(id);
    let (name, variants) = (&names.name, &names.members);
    let numbers: Vec<Token> = shape
        .values
        .iter()
        .map(|value| match value.value {
            Literal::Integer(number) => Token::i128_unsuffixed(number),
            _ => Token::i128_unsuffixed(0),
        })
        .collect();
    quote! {
        impl runtime::IntegerEnumeration for #name {
            fn from_wire(number: i64) -> Self {
                match number {
                    #(#numbers => Self::#variants,)*
                    other => Self::UnknownValue(other),
                }
            }

            fn as_wire(&self) -> i64 {
                match self {
                    #(Self::#variants => #numbers,)*
                    Self::UnknownValue(number) => *number,
                }
            }
        }

        runtime::integer_enumerations! { #name }
    }
}
