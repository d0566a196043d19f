//! Records: structs, and how they become JSON.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::State;
use super::{Context, allowances, docs, many_arguments, ty};
use crate::ir::{Field, Fixed, Presence, Record, Rest, Scalar, Type, TypeId};

pub(super) fn record(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let docs = docs::of_type(cx, id);
    let fields = fields(cx, id, record);
    let default = (is_sent(cx, id) && is_blank(cx, id, record)).then(|| quote!(, Default));
    let construction = is_sent(cx, id).then(|| construction(cx, id, record));
    let codec = codec(cx, id, record);
    quote! {
        #docs
        #[derive(Clone #default)]
        #[non_exhaustive]
        pub struct #name { #fields }

        #construction

        runtime::records! { #codec }
    }
}

fn is_sent(cx: Context<'_>, id: TypeId) -> bool {
    cx.facts.sent.contains(&id)
}

fn fields(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let fields = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let (docs, ty) = (docs::of_field(field), field_type(cx, id, field));
        quote!(#docs pub #name: #ty,)
    });
    let kind = names.kind.as_ref().zip(record.kind.as_ref()).map(|(name, ty)| {
        let ty = ty::held(cx, id, ty);
        quote! {
            #[doc = " What varies: its properties stand beside the others."]
            pub #name: #ty,
        }
    });
    let rest = names.rest.as_ref().zip(kept(record)).map(|(name, ty)| {
        let (string, ty) = (ty::std(cx, "String"), ty::inner(cx, ty));
        quote! {
            #[doc = " Properties that the description does not name."]
            pub #name: std::collections::BTreeMap<#string, #ty>,
        }
    });
    quote!(#(#fields)* #kind #rest)
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

/// Whether a value of the record can leave everything out.
fn is_blank(cx: Context<'_>, id: TypeId, record: &Record) -> bool {
    let preset = record.fields.iter().any(|field| matches!(field.presence, Presence::Preset(_)));
    required(cx, id, record).next().is_none() && record.kind.is_none() && !preset
}

/// `new` and the setters of what may be left out.
fn construction(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let new = new(cx, id, record);
    let setters = record.fields.iter().zip(&names.members).filter_map(|(field, name)| setter(cx, id, field, name));
    let setters: Vec<_> = setters.collect();
    let is_preset = !is_blank(cx, id, record) && record.kind.is_none() && required(cx, id, record).next().is_none();
    let default = is_preset.then(|| {
        quote! {
            impl std::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        impl #name {
            #new
            #(#setters)*
        }

        #default
    }
}

fn new(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let kind = names.kind.as_ref().zip(record.kind.as_ref());
    if is_blank(cx, id, record) {
        // A setter of that name would be called in its place.
        let shadowed = names.members.iter().any(|member| member == "default");
        let default = if shadowed { quote!(std::default::Default::default()) } else { quote!(Self::default()) };
        return quote! {
            #[doc = " A value that leaves everything out."]
            pub fn new() -> Self {
                #default
            }
        };
    }
    let arguments = required(cx, id, record).map(|(field, name)| {
        let ty = argument(cx, &field.ty, || field_type(cx, id, field));
        quote!(#name: #ty)
    });
    let kind_argument = kind.map(|(name, ty)| {
        let ty = ty::held(cx, id, ty);
        quote!(#name: #ty)
    });
    let values = record.fields.iter().zip(&names.members).map(|(field, name)| {
        match (&field.presence, ty::state(cx, id, field)) {
            (Presence::Preset(value), _) => quote!(#name: #value.into(),),
            (_, State::Plain) if field.ty == Type::Scalar(Scalar::String) => quote!(#name: #name.into(),),
            (_, State::Plain | State::Nullable) => quote!(#name,),
            (_, State::Optional) => quote!(#name: None,),
            (_, State::Three) => quote!(#name: runtime::Maybe::Absent,),
        }
    });
    let kind_value = names.kind.as_ref().map(|name| quote!(#name,));
    let rest = names.rest.as_ref().map(|name| quote!(#name: std::collections::BTreeMap::new(),));
    let arguments: Vec<_> = arguments.chain(kind_argument).collect();
    let allowances = many_arguments(arguments.len());
    quote! {
        #[doc = " A value of what must be there; the rest is left out."]
        #allowances
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* #kind_value #rest }
        }
    }
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

fn setter(cx: Context<'_>, id: TypeId, field: &Field, name: &Ident) -> Option<TokenStream> {
    let value = ty::value(cx, id, field);
    let (ty, given) = match ty::state(cx, id, field) {
        State::Plain | State::Nullable => return None,
        State::Three => {
            let into = ty::std(cx, "Into");
            (quote!(impl #into<runtime::Maybe<#value>>), quote!(#name.into()))
        }
        State::Optional => match &field.ty {
            Type::Scalar(Scalar::String) => (argument(cx, &field.ty, || value), quote!(Some(#name.into()))),
            _ => (value, quote!(Some(#name))),
        },
    };
    let docs = format!(" Sets [`{name}`](Self::{name}).");
    let allowances = allowances(name, 2);
    Some(quote! {
        #[doc = #docs]
        #allowances
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #given;
            self
        }
    })
}

/// The members of a record as `records!` takes them.
fn codec(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let fields = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let wire = &field.wire;
        let null = (ty::state(cx, id, field) == State::Nullable).then(|| quote!(null));
        let secret = field.secret.then(|| quote!(secret));
        quote!(#name: #wire #null #secret)
    });
    let constants = (!record.constants.is_empty()).then(|| {
        let keys = record.constants.iter().map(|constant| &constant.wire);
        let values = record.constants.iter().map(|constant| literal(&constant.value));
        quote!(constants { #(#keys: #values),* })
    });
    let kind = names.kind.as_ref().map(|name| quote!(flattened { #name }));
    let rest = names.rest.as_ref().map(|name| quote!(rest { #name }));
    quote!(#name { #(#fields),* } #constants #kind #rest)
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
