//! The arguments that take bodies.

use generator::ir::{Body, Content, OperationId, Part, PartHeader, PartValue, Presence, Representation};
use generator::name::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use super::hint;
use crate::Client;

/// The value of a body: that of the media type that the call names, where there are several.
pub(super) fn value(client: &Client, id: OperationId, body: &Body) -> TokenStream {
    let names = client.names.of_operation(id);
    if body.others.is_empty() {
        return content(client, id, &body.content);
    }
    let (module, choice) = (module(client, id), &names.body_type);
    let arms = body.contents().zip(&names.body_variants).map(|(one, variant)| {
        let (media, value) = (&one.media, content(client, id, one));
        quote!(#media => api::#module::#choice::#variant(#value),)
    });
    quote! {
        match input.media() {
            #(#arms)*
            other => return Err(format!("`{other}` is no body of this operation")),
        }
    }
}

fn module(client: &Client, id: OperationId) -> &Ident {
    &client.names.of_group(client.api.operations[id].group).module
}

fn content(client: &Client, id: OperationId, content: &Content) -> TokenStream {
    let hint = hint(&content.ty);
    match &content.representation {
        Representation::Multipart(parts) => form(client, id, parts),
        Representation::OrderedParts(_) => quote!(parts(input.taken_body()?)?),
        Representation::Bytes if content.media.contains('*') => quote!(file(input.upload()?)),
        Representation::Bytes => quote!({
            let upload = input.upload()?;
            content(upload.bytes, upload.stream)
        }),
        _ => quote!(input.body #hint ()?),
    }
}

fn form(client: &Client, id: OperationId, parts: &[Part]) -> TokenStream {
    let names = client.names.of_operation(id);
    let (module, form) = (module(client, id), &names.form);
    let is_required = |part: &Part| part.presence == Presence::Required;
    let required = parts.iter().filter(|part| is_required(part)).map(|part| {
        let (wire, read) = (&part.wire, read(part));
        let made = made(part, quote!(support::given(#wire, #read?)?));
        quote!(#made)
    });
    let optional = parts.iter().zip(&names.parts).filter(|(part, _)| !is_required(part)).map(|(part, (name, _))| {
        let (read, made) = (read(part), made(part, quote!(value)));
        quote!(if let Some(value) = #read? { form = form.#name(#made); })
    });
    let headers = parts.iter().zip(&names.parts).flat_map(|(part, (_, names))| {
        let of_part = move |(header, name): (&PartHeader, &Ident)| {
            let (key, hint) = (format!("{}: {}", part.wire, header.wire), hint(&header.ty));
            quote!(if let Some(value) = input.part #hint (#key)? { form = form.#name(value); })
        };
        part.headers.iter().zip(names).map(of_part).collect::<Vec<_>>()
    });
    quote! {{
        let mut form = api::#module::#form::new(#(#required),*);
        #(#optional)*
        #(#headers)*
        form
    }}
}

/// The part as the call has it.
fn read(part: &Part) -> TokenStream {
    let wire = &part.wire;
    match &part.value {
        PartValue::File(_) => quote!(input.file(#wire)),
        PartValue::Files(_) => quote!(input.files(#wire)),
        PartValue::Plain(ty) | PartValue::Typed(_, ty) | PartValue::Base64(_, ty) | PartValue::Styled(_, ty) => {
            let hint = hint(ty);
            quote!(input.part #hint (#wire))
        }
    }
}

/// The part as the client takes it.
fn made(part: &Part, value: TokenStream) -> TokenStream {
    match &part.value {
        PartValue::File(_) => quote!(file(#value)),
        PartValue::Files(_) => quote!(#value.into_iter().map(file)),
        _ => value,
    }
}

/// What makes parts without names: each is `{hex, contentType}`, `{json}`, or `{subtype, parts}`.
pub(super) fn ordered_parts() -> TokenStream {
    quote! {
        fn parts(all: Value) -> Result<api::Multipart, String> {
            let mut form = api::Multipart::new();
            for part in all.as_array().into_iter().flatten() {
                form = match (part.get("json"), part["subtype"].as_str()) {
                    (Some(value), _) => form.json_part(&support::read::<api::runtime::Json>("a part", value.clone())?),
                    (None, Some(subtype)) => form.nested(subtype, parts(part["parts"].clone())?),
                    (None, None) => form.part(file(support::upload(part))),
                };
            }
            Ok(form)
        }
    }
}
