//! Every keyword of a schema, and what becomes of it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::diagnostic::catalog::lower::KEYWORD_NOT_HONOURED;
use crate::disposition::Disposition::{self, Documented, Honoured, Reported, Unused};
use crate::disposition::Row;

/// A keyword of a schema.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// What its value is: `a string`.
    pub kind: &'static str,
    /// The versions of OpenAPI whose schemas have it; it is read in all of them.
    pub versions: &'static str,
    /// What becomes of it.
    pub disposition: Disposition,
}

/// The keyword of that name.
pub fn keyword(name: &str) -> Option<&'static Keyword> {
    static BY_NAME: LazyLock<HashMap<&str, &Keyword>> =
        LazyLock::new(|| KEYWORDS.iter().map(|keyword| (keyword.name, keyword)).collect());
    BY_NAME.get(name).copied()
}

/// Every keyword, as rows.
pub fn rows() -> Vec<Row> {
    let row = |keyword: &Keyword| {
        let Keyword { name, kind, versions, disposition } = *keyword;
        Row { object: "Schema".to_owned(), name, kind, versions, disposition }
    };
    KEYWORDS.iter().map(row).collect()
}

const NOT_HONOURED: Disposition = Reported(&KEYWORD_NOT_HONOURED);

static KEYWORDS: &[Keyword] = &[
    all("$ref", "a string", Honoured),
    all("type", "a string or a list", Honoured),
    all("format", "a string", Honoured),
    all("nullable", "a boolean", Honoured).only("3.0"),
    all("enum", "a list", Honoured),
    since_3_1("const", "a value", Honoured),
    all("default", "a value", Documented),
    all("properties", "a mapping of schemas", Honoured),
    all("required", "a list", Honoured),
    all("additionalProperties", "a schema", Honoured),
    since_3_1("unevaluatedProperties", "a schema", Honoured),
    since_3_1("patternProperties", "a mapping of schemas", Honoured),
    since_3_1("propertyNames", "a schema", Documented),
    all("items", "a schema", Honoured),
    since_3_1("prefixItems", "a list of schemas", Honoured),
    since_3_1("unevaluatedItems", "a schema", Honoured),
    all("additionalItems", "a schema", Honoured).only("earlier dialects"),
    since_3_1("contains", "a schema", NOT_HONOURED),
    since_3_1("minContains", "an integer", NOT_HONOURED),
    since_3_1("maxContains", "an integer", NOT_HONOURED),
    all("allOf", "a list of schemas", Honoured),
    all("oneOf", "a list of schemas", Honoured),
    all("anyOf", "a list of schemas", Honoured),
    all("discriminator", "a mapping", Honoured),
    all("not", "a schema", NOT_HONOURED),
    since_3_1("if", "a schema", NOT_HONOURED),
    since_3_1("then", "a schema", NOT_HONOURED),
    since_3_1("else", "a schema", NOT_HONOURED),
    since_3_1("dependentRequired", "a mapping", NOT_HONOURED),
    since_3_1("dependentSchemas", "a mapping of schemas", NOT_HONOURED),
    all("readOnly", "a boolean", Honoured),
    all("writeOnly", "a boolean", Honoured),
    all("title", "a string", Documented),
    all("description", "a string", Documented),
    all("deprecated", "a boolean", Documented),
    all("example", "a value", Documented),
    since_3_1("examples", "a list", Documented),
    all("externalDocs", "external docs", Documented),
    all("minimum", "a number", Documented),
    all("maximum", "a number", Documented),
    all("exclusiveMinimum", "a boolean or a number", Documented),
    all("exclusiveMaximum", "a boolean or a number", Documented),
    all("multipleOf", "a number", Documented),
    all("minLength", "an integer", Documented),
    all("maxLength", "an integer", Documented),
    all("pattern", "a string", Documented),
    all("minItems", "an integer", Documented),
    all("maxItems", "an integer", Documented),
    all("uniqueItems", "a boolean", Documented),
    all("minProperties", "an integer", Documented),
    all("maxProperties", "an integer", Documented),
    since_3_1("contentEncoding", "a string", Documented),
    since_3_1("contentMediaType", "a string", Documented),
    since_3_1("contentSchema", "a schema", NOT_HONOURED),
    since_3_1("$defs", "a mapping of schemas", Honoured),
    since_3_1("definitions", "a mapping of schemas", Honoured),
    since_3_1("$id", "a string", Honoured),
    since_3_1("$anchor", "a string", Honoured),
    since_3_1("$dynamicRef", "a string", Honoured),
    since_3_1("$dynamicAnchor", "a string", Honoured),
    since_3_1("$schema", "a string", Unused),
    since_3_1("$vocabulary", "a mapping", Unused),
    since_3_1("$comment", "a string", Unused),
    all("xml", "a mapping", Honoured),
    all("x-enum-varnames", "a list", Honoured),
    all("x-enumNames", "a list", Honoured),
    all("x-enum-descriptions", "a list", Documented),
];

const fn all(name: &'static str, kind: &'static str, disposition: Disposition) -> Keyword {
    Keyword { name, kind, versions: "all", disposition }
}

const fn since_3_1(name: &'static str, kind: &'static str, disposition: Disposition) -> Keyword {
    all(name, kind, disposition).only("3.1 and later")
}

impl Keyword {
    const fn only(mut self, versions: &'static str) -> Self {
        self.versions = versions;
        self
    }
}
