//! Names: what descriptions call alike is told apart, what is chosen is obeyed, and what joins later renames nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::collections::{BTreeMap, BTreeSet, HashSet};

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::diagnostic::Diagnostics;
use generator::ir::{
    Access, Api, Docs, Enumeration, EnumerationValue, Field, Literal, NameHint, Origin, Presence, Record, Repr, Scalar,
    Shape, Type, TypeDef,
};
use generator::name::{Names, Overrides};
use generator::{Input, Outcome, facts, name};
use proptest::prelude::*;

/// Components of these keys, then an object of these properties and an enumeration of these values.
fn api(texts: &[String]) -> Api {
    let def = |key: &str, shape| TypeDef {
        origin: Origin::root().child("components").child("schemas").child(key),
        docs: Docs::default(),
        hint: NameHint::Key(key.to_owned()),
        shape,
    };
    let field = |wire: &String| Field {
        origin: Origin::root().child("properties").child(wire),
        docs: Docs::default(),
        wire: wire.clone(),
        ty: Type::Any,
        presence: Presence::Optional,
        access: Access::Both,
        secret: false,
    };
    let value =
        |text: &String| EnumerationValue { value: Literal::String(text.clone()), name: None, docs: Docs::default() };
    let mut api = Api::default();
    for text in texts {
        api.types.push(def(text, Shape::Alias(Type::Scalar(Scalar::String))));
    }
    let record = Record { fields: texts.iter().map(field).collect(), ..Record::default() };
    api.types.push(def("TheRecordOfAllFields", Shape::Record(record)));
    let values = texts.iter().map(value).collect();
    api.types.push(def("TheListOfAllValues", Shape::Enumeration(Enumeration { repr: Repr::String, values })));
    api
}

/// The names of the components, their modules, the properties and the values.
fn named(texts: &[String]) -> [Vec<String>; 4] {
    let api = api(texts);
    let mut diagnostics = Diagnostics::default();
    let names: Names = name::assign(&api, &facts::of(&api), &Overrides::new(), &mut diagnostics);
    let all: Vec<_> = api.types.ids().map(|id| names.of_type(id)).collect();
    let texts_of = |idents: &[generator::name::Ident]| idents.iter().map(ToString::to_string).collect::<Vec<_>>();
    let components = &all[..texts.len()];
    [
        components.iter().map(|of| of.name.to_string()).collect(),
        components.iter().map(|of| of.module.to_string()).collect(),
        texts_of(&all[texts.len()].members),
        texts_of(&all[texts.len() + 1].members),
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let letters: Vec<char> = "aAbB12__--.+* !/éß名😀".chars().collect();
    let text = prop::collection::vec(prop::sample::select(letters), 0..6);
    let text = text.prop_map(|letters| letters.into_iter().collect::<String>());
    prop::collection::hash_set(text, 1..12).prop_map(|texts| texts.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn names_are_identifiers_and_no_two_are_equal(texts in texts()) {
        for names in named(&texts) {
            let unique: HashSet<String> = names.iter().map(|name| name.to_owned()).collect();
            prop_assert_eq!(unique.len(), names.len(), "{:?} of {:?}", names, texts);
            for name in &names {
                prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{}", name);
            }
        }
        let [_, modules, ..] = named(&texts);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        prop_assert!(modules.iter().all(|module| module.chars().all(is_plain)), "{:?}", modules);
    }

    #[test]
    fn what_joins_renames_only_what_it_collides_with(mut texts in texts()) {
        let joined = texts.pop().unwrap_or_default();
        let before = named(&texts);
        let alone: Vec<_> = texts.iter().map(|text| named(std::slice::from_ref(text))).collect();
        let joined_alone = named(std::slice::from_ref(&joined));
        texts.push(joined);
        let after = named(&texts);
        for scope in [0, 2, 3] {
            for (place, before) in before[scope].iter().enumerate() {
                let collides = joined_alone[scope][0] == alone[place][scope][0] || joined_alone[scope][0] == *before;
                prop_assert!(collides || *before == after[scope][place], "{} became {}", before, after[scope][place]);
            }
        }
    }
}

struct InMemory(String);

impl Documents for InMemory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "a.yaml" { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

fn generate(description: &str, config: &Config) -> Outcome {
    let documents = InMemory(format!("openapi: 3.1.0\ninfo: {{title: T, version: \"1\"}}\n{description}"));
    generator::generate(&Input { folder: "spec", entry: "a.yaml", documents: &documents, overlays: &[] }, config)
}

fn config(names: &str) -> Config {
    let text = format!("[names]\n{names}");
    generator::config::read("codegen.toml", &text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn codes(outcome: &Outcome) -> BTreeSet<&'static str> {
    outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect()
}

const EVERYTHING: &str = "\
paths:
  /pets:
    post:
      operationId: addPet
      tags: [pets]
      parameters: [{name: dry, in: query, schema: {type: boolean}}]
      requestBody: {content: {multipart/form-data: {schema: {properties: {photo: {type: string, format: binary}}}}}}
      responses: {\"200\": {description: d, content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pet:
      type: object
      properties:
        size: {type: string, enum: [s, m]}
        owner: {type: object, properties: {id: {type: string}}}
        food: {oneOf: [{type: string}, {type: object, properties: {brand: {type: string}}}]}
";

#[test]
fn every_kind_of_name_can_be_chosen() {
    let pet = "#/components/schemas/Pet";
    let choices = [
        ("#/tags/pets", "zoo", "src/zoo.rs"),
        ("#/paths/~1pets/post", "welcome", "pub fn welcome("),
        ("#/paths/~1pets/post/parameters/0", "rehearsal", "pub fn rehearsal("),
        ("#/components/securitySchemes/key", "pass", "pub fn pass("),
        (pet, "Animal", "pub struct Animal"),
        (&format!("{pet}/properties/size"), "bulk", "bulk: Option<"),
        (&format!("{pet}/properties/size/enum/0"), "Little", "Little = \"s\""),
        (&format!("{pet}/properties/food"), "meal", "meal: Option<"),
        (&format!("{pet}/properties/owner"), "Keeper", "owner: Option<Keeper>"),
        (&format!("{pet}/properties/food/oneOf/0"), "Words", "Words"),
        (&format!("{pet}/properties/food/oneOf/1"), "Brand", "pub struct Brand"),
    ];
    let lines: Vec<String> = choices.iter().map(|(pointer, name, _)| format!("\"{pointer}\" = \"{name}\"")).collect();
    let outcome = generate(EVERYTHING, &config(&lines.join("\n")));
    assert_eq!(codes(&outcome), BTreeSet::new());
    let files: BTreeMap<String, String> =
        outcome.output.unwrap().files.iter().map(|(path, text)| (path.to_string(), text.to_owned())).collect();
    for (pointer, name, code) in choices {
        let found = files.iter().any(|(path, text)| path == code || text.contains(code));
        assert!(found, "{pointer} is not {name}");
    }
    assert!(
        files["src/models/animal.rs"].contains("pub enum AnimalFood"),
        "the name of a property is not that of its type"
    );
}

/// Three variants of one title leave nothing but a number, and the note says what to write.
#[test]
fn a_note_on_a_number_can_be_pasted() {
    let level = "paths: {}\ncomponents: {schemas: {Level: {oneOf: [{title: Level, type: string}, \
                 {title: Level, type: integer}, {title: Level, type: boolean}]}}}\n";
    let outcome = generate(level, &Config::default());
    assert_eq!(codes(&outcome), BTreeSet::from(["numbered-name"]));
    let help: Vec<String> = outcome.report.diagnostics.iter().map(|(_, said)| said.help.to_string()).collect();
    let line = help[0].split_once("codegen.toml: ").unwrap().1;
    assert_eq!(codes(&generate(level, &config(line))), BTreeSet::new());
}

#[test]
fn a_parameter_that_is_referred_to_by_its_place_is_known_by_its_name() {
    let json = |name: &str, place: &str, schema: &str| {
        format!("{{name: {name}, in: {place}, content: {{application/json: {{schema: {schema}}}}}}}")
    };
    let own = |index: usize| {
        let target = format!("#/paths/~1pets/get/parameters/{index}/content/application~1json/schema");
        format!("{{type: array, items: {{$ref: \"{target}\"}}}}")
    };
    let object = "{type: object, properties: {x: {type: string}}}";
    let params = [
        json("filter", "query", object),
        json("filter", "header", "{type: object, properties: {y: {type: string}}}"),
        json("order", "query", "{type: object, properties: {z: {type: string}}}"),
        json("first", "query", &own(0)),
        json("second", "query", &own(1)),
        json("third", "query", &own(2)),
    ];
    let description = format!(
        "paths: {{/pets: {{get: {{operationId: list, parameters: [{}], responses: {{\"204\": {{description: d}}}}}}}}}}\n",
        params.join(", ")
    );
    let outcome = generate(&description, &Config::default());
    assert!(!codes(&outcome).contains("numbered-name"), "{:?}", codes(&outcome));
    let output = outcome.output.unwrap();
    let names: BTreeSet<String> = output.api.types.ids().map(|id| output.names.of_type(id).name.to_string()).collect();
    let expect = ["ListFilterHeader", "ListFilterQuery", "ListOrder"];
    assert!(expect.iter().all(|name| names.contains(*name)), "{names:?}");
}
