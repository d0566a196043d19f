//! What schemas become: small components in, the declarations and codecs of their models out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::{Input, Outcome};

struct Single(String);

impl Documents for Single {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "a.yaml" { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

/// Generates from components, each a line of YAML.
fn generate(schemas: &[&str]) -> Outcome {
    let schemas: String = schemas.iter().map(|schema| format!("    {schema}\n")).collect();
    let text =
        format!("openapi: 3.1.0\ninfo: {{title: T, version: \"1\"}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let documents = Single(text);
    generator::generate(
        &Input { folder: "spec", entry: "a.yaml", documents: &documents, overlays: &[] },
        &Config::default(),
    )
}

/// The lines of the model files that hold any of `marks`, trimmed.
fn lines(schemas: &[&str], marks: &[&str]) -> Vec<String> {
    let outcome = generate(schemas);
    let said: Vec<_> = outcome.report.diagnostics.iter().map(|(_, said)| said.message.clone()).collect();
    let files = outcome.output.unwrap_or_else(|| panic!("{said:?}")).files;
    let models = files.iter().filter(|(path, _)| path.starts_with("src/models/"));
    let lines = models.flat_map(|(_, text)| text.lines()).map(str::trim);
    lines.filter(|line| marks.iter().any(|mark| line.contains(mark))).map(str::to_owned).collect()
}

const DECLARED: [&str; 3] = ["pub struct", "pub enum", "pub type"];

#[test]
fn inline_types_that_say_the_same_are_one_type() {
    let owner = "{type: object, properties: {order: {type: string, enum: [asc, desc]}, name: {type: string}}}";
    let other = "{type: object, properties: {order: {type: string, enum: [asc, desc]}, name: {description: d}}}";
    let schemas = [
        &format!("A: {{type: object, properties: {{owner: {owner}, again: {{type: array, items: {owner}}}}}}}"),
        &format!("B: {{type: object, properties: {{owner: {owner}, other: {other}}}}}"),
        &format!("C: {owner}"),
    ];
    let expect = [
        "pub struct A {",
        "pub struct AOwner {",
        "pub enum AOwnerOrder {",
        "pub struct B {",
        "pub struct BOther {",
        "pub struct C {",
    ];
    assert_eq!(lines(&schemas.map(String::as_str), &DECLARED), expect);
}

/// What the macro calls of the models say.
fn tables(schemas: &[&str]) -> Vec<String> {
    lines(schemas, &[" by \"", ": \"", "(Box<", "type ", "= \""])
}

#[test]
fn a_discriminator_selects_variants() {
    let check = |schemas: &[&str], expect: &[&str]| {
        let all = tables(schemas);
        for line in expect {
            assert!(all.iter().any(|known| known == line), "{line} is not in {all:#?}");
        }
    };
    let cat = "Cat: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}";
    let dog = "Dog: {type: object, properties: {b: {type: string}}}";
    let pet = "oneOf: [{$ref: \"#/components/schemas/Cat\"}, {$ref: \"#/components/schemas/Dog\"}]";
    check(
        &[cat, dog, &format!("Pet: {{{pet}, discriminator: {{propertyName: kind}}}}")],
        &["Pet by \"kind\" { Cat: \"Cat\", Dog: \"Dog\" }", "kind: \"Cat\".into(),", "Dog(Box<Dog>),"],
    );
    let mapping = "mapping: {cat: Cat, kitten: \"#/components/schemas/Cat\", dog: Dog}";
    check(
        &[cat, dog, &format!("Pet: {{{pet}, discriminator: {{propertyName: kind, {mapping}}}}}")],
        &["Pet by \"kind\" { Cat: \"cat\" | \"kitten\", Dog: \"dog\" }"],
    );
    let constant = |name: &str, value: &str| {
        format!("{name}: {{type: object, required: [t], properties: {{t: {{const: {value}}}, x: {{type: string}}}}}}")
    };
    check(
        &[&constant("Cat", "c"), &constant("Dog", "d"), &format!("Pet: {{{pet}}}")],
        &["Pet by \"t\" { C: \"c\", D: \"d\" }", "Cat { x: \"x\" } constants { \"t\": \"c\" }"],
    );
}

#[test]
fn what_inherits_is_a_variant_of_its_parent() {
    let schemas = [
        "Pet: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}, \
         name: {type: string}}}",
        "Cat: {allOf: [{$ref: \"#/components/schemas/Pet\"}, {type: object, properties: {lives: {type: integer}}}]}",
        "Lion: {allOf: [{$ref: \"#/components/schemas/Cat\"}]}",
        "Owner: {type: object, properties: {pet: {allOf: [{$ref: \"#/components/schemas/Pet\"}], description: d}}}",
    ];
    let all = tables(&schemas);
    for line in [
        "Pet by \"kind\" { Cat: \"Cat\", Lion: \"Lion\" }",
        "Cat { kind: \"kind\", name: \"name\", lives: \"lives\" }",
        "Lion { kind: \"kind\", name: \"name\", lives: \"lives\" }",
    ] {
        assert!(all.iter().any(|known| known == line), "{line} is not in {all:#?}");
    }
    assert!(lines(&schemas, &["pub pet: "]).contains(&"pub pet: Option<Pet>,".to_owned()));
}

#[test]
fn a_tag_beside_one_of_belongs_to_the_union() {
    let variant = |name: &str| format!("{name}: {{type: object, properties: {{{name}: {{type: string}}}}}}");
    let schemas = [
        variant("A"),
        variant("B"),
        "U: {type: object, properties: {id: {type: string}, kind: {type: string}}, discriminator: {propertyName: \
         kind}, oneOf: [{$ref: \"#/components/schemas/A\"}, {$ref: \"#/components/schemas/B\"}]}"
            .to_owned(),
    ];
    let all = tables(&schemas.each_ref().map(String::as_str));
    assert!(all.contains(&"U { id: \"id\" } flattened { kind }".to_owned()), "{all:#?}");
    assert!(all.contains(&"UKind by \"kind\" { A: \"A\", B: \"B\" }".to_owned()), "{all:#?}");
}

#[test]
fn variants_of_one_type_are_one_variant() {
    let schemas = ["A: {oneOf: [{type: string, format: date}, {type: string, maxLength: 3}]}"];
    assert_eq!(lines(&schemas, &DECLARED), ["pub type A = String;"]);
}

#[test]
fn enumerations_of_every_kind() {
    let check = |schema: &str, expect: &[&str]| {
        let all = lines(&[schema], &["E { ", "pub type E", "UnknownValue("]);
        assert_eq!(all, expect, "{schema}");
    };
    let text = "UnknownValue(String),";
    check("E: {enum: [a, b-c, null]}", &[text, "E { A = \"a\", BC = \"b-c\" }"]);
    check("E: {type: string, enum: [1, 2.5, true]}", &[text, "E { N1 = \"1\", N25 = \"2.5\", True = \"true\" }"]);
    check("E: {enum: [-1, 2]}", &["UnknownValue(i64),", "E { N1 = -1, N2 = 2 }"]);
    check("E: {enum: [auto, 1, 0.5]}", &["UnknownValue(runtime::Json),", "E { Auto = \"auto\", N1 = 1, N05 = 0.5 }"]);
    check("E: {enum: [true, false]}", &["pub type E = bool;"]);
    check("E: {anyOf: [{type: string}, {enum: [x]}]}", &[text, "E { X = \"x\" }"]);
}
