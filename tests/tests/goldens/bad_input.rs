//! Hostile input, end to end: what no file that is kept can be, since it is too large or too deep.
//!
//! The smaller kinds of bad input each have a case in `tests/diagnostics/`, hostile names and texts a fixture in
//! `tests/golden/`.

use std::time::Duration;

use crate::diagnostics::told;
use crate::xtask::Workspace;

/// What may pass until the program has ended, unoptimised and beside other tests.
const LONGEST: Duration = Duration::from_secs(10);

/// How deep things nest, and how often they repeat.
const DEPTH: usize = 10_000;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\npaths: {}\n";

/// Runs the program on a description and checks the one code that it tells, if any, and where.
fn check(name: &str, text: &str, code: Option<&str>, place: &str) {
    let workspace = Workspace::new();
    workspace.put(&format!("spec/{name}"), text);
    let run = workspace.codegen(&[]);
    let what = &text[..text.len().min(80)];
    let said = &run.stderr[..run.stderr.len().min(2_000)];
    let codes: Vec<&str> = told(&run.stderr).into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{what}: {said}");
    assert_eq!(run.code, Some(i32::from(code.is_some())), "{what}: {said}");
    assert!(run.stderr.contains(place), "{what}: {place} is not in {said}");
    assert_eq!(workspace.path("generated").exists(), code.is_none(), "{what}");
    assert!(run.time < LONGEST, "{what}: {:?}", run.time);
}

fn schemas(body: impl IntoIterator<Item = String>) -> String {
    let body: String = body.into_iter().collect();
    format!("{HEAD}components:\n  schemas:\n{body}")
}

#[test]
fn what_nests_too_deep_is_refused_at_its_place() {
    let block = |line: fn(usize) -> String| (0..DEPTH).map(line).collect::<String>();
    let deep = Some("nesting-too-deep");
    let yaml = "--> spec/openapi.yaml:";
    check("openapi.yaml", &block(|n| format!("{}a:\n", " ".repeat(n))), deep, yaml);
    check("openapi.yaml", &"- ".repeat(DEPTH), deep, yaml);
    check("openapi.yaml", &"? ".repeat(DEPTH), Some("syntax-error"), yaml);
    check("openapi.yaml", &format!("a: {}", "[".repeat(DEPTH)), deep, yaml);
    check("openapi.yaml", &format!("a: {}", "{a: ".repeat(DEPTH)), deep, yaml);
    check("openapi.yaml", &format!("{HEAD}x-a: {}{}\n", "[".repeat(DEPTH), "]".repeat(DEPTH)), deep, yaml);
    // The parser of YAML alone would take hours for these.
    let many = 1_000_000;
    check("openapi.yaml", &format!("{HEAD}x-a: {}", "[".repeat(many)), deep, "--> spec/openapi.yaml:4:");
    check("openapi.yaml", &format!("{HEAD}x-a: {}{}\n", "[".repeat(many), "]".repeat(many)), deep, yaml);
    check("openapi.yaml", &format!("a: {}", "{\"a b\": [a, !!str ".repeat(many / 10)), deep, yaml);
    check("openapi.yaml", &format!("{HEAD}---\n{}", "[\n".repeat(many)), deep, yaml);
    check("openapi.yaml", &"{a: ".repeat(many), deep, "--> spec/openapi.yaml:1:");
    // Brackets in texts, quotes and comments nest nothing.
    let open = "[".repeat(many);
    let prose = format!("{HEAD}x-a: |\n{}x-b: \"{open}\"\nx-c: a{open}\n# {open}\n", "  [0, 1)\n".repeat(many / 10));
    check("openapi.yaml", &prose, None, "");
    let json = "--> spec/openapi.json:1:";
    check("openapi.json", &"[".repeat(DEPTH), deep, json);
    check("openapi.json", &"{\"a\":".repeat(DEPTH), deep, json);
    check("openapi.json", &format!("{}1{}", "{\"a\":".repeat(DEPTH), "}".repeat(DEPTH)), deep, json);
}

#[test]
fn aliases_do_not_explode() {
    let bomb = |one: &dyn Fn(String) -> String| {
        let mut text = format!("{HEAD}x-a0: &a0 {}\n", one("x".to_owned()));
        for n in 1..12 {
            text += &format!("x-a{n}: &a{n} {}\n", one(format!("*a{}", n - 1)));
        }
        text
    };
    let place = "--> spec/openapi.yaml";
    let list = |item: String| format!("[{}]", vec![item; 10].join(", "));
    check("openapi.yaml", &bomb(&list), Some("too-many-nodes"), place);
    let map = |item: String| {
        let members: Vec<String> = (0..10).map(|n| format!("k{n}: {item}")).collect();
        format!("{{{}}}", members.join(", "))
    };
    check("openapi.yaml", &bomb(&map), Some("too-many-nodes"), place);
    check("openapi.yaml", "a: &a [*a]\n", Some("nesting-too-deep"), place);
    check("openapi.yaml", "a: *a\n", Some("syntax-error"), place);
    // An alias for each line, none inside another, is no bomb.
    let many: String = (0..DEPTH).map(|n| format!("x-{n}: *a\n")).collect();
    check("openapi.yaml", &format!("{HEAD}x-a: &a [1, 2, 3]\n{many}"), None, "");
}

#[test]
fn references_and_schemas_may_be_many() {
    let to = |n: usize| format!("{{$ref: \"#/components/schemas/S{n}\"}}");
    // Each becomes a file, so a tenth is enough; that none takes more than its share is tested with the pipeline.
    let last = DEPTH / 10;
    let end = format!("    S{last}: {{type: object}}\n");
    let chain = |line: &dyn Fn(usize) -> String| schemas((0..last).map(line).chain([end.clone()]));
    check("openapi.yaml", &chain(&|n| format!("    S{n}: {}\n", to(n + 1))), None, "");
    check("openapi.yaml", &chain(&|n| format!("    S{n}: {{type: array, items: {}}}\n", to(n + 1))), None, "");
    check("openapi.yaml", &chain(&|n| format!("    S{n}: {{allOf: [{}]}}\n", to(n + 1))), None, "");
    check("openapi.yaml", &chain(&|n| format!("    S{n}: {{properties: {{p: {}}}}}\n", to(n + 1))), None, "");
}

#[test]
fn large_documents_end_soon() {
    let size = 64 << 20;
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"x-a\": \"{}\"}}",
        "a".repeat(size - 100)
    );
    check("openapi.json", &text, None, "");
    check("openapi.json", &format!("[{}1]", "1,".repeat(size / 2 - 10)), Some("too-many-nodes"), "spec/openapi.json");
    check("openapi.json", &"[".repeat(size), Some("nesting-too-deep"), "spec/openapi.json:1:128");
    check("openapi.yaml", &format!("{HEAD}x-a: {}\n", "a".repeat(size / 4)), None, "");
    check("openapi.yaml", &" ".repeat(size), Some("empty-document"), "spec/openapi.yaml");
    check("openapi.yaml", &"a".repeat(size / 8), Some("not-openapi"), "spec/openapi.yaml:1:1");
}
