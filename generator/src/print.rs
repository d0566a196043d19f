//! Syntax trees to text: the layout of `prettyplease`, with blank lines where a careful engineer sets them.
//!
//! Blank lines are set by printing one item at a time and joining the texts, never by looking for places in a text, so
//! nothing that a literal holds can be mistaken for layout.

mod declarations;
mod text;

#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, Fields, File, ImplItem, Item, ItemFn, ItemImpl, ItemMacro, ItemMod, ItemStruct, Macro,
    MacroDelimiter, Stmt, Token, UseTree, Visibility, token,
};

/// The text of a file: inner docs and attributes, then the items with a blank line between those that do not belong together.
/// It ends with one line end.
pub fn source(file: File) -> String {
    let head = unparse(file.attrs, Vec::new());
    let items = join_items(file.items, 0);
    match (head.trim_matches('\n'), items.as_str()) {
        ("", items) => items.to_owned(),
        (head, "") => format!("{head}\n"),
        (head, items) => format!("{head}\n\n{items}"),
    }
}

/// A path to a type, or a tuple, as it stands in a signature: on one line, whatever its length.
pub fn ty(ty: &TokenStream) -> String {
    text::of(ty)
}

/// A program: what it imports, and a function whose body is `steps`, each a paragraph; the body that `main` itself has is
/// not looked at. Ends with a line end.
///
/// # Errors
///
/// When one of them is no Rust.
pub fn program(imports: TokenStream, main: TokenStream, steps: &[TokenStream]) -> syn::Result<String> {
    let imports = source(syn::parse2(imports)?);
    let main: ItemFn = syn::parse2(main)?;
    let steps =
        steps.iter().map(|step| syn::Block::parse_within.parse2(step.clone())).collect::<syn::Result<Vec<_>>>()?;
    Ok(format!("{imports}\n{}", function(&main, &steps)))
}

fn function(head: &ItemFn, steps: &[Vec<Stmt>]) -> String {
    let empty = ItemFn { block: Box::new(block(Vec::new())), ..head.clone() };
    let text = unparse(Vec::new(), vec![Item::Fn(empty)]);
    match text.strip_suffix("{}\n") {
        Some(head) => format!("{head}{{\n{}}}\n", join_steps(steps)),
        None => {
            let whole = ItemFn { block: Box::new(block(steps.concat())), ..head.clone() };
            unparse(Vec::new(), vec![Item::Fn(whole)])
        }
    }
}

/// The steps as the body of a function, indented once.
fn join_steps(steps: &[Vec<Stmt>]) -> String {
    let texts = steps.iter().filter(|step| !step.is_empty()).map(|step| {
        let text = unparse(Vec::new(), vec![Item::Fn(shell_function(step.clone()))]);
        text.strip_prefix("fn a() {\n").and_then(|text| text.strip_suffix("}\n")).unwrap_or(&text).to_owned()
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The items of a file or, at a greater `depth`, of a module inside it.
fn join_items(items: Vec<Item>, depth: usize) -> String {
    let mut before = None;
    let texts = items.into_iter().map(|next| {
        let kind = item_kind(&next);
        let belongs =
            (kind.is_some() && before == kind) || matches!(&next, Item::Macro(call) if declarations::is_section(call));
        before = kind;
        (belongs, item(next, depth))
    });
    join(texts)
}

/// Texts with a blank line before each that does not belong to the one before.
fn join(texts: impl Iterator<Item = (bool, String)>) -> String {
    let mut out = String::new();
    for (belongs, text) in texts {
        if !out.is_empty() && !belongs {
            out.push('\n');
        }
        out.push_str(&text);
    }
    out
}

fn item(item: Item, depth: usize) -> String {
    match item {
        Item::Impl(block) if block.items.len() > 1 && !block.attrs.iter().any(is_inner) => spaced_impl(block, depth),
        Item::Mod(module) if !module.attrs.iter().any(is_inner) => spaced_module(module, depth),
        Item::Struct(item) if declarations::has_fields(&item) => declarations::structure(item, depth),
        Item::Macro(call) => spaced_macro(&call, depth).unwrap_or_else(|| within_shells(Item::Macro(call), depth)),
        other => within_shells(other, depth),
    }
}

fn is_inner(attribute: &Attribute) -> bool {
    matches!(attribute.style, syn::AttrStyle::Inner(_))
}

/// An implementation with blank lines between its members.
fn spaced_impl(mut block: ItemImpl, depth: usize) -> String {
    let mut before = None;
    let texts: Vec<(bool, String)> = std::mem::take(&mut block.items)
        .into_iter()
        .map(|member| {
            let kind = member_kind(&member);
            let belongs = kind.is_some() && before == kind;
            before = kind;
            (belongs, members(Item::Impl(shell_impl(member)), "impl", depth))
        })
        .collect();
    around(Item::Impl(block), &join(texts.into_iter()), depth)
}

/// A module with blank lines between its items.
fn spaced_module(mut module: ItemMod, depth: usize) -> String {
    let items = module.content.as_mut().map(|(_, items)| std::mem::take(items)).unwrap_or_default();
    let inside = join_items(items, depth + 1);
    around(Item::Mod(module), &inside, depth)
}

/// A call in braces with one entry per line, when its entries do not fit on one line or are statements.
fn spaced_macro(call: &ItemMacro, depth: usize) -> Option<String> {
    let with = |tokens: TokenStream| {
        let mac = Macro { tokens, ..call.mac.clone() };
        Item::Macro(ItemMacro { attrs: Vec::new(), ident: None, semi_token: None, mac })
    };
    if !matches!(call.mac.delimiter, MacroDelimiter::Brace(_)) || call.ident.is_some() || !call.attrs.is_empty() {
        return None;
    }
    if let Some(lines) = declarations::lines(&call.mac.tokens, depth + 1) {
        return Some(around(with(TokenStream::new()), &lines, depth));
    }
    if declarations::is_section(call) {
        let indent = "    ".repeat(depth);
        return Some(format!("{indent}{}! {{ {} }}\n", call.mac.path.get_ident()?, text::of(&call.mac.tokens)));
    }
    let is =
        |tree: &TokenTree, separator: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == separator);
    let trees: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let separator = if trees.iter().any(|tree| is(tree, ';')) { ';' } else { ',' };
    if separator == ',' && within_shells(with(call.mac.tokens.clone()), depth).lines().count() <= 3 {
        return None;
    }
    let indent = "    ".repeat(depth);
    let head = within_shells(with(TokenStream::new()), depth);
    let head = head.strip_suffix("{}\n")?;
    let mut entries = String::new();
    for entry in trees.split_inclusive(|tree| is(tree, separator)) {
        let text = within_shells(with(entry.iter().cloned().collect()), depth);
        let text = text.strip_prefix(head)?.strip_prefix("{\n")?.strip_suffix(&format!("{indent}}}\n"))?;
        entries.push_str(text);
    }
    Some(around(with(TokenStream::new()), &entries, depth))
}

/// The text of an empty item with `members` between its braces; of one that has neither, as it is.
fn around(empty: Item, members: &str, depth: usize) -> String {
    let text = within_shells(empty, depth);
    match text.strip_suffix("{}\n") {
        Some(head) if !members.is_empty() => format!("{head}{{\n{members}{}}}\n", "    ".repeat(depth)),
        _ => text,
    }
}

/// The lines between the braces of a shell that opens with that keyword.
fn members(shell: Item, keyword: &str, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let text = within_shells(shell, depth);
    let inside = text.strip_prefix(&indent).and_then(|text| text.strip_prefix(keyword)?.strip_prefix(" a {\n"));
    inside.and_then(|text| text.strip_suffix("}\n")?.strip_suffix(&indent)).unwrap_or(&text).to_owned()
}

/// The text that `item` has `depth` modules deep: printed there, so that lines break where they must.
fn within_shells(item: Item, depth: usize) -> String {
    let mut shelled = item;
    for _ in 0..depth {
        shelled = Item::Mod(shell_module(shelled));
    }
    let text = unparse(Vec::new(), vec![shelled]);
    if depth == 0 {
        return text;
    }
    let mut inner = text.as_str();
    for level in 0..depth {
        let indent = "    ".repeat(level);
        let opened = inner.strip_prefix(&format!("{indent}mod a {{\n"));
        inner = opened.unwrap_or(inner);
    }
    for level in 0..depth {
        let indent = "    ".repeat(level);
        inner = inner.strip_suffix(&format!("{indent}}}\n")).unwrap_or(inner);
    }
    inner.to_owned()
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}

/// What kinds of items stand together without blank lines.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Module { public: bool },
    Import { public: bool, origin: Origin },
    Constant,
    Type,
}

/// Where an import comes from.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    Standard,
    Foreign,
    Own,
}

fn item_kind(item: &Item) -> Option<Kind> {
    let is_public = |visibility: &Visibility| !matches!(visibility, Visibility::Inherited);
    match item {
        Item::Mod(item) if item.content.is_none() && !is_documented(&item.attrs) => {
            Some(Kind::Module { public: is_public(&item.vis) })
        }
        Item::Use(item) if !is_documented(&item.attrs) => {
            Some(Kind::Import { public: is_public(&item.vis), origin: origin(&item.tree) })
        }
        _ => None,
    }
}

fn member_kind(member: &ImplItem) -> Option<Kind> {
    match member {
        ImplItem::Const(member) if !is_documented(&member.attrs) => Some(Kind::Constant),
        ImplItem::Type(member) if !is_documented(&member.attrs) => Some(Kind::Type),
        _ => None,
    }
}

fn is_documented(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc"))
}

fn origin(tree: &UseTree) -> Origin {
    let first = match tree {
        UseTree::Path(tree) => tree.ident.to_string(),
        UseTree::Name(tree) => tree.ident.to_string(),
        UseTree::Rename(tree) => tree.ident.to_string(),
        UseTree::Glob(_) | UseTree::Group(_) => String::new(),
    };
    match first.as_str() {
        "std" | "core" | "alloc" => Origin::Standard,
        "crate" | "self" | "super" => Origin::Own,
        _ => Origin::Foreign,
    }
}

fn shell_module(item: Item) -> ItemMod {
    ItemMod {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        unsafety: None,
        mod_token: token::Mod::default(),
        ident: shell_name(),
        content: Some((token::Brace::default(), vec![item])),
        semi: None,
    }
}

fn shell_impl(member: ImplItem) -> ItemImpl {
    ItemImpl {
        attrs: Vec::new(),
        modifiers: syn::ImplModifiers::default(),
        unsafety: None,
        impl_token: token::Impl::default(),
        generics: syn::Generics::default(),
        trait_: None,
        self_ty: Box::new(syn::Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path: shell_name().into() })),
        brace_token: token::Brace::default(),
        items: vec![member],
    }
}

fn shell_struct(fields: Punctuated<Field, Token![,]>) -> ItemStruct {
    ItemStruct {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        struct_token: token::Struct::default(),
        ident: shell_name(),
        generics: syn::Generics::default(),
        fields: Fields::Named(syn::FieldsNamed { brace_token: token::Brace::default(), named: fields }),
        semi_token: None,
    }
}

fn shell_function(statements: Vec<Stmt>) -> ItemFn {
    let sig = syn::Signature {
        constness: None,
        asyncness: None,
        safety: syn::Safety::Default,
        abi: None,
        fn_token: token::Fn::default(),
        ident: shell_name(),
        generics: syn::Generics::default(),
        paren_token: token::Paren::default(),
        inputs: Punctuated::new(),
        variadic: None,
        output: syn::ReturnType::Default,
    };
    let block = Box::new(block(statements));
    ItemFn { attrs: Vec::new(), vis: Visibility::Inherited, modifiers: syn::FnModifiers::default(), sig, block }
}

fn block(stmts: Vec<Stmt>) -> syn::Block {
    syn::Block { brace_token: token::Brace::default(), stmts }
}

/// The shells are cut off the text again, so that one name does for all.
fn shell_name() -> Ident {
    Ident::new("a", Span::call_site())
}
