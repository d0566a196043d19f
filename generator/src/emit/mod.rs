//! The crate as tokens: `(Api, Facts, Names)` to modules. Total, and free of decisions of meaning and of names.
//!
//! [`sources`] lists what is made of tokens: a [`module`] passes the gate and is printed, a [`page`] is Markdown with
//! programs in it. [`texts`] gives the other files.

mod body;
mod client;
mod credential;
mod docs;
mod enumeration;
mod failure;
mod features;
mod format;
mod header;
mod manifest;
mod operation;
mod page;
mod payload;
mod record;
mod runtime;
mod server;
mod ty;
mod union;
mod xml;

pub(crate) use page::{Example, Page, Piece};

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Config;
use crate::facts::Facts;
use crate::ir::{Api, GroupId, Id, Repr, Shape, Tag, TypeId, walk};
use crate::name::{self, Ident, Names};

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

/// A file that is made of tokens, not yet emitted: tokens stay in the thread that makes them.
pub(crate) enum Source {
    /// A page for readers.
    Page(Page),
    /// A module.
    Module(Module),
}

/// A module to be emitted.
pub(crate) enum Module {
    Root,
    Client,
    Models,
    Headers,
    Payloads,
    Group(GroupId),
    /// The types that one model file declares.
    Types(Vec<TypeId>),
}

/// The files that are made of tokens, by their paths.
pub(crate) fn sources(cx: Context<'_>) -> Vec<(String, Source)> {
    let mut modules = vec![
        ("src/lib.rs".to_owned(), Module::Root),
        ("src/client.rs".to_owned(), Module::Client),
        ("src/models/mod.rs".to_owned(), Module::Models),
    ];
    if runtime::has_headers(cx.api) {
        modules.push(("src/headers.rs".to_owned(), Module::Headers));
    }
    if !cx.api.payloads.is_empty() {
        modules.push(("src/payloads.rs".to_owned(), Module::Payloads));
    }
    for id in cx.api.groups.ids() {
        modules.push((format!("src/{}.rs", cx.names.of_group(id).module), Module::Group(id)));
    }
    for (module, types) in by_module(cx) {
        modules.push((format!("src/models/{module}.rs"), Module::Types(types)));
    }
    let pages = page::pages(cx).into_iter().map(|(path, page)| (path, Source::Page(page)));
    pages.chain(modules.into_iter().map(|(path, module)| (path, Source::Module(module)))).collect()
}

/// The tokens of a module.
pub(crate) fn module(cx: Context<'_>, module: &Module) -> TokenStream {
    match module {
        Module::Root => client::root(cx),
        Module::Client => client::client(cx),
        Module::Models => models(cx),
        Module::Headers => header::module(cx),
        Module::Payloads => payload::module(cx),
        Module::Group(id) => operation::group(cx, *id),
        Module::Types(types) => model(cx, types),
    }
}

/// The pieces of a page.
pub(crate) fn page(cx: Context<'_>, page: &Page) -> Vec<Piece> {
    page::page(cx, page)
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
    let of_module = |name: &String| modules.get(name).map(Vec::as_slice).unwrap_or_default();
    let module = |name: &String| of_module(name).first().map(|id| &cx.names.of_type(*id).module);
    let mut conditional = Vec::new();
    let (mut declarations, mut exports) = (Vec::new(), Vec::new());
    for (condition, names) in features::of_models(cx) {
        if let Some(features) = condition.features() {
            let names = names.iter().filter_map(module);
            conditional.push(quote!(runtime::models! { any(#features); #(#names;)* }));
            continue;
        }
        for name in &names {
            let types = of_module(name).iter().map(|id| &cx.names.of_type(*id).name);
            let module = module(name);
            declarations.push(quote!(mod #module;));
            exports.push(match of_module(name) {
                [_] => quote!(#(pub use self::#module::#types;)*),
                _ => quote!(pub use self::#module::{#(#types),*};),
            });
        }
    }
    let runtime = (!conditional.is_empty()).then(|| {
        quote!(
            use crate::runtime;
        )
    });
    quote! {
        //! The values that the API exchanges.

        #(#declarations)*
        #runtime
        #(#exports)*
        #(#conditional)*
    }
}

/// A model file: a type and its parts.
fn model(cx: Context<'_>, types: &[TypeId]) -> TokenStream {
    let items = items(cx, types);
    let tables = types.iter().filter_map(|id| xml::table(cx, *id));
    let items = quote!(#items #(#tables)*);
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
    let runtime = ty::names(&items, "runtime").then(|| {
        quote!(
            use crate::runtime;
        )
    });
    quote! { #imports #runtime #items }
}

/// The declarations of types in order, those that one macro declares in one call, and what makes records.
fn items(cx: Context<'_>, types: &[TypeId]) -> TokenStream {
    let mut items: Vec<(Option<&str>, TokenStream)> = Vec::new();
    let mut setters = Vec::new();
    for id in types {
        let (by, declaration) = declaration(cx, *id);
        match items.last_mut() {
            Some((last, declarations)) if by.is_some() && *last == by => declarations.extend(declaration),
            _ => items.push((by, declaration)),
        }
        if let Shape::Record(record) = &cx.api.types[*id].shape {
            setters.extend(record::setters(cx, *id, record));
        }
    }
    if !setters.is_empty() {
        items.push((Some("setters"), quote!(#(#setters)*)));
    }
    let items = items.into_iter().map(|(by, declarations)| match by.map(name::of_runtime) {
        Some(by) => quote!(runtime::#by! { #declarations }),
        None => declarations,
    });
    quote!(#(#items)*)
}

fn mentioned(cx: Context<'_>, id: TypeId) -> Vec<TypeId> {
    let mut all = Vec::new();
    for ty in walk::parts(&cx.api.types[id].shape) {
        walk::mentions(ty, true, &mut |id, _| all.push(id));
    }
    all
}

/// The declaration of a type, and the macro of the runtime that makes it whole.
fn declaration(cx: Context<'_>, id: TypeId) -> (Option<&'static str>, TokenStream) {
    match &cx.api.types[id].shape {
        Shape::Record(shape) => (Some("records"), record::record(cx, id, shape)),
        Shape::Enumeration(shape) => {
            let by = match shape.repr {
                Repr::String => "string_enumerations",
                Repr::Integer(_) => "integer_enumerations",
                Repr::Mixed => "enumerations",
            };
            (Some(by), enumeration::enumeration(cx, id, shape))
        }
        Shape::Union(shape) => {
            let by = match shape.tag {
                Tag::Property(_) => "tagged_unions",
                Tag::Event => "event_unions",
                Tag::Form => "unions",
            };
            (Some(by), union::union(cx, id, shape))
        }
        Shape::Alias(target) => {
            let (docs, name) = (docs::of_type(cx, id), &cx.names.of_type(id).name);
            let target = ty::held(cx, id, target);
            match cx.facts.newtypes.contains(&id) {
                true => (Some("newtypes"), quote! { #docs pub struct #name(pub #target); }),
                false => (None, quote! { #docs pub type #name = #target; }),
            }
        }
    }
}

/// What clippy must allow a function whose name and arguments, beside `self`, the description decides.
fn allowances(name: &Ident, arguments: &[&Ident]) -> TokenStream {
    const MOST: usize = 6;
    const OPERATORS: [&str; 13] =
        ["add", "bitand", "bitor", "bitxor", "div", "into_iter", "mul", "neg", "not", "rem", "shl", "shr", "sub"];
    const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];
    let is_any = |name: &Ident, listed: &[&str]| listed.contains(&name.as_str());
    let operator = arguments.len() <= 1 && is_any(name, &OPERATORS);
    let operator = operator.then(|| quote!(#[allow(clippy::should_implement_trait)]));
    let many = (arguments.len() > MOST).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let placeholder = arguments.iter().any(|name| is_any(name, &PLACEHOLDERS));
    let placeholder = placeholder.then(|| quote!(#[allow(clippy::disallowed_names)]));
    quote!(#many #operator #placeholder)
}

/// The operations of a group, in order.
fn operations_of(cx: Context<'_>, group: GroupId) -> impl Iterator<Item = crate::ir::OperationId> + '_ {
    cx.api.operations.iter().filter(move |(_, operation)| operation.group.index() == group.index()).map(|(id, _)| id)
}
