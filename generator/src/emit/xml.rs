//! Where things stand in XML: the tables that the runtime reads and writes by.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::ir::{Api, Body, Content, OperationId, Representation, TypeId, XmlContent, XmlElement, XmlName, XmlPlace};

/// Whether any body is XML.
pub(super) fn is_used(api: &Api) -> bool {
    let is = |content: &Content| matches!(content.representation, Representation::Xml(_));
    api.operations.values().any(|operation| {
        let cases = operation.success.iter().chain(&operation.failure).filter_map(|case| case.content.as_ref());
        operation.body.iter().flat_map(Body::contents).chain(cases).any(is)
    })
}

/// The table of a model that XML bodies hold.
pub(super) fn table(cx: Context<'_>, id: TypeId) -> Option<TokenStream> {
    let table = cx.api.xml.get(&id)?;
    let name = &cx.names.of_type(id).name;
    let models = quote!(super::);
    let fields = table.fields.iter().map(|(member, place)| {
        let place = self::place(cx, place, &models);
        quote!((#member, #place))
    });
    let rest = match &table.rest {
        None => quote!(None),
        Some(rest) => {
            let rest = content(cx, rest, &models);
            quote!(Some(#rest))
        }
    };
    Some(quote! {
        impl runtime::XmlRecord for #name {
            fn xml() -> &'static runtime::Record {
                static TABLE: runtime::Record = runtime::Record { fields: &[#(#fields),*], rest: #rest };
                &TABLE
            }
        }
    })
}

/// What stands in the root element of the sole success of an operation, for the call to be read by.
pub(super) fn answer(cx: Context<'_>, id: OperationId) -> Option<TokenStream> {
    let super::failure::Success::Content(success) = super::failure::success(&cx.api.operations[id]) else {
        return None;
    };
    let Representation::Xml(root) = &success.representation else { return None };
    let (request, content) = (&cx.names.of_operation(id).request, outer_content(cx, &root.content));
    Some(quote! {
        impl runtime::XmlAnswer for #request {
            const CONTENT: runtime::Content = #content;
        }
    })
}

/// The root of a body by reference, outside of `models`.
pub(super) fn root(cx: Context<'_>, root: &XmlElement) -> TokenStream {
    let element = element(cx, root, &quote!(models::));
    match borrows(&root.content) {
        true => quote!({ const ROOT: runtime::Element = #element; &ROOT }),
        false => quote!(&#element),
    }
}

/// What stands in the root of a body by reference, outside of `models`.
pub(super) fn of_root(cx: Context<'_>, content: &XmlContent) -> TokenStream {
    let tokens = outer_content(cx, content);
    match borrows(content) {
        true => quote!({ const CONTENT: runtime::Content = #tokens; &CONTENT }),
        false => quote!(&#tokens),
    }
}

fn outer_content(cx: Context<'_>, content: &XmlContent) -> TokenStream {
    self::content(cx, content, &quote!(models::))
}

/// Whether a content refers to another one, which must then be a constant.
fn borrows(content: &XmlContent) -> bool {
    matches!(content, XmlContent::List(_) | XmlContent::Map(_))
}

fn place(cx: Context<'_>, place: &XmlPlace, models: &TokenStream) -> TokenStream {
    let both = |element: &XmlElement| {
        let (name, content) = (name(&element.name), content(cx, &element.content, models));
        quote!(#name, #content)
    };
    match place {
        XmlPlace::Attribute(element) => {
            let both = both(element);
            quote!(runtime::Place::Attribute(#both))
        }
        XmlPlace::Element(element) => {
            let both = both(element);
            quote!(runtime::Place::Element(#both))
        }
        XmlPlace::Items(element) => {
            let both = both(element);
            quote!(runtime::Place::Items(#both))
        }
        XmlPlace::OptionalItems(element) => {
            let both = both(element);
            quote!(runtime::Place::OptionalItems(#both))
        }
        XmlPlace::Text(text) => {
            let text = content(cx, text, models);
            quote!(runtime::Place::Text(#text))
        }
        XmlPlace::Cdata(text) => {
            let text = content(cx, text, models);
            quote!(runtime::Place::Cdata(#text))
        }
    }
}

fn element(cx: Context<'_>, element: &XmlElement, models: &TokenStream) -> TokenStream {
    let (name, content) = (name(&element.name), content(cx, &element.content, models));
    quote!(runtime::Element { name: #name, content: #content })
}

fn name(name: &XmlName) -> TokenStream {
    let local = &name.local;
    match &name.namespace {
        None => quote!(runtime::Name::new(#local)),
        Some((uri, None)) => quote!(runtime::Name::new(#local).within(#uri)),
        Some((uri, Some(prefix))) => quote!(runtime::Name::new(#local).prefixed(#prefix, #uri)),
    }
}

fn content(cx: Context<'_>, content: &XmlContent, models: &TokenStream) -> TokenStream {
    match content {
        XmlContent::Text => quote!(runtime::Content::Text),
        XmlContent::Bool => quote!(runtime::Content::Bool),
        XmlContent::Number => quote!(runtime::Content::Number),
        XmlContent::Any => quote!(runtime::Content::Any),
        XmlContent::Record(id) => {
            let model = &cx.names.of_type(*id).name;
            quote!(runtime::Content::of::<#models #model>())
        }
        XmlContent::List(item) => {
            let item = element(cx, item, models);
            quote!(runtime::Content::List(&#item))
        }
        XmlContent::Map(values) => {
            let values = self::content(cx, values, models);
            quote!(runtime::Content::Map(&#values))
        }
    }
}
