//! Types as Rust writes them.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use quote::quote;

use super::{Context, format};
use crate::ir::walk;
use crate::ir::{Field, Float, Integer, Presence, Scalar, Tuple, Type, TypeId};

/// A type of the standard library's prelude: by its name alone, unless a model has that name.
pub(super) fn std(cx: Context<'_>, name: &str) -> TokenStream {
    let full = cx.names.is_model(name);
    match name {
        "Option" if full => quote!(::std::option::Option),
        "Option" => quote!(Option),
        "Vec" if full => quote!(::std::vec::Vec),
        "Vec" => quote!(Vec),
        "String" if full => quote!(::std::string::String),
        "String" => quote!(String),
        "Box" if full => quote!(::std::boxed::Box),
        "Box" => quote!(Box),
        "Into" if full => quote!(::std::convert::Into),
        "Into" => quote!(Into),
        _ if full => quote!(::std::result::Result),
        _ => quote!(Result),
    }
}

/// A type inside `models`.
pub(super) fn inner(cx: Context<'_>, ty: &Type) -> TokenStream {
    spell(cx, ty, None)
}

/// A type outside `models`.
pub(super) fn outer(cx: Context<'_>, ty: &Type) -> TokenStream {
    spell(cx, ty, Some(&quote!(models::)))
}

/// A type where nothing of `models` is imported.
pub(super) fn absolute(cx: Context<'_>, ty: &Type) -> TokenStream {
    spell(cx, ty, Some(&quote!(crate::models::)))
}

fn spell(cx: Context<'_>, ty: &Type, models: Option<&TokenStream>) -> TokenStream {
    match ty {
        Type::Named(id) => {
            let name = &cx.names.of_type(*id).name;
            quote!(#models #name)
        }
        Type::Scalar(scalar) => self::scalar(cx, *scalar),
        Type::List(item) => {
            let (vec, item) = (std(cx, "Vec"), spell(cx, item, models));
            quote!(#vec<#item>)
        }
        Type::Tuple(shape) => {
            let items = shape.items.as_ref().map(|items| spell(cx, items, models));
            tuple(shape, items, |place| spell(cx, place, models))
        }
        Type::Map(value) => {
            let (string, value) = (std(cx, "String"), spell(cx, value, models));
            quote!(std::collections::BTreeMap<#string, #value>)
        }
        Type::Nullable(inner) => {
            let (option, inner) = (std(cx, "Option"), spell(cx, inner, models));
            quote!(#option<#inner>)
        }
        Type::Any => quote!(runtime::Json),
        Type::Bytes => quote!(bytes::Bytes),
    }
}

/// A tuple whose places are spelled by `place`.
fn tuple(shape: &Tuple, items: Option<TokenStream>, place: impl Fn(&Type) -> TokenStream) -> TokenStream {
    let places = shape.places.iter().enumerate().map(|(index, ty)| {
        if index < shape.required {
            return place(ty);
        }
        let ty = place(without_null(ty));
        quote!(runtime::Maybe<#ty>)
    });
    let places = quote!((#(#places,)*));
    match items {
        Some(items) => quote!(runtime::Prefixed<#places, #items>),
        None => places,
    }
}

fn scalar(cx: Context<'_>, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => std(cx, "String"),
        Scalar::Bool => quote!(bool),
        Scalar::Integer(Integer::I8) => quote!(i8),
        Scalar::Integer(Integer::I16) => quote!(i16),
        Scalar::Integer(Integer::I32) => quote!(i32),
        Scalar::Integer(Integer::I64) => quote!(i64),
        Scalar::Integer(Integer::U8) => quote!(u8),
        Scalar::Integer(Integer::U16) => quote!(u16),
        Scalar::Integer(Integer::U32) => quote!(u32),
        Scalar::Integer(Integer::U64) => quote!(u64),
        Scalar::Float(Float::F32) => quote!(f32),
        Scalar::Float(Float::F64) => quote!(f64),
        Scalar::Text(text) => {
            let value = format::path(text);
            quote!(runtime::Formatted<#value>)
        }
        Scalar::UnixTime => quote!(std::time::SystemTime),
    }
}

/// A type that a value of `owner` holds directly: in a box where it would hold itself otherwise.
pub(super) fn held(cx: Context<'_>, owner: TypeId, ty: &Type) -> TokenStream {
    match ty {
        Type::Named(target) if cx.facts.boxed.contains(&(owner, *target)) => {
            let (of, target) = (std(cx, "Box"), inner(cx, ty));
            quote!(#of<#target>)
        }
        Type::Nullable(value) => {
            let (option, value) = (std(cx, "Option"), held(cx, owner, value));
            quote!(#option<#value>)
        }
        Type::Tuple(shape) => {
            let items = shape.items.as_ref().map(|items| inner(cx, items));
            tuple(shape, items, |place| held(cx, owner, place))
        }
        other => inner(cx, other),
    }
}

/// How a field says whether its value is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It always is.
    Plain,
    /// It may be null, and is always written.
    Nullable,
    /// It may be left out.
    Optional,
    /// It may be left out or null, and a caller must be able to say which.
    Three,
}

/// The states of a field.
pub(super) fn state(cx: Context<'_>, owner: TypeId, field: &Field) -> State {
    let null = matches!(field.ty, Type::Nullable(_));
    // Any JSON value includes null, which an `Option` would confuse with nothing.
    let any = walk::is_any(cx.api, &field.ty);
    match (&field.presence, null || any) {
        (Presence::Required | Presence::Preset(_), false) => State::Plain,
        (Presence::Required | Presence::Preset(_), true) if any => State::Plain,
        (Presence::Required | Presence::Preset(_), true) => State::Nullable,
        (_, true) if cx.facts.sent.contains(&owner) => State::Three,
        (_, _) => State::Optional,
    }
}

/// The type of the value of a field, null and absence aside.
pub(super) fn value(cx: Context<'_>, owner: TypeId, field: &Field) -> TokenStream {
    held(cx, owner, without_null(&field.ty))
}

/// A type without null among its values.
pub(super) fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

/// What tokens may mention.
#[derive(Clone, Copy)]
pub(super) enum Mention {
    /// Something by that name alone, not as a part of another module.
    Name(&'static str),
    /// A path that goes through a module of that name.
    Module(&'static str),
}

/// Whether tokens name something by that name alone.
pub(super) fn names(tokens: &TokenStream, name: &'static str) -> bool {
    mentions(tokens.clone(), [Mention::Name(name)]).1 == [true]
}

/// The tokens again, and which of `wanted` they mention. To look into tokens that somebody else holds means to copy each
/// of them.
pub(super) fn mentions<const N: usize>(tokens: TokenStream, wanted: [Mention; N]) -> (TokenStream, [bool; N]) {
    let mut found = [false; N];
    let tokens = look(tokens, &wanted, &mut found);
    (tokens, found)
}

fn look<const N: usize>(tokens: TokenStream, wanted: &[Mention; N], found: &mut [bool; N]) -> TokenStream {
    let mut colons = 0;
    let mut before = [false; N];
    let one = |tree| {
        let behind = std::mem::replace(&mut before, [false; N]);
        let separators = std::mem::take(&mut colons);
        match tree {
            TokenTree::Group(group) => {
                let (delimiter, span, inside) = (group.delimiter(), group.span(), group.stream());
                // Now the tokens inside have no other owner.
                drop(group);
                let mut group = Group::new(delimiter, look(inside, wanted, found));
                group.set_span(span);
                return TokenTree::Group(group);
            }
            TokenTree::Ident(ref ident) => {
                for ((wanted, found), before) in wanted.iter().zip(found.iter_mut()).zip(&mut before) {
                    match wanted {
                        Mention::Name(name) => *found |= separators < 2 && ident == name,
                        Mention::Module(name) => *before = ident == name,
                    }
                }
            }
            TokenTree::Punct(ref punct) if punct.as_char() == ':' => {
                colons = separators + 1;
                if punct.spacing() == Spacing::Joint {
                    found.iter_mut().zip(behind).for_each(|(found, behind)| *found |= behind);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        tree
    };
    tokens.into_iter().map(one).collect()
}
