//! A program for each operation, from the client to the answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::sample::{self, Place};
use crate::emit::failure::{self, Success};
use crate::emit::ty::{self, Mention};
use crate::emit::{Context, client, credential};
use crate::ir::{Body, Operation, OperationId, PartValue, PayloadId, Presence, Representation};
use crate::name;

/// What of the crate a program may name, beside the client.
const IMPORTS: [&str; 4] = ["Json", "Maybe", "Prefixed", "models"];

/// How many options a call shows; the table of parameters has all of them.
const MOST_OPTIONS: usize = 5;

/// A program that makes one call.
pub(crate) struct Example {
    /// What it imports.
    pub imports: TokenStream,
    /// Its `main`, whose body counts for nothing.
    pub main: TokenStream,
    /// The statements of the body, each a paragraph.
    pub steps: Vec<TokenStream>,
}

/// The program of an operation.
pub(super) fn of(cx: Context<'_>, id: OperationId) -> Example {
    let operation = &cx.api.operations[id];
    let body = operation.body.as_ref().map(|body| {
        let name = &cx.names.of_operation(id).body;
        let value = self::body(cx, id, body);
        quote!(let #name = #value;)
    });
    let call = call(cx, id);
    let call = match failure::success(operation) {
        Success::Nothing => quote!(#call.await?;),
        _ => quote!(let answer = #call.await?; println!("{answer:?}");),
    };
    let steps = [Some(client(cx, operation)), body, Some(call)].into_iter().flatten().chain([quote!(Ok(()))]);

    let krate = name::of_crate(cx.config.crate_name());
    let (steps, used): (Vec<_>, Vec<_>) = steps.map(|step| ty::mentions(step, IMPORTS.map(Mention::Module))).unzip();
    let others = IMPORTS.into_iter().enumerate().filter(|(place, _)| used.iter().any(|used| used[*place]));
    let others = others.map(|(_, name)| name::of_runtime(name));
    let imports = match others.collect::<Vec<_>>().as_slice() {
        [] => quote!(use #krate::Client;),
        others => quote!(use #krate::{Client, #(#others),*};),
    };
    let main = quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {}
    };
    Example { imports, main, steps }
}

/// A function that a receiver of the payload may have.
pub(super) fn of_payload(cx: Context<'_>, id: PayloadId) -> Example {
    let krate = name::of_crate(cx.config.crate_name());
    let payload = &cx.names.of_payload(id).constant;
    let read = quote!(let payload = #krate::payloads::#payload.read(body)?; println!("{payload:?}"););
    Example {
        imports: quote!(use #krate::DecodeError;),
        main: quote! {
            fn receive(body: &[u8]) -> Result<(), DecodeError> {}
        },
        steps: vec![read, quote!(Ok(()))],
    }
}

/// The body in the common way.
fn body(cx: Context<'_>, id: OperationId, body: &Body) -> TokenStream {
    let krate = name::of_crate(cx.config.crate_name());
    match &body.content.representation {
        Representation::Multipart(parts) => {
            let (module, form) =
                (&cx.names.of_group(cx.api.operations[id].group).module, &cx.names.of_operation(id).form);
            let required = parts.iter().filter(|part| part.presence == Presence::Required);
            let arguments = required.map(|part| match &part.value {
                PartValue::File(media) | PartValue::Files(media) => {
                    let media = media.split([',', ';']).next().unwrap_or_default().trim().replace('*', "octet-stream");
                    let file = quote!(#krate::File::from("content").name("file").content_type(#media));
                    if matches!(part.value, PartValue::Files(_)) { quote!([#file]) } else { file }
                }
                PartValue::Plain(ty)
                | PartValue::Typed(_, ty)
                | PartValue::Base64(_, ty)
                | PartValue::Styled(_, ty) => sample::value(cx, ty, &part.docs, &part.wire, Place::Argument),
            });
            quote!(#krate::#module::#form::new(#(#arguments),*))
        }
        Representation::OrderedParts(_) => quote!(#krate::Multipart::new().part("content")),
        Representation::Bytes if body.content.media.contains('*') => quote!(#krate::File::from("content")),
        Representation::Bytes => quote!(#krate::Body::from("content")),
        _ => sample::value(cx, &body.content.ty, &body.docs, "body", Place::Argument),
    }
}

/// The client, with the credentials of the first way in which the operation can be called.
fn client(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let url = base_url(cx).unwrap_or_else(|| "https://api.example.com".to_owned());
    let schemes = operation.auth.alternatives.first().map(Vec::as_slice).unwrap_or_default();
    let credentials = schemes.iter().map(|id| credential::example(cx, *id));
    quote!(let client = Client::builder().base_url(#url)?#(#credentials)*.build()?;)
}

/// The first server that needs no other place to be found from.
pub(super) fn base_url(cx: Context<'_>) -> Option<String> {
    client::default_server(cx).filter(|url| client::is_absolute(url))
}

fn call(cx: Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id];
    let names = cx.names.of_operation(id);
    let (group, method, body) = (&cx.names.of_group(operation.group).module, &names.method, &names.body);
    let sample = |index: usize| {
        let param = &operation.params[index];
        match &param.example {
            Some(example) => sample::like(cx, &param.ty, example, &param.docs, &param.wire, Place::Argument),
            None => sample::value(cx, &param.ty, &param.docs, &param.wire, Place::Argument),
        }
    };
    let is_required = |index: &usize| operation.params[*index].presence == Presence::Required;
    let (required, optional): (Vec<usize>, Vec<usize>) = (0..operation.params.len()).partition(is_required);
    let given = operation.body.as_ref().map(|body| body.required);
    let arguments = required.into_iter().map(sample).chain((given == Some(true)).then(|| quote!(#body)));
    let options = optional.into_iter().take(MOST_OPTIONS).map(|index| {
        let (name, value) = (&names.params[index], sample(index));
        quote!(.#name(#value))
    });
    let option = (given == Some(false)).then(|| quote!(.#body(#body)));
    quote!(client.#group().#method(#(#arguments),*)#(#options)*#option)
}
