//! The crate as tokens: `(Api, Facts, Names)` to modules. Total, and free of decisions of meaning and of names.
//!
//! [`rust`] gives the emitted modules, which pass the gate and are printed; [`pages`] gives the Markdown with the examples
//! in it, and [`texts`] the other files.

mod body;
mod client;
mod credential;
mod docs;
mod enumeration;
mod failure;
mod format;
mod manifest;
mod operation;
mod page;
mod record;
mod runtime;
mod ty;
mod union;

pub(crate) use page::{Example, Piece};

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::config::Config;
use crate::facts::Facts;
use crate::ir::{Api, Id, Shape, Type, TypeId};
use crate::name::Names;

/// What emission reads.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// What follows from it.
    pub facts: &'a Facts,
    /// The name of everything.
    pub names: &'a Names,
    /// The choices of the user.
    pub config: &'a Config,
}

/// The emitted modules by their paths.
pub(crate) fn rust(cx: Context<'_>) -> Vec<(String, TokenStream)> {
    let mut modules = vec![
        ("src/lib.rs".to_owned(), client::root(cx)),
        ("src/client.rs".to_owned(), client::client(cx)),
        ("src/models/mod.rs".to_owned(), models(cx)),
    ];
    for (id, _) in cx.api.groups.iter() {
        modules.push((format!("src/{}.rs", cx.names.of_group(id).module), operation::group(cx, id)));
    }
    for (module, types) in by_module(cx) {
        modules.push((format!("src/models/{module}.rs"), model(cx, &types)));
    }
    modules
}

/// The pages for readers, by their paths.
pub(crate) fn pages(cx: Context<'_>) -> Vec<(String, Vec<Piece>)> {
    page::pages(cx)
}

/// The other files that are no emitted Rust, by their paths, without the mark of ownership.
pub(crate) fn texts(cx: Context<'_>) -> Vec<(String, String)> {
    let mut texts = vec![
        ("Cargo.toml".to_owned(), manifest::manifest(cx)),
        (
            "rustfmt.toml".to_owned(),
            "# Printed by prettyplease, whose style is not quite rustfmt's.\ndisable_all_formatting = true\n"
                .to_owned(),
        ),
    ];
    texts.extend(runtime::files(cx.api));
    texts
}

/// The types that each model file declares, in order.
fn by_module(cx: Context<'_>) -> BTreeMap<String, Vec<TypeId>> {
    let mut modules: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for id in cx.api.types.ids() {
        modules.entry(cx.names.of_type(id).module.to_string()).or_default().push(id);
    }
    modules
}

/// `models/mod.rs`: the files, and their types under one roof.
fn models(cx: Context<'_>) -> TokenStream {
    let modules = by_module(cx);
    let declarations = modules.values().filter_map(|types| types.first()).map(|id| {
        let module = &cx.names.of_type(*id).module;
        quote!(mod #module;)
    });
    let exports = modules.values().map(|types| {
        let names = types.iter().map(|id| &cx.names.of_type(*id).name);
        let module = types.first().map(|id| &cx.names.of_type(*id).module);
        match types.as_slice() {
            [_] => quote!(#(pub use self::#module::#names;)*),
            _ => quote!(pub use self::#module::{#(#names),*};),
        }
    });
    quote! {
        //! The values that the API exchanges.

        #(#declarations)*
        #(#exports)*
    }
}

/// A model file: a type and its parts.
fn model(cx: Context<'_>, types: &[TypeId]) -> TokenStream {
    let items: Vec<TokenStream> = types.iter().map(|id| item(cx, *id)).collect();
    let module = types.first().map(|id| &cx.names.of_type(*id).module);
    let mut others: Vec<_> = types
        .iter()
        .flat_map(|id| mentioned(cx, *id))
        .filter(|id| Some(&cx.names.of_type(*id).module) != module)
        .map(|id| &cx.names.of_type(id).name)
        .collect();
    others.sort();
    others.dedup();
    let imports = match others.as_slice() {
        [] => TokenStream::new(),
        [other] => quote!(use super::#other;),
        others => quote!(use super::{#(#others),*};),
    };
    // An alias of the standard library's types needs nothing of the runtime.
    let runtime = items.iter().any(|item| ty::names(item, "runtime")).then(|| {
        quote!(
            use crate::runtime;
        )
    });
    quote! { #imports #runtime #(#items)* }
}

fn mentioned(cx: Context<'_>, id: TypeId) -> Vec<TypeId> {
    let mut all = Vec::new();
    for ty in crate::facts::parts(&cx.api.types[id].shape) {
        crate::facts::mentions(ty, true, &mut |id, _| all.push(id));
    }
    all
}

fn item(cx: Context<'_>, id: TypeId) -> TokenStream {
    match &cx.api.types[id].shape {
        Shape::Record(shape) => record::record(cx, id, shape),
        Shape::Enumeration(shape) => enumeration::enumeration(cx, id, shape),
        Shape::Union(shape) => union::union(cx, id, shape),
        Shape::Alias(target) if cx.facts.newtypes.contains(&id) => newtype(cx, id, target),
        Shape::Alias(target) => {
            let (docs, name) = (docs::of_type(cx, id), &cx.names.of_type(id).name);
            let target = ty::held(cx, id, target);
            quote! { #docs pub type #name = #target; }
        }
    }
}

/// An alias that leads back to itself, as a struct.
fn newtype(cx: Context<'_>, id: TypeId, target: &Type) -> TokenStream {
    let (docs, name) = (docs::of_type(cx, id), &cx.names.of_type(id).name);
    let target = ty::held(cx, id, target);
    let result = ty::std(cx, "Result");
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name(pub #target);

        impl runtime::Decode for #name {
            fn decode(value: runtime::Value<'_>) -> #result<Self, runtime::DecodeError> {
                runtime::Decode::decode(value).map(Self)
            }
        }

        impl runtime::Encode for #name {
            fn encode(&self) -> runtime::Value<'_> {
                runtime::Encode::encode(&self.0)
            }
        }

        runtime::serde_traits! { #name }
    }
}

/// What clippy must allow a function whose name and number of arguments, `self` included, the description decides.
fn allowances(name: &Ident, arguments: usize) -> TokenStream {
    const OPERATORS: [&str; 13] =
        ["add", "bitand", "bitor", "bitxor", "div", "into_iter", "mul", "neg", "not", "rem", "shl", "shr", "sub"];
    let many = many_arguments(arguments);
    let operator = arguments <= 2 && OPERATORS.iter().any(|operator| name == operator);
    let operator = operator.then(|| quote!(#[allow(clippy::should_implement_trait)]));
    quote!(#many #operator)
}

fn many_arguments(count: usize) -> Option<TokenStream> {
    const MOST: usize = 7;
    (count > MOST).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// The operations of a group, in order.
fn operations_of(cx: Context<'_>, group: crate::ir::GroupId) -> impl Iterator<Item = crate::ir::OperationId> + '_ {
    cx.api.operations.iter().filter(move |(_, operation)| operation.group.index() == group.index()).map(|(id, _)| id)
}
