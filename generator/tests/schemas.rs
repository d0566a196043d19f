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
    generator::generate(&Input { folder: "spec", entry: "a.yaml", documents: &documents }, &Config::default())
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
