//! The typed HTTP side: `openapiv3` reads what the check yielded, and helpers tell where its parts come from.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ParameterSchemaOrContent, PathItem, ReferenceOr, Schema, SecurityScheme};
use serde_json::Value;

use super::deserialize::from_node;
use super::{KIND, ORIGIN, REFERENCE, SCHEMA, WEBHOOKS};
use crate::diagnostic::catalog::openapi as say;
use crate::diagnostic::{Diagnostics, Refused};
use crate::source::{Node, Pointer};

/// The extensions of an object of the typed side.
type Extensions = IndexMap<String, Value>;

/// Has `openapiv3` read what the check yielded. That it cannot is a fault of the check.
pub(super) fn deserialise(
    mut typed: Node,
    diagnostics: &mut Diagnostics,
) -> Result<(OpenAPI, IndexMap<String, PathItem>), Refused> {
    let webhooks = match &mut typed {
        Node::Object(members) => members.shift_remove(WEBHOOKS),
        _ => None,
    };
    let http = from_node(typed).map_err(|error| internal(&Pointer::root(), &error, diagnostics))?;
    let webhooks = match webhooks {
        Some(node) => {
            from_node(node).map_err(|error| internal(&Pointer::root().child("webhooks"), &error, diagnostics))?
        }
        None => IndexMap::new(),
    };
    Ok((http, webhooks))
}

fn internal(at: &Pointer, error: &super::deserialize::Error, diagnostics: &mut Diagnostics) -> Refused {
    diagnostics.push(say::internal(at, &error.to_string()));
    Refused
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
