use crate::bundle::{Documents, ReadError};
use crate::diagnostic::{Diagnostics, Level, Levels};
use crate::source::{self, Node, Pointer, Sources};
use crate::{Input, OverlayFile, load, to_text};

struct One<'t>(&'t str);

impl Documents for One<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "a.yaml" { Ok(self.0.as_bytes().to_vec()) } else { Err(ReadError::NotFound) }
    }
}

struct Applied {
    tree: Option<Node>,
    sources: Sources,
    /// The codes, and the text that they mark.
    said: Vec<String>,
}

fn apply(description: &str, overlays: &[&str], lenient: bool) -> Applied {
    let overlays: Vec<OverlayFile> = overlays
        .iter()
        .enumerate()
        .map(|(index, text)| OverlayFile { name: format!("o{index}.yaml"), bytes: text.as_bytes().to_vec() })
        .collect();
    let documents = One(description);
    let input = Input { folder: "", entry: "a.yaml", documents: &documents, overlays: &overlays };
    let (mut sources, mut diagnostics) =
        (Sources::default(), Diagnostics::new(Levels { lenient, ..Levels::default() }));
    let tree = load(&input, &mut sources, &mut diagnostics).ok();
    let said = diagnostics.iter().map(|(level, said)| {
        let level = if level == Level::Error { "error" } else { "warning" };
        let (file, span) = sources.locate(&said.place).unwrap();
        let text = span.map_or("", |span| sources.text(file).unwrap()[span].lines().next().unwrap_or_default());
        format!("{level} {} {file} {}", said.code.name, text.trim())
    });
    Applied { tree, said: said.collect(), sources }
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: T, version: \"1\"}}\nactions:\n{actions}\n")
}

/// What actions make of a description, as YAML, with nothing to say.
#[track_caller]
fn check(description: &str, actions: &str, expect: &str) {
    let Applied { tree, said, .. } = apply(description, &[&overlay(actions)], false);
    assert_eq!(said, [""; 0], "{actions}");
    let expect = source::read("e", expect, &mut Diagnostics::default()).unwrap();
    assert_eq!(to_text(&tree.unwrap()), to_text(&expect), "{actions}");
}

#[test]
fn an_update_is_merged_into_each_target() {
    let description =
        "info: {title: A, x-n: 18446744073709551616}\ntags: [{name: a}]\npaths: {/a: {get: {}}, /b: {get: {}}}";
    check(
        description,
        "- {target: $.info, update: {title: B, license: {name: MIT}}}",
        "info: {title: B, x-n: 18446744073709551616, license: {name: MIT}}\ntags: [{name: a}]\npaths: {/a: {get: {}}, /b: {get: {}}}",
    );
    check(
        "a: {b: [1], c: {d: 1}}",
        "- {target: $, update: {a: {b: [2, 3], c: {e: 2}}}}",
        "a: {b: [1, 2, 3], c: {d: 1, e: 2}}",
    );
    check("a: [1]", "- {target: $.a, update: [2, 3]}", "a: [1, 2, 3]");
    check("a: [1]", "- {target: $.a, update: {b: 2}}", "a: [1, {b: 2}]");
    check("a: [1]", "- {target: $.a, update: 2}", "a: [1, 2]");
    check("a: [1, 2]", "- {target: '$.a[?@==2]', update: null}", "a: [1, null]");
    check("a: {b: 1, c: 2}", "- {target: $.a.*, update: x}", "a: {b: x, c: x}");
    check("p: {x: {}, y: {}}", "- {target: $.p.*, update: {s: true}}", "p: {x: {s: true}, y: {s: true}}");
    // Actions are applied in order, each to what those before it left.
    check(
        "a: {}",
        "- {target: $, update: {b: {}}}\n- {target: $.b, update: {c: 1}}\n- {target: $.a, remove: true}",
        "b: {c: 1}",
    );
}

#[test]
fn a_removal_keeps_the_order_of_the_rest() {
    check("{a: 1, b: 2, c: 3}", "- {target: $.a, remove: true}", "{b: 2, c: 3}");
    check("a: [0, 1, 2, 3, 4]", "- {target: '$.a[?@>0 && @<4]', remove: true}", "a: [0, 4]");
    // What lies inside of something else that is removed is no hindrance.
    check("a: [{b: [1, 2]}, {c: 1}]", "- {target: $.a..*, remove: true}", "a: []");
    check("a: {b: 1}", "- {target: $.a, remove: false, update: {c: 2}}", "a: {b: 1, c: 2}");
}

#[test]
fn a_copy_is_what_the_node_was() {
    let description = "a: {x: 1, l: [1]}\nb: {y: 2, l: [2]}";
    check(description, "- {target: $.b, copy: $.a}", "a: {x: 1, l: [1]}\nb: {y: 2, l: [2, 1], x: 1}");
    check("a: {x: 1}", "- {target: $.a, copy: $}", "a: {x: 1, a: {x: 1}}");
    check(
        "paths: {/a: {get: {}}}",
        "- {target: $.paths, update: {/b: {}}}\n- {target: \"$.paths['/b']\", copy: \"$.paths['/a']\"}\n- {target: \"$.paths['/a']\", remove: true}",
        "paths: {/b: {get: {}}}",
    );
}

#[test]
fn every_node_keeps_its_place() {
    let description = "l: [{n: zero}, {n: one}, {n: two}]\no: {k: old}\n";
    let first = overlay(
        "- {target: $.l, update: [{n: three}]}\n- {target: '$.l[1]', remove: true}\n- {target: $.o, update: {k: new, m: {d: deep}}}",
    );
    let second =
        overlay("- {target: $, update: {c: {}}}\n- {target: $.c, copy: $.o}\n- {target: '$.l[0]', remove: true}");
    let applied = apply(description, &[&first, &second], false);
    assert_eq!(applied.said, [""; 0]);
    let check = |pointer: &str, expect: (&str, &str)| {
        let place = crate::diagnostic::Place::value(&Pointer::parse(pointer).unwrap());
        let (file, span) = applied.sources.locate(&place).unwrap();
        assert_eq!((file, applied.sources.text(file).unwrap()[span.unwrap()].trim()), expect, "{pointer}");
    };
    check("/l/0/n", ("a.yaml", "two"));
    check("/l/1/n", ("o0.yaml", "three"));
    check("/o/k", ("o0.yaml", "new"));
    check("/o/m/d", ("o0.yaml", "deep"));
    check("/c/m/d", ("o0.yaml", "deep"));
    check("/c/k", ("o0.yaml", "new"));
}

/// What is said of an overlay.
#[track_caller]
fn faults(overlay: &str, expect: &[&str]) {
    let description = "info: {title: A}\ntags: [{name: a}]\npaths: {}";
    assert_eq!(apply(description, &[overlay], false).said, expect, "{overlay}");
}

#[test]
fn a_fault_of_an_overlay_has_a_place() {
    let info = "info: {title: T, version: \"1\"}\n";
    faults("openapi: 3.1.0", &["error not-an-overlay o0.yaml openapi: 3.1.0"]);
    faults("- a", &["error not-an-overlay o0.yaml - a"]);
    faults("overlay: [", &["error syntax-error o0.yaml "]);
    faults(
        &format!("overlay: 2.0.0\n{info}actions: []"),
        &["error overlay-version o0.yaml 2.0.0", "warning loose-overlay o0.yaml actions"],
    );
    faults(&format!("overlay: 1.1.0\n{info}"), &["error overlay-structure o0.yaml overlay: 1.1.0"]);
    faults(&format!("overlay: 1.1.0\n{info}actions: {{}}"), &["error overlay-structure o0.yaml {}"]);
    faults(&overlay("- text"), &["error overlay-structure o0.yaml text"]);
    faults(&overlay("- {update: {}}"), &["error overlay-structure o0.yaml {update: {}}"]);
    faults(&overlay("- {target: $, remove: false}"), &["warning loose-overlay o0.yaml {target: $, remove: false}"]);
    faults(&overlay("- {target: $, remove: yes}"), &["error overlay-structure o0.yaml yes"]);
    faults(
        &overlay("- {target: $, update: {}, copy: $}"),
        &["error overlay-structure o0.yaml {target: $, update: {}, copy: $}"],
    );
    faults(&overlay("- {target: 1, update: {}}"), &["error overlay-structure o0.yaml 1"]);
    faults(&overlay("- {target: $.a-b, update: {}}"), &["error overlay-path o0.yaml $.a-b"]);
    faults(&overlay("- {target: $.none, update: {}}"), &["error overlay-without-target o0.yaml $.none"]);
    faults(&overlay("- {target: $.info, update: [1]}"), &["error overlay-mismatch o0.yaml [1]"]);
    faults(&overlay("- {target: $, update: {info: {title: {}}}}"), &["error overlay-mismatch o0.yaml {}"]);
    faults(&overlay("- {target: $.*, update: {}}"), &["error overlay-mismatch o0.yaml $.*"]);
    faults(&overlay("- {target: $, remove: true}"), &["error overlay-mismatch o0.yaml $"]);
    faults(&overlay("- {target: $.info, copy: $.none}"), &["error overlay-mismatch o0.yaml $.none"]);
    faults(&overlay("- {target: $.info, copy: $..*}"), &["error overlay-mismatch o0.yaml $..*"]);
    faults(&overlay("- {target: $.info, updat: {}, update: {}}"), &["warning overlay-unknown-field o0.yaml updat"]);
    faults(&overlay("- {target: $.info, update: {}, remove: true}"), &["warning loose-overlay o0.yaml update"]);
    faults(
        &format!("extends: b.yaml\n{}", overlay("- {target: $.info, update: {}}")),
        &["warning overlay-extends o0.yaml b.yaml"],
    );
    faults(&format!("extends: https://example.com/a.yaml\n{}", overlay("- {target: $.info, update: {}}")), &[]);
    faults(
        "overlay: 1.0.0\nactions: [{target: $.info.title, update: B}]",
        &["warning loose-overlay o0.yaml overlay: 1.0.0", "warning loose-overlay o0.yaml $.info.title"],
    );
    faults(
        &format!("overlay: 1.0.0\n{info}actions: [{{target: $.paths, copy: $.info}}]"),
        &["warning loose-overlay o0.yaml copy"],
    );
}

#[test]
fn an_action_that_does_not_fit_can_be_passed_over() {
    let text = overlay("- {target: $.none, remove: true}\n- {target: $.a, update: 2}");
    let Applied { tree, said, .. } = apply("a: 1", &[&text], true);
    assert_eq!(said, ["warning overlay-without-target o0.yaml $.none"]);
    assert_eq!(to_text(&tree.unwrap()), "a: 2\n");
}

#[test]
fn an_overlay_cannot_make_a_description_boundless() {
    let deepening = "- {target: $, update: {x: {}}}\n".to_owned() + &"- {target: $.x, copy: $}\n".repeat(200);
    let said = apply("a: 1", &[&overlay(&deepening)], true).said;
    assert_eq!(said, ["error overlay-too-large o0.yaml {target: $.x, copy: $}"]);
    let large = format!("a: {{l: [{}1]}}\n", "1, ".repeat(200_000));
    let copies: String = (0..30).map(|n| format!("b{n}: {{}}, ")).collect();
    let copying = overlay(&format!("- {{target: $, update: {{{copies}}}}}\n- {{target: $.*, copy: $.a}}"));
    let said = apply(&large, &[&copying], true).said;
    assert_eq!(said, ["error overlay-too-large o0.yaml {target: $.*, copy: $.a}"]);
}

/// What is suggested for a description that has an overlay already.
fn suggested(description: &str, first: &str) -> Vec<String> {
    let documents = One(description);
    let overlays = [OverlayFile { name: "o0.yaml".to_owned(), bytes: first.as_bytes().to_vec() }];
    let input = Input { folder: "", entry: "a.yaml", documents: &documents, overlays: &overlays };
    let report = crate::generate(&input, &crate::config::Config::default()).report;
    let text = crate::suggest_overlay(&input, &report).unwrap_or_default();
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| ["- target", "remove", "update"].iter().any(|key| line.starts_with(key)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_suggestion_is_for_the_description_with_its_overlays() {
    // The overlay takes an item away, so that those behind it have other indices.
    let first = overlay("- {target: '$..parameters[0]', remove: true}");
    for (version, typed) in [("openapi: 3.0.3", "schema: {type: string}"), ("swagger: \"2.0\"", "type: string")] {
        let parameter = |place: &str| format!("{{name: a, in: {place}, {typed}}}");
        let description = format!(
            "{version}\ninfo: {{title: T, version: \"1\"}}\npaths:\n  /p:\n    get:\n      parameters: [{}, {}, {}, {}]\n      responses: {{\"204\": {{description: D}}}}\n",
            parameter("header"),
            parameter("query"),
            parameter("query"),
            parameter("query")
        );
        let expect = [
            "- target: $.paths['/p'].get.parameters[2]",
            "remove: true",
            "- target: $.paths['/p'].get.parameters[1]",
            "remove: true",
        ];
        assert_eq!(suggested(&description, &first), expect, "{version}");
    }
}

#[test]
fn a_suggestion_does_not_take_away_what_is_used() {
    let description = "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\npaths:\n  /p:\n    get:\n      parameters: [{$ref: '#/webhooks/w/post/parameters/0'}]\n      responses: {\"204\": {description: D}}\nwebhooks: {w: {post: {parameters: [{name: a, in: query, schema: {}}]}}}\n";
    let none = overlay("- {target: $.info, update: {}}");
    assert_eq!(suggested(description, &none), [""; 0]);
    let free = description.replace("parameters: [{$ref", "x-parameters: [{x-ref");
    assert_eq!(suggested(&free, &none), ["- target: $.webhooks.w.post", "remove: true"]);
}
