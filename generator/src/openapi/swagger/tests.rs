use crate::bundle::{Documents, ReadError};
use crate::diagnostic::{Diagnostics, Levels};
use crate::source::{Node, Pointer, Sources, read};
use crate::{Input, openapi};

struct Files<'t>(&'t str, &'t str);

impl Documents for Files<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        Ok(if path == "a.yaml" { self.0 } else { self.1 }.as_bytes().to_vec())
    }
}

/// The tree that is made of a document of 2.0, and what is said: the code, and the line of the document.
fn lift(text: &str, other: &str) -> (Node, Vec<(&'static str, usize)>) {
    let text = format!("swagger: \"2.0\"\ninfo: {{title: T, version: \"1\"}}\n{text}");
    let mut diagnostics = Diagnostics::new(Levels { lenient: true, ..Levels::default() });
    let mut sources = Sources::default();
    let input = Input { folder: "", entry: "a.yaml", documents: &Files(&text, other), overlays: &[] };
    let tree = crate::load(&input, &mut sources, &mut diagnostics).unwrap();
    let checked = openapi::check(tree, &mut sources, &mut diagnostics).unwrap();
    let said = diagnostics.iter().map(|(_, said)| {
        let (file, span) = sources.locate(&said.place).unwrap();
        (said.code.name, crate::source::position(sources.text(file).unwrap(), span.unwrap().start).0)
    });
    (checked.tree, said.collect())
}

/// What lies at `at` of the new tree is what `expect` says, and nothing is said about the document.
#[track_caller]
fn check(text: &str, at: &str, expect: &str) {
    let (tree, said) = lift(text, "");
    assert_eq!(said, [], "{text}");
    same(&tree, at, expect);
}

#[track_caller]
fn same(tree: &Node, at: &str, expect: &str) {
    let expect = read("expected", expect, &mut Diagnostics::default()).unwrap();
    assert_eq!(tree.at(&Pointer::parse(at).unwrap()), Some(&expect));
}

#[test]
fn the_address_becomes_servers() {
    let servers = |text: &str, expect: &str| check(&format!("{text}paths: {{}}\n"), "/servers", expect);
    servers("", "[{url: /}]");
    servers("basePath: v1/\n", "[{url: /v1}]");
    servers("host: h.org\n", "[{url: \"https://h.org\"}]");
    servers(
        "host: h.org\nbasePath: /v1\nschemes: [http, https]\n",
        "[{url: \"https://h.org/v1\"}, {url: \"http://h.org/v1\"}]",
    );
    let operation =
        "host: h\nschemes: [https]\npaths: {/p: {get: {schemes: [http], responses: {\"204\": {description: d}}}}}\n";
    let (tree, said) = lift(operation, "");
    assert_eq!(said, []);
    same(&tree, "/paths/~1p/get/servers", "[{url: \"http://h\"}]");
}

#[test]
fn parameters_have_schemas_and_styles() {
    let parameter = |text: &str, expect: &str| {
        let text = format!("paths: {{/p: {{parameters: [{{name: n, {text}}}]}}}}\n");
        check(&text, "/paths/~1p/parameters/0", &format!("{{name: n, {expect}}}"));
    };
    parameter(
        "in: query, type: integer, format: int32, minimum: 1, x-nullable: true",
        "in: query, schema: {type: integer, format: int32, minimum: 1, x-nullable: true, nullable: true}",
    );
    let list = "type: array, items: {type: string}";
    let schema = format!("schema: {{{list}}}");
    parameter(&format!("in: query, {list}"), &format!("in: query, {schema}, style: form, explode: false"));
    parameter(
        &format!("in: query, collectionFormat: multi, {list}"),
        &format!("in: query, {schema}, style: form, explode: true"),
    );
    parameter(
        &format!("in: query, collectionFormat: ssv, {list}"),
        &format!("in: query, {schema}, style: spaceDelimited, explode: false"),
    );
    parameter(
        &format!("in: query, collectionFormat: pipes, {list}"),
        &format!("in: query, {schema}, style: pipeDelimited, explode: false"),
    );
    parameter(&format!("in: header, {list}"), &format!("in: header, {schema}"));
}

#[test]
fn bodies_have_media_types() {
    let operation = |text: &str, at: &str, expect: &str| {
        let text = format!("consumes: [a/a]\nproduces: [a/a, b/b]\npaths: {{/p: {{post: {{{text}}}}}}}\n");
        check(&text, &format!("/paths/~1p/post/{at}"), expect);
    };
    let none = "responses: {\"204\": {description: d}}";
    let body = "parameters: [{in: body, name: b, required: true, schema: {type: string}}]";
    operation(&format!("{body}, {none}"), "requestBody", "{required: true, content: {a/a: {schema: {type: string}}}}");
    operation(
        &format!("{body}, {none}, consumes: []"),
        "requestBody/content",
        "{application/json: {schema: {type: string}}}",
    );
    let form = "parameters: [{in: formData, name: f, type: array, items: {type: string}, required: true}]";
    let encoding = "encoding: {f: {style: form, explode: false}}";
    let schema = "schema: {type: object, properties: {f: {type: array, items: {type: string}}}, required: [f]}";
    operation(
        &format!("{form}, {none}"),
        "requestBody/content",
        &format!("{{application/x-www-form-urlencoded: {{{schema}, {encoding}}}}}"),
    );
    let file = "parameters: [{in: formData, name: f, type: file, description: d}], consumes: [application/x-www-form-urlencoded]";
    operation(
        &format!("{file}, {none}"),
        "requestBody/content",
        "{multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary, description: d}}}}}",
    );
    let response = "responses: {\"200\": {description: d, schema: {type: file}, headers: {H: {type: integer}}, examples: {b/b: 1}}}";
    operation(
        response,
        "responses/200",
        "{description: d, headers: {H: {schema: {type: integer}}}, content: \
        {a/a: {schema: {type: string, format: binary}}, b/b: {schema: {type: string, format: binary}, example: 1}}}",
    );
}

#[test]
fn shared_parts_stay_shared_where_they_read_alike() {
    let text = "parameters: {Q: {in: query, name: q, type: string}, B: {in: body, name: b, schema: {type: string}}}\n\
                responses: {R: {description: d, schema: {$ref: \"#/definitions/D\"}}}\n\
                definitions: {D: {discriminator: k, properties: {k: {$ref: \"#/responses/R/schema\"}}}}\n\
                paths:\n  /p: {put: {parameters: [{$ref: \"#/parameters/Q\"}, {$ref: \"#/parameters/B\"}], responses: {\"200\": {$ref: \"#/responses/R\"}}}}\n  \
                /q: {put: {produces: [c/c], responses: {\"200\": {$ref: \"#/responses/R\"}}}}\n";
    let (tree, said) = lift(text, "");
    assert_eq!(said, []);
    same(
        &tree,
        "/paths/~1p/put",
        "{parameters: [{$ref: \"#/components/parameters/Q\"}], requestBody: \
        {$ref: \"#/components/requestBodies/B\"}, responses: {\"200\": {$ref: \"#/components/responses/R\"}}}",
    );
    same(
        &tree,
        "/paths/~1q/put/responses/200",
        "{description: d, content: {c/c: {schema: {$ref: \"#/components/schemas/D\"}}}}",
    );
    same(
        &tree,
        "/components/schemas/D",
        "{discriminator: {propertyName: k}, properties: {k: {$ref: \
        \"#/components/responses/R/content/application~1json/schema\"}}}",
    );
}

#[test]
fn parts_of_other_files_come_along() {
    let other =
        "p: {in: query, name: q, type: string}\ns: {discriminator: k, items: {$ref: \"#/t\"}}\nt: {x-nullable: true}\n";
    let text = "paths: {/p: {get: {parameters: [{$ref: \"b.yaml#/p\"}], responses: {\"200\": {description: d, schema: {$ref: \"b.yaml#/s\"}}}}}}\n";
    let (tree, said) = lift(text, other);
    assert_eq!(said, []);
    same(&tree, "/paths/~1p/get/parameters", "[{in: query, name: q, schema: {type: string}}]");
    same(&tree, "/x-bundled/b.yaml/s", "{discriminator: {propertyName: k}, items: {$ref: \"#/x-bundled/b.yaml/t\"}}");
    same(&tree, "/x-bundled/b.yaml/t", "{x-nullable: true, nullable: true}");
}

#[test]
fn schemes_of_security() {
    let scheme = |text: &str, expect: &str| {
        check(
            &format!("securityDefinitions: {{S: {{{text}}}}}\npaths: {{}}\n"),
            "/components/securitySchemes/S",
            expect,
        );
    };
    scheme("type: basic, description: d", "{description: d, type: http, scheme: basic}");
    scheme("type: apiKey, in: header, name: n", "{type: apiKey, in: header, name: n}");
    scheme(
        "type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {s: d}",
        "{type: oauth2, flows: {authorizationCode: {authorizationUrl: a, tokenUrl: t, scopes: {s: d}}}}",
    );
}

#[test]
fn what_has_no_counterpart_is_told_where_it_stands() {
    let said = |text: &str, expect: &[(&str, usize)]| assert_eq!(lift(text, "").1, expect, "{text}");
    let tsv = "paths:\n  /p:\n    parameters:\n    - {name: a, in: body}\n    - {name: n, in: query, type: array,\n       collectionFormat: tsv}\n";
    said(tsv, &[("unsupported-construct", 8)]);
    said("host: h\nschemes:\n- https\n- ws\npaths: {}\n", &[("not-expressible", 6)]);
    let bodies = "paths:\n  /p:\n    post:\n      parameters:\n      - {name: a, in: body}\n      - {name: b, in: body}\n      \
                  - {name: c, in: formData, type: string}\n      responses: {\"204\": {description: d}}\n";
    said(bodies, &[("second-body", 8), ("second-body", 9)]);
    said("paths: {}\nsecurityDefinitions:\n  O: {type: oauth2}\n", &[("filled-field", 5)]);
    said("paths: {}\nhots: h\n", &[("unknown-field", 4)]);
    // A fault that both grammars know is told once, and one that only the new tree shows points into the old text.
    said("paths:\n  /p/{a}: {}\n  /p/{b}: {}\n", &[("ambiguous-path", 5)]);
    said(
        "paths:\n  /p:\n    parameters:\n    - {name: b, in: body}\n    - {name: q, in: query}\n",
        &[("filled-field", 7)],
    );
}

#[test]
fn media_types_do_not_multiply_schemas_without_end() {
    let many = |count: usize, text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<Vec<_>>().join(", ");
    let text = format!(
        "swagger: \"2.0\"\ninfo: {{title: T, version: \"1\"}}\nproduces: [{}]\npaths: {{{}}}\n",
        many(1_000, &|number| format!("a/m{number}")),
        many(1_001, &|number| format!(
            "/p{number}: {{get: {{responses: {{\"200\": {{description: d, schema: {{title: t}}}}}}}}}}"
        )),
    );
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let input = Input { folder: "", entry: "a.yaml", documents: &Files(&text, ""), overlays: &[] };
    let tree = crate::load(&input, &mut sources, &mut diagnostics).unwrap();
    assert!(openapi::check(tree, &mut sources, &mut diagnostics).is_err());
    assert_eq!(diagnostics.iter().map(|(_, said)| said.code.name).collect::<Vec<_>>(), ["expansion-too-large"]);
}
