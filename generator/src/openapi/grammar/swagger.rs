//! The table of the objects that Swagger 2.0 has otherwise than OpenAPI 3.

use super::Kind::{Any, Bool, List, Map, Prose, Schema, Text, Word};
use super::table::{field, object, of};
use super::{Grammar, Missing, Object, Pattern, Versions};

pub(super) static DOCUMENT: Grammar = object(
    "the document",
    &[
        field("swagger", Text).required(Missing::Refuse),
        field("info", of(Object::Info)).required(Missing::Empty),
        field("host", Text),
        field("basePath", Text),
        field("schemes", List(&SCHEME)),
        field("consumes", List(&Text)),
        field("produces", List(&Text)),
        field("paths", of(Object::SwaggerPaths)).required(Missing::Empty),
        field("definitions", Map(&Schema)),
        field("parameters", Map(&of(Object::SwaggerParameter))),
        field("responses", Map(&of(Object::SwaggerResponse))),
        field("securityDefinitions", Map(&of(Object::SwaggerSecurityScheme))),
        field("security", List(&of(Object::SecurityRequirement))),
        field("tags", List(&of(Object::Tag))),
        field("externalDocs", of(Object::ExternalDocs)),
    ],
);

const SCHEME: super::Kind = Word(&["http", "https", "ws", "wss"]);

pub(super) static PATHS: Grammar = object("the paths", &[]).pattern(Pattern::Path, of(Object::SwaggerPathItem));

pub(super) static PATH_ITEM: Grammar = object(
    "a path item",
    &[
        field("get", of(Object::SwaggerOperation)),
        field("put", of(Object::SwaggerOperation)),
        field("post", of(Object::SwaggerOperation)),
        field("delete", of(Object::SwaggerOperation)),
        field("options", of(Object::SwaggerOperation)),
        field("head", of(Object::SwaggerOperation)),
        field("patch", of(Object::SwaggerOperation)),
        field("parameters", List(&of(Object::SwaggerParameter))),
    ],
)
.referable(Versions::V2_0);

pub(super) static OPERATION: Grammar = object(
    "an operation",
    &[
        field("tags", List(&Text)),
        field("summary", Prose),
        field("description", Prose),
        field("externalDocs", of(Object::ExternalDocs)),
        field("operationId", Text),
        field("consumes", List(&Text)),
        field("produces", List(&Text)),
        field("parameters", List(&of(Object::SwaggerParameter))),
        field("responses", of(Object::SwaggerResponses)).required(Missing::Empty),
        field("schemes", List(&SCHEME)),
        field("deprecated", Bool),
        field("security", List(&of(Object::SecurityRequirement))),
    ],
);

pub(super) static PARAMETER: Grammar = object(
    "a parameter",
    &[
        field("name", Text).required(Missing::Refuse),
        field("in", Word(&["query", "header", "path", "formData", "body"])).required(Missing::Refuse),
        field("description", Prose),
        field("required", Bool),
        field("schema", Schema),
        field("allowEmptyValue", Bool),
        field("type", Any),
        field("format", Any),
        field("items", Schema),
        field("collectionFormat", Any),
        field("default", Any),
        field("maximum", Any),
        field("exclusiveMaximum", Any),
        field("minimum", Any),
        field("exclusiveMinimum", Any),
        field("maxLength", Any),
        field("minLength", Any),
        field("pattern", Any),
        field("maxItems", Any),
        field("minItems", Any),
        field("uniqueItems", Any),
        field("enum", Any),
        field("multipleOf", Any),
        // These two are no fields of 2.0, and common nevertheless.
        field("example", Any),
        field("title", Any),
    ],
)
.referable(Versions::V2_0);

/// The keywords with which values are described that have no schema. Items are described by a part of what schemas are.
const VALUE_FIELDS: &[super::Field] = &[
    field("type", Any),
    field("format", Any),
    field("items", Schema),
    field("collectionFormat", Any),
    field("default", Any),
    field("maximum", Any),
    field("exclusiveMaximum", Any),
    field("minimum", Any),
    field("exclusiveMinimum", Any),
    field("maxLength", Any),
    field("minLength", Any),
    field("pattern", Any),
    field("maxItems", Any),
    field("minItems", Any),
    field("uniqueItems", Any),
    field("enum", Any),
    field("multipleOf", Any),
    field("description", Any),
    field("example", Any),
    field("title", Any),
];

pub(super) static RESPONSES: Grammar = object("the responses", &[field("default", of(Object::SwaggerResponse))])
    .pattern(Pattern::Status, of(Object::SwaggerResponse));

pub(super) static RESPONSE: Grammar = object(
    "a response",
    &[
        field("description", Prose).required(Missing::Text("")),
        field("schema", Schema),
        field("headers", Map(&of(Object::SwaggerHeader))),
        field("examples", Any),
    ],
)
.referable(Versions::V2_0);

pub(super) static HEADER: Grammar = object("a header", VALUE_FIELDS);

pub(super) static SECURITY_SCHEME: Grammar = object(
    "a security scheme",
    &[
        field("type", Word(&["basic", "apiKey", "oauth2"])).required(Missing::Refuse),
        field("description", Prose),
        field("name", Text),
        field("in", Word(&["query", "header"])),
        field("flow", Word(&["implicit", "password", "application", "accessCode"])),
        field("authorizationUrl", Text),
        field("tokenUrl", Text),
        field("scopes", Map(&Text)),
    ],
);
