//! Random schemas of both dialects: none of them makes the generator panic, and none comes out as code that the gate, which
//! knows what emitted code is made of, would refuse.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use generator::Input;
use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

struct Single(String);

impl Documents for Single {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "a.json" { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

const COMPONENTS: [&str; 5] = ["A", "B", "Self", "a b", "1"];
const TYPES: [&str; 7] = ["string", "integer", "number", "boolean", "array", "object", "null"];
const FORMATS: [&str; 8] = ["int32", "uint64", "float", "date-time", "binary", "byte", "password", "x"];
const NAMES: [&str; 7] = ["a", "b", "type", "kind", "A", "", "é"];

fn reference() -> impl Strategy<Value = Value> {
    select(&COMPONENTS[..])
        .prop_map(|name| json!({"$ref": format!("#/components/schemas/{}", name.replace(' ', "%20"))}))
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-9..9_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-zA-Z0-9 _-]{0,4}".prop_map(Value::from),
        Just(serde_json::from_str("123456789012345678901234567890").unwrap()),
    ];
    prop_oneof![6 => scalar.clone(), 1 => vec(scalar, 0..3).prop_map(Value::from)]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => reference(),
        1 => any::<bool>().prop_map(Value::from),
        2 => (select(&TYPES[..]), select(&FORMATS[..])).prop_map(|(ty, format)| json!({"type": ty, "format": format})),
        1 => subsequence(TYPES.to_vec(), 0..4).prop_map(|types| json!({"type": types})),
        1 => vec(value(), 0..4).prop_map(|values| json!({"enum": values})),
        1 => value().prop_map(|value| json!({"const": value})),
        1 => Just(json!({"type": "null"})),
        1 => Just(json!({})),
    ]
}

/// Keywords that hold schemas, each with some, and keywords beside them.
fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 40, 4, |inner| {
        let named = || btree_map(select(&NAMES[..]), inner.clone(), 0..4).prop_map(|map| json!(map));
        let list = || vec(inner.clone(), 0..4).prop_map(Value::from);
        let keyword = prop_oneof![
            4 => named().prop_map(|value| ("properties", value)),
            2 => subsequence(NAMES.to_vec(), 0..4).prop_map(|names| ("required", json!(names))),
            2 => inner.clone().prop_map(|value| ("additionalProperties", value)),
            1 => inner.clone().prop_map(|value| ("unevaluatedProperties", value)),
            1 => named().prop_map(|value| ("patternProperties", value)),
            2 => inner.clone().prop_map(|value| ("items", value)),
            1 => list().prop_map(|value| ("items", value)),
            1 => list().prop_map(|value| ("prefixItems", value)),
            1 => (0..4_u8).prop_map(|count| ("maxItems", json!(count))),
            1 => (0..4_u8).prop_map(|count| ("minItems", json!(count))),
            2 => list().prop_map(|value| ("allOf", value)),
            3 => list().prop_map(|value| ("oneOf", value)),
            2 => list().prop_map(|value| ("anyOf", value)),
            1 => select(&NAMES[..]).prop_map(|name| ("discriminator", json!({"propertyName": name}))),
            1 => select(&NAMES[..]).prop_map(|name| {
                ("discriminator", json!({"propertyName": name, "mapping": {"x": "A", "y": "#/components/schemas/B"}}))
            }),
            1 => select(&TYPES[..]).prop_map(|name| ("type", json!(name))),
            1 => subsequence(TYPES.to_vec(), 1..4).prop_map(|types| ("type", json!(types))),
            1 => any::<bool>().prop_map(|flag| ("nullable", json!(flag))),
            1 => any::<bool>().prop_map(|flag| ("readOnly", json!(flag))),
            1 => any::<bool>().prop_map(|flag| ("writeOnly", json!(flag))),
            1 => value().prop_map(|value| ("default", value)),
            1 => vec(value(), 0..4).prop_map(|values| ("enum", json!(values))),
            1 => value().prop_map(|value| ("const", value)),
            1 => vec("[a-zA-Z ]{0,3}", 0..4).prop_map(|names| ("x-enum-varnames", json!(names))),
            1 => reference().prop_map(|value| ("$ref", value["$ref"].clone())),
        ];
        vec(keyword, 1..5).prop_map(|keywords| {
            keywords.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
        })
    })
}

fn document() -> impl Strategy<Value = Value> {
    (select(&["3.0.3", "3.1.0", "3.2.0"][..]), vec(schema(), COMPONENTS.len()), vec(schema(), 3)).prop_map(
        |(version, schemas, used)| {
            let schemas: Map<String, Value> = COMPONENTS.iter().map(|name| (*name).to_owned()).zip(schemas).collect();
            let content = |schema: &Value| json!({"application/json": {"schema": schema}});
            json!({
                "openapi": version,
                "info": {"title": "T", "version": "1"},
                "paths": {"/p": {"put": {
                    "operationId": "put",
                    "parameters": [{"name": "q", "in": "query", "schema": used[0]}],
                    "requestBody": {"content": content(&used[1])},
                    "responses": {"200": {"description": "d", "content": content(&used[2])}},
                }}},
                "components": {"schemas": schemas},
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_schema_makes_the_generator_panic(document in document()) {
        let documents = Single(document.to_string());
        let mut config = Config::default();
        config.levels.lenient = true;
        let input = Input { folder: "spec", entry: "a.json", overlays: &[], documents: &documents };
        let report = generator::generate(&input, &config).report;
        for (_, said) in report.diagnostics.iter() {
            prop_assert_ne!(said.code.name, "internal-output", "{}", &said.message);
        }
    }
}
