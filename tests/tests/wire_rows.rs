//! Every row of the table of what goes over the wire, from end to end: `tests/wire-rows/` has pieces of OpenAPI, the values
//! that a caller gives, and the raw bytes that they mean. Clients are generated from them, built, and called.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use driver::rows::{self, Cases, Setting};
use serde::Deserialize;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire-rows")
}

#[test]
fn every_case_sends_and_reads_what_it_says() {
    let cases = Cases::read(&folder()).unwrap();
    let run = rows::run(&cases, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire-rows")).unwrap();
    let mut faults = run.faults.clone();
    faults.extend(run.outcomes.iter().flat_map(rows::Outcome::differences));
    assert!(faults.is_empty(), "{} differences\n\n{}\n", faults.len(), faults.join("\n\n"));
    assert!(run.outcomes.len() >= cases.iter().count());
}

/// `tests/wire-rows/rows.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    rows: BTreeMap<String, Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// What the table says that is sent: the line or the body of a request, behind what names its place.
    #[serde(default)]
    sends: Vec<String>,
    /// Tests that are no data: `file: function`.
    #[serde(default)]
    tests: Vec<String>,
}

fn rows() -> BTreeMap<String, Row> {
    let Rows { rows } = serde_yaml::from_str(&fs::read_to_string(folder().join("rows.yaml")).unwrap()).unwrap();
    rows
}

/// Every place, style, `explode` and kind of value: what the table does not have is told, and nothing is told of a cell.
#[test]
fn every_cell_that_the_table_does_not_have_is_told() {
    let rows = rows();
    let (mut paths, mut expected) = (serde_json::Map::new(), BTreeMap::new());
    for place in ["path", "query", "header", "cookie"] {
        for style in ["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"] {
            for (explode, exploded) in [(false, "flat"), (true, "explode")] {
                for shape in ["string", "array", "object"] {
                    let path = format!("/{place}-{style}-{exploded}-{shape}");
                    // `explode` has no effect in `deepObject`.
                    let exploded = if style == "deepObject" { "explode" } else { exploded };
                    let is_legal = rows.contains_key(&format!("{place}/{style}/{exploded}/{shape}"));
                    expected.insert(path.clone(), is_legal);
                    let rest = if place == "path" { "/{color}" } else { "" };
                    paths.insert(format!("{path}{rest}"), operation(place, style, explode, shape));
                }
            }
        }
    }
    let description = json!({"openapi": "3.2.0", "info": {"title": "T", "version": "1"}, "paths": paths});
    let setting = Setting { openapi: "3.2.0".to_owned(), config: String::new() };
    let told = rows::diagnostics(&setting, &description).unwrap();
    let is_told = |path: &str| {
        let start = format!("/paths/{}", path.replace('/', "~1"));
        let mut own = told.iter().filter(|(place, _)| place.trim_start_matches('#').starts_with(&start));
        own.any(|(_, code)| ["undefined-style", "unfitting-style", "nested-deep-object"].contains(&code.as_str()))
    };
    assert_eq!((expected.len(), expected.values().filter(|is_legal| **is_legal).count()), (192, 48));
    let wrong: Vec<&String> =
        expected.iter().filter(|(path, is_legal)| is_told(path) == **is_legal).map(|(path, _)| path).collect();
    assert_eq!(wrong, [""; 0]);
}

fn operation(place: &str, style: &str, explode: bool, shape: &str) -> Value {
    let mut schema = json!({"type": shape});
    schema["items"] = json!({"type": "string"});
    let parameter = json!({
        "name": "color", "in": place, "required": place == "path", "style": style, "explode": explode, "schema": schema,
    });
    json!({"get": {"parameters": [parameter], "responses": {"204": {"description": "Done."}}}})
}

#[test]
fn every_row_has_a_case() {
    let rows = rows();
    let cases = Cases::read(&folder()).unwrap();
    let mut faults = Vec::new();
    for (name, row) in &rows {
        let own: Vec<&str> = cases
            .iter()
            .filter(|case| case.row == *name)
            .map(|case| case.sends.as_deref().unwrap_or_default())
            .collect();
        if own.is_empty() && row.tests.is_empty() {
            faults.push(format!("{name} has neither a case nor a test"));
        }
        let missing = row.sends.iter().filter(|text| !own.iter().any(|sends| states(sends, text)));
        faults.extend(missing.map(|text| format!("no case of {name} sends `{text}`")));
        let missing = row.tests.iter().filter(|test| !is_there(test));
        faults.extend(missing.map(|test| format!("{name}: there is no test `{test}`")));
    }
    let strange = cases.iter().filter(|case| !rows.contains_key(&case.row));
    faults.extend(strange.map(|case| format!("{}: there is no row `{}`", case.id, case.row)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let cells = rows.keys().filter(|name| name.contains('/')).count();
    assert_eq!(cells, 47, "the table of styles has 47 cells");
}

/// Whether a line of a request, behind what names its place, is a text.
fn states(sends: &str, text: &str) -> bool {
    let value = |line: &str| {
        let rest = ["GET /", "GET ?"].iter().find_map(|start| line.strip_prefix(start));
        rest.or_else(|| line.split_once(": ").map(|(_, value)| value)).unwrap_or(line).to_owned()
    };
    sends.lines().any(|line| value(line) == text)
}

fn is_there(test: &str) -> bool {
    let Some((file, function)) = test.split_once(": ") else { return false };
    let text = fs::read_to_string(folder().join("../..").join(file)).unwrap_or_default();
    text.contains(&format!("fn {function}("))
}
