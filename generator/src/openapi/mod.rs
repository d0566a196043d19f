//! The OpenAPI side of a description: which version it is, whether it follows the grammar, and its HTTP side as types.
//!
//! A description in Swagger 2.0 becomes one of 3.0 first, in `swagger`; its parts keep their origins.
//!
//! The order of things: `version` recognises the version; `check` walks the tree by the table of `grammar`, says
//! what is wrong and yields both what `openapiv3` is to read and the changes that `lift` makes to the tree; `typed`
//! has `openapiv3` read it.
//!
//! # What the typed side holds
//!
//! Of an object its known fields, of the right type, in the order of the document. Nothing else: the extensions of the
//! document stay in the tree, and so do examples and links, which the origin of the object leads to. Every reference
//! is replaced by its target, so no [`openapiv3::ReferenceOr::Reference`] is left, and `components` holds schemas and
//! security schemes alone. What `openapiv3` has no place for stands in extensions:
//!
//! | extension | where | what |
//! |---|---|---|
//! | `x-codegen-origin` | path item, operation, parameter, header, request body, response, media type, encoding, tag, server, security scheme | the pointer to the object in the tree; after a reference, to its target |
//! | `x-codegen-reference` | the same, where a reference stood | the pointer that the reference states |
//! | `x-codegen-schema` | schema | the pointer to the schema in the tree; none where any value is accepted |
//! | `x-codegen-kind` | security scheme, parameter | `mutualTLS`, whose type is then `http` without a scheme; `querystring`, which is then in `query` |
//! | `x-codegen-additional` | path item | which of [`Description::additional`] are its operations by other methods |
//! | `x-codegen-itemSchema` | media type | the handle of the schema of the items of a stream |
//! | `x-codegen-explode` | header, encoding | `explode`, where it is written |
//! | `x-codegen-style` | cookie parameter | `cookie`; its style is then `form` |
//! | `x-codegen-summary` | info, response, tag | `summary` |
//! | `x-codegen-jsonSchemaDialect` | document | `jsonSchemaDialect` |
//! | `x-codegen-identifier`, `-name`, `-parent`, `-kind`, `-oauth2MetadataUrl`, `-deprecated`, `-deviceAuthorization` | license, server, tag, tag, security scheme, security scheme, flows | the field of that name |

mod check;
mod deserialize;
pub(crate) mod grammar;
mod keys;
mod lift;
mod reference;
mod rules;
mod scalar;
mod swagger;
#[cfg(test)]
mod tests;
mod typed;
mod version;

use indexmap::IndexMap;

pub use grammar::rows;
pub(crate) use keys::variables;
pub use typed::{
    extra, is_mutual_tls, is_querystring, item_schema, origin, parameter_schema, reference, schema_handle,
    scheme_extensions,
};
pub use version::Version;

use crate::diagnostic::{Diagnostic, Diagnostics, Refused};
use crate::source::{Node, Pointer, Sources};

/// A document whose OpenAPI side was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The version that it states.
    pub version: Version,
    /// The whole of it: what was read leniently is written out, schemas are as they were.
    pub tree: Node,
    /// Where schemas begin, each once, in the order in which they were met.
    pub schemas: Vec<Pointer>,
    /// What [`read`] is to read.
    pub typed: Typed,
}

/// The OpenAPI side of a document as `openapiv3` is to read it.
#[derive(Clone, Debug)]
pub struct Typed(Node);

/// A description: a document, and its HTTP side as types.
#[derive(Clone, Debug)]
pub struct Description<'t> {
    /// The version that it states.
    pub version: Version,
    /// The document.
    pub tree: &'t Node,
    /// Its HTTP side, with schemas as handles. The documentation of the module says what it holds.
    pub http: openapiv3::OpenAPI,
    /// What the server may ask of a receiver, by name.
    pub webhooks: IndexMap<String, openapiv3::PathItem>,
    /// Operations by methods that `openapiv3` has no field for, by path item; see [`Description::additional`].
    pub additional: Vec<Additional>,
}

/// The operations of a path item by methods that `openapiv3` has no field for, by method, such as `QUERY` and `PURGE`.
pub type Additional = IndexMap<String, openapiv3::Operation>;

impl Description<'_> {
    /// The operations of a path item by methods that `openapiv3` has no field for, each with its method.
    pub fn additional(&self, item: &openapiv3::PathItem) -> impl Iterator<Item = (&str, &openapiv3::Operation)> {
        let additional = typed::additional_index(item).and_then(|index| self.additional.get(index));
        additional.into_iter().flatten().map(|(method, operation)| (method.as_str(), operation))
    }
}

/// Checks the OpenAPI side of a description.
///
/// References in `tree` must lead into `tree`; those that do not are left out, together with the parameter, response
/// or other part that they stand for, and nothing is said about them here.
///
/// # Errors
///
/// [`Refused`] when the document is not OpenAPI of a version that can be read, or when `diagnostics` holds an error.
pub fn check(mut tree: Node, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Checked, Refused> {
    let version = version::recognise(&tree, diagnostics)?;
    let reading = match version {
        Version::V2_0 => read_swagger(&mut tree, sources, diagnostics)?,
        _ => check::check(&tree, version, diagnostics),
    };
    diagnostics.bail()?;
    let check::Reading { typed, edits, schemas } = reading.ok_or(Refused)?;
    lift::lift(&mut tree, edits);
    Ok(Checked { version, tree, schemas, typed: Typed(typed) })
}

/// Reads the HTTP side of a document that was checked.
///
/// # Errors
///
/// What cannot be read, which is a fault of the check.
pub fn read(version: Version, tree: &Node, typed: Typed) -> Result<Description<'_>, Box<Diagnostic>> {
    let typed::HttpSide { http, webhooks, additional } = typed::deserialise(typed.0)?;
    Ok(Description { version, tree, http, webhooks, additional })
}

/// Checks a tree of 2.0 by its own grammar, and makes a tree of 3.0 of it.
fn read_swagger(
    tree: &mut Node,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<check::Reading>, Refused> {
    let reading = check::check(tree, Version::V2_0, diagnostics);
    diagnostics.bail()?;
    lift::lift(tree, reading.ok_or(Refused)?.edits);
    let swagger::Lifted { tree: lifted, origins } = swagger::lift(tree, diagnostics);
    diagnostics.bail()?;
    // All that was said so far is about the old tree.
    diagnostics.settle(sources);
    *tree = lifted;
    sources.move_parts(origins);
    // The new tree has the faults of the old one, which are told already.
    let mut more = diagnostics.without_items();
    let reading = check::check(tree, Version::V3_0, &mut more);
    more.settle(sources);
    diagnostics.extend_new(more);
    Ok(reading)
}

const ORIGIN: &str = "x-codegen-origin";
const REFERENCE: &str = "x-codegen-reference";
const SCHEMA: &str = "x-codegen-schema";
const KIND: &str = "x-codegen-kind";
const QUERYSTRING: &str = "querystring";
const ADDITIONAL: &str = "x-codegen-additional";
const WEBHOOKS: &str = "x-codegen-webhooks";

/// The name of the extension for a field that `openapiv3` has no place for.
fn extra_name(field: &str) -> String {
    format!("x-codegen-{field}")
}
