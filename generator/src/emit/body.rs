//! Request bodies: the step that sets one, the choice among several, and the type that puts parts together.

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::{argument, spelling, style_path};
use super::{Context, docs, failure, ty, xml};
use crate::ir::{
    Body, Content, Escaping, Operation, OperationId, Part, PartMedia, PartValue, Presence, Representation, Scalar,
    Style, Type,
};
use crate::name::Ident;

/// The type of the argument that takes the body.
pub(super) fn argument_type(cx: Context<'_>, id: OperationId, body: &Body) -> TokenStream {
    let names = cx.names.of_operation(id);
    if body.others.is_empty() {
        return content_argument(cx, &body.content, &names.form);
    }
    let choice = &names.body_type;
    quote!(impl Into<#choice>)
}

/// The type of the body, where it is one that the operation brings.
pub(super) fn named<'a>(cx: Context<'a>, id: OperationId, body: &Body) -> Option<&'a Ident> {
    let names = cx.names.of_operation(id);
    match (body.others.is_empty(), body.parts()) {
        (false, _) => Some(&names.body_type),
        (true, Some(_)) => Some(&names.form),
        (true, None) => None,
    }
}

fn content_argument(cx: Context<'_>, content: &Content, form: &Ident) -> TokenStream {
    match &content.representation {
        Representation::Multipart(_) => quote!(#form),
        Representation::OrderedParts(_) => quote!(runtime::Multipart),
        Representation::Bytes if content.media.contains('*') => quote!(impl Into<runtime::File>),
        Representation::Bytes => quote!(impl Into<runtime::Body>),
        _ => argument(cx, &content.ty),
    }
}

/// The step that sets the body.
pub(super) fn step(cx: Context<'_>, id: OperationId, body: &Body) -> TokenStream {
    let names = cx.names.of_operation(id);
    let name = &names.body;
    if body.others.is_empty() {
        return content_step(cx, &body.content, &quote!(#name), true);
    }
    let choice = &names.body_type;
    quote!(.body::<#choice>(#name.into()))
}

/// `is_argument` tells a value of any type that becomes the body's from the body itself.
fn content_step(cx: Context<'_>, content: &Content, name: &TokenStream, is_argument: bool) -> TokenStream {
    let media = &content.media;
    let value = match content.ty {
        Type::Scalar(Scalar::String) if is_argument => quote!(&#name.into()),
        _ => quote!(&#name),
    };
    match &content.representation {
        Representation::Json if media == "application/json" => quote!(.json(#value)),
        Representation::Json => quote!(.json_as(#media, #value)),
        Representation::Form(_) => quote!(.form(#value)),
        Representation::Multipart(_) => {
            let subtype = subtype(media);
            if subtype == "form-data" { quote!(.multipart(#name.0)) } else { quote!(.multipart_as(#subtype, #name.0)) }
        }
        Representation::OrderedParts(PartMedia { first, further }) => {
            let subtype = subtype(media);
            if first.is_empty() && further.is_none() {
                return quote!(.multipart_as(#subtype, #name));
            }
            let further = further.as_ref().map_or_else(|| quote!(None), |further| quote!(Some(#further)));
            quote!(.ordered_parts(#subtype, &[#(#first),*], #further, #name))
        }
        Representation::Bytes if media.contains('*') => quote!(.content(#media, #name)),
        Representation::Bytes => quote!(.binary(#media, #name)),
        Representation::JsonItems => quote!(.json_items(#media, #value)),
        Representation::Xml(root) => {
            let root = xml::root(cx, root);
            quote!(.xml(#media, #root, #value))
        }
        // No request streams events; `lower` makes none of these.
        Representation::Text | Representation::Events | Representation::EventFields => {
            quote!(.text(#media, #value))
        }
    }
}

/// The members of a form whose spelling the description states, those that are spelled alike together.
pub(super) fn form_fields(operation: &Operation) -> Option<TokenStream> {
    let contents = operation.body.iter().flat_map(Body::contents);
    let fields = contents.filter_map(|content| match &content.representation {
        Representation::Form(fields) => Some(fields),
        _ => None,
    });
    let mut alike: Vec<((Style, Escaping), Vec<&str>)> = Vec::new();
    for field in fields.flatten() {
        let spelling = (field.style, field.escaping);
        match alike.iter_mut().find(|(known, _)| *known == spelling) {
            Some((_, names)) => names.push(&field.wire),
            None => alike.push((spelling, vec![&field.wire])),
        }
    }
    let rows = alike.iter().map(|((style, escaping), names)| {
        let spelling = match escaping {
            Escaping::All => {
                let style = style_path(*style);
                quote!(#style.encoded())
            }
            Escaping::AllowReserved => spelling(*style, *escaping),
        };
        quote!(#spelling => [#(#names),*])
    });
    (!alike.is_empty()).then(|| quote!(#(#rows),*))
}

fn subtype(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.split_once('/').map_or("mixed", |(_, subtype)| subtype).to_ascii_lowercase()
}

/// The types that the body of an operation brings.
pub(super) fn types(cx: Context<'_>, id: OperationId) -> TokenStream {
    let Some(body) = &cx.api.operations[id].body else { return TokenStream::new() };
    let choice = (!body.others.is_empty()).then(|| choice(cx, id, body));
    let form = body.parts().map(|parts| form(cx, id, parts));
    quote!(#choice #form)
}

/// The enum of the representations.
fn choice(cx: Context<'_>, id: OperationId, body: &Body) -> TokenStream {
    let names = cx.names.of_operation(id);
    let (name, variants) = (&names.body_type, &names.body_variants);
    let docs = docs::attributes(&format!("The body of [`{}`], in one of several media types.", names.request));
    let declarations = body.contents().zip(variants).map(|(content, variant)| {
        let docs = docs::attributes(&format!("As {}.", docs::code(&content.media)));
        let ty = stored(cx, content, &names.form);
        quote!(#docs #variant(#ty),)
    });
    let arms = body.contents().zip(variants).map(|(content, variant)| {
        let step = content_step(cx, content, &quote!(value), false);
        quote!(Self::#variant(value) => request #step,)
    });
    let from = common(cx, &body.content, &names.form).into_iter().zip(variants).map(|((ty, value), variant)| {
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    });
    let allowance = failure::allowance(cx, body.contents().map(Some));
    quote! {
        #docs
        #allowance
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#declarations)* }

        #(#from)*

        impl runtime::RequestBody for #name {
            fn set(self, request: runtime::Request) -> runtime::Request {
                match self { #(#arms)* }
            }
        }
    }
}

fn stored(cx: Context<'_>, content: &Content, form: &Ident) -> TokenStream {
    match &content.representation {
        Representation::Multipart(_) => quote!(#form),
        Representation::OrderedParts(_) => quote!(runtime::Multipart),
        Representation::Bytes if content.media.contains('*') => quote!(runtime::File),
        Representation::Bytes => quote!(runtime::Body),
        _ => ty::outer(cx, &content.ty),
    }
}

/// What becomes the common representation by itself, and how.
fn common(cx: Context<'_>, content: &Content, form: &Ident) -> Option<(TokenStream, TokenStream)> {
    match &content.ty {
        Type::Scalar(Scalar::String) => Some((quote!(&str), quote!(value.to_owned()))),
        _ => Some((stored(cx, content, form), quote!(value))),
    }
}

/// The type that puts parts together: those that must be there first, the others by methods.
fn form(cx: Context<'_>, id: OperationId, parts: &[Part]) -> TokenStream {
    let names = cx.names.of_operation(id);
    let (name, about) = (&names.form, format!("The parts of the body of [`{}`].", names.request));
    let docs = docs::attributes(&about);
    let all: Vec<_> = parts.iter().zip(&names.parts).collect();
    let required = all.iter().filter(|(part, _)| part.presence == Presence::Required);
    let arguments = required.clone().map(|(part, (name, _))| {
        let ty = part_argument(cx, part);
        quote!(#name: #ty)
    });
    let steps = required.map(|(part, (name, _))| part_step(part, name));
    let optional = all.iter().filter(|(part, _)| part.presence != Presence::Required).map(|(part, (name, _))| {
        let (docs, ty, step) = (part_docs(part), part_argument(cx, part), part_step(part, name));
        quote! {
            #docs
            pub fn #name(self, #name: #ty) -> Self {
                Self(self.0 #step)
            }
        }
    });
    let headers =
        all.iter().flat_map(|(part, (_, names))| part.headers.iter().zip(names).map(move |pair| (part, pair)));
    let headers = headers.map(|(part, (header, name))| {
        let (wire, header_wire, ty) = (&part.wire, &header.wire, argument(cx, &header.ty));
        let otherwise = format!("The header {} of the part {}.", docs::code(header_wire), docs::code(wire));
        let docs = docs::of_text(&header.docs, &otherwise);
        let value = if header.ty == Type::Scalar(Scalar::String) { quote!(&#name.into()) } else { quote!(&#name) };
        quote! {
            #docs
            pub fn #name(self, #name: #ty) -> Self {
                Self(self.0.header(#wire, #header_wire, #value))
            }
        }
    });
    let list = all.iter().filter(|(part, _)| part.presence == Presence::Required);
    let list = list.map(|(part, (name, _))| part_item(part, name)).collect::<Vec<_>>().join("\n");
    let new_docs = docs::attributes(format!("A body of the parts that must be there.\n\n{list}").trim_end());
    let (derived, default) = default(name, parts);
    let start = start(parts);
    quote! {
        #docs
        #[derive(Debug, #derived)]
        pub struct #name(runtime::Multipart);

        #default

        impl #name {
            #new_docs
            pub fn new(#(#arguments),*) -> Self {
                Self(#start #(#steps)*)
            }

            #(#optional)*
            #(#headers)*
        }
    }
}

/// A body without parts. Where some are added later than others, it knows in which order they are sent.
fn start(parts: &[Part]) -> TokenStream {
    let wires = parts.iter().map(|part| &part.wire);
    match is_reordered(parts) {
        true => quote!(runtime::Multipart::in_order(&[#(#wires),*])),
        false => quote!(runtime::Multipart::new()),
    }
}

fn is_reordered(parts: &[Part]) -> bool {
    parts.len() > 1 && parts.iter().any(|part| part.presence != Presence::Required)
}

/// What gives a form of optional parts its default: what is derived, or what is written out.
fn default(name: &Ident, parts: &[Part]) -> (Option<TokenStream>, Option<TokenStream>) {
    let has_default = parts.iter().all(|part| part.presence != Presence::Required);
    match (has_default, is_reordered(parts)) {
        (false, _) => (None, None),
        (true, false) => (Some(quote!(Default,)), None),
        (true, true) => {
            let own = quote!(impl Default for #name { fn default() -> Self { Self::new() } });
            (None, Some(own))
        }
    }
}

/// What a list of parts says of one.
fn part_item(part: &Part, name: &Ident) -> String {
    let text = docs::described(&part.docs, &[docs::facts(&part.docs)]);
    let text = if text.is_empty() { format!("the part {}", docs::code(&part.wire)) } else { text };
    format!("* `{name}`: {}", text.replace('\n', "\n  ").replace("\n  \n", "\n\n"))
}

fn part_docs(part: &Part) -> TokenStream {
    let text = docs::described(&part.docs, &[docs::facts(&part.docs)]);
    docs::attributes(&if text.is_empty() { format!("The part {}.", docs::code(&part.wire)) } else { text })
}

fn part_argument(cx: Context<'_>, part: &Part) -> TokenStream {
    match &part.value {
        PartValue::File(_) => quote!(impl Into<runtime::File>),
        PartValue::Files(_) => quote!(impl IntoIterator<Item = impl Into<runtime::File>>),
        PartValue::Plain(ty) | PartValue::Typed(_, ty) | PartValue::Base64(_, ty) | PartValue::Styled(_, ty) => {
            argument(cx, ty)
        }
    }
}

fn part_step(part: &Part, name: &Ident) -> TokenStream {
    let wire = &part.wire;
    let value = |ty: &Type| match ty {
        Type::Scalar(Scalar::String) => quote!(&#name.into()),
        _ => quote!(&#name),
    };
    match &part.value {
        PartValue::File(media) => quote!(.file(#wire, #media, #name)),
        PartValue::Files(media) => quote!(.files(#wire, #media, #name)),
        PartValue::Plain(ty) => {
            let value = value(ty);
            quote!(.value(#wire, #value))
        }
        PartValue::Typed(media, ty) => {
            let value = value(ty);
            quote!(.value_as(#wire, #media, #value))
        }
        PartValue::Base64(media, ty) => {
            let value = value(ty);
            quote!(.base64(#wire, #media, #value))
        }
        PartValue::Styled(style, ty) => {
            let (style, value) = (style_path(*style), value(ty));
            quote!(.styled(#wire, #style, #value))
        }
    }
}
