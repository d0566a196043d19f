//! How each construct is tried out: where it stands, what it says, and what must stand around it.

use generator::disposition::Row;

/// A description in which every object has a place that matters.
pub(crate) const DESCRIPTION: &str = r#"
openapi: 3.2.0
info: {title: T, version: "1"}
servers: [{url: "https://{v}.example.com", variables: {v: {default: a}}}]
tags: [{name: t}]
externalDocs: {url: "https://docs.example.com"}
security: [{s: []}]
paths:
  /p/{x}:
    parameters: [{name: x, in: path, required: true, schema: {type: string}}]
    post:
      tags: [t]
      operationId: o
      parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}, examples: {e: {value: [one]}}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {p: {type: string}}}}}}
      responses:
        "200":
          description: d
          headers: {x-h: {schema: {type: string}}}
          content: {application/json: {schema: {type: string}}}
    put:
      tags: [t]
      operationId: f
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {p: {type: array, items: {type: string}}}}
            encoding: {p: {}}
      responses: {"200": {description: d, content: {application/jsonl: {}}}}
      callbacks: {c: {"{$url}": {post: {requestBody: {content: {application/json: {}}}, responses: {"204": {description: d}}}}}}
components:
  securitySchemes:
    s: {type: http, scheme: bearer}
    r: {type: http, scheme: bearer}
    f: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://t.example.com", scopes: {a: b}}}}
  schemas: {S: {type: object, properties: {p: {type: string}}}}
"#;

/// Where an object stands in the description.
fn pointer(object: &str) -> &'static str {
    match object {
        "Document" => "",
        "Info" => "/info",
        "Server" => "/servers/0",
        "Server Variable" => "/servers/0/variables/v",
        "Components" => "/components",
        "Webhooks" => "/x-webhooks",
        "Paths" => "/paths",
        "Path Item" => "/paths/~1p~1{x}",
        "Operation" => OPERATION,
        "Callback" => "/paths/~1p~1{x}/put/callbacks/c",
        "External Docs" => "/externalDocs",
        "Parameter" => PARAMETER,
        "Request Body" => "/paths/~1p~1{x}/post/requestBody",
        "Media Type" => "/paths/~1p~1{x}/post/requestBody/content/application~1json",
        "Responses" => "/paths/~1p~1{x}/post/responses",
        "Response" => "/paths/~1p~1{x}/post/responses/200",
        "Header" => "/paths/~1p~1{x}/post/responses/200/headers/x-h",
        "Example" => "/paths/~1p~1{x}/post/parameters/0/examples/e",
        "Tag" => "/tags/0",
        "Security Scheme" => "/components/securitySchemes/s",
        "Security Requirement" => "/security/0",
        "OAuth Flows" => "/components/securitySchemes/f/flows",
        "Client Credentials Flow" => "/components/securitySchemes/f/flows/clientCredentials",
        "Encoding" => "/paths/~1p~1{x}/put/requestBody/content/multipart~1form-data/encoding/p",
        "Schema" => SCHEMA,
        other => panic!("{other} has no place in the description"),
    }
}

const OPERATION: &str = "/paths/~1p~1{x}/post";
const PARAMETER: &str = "/paths/~1p~1{x}/post/parameters/0";
const HEADER: &str = "/paths/~1p~1{x}/post/responses/200/headers/x-h";
const SCHEME: &str = "/components/securitySchemes/s";
const SCHEMA: &str = "/components/schemas/S/properties/p";

/// How a construct is tried out.
pub(crate) struct Case {
    /// The object that it stands in.
    pub(crate) at: &'static str,
    /// The key that it stands under.
    pub(crate) key: &'static str,
    /// What it says.
    pub(crate) value: &'static str,
    /// What the description says elsewhere, whether the construct is there or not.
    pub(crate) around: Around,
    /// Whether the client is the same without it.
    pub(crate) invisible: bool,
}

/// The case of a row: the one below, else a plain value of its kind.
pub(crate) fn of(row: &Row) -> Case {
    let special = SPECIAL.iter().find(|(object, name, ..)| *object == row.object && *name == row.name);
    let (value, around) = match special {
        Some((_, _, value, around)) => (*value, *around),
        None => (plain(row.kind), &[][..]),
    };
    let key = match row.name {
        "<path>" => "/other",
        "<status>" => "404",
        "<scheme>" => "r",
        "<expression>" => "{$url}/other",
        name => name,
    };
    let invisible = INVISIBLE.contains(&(row.object.as_str(), row.name));
    let at = match (row.object.as_str(), row.name) {
        ("Media Type", "encoding") => "/paths/~1p~1{x}/put/requestBody/content/multipart~1form-data",
        ("Media Type", "prefixEncoding" | "itemEncoding") => "/paths/~1p~1{x}/put/requestBody/content/multipart~1mixed",
        ("Media Type", "itemSchema") => "/paths/~1p~1{x}/put/responses/200/content/application~1jsonl",
        _ => pointer(&row.object),
    };
    Case { at, key, value, around, invisible }
}

fn plain(kind: &str) -> &'static str {
    match kind {
        "a string" => "https://word.example.com",
        "a boolean" => "true",
        "a value" => "word",
        "a number" | "an integer" => "3",
        "a list" => "[word]",
        "a mapping" => "{word: word}",
        "a schema" => "{type: integer}",
        "a list of schemas" => "[{type: string, minLength: 5}, {type: integer}]",
        "a mapping of schemas" => "{word: {type: integer}}",
        "an operation" => "{operationId: other, responses: {\"204\": {description: d}}}",
        "a path item" => "{get: {operationId: other, responses: {\"204\": {description: d}}}}",
        "a response" => "{description: d, content: {application/json: {schema: {type: integer}}}}",
        "external docs" => "{url: \"https://other.example.com\"}",
        // Then the row needs a case of its own.
        _ => "null",
    }
}

/// What decides how the rest is read, and what says no more than what the description says already.
const INVISIBLE: &[(&str, &str)] = &[("Document", "openapi")];

/// What stands elsewhere: pointers and what is there.
type Around = &'static [(&'static str, &'static str)];

/// A body whose parts are told apart by their order.
const ORDERED_PARTS: Around =
    &[("/paths/~1p~1{x}/put/requestBody/content/multipart~1mixed", "{schema: {type: array, items: {}}}")];

/// Object, field, what it says, and what stands around it.
type Special = (&'static str, &'static str, &'static str, Around);

const SPECIAL: &[Special] = &[
    ("Document", "openapi", "3.1.0", &[]),
    ("Document", "$self", "https://self.example.com/a.json", REFERRED_BY_URL),
    ("Document", "info", "{title: Other, version: \"2\"}", &[]),
    ("Document", "servers", "[{url: \"https://other.example.com\"}]", &[]),
    ("Document", "paths", "{}", &[]),
    (
        "Document",
        "webhooks",
        "{w: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {\"204\": {description: d}}}}}",
        &[],
    ),
    (
        "Document",
        "x-webhooks",
        "{w: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {\"204\": {description: d}}}}}",
        &[],
    ),
    ("Document", "components", "{securitySchemes: {s: {type: http, scheme: bearer}}}", &[]),
    ("Document", "security", "[]", &[]),
    ("Document", "tags", "[{name: t, description: word}]", &[]),
    ("Document", "externalDocs", "{url: \"https://other.example.com\"}", &[]),
    ("Path Item", "additionalOperations", "{LINK: {operationId: other}}", &[]),
    ("Info", "contact", "{name: word}", &[]),
    ("Info", "license", "{name: MIT}", &[]),
    ("Server", "url", "https://other.example.com", &[]),
    ("Server", "variables", "{v: {default: word}}", &[]),
    ("Components", "schemas", "{S: {type: object}}", &[]),
    ("Components", "responses", "{R: {description: word}}", REFERRED_RESPONSE),
    ("Components", "parameters", "{P: {name: q, in: query, schema: {type: string}}}", REFERRED_PARAMETER),
    ("Components", "examples", "{E: {value: word}}", &[]),
    ("Components", "requestBodies", "{B: {content: {application/json: {schema: {type: string}}}}}", REFERRED_BODY),
    ("Components", "headers", "{H: {description: word, schema: {type: string}}}", REFERRED_HEADER),
    ("Components", "securitySchemes", "{s: {type: http, scheme: bearer}}", &[]),
    ("Components", "links", "{L: {operationId: o}}", &[]),
    ("Components", "callbacks", "{C: {\"{$url}\": {}}}", &[]),
    ("Components", "pathItems", "{I: {get: {responses: {\"204\": {description: d}}}}}", REFERRED_PATH_ITEM),
    ("Components", "mediaTypes", "{M: {schema: {type: string}}}", REFERRED_MEDIA_TYPE),
    ("Path Item", "servers", "[{url: \"https://other.example.com\"}]", &[]),
    ("Path Item", "parameters", "[{name: x, in: path, required: true, schema: {type: integer}}]", &[]),
    ("Operation", "tags", "[other]", &[]),
    ("Operation", "parameters", "[]", &[]),
    ("Operation", "requestBody", "{content: {application/json: {schema: {type: string}}}}", &[]),
    ("Operation", "responses", "{\"200\": {description: other}}", &[]),
    (
        "Webhooks",
        "<webhook>",
        "{post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {\"204\": {description: d}}}}",
        &[("/x-webhooks", "{}")],
    ),
    (
        "Callback",
        "<expression>",
        "{post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {\"204\": {description: d}}}}",
        &[],
    ),
    (
        "Operation",
        "callbacks",
        "{c: {\"{$url}\": {post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {\"204\": {description: d}}}}}}",
        &[],
    ),
    ("Operation", "security", "[]", &[]),
    ("Operation", "servers", "[{url: \"https://other.example.com\"}]", &[]),
    ("Parameter", "in", "header", &[]),
    ("Parameter", "style", "pipeDelimited", &[]),
    ("Parameter", "explode", "false", &[]),
    ("Parameter", "content", "{application/json: {schema: {type: string}}}", &[(PARAMETER, "{name: q, in: query}")]),
    ("Parameter", "example", "[word]", &[]),
    ("Parameter", "examples", "{e: {value: [word]}}", &[]),
    ("Example", "value", "[word]", &[]),
    ("Request Body", "content", "{application/json: {schema: {type: string}}}", &[]),
    ("Media Type", "examples", "{e: {value: {p: word}}}", &[]),
    ("Media Type", "encoding", "{p: {contentType: text/plain}}", &[]),
    ("Media Type", "prefixEncoding", "[{contentType: image/png}]", ORDERED_PARTS),
    ("Media Type", "itemEncoding", "{contentType: image/png}", ORDERED_PARTS),
    ("Encoding", "headers", "{X-A: {schema: {type: string}}}", &[]),
    ("Encoding", "style", "pipeDelimited", &[]),
    ("OAuth Flows", "implicit", "{authorizationUrl: \"https://a.example.com\", scopes: {}}", &[]),
    ("OAuth Flows", "password", "{tokenUrl: \"https://a.example.com\", scopes: {}}", &[]),
    ("OAuth Flows", "clientCredentials", "{tokenUrl: \"https://a.example.com\", scopes: {}}", &[]),
    (
        "OAuth Flows",
        "authorizationCode",
        "{authorizationUrl: \"https://a.example.com\", tokenUrl: \"https://a.example.com\", scopes: {}}",
        &[],
    ),
    (
        "OAuth Flows",
        "deviceAuthorization",
        "{deviceAuthorizationUrl: \"https://a.example.com\", tokenUrl: \"https://a.example.com\", scopes: {}}",
        &[],
    ),
    ("Client Credentials Flow", "scopes", "{word: other}", &[]),
    ("Response", "headers", "{x-i: {schema: {type: string}}}", &[]),
    ("Response", "content", "{application/json: {schema: {type: integer}}}", &[]),
    ("Response", "links", "{l: {operationId: o}}", &[]),
    ("Header", "style", "simple", &[]),
    ("Header", "explode", "true", &[(HEADER, "{schema: {type: object, properties: {a: {type: string}}}}")]),
    ("Header", "content", "{application/json: {schema: {type: string}}}", &[(HEADER, "{}")]),
    ("Header", "examples", "{e: {value: word}}", &[]),
    ("Tag", "name", "t", &[("/tags/0", "{description: word}")]),
    ("Security Scheme", "type", "http", &[(SCHEME, "{scheme: bearer}")]),
    ("Security Scheme", "name", "k", &[(SCHEME, "{type: apiKey, in: header}")]),
    ("Security Scheme", "in", "header", &[(SCHEME, "{type: apiKey, name: k}")]),
    ("Security Scheme", "scheme", "bearer", &[(SCHEME, "{type: http}")]),
    ("Security Scheme", "flows", "{clientCredentials: {tokenUrl: \"https://a.example.com\", scopes: {}}}", OAUTH),
    ("Security Scheme", "openIdConnectUrl", "https://a.example.com", &[(SCHEME, "{type: openIdConnect}")]),
    ("Security Requirement", "<scheme>", "[]", &[("/security", "[{}]")]),
    ("Schema", "$ref", "\"#/components/schemas/S\"", &[(SCHEMA, "{type: object}")]),
    ("Schema", "type", "integer", &[]),
    ("Schema", "format", "int32", &[(SCHEMA, "{type: integer}")]),
    ("Schema", "$id", "https://self.example.com/s", REFERRED_BY_ID),
    ("Schema", "$anchor", "word", REFERRED_BY_ANCHOR),
    ("Schema", "$dynamicAnchor", "word", REFERRED_BY_ANCHOR),
    (
        "Schema",
        "$dynamicRef",
        "\"#word\"",
        &[(SCHEMA, "{}"), ("/components/schemas/R", "{type: integer, $dynamicAnchor: word}")],
    ),
    ("Schema", "readOnly", "true", BOTH_WAYS),
    ("Schema", "writeOnly", "true", BOTH_WAYS),
    ("Schema", "properties", "{word: {type: string}}", &[(SCHEMA, "{type: object}")]),
    ("Schema", "required", "[word]", &[(SCHEMA, "{type: object, properties: {word: {type: string}}}")]),
    ("Schema", "additionalProperties", "{type: integer}", &[(SCHEMA, "{type: object}")]),
    ("Schema", "unevaluatedProperties", "{type: integer}", &[(SCHEMA, "{type: object}")]),
    ("Schema", "patternProperties", "{\"^a\": {type: integer}}", &[(SCHEMA, "{type: object}")]),
    (
        "Schema",
        "propertyNames",
        "{pattern: \"^a\"}",
        &[(SCHEMA, "{type: object, additionalProperties: {type: string}}")],
    ),
    ("Schema", "items", "{type: integer}", &[(SCHEMA, "{type: array}")]),
    ("Schema", "unevaluatedItems", "{type: integer}", &[(SCHEMA, "{type: array, prefixItems: [{type: string}]}")]),
    ("Schema", "additionalItems", "{type: integer}", &[(SCHEMA, "{type: array, items: [{type: string}]}")]),
    ("Schema", "prefixItems", "[{type: integer}]", &[(SCHEMA, "{type: array}")]),
    ("Schema", "allOf", "[{type: object, properties: {a: {type: string}}}]", &[(SCHEMA, "{type: object}")]),
    ("Schema", "oneOf", "[{type: string}, {type: integer}]", &[(SCHEMA, "{}")]),
    ("Schema", "anyOf", "[{type: string}, {type: integer}]", &[(SCHEMA, "{}")]),
    ("Schema", "xml", "{attribute: true}", SPEAKS_XML),
    ("Schema", "discriminator", "{propertyName: kind, mapping: {a: \"#/components/schemas/A\"}}", UNION),
    ("Schema", "enum", "[word, other]", &[]),
    ("Schema", "multipleOf", "3", &[(SCHEMA, "{type: integer}")]),
    ("Schema", "exclusiveMinimum", "3", &[(SCHEMA, "{type: integer}")]),
    ("Schema", "exclusiveMaximum", "3", &[(SCHEMA, "{type: integer}")]),
    ("Schema", "uniqueItems", "true", &[(SCHEMA, "{type: array}")]),
    ("Schema", "$defs", "{D: {type: integer}}", DEFINED),
    ("Schema", "definitions", "{D: {type: integer}}", DEFINED_OF_OLD),
    ("Schema", "x-enum-varnames", "[first]", &[(SCHEMA, "{type: string, enum: [a, b]}")]),
    ("Schema", "x-enumNames", "[first]", &[(SCHEMA, "{type: string, enum: [a, b]}")]),
    ("Schema", "x-enum-descriptions", "[first]", &[(SCHEMA, "{type: string, enum: [a, b]}")]),
];

/// A type that requests and answers hold, and that demands its property.
const BOTH_WAYS: Around = &[
    ("/components/schemas/S", "{type: object, required: [p], properties: {p: {type: string}}}"),
    ("/paths/~1p~1{x}/post/requestBody/content/application~1json/schema", "{$ref: \"#/components/schemas/S\"}"),
    ("/paths/~1p~1{x}/post/responses/200/content/application~1json/schema", "{$ref: \"#/components/schemas/S\"}"),
];

const REFERRED_RESPONSE: Around = &[("/paths/~1p~1{x}/post/responses/200", "{$ref: \"#/components/responses/R\"}")];
const REFERRED_PARAMETER: Around = &[(PARAMETER, "{$ref: \"#/components/parameters/P\"}")];
const REFERRED_BODY: Around = &[("/paths/~1p~1{x}/post/requestBody", "{$ref: \"#/components/requestBodies/B\"}")];
const REFERRED_HEADER: Around =
    &[("/paths/~1p~1{x}/post/responses/200/headers/x-h", "{$ref: \"#/components/headers/H\"}")];
const REFERRED_PATH_ITEM: Around = &[("/paths/~1other", "{$ref: \"#/components/pathItems/I\"}")];
const REFERRED_MEDIA_TYPE: Around =
    &[("/paths/~1p~1{x}/post/requestBody/content/application~1json", "{$ref: \"#/components/mediaTypes/M\"}")];
const REFERRED_BY_URL: Around = &[(
    "/components/schemas/R",
    "{type: array, items: {$ref: \"https://self.example.com/a.json#/components/schemas/S\"}}",
)];
const REFERRED_BY_ID: Around =
    &[("/components/schemas/R", "{type: array, items: {$ref: \"https://self.example.com/s\"}}")];
const REFERRED_BY_ANCHOR: Around = &[("/components/schemas/R", "{type: array, items: {$ref: \"#word\"}}")];
const SPEAKS_XML: Around =
    &[("/paths/~1p~1{x}/post/requestBody/content", "{application/xml: {schema: {$ref: \"#/components/schemas/S\"}}}")];
const OAUTH: Around = &[(SCHEME, "{type: oauth2}")];
const UNION: Around = &[
    ("/components/schemas/A", "{type: object, properties: {kind: {type: string}}}"),
    ("/components/schemas/B", "{type: object, required: [b], properties: {kind: {type: string}, b: {type: string}}}"),
    (SCHEMA, "{oneOf: [{$ref: \"#/components/schemas/B\"}, {$ref: \"#/components/schemas/A\"}]}"),
];
const DEFINED: Around =
    &[("/components/schemas/R", "{type: array, items: {$ref: \"#/components/schemas/S/properties/p/$defs/D\"}}")];
const DEFINED_OF_OLD: Around =
    &[("/components/schemas/R", "{type: array, items: {$ref: \"#/components/schemas/S/properties/p/definitions/D\"}}")];
