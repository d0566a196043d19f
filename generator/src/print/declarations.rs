//! Macro calls that hold declarations: `records! { pub struct Cat { pub id: u64 = "catId" } }`, and setters.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Field, Fields, File, Item, ItemMacro, ItemStruct, Token};

use super::{around, join_items, members, shell_struct, within_shells};

/// The lines between the braces of a call that holds declarations, `depth` modules deep; `None` where it holds none.
pub(super) fn lines(tokens: &TokenStream, depth: usize) -> Option<String> {
    match tokens.clone().into_iter().next()? {
        TokenTree::Ident(first) if first == "impl" => setters(tokens, depth),
        TokenTree::Punct(first) if first.as_char() == '#' => items(tokens, depth),
        TokenTree::Ident(first) if first == "pub" => items(tokens, depth),
        _ => None,
    }
}

/// Items, or the field of what a record has beside its fields.
fn items(tokens: &TokenStream, depth: usize) -> Option<String> {
    match syn::parse2::<File>(tokens.clone()) {
        Ok(file) => Some(join_items(file.items, depth)),
        Err(_) => Some(inside(named(tokens)?, depth.checked_sub(1)?)),
    }
}

fn named(tokens: &TokenStream) -> Option<Punctuated<Field, Token![,]>> {
    let parser = |input: ParseStream<'_>| Punctuated::parse_terminated_with(input, Field::parse_named);
    parser.parse2(tokens.clone()).ok()
}

/// Whether an item says more of the one before: `tag! { "kind" }`.
pub(super) fn is_section(call: &ItemMacro) -> bool {
    call.mac.path.get_ident().is_some()
}

/// Whether fields of a struct have values behind them, which the formatter does not know of.
pub(super) fn has_values(item: &ItemStruct) -> bool {
    item.fields.iter().any(|field| field.default.is_some())
}

/// Such a struct.
pub(super) fn structure(mut item: ItemStruct, depth: usize) -> String {
    let all = match &mut item.fields {
        Fields::Named(named) => std::mem::take(&mut named.named),
        Fields::Unnamed(_) | Fields::Unit => Punctuated::new(),
    };
    around(Item::Struct(item), &fields(all, depth), depth)
}

/// Fields as they stand in a struct that is `depth` modules deep. Those without a value are printed together with the
/// next one that has one, which is put behind it.
fn fields(all: Punctuated<Field, Token![,]>, depth: usize) -> String {
    let mut out = String::new();
    let mut run = Punctuated::new();
    for mut field in all {
        let value = field.default.take();
        run.push(field);
        if let Some((_, value)) = value {
            let text = inside(std::mem::take(&mut run), depth);
            out.push_str(text.strip_suffix(",\n").unwrap_or(&text));
            out.push_str(&format!(" = {},\n", value.to_token_stream()));
        }
    }
    if !run.is_empty() {
        out.push_str(&inside(run, depth));
    }
    out
}

/// The lines of fields without values.
fn inside(fields: Punctuated<Field, Token![,]>, depth: usize) -> String {
    members(Item::Struct(shell_struct(fields)), "struct", depth)
}

/// What makes records: `impl Cat(id: u64) { name: impl Into<String> } preset { kind: "cat" }`.
fn setters(tokens: &TokenStream, depth: usize) -> Option<String> {
    let mut out = String::new();
    let mut trees = tokens.clone().into_iter().peekable();
    while trees.next().is_some() {
        let (TokenTree::Ident(name), TokenTree::Group(arguments)) = (trees.next()?, trees.next()?) else { return None };
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&head(&name, &arguments, depth)?);
        while let Some(tree) = trees.next_if(|tree| !matches!(tree, TokenTree::Ident(word) if word == "impl")) {
            out.push(' ');
            match tree {
                TokenTree::Group(group) => out.push_str(&section(&group, depth)),
                word => out.push_str(&word.to_string()),
            }
        }
        out.push('\n');
    }
    Some(out)
}

/// The type and what must be given, up to the brace: printed as the head of a function, whose lines break alike.
fn head(name: &Ident, arguments: &Group, depth: usize) -> Option<String> {
    let indent = "    ".repeat(depth);
    let text = within_shells(syn::parse2(quote!(fn #name #arguments {})).ok()?, depth);
    let text = text.strip_prefix(&indent)?.strip_prefix("fn ")?.strip_suffix(" {}\n")?;
    Some(format!("{indent}impl {text}"))
}

/// What stands between a pair of braces: fields in lines of their own, or values and names in one line.
fn section(group: &Group, depth: usize) -> String {
    match named(&group.stream()) {
        Some(fields) => format!("{{\n{}{}}}", inside(fields, depth), "    ".repeat(depth)),
        None => format!("{{ {} }}", entries(&group.stream()).join(", ")),
    }
}

/// What stands between the commas of a call.
pub(super) fn entries(tokens: &TokenStream) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = String::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(std::mem::take(&mut entry)),
            TokenTree::Punct(punct) if punct.as_char() == ':' => entry.push(':'),
            tree => {
                if !entry.is_empty() && !entry.ends_with('-') {
                    entry.push(' ');
                }
                entry.push_str(&tree.to_string());
            }
        }
    }
    entries.extend((!entry.is_empty()).then_some(entry));
    entries
}
