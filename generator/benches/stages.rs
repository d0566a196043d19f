//! How long each stage takes on a large description.
//!
//! `cargo bench -p generator` makes one up, of thousands of schemas. `BENCH_SPEC=FILE cargo bench -p generator` takes
//! that file instead; it may not refer to other files. Descriptions are read leniently.
//!
//! Emission is private, so its time is what `generate` takes beyond the stages that stand before it.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail where it stands")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::{env, fs};

use criterion::{BatchSize, Criterion, Throughput};
use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::diagnostic::Diagnostics;
use generator::source::{self, Sources};
use generator::{Input, facts, gate, lower, name, openapi, print, schema};

/// The made-up description: schemas, and operations that use them.
const SCHEMAS: usize = 3_000;
const OPERATIONS: usize = 600;

struct Sole(String);

impl Documents for Sole {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == ENTRY { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

const ENTRY: &str = "openapi.json";

fn main() {
    let text = match env::var_os("BENCH_SPEC") {
        Some(file) => fs::read_to_string(file).unwrap(),
        None => made_up(),
    };
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    stages(&mut criterion, text);
    criterion.final_summary();
}

fn stages(criterion: &mut Criterion, text: String) {
    let documents = Sole(text);
    let input = Input { folder: "", entry: ENTRY, documents: &documents, overlays: &[] };
    let mut config = Config::default();
    config.levels.lenient = true;
    let said = || Diagnostics::new(config.levels.clone());

    let mut sources = Sources::default();
    let tree = generator::load(&input, &mut sources, &mut said()).unwrap();
    let checked = openapi::check(tree.clone(), &mut sources, &mut said()).unwrap();
    let description = openapi::read(checked.version, &checked.tree, checked.typed.clone()).unwrap();
    let pointers = || checked.schemas.iter().cloned();
    let schemas = schema::read(&checked.tree, pointers(), &mut said());
    let api = lower::lower(&description, &schemas, &config, &mut said());
    let facts = facts::of(&api);
    let output = generator::generate(&input, &config).output.unwrap();
    let modules: Vec<(&str, syn::File)> = output
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.contains("runtime"))
        .map(|(path, text)| (path, syn::parse_file(text).unwrap()))
        .collect();

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(documents.0.len() as u64));
    group.bench_function("1 source", |bench| bench.iter(|| source::read(ENTRY, black_box(&documents.0), &mut said())));
    group.bench_function("1+2 source and bundle", |bench| {
        bench.iter(|| generator::load(&input, &mut Sources::default(), &mut said()));
    });
    group.bench_function("3 openapi: check", |bench| {
        let inputs = || (tree.clone(), sources.clone());
        let check = |(tree, mut sources)| openapi::check(tree, &mut sources, &mut said());
        bench.iter_batched(inputs, check, BatchSize::PerIteration);
    });
    group.bench_function("3 openapi: read", |bench| {
        let read = |typed| openapi::read(checked.version, &checked.tree, typed);
        bench.iter_batched(|| checked.typed.clone(), read, BatchSize::PerIteration);
    });
    group.bench_function("4 schema", |bench| {
        bench.iter(|| schema::read(black_box(&checked.tree), pointers(), &mut said()));
    });
    group.bench_function("5 lower", |bench| bench.iter(|| lower::lower(&description, &schemas, &config, &mut said())));
    group.bench_function("6 facts", |bench| bench.iter(|| facts::of(black_box(&api))));
    group.bench_function("7 name", |bench| bench.iter(|| name::assign(&api, &facts, &config.names, &mut said())));
    group.bench_function("9 gate", |bench| {
        bench.iter(|| modules.iter().filter(|(path, file)| gate::check(path, file).is_err()).count());
    });
    group.bench_function("10 print", |bench| {
        let files = || modules.iter().map(|(_, file)| file.clone()).collect::<Vec<_>>();
        let print = |files: Vec<syn::File>| files.into_iter().map(|file| print::source(file).len()).sum::<usize>();
        bench.iter_batched(files, print, BatchSize::PerIteration);
    });
    group.bench_function("1-10 generate", |bench| bench.iter(|| generator::generate(&input, &config)));
    group.finish();
}

/// A description with records, enumerations, unions, maps and lists that refer to each other, as JSON.
fn made_up() -> String {
    let schemas: Vec<String> =
        (0..SCHEMAS).map(|number| format!("\"Model{number}\": {}", made_up_schema(number))).collect();
    let operations: Vec<String> = (0..OPERATIONS).map(made_up_operation).collect();
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "Large", "version": "1"}}, "servers": [{{"url": "https://large.example"}}],
            "paths": {{{}}}, "components": {{"schemas": {{{}}}}}}}"#,
        operations.join(", "),
        schemas.join(", ")
    )
}

fn made_up_schema(number: usize) -> String {
    let other = |step: usize| format!("{{\"$ref\": \"#/components/schemas/Model{}\"}}", (number * 7 + step) % SCHEMAS);
    match number % 10 {
        8 => r#"{"type": "string", "enum": ["first", "second-one", "third one", "4th"]}"#.to_owned(),
        // Of a list, a record and a text it is plain which one a value is.
        9 => format!(r#"{{"oneOf": [{{"type": "string"}}, {{"type": "array", "items": {}}}]}}"#, other(1)),
        _ => {
            let mut properties = String::new();
            for field in 0..8 {
                let _ = write!(
                    properties,
                    r#""field_{field}": {{"type": "string", "description": "What field {field} of it says."}}, "#
                );
            }
            format!(
                r#"{{"type": "object", "description": "The model of the number {number}.", "required": ["field_0", "id"], "properties": {{
                    {properties} "id": {{"type": "integer", "format": "int64", "minimum": 0}},
                    "at": {{"type": ["string", "null"], "format": "date-time"}}, "one": {}, "many": {{"type": "array", "items": {}}},
                    "by_name": {{"type": "object", "additionalProperties": {}}}, "kind": {{"type": "string", "enum": ["a", "b"]}}}}}}"#,
                other(1),
                other(2),
                other(3)
            )
        }
    }
}

fn made_up_operation(number: usize) -> String {
    let model = (number * 5) % SCHEMAS;
    let content = format!(
        r##""content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Model{model}"}}}}}}"##
    );
    format!(
        r#""/things/{number}/{{id}}": {{"post": {{"operationId": "change_thing_{number}", "tags": ["Group {}"],
            "summary": "Changes the thing of the number {number}.",
            "parameters": [{{"name": "id", "in": "path", "required": true, "schema": {{"type": "string"}}}},
                           {{"name": "page", "in": "query", "schema": {{"type": "integer"}}}}],
            "requestBody": {{"required": true, {content}}},
            "responses": {{"200": {{"description": "It as it is now.", {content}}}, "404": {{"description": "There is none."}}}}}}}}"#,
        number % 40
    )
}
