//! `corpus`, on small descriptions of our own.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Workspace;

/// The descriptions of the tests, with a list that says what becomes of them.
const DOCUMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus/documents");

/// A description without operations, which schemas may follow.
const HEAD: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n";

/// Where crates are compiled: a folder that stays, so that dependencies are built once.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/corpus");

#[test]
fn every_document_is_generated_as_it_is_or_leniently() {
    let workspace = Workspace::new();
    let run = workspace.run(&format!("corpus {DOCUMENTS} --only generate --json r.json --markdown r.md --jobs 2"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("documents    4: 3 crates, 1 only leniently, 0 none\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("unmeasured") && !run.stdout.contains("panicked"), "{}", run.stdout);

    let report: Value = serde_json::from_str(&workspace.get("r.json")).unwrap();
    let row =
        |name: &str| report["documents"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone();
    let shapes = row("shapes");
    assert_eq!((&shapes["generated"]["end"], &shapes["generated"]["version"]), (&"crate".into(), &"3.1.0".into()));
    assert_eq!(shapes["generated"]["stated_operations"], 2);
    assert_eq!(shapes["generated"]["survey"]["operations"], 2);
    assert_eq!(shapes["left_out"], 0);
    let dangling = row("dangling");
    assert_eq!((&dangling["generated"]["end"], &dangling["leniently"]["end"]), (&"refused".into(), &"crate".into()));
    assert_eq!(dangling["generated"]["errors"]["dangling-reference"], 1);
    let split = row("split");
    let inputs: Vec<&String> = split["generated"]["inputs"].as_object().unwrap().keys().collect();
    assert_eq!(inputs, ["api/openapi.yaml", "schemas/pet.yaml"]);
    assert!(workspace.get("r.md").contains("| dangling | 3.0.3 | lenient | 1 | 0 |"), "{}", workspace.get("r.md"));
}

#[test]
fn names_that_got_a_number_are_counted() {
    let workspace = Workspace::bare();
    // Each is called as it wants to be, and all want the same.
    let schemas = "{U: {oneOf: [{title: A, type: string}, {title: A, type: integer}, {title: A, type: boolean}]}, Type2: {type: string}}";
    workspace.put("a.yaml", &format!("{HEAD}components: {{schemas: {schemas}}}\n"));
    let run = workspace.run("corpus a.yaml --only generate --json r.json --folder state");
    let report: Value = serde_json::from_str(&workspace.get("r.json")).unwrap();
    assert_eq!(report["documents"][0]["generated"]["survey"]["numbered"], 1, "{}", run.stderr);
}

#[test]
fn what_is_worse_than_the_baseline_is_told() {
    let workspace = Workspace::new();
    let line = |more: &str| format!("corpus {DOCUMENTS} --only generate --baseline b.json {more}");
    assert_eq!(workspace.run(&line("--bless")).code, 0);
    assert_eq!(workspace.run(&line("")).code, 0);

    let baseline = workspace.get("b.json");
    assert_eq!(baseline.lines().count(), 6, "{baseline}");
    let mut numbers: Value = serde_json::from_str(&baseline).unwrap();
    numbers["dangling"]["refused"] = 0.into();
    numbers["shapes"]["lines"] = 100.into();
    workspace.put("b.json", &numbers.to_string());
    let run = workspace.run(&line(""));
    assert_eq!(run.code, 1);
    for words in [
        "worse: dangling: refused was 0, is 1\n",
        "worse: shapes: lines was 100, is ",
        "error: worse in 2 respects\n  = help: ",
    ] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    assert_eq!(workspace.run(&line("--filter split")).code, 0);

    // What is blessed keeps what is known of other documents.
    assert_eq!(workspace.run(&line("--filter shapes --bless")).code, 0);
    assert!(workspace.run(&line("")).stderr.contains("error: worse in 1 respect\n"));
}

#[test]
fn our_own_documents_are_no_worse_than_they_were() {
    let workspace = Workspace::new();
    let run = workspace.run(&format!("corpus {DOCUMENTS} --only generate --baseline {DOCUMENTS}/../baseline.json"));
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn what_is_not_as_the_list_says_is_told() {
    let workspace = Workspace::bare();
    workspace.put("d/good.yaml", HEAD);
    workspace.put("d/bad.yaml", "openapi: [\n");
    let list = |good: &str, bad: &str| format!("name\tfile\texpect\ngood\tgood.yaml\t{good}\nbad\tbad.yaml\t{bad}\n");
    let line = "corpus d --only generate --folder state --baseline b.json --bless";

    workspace.put("d/INDEX.tsv", &list("compile", "diagnostic:no-yaml"));
    assert_eq!(workspace.run(line).code, 0);
    workspace.put("d/INDEX.tsv", &list("diagnostic", "compile"));
    let run = workspace.run(line);
    assert_eq!(run.code, 1);
    for words in [
        "worse: good: should be refused, and becomes a crate\n",
        "worse: bad: should become a crate, and does not\n",
        "error: worse in 2 respects\n",
    ] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    workspace.put("d/INDEX.tsv", "name\tfile\ngood\n");
    workspace.bad(line, 2, &["INDEX.tsv`, line 2: the row has no `file`"]);
}

#[test]
fn what_cannot_be_measured_is_told() {
    let workspace = Workspace::new();
    workspace.put("state/crates/openapi/src", "no folder");
    let line = "corpus spec --only generate --folder state --json r.json --markdown r.md";
    for line in [line.to_owned(), format!("{line} --baseline b.json --bless")] {
        let run = workspace.run(&line);
        assert_eq!(run.code, 1);
        assert!(run.stdout.contains("unmeasured   1: openapi\n"), "{}", run.stdout);
        assert!(run.stderr.contains("worse: openapi: not measured: "), "{}", run.stderr);
        assert!(run.stderr.contains("state/crates/openapi"), "{}", run.stderr);
    }
    assert!(workspace.get("r.json").contains("\"openapi\": \""), "{}", workspace.get("r.json"));
    assert!(workspace.get("r.md").contains("\n### openapi\n\n- `not measured: "), "{}", workspace.get("r.md"));
}

#[test]
fn what_is_passed_over_is_told() {
    let workspace = Workspace::new();
    workspace.put("spec/wide.json", "\u{0}{");
    let run = workspace.run("corpus spec --only generate --folder state");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.starts_with("note: 1 file passed over: `spec/wide.json` is not text"), "{}", run.stderr);
}

#[test]
fn a_document_is_generated_again_when_one_of_its_files_changed() {
    let workspace = Workspace::bare();
    workspace.put("d/api.yaml", &fs::read_to_string(Path::new(DOCUMENTS).join("dangling.yaml")).unwrap());
    let line = "corpus d --only generate --folder state";
    let first = workspace.run(line);
    assert!(first.stderr.contains("[1/1] api: lenient; 1 operations"), "{}", first.stderr);
    // Milliseconds differ from run to run, so the same ones are remembered ones.
    assert_eq!(workspace.run(line).stderr, first.stderr);
    workspace.put(
        "d/api.yaml",
        &workspace.get("d/api.yaml").replace("$ref: '#/components/schemas/Nothing'", "type: string"),
    );
    let changed = workspace.run(line);
    assert!(changed.stderr.contains("[1/1] api: crate; 1 operations"), "{}", changed.stderr);
}

#[test]
fn samples_come_back_as_they_went() {
    let workspace = Workspace::new();
    // Answers that an earlier run of this test remembered would show nothing.
    let programs = Path::new(FOLDER).join("programs");
    if programs.is_dir() {
        fs::remove_dir_all(programs).unwrap();
    }
    let line = format!("corpus {DOCUMENTS} --filter s --only roundtrip --json r.json --folder {FOLDER}");
    let run = workspace.run(&line);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&workspace.get("r.json")).unwrap();
    let trips = report["documents"].as_array().unwrap();
    assert_eq!(trips.len(), 2, "{}", run.stderr);
    for trip in trips.iter().map(|row| &row["roundtrip"]) {
        assert_eq!((&trip["faults"], &trip["failure"]), (&serde_json::json!({}), &Value::Null), "{trip}");
        assert_eq!(trip["unmodelled"], serde_json::json!([]), "{trip}");
    }
    let shapes = &trips[0]["roundtrip"];
    assert_eq!((&shapes["schemas"], &shapes["unsampled"]), (&7.into(), &serde_json::json!(["Impossible"])));
    assert!(shapes["samples"].as_u64().unwrap() > 30, "{shapes}");
}

#[test]
fn calls_that_are_written_down_are_made() {
    let workspace = Workspace::new();
    // The calls of one document; no other one has any.
    let calls = "pub const CALLS: &[(&str, fn())] = &[(\"right\", right), (\"wrong\", || panic!(\"no\"))];\n\
                 fn right() {\n    let server = crate::Server::start([crate::answer(\"204 No Content\", \"\", \"\")]);\n    \
                 let client = api::Client::builder().base_url(&server.url).unwrap().build().unwrap();\n    \
                 crate::wait(client.pets().list_pets().into_future()).unwrap();\n    \
                 assert_eq!(server.requests(), [\"GET /pets HTTP/1.1\\naccept: */*\\n\\n\"]);\n}\n";
    workspace.put("tests/corpus/calls/openapi.rs", calls);
    // A folder of its own, since the tests run at once and a folder compiles one crate at a time.
    let run = workspace.run(&format!("corpus spec --only calls --json r.json --folder {FOLDER}-calls"));
    let report: Value = serde_json::from_str(&workspace.get("r.json")).unwrap();
    let calls = &report["documents"][0]["calls"];
    assert_eq!((run.code, &calls["right"], &calls["failure"]), (1, &1.into(), &Value::Null), "{}{calls}", run.stderr);
    let fault = calls["faults"][0].as_str().unwrap();
    assert!(fault.starts_with("wrong: panicked at ") && fault.ends_with(" no"), "{fault}");
    assert!(run.stderr.contains("worse: openapi: calls-faults was 0, is 1\n"), "{}", run.stderr);
}

#[test]
fn a_run_needs_descriptions() {
    let workspace = Workspace::new();
    workspace.bad("corpus", 2, &["<DIR|FILE>"]);
    workspace.bad("corpus nowhere", 2, &["`nowhere`"]);
    workspace.bad("corpus spec --filter nothing", 2, &["there is no description"]);
    workspace.put("b.json", "no baseline");
    workspace.bad("corpus spec --only generate --baseline b.json", 2, &["`b.json` is no baseline"]);
    workspace.bad("corpus spec --only generate --baseline none.json", 2, &["`none.json`: "]);
    workspace.bad("corpus spec --only generate --baseline none/b.json --bless", 2, &["none/b"]);
    workspace.bad("corpus spec --only generate --json none/r.json", 2, &["`none/r.json`: "]);
    workspace.bad("corpus spec --only generate --lenient --bless", 2, &["--bless"]);
}
