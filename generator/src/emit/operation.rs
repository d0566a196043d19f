//! Operations: a method that starts a call, the data behind it, and the options of the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::failure::{self, Success};
use super::ty::{self, Mention};
use super::{Context, allowances, body, docs, operations_of, xml};
use crate::facts;
use crate::ir::{
    Content, Escaping, GroupId, Lists, Operation, OperationId, Param, Place, Presence, Representation, Scalar, Style,
    Type,
};
use crate::name::{self, Ident};

/// The module of a group.
pub(super) fn group(cx: Context<'_>, id: GroupId) -> TokenStream {
    let group = &cx.api.groups[id];
    let names = cx.names.of_group(id);
    let (name, accessor) = (&names.name, &names.module);
    let about = match &group.tag {
        Some(tag) => format!("Operations of the tag {}.", docs::code(tag)),
        None => "Operations without a tag.".to_owned(),
    };
    let module_docs = docs::inner_attributes(&about);
    let docs = docs::of_text(&group.docs, &about);
    let operations: Vec<OperationId> = operations_of(cx, id).collect();
    let methods = operations.iter().map(|id| method(cx, *id));
    let rows = operations.iter().map(|id| row(cx, *id));
    let options = operations.iter().filter_map(|id| options(cx, *id));
    let successes = operations
        .iter()
        .filter(|id| matches!(failure::success(&cx.api.operations[**id]), Success::Several))
        .map(|id| failure::successes(cx, *id));
    let tables = operations.iter().filter_map(|id| xml::answer(cx, *id));
    let bodies = operations.iter().map(|id| body::types(cx, *id));
    let media_types = media_types(cx, &operations);
    let sets: Vec<_> = cx.facts.error_sets.iter().filter(|(_, set)| set.group == id).map(|(id, _)| id).collect();
    let failures = failure::failures(cx, &sets);
    let servers = super::server::statics(cx, &operations);
    let items = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            client: &'a Client,
        }

        impl Client {
            #docs
            pub fn #accessor(&self) -> #name<'_> {
                #name { client: self }
            }
        }

        impl #name<'_> { #(#methods)* }

        runtime::operations! { #(#rows)* }

        #(#options)*
        #(#tables)*
        #(#bodies)*
        #media_types
        #(#successes)*
        #failures
        #servers
    };
    let (imports, items) = imported(items);
    quote! { #module_docs #imports #items }
}

/// The imports of what the items name from elsewhere, and the items.
fn imported(items: TokenStream) -> (TokenStream, TokenStream) {
    const OTHERS: [&str; 2] = ["DecodeError", "Response"];
    let [first, second] = OTHERS.map(Mention::Name);
    let wanted = [Mention::Name("Bytes"), Mention::Module("models"), first, second];
    let (items, [bytes, models, others @ ..]) = ty::mentions(items, wanted);
    let bytes = bytes.then(|| {
        quote!(
            use bytes::Bytes;
        )
    });
    let models = models.then(|| {
        quote!(
            use crate::models;
        )
    });
    let others = OTHERS.into_iter().zip(others).filter(|(_, is_named)| *is_named);
    let others = others.map(|(name, _)| name::of_runtime(name));
    let runtime = quote!(
        use crate::runtime::{self, Client, #(#others),*};
    );
    (quote!(#bytes #models #runtime), items)
}

fn required(operation: &Operation) -> impl Iterator<Item = usize> + '_ {
    let all = operation.params.iter().enumerate();
    all.filter(|(_, param)| param.presence == Presence::Required).map(|(index, _)| index)
}

fn method(cx: Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let (name, request) = (&names.method, &names.request);
    let taken: Vec<_> = required(operation).map(|index| (&operation.params[index], &names.params[index])).collect();
    let docs = docs::of_operation(cx, operation, &taken);
    let (mut arguments, mut argument_names) = (Vec::new(), Vec::new());
    let mut steps = Vec::new();
    for index in required(operation) {
        let (param, name) = (&operation.params[index], &names.params[index]);
        let ty = argument(cx, &param.ty);
        arguments.push(quote!(#name: #ty));
        argument_names.push(name);
        steps.push(step(param, name));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let (name, ty) = (&names.body, body::argument_type(cx, id, body));
        arguments.push(quote!(#name: #ty));
        argument_names.push(name);
        steps.push(body::step(cx, id, body));
    }
    let allowances = allowances(name, &argument_names);
    let request_of = quote!(self.client.request(#request::OPERATION));
    // In one expression, what sets the parameters would be spread over as many lines as it has calls.
    let body = match steps.is_empty() {
        true => quote!(#request(#request_of)),
        false => quote! {
            let request = #request_of;
            #request(request #(#steps)*)
        },
    };
    quote! {
        #docs
        #allowances
        pub fn #name(self, #(#arguments),*) -> #request { #body }
    }
}

/// A string may be given in any form that becomes one.
pub(super) fn argument(cx: Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Scalar(Scalar::String) => quote!(impl Into<String>),
        other => ty::outer(cx, other),
    }
}

/// Adds a parameter to a request.
fn step(param: &Param, name: &Ident) -> TokenStream {
    let wire = &param.wire;
    let value = match param.ty {
        Type::Scalar(Scalar::String) => quote!(&#name.into()),
        _ => quote!(&#name),
    };
    match (param.place, param.escaping) {
        (Place::Path(Style::Simple { explode: false }), Escaping::All) => quote!(.path(#wire, #value)),
        (Place::Query(Style::Form { explode: true }), Escaping::All) => quote!(.query(#wire, #value)),
        (Place::Header(Style::Simple { explode: false }), _) => quote!(.header(#wire, #value)),
        (Place::Cookie(Style::Form { explode: true }), Escaping::All) => quote!(.cookie(#wire, #value)),
        (Place::Path(style), escaping) => with(quote!(path_with), wire, style, escaping, &value),
        (Place::Query(style), escaping) => with(quote!(query_with), wire, style, escaping, &value),
        (Place::Header(style), escaping) => with(quote!(header_with), wire, style, escaping, &value),
        (Place::Cookie(style), escaping) => with(quote!(cookie_with), wire, style, escaping, &value),
        (Place::QueryString(style), _) => {
            let style = style_path(style);
            quote!(.query_string(#style, #value))
        }
    }
}

fn with(method: TokenStream, wire: &str, style: Style, escaping: Escaping, value: &TokenStream) -> TokenStream {
    let spelling = spelling(style, escaping);
    quote!(.#method(#wire, #spelling, #value))
}

pub(super) fn spelling(style: Style, escaping: Escaping) -> TokenStream {
    let style = style_path(style);
    match escaping {
        Escaping::All => style,
        Escaping::AllowReserved => quote!(#style.allow_reserved()),
    }
}

pub(super) fn style_path(style: Style) -> TokenStream {
    let style = match style {
        Style::Simple { explode } => quote!(Simple { explode: #explode }),
        Style::Label { explode } => quote!(Label { explode: #explode }),
        Style::Matrix { explode } => quote!(Matrix { explode: #explode }),
        Style::Form { explode } => quote!(Form { explode: #explode }),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject { lists: Lists::Brackets } => quote!(DeepObject),
        Style::DeepObject { lists: Lists::Repeat } => quote!(DeepObjectRepeated),
        Style::DeepObject { lists: Lists::Indexed } => quote!(DeepObjectIndexed),
        Style::Cookie { explode } => quote!(Cookie { explode: #explode }),
        Style::Json => quote!(Json),
    };
    quote!(runtime::Style::#style)
}

/// The setters of a call for what may be left out.
fn options(cx: Context<'_>, id: OperationId) -> Option<TokenStream> {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let request = &names.request;
    let optional = operation.params.iter().zip(&names.params).filter(|(param, _)| param.presence != Presence::Required);
    let mut setters: Vec<TokenStream> = optional
        .map(|(param, name)| {
            let (docs, ty, step) = (docs::of_param(param), argument(cx, &param.ty), step(param, name));
            let allowances = allowances(name, &[name]);
            quote! {
                #docs
                #allowances
                pub fn #name(self, #name: #ty) -> Self {
                    Self(self.0 #step)
                }
            }
        })
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        let docs = docs::of_text(&body.docs, "The body of the request.");
        let (name, ty) = (&names.body, body::argument_type(cx, id, body));
        let step = body::step(cx, id, body);
        setters.push(quote! {
            #docs
            pub fn #name(self, #name: #ty) -> Self {
                Self(self.0 #step)
            }
        });
    }
    if !facts::media_choice(operation).is_empty() {
        let (name, ty) = (&names.accept, &names.media_type);
        setters.push(quote! {
            /// Asks for an answer in this media type, in place of any that the description lists.
            pub fn #name(self, media_type: #ty) -> Self {
                Self(self.0.accept(media_type.as_str()))
            }
        });
    }
    if let Success::Content(Content { representation: Representation::Bytes, .. }) = failure::success(operation) {
        let failure = failure_type(cx, id);
        setters.push(quote! {
            /// Sends the request and gives the body while it comes, in place of all of it at once.
            pub fn stream(self) -> runtime::Call<Response<runtime::ByteStream>, #failure> {
                self.0.call_with_response_as::<runtime::Streamed, _, _>()
            }
        });
    }
    (!setters.is_empty()).then(|| quote!(impl #request { #(#setters)* }))
}

/// The media types that callers choose among.
fn media_types(cx: Context<'_>, operations: &[OperationId]) -> Option<TokenStream> {
    let declarations = operations.iter().filter_map(|id| {
        let choice = facts::media_choice(&cx.api.operations[*id]);
        let names = cx.names.of_operation(*id);
        let (name, variants) = (&names.media_type, &names.media_variants);
        let docs = format!(" The media types of the answers to [`{}`].", names.request);
        let variants = choice.iter().zip(variants).map(|(media, variant)| quote!(#variant = #media));
        (!choice.is_empty()).then(|| quote!(#[doc = #docs] pub enum #name { #(#variants),* }))
    });
    let declarations: Vec<_> = declarations.collect();
    (!declarations.is_empty()).then(|| quote!(runtime::media_types! { #(#declarations)* }))
}

/// An operation as the runtime knows it: what it sends, and what its call gives.
fn row(cx: Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let (group, method, request) = (&cx.names.of_group(operation.group).name, &names.method, &names.request);
    let (verb, path, accept) = (&operation.method, docs::path(&operation.path), accept(operation));
    let accept = (!accept.is_empty()).then(|| quote!(, accept #accept));
    let security = security(cx, operation);
    let servers = names.servers.as_ref().map(|servers| quote!(, servers #servers));
    let form = body::form_fields(operation).map(|fields| quote!(, form { #fields }));
    let (success, read) = (success_type(cx, id), read(operation));
    let failure = cx.facts.error_set_of.contains_key(&id).then(|| {
        let failure = failure_type(cx, id);
        quote!(, #failure)
    });
    quote!(#group::#method -> #request: #verb #path #accept #security #servers #form => #success #read #failure;)
}

/// The alternatives of credentials, where there are any.
fn security(cx: Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.auth.alternatives.iter().map(|alternative| {
        let schemes = alternative.iter().map(|id| &cx.api.schemes[*id].key);
        quote!([#(#schemes),*])
    });
    (!operation.auth.alternatives.is_empty()).then(|| quote!(, security [#(#alternatives),*]))
}

/// How a success is read where its type does not say so.
fn read(operation: &Operation) -> Option<TokenStream> {
    match failure::success(operation) {
        Success::Content(Content { representation: Representation::Text, .. }) => Some(quote!(as Text)),
        Success::Content(Content { representation: Representation::Xml(_), .. }) => Some(quote!(as Xml)),
        Success::Content(Content { representation: Representation::EventFields, .. }) => Some(quote!(as EventFields)),
        Success::Content(content) if content.representation.is_stream() => Some(quote!(as Streamed)),
        Success::Several if failure::is_streamed(operation) => Some(quote!(as Streamed)),
        Success::Nothing | Success::Content(_) | Success::Several => None,
    }
}

pub(super) fn success_type(cx: Context<'_>, id: OperationId) -> TokenStream {
    match failure::success(&cx.api.operations[id]) {
        Success::Nothing => quote!(()),
        Success::Content(content) => failure::content_type(cx, content),
        Success::Several => {
            let name = &cx.names.of_operation(id).success;
            quote!(#name)
        }
    }
}

fn failure_type(cx: Context<'_>, id: OperationId) -> TokenStream {
    let Some(set) = cx.facts.error_set_of.get(&id) else { return quote!(std::convert::Infallible) };
    let name = &cx.names.of_error_set(*set).failure;
    let group = cx.facts.error_sets[*set].group;
    if group == cx.api.operations[id].group {
        return quote!(#name);
    }
    let module = &cx.names.of_group(group).module;
    quote!(crate::#module::#name)
}

/// The media types of all documented answers, the first one preferred: successes as they are documented, then failures.
pub(super) fn accept(operation: &Operation) -> String {
    let mut all: Vec<&str> = Vec::new();
    for case in operation.success.iter().chain(&operation.failure) {
        for media in case.content.iter().flat_map(Content::medias) {
            if !all.contains(&media) {
                all.push(media);
            }
        }
    }
    let weighed = all.iter().enumerate().map(|(index, media)| match index {
        0 => (*media).to_owned(),
        index => format!("{media};q=0.{}", 10_usize.saturating_sub(index).max(1)),
    });
    weighed.collect::<Vec<_>>().join(", ")
}
