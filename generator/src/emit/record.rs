//! Records: structs, and how they become JSON.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::State;
use super::{Context, allowances, docs, many_arguments, ty};
use crate::ir::{Field, Fixed, Record, Rest, Scalar, Type, TypeId};

pub(super) fn record(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let docs = docs::of_type(cx, id);
    let fields = fields(cx, id, record);
    let secret = record.fields.iter().any(|field| field.secret);
    let debug = (!secret).then(|| quote!(Debug,));
    let default = (is_sent(cx, id) && required(cx, id, record).next().is_none() && names.kind.is_none())
        .then(|| quote!(Default,));
    let construction = is_sent(cx, id).then(|| construction(cx, id, record));
    let redaction = secret.then(|| redaction(cx, id, record));
    let codec = codec(cx, id, record);
    quote! {
        #docs
        #[derive(Clone, #debug #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #fields }

        #construction
        #redaction
        #codec

        runtime::records! { #name }
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
    fields.filter(move |(field, _)| matches!(ty::state(cx, id, field), State::Plain | State::Nullable))
}

/// `new` and the setters of what may be left out.
fn construction(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let new = new(cx, id, record);
    let setters = record.fields.iter().zip(&names.members).filter_map(|(field, name)| setter(cx, id, field, name));
    let setters: Vec<_> = setters.collect();
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn new(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let kind = names.kind.as_ref().zip(record.kind.as_ref());
    if required(cx, id, record).next().is_none() && kind.is_none() {
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
    let values = record.fields.iter().zip(&names.members).map(|(field, name)| match ty::state(cx, id, field) {
        State::Plain if field.ty == Type::Scalar(Scalar::String) => quote!(#name: #name.into(),),
        State::Plain | State::Nullable => quote!(#name,),
        State::Optional => quote!(#name: None,),
        State::Three => quote!(#name: runtime::Maybe::Absent,),
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

/// A `Debug` that does not show secrets.
fn redaction(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let (name, text) = (&names.name, names.name.to_string());
    let fields = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let text = name.to_string();
        if field.secret { quote!(.field(#text, &runtime::Redacted)) } else { quote!(.field(#text, &self.#name)) }
    });
    let more = names.kind.iter().chain(&names.rest).map(|name| {
        let text = name.to_string();
        quote!(.field(#text, &self.#name))
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*#(#more)*.finish()
            }
        }
    }
}

fn codec(cx: Context<'_>, id: TypeId, record: &Record) -> TokenStream {
    let names = cx.names.of_type(id);
    let name = &names.name;
    let result = ty::std(cx, "Result");
    let checks = record.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, literal(&constant.value));
        quote!(object.constant(#wire, #value)?;)
    });
    let reads = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let wire = &field.wire;
        quote!(#name: object.field(#wire)?,)
    });
    let kind = names.kind.as_ref().map(|name| quote!(#name: object.others()?,));
    let rest = names.rest.as_ref().map(|name| quote!(#name: object.rest()?,));
    let constants = record.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, literal(&constant.value));
        quote!(object.constant(#wire, #value);)
    });
    let writes = record.fields.iter().zip(&names.members).map(|(field, name)| {
        let wire = &field.wire;
        match ty::state(cx, id, field) {
            State::Plain | State::Nullable => quote!(object.required(#wire, &self.#name);),
            State::Optional | State::Three => quote!(object.field(#wire, &self.#name);),
        }
    });
    let write_kind = names.kind.as_ref().map(|name| quote!(object.others(&self.#name);));
    let write_rest = names.rest.as_ref().map(|name| quote!(object.rest(&self.#name);));
    let empty = record.fields.is_empty() && record.constants.is_empty() && names.kind.is_none() && names.rest.is_none();
    let object = if empty { quote!(_) } else { quote!(object) };
    quote! {
        impl runtime::Record for #name {
            fn decode(#object: &mut runtime::Object<'_>) -> #result<Self, runtime::DecodeError> {
                #(#checks)*
                Ok(Self { #(#reads)* #kind #rest })
            }

            fn encode<'a>(&'a self, #object: &mut runtime::Fields<'a>) {
                #(#constants)*
                #(#writes)*
                #write_kind
                #write_rest
            }
        }
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
