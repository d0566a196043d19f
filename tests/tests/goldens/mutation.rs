//! Good descriptions with one value replaced: whatever stands there, the generator says what is wrong with it or makes a
//! client, and never blames itself.

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::diagnostic::Place;
use generator::{Input, Outcome};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use crate::fixture::Fixture;

/// Keys that mean something, most of them in several places.
const KEYS: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "content",
    "default",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "explode",
    "format",
    "headers",
    "in",
    "items",
    "maxItems",
    "minimum",
    "name",
    "nullable",
    "oneOf",
    "operationId",
    "parameters",
    "pattern",
    "prefixItems",
    "properties",
    "propertyName",
    "readOnly",
    "required",
    "requestBody",
    "responses",
    "schema",
    "security",
    "style",
    "tags",
    "title",
    "type",
    "x-enum-varnames",
    "application/json",
    "200",
    "4XX",
    "default",
    "a",
    "A",
    "",
];

/// Texts that mean something, or that nothing may be made of as they are.
const TEXTS: &[&str] = &[
    "#/components/schemas/Pet",
    "#/components/schemas/Node",
    "#/components/schemas/Cat",
    "#/paths",
    "#",
    "none.yaml",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "null",
    "int32",
    "date-time",
    "binary",
    "password",
    "path",
    "query",
    "header",
    "cookie",
    "form",
    "deepObject",
    "matrix",
    "bearer",
    "http",
    "kind",
    "self",
    "Self",
    "*/",
    "../..",
    "",
    "😀",
    "a",
    "A",
    "r#\"",
    "```rust\npanic!()\n```",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        select(TEXTS).prop_map(|text| json!(text)),
        select(TEXTS).prop_map(|text| json!({ "$ref": text })),
        select(TEXTS).prop_map(|text| json!({ "type": text })),
        select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(u64::MAX),
            json!(1e300)
        ]),
        Just(json!({})),
        Just(json!([])),
    ];
    leaf.prop_recursive(4, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Value::Array),
            prop::collection::btree_map(select(KEYS).prop_map(str::to_owned), inner, 1..4)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

/// The pointer of every value in a tree.
fn pointers(tree: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match tree {
        Value::Object(members) => {
            for (key, value) in members {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

struct Single(String);

impl Documents for Single {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "openapi.json" { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

/// Generates, and checks that whatever is said can be shown and is no fault of the generator.
fn check(text: String, lenient: bool) {
    let mut config = Config::default();
    config.levels.lenient = lenient;
    let documents = Single(text);
    let input = Input { folder: "", entry: "openapi.json", documents: &documents, overlays: &[] };
    let Outcome { report, output } = generator::generate(&input, &config);
    for (_, said) in report.diagnostics.iter() {
        assert!(!said.code.name.starts_with("internal"), "{}\n{}", said.message, documents.0);
        let placed = matches!(said.place, Place::File(_)) || report.sources.locate(&said.place).is_some();
        assert!(placed, "{}: {} has no place\n{}", said.code.name, said.message, documents.0);
    }
    assert_eq!(output.is_none(), report.diagnostics.has_errors());
}

#[test]
fn one_value_of_a_description_may_be_anything() {
    let descriptions: Vec<(Value, Vec<String>)> = Fixture::all()
        .iter()
        .map(|fixture| {
            let text = std::fs::read_to_string(fixture.folder.join(&fixture.spellings()[0])).unwrap();
            let tree: Value = serde_yaml::from_str(&text).unwrap();
            let mut all = Vec::new();
            pointers(&tree, "", &mut all);
            (tree, all)
        })
        .collect();
    let config = ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(description: Index, place: Index, value in value(), lenient: bool)| {
        let (tree, places) = description.get(&descriptions);
        let mut tree = tree.clone();
        let place: &String = place.get(places);
        *tree.pointer_mut(place).unwrap() = value;
        check(serde_json::to_string_pretty(&tree).unwrap(), lenient);
    });
}
