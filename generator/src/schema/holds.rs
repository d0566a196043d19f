//! Which keywords of a schema hold schemas.

/// What the value of a keyword is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A schema.
    Schema,
    /// A list of schemas, or in older dialects also a schema.
    Schemas,
    /// A mapping from names that the author chose to schemas.
    Named,
    /// A mapping from tags to the names of schemas, and the name of the schema for other tags.
    Discriminator,
    /// Anything else: values, names, words.
    Data,
}

/// What the value of `keyword` is, in any dialect.
pub(crate) fn holds(keyword: &str) -> Holds {
    match keyword {
        "additionalProperties"
        | "unevaluatedProperties"
        | "propertyNames"
        | "additionalItems"
        | "unevaluatedItems"
        | "contains"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Holds::Schema,
        "items" | "allOf" | "oneOf" | "anyOf" | "prefixItems" => Holds::Schemas,
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "dependencies" => {
            Holds::Named
        }
        "discriminator" => Holds::Discriminator,
        _ => Holds::Data,
    }
}
