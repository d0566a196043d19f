use std::collections::BTreeMap;

use super::{Documents, ReadError};
use crate::diagnostic::{Diagnostics, Levels};
use crate::source::{Node, Pointer, Sources};
use crate::{Input, load};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\n";

struct InMemory<'t>(BTreeMap<&'t str, &'t str>);

impl Documents for InMemory<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or(ReadError::NotFound)
    }
}

/// What becomes of a description whose entry is `api/a.yaml`: the whole, the codes, and the places that they mark.
fn bundle(entry: &str, others: &[(&str, &str)]) -> (Option<Node>, Vec<(&'static str, String)>) {
    let entry = if entry.contains("swagger:") { entry.to_owned() } else { format!("{HEAD}{entry}") };
    let documents = InMemory(others.iter().copied().chain([("api/a.yaml", entry.as_str())]).collect());
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::new(Levels { lenient: true, ..Levels::default() });
    let input = Input { folder: "", entry: "api/a.yaml", documents: &documents, overlays: &[] };
    let whole = load(&input, &mut sources, &mut diagnostics).ok();
    let said = diagnostics.iter().map(|(_, diagnostic)| {
        let place = sources.locate(&diagnostic.place).unwrap();
        let text = sources.text(place.0).unwrap();
        (diagnostic.code.name, text[place.1.unwrap()].trim().to_owned())
    });
    (whole, said.collect())
}

/// The text of the reference at `pointer` of the whole, with nothing to say about any.
#[track_caller]
fn check(entry: &str, others: &[(&str, &str)], pointer: &str, expect: &str) {
    let (whole, said) = bundle(entry, others);
    let whole = whole.unwrap();
    assert_eq!(said, [], "{entry}");
    let found = whole.at(&Pointer::parse(pointer).unwrap()).and_then(Node::as_str);
    assert_eq!(found, Some(expect), "{entry}");
    if let Some(target) = expect.strip_prefix('#').and_then(Pointer::parse) {
        assert!(whole.at(&target).is_some(), "{expect}");
    }
}

fn schema(text: &str) -> String {
    format!("components:\n  schemas:\n    A: {{type: object, properties: {{b: {{type: string}}}}}}\n    S: {text}\n")
}

const S: &str = "/components/schemas/S/$ref";

#[test]
fn a_reference_is_any_pointer_into_any_file_below_the_folder() {
    check(&schema("{$ref: \"#/components/schemas/A/properties/b\"}"), &[], S, "#/components/schemas/A/properties/b");
    check(&schema("{$ref: \"#/components/schemas/%41\"}"), &[], S, "#/components/schemas/A");
    let pet = ("pets/pet.yaml", "type: object\nproperties:\n  toy: {$ref: \"toy.json#/Toy\"}\n");
    let toy = (
        "pets/toy.json",
        "{\"Toy\": {\"$ref\": \"#/$defs/t%7E1t\"}, \"$defs\": {\"t/t\": {}, \"u\": {\"$ref\": \"#/no\"}}}",
    );
    let entry = schema("{$ref: ../pets/pet.yaml}");
    check(&entry, &[pet, toy], S, "#/x-bundled/pets~1pet.yaml");
    let at = "/x-bundled/pets~1pet.yaml/properties/toy/$ref";
    check(&entry, &[pet, toy], at, "#/x-bundled/pets~1toy.json/Toy");
    check(&entry, &[pet, toy], "/x-bundled/pets~1toy.json/Toy/$ref", "#/x-bundled/pets~1toy.json/$defs/t~1t");
    let back = ("b.yaml", "{$ref: \"api/a.yaml#/components/schemas/A\"}");
    check(&schema("{$ref: ../b.yaml}"), &[back], "/x-bundled/b.yaml/$ref", "#/components/schemas/A");
}

#[test]
fn what_is_a_reference_follows_from_where_it_stands() {
    let errors = ("api/e.yaml", "default: {description: d, content: {a/b: {schema: {$ref: \"#/S\"}}}}\nS: {}\n");
    let entry = "paths:\n  /p: {get: {responses: {default: {$ref: \"e.yaml#/default\"}}}}\n";
    check(
        entry,
        &[errors],
        "/paths/~1p/get/responses/default/$ref",
        "#/x-bundled/e.yaml/default".replace("e.yaml", "api~1e.yaml").as_str(),
    );
    check(entry, &[errors], "/x-bundled/api~1e.yaml/default/content/a~1b/schema/$ref", "#/x-bundled/api~1e.yaml/S");
    // A property of that name is a schema; an example, a default and an extension are data.
    check(
        &schema("{properties: {default: {$ref: \"#/components/schemas/A\"}}, default: {$ref: \"#/no\"}}"),
        &[],
        "/components/schemas/S/properties/default/$ref",
        "#/components/schemas/A",
    );
    let data = "components:\n  examples: {E: {value: {$ref: \"https://example.com\"}}}\nx-more: {$ref: \"#/info\"}\n";
    check(data, &[], "/x-more/$ref", "#/info");
    let text = ("api/t.md", "# A: [title\n");
    check("tags: [{name: t, description: {$ref: t.md}}]\n", &[text], "/x-bundled/api~1t.md", "# A: [title\n");
    let part = ("api/p.yaml", "{$ref: \"#/q\"}\nq: {in: query, name: q, type: string}\n");
    let part = (part.0, &part.1.replace("{$ref: \"#/q\"}", "p: {$ref: \"#/q\"}"));
    let swagger = "swagger: \"2.0\"\npaths: {/p: {get: {parameters: [{$ref: \"p.yaml#/p\"}]}}}\n";
    check(swagger, &[(part.0, part.1)], "/x-bundled/api~1p.yaml/p/$ref", "#/x-bundled/api~1p.yaml/q");
}

#[test]
fn schemas_are_found_by_the_names_that_they_give_themselves() {
    check(&schema("{$defs: {x: {$anchor: y}}, $ref: \"#y\"}"), &[], S, "#/components/schemas/S/$defs/x");
    check(
        &schema("{$defs: {x: {$dynamicAnchor: y}}, $dynamicRef: \"#y\"}"),
        &[],
        "/components/schemas/S/$dynamicRef",
        "#/components/schemas/S/$defs/x",
    );
    let resource =
        schema("{$id: \"https://example.com/s/\", $defs: {d: {$id: d}}, items: {$ref: \"#/$defs/d\"}, not: {$ref: d}}");
    check(&resource, &[], "/components/schemas/S/items/$ref", "#/components/schemas/S/$defs/d");
    check(&resource, &[], "/components/schemas/S/not/$ref", "#/components/schemas/S/$defs/d");
    // Many write an `$id` and count from the top of the file nevertheless.
    check(
        &schema("{$id: S, items: {$ref: \"#/components/schemas/A\"}}"),
        &[],
        "/components/schemas/S/items/$ref",
        "#/components/schemas/A",
    );
    // An anchor is a name in the nearest schema with an `$id`, whatever lies inside or beside it.
    let inner = "{$id: c, allOf: [{$id: d, $anchor: y}, {$anchor: y}]}";
    check(
        &schema(&format!("{{$id: \"https://example.com/s\", $defs: {{x: {inner}}}, $ref: \"c#y\"}}")),
        &[],
        S,
        "#/components/schemas/S/$defs/x/allOf/1",
    );
    // What bears a plain anchor is what a dynamic reference means, also where others bear a dynamic one.
    let inner = "{$id: \"https://example.com/l\", items: {$dynamicRef: \"#y\"}, $defs: {z: {$anchor: y}}}";
    check(
        &schema(&format!("{{$defs: {{w: {{$dynamicAnchor: y}}, l: {inner}}}}}")),
        &[],
        "/components/schemas/S/$defs/l/items/$dynamicRef",
        "#/components/schemas/S/$defs/l/$defs/z",
    );
    let own = "$self: https://example.com/api/a.yaml\n";
    let entry = format!("{own}{}", schema("{$ref: \"https://example.com/api/a.yaml#/components/schemas/A\"}"));
    check(&entry, &[], S, "#/components/schemas/A");
    let entry = format!("{own}{}", schema("{$ref: \"https://example.com/api/d/b.yaml\"}"));
    check(&entry, &[("api/d/b.yaml", "{}")], S, "#/x-bundled/api~1d~1b.yaml");
    let entry = format!("{own}{}", schema("{$ref: \"/api/d/b.yaml\"}"));
    check(&entry, &[("api/d/b.yaml", "{}")], S, "#/x-bundled/api~1d~1b.yaml");
}

#[test]
fn mappings_become_references() {
    let mapped = |value: &str| schema(&format!("{{discriminator: {{propertyName: p, mapping: {{t: {value}}}}}}}"));
    let at = "/components/schemas/S/discriminator/mapping/t";
    check(&mapped("A"), &[], at, "#/components/schemas/A");
    check(&mapped("\"#/components/schemas/A\""), &[], at, "#/components/schemas/A");
    check(&mapped("d.yaml"), &[("api/d.yaml", "{}")], at, "#/x-bundled/api~1d.yaml");
    let default = schema("{discriminator: {propertyName: p, defaultMapping: A}}");
    check(&default, &[], "/components/schemas/S/discriminator/defaultMapping", "#/components/schemas/A");
}

#[test]
fn faults_are_told_where_they_stand() {
    let check = |entry: &str, expect: &[(&str, &str)]| {
        let (_, said) = bundle(entry, &[]);
        let said: Vec<(&str, &str)> = said.iter().map(|(code, text)| (*code, text.as_str())).collect();
        assert_eq!(said, expect, "{entry}");
    };
    let told = |text: &str, expect: &[(&str, &str)]| check(&schema(text), expect);
    told("{$ref: \"#/components/schemas/Q\"}", &[("dangling-reference", "\"#/components/schemas/Q\"")]);
    // An index has one spelling.
    for index in ["00", "+0", "-1", "1"] {
        let text = format!("{{allOf: [{{}}], $ref: \"#/components/schemas/S/allOf/{index}\"}}");
        let marked = format!("\"#/components/schemas/S/allOf/{index}\"");
        told(&text, &[("dangling-reference", &marked)]);
    }
    told("{$ref: \"#q\"}", &[("dangling-reference", "\"#q\"")]);
    told("{$ref: q.yaml}", &[("dangling-reference", "q.yaml")]);
    told("{$ref: \"q.yaml?x=1\"}", &[("dangling-reference", "\"q.yaml?x=1\"")]);
    told("{$ref: A}", &[("bare-reference", "A")]);
    told("{$ref: \"https://example.com/s\"}", &[("remote-reference", "\"https://example.com/s\"")]);
    told("{$ref: ../../s.yaml}", &[("reference-outside", "../../s.yaml")]);
    told("{discriminator: {propertyName: p, mapping: {t: Q}}}", &[("dangling-mapping", "Q")]);
    told(
        "{$defs: {x: {$dynamicAnchor: y}, z: {$dynamicAnchor: y}}, $dynamicRef: \"#y\"}",
        &[("dynamic-reference", "\"#y\"")],
    );
    let inner = "a: {$id: \"https://example.com/a\", $dynamicAnchor: y}, b: {items: {$dynamicRef: \"https://example.com/a#y\"}}";
    told(
        &format!("{{$dynamicAnchor: y, $defs: {{{inner}}}}}"),
        &[("dynamic-reference", "\"https://example.com/a#y\"")],
    );
    check("components: {links: {L: {$ref: \"#/no\"}}}\n", &[("dangling-annotation", "\"#/no\"")]);
    // A ring is told once; a schema inside of itself is none.
    told("{$ref: \"#/components/schemas/S\"}", &[("reference-cycle", "\"#/components/schemas/S\"")]);
    told("{items: {$ref: \"#/components/schemas/S\"}}", &[]);
    let ring = "components:\n  schemas:\n    A: {$ref: \"#/components/schemas/B\"}\n    B: {$ref: \"#/components/schemas/C\"}\n    \
                C: {$ref: \"#/components/schemas/B\"}\n    D: {$ref: \"#/components/schemas/A\"}\n";
    check(ring, &[("reference-cycle", "\"#/components/schemas/C\"")]);
}

#[test]
fn a_bundle_of_our_own_can_be_bundled_again() {
    let entry = "components: {schemas: {S: {$ref: b.yaml}}}\nx-bundled: {api/b.yaml: {type: string}}\n";
    check(entry, &[("api/b.yaml", "{}")], S, "#/x-bundled/api~1b.yaml'");
}
