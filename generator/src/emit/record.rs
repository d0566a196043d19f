//! Records: structs, how they become JSON, and how a caller makes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::State;
use super::{Context, docs, ty};
use crate::ir::{Field, Fixed, Presence, Record, Rest, Scalar, Type, TypeId};
use crate::name::Ident;

pub(super) fn record(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let docs = docs::of_type(cx, id);
    let fields = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let (docs, ty, codec) = (docs::of_field(field, name), field_type(cx, id, field), codec(cx, id, field, name));
        quote!(#docs pub #name: #ty #codec,)
    });
    let sections = sections(cx, id, record);
    quote! {
        #docs
        pub struct #name { #(#fields)* }

        #sections
    }
}

/// How the field is read and written, where that does not follow from its name.
fn codec(cx: Context<'_>, id: TypeId, field: &Field, name: &Ident) -> TokenStream {
    let wire = &field.wire;
    let null = (ty::state(cx, id, field) == State::Nullable).then(|| quote!(as null));
    let secret = field.secret.then(|| quote!(as secret));
    if null.is_none() && secret.is_none() && name.as_str() == wire {
        return TokenStream::new();
    }
    quote!(= #wire #null #secret)
}

/// What a record has beside its fields, as `records!` takes it.
fn sections(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let constants = (!record.constants.is_empty()).then(|| {
        let keys = record.constants.iter().map(|constant| &constant.wire);
        let values = record.constants.iter().map(|constant| literal(&constant.value));
        let optional = record.constants.iter().map(|constant| (!constant.required).then(|| quote!(maybe)));
        quote!(constants! { #(#keys #optional: #values),* })
    });
    let kind = names.kind.as_ref().zip(record.kind.as_ref()).map(|(name, ty)| {
        let ty = ty::held(cx, id, ty);
        quote! {
            flattened! {
                #[doc = " What varies: its properties stand beside the others."]
                pub #name: #ty
            }
        }
    });
    let rest = names.rest.as_ref().zip(kept(record)).map(|(name, ty)| {
        let (string, ty) = (ty::std(cx, "String"), ty::inner(cx, ty));
        quote! {
            rest! {
                #[doc = " Properties that the description does not name."]
                pub #name: std::collections::BTreeMap<#string, #ty>
            }
        }
    });
    quote!(#constants #kind #rest)
}

fn kept(record: &Record) -> Option<&Type> {
    match &record.rest {
        Rest::Kept(ty) => Some(ty),
        Rest::Ignored | Rest::Closed => None,
    }
}

fn field_type(cx: Context<'_>, id: TypeId, field: &Field) -> TokenStream {
    let value = ty::value(cx, id, field);
    match ty::state(cx, id, field) {
        State::Plain => value,
        State::Nullable | State::Optional => {
            let option = ty::std(cx, "Option");
            quote!(#option<#value>)
        }
        State::Three => quote!(runtime::Maybe<#value>),
    }
}

/// The fields that a caller must give, with their names.
pub(super) fn required<'a>(
    cx: Context<'a>,
    id: TypeId,
    record: &'a Record,
) -> impl Iterator<Item = (&'a Field, &'a Ident)> {
    let fields = record.fields.iter().zip(&cx.names.of_type(id).members);
    fields.filter(move |(field, _)| {
        let preset = matches!(field.presence, Presence::Preset(_));
        !preset && matches!(ty::state(cx, id, field), State::Plain | State::Nullable)
    })
}

/// What `new` takes and what setters are for, as `setters!` takes it; nothing for a record that is only received.
pub(super) fn setters(cx: Context<'_>, id: TypeId, record: &Record) -> Option<TokenStream> {
    if !cx.facts.sent.contains(&id) {
        return None;
    }
    let names = cx.names.of_type(id);
    let name = &names.name;
    let required = required(cx, id, record).map(|(field, name)| {
        let ty = argument(cx, &field.ty, || field_type(cx, id, field));
        quote!(#name: #ty)
    });
    let kind = names.kind.as_ref().zip(record.kind.as_ref()).map(|(name, ty)| {
        let value = ty::held(cx, id, ty::without_null(ty));
        (matches!(ty, Type::Nullable(_)), quote!(#name: #value))
    });
    let (kind_option, kind) = kind.into_iter().partition::<Vec<_>, _>(|(is_optional, _)| *is_optional);
    let required = required.chain(kind.into_iter().map(|(_, kind)| kind));
    let mut optional: Vec<_> = kind_option.into_iter().map(|(_, kind)| kind).collect();
    let (mut maybe, mut preset) = (Vec::new(), Vec::new());
    for (field, name) in record.fields.iter().zip(&names.members) {
        let value = || ty::value(cx, id, field);
        match (&field.presence, ty::state(cx, id, field)) {
            (Presence::Preset(value), _) => preset.push(quote!(#name: #value)),
            (_, State::Plain | State::Nullable) => {}
            (_, State::Optional) => {
                let ty = argument(cx, &field.ty, value);
                optional.push(quote!(#name: #ty));
            }
            (_, State::Three) => {
                let ty = value();
                maybe.push(quote!(#name: #ty));
            }
        }
    }
    let optional = (!optional.is_empty()).then(|| quote!({ #(#optional),* }));
    let maybe = (!maybe.is_empty()).then(|| quote!(maybe { #(#maybe),* }));
    let preset = (!preset.is_empty()).then(|| quote!(preset { #(#preset),* }));
    let rest = names.rest.as_ref().map(|name| quote!(rest { #name }));
    Some(quote!(impl #name(#(#required),*) #optional #maybe #preset #rest))
}

/// A string may be given in any form that becomes one.
fn argument(cx: Context<'_>, ty: &Type, otherwise: impl FnOnce() -> TokenStream) -> TokenStream {
    match ty {
        Type::Scalar(Scalar::String) => {
            let (into, string) = (ty::std(cx, "Into"), ty::std(cx, "String"));
            quote!(impl #into<#string>)
        }
        _ => otherwise(),
    }
}

/// A constant as the runtime's values are made from.
fn literal(value: &Fixed) -> TokenStream {
    match value {
        Fixed::String(text) => quote!(#text),
        Fixed::Bool(value) => quote!(#value),
        Fixed::Integer(value) => quote!(#value),
        Fixed::Float(value) => quote!(#value),
    }
}
