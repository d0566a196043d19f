//! Which names a file may use.

use std::collections::HashSet;

use proc_macro2::TokenTree;
use syn::visit::{self, Visit};
use syn::{Ident, Item, Macro, Path, UseTree};

use super::{FOREIGN, MACROS, OWN, PRELUDE};

/// The path as written when it leads to something that is neither the crate's own nor listed.
///
/// A single name needs no look: it means what the file declares or imports, and that was looked at, or the prelude.
pub(super) fn path(path: &[String], is_absolute: bool, declared: &Declared) -> Result<(), String> {
    let [first, _, ..] = path else {
        return if is_absolute { foreign(path) } else { Ok(()) };
    };
    let first = first.as_str();
    let known = OWN.contains(&first) || PRELUDE.contains(&first) || declared.names.contains(first);
    if !is_absolute && known && !is_library(first) { Ok(()) } else { foreign(path) }
}

/// The same for a path that leads out of the crate. The parts of the standard library count as one.
fn foreign(path: &[String]) -> Result<(), String> {
    let written = path.join("::");
    let standard = match path.split_first() {
        Some((first, rest)) if first == "core" || first == "alloc" => format!("std::{}", rest.join("::")),
        _ => written.clone(),
    };
    let listed = FOREIGN
        .iter()
        .any(|allowed| standard.strip_prefix(allowed).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")));
    if listed { Ok(()) } else { Err(written) }
}

/// The same for the name of a macro.
pub(super) fn macro_name(path: &[String]) -> Result<(), String> {
    let own = path.iter().take_while(|name| ["core", "crate", "self", "std", "super"].contains(&name.as_str())).count();
    let name = path[own..].join("::");
    if MACROS.contains(&name.as_str()) { Ok(()) } else { Err(format!("{}!", path.join("::"))) }
}

/// The names of a path, without generics.
pub(super) fn segments(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The names that a file declares.
#[derive(Default)]
pub(super) struct Declared {
    /// Modules and enums: an import may begin at these.
    modules: HashSet<String>,
    /// All items, imports and type parameters: a path may begin at these.
    names: HashSet<String>,
}

/// What `file` declares.
pub(super) fn declared(file: &syn::File) -> Declared {
    let mut declared = Declared::default();
    declared.visit_file(file);
    declared
}

/// The import as written when it begins neither in the crate nor at a listed name.
pub(super) fn import(path: &[String], is_absolute: bool, declared: &Declared) -> Result<(), String> {
    let first = path.first().map(String::as_str).unwrap_or_default();
    let known = OWN.contains(&first) || declared.modules.contains(first);
    if !is_absolute && known && !is_library(first) { Ok(()) } else { foreign(path) }
}

/// Nothing that a file declares may stand for the standard library.
fn is_library(name: &str) -> bool {
    matches!(name, "std" | "core" | "alloc" | "proc_macro" | "test")
}

impl Declared {
    fn add(&mut self, ident: &Ident) {
        self.names.insert(ident.to_string());
    }
}

impl Visit<'_> for Declared {
    fn visit_item(&mut self, item: &Item) {
        if let Item::Mod(syn::ItemMod { ident, .. }) | Item::Enum(syn::ItemEnum { ident, .. }) = item {
            self.modules.insert(ident.to_string());
        }
        match item {
            Item::Const(item) => self.add(&item.ident),
            Item::Enum(item) => self.add(&item.ident),
            Item::Fn(item) => self.add(&item.sig.ident),
            Item::Mod(item) => self.add(&item.ident),
            Item::Static(item) => self.add(&item.ident),
            Item::Struct(item) => self.add(&item.ident),
            Item::Type(item) => self.add(&item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    /// Names are declared by items alone, so nothing else is looked into. What were declared elsewhere would be refused.
    fn visit_block(&mut self, block: &syn::Block) {
        for statement in &block.stmts {
            if let syn::Stmt::Item(item) = statement {
                self.visit_item(item);
            }
        }
    }

    fn visit_attribute(&mut self, _: &syn::Attribute) {}

    fn visit_type(&mut self, _: &syn::Type) {}

    fn visit_expr(&mut self, _: &syn::Expr) {}

    fn visit_use_tree(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Name(tree) => self.add(&tree.ident),
            UseTree::Rename(tree) => self.add(&tree.rename),
            // `use crate::runtime::{self}` imports the module's own name.
            UseTree::Path(tree) if imports_itself(&tree.tree) => self.add(&tree.ident),
            _ => {}
        }
        visit::visit_use_tree(self, tree);
    }

    fn visit_type_param(&mut self, parameter: &syn::TypeParam) {
        self.add(&parameter.ident);
        visit::visit_type_param(self, parameter);
    }

    /// Operations declare the types of their calls, which stand behind an arrow.
    fn visit_macro(&mut self, call: &Macro) {
        if call.path.segments.last().is_none_or(|name| name.ident != "operations") {
            return;
        }
        let trees: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        for window in trees.windows(3) {
            if let [TokenTree::Punct(from), TokenTree::Punct(to), TokenTree::Ident(name)] = window
                && (from.as_char(), to.as_char()) == ('-', '>')
            {
                self.add(name);
            }
        }
    }
}

fn imports_itself(tree: &UseTree) -> bool {
    match tree {
        UseTree::Name(tree) => tree.ident == "self",
        UseTree::Group(group) => group.items.iter().any(imports_itself),
        _ => false,
    }
}
