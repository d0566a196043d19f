//! What comes back: decoded answers, and documented failures.

use generator::facts::{self, Success};
use generator::ir::{Content, OperationId, Representation};
use proc_macro2::TokenStream;
use quote::quote;

use crate::Client;

/// The expression of a success, from `answer`.
pub(super) fn success(client: &Client, id: OperationId) -> TokenStream {
    let operation = &client.api.operations[id];
    let value = match facts::success(operation) {
        Success::Nothing => quote!(Value::Null),
        Success::Content(content) => value(content),
        Success::Several => {
            let names = client.names.of_operation(id);
            let (module, name) = (&client.names.of_group(operation.group).module, &names.success);
            let arms =
                operation.success.iter().zip(&names.success_variants).map(|(case, variant)| match &case.content {
                    Some(content) => {
                        let value = value(content);
                        quote!(api::#module::#name::#variant(mut body) => #value,)
                    }
                    None => quote!(api::#module::#name::#variant => Value::Null,),
                });
            quote! {
                match body {
                    #(#arms)*
                    _ => return Err("the success is none that the description documents".to_owned()),
                }
            }
        }
    };
    quote! {{
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = answer.into_body();
        let body = #value;
        Ok(support::answer(status, &headers, typed_headers(&headers), body))
    }}
}

/// What follows the links that the call names, from `answer`: the outcome is that of each answer in turn.
pub(super) fn followed(client: &Client, id: OperationId) -> Option<TokenStream> {
    let operation = &client.api.operations[id];
    let has_members =
        |content: &Content| matches!(content.representation, Representation::Json | Representation::Xml(_));
    let may_link = matches!(facts::success(operation), Success::Content(content) if has_members(content));
    let success = success(client, id);
    may_link.then(|| {
        quote! {
            if !input.follow.is_empty() {
                let mut page = answer;
                let mut outcomes = Vec::new();
                let mut paths = std::mem::take(&mut input.follow).into_iter();
                loop {
                    let answer = page.clone();
                    let outcome: Result<Value, String> = #success;
                    outcomes.push(outcome?);
                    let Some(path) = paths.next() else { return Ok(Value::Array(outcomes)) };
                    let link = support::link(&support::json(page.body())?, &path);
                    let link = link.ok_or_else(|| format!("no link leads to `{path}`"))?;
                    page = page.follow(&link).await.map_err(|error| error.to_string())?;
                }
            }
        }
    })
}

/// The expression of a failure, from `error`.
pub(super) fn failure(client: &Client, id: OperationId) -> TokenStream {
    let documented = match client.facts.error_set_of.get(&id) {
        None => quote!(None),
        Some(id) => {
            let (set, names) = (&client.facts.error_sets[*id], client.names.of_error_set(*id));
            let (module, name) = (&client.names.of_group(set.group).module, &names.failure);
            let arms = set.cases.iter().zip(&names.variants).map(|((_, content), variant)| match content {
                Some(content) => {
                    let value = value(content);
                    quote!(api::#module::#name::#variant(mut body) => #value,)
                }
                None => quote!(api::#module::#name::#variant => Value::Null,),
            });
            quote! {
                match failure {
                    None => None,
                    Some(failure) => Some(match failure {
                        #(#arms)*
                        _ => Value::Null,
                    }),
                }
            }
        }
    };
    quote! {{
        let (error, failure) = error.into_parts();
        let documented = #documented;
        let (kind, message) = (format!("{:?}", error.kind()), error.to_string());
        let typed = error.headers().map(typed_headers);
        Ok(support::failure(&kind, &message, error.status(), (error.headers(), typed), error.body(), documented))
    }}
}

/// The JSON of a decoded body, from `body`; that of a stream once it has ended.
fn value(content: &Content) -> TokenStream {
    match &content.representation {
        Representation::Bytes => quote!(support::bytes(&body)),
        Representation::Text => quote!(support::text(&body)?),
        Representation::Events | Representation::EventFields => {
            let event = quote!(
                serde_json::json!({ "event": item.event, "id": item.id, "data": support::event_data(&item.event, support::json(&item.data)?) })
            );
            let read = read_items(&event);
            quote! {{
                let mut items = Vec::new();
                #read
                if input.reconnects {
                    body.reconnect().await.map_err(|error| error.to_string())?;
                    #read
                }
                serde_json::json!({ "items": items })
            }}
        }
        Representation::JsonItems => {
            let read = read_items(&quote!(support::json(&item)?));
            quote!({ let mut items = Vec::new(); #read serde_json::json!({ "items": items }) })
        }
        _ => quote!(support::json(&body)?),
    }
}

fn read_items(item: &TokenStream) -> TokenStream {
    quote! {
        while let Some(item) = body.next().await {
            let item = item.map_err(|error| error.to_string())?;
            items.push(#item);
        }
    }
}

/// What reads the headers that the description types, by their names; one that cannot be read says why.
pub(super) fn typed_headers(client: &Client) -> TokenStream {
    let reads = client.facts.headers.iter().zip(&client.names.headers).map(|((header, _), name)| {
        let wire = &header.wire;
        quote!(support::typed_header(&mut typed, #wire, api::headers::#name.read(headers)))
    });
    quote! {
        fn typed_headers(headers: &http::HeaderMap) -> Value {
            let mut typed = serde_json::Map::new();
            #(#reads;)*
            Value::Object(typed)
        }
    }
}
