//! A walk over code that is not for tests alone, into macros too.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::source::for_tests;

/// What a rule wants to see.
pub(crate) trait Seer {
    /// A path in use: the names between `::`, as they are written.
    fn path(&mut self, _: &[String]) {}
    /// A method call.
    fn method(&mut self, _: &str) {}
    /// A macro call.
    fn macro_call(&mut self, _: &str) {}
    /// A value of a struct that is written out.
    fn literal(&mut self, _: &str) {}
    /// A string, byte string or character.
    fn text(&mut self, _: &str) {}
    /// An identifier.
    fn word(&mut self, _: &str) {}
}

/// Shows a seer all that a file says, but for its tests.
pub(crate) fn show(file: &syn::File, seer: &mut dyn Seer) {
    Walk { seer }.visit_file(file);
}

/// Macros whose tokens are the code of someone else.
const QUOTES: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "stringify"];

struct Walk<'s> {
    seer: &'s mut dyn Seer,
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut before = Vec::new();
        self.tree(&item.tree, &mut before);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.seer.path(&names);
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.seer.method(&call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        if let Some(last) = expr.path.segments.last() {
            self.seer.literal(&last.ident.to_string());
        }
        visit::visit_expr_struct(self, expr);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        let Some(name) = call.path.segments.last().map(|segment| segment.ident.to_string()) else { return };
        self.seer.macro_call(&name);
        if !QUOTES.contains(&name.as_str()) {
            self.tokens(&call.tokens);
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.seer.text(&text.value());
    }

    fn visit_ident(&mut self, word: &'ast proc_macro2::Ident) {
        self.seer.word(&word.to_string());
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

impl Walk<'_> {
    fn tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        let depth = before.len();
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before);
            }
            syn::UseTree::Name(name) => before.push(name.ident.to_string()),
            syn::UseTree::Rename(name) => before.push(name.ident.to_string()),
            syn::UseTree::Glob(_) => before.push("*".to_owned()),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before);
                }
            }
        }
        if !matches!(tree, syn::UseTree::Path(_) | syn::UseTree::Group(_)) {
            self.seer.path(before);
        }
        before.truncate(depth);
    }

    /// What stands in a macro is tokens: paths, and names after a dot or before a bang.
    fn tokens(&mut self, tokens: &TokenStream) {
        let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let word = |at: usize| match all.get(at) {
            Some(TokenTree::Ident(word)) => Some(word.to_string()),
            _ => None,
        };
        let mark =
            |at: usize, mark: char| matches!(all.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
        let mut at = 0;
        while at < all.len() {
            let Some(first) = word(at) else {
                match all.get(at) {
                    Some(TokenTree::Group(group)) => self.tokens(&group.stream()),
                    Some(TokenTree::Literal(literal)) => self.literal_in_macro(literal),
                    _ => {}
                }
                at += 1;
                continue;
            };
            let after_dot = at.checked_sub(1).is_some_and(|before| mark(before, '.'));
            let mut names = vec![first.clone()];
            at += 1;
            while mark(at, ':') && mark(at + 1, ':') {
                let Some(next) = word(at + 2) else { break };
                names.push(next);
                at += 3;
            }
            self.seer.word(&first);
            if after_dot {
                self.seer.method(&first);
                continue;
            }
            self.seer.path(&names);
            if mark(at, '!') && matches!(all.get(at + 1), Some(TokenTree::Group(_))) {
                self.seer.macro_call(names.last().unwrap_or(&first));
            }
        }
    }

    fn literal_in_macro(&mut self, literal: &proc_macro2::Literal) {
        if let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) {
            self.seer.text(&text.value());
        }
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
