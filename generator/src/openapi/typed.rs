//! The typed HTTP side: `openapiv3` reads what the check yielded, and helpers tell where its parts come from.

use indexmap::IndexMap;
use openapiv3::{
    MediaType, OpenAPI, Parameter, ParameterSchemaOrContent, PathItem, ReferenceOr, Schema, SecurityScheme,
};
use serde_json::Value;

use super::deserialize::from_node;
use super::{ADDITIONAL, Additional, KIND, ORIGIN, QUERYSTRING, REFERENCE, SCHEMA, WEBHOOKS, extra_name};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::openapi as say;
use crate::source::{Node, Number, Pointer};

/// The extensions of an object of the typed side.
type Extensions = IndexMap<String, Value>;

/// The HTTP side of a description.
pub(super) struct HttpSide {
    pub(super) http: OpenAPI,
    pub(super) webhooks: IndexMap<String, PathItem>,
    pub(super) additional: Vec<Additional>,
}

/// Has `openapiv3` read what the check yielded. That it cannot is a fault of the check.
pub(super) fn deserialise(mut typed: Node) -> Result<HttpSide, Box<Diagnostic>> {
    let mut found = Vec::new();
    take_additional(&mut typed, &mut found);
    let (webhooks, extended) = match &mut typed {
        Node::Object(members) => (members.remove(WEBHOOKS), members.remove(&extra_name("x-webhooks"))),
        _ => (None, None),
    };
    let root = Pointer::root();
    let http = from_node(typed).map_err(|error| internal(&root, &error))?;
    let mut all = IndexMap::new();
    for (node, field) in [(webhooks, "webhooks"), (extended, "x-webhooks")] {
        let Some(node) = node else { continue };
        let read: IndexMap<_, _> = from_node(node).map_err(|error| internal(&root.child(field), &error))?;
        all.extend(read);
    }
    let additional = found.into_iter().map(from_node).collect::<Result<_, _>>();
    let additional = additional.map_err(|error| internal(&root.child("paths"), &error))?;
    Ok(HttpSide { http, webhooks: all, additional })
}

/// Takes the operations by other methods out of each path item, which says by a number which of `found` are its own.
fn take_additional(node: &mut Node, found: &mut Vec<Node>) {
    match node {
        Node::Object(members) => {
            members.iter_mut().for_each(|(_, value)| take_additional(value, found));
            if let Some(additional) = members.remove(&extra_name("additionalOperations")) {
                let index = i128::try_from(found.len()).unwrap_or_default();
                members.insert(ADDITIONAL.to_owned(), Node::Number(Number::Integer(index)));
                found.push(additional);
            }
        }
        Node::Array(items) => items.iter_mut().for_each(|item| take_additional(item, found)),
        _ => {}
    }
}

fn internal(at: &Pointer, error: &super::deserialize::Error) -> Box<Diagnostic> {
    Box::new(say::internal(at, &error.to_string()))
}

/// Where the object with these extensions stands in the tree; the root for an object that has no origin.
pub fn origin(extensions: &Extensions) -> Pointer {
    pointer(extensions, ORIGIN).unwrap_or_default()
}

/// The pointer that the reference states through which the object came here.
pub fn reference(extensions: &Extensions) -> Option<Pointer> {
    pointer(extensions, REFERENCE)
}

/// Where the schema stands in the tree; `None` where any value is accepted.
pub fn schema_handle(schema: &ReferenceOr<Schema>) -> Option<Pointer> {
    pointer(&schema.as_item()?.schema_data.extensions, SCHEMA)
}

/// Where the schema of a parameter or header stands in the tree; `None` where any value is accepted, or where a
/// content says what is.
pub fn parameter_schema(format: &ParameterSchemaOrContent) -> Option<Pointer> {
    match format {
        ParameterSchemaOrContent::Schema(schema) => schema_handle(schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// A field that `openapiv3` has no place for, such as `explode` of a header.
pub fn extra<'e>(extensions: &'e Extensions, field: &str) -> Option<&'e Value> {
    extensions.get(&super::extra_name(field))
}

/// Where the schema of the items of a stream stands in the tree.
pub fn item_schema(media: &MediaType) -> Option<Pointer> {
    Pointer::parse(extra(&media.extensions, "itemSchema")?.get(SCHEMA)?.as_str()?)
}

/// Whether the parameter is the whole query string, as its `content` describes it, and not one value of it.
pub fn is_querystring(parameter: &Parameter) -> bool {
    let kind = parameter.parameter_data_ref().extensions.get(KIND);
    kind.and_then(Value::as_str) == Some(QUERYSTRING)
}

/// Which of [`super::Description::additional`] are the item's operations by other methods.
pub(super) fn additional_index(item: &PathItem) -> Option<usize> {
    usize::try_from(item.extensions.get(ADDITIONAL)?.as_u64()?).ok()
}

/// The extensions of a security scheme, of whatever type it is.
pub fn scheme_extensions(scheme: &SecurityScheme) -> &Extensions {
    match scheme {
        SecurityScheme::APIKey { extensions, .. }
        | SecurityScheme::HTTP { extensions, .. }
        | SecurityScheme::OAuth2 { extensions, .. }
        | SecurityScheme::OpenIDConnect { extensions, .. } => extensions,
    }
}

/// Whether the scheme is `mutualTLS`, which `openapiv3` has no type for.
pub fn is_mutual_tls(scheme: &SecurityScheme) -> bool {
    scheme_extensions(scheme).get(KIND).is_some()
}

fn pointer(extensions: &Extensions, name: &str) -> Option<Pointer> {
    Pointer::parse(extensions.get(name)?.as_str()?)
}
