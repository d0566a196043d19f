//! `README.md`, and a page under `docs/` for each group of operations.

mod anchor;
mod example;
mod group;
mod payload;
mod readme;
mod sample;

use super::{Context, ty};
use crate::ir::{GroupId, Type, TypeId, walk};
use crate::print;

pub(crate) use example::Example;

/// A stretch of a page.
pub(crate) enum Piece {
    /// Markdown.
    Text(String),
    /// A program, which is printed as Rust.
    Example(Example),
}

/// A page to be written.
pub(crate) enum Page {
    /// What the crate is.
    Readme,
    /// The operations of a group.
    Group(GroupId),
    /// What the API sends by itself.
    Payloads,
}

/// The pages by their paths.
pub(super) fn pages(cx: Context<'_>) -> Vec<(String, Page)> {
    let groups = cx.api.groups.ids().map(|id| (format!("docs/{}.md", cx.names.of_group(id).page), Page::Group(id)));
    let payloads = (!cx.api.payloads.is_empty()).then(|| (payload::PATH.to_owned(), Page::Payloads));
    std::iter::once(("README.md".to_owned(), Page::Readme)).chain(groups).chain(payloads).collect()
}

/// The pieces of a page, in order.
pub(super) fn page(cx: Context<'_>, page: &Page) -> Vec<Piece> {
    match page {
        Page::Readme => readme::page(cx),
        Page::Group(id) => group::page(cx, *id),
        Page::Payloads => payload::page(cx),
    }
}

/// A row of a table.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!(" {cell} ")).collect();
    format!("|{}|\n", cells.join("|"))
}

/// The head of a table.
fn head(names: &[&str]) -> String {
    row(names) + &row(&vec!["---"; names.len()])
}

/// The file that declares a type, from the root of the crate.
fn source(cx: Context<'_>, id: TypeId) -> String {
    format!("src/models/{}.rs", cx.names.of_type(id).module)
}

/// A type as code, which links to the model that it is made of. `root` leads to the root of the crate.
fn linked(cx: Context<'_>, ty: &Type, root: &str) -> String {
    let text = super::docs::code(&print::ty(&ty::outer(cx, ty)));
    let mut model = None;
    walk::mentions(ty, true, &mut |id, _| model = model.or(Some(id)));
    match model {
        Some(id) => format!("[{text}]({root}{})", source(cx, id)),
        None => text,
    }
}
