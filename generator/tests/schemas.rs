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

/// The declarations of all models without their documentation, as one line.
fn declarations(schemas: &[&str]) -> String {
    let files = generate(schemas).output.unwrap().files;
    let models = files.iter().filter(|(path, _)| path.starts_with("src/models/"));
    let lines = models.flat_map(|(_, text)| text.lines()).map(str::trim).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join(" ")
}

fn check_declarations(schemas: &[&str], expect: &[&str]) {
    let all = declarations(schemas);
    for declaration in expect {
        assert!(all.contains(declaration), "{declaration} is not in {all}");
    }
}

#[test]
fn a_discriminator_selects_variants() {
    let cat = "Cat: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}";
    let dog = "Dog: {type: object, properties: {b: {type: string}}}";
    let pet = "oneOf: [{$ref: \"#/components/schemas/Cat\"}, {$ref: \"#/components/schemas/Dog\"}]";
    check_declarations(
        &[cat, dog, &format!("Pet: {{{pet}, discriminator: {{propertyName: kind}}}}")],
        &[
            "pub enum Pet { Cat(Box<Cat>) = \"Cat\", Dog(Box<Dog>) = \"Dog\", } tag! { \"kind\" }",
            "preset { kind: \"Cat\" }",
        ],
    );
    let mapping = "mapping: {cat: Cat, kitten: \"#/components/schemas/Cat\", dog: Dog}";
    check_declarations(
        &[cat, dog, &format!("Pet: {{{pet}, discriminator: {{propertyName: kind, {mapping}}}}}")],
        &["pub enum Pet { Cat(Box<Cat>) = \"cat\" | \"kitten\", Dog(Box<Dog>) = \"dog\", } tag! { \"kind\" }"],
    );
    let constant = |name: &str, value: &str| {
        format!("{name}: {{type: object, required: [t], properties: {{t: {{const: {value}}}, x: {{type: string}}}}}}")
    };
    check_declarations(
        &[&constant("Cat", "c"), &constant("Dog", "d"), &format!("Pet: {{{pet}}}")],
        &[
            "pub enum Pet { C(Box<Cat>) = \"c\", D(Box<Dog>) = \"d\", } tag! { \"t\" }",
            "pub struct Cat { pub x: Option<String>, } constants! { \"t\": \"c\" }",
        ],
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
    let fields = "{ pub kind: String, pub name: Option<String>, pub lives: Option<i64>, }";
    check_declarations(
        &schemas,
        &[
            "pub enum Pet { Cat(Box<Cat>) = \"Cat\", Lion(Box<Lion>) = \"Lion\", } tag! { \"kind\" }",
            &format!("pub struct Cat {fields}"),
            &format!("pub struct Lion {fields}"),
            "pub pet: Option<Pet>,",
        ],
    );
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
    check_declarations(
        &schemas.each_ref().map(String::as_str),
        &[
            "pub struct U { pub id: Option<String>, } flattened! { pub kind: UKind, }",
            "pub enum UKind { A(Box<A>) = \"A\", B(Box<B>) = \"B\", } tag! { \"kind\" }",
        ],
    );
}

#[test]
fn variants_of_one_type_are_one_variant() {
    let schemas = ["A: {oneOf: [{type: string, format: date}, {type: string, maxLength: 3}]}"];
    assert_eq!(lines(&schemas, &DECLARED), ["pub type A = String;"]);
}

#[test]
fn enumerations_of_every_kind() {
    let check = |schema: &str, expect: &str| check_declarations(&[schema], &[expect]);
    let strings = |values: &str| format!("runtime::string_enumerations! {{ pub enum E {{ {values} }} }}");
    check("E: {enum: [a, b-c, null]}", &strings("A = \"a\", BC = \"b-c\","));
    check("E: {type: string, enum: [1, 2.5, true]}", &strings("N1 = \"1\", N2_5 = \"2.5\", True = \"true\","));
    check("E: {enum: [-1, 2]}", "runtime::integer_enumerations! { pub enum E { Minus1 = -1, N2 = 2, } }");
    check(
        "E: {enum: [auto, 1, 0.5]}",
        "runtime::enumerations! { pub enum E { Auto = \"auto\", N1 = 1, N0_5 = 0.5, } }",
    );
    check("E: {enum: [true, false]}", "pub type E = bool;");
    check("E: {anyOf: [{type: string}, {enum: [x]}]}", &strings("X = \"x\","));
}

#[test]
fn types_that_hold_each_other_deeply_raise_the_limit_of_the_compiler() {
    let limit = |count: usize| {
        let ring = |index: usize| {
            let next = (index + 1) % count;
            let list = format!("{{type: array, items: {{$ref: \"#/components/schemas/T{next}\"}}}}");
            format!("T{index}: {{type: object, properties: {{held: {list}}}}}")
        };
        let schemas: Vec<String> = (0..count).map(ring).collect();
        let outcome = generate(&schemas.iter().map(String::as_str).collect::<Vec<_>>());
        let root = outcome.output.unwrap().files.iter().find(|(path, _)| *path == "src/lib.rs").unwrap().1.to_owned();
        root.lines().find(|line| line.contains("recursion_limit")).map(str::to_owned)
    };
    assert_eq!(limit(19), None);
    assert_eq!(limit(20).as_deref(), Some("#![recursion_limit = \"256\"]"));
}

/// There are more ways through these unions than anybody could count.
#[test]
fn unions_that_lead_to_unions_by_many_ways_end_soon() {
    let layer = |index: usize| {
        let next = (0..4).map(|place| format!("{{$ref: \"#/components/schemas/L{}P{place}\"}}", index + 1));
        let next = next.collect::<Vec<_>>().join(", ");
        let line = move |place: usize| match (index, place) {
            (20, _) => format!("L20P{place}: {{type: object, properties: {{p{place}: {{type: string}}}}}}"),
            (_, 3) => format!("L{index}P3: {{type: object, allOf: [{{oneOf: [{next}]}}]}}"),
            _ => format!("L{index}P{place}: {{oneOf: [{next}]}}"),
        };
        (0..4).map(line).collect::<Vec<_>>()
    };
    let layers: Vec<String> = (0..=20).flat_map(layer).collect();
    let start = std::time::Instant::now();
    assert!(generate(&layers.iter().map(String::as_str).collect::<Vec<_>>()).output.is_some());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn what_one_declaration_of_a_property_says_holds() {
    let check = |first: &str, second: &str, expect: &str| {
        let schema = format!("P: {{allOf: [{{properties: {{pin: {first}}}}}, {{properties: {{pin: {second}}}}}]}}");
        assert_eq!(lines(&[&schema], &["pub pin:"]), [expect], "{schema}");
    };
    let secret = "pub pin: Option<String> = \"pin\" as secret,";
    check("{type: string}", "{type: string, format: password}", secret);
    check("{type: string, format: password}", "{type: string}", secret);
    check("{type: string, format: password}", "{type: string, format: date}", secret);

    let default = "{description: old, type: integer, default: 1}";
    let text = lines(
        &[&format!("P: {{allOf: [{{properties: {{n: {default}}}}}, {{properties: {{n: {{description: new}}}}}}]}}")],
        &["///", "pub n:"],
    );
    assert_eq!(text[1..], ["/// new. The server takes `1` where it is left out.", "pub n: Option<i64>,"]);
}

#[test]
fn declarations_that_say_the_same_in_line_are_no_conflict() {
    let codes = |first: &str, second: &str| {
        let schema = format!("P: {{allOf: [{{properties: {{p: {first}}}}}, {{properties: {{p: {second}}}}}]}}");
        let outcome = generate(&[&schema]);
        outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect::<Vec<_>>()
    };
    let list = |items: &str| format!("{{type: array, items: {items}}}");
    let map = |values: &str| format!("{{type: object, additionalProperties: {values}}}");
    let tuple = |place: &str| format!("{{type: array, prefixItems: [{place}], items: {{type: string}}}}");
    for make in [&list as &dyn Fn(&str) -> String, &tuple] {
        assert_eq!(codes(&make("{type: integer}"), &make("{type: integer}")), [""; 0]);
        assert_eq!(codes(&make("{type: integer}"), &make("{type: boolean}")), ["all-of-conflict"]);
    }
    assert_eq!(codes(&map("{type: integer}"), &map("{type: integer}")), [""; 0]);
}

#[test]
fn null_is_found_in_circles_in_any_order() {
    let (a, b) = (
        "A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}",
        "B: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}",
    );
    let holder = "C: {required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}";
    for schemas in [[a, b, holder], [holder, b, a]] {
        let found = lines(&schemas, &["pub b:"]);
        assert!(found.len() == 1 && found[0].contains("Option<"), "{found:?}");
    }
}

#[test]
fn alike_members_of_a_large_union_are_told() {
    let mut members: Vec<String> = (0..100)
        .map(|n| format!("{{type: object, required: [p{n}], properties: {{p{n}: {{type: string}}}}}}"))
        .collect();
    members.push(members[99].replace("string", "string, description: d"));
    let outcome = generate(&[&format!("U: {{oneOf: [{}]}}", members.join(", "))]);
    let codes: Vec<_> = outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect();
    assert_eq!(codes, ["overlapping-variants"]);
}
