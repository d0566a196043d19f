//! Parameters, bodies, responses and credentials: small descriptions in, codes and emitted steps out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::collections::BTreeMap;

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::{Input, Outcome};

struct InMemory(String);

impl Documents for InMemory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == "a.yaml" { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}

/// An API of one operation, `GET /a/{p}`, that is described by `fields`.
fn generate(version: &str, fields: &str) -> Outcome {
    let text = format!(
        "openapi: {version}\ninfo: {{title: T, version: \"1\"}}\npaths:\n  /a/{{p}}:\n    post:\n      operationId: o\n\
         {fields}\n"
    );
    let documents = InMemory(text);
    generator::generate(
        &Input { folder: "spec", entry: "a.yaml", documents: &documents, overlays: &[] },
        &Config::default(),
    )
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report.diagnostics.iter().map(|(_, said)| said.code.name).collect()
}

/// The emitted module of the operation.
fn module(outcome: &Outcome) -> String {
    let output = outcome.output.as_ref().unwrap_or_else(|| panic!("{:?}", outcome.report.diagnostics));
    let files: BTreeMap<_, _> = output.files.iter().collect();
    files["src/api.rs"].to_owned()
}

/// Whether `code` stands in `module`, however lines are broken.
fn assert_holds(module: &str, code: &str) {
    let plain = |text: &str| {
        let text: String = text.split_whitespace().collect();
        text.replace(",}", "}").replace(",)", ")")
    };
    assert!(plain(module).contains(&plain(code)), "{code}\n\nis not in\n\n{module}");
}

const PATH: &str = "{name: p, in: path, required: true, schema: {type: string}}";
const OK: &str = "      responses: {\"204\": {description: d}}";

/// What is said about one more parameter, and the step that sends it.
#[test]
fn every_parameter_is_sent_as_described_or_reported() {
    let check = |version: &str, parameter: &str, expect: &[&str], step: &str| {
        let outcome = generate(version, &format!("      parameters: [{PATH}, {parameter}]\n{OK}"));
        assert_eq!(codes(&outcome), expect, "{parameter}");
        if !step.is_empty() {
            assert_holds(&module(&outcome), step);
        }
    };
    let text = "schema: {type: string}";
    let list = "schema: {type: array, items: {type: string}}";
    let object = "schema: {type: object, properties: {a: {type: string}}}";
    let nested = "schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}";
    let is = |style: &str, schema: &str| format!("{{name: q, in: query, style: {style}, {schema}}}");
    let deep = "query_with(\"q\", runtime::Style::DeepObject, &q)";
    check("3.0.3", &is("deepObject", object), &[], deep);
    check("3.0.3", &is("deepObject", nested), &["nested-deep-object"], deep);
    check("3.0.3", &is("deepObject", list), &["nested-deep-object"], deep);
    check("3.0.3", &is("deepObject", text), &["undefined-style"], ".query(\"q\", &q.into())");
    check("3.0.3", &is("spaceDelimited", text), &["undefined-style"], ".query(\"q\", &q.into())");
    check("3.0.3", &is("pipeDelimited", list), &[], "query_with(\"q\", runtime::Style::PipeDelimited, &q)");
    check("3.0.3", &is("pipeDelimited, explode: true", list), &["undefined-style"], ".query(\"q\", &q)");
    check("3.0.3", &is("simple", text), &["unfitting-style"], ".query(\"q\", &q.into())");

    let reserved = "runtime::Style::Form { explode: true }.allow_reserved()";
    let is = |place: &str| format!("{{name: q, in: {place}, allowReserved: true, schema: {{type: string}}}}");
    check("3.0.3", &is("query"), &[], reserved);
    check("3.0.3", &is("cookie"), &["field-without-effect"], ".cookie(\"q\", &q.into())");
    check("3.2.0", &is("cookie"), &[], reserved);
    check("3.0.3", &is("header"), &["field-without-effect"], ".header(\"q\", &q.into())");

    let is = |place: &str, media: &str| format!("{{name: q, in: {place}, content: {{{media}: {{{object}}}}}}}");
    check("3.0.3", &is("query", "application/json"), &[], "query_with(\"q\", runtime::Style::Json, &q)");
    check("3.0.3", &is("header", "application/json"), &[], "header_with(\"q\", runtime::Style::Json, &q)");
    check("3.0.3", &is("cookie", "a/b+json"), &["unsupported-parameter"], "");
    check("3.0.3", &is("cookie", "application/b+json"), &[], "cookie_with(\"q\", runtime::Style::Json, &q)");
    check("3.0.3", &is("query", "text/csv"), &[], "query_with(\"q\", runtime::Style::Form { explode: false }, &q)");
    check("3.0.3", &is("query", "application/xml"), &["unsupported-parameter"], "");

    for name in ["Accept", "content-type", "AUTHORIZATION", "Host", "Content-Length"] {
        check(
            "3.0.3",
            &format!("{{name: {name}, in: header, {text}}}"),
            &["reserved-header"],
            "let request = self.client.request(O::OPERATION); O(request.path(\"p\", &p.into()))",
        );
    }
    let nullable = "{name: q, in: query, required: true, schema: {type: string, nullable: true}}";
    check("3.0.3", nullable, &[], "pub fn q(self, q: impl Into<String>) -> Self");
    check(
        "3.0.3",
        "{name: p, in: query, required: true, schema: {type: integer}}",
        &[],
        "p: impl Into<String>, p_query: i64",
    );
}

/// What the builder offers for a scheme, and what an operation asks for.
#[test]
fn every_scheme_becomes_a_method_of_the_builder() {
    let check = |scheme: &str, expect: &[&str], code: &str| {
        let fields = format!(
            "      parameters: [{PATH}]\n      security: [{{key: [a, b]}}, {{}}]\n{OK}\ncomponents:\n  securitySchemes:\n    \
             key: {scheme}"
        );
        let outcome = generate("3.1.0", &fields);
        assert_eq!(codes(&outcome), expect, "{scheme}");
        let output = outcome.output.as_ref().unwrap();
        assert_holds(output.files.get("src/client.rs").unwrap(), code);
        assert_holds(&module(&outcome), "security [[\"key\"], []]");
        assert_holds(&module(&outcome), "/// Scopes of `key`: `a`, `b`.");
    };
    let credential = |method: &str, arguments: &str, credential: &str| {
        format!("pub fn {method}(self, {arguments}) -> Self {{ self.credential(\"key\", {credential}) }}")
    };
    let token = credential("bearer_token", "token: impl Into<String>", "Credential::bearer(token)");
    check("{type: http, scheme: Bearer}", &[], &token);
    check("{type: openIdConnect, openIdConnectUrl: \"https://a.example\"}", &[], &token);
    check("{type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {}}}}", &[], &token);
    let basic = credential("basic_auth", "user: &str, password: &str", "Credential::basic(user, password)");
    check("{type: http, scheme: basic}", &[], &basic);
    let value = "value: impl Into<String>";
    let digest = credential("digest_auth", value, "Credential::authorization(\"Digest\", value)");
    check("{type: http, scheme: Digest}", &["http-scheme"], &digest);
    for place in ["header", "query", "cookie"] {
        let expect = credential("api_key", "key: impl Into<String>", &format!("Credential::{place}(\"X-K\", key)"));
        check(&format!("{{type: apiKey, in: {place}, name: X-K}}"), &[], &expect);
    }
    check(
        "{type: mutualTLS}",
        &[],
        "pub fn mutual_tls(self, transport: impl Transport) -> Self { \
         self.transport(transport).credential(\"key\", Credential::connection()) }",
    );
    let flow = |url: &str| {
        format!("{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: \"{url}\", scopes: {{s: t}}}}}}}}")
    };
    let client = "runtime::ClientCredentials::new(\"https://a.example/t\", id, secret).scopes(scopes)";
    check(&flow("https://a.example/t"), &[], client);
    check(&flow("https://a.example/t"), &[], "/// * `s`: t");
    check(&flow("/t"), &[], "pub fn client_credentials(self, token_url: impl Into<String>, id: impl Into<String>,");
    check(&flow("/t"), &[], &token);
}

#[test]
fn a_parameter_of_the_operation_overrides_the_one_of_its_path() {
    let check = |place: &str, own: &str, shared: &str, expect: &str| {
        let parameter =
            |name: &str, ty: &str| format!("{{name: {name}, in: {place}, required: true, schema: {{type: {ty}}}}}");
        let fields = format!(
            "      parameters: [{PATH}, {}]\n{OK}\n    parameters: [{}]",
            parameter(own, "integer"),
            parameter(shared, "string")
        );
        let outcome = generate("3.0.3", &fields);
        assert_eq!(codes(&outcome), <[&str; 0]>::default());
        assert_holds(&module(&outcome), expect);
    };
    check("query", "q", "q", "pub fn o(self, p: impl Into<String>, q: i64) -> O");
    check("query", "q", "Q", "pub fn o(self, q_query: impl Into<String>, p: impl Into<String>, q: i64) -> O");
    check("header", "X-Q", "x-q", "pub fn o(self, p: impl Into<String>, x_q: i64) -> O");
}

/// What is said about an operation of 3.2 by that method, whose body is described, and the data behind it.
#[test]
fn every_method_is_sent_or_reported() {
    let check = |method: &str, expect: &[&str], data: &str| {
        let body = "requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}";
        let operation = format!("{{operationId: q, {body}, responses: {{\"204\": {{description: d}}}}}}");
        let fields = format!(
            "      parameters: [{PATH}]\n{OK}\n    {}",
            match method {
                "trace" | "query" => format!("{method}: {operation}"),
                other => format!("additionalOperations: {{{other}: {operation}}}"),
            }
        );
        let outcome = generate("3.2.0", &fields);
        assert_eq!(codes(&outcome), expect, "{method}");
        if !data.is_empty() {
            assert_holds(&module(&outcome), data);
        }
    };
    let path = "\"/a/{p}\" => ();";
    check("query", &["undeclared-path-parameter"], &format!("Api::q -> Q: \"QUERY\" {path}"));
    check("copy", &["undeclared-path-parameter"], &format!("Api::q -> Q: \"copy\" {path}"));
    let step = "let request = self.client.request(Q::OPERATION); Q(request.path(\"p\", &p.into()))";
    check("trace", &["undeclared-path-parameter", "field-without-effect"], step);
    check("CONNECT", &["unsupported-construct"], "");
}
