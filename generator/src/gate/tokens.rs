//! What stands between the brackets of a macro call: no syntax tree, so it is looked at token by token.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use super::names::{self, Declared};
use super::{attribute, docs};

/// How deep brackets may nest in a macro call; emitted ones hold lists of names.
const MAX_DEPTH: usize = 64;

/// Whether the tokens name nothing that is not listed and hold no unsafe code; otherwise what they do hold.
pub(super) fn check(tokens: &TokenStream, declared: &Declared) -> Result<(), String> {
    within(tokens, declared, MAX_DEPTH)
}

/// The text of a piece of syntax, for a message.
pub(super) fn text(syntax: &impl ToTokens) -> String {
    syntax.to_token_stream().to_string()
}

fn within(tokens: &TokenStream, declared: &Declared, depth: usize) -> Result<(), String> {
    let depth = depth.checked_sub(1).ok_or("brackets too deep")?;
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut documented = Vec::new();
    let mut i = 0;
    while let Some(tree) = trees.get(i) {
        if !is_punct(tree, '#') {
            // What follows them is what they document.
            docs::check(&std::mem::take(&mut documented)).map_err(str::to_owned)?;
        }
        match tree {
            // What stands behind it is a path of its own.
            TokenTree::Ident(ident) if ident == "impl" => {}
            TokenTree::Ident(_) => {
                i = path(&trees, i, false, declared)?;
                continue;
            }
            TokenTree::Punct(_) if is_separator(&trees, i) && matches!(trees.get(i + 2), Some(TokenTree::Ident(_))) => {
                // One name after an angle bracket belongs to the type before it; more could begin anew, as after an arrow.
                let continues = i > 0 && is_punct(&trees[i - 1], '>') && !is_separator(&trees, i + 3);
                i = if continues { i + 3 } else { path(&trees, i + 2, true, declared)? };
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // An inner attribute has an exclamation mark in between.
                let at = if trees.get(i + 1).is_some_and(|tree| is_punct(tree, '!')) { i + 2 } else { i + 1 };
                if let Some(TokenTree::Group(group)) = trees.get(at)
                    && group.delimiter() == Delimiter::Bracket
                {
                    match doc(&group.stream()) {
                        Some(text) => documented.push(text),
                        None => {
                            let meta = syn::parse2(group.stream()).map_err(|_| group.to_string())?;
                            attribute(&meta)?;
                            documented.extend(super::doc(&meta).map(syn::LitStr::value));
                        }
                    }
                    i = at + 1;
                    continue;
                }
            }
            TokenTree::Group(group) => within(&group.stream(), declared, depth)?,
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        i += 1;
    }
    docs::check(&documented).map_err(str::to_owned)
}

/// The text of a doc attribute: most attributes are one, and reading them as syntax takes long.
fn doc(tokens: &TokenStream) -> Option<String> {
    let mut trees = tokens.clone().into_iter();
    match (trees.next()?, trees.next()?, trees.next()?, trees.next()) {
        (TokenTree::Ident(name), TokenTree::Punct(equals), TokenTree::Literal(text), None)
            if name == "doc" && equals.as_char() == '=' =>
        {
            match syn::Lit::new(text) {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Judges the path that begins at `start`, and gives the place after it.
fn path(trees: &[TokenTree], start: usize, is_absolute: bool, declared: &Declared) -> Result<usize, String> {
    let mut segments = Vec::new();
    let mut i = start;
    while let Some(TokenTree::Ident(ident)) = trees.get(i) {
        segments.push(ident.to_string());
        i += 1;
        if !(is_separator(trees, i) && matches!(trees.get(i + 2), Some(TokenTree::Ident(_)))) {
            break;
        }
        i += 2;
    }
    let is_keyword = |name: &str| {
        matches!(name, "unsafe" | "extern" | "static" | "mod" | "use" | "macro_rules" | "async" | "loop" | "while")
    };
    if let Some(keyword) = segments.iter().find(|name| is_keyword(name)) {
        return Err(keyword.clone());
    }
    let calls =
        trees.get(i).is_some_and(|tree| is_punct(tree, '!')) && matches!(trees.get(i + 1), Some(TokenTree::Group(_)));
    if calls {
        names::macro_name(&segments)?;
    } else {
        names::path(&segments, is_absolute, declared)?;
    }
    Ok(i)
}

fn is_separator(trees: &[TokenTree], i: usize) -> bool {
    [i, i + 1].into_iter().all(|i| trees.get(i).is_some_and(|tree| is_punct(tree, ':')))
}

fn is_punct(tree: &TokenTree, c: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c)
}
