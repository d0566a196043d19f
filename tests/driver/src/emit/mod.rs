//! Emits the driver of a client: code that takes an operation and JSON values for its arguments, decodes them into the
//! typed models, calls the typed client, and gives the decoded answer back as JSON.
//!
//! It uses the public interface of the client alone, as the code of a user does, and lets Rust infer the types of the
//! arguments from the methods.

mod answer;
mod body;

use generator::facts;
use generator::ir::{OperationId, Param, Presence, Representation, Scalar, SchemeKind, Type};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::{Client, key};

/// What all drivers have in common.
pub(crate) const SUPPORT: &str = include_str!("support.rs.txt");

/// The program that holds all drivers.
pub(crate) const PROGRAM: &str = include_str!("program.rs.txt");

/// `lib.rs` of the driver of a client, which it knows as the package `api`.
pub(crate) fn emit(client: &Client) -> TokenStream {
    let ids: Vec<OperationId> = client.api.operations.iter().map(|(id, _)| id).collect();
    let functions = ids.iter().map(|id| operation(client, *id));
    let names = ids.iter().map(|id| function_name(*id));
    let credentials = client.api.schemes.iter().filter_map(|(id, scheme)| {
        let (key, method) = (&scheme.key, &client.names.of_scheme(id).method);
        let step = match &scheme.kind {
            SchemeKind::MutualTls => return None,
            SchemeKind::Basic => {
                quote!(let (user, password) = value.split_once(':').unwrap_or((&value, "")); builder = builder.#method(user, password);)
            }
            _ => quote!(builder = builder.#method(value);),
        };
        Some(quote!(if let Some(value) = input.credential(#key) { #step }))
    });
    let file = has_files(client).then(file);
    let headers = answer::typed_headers(client);
    let content = content();
    let parts = has_ordered_parts(client).then(body::ordered_parts);
    quote! {
        #![allow(warnings)]
        mod support;
        use serde_json::Value;
        use support::{Input, Pending};

        pub fn drive(call: Value) -> Pending {
            let mut input = Input::new(call);
            let operation = OPERATIONS.get(input.operation).copied();
            Box::pin(async move {
                let client = client(&mut input)?;
                operation.ok_or("there is no such operation")?(client, input).await
            })
        }

        fn client(input: &mut Input) -> Result<api::Client, String> {
            let mut builder = api::Client::builder().base_url(&input.base).map_err(|error| error.to_string())?;
            #(#credentials)*
            builder.timeout(std::time::Duration::from_secs(10)).build().map_err(|error| error.to_string())
        }

        static OPERATIONS: &[fn(api::Client, Input) -> Pending] = &[#(#names),*];
        #headers
        #content
        #file
        #parts
        #(#functions)*
    }
}

fn has_files(client: &Client) -> bool {
    client.files.get("src/runtime/file.rs").is_some()
}

fn has_ordered_parts(client: &Client) -> bool {
    let mut operations = client.api.operations.iter();
    operations.any(|(_, operation)| {
        let mut contents = operation.body.iter().flat_map(|body| body.contents());
        contents.any(|content| matches!(content.representation, Representation::OrderedParts(_)))
    })
}

fn file() -> TokenStream {
    quote! {
        fn file(mut upload: support::Upload) -> api::File {
            let mut file = api::File::from(content(std::mem::take(&mut upload.bytes), upload.stream));
            if let Some(name) = upload.name {
                file = file.name(name);
            }
            if let Some(media) = upload.content_type {
                file = file.content_type(media);
            }
            file
        }
    }
}

/// What makes content of bytes: as they are, or a stream.
fn content() -> TokenStream {
    quote! {
        fn content(bytes: Vec<u8>, stream: Option<support::Stream>) -> api::runtime::Body {
            match stream {
                None => api::runtime::Body::from(bytes),
                Some(support::Stream::OfLength(length)) => api::runtime::Body::reader(std::io::Cursor::new(bytes), Some(length)),
                Some(support::Stream::OfUnknownLength) => api::runtime::Body::reader(std::io::Cursor::new(bytes), None),
            }
        }
    }
}

fn function_name(id: OperationId) -> Ident {
    use generator::ir::Id as _;
    Ident::new(&format!("operation_{}", id.index()), Span::call_site())
}

/// The function that calls an operation.
fn operation(client: &Client, id: OperationId) -> TokenStream {
    let operation = &client.api.operations[id];
    let names = client.names.of_operation(id);
    let (function, group, method) = (function_name(id), &client.names.of_group(operation.group).module, &names.method);
    let params = || operation.params.iter().zip(&names.params);
    let is_required = |param: &Param| param.presence == Presence::Required;
    let required = params().filter(|(param, _)| is_required(param)).map(|(param, _)| {
        let (key, hint) = (key(param), hint(&param.ty));
        quote!(input.required #hint (#key)?)
    });
    let optional = params().filter(|(param, _)| !is_required(param)).map(|(param, name)| {
        let (key, hint) = (key(param), hint(&param.ty));
        quote!(if let Some(value) = input.optional #hint (#key)? { call = call.#name(value); })
    });
    let sent = operation.body.as_ref().map(|stated| (stated.required, body::value(client, id, stated)));
    let (needed, further) = match sent {
        Some((true, value)) => (Some(value), None),
        Some((false, value)) => {
            let name = &names.body;
            (None, Some(quote!(if input.has_body() { call = call.#name(#value); })))
        }
        None => (None, None),
    };
    let arguments = required.chain(needed);
    let choice = facts::media_choice(operation);
    let arms = choice.iter().zip(&names.media_variants).map(|(media, variant)| {
        let (accept, ty) = (&names.accept, &names.media_type);
        quote!(#media => call.#accept(api::#group::#ty::#variant),)
    });
    let chosen = (!choice.is_empty()).then(|| {
        quote! {
            call = match input.accept.as_str() {
                #(#arms)*
                _ => call,
            };
        }
    });
    let came = answer::success(client, id);
    let followed = answer::followed(client, id);
    let failed = answer::failure(client, id);
    quote! {
        fn #function(client: api::Client, mut input: Input) -> Pending {
            Box::pin(async move {
                let mut call = client.#group().#method(#(#arguments),*);
                #(#optional)*
                #further
                #chosen
                match call.send().await {
                    Ok(answer) => {
                        #followed
                        #came
                    }
                    Err(error) => #failed,
                }
            })
        }
    }
}

/// The type of an argument where the method leaves it open: whatever becomes a string.
fn hint(ty: &Type) -> Option<TokenStream> {
    matches!(ty, Type::Scalar(Scalar::String)).then(|| quote!(::<String>))
}
