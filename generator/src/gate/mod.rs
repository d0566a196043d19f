//! The last look at each emitted file before it is printed: what is not on the lists below does not leave the generator.
//!
//! Nothing that a description says should be able to become code. The stages before see to that; this one does not
//! trust them. It knows nothing of descriptions, only what emitted files are made of. The hand-written files of the
//! runtime do not pass through it.

mod docs;
mod names;
mod tokens;

#[cfg(test)]
mod tests;

use std::fmt;

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Meta, Pat, Path, Token, Type, UseTree};

/// What may be derived.
const DERIVES: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Attributes that are always harmless. The others that are known have conditions: see `attribute`.
const ATTRIBUTES: &[&str] = &["default", "deprecated", "inline", "must_use", "non_exhaustive"];

/// Lints whose level an emitted file may set. A lower level is never given to a lint that guards safety.
const LINTS: &[&str] = &[
    "clippy::disallowed_names",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::module_name_repetitions",
    "clippy::new_without_default",
    "clippy::should_implement_trait",
    "clippy::struct_excessive_bools",
    "clippy::too_many_arguments",
    "clippy::wrong_self_convention",
    "dead_code",
    "deprecated",
    "missing_debug_implementations",
    "missing_docs",
    "non_camel_case_types",
    "rust_2018_idioms",
    "rustdoc::broken_intra_doc_links",
    "unreachable_pub",
    "unused_imports",
];

/// Lints that may be raised but never lowered.
const GUARDS: &[&str] = &["unsafe_code"];

/// Macros that may be called, without `crate`, `self`, `super` and `std` before them.
const MACROS: &[&str] = &[
    "concat",
    "constants",
    "error",
    "flattened",
    "matches",
    "rest",
    "runtime::enumerations",
    "runtime::event_unions",
    "runtime::failures",
    "runtime::integer_enumerations",
    "runtime::media_types",
    "runtime::models",
    "runtime::newtypes",
    "runtime::operations",
    "runtime::records",
    "runtime::serde_traits",
    "runtime::setters",
    "runtime::string_enumerations",
    "runtime::tagged_unions",
    "runtime::unions",
    "tag",
    "vec",
];

/// What may be named outside of the crate: each of these and what is inside it.
const FOREIGN: &[&str] = &[
    "bytes::Bytes",
    "chrono::DateTime",
    "chrono::FixedOffset",
    "chrono::NaiveDate",
    "chrono::NaiveDateTime",
    "chrono::NaiveTime",
    "http::HeaderMap",
    "http::HeaderName",
    "http::HeaderValue",
    "http::StatusCode",
    "http::Uri",
    "http::header",
    "jiff::Span",
    "jiff::Timestamp",
    "jiff::civil",
    "rust_decimal::Decimal",
    "std::borrow",
    "std::boxed::Box",
    "std::clone::Clone",
    "std::cmp",
    "std::collections",
    "std::concat",
    "std::convert",
    "std::default::Default",
    "std::error::Error",
    "std::fmt",
    "std::future::Future",
    "std::future::IntoFuture",
    "std::hash",
    "std::iter",
    "std::marker",
    "std::matches",
    "std::num",
    "std::ops",
    "std::option::Option",
    "std::pin::Pin",
    "std::primitive",
    "std::result::Result",
    "std::str::FromStr",
    "std::string",
    "std::sync::Arc",
    "std::time::Duration",
    "std::time::SystemTime",
    "std::vec",
    "time::Date",
    "time::OffsetDateTime",
    "time::PrimitiveDateTime",
    "time::Time",
    "url::Url",
    "uuid::Uuid",
];

/// Names of the prelude and the language that may begin a path.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Default",
    "Err",
    "Eq",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Some",
    "String",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Vec",
    "bool",
    "char",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// Names that begin a path inside the crate.
const OWN: &[&str] = &["Self", "crate", "self", "super"];

/// Something that must not be in an emitted file. A fault of the generator, never of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The file, as it would be called in the output.
    pub path: String,
    /// What was found, in words and as it is written.
    pub construct: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: an emitted file must not hold {}", self.path, self.construct)
    }
}

impl std::error::Error for Violation {}

/// Whether `file`, to be written to `path`, holds nothing but what emitted files are made of.
///
/// # Errors
///
/// The first thing that it must not hold.
pub fn check(path: &str, file: &syn::File) -> Result<(), Violation> {
    let mut gate = Gate { declared: names::declared(file), refused: None };
    if file.shebang.is_some() || file.frontmatter.is_some() {
        gate.refuse("a first line that is not Rust", "");
    }
    gate.visit_file(file);
    match gate.refused {
        Some(construct) => Err(Violation { path: path.to_owned(), construct }),
        None => Ok(()),
    }
}

struct Gate {
    declared: names::Declared,
    refused: Option<String>,
}

impl Gate {
    fn refuse(&mut self, what: &str, written: &str) {
        let shown: String = written.chars().take(80).collect();
        self.refused
            .get_or_insert_with(|| if shown.is_empty() { what.to_owned() } else { format!("{what}: `{shown}`") });
    }

    /// Reads the doc attributes of one thing together; each attribute by itself is visited later.
    fn documented(&mut self, attributes: &[Attribute]) {
        // What is no text is refused when it is visited.
        let docs: Vec<String> = attributes.iter().filter_map(|attribute| Some(doc(&attribute.meta)?.value())).collect();
        if let Err(fault) = docs::check(&docs) {
            self.refuse(fault, &docs.join("\n"));
        }
    }

    fn item(&mut self, item: &Item) {
        let refused = match item {
            Item::Const(_) | Item::Enum(_) | Item::Struct(_) | Item::Type(_) | Item::Use(_) => None,
            Item::Mod(item) => item.unsafety.map(|_| "an unsafe module"),
            Item::Impl(item) => item.unsafety.map(|_| "an unsafe impl"),
            Item::Static(item) => {
                matches!(item.mutability, syn::StaticMutability::Mut(_)).then_some("a mutable static")
            }
            Item::Fn(item) => (item.sig.ident == "main").then_some("a main function"),
            Item::Macro(item) => item.ident.is_some().then_some("a macro definition"),
            _ => Some("an item that is not listed"),
        };
        if let Some(what) = refused {
            self.refuse(what, "");
        }
    }

    fn path(&mut self, path: &[String], is_absolute: bool) {
        if let Err(written) = names::path(path, is_absolute, &self.declared) {
            self.refuse("a path that is not listed", &written);
        }
    }

    fn tree(&mut self, tree: &UseTree, prefix: &mut Vec<String>, is_absolute: bool) {
        match tree {
            UseTree::Path(tree) => {
                prefix.push(tree.ident.to_string());
                self.tree(&tree.tree, prefix, is_absolute);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, prefix, is_absolute)),
            UseTree::Name(syn::UseName { ident, .. }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
                let mut path = prefix.clone();
                if ident != "self" || path.is_empty() {
                    path.push(ident.to_string());
                }
                self.imported(&path, is_absolute);
            }
            UseTree::Glob(_) => self.imported(prefix, is_absolute),
        }
    }

    fn imported(&mut self, path: &[String], is_absolute: bool) {
        if let Err(written) = names::import(path, is_absolute, &self.declared) {
            self.refuse("an import that is not listed", &written);
        }
    }
}

impl Visit<'_> for Gate {
    fn visit_file(&mut self, file: &syn::File) {
        self.documented(&file.attrs);
        visit::visit_file(self, file);
    }

    fn visit_item(&mut self, item: &Item) {
        self.item(item);
        self.documented(item_attributes(item));
        visit::visit_item(self, item);
    }

    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.tree(&item.tree, &mut Vec::new(), item.leading_colon.is_some());
        visit::visit_item_use(self, item);
    }

    fn visit_signature(&mut self, signature: &syn::Signature) {
        if !matches!(signature.safety, syn::Safety::Default) || signature.abi.is_some() || signature.variadic.is_some()
        {
            self.refuse("a function that is unsafe or of a foreign ABI", &signature.ident.to_string());
        }
        visit::visit_signature(self, signature);
    }

    fn visit_expr(&mut self, expression: &Expr) {
        if !is_plain(expression) {
            self.refuse("an expression that is not listed", &tokens::text(expression));
        }
        visit::visit_expr(self, expression);
    }

    fn visit_type(&mut self, ty: &Type) {
        if matches!(ty, Type::Verbatim(_) | Type::Ptr(_) | Type::FnPtr(_) | Type::Macro(_)) {
            self.refuse("a type that is not listed", &tokens::text(ty));
        }
        visit::visit_type(self, ty);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        if matches!(pattern, Pat::Verbatim(_) | Pat::Macro(_)) {
            self.refuse("a pattern that is not listed", &tokens::text(pattern));
        }
        visit::visit_pat(self, pattern);
    }

    fn visit_impl_item(&mut self, item: &syn::ImplItem) {
        if matches!(item, syn::ImplItem::Verbatim(_)) {
            self.refuse("a member that is not listed", &tokens::text(item));
        }
        self.documented(match item {
            syn::ImplItem::Const(item) => &item.attrs,
            syn::ImplItem::Fn(item) => &item.attrs,
            syn::ImplItem::Type(item) => &item.attrs,
            syn::ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        });
        visit::visit_impl_item(self, item);
    }

    fn visit_field(&mut self, field: &syn::Field) {
        self.documented(&field.attrs);
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &syn::Variant) {
        self.documented(&variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_attribute(&mut self, attribute: &Attribute) {
        if let Err(written) = self::attribute(&attribute.meta) {
            self.refuse("an attribute that is not listed", &written);
        }
    }

    fn visit_path(&mut self, path: &Path) {
        if path.get_ident().is_none() {
            self.path(&names::segments(path), path.leading_colon.is_some());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        // Its path is no path of a type or value, so it is not visited as one.
        if let Err(written) =
            names::macro_name(&names::segments(&call.path)).and_then(|()| tokens::check(&call.tokens, &self.declared))
        {
            self.refuse("a macro call that is not listed", &written);
        }
    }
}

/// The attributes of an item of a listed kind.
fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Emitted code is data and calls: no loop, no async body, no block of another kind.
fn is_plain(expression: &Expr) -> bool {
    use Expr::*;
    matches!(
        expression,
        Array(_)
            | Assign(_)
            | Binary(_)
            | Block(_)
            | Call(_)
            | Cast(_)
            | Closure(_)
            | Field(_)
            | Group(_)
            | If(_)
            | Index(_)
            | Let(_)
            | Lit(_)
            | Macro(_)
            | Match(_)
            | MethodCall(_)
            | Paren(_)
            | Path(_)
            | Range(_)
            | Reference(_)
            | Repeat(_)
            | Return(_)
            | Struct(_)
            | Try(_)
            | Tuple(_)
            | Unary(_)
    )
}

/// The text of a doc attribute.
fn doc(meta: &Meta) -> Option<&syn::LitStr> {
    match meta {
        Meta::NameValue(syn::MetaNameValue {
            path,
            value: Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) if path.is_ident("doc") => Some(text),
        _ => None,
    }
}

/// The attribute as written when it is not allowed. What the text of a doc attribute says is judged elsewhere.
fn attribute(meta: &Meta) -> Result<(), String> {
    if doc(meta).is_some() {
        return Ok(());
    }
    let name = names::segments(meta.path()).join("::");
    let allowed = match (name.as_str(), meta) {
        ("doc", Meta::NameValue(_)) => false,
        ("doc", Meta::List(list)) => list.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "hidden"),
        ("derive", Meta::List(_)) => {
            nested(meta).is_some_and(|names| names.iter().all(|name| is_listed(name, DERIVES)))
        }
        ("cfg", Meta::List(_)) => nested(meta).is_some_and(|conditions| conditions.iter().all(is_condition)),
        ("allow" | "expect", Meta::List(_)) => {
            nested(meta).is_some_and(|lints| lints.iter().all(|lint| is_reason(lint) || is_listed(lint, LINTS)))
        }
        ("warn" | "deny" | "forbid", Meta::List(_)) => nested(meta).is_some_and(|lints| {
            lints.iter().all(|lint| is_reason(lint) || is_listed(lint, LINTS) || is_listed(lint, GUARDS))
        }),
        ("recursion_limit", Meta::NameValue(value)) => {
            matches!(&value.value, Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if text.value().parse::<u32>().is_ok())
        }
        (name, Meta::NameValue(value)) => ATTRIBUTES.contains(&name) && matches!(&value.value, Expr::Lit(_)),
        (name, _) => ATTRIBUTES.contains(&name),
    };
    if allowed { Ok(()) } else { Err(tokens::text(meta)) }
}

fn nested(meta: &Meta) -> Option<Punctuated<Meta, Token![,]>> {
    meta.require_list().ok()?.parse_args_with(Punctuated::parse_terminated).ok()
}

fn is_listed(meta: &Meta, list: &[&str]) -> bool {
    matches!(meta, Meta::Path(path) if list.contains(&names::segments(path).join("::").as_str()))
}

fn is_reason(meta: &Meta) -> bool {
    matches!(meta, Meta::NameValue(value) if value.path.is_ident("reason") && matches!(value.value, Expr::Lit(_)))
}

/// A condition on the crate's features alone.
fn is_condition(meta: &Meta) -> bool {
    match meta {
        Meta::NameValue(value) => value.path.is_ident("feature") && matches!(value.value, Expr::Lit(_)),
        Meta::List(list) => {
            ["all", "any", "not"].iter().any(|name| list.path.is_ident(name))
                && nested(meta).is_some_and(|conditions| conditions.iter().all(is_condition))
        }
        Meta::Path(_) => false,
    }
}
