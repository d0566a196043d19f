//! Cargo features, one for each tag: what a user does not call need not be compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, by_module, mentioned, operations_of};
use crate::ir::{GroupId, Type, TypeId, walk};

/// From how many operations on an API has features unless its owner decides otherwise.
const MANY_OPERATIONS: usize = 200;

/// What more features than this need is always there: a list that long is worse to read than the model is to compile.
const MOST: usize = 4;

/// The feature of the models that no operation needs.
const UNREFERENCED: &str = "unreferenced-models";

/// The feature of what the server sends on its own, and of the models that nothing else needs. Every API that sends
/// something has it.
pub(super) const PAYLOADS: &str = "payloads";

/// What brings a module of models in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Condition {
    /// Nothing: it is always there.
    Always,
    /// Any of these features.
    Features(Vec<String>),
}

impl Condition {
    /// What stands in parentheses behind `any` and `all`.
    pub(super) fn features(&self) -> Option<TokenStream> {
        match self {
            Self::Always => None,
            Self::Features(features) => Some(quote!(#(feature = #features),*)),
        }
    }
}

/// Whether the groups of the API have features.
pub(super) fn are_on(cx: Context<'_>) -> bool {
    let by_default = cx.api.operations.len() >= MANY_OPERATIONS && cx.api.groups.len() > 1;
    cx.config.features.tags.unwrap_or(by_default)
}

/// The condition of the module of a group, as an attribute.
pub(super) fn of_group(cx: Context<'_>, id: GroupId) -> Option<TokenStream> {
    let feature = &cx.names.of_group(id).feature;
    are_on(cx).then(|| quote!(#[cfg(feature = #feature)]))
}

/// The conditions of what names a type outside of the operations, as attributes.
pub(super) fn of_type(cx: Context<'_>, ty: &Type) -> Vec<TokenStream> {
    let mut modules = BTreeSet::new();
    walk::mentions(ty, true, &mut |id, _| _ = modules.insert(cx.names.of_type(id).module.to_string()));
    if modules.is_empty() || !are_on(cx) {
        return Vec::new();
    }
    let conditions = of_models(cx);
    let own = conditions.iter().filter(|(_, held)| held.iter().any(|module| modules.contains(module)));
    own.filter_map(|(condition, _)| condition.features()).map(|features| quote!(#[cfg(any(#features))])).collect()
}

/// The modules of models by what brings them in.
pub(super) fn of_models(cx: Context<'_>) -> BTreeMap<Condition, Vec<String>> {
    let users = users(cx);
    let mut all: BTreeMap<Condition, Vec<String>> = BTreeMap::new();
    for module in by_module(cx).into_keys() {
        let is_optional = |features: &&BTreeSet<String>| match are_on(cx) {
            true => features.len() <= MOST,
            false => features.iter().eq([PAYLOADS]),
        };
        let features = users.get(&module).filter(is_optional);
        let condition = features.map(|features| Condition::Features(features.iter().cloned().collect()));
        all.entry(condition.unwrap_or(Condition::Always)).or_default().push(module);
    }
    all
}

/// The features that need each module of models, also by way of another one.
fn users(cx: Context<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let modules = by_module(cx);
    let module = |id| cx.names.of_type(id).module.to_string();
    let needs = |types: &Vec<TypeId>| types.iter().flat_map(|id| mentioned(cx, *id)).map(module).collect();
    let needs: BTreeMap<String, Vec<String>> =
        modules.iter().map(|(name, types)| (name.clone(), needs(types))).collect();
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for id in cx.api.groups.ids() {
        let operations = operations_of(cx, id).map(|id| &cx.api.operations[id]);
        let mut roots = Vec::new();
        for ty in operations.flat_map(|operation| walk::requests(operation).chain(walk::responses(operation))) {
            walk::mentions(ty, true, &mut |id, _| roots.push(module(id)));
        }
        for name in reachable(&needs, roots) {
            users.entry(name).or_default().insert(cx.names.of_group(id).feature.clone());
        }
    }
    let mut roots = Vec::new();
    walk::payloads(cx.api).for_each(|ty| walk::mentions(ty, true, &mut |id, _| roots.push(module(id))));
    for name in reachable(&needs, roots) {
        users.entry(name).or_default().insert(PAYLOADS.to_owned());
    }
    let unused = modules.into_keys().filter(|name| !users.contains_key(name)).collect();
    for name in reachable(&needs, unused) {
        users.entry(name).or_default().insert(UNREFERENCED.to_owned());
    }
    users
}

fn reachable(needs: &BTreeMap<String, Vec<String>>, roots: Vec<String>) -> BTreeSet<String> {
    let (mut found, mut queue) = (BTreeSet::new(), roots);
    while let Some(name) = queue.pop() {
        if found.insert(name.clone()) {
            queue.extend(needs.get(&name).into_iter().flatten().cloned());
        }
    }
    found
}

/// The features that are on by default beside those of the transport.
pub(super) fn by_default(cx: Context<'_>) -> Vec<&'static str> {
    let payloads = (!cx.api.payloads.is_empty()).then_some(PAYLOADS);
    payloads.into_iter().chain(are_on(cx).then_some("tags")).collect()
}

/// The features as the manifest declares them; nothing where there are none.
pub(super) fn manifest(cx: Context<'_>) -> String {
    let mut text = String::new();
    if !cx.api.payloads.is_empty() {
        _ = write!(text, "# What the API sends on its own, and the models that nothing else needs.\n{PAYLOADS} = []\n");
    }
    if !are_on(cx) {
        return text;
    }
    let all: Vec<&str> = cx.api.groups.ids().map(|id| cx.names.of_group(id).feature.as_str()).collect();
    text.push_str("# The operations of all tags, and the models that none of them needs.\ntags = [\n");
    for feature in all.iter().chain([&UNREFERENCED]) {
        _ = writeln!(text, "    {},", toml::Value::from(*feature));
    }
    text.push_str("]\n");
    for feature in all.iter().chain([&UNREFERENCED]) {
        _ = writeln!(text, "{feature} = []");
    }
    text
}
