//! Macro calls that hold declarations: `records! { pub struct Cat { pub id: u64 = "catId" } }`, and setters.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Field, Fields, File, Item, ItemMacro, ItemStruct, Token};

use super::{around, join_items, members, shell_struct, text, within_shells};

/// The lines between the braces of a call that holds declarations, `depth` modules deep; `None` where it holds none.
pub(super) fn lines(tokens: &TokenStream, depth: usize) -> Option<String> {
    match tokens.clone().into_iter().next()? {
        TokenTree::Ident(first) if first == "impl" => setters(tokens, depth),
        TokenTree::Punct(first) if first.as_char() == '#' => items(tokens, depth),
        TokenTree::Ident(first) if first == "pub" => items(tokens, depth),
        TokenTree::Ident(_) => rows(tokens, depth),
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

/// Whether a struct has named fields, whose lines and values are ours to lay out.
pub(super) fn has_fields(item: &ItemStruct) -> bool {
    matches!(item.fields, Fields::Named(_))
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
    joined(&members(Item::Struct(shell_struct(fields)), "struct", depth))
}

/// Lines in which a long type is not spread over three: its name is what a reader looks for.
fn joined(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        lines.push(line.to_owned());
        while let [.., head, inner, end] = lines.as_slice()
            && end.trim_start().starts_with('>')
            && head.ends_with('<')
            && !head.trim_start().starts_with("//")
        {
            let line = format!("{head}{}{}", inner.trim().trim_end_matches(','), end.trim());
            lines.truncate(lines.len() - 3);
            lines.push(line);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
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
                TokenTree::Group(group) => section(&mut out, &group, depth),
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

/// Entries that end in semicolons and say what a thing is before `=>`, and what comes of it behind.
fn rows(tokens: &TokenStream, depth: usize) -> Option<String> {
    let is = |tree: &TokenTree, sign: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign);
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut out = String::new();
    for row in trees.split_inclusive(|tree| is(tree, ';')) {
        let arrow = row.windows(2).position(|pair| is(&pair[0], '=') && is(&pair[1], '>'))?;
        let (what, comes) = row.split_at(arrow);
        let (what, comes) = (text::of(&what.iter().cloned().collect()), text::of(&comes.iter().cloned().collect()));
        let whole = format!("{what} {comes}");
        match text::fits(&whole, depth) {
            true => out.push_str(&text::filled(&whole, depth)),
            false => {
                out.push_str(&text::filled(&what, depth));
                out.push_str(&text::filled(&comes, depth + 1));
            }
        }
    }
    Some(out)
}

/// What stands between a pair of braces: in the line that is begun where it has room, otherwise in lines of its own.
fn section(out: &mut String, group: &Group, depth: usize) {
    let text = text::of(&group.stream());
    let begun = out.lines().next_back().unwrap_or_default();
    if text::fits(&format!("{begun}{{ {text} }}"), 0) {
        out.push_str(&format!("{{ {text} }}"));
    } else {
        out.push_str(&format!("{{\n{}{}}}", text::filled(&text, depth + 1), "    ".repeat(depth)));
    }
}
