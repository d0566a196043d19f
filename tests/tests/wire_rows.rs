//! Every row of the table of what goes over the wire, from end to end: `tests/wire-rows/` has pieces of OpenAPI, the values
//! that a caller gives, and the raw bytes that they mean. Clients are generated from them, built, and called.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use driver::rows::{self, Cases};
use serde::Deserialize;

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

#[test]
fn every_row_has_a_case() {
    let Rows { rows } = serde_yaml::from_str(&fs::read_to_string(folder().join("rows.yaml")).unwrap()).unwrap();
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
