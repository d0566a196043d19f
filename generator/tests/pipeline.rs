//! The pipeline as a whole: small descriptions in, codes and compiling names out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::parallel::Threads;
use generator::{Input, Outcome};

struct InMemory(BTreeMap<&'static str, String>);

impl Documents for InMemory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(ReadError::NotFound)
    }
}

fn generate(text: &str) -> Outcome {
    generate_with(text, &Config::default())
}

fn generate_with(text: &str, config: &Config) -> Outcome {
    let documents = InMemory(BTreeMap::from([("a.yaml", text.to_owned())]));
    generator::generate(&Input { folder: "spec", entry: "a.yaml", documents: &documents, overlays: &[] }, config)
}

/// The codes that a description brings, and whether a crate came out.
fn codes(text: &str) -> (Vec<&'static str>, bool) {
    let outcome = generate(text);
    (outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect(), outcome.output.is_some())
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\n";

fn schemas(text: &str) -> String {
    format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{text}")
}

fn operation(text: &str) -> String {
    format!("{HEAD}paths:\n  /a/{{x}}:\n    get:\n      operationId: o\n{text}")
}

const OK: &str = "      responses: {\"200\": {description: d}}\n";
const X: &str = "{name: x, in: path, required: true, schema: {type: string}}";

#[test]
fn faults_are_told_and_only_safe_readings_go_on() {
    let check = |text: &str, expect: &str, written: bool| {
        assert_eq!(codes(text), (vec![expect], written), "{}", &text[..text.len().min(300)]);
    };
    check("openapi: 4.0.0\n", "not-openapi", false);
    check(&format!("{HEAD}paths: {{}}\npaths: {{}}\n"), "duplicate-key", false);
    check(&schemas("    A: {$ref: \"#/components/schemas/B\"}\n"), "dangling-reference", false);
    check(&schemas("    A: {$ref: \"https://example.com/a\"}\n"), "remote-reference", false);
    check(&schemas("    A: {$ref: /etc/passwd}\n"), "reference-outside", false);
    check(&schemas("    A: {$ref: ../../a.yaml}\n"), "reference-outside", false);
    check(&schemas("    A: {$ref: none.yaml}\n"), "dangling-reference", false);
    check(&schemas("    A: {type: strnig}\n"), "unknown-type", false);
    check(&schemas("    A: {type: string, enum: []}\n"), "empty-enumeration", true);
    check(&schemas("    A: {type: string, pattern: \"[a-z\"}\n"), "bad-pattern", true);
    check(&schemas("    A: {type: string, not: {const: a}}\n"), "keyword-not-honoured", true);
    check(&operation(OK), "undeclared-path-parameter", true);
    let surplus = "{name: y, in: path, required: true, schema: {type: string}}";
    check(&operation(&format!("      parameters: [{X}, {surplus}]\n{OK}")), "parameter-not-in-path", true);
    let second = format!("      parameters: [{X}]\n{OK}    put:\n      operationId: o\n      parameters: [{X}]\n{OK}");
    check(&operation(&second), "duplicate-operation-id", true);
    let text =
        "      requestBody: {required: true, content: {text/xml: {schema: {type: object, properties: {a: {}}}}}}\n";
    check(&operation(&format!("      parameters: [{X}]\n{text}{OK}")), "xml-conflict", true);
}

/// What a module declares, by namespace: Rust refuses two of one name in either.
fn declared(file: &syn::File) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for item in &file.items {
        match item {
            syn::Item::Struct(item) => {
                all.push(("type", item.ident.to_string()));
                if !matches!(item.fields, syn::Fields::Named(_)) {
                    all.push(("value", item.ident.to_string()));
                }
            }
            syn::Item::Enum(item) => all.push(("type", item.ident.to_string())),
            syn::Item::Type(item) => all.push(("type", item.ident.to_string())),
            syn::Item::Static(item) => all.push(("value", item.ident.to_string())),
            // Models, failures and calls are declared in calls of macros.
            syn::Item::Macro(item) if item.mac.path.is_ident("error") => {
                all.push(("type", item.mac.tokens.to_string()));
            }
            syn::Item::Macro(item) => {
                all.extend(item.mac.parse_body::<syn::File>().iter().flat_map(declared));
                all.extend(calls(&item.mac).flat_map(|name| [("type", name.clone()), ("value", name)]));
            }
            _ => {}
        }
    }
    all
}

/// The calls that `operations!` declares: each stands behind an arrow.
fn calls(mac: &syn::Macro) -> impl Iterator<Item = String> {
    let is_it = mac.path.segments.last().is_some_and(|name| name.ident == "operations");
    let text = mac.tokens.to_string();
    let rows = text.split("->").skip(1).filter_map(|row| row.split_whitespace().next());
    let names: Vec<String> = rows.map(str::to_owned).collect();
    names.into_iter().filter(move |_| is_it)
}

#[test]
fn no_module_declares_a_name_twice() {
    let mut paths = String::new();
    for (index, id) in ["f", "F", "a_b", "ab", "x", "client", "self", "send", "😀", ""].iter().enumerate() {
        paths += &format!(
            "  /p{index}:\n    get: {{operationId: {id:?}, tags: [x], responses: {{\"200\": {{description: d}}}}}}\n"
        );
    }
    let keys = ["a-b", "a_b", "A_b", "Option", "Result", "String", "Client", "Error", "Self", "", "😀", "type", "Vec"];
    let components: String = keys.iter().map(|key| format!("    {key:?}: {{type: object}}\n")).collect();
    let outcome = generate(&format!("{HEAD}paths:\n{paths}components:\n  schemas:\n{components}"));
    let files = outcome.output.unwrap_or_else(|| panic!("{:?}", outcome.report.diagnostics)).files;
    let mut types = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("runtime/")) {
        let all = declared(&syn::parse_file(text).unwrap());
        types += all.iter().filter(|(space, _)| *space == "type").count();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{path} declares a name twice: {all:?}");
    }
    assert!(types >= keys.len() + 10, "models and calls are types");
}

#[test]
fn what_cannot_be_fixed_is_a_field_and_no_integer_is_wrapped() {
    let text = schemas(
        "    K:\n      type: object\n      required: [i, big, list]\n      properties:\n        i: {const: -5}\n        \
         big: {const: 18446744073709551615, example: 340282366920938463463374607431768211}\n        list: {const: [1]}\n        e: {enum: [1, 9223372036854775808]}\n",
    );
    let outcome = generate(&text);
    let said: Vec<_> = outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect();
    assert_eq!(said, ["mixed-enumeration"]);
    let files = outcome.output.unwrap().files;
    let model = files.get("src/models/k.rs").unwrap();
    for line in [
        "constants! { \"i\": -5i64 }",
        "pub big: u64,",
        "`340282366920938463463374607431768211`",
        "pub list: runtime::Json,",
        "pub e: Option<u64>,",
    ] {
        assert!(model.contains(line), "{line} is not in {model}");
    }
}

#[test]
fn credentials_and_the_links_beside_them_do_not_show() {
    let text = schemas(
        "    Access:\n      type: object\n      properties:\n        login: {type: string, format: uri}\n        \
         api_key: {type: string}\n        note: {type: string}\n    User:\n      type: object\n      properties:\n        \
         pin: {type: string, format: password}\n        name: {type: string}\n    Page:\n      type: object\n      \
         properties:\n        url: {type: string, format: uri}\n        tokens: {type: integer}\n",
    );
    let files = generate(&text).output.unwrap().files;
    for (file, hidden, shown) in [
        ("src/models/access.rs", &["login", "api_key"][..], &["note"][..]),
        ("src/models/user.rs", &["pin"], &["name"]),
    ] {
        let model = files.get(file).unwrap();
        for name in hidden {
            assert!(
                model.contains(&format!("pub {name}: Option<String> = \"{name}\" as secret,")),
                "{name} shows in {model}"
            );
        }
        for name in shown {
            assert!(model.contains(&format!("pub {name}: Option<String>,")), "{name} does not show in {model}");
        }
    }
    assert!(!files.get("src/models/page.rs").unwrap().contains("secret"), "a link alone is no credential");
}

#[test]
fn hostile_documents_end_soon() {
    let chain: String = (0..3_000)
        .map(|n| {
            format!("    S{n}: {{type: object, properties: {{p: {{$ref: \"#/components/schemas/S{}\"}}}}}}\n", n + 1)
        })
        .chain(["    S3000: {type: object}\n".to_owned()])
        .collect();
    let body = "paths:\n  /a:\n    put:\n      operationId: o\n      requestBody: {required: true, content: {application/xml: {schema: {$ref: \"#/components/schemas/S0\"}}}}\n      responses: {\"204\": {description: d}}\n";
    let xml = schemas(&chain).replace("paths: {}\n", body);
    let itself =
        xml.replace("S3000: {type: object}", "S3000: {type: array, items: {$ref: \"#/components/schemas/S3000\"}}");
    // Many ways through `allOf` to one schema, and two rings whose properties join in a thousand ways.
    let name = |name: &str| format!("{{$ref: \"#/components/schemas/{name}\"}}");
    let ways: String = (0..16)
        .map(|n| format!("    W{n}: {{allOf: [{}]}}\n", vec![name(&format!("W{}", n + 1)); 4].join(", ")))
        .collect();
    let declared = |first: &str, second: &str| {
        format!("    P: {{allOf: [{{properties: {{x: {}}}}}, {{properties: {{x: {}}}}}]}}\n", name(first), name(second))
    };
    let ways = format!("{ways}    W16: {{type: object}}\n    O: {{type: object}}\n{}", declared("W0", "O"));
    let ring = |key: &'static str, size: usize| {
        let one = move |n: usize| {
            format!(
                "    {key}{n}: {{type: object, properties: {{own{key}: {{type: string}}, child: {}}}}}\n",
                name(&format!("{key}{}", (n + 1) % size))
            )
        };
        (0..size).map(one).collect::<String>()
    };
    let rings = format!("{}{}{}", ring("A", 31), ring("B", 33), declared("A0", "B0"));
    for text in [
        schemas(&chain),
        xml,
        itself,
        schemas(&ways),
        schemas(&rings),
        "[".repeat(10_000),
        format!("a: {}", "{a: ".repeat(10_000)),
    ] {
        let start = Instant::now();
        generate(&text);
        // Generous, since tests run unoptimised beside others: what is quadratic takes minutes.
        assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
    }
}

#[test]
fn every_run_gives_the_same_whatever_the_number_of_threads() {
    let text = include_str!("../../spec/openapi.yaml");
    let run = |threads| {
        let config = Config { threads: Threads(NonZeroUsize::new(threads).unwrap()), ..Config::default() };
        let outcome = generate_with(text, &config);
        let said: Vec<String> = outcome.report.diagnostics.iter().map(|said| format!("{said:?}")).collect();
        (outcome.output.unwrap().files, said)
    };
    let one = run(1);
    for threads in [1, 2, 7] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

/// The lines of a text, each with one character of its value, first, last or in between, made another one.
fn one_character_changes(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')) {
        let value = line.find(": ").map_or_else(|| line.len() - line.trim_start().len(), |colon| colon + 2);
        let letters: Vec<usize> =
            (value..line.len()).filter(|at| line.as_bytes()[*at].is_ascii_alphanumeric()).collect();
        let places = [letters.first(), letters.get(letters.len() / 2), letters.last()];
        for at in places.into_iter().flatten().collect::<BTreeSet<_>>() {
            let mut changed = (*line).to_owned();
            changed.replace_range(at..=at, if &line[*at..=*at] == "7" { "8" } else { "7" });
            let before = lines[..number].iter().copied();
            let whole: Vec<&str> =
                before.chain([changed.as_str()]).chain(lines[number + 1..].iter().copied()).collect();
            all.push((number, whole.join("\n")));
        }
    }
    all
}

#[test]
fn no_change_of_the_description_goes_unseen() {
    let text = include_str!("../../spec/openapi.yaml");
    let before = generate(text).output.unwrap().files;
    let changes = one_character_changes(text);
    assert!(changes.len() > 400, "{}", changes.len());
    let unseen = changes.into_iter().filter(|(_, changed)| {
        let after = generate(changed).output;
        after.is_some_and(|after| after.files == before)
    });
    let unseen: BTreeSet<&str> = unseen.map(|(line, _)| text.lines().nth(line).unwrap()).collect();
    // The version of OpenAPI that the description is written in changes nothing of the API.
    assert_eq!(unseen, BTreeSet::from(["openapi: 3.0.3"]));
}

#[test]
fn names_without_end_are_cut_and_told_apart() {
    let long = "word ".repeat(100);
    let text = schemas(&format!("    \"{long}a\": {{type: object}}\n    \"{long}b\": {{type: object}}\n"));
    let files = generate(&text).output.unwrap().files;
    let models: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("src/models/word")).collect();
    assert_eq!(models.len(), 2);
}
