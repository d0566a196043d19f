use openapiv3::{Parameter, PathItem, ReferenceOr};

use super::{Checked, Description, extra, is_querystring, item_schema, origin, parameter_schema};
use crate::bundle::{Documents, ReadError};
use crate::diagnostic::{Diagnostics, Levels};
use crate::source::{Pointer, Sources};
use crate::{Input, openapi};

struct One<'t>(&'t str);

impl Documents for One<'_> {
    fn read(&self, _: &str) -> Result<Vec<u8>, ReadError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

/// What `of` takes of a description of 3.2, and the codes of what is said about it.
fn read<T>(text: &str, of: impl FnOnce(&Description<'_>, &[Pointer]) -> T) -> (T, Vec<&'static str>) {
    let text = format!("openapi: 3.2.0\ninfo: {{title: T, version: \"1\"}}\n{text}");
    let mut diagnostics = Diagnostics::new(Levels { lenient: true, ..Levels::default() });
    let input = Input { folder: "", entry: "a.yaml", documents: &One(&text), overlays: &[] };
    let mut sources = Sources::default();
    let tree = crate::load(&input, &mut sources, &mut diagnostics).unwrap();
    let Checked { version, tree, schemas, typed } = openapi::check(tree, &mut sources, &mut diagnostics).unwrap();
    let taken = of(&openapi::read(version, &tree, typed).unwrap(), &schemas);
    (taken, diagnostics.iter().map(|(_, diagnostic)| diagnostic.code.name).collect())
}

/// A path item.
struct Read {
    item: PathItem,
    /// Its other methods, each with the place of its operation.
    others: Vec<String>,
    schemas: Vec<Pointer>,
}

#[track_caller]
fn item(text: &str, said: &[&str]) -> Read {
    let (read, codes) = read(&format!("paths:\n  /p:\n{text}"), |description, schemas| {
        let ReferenceOr::Item(item) = description.http.paths.paths["/p"].clone() else { panic!("{text}") };
        let others = description.additional(&item);
        let others = others.map(|(method, operation)| format!("{method} {}", origin(&operation.extensions))).collect();
        Read { item, others, schemas: schemas.to_vec() }
    });
    assert_eq!(codes, said, "{text}");
    read
}

#[test]
fn other_methods_travel_beside_the_path_item() {
    let check = |text: &str, said: &[&str], expect: &[&str]| {
        let others = item(text, said).others;
        assert_eq!(others, expect, "{text}");
    };
    check("    query: {responses: {}}\n", &["no-responses"], &["QUERY #/paths/~1p/query"]);
    let link = "    additionalOperations: {LINK: {operationId: l}, COPY: {operationId: c}}\n";
    let at = "#/paths/~1p/additionalOperations";
    check(link, &[], &[&format!("LINK {at}/LINK"), &format!("COPY {at}/COPY")]);
    check("    purge: {responses: {default: {description: d}}}\n", &["loose-spelling"], &["PURGE #/paths/~1p/purge"]);
    check("    additionalOperations: {\"GET /\": {}}\n", &["bad-method"], &[]);
    check("    get: {}\n    additionalOperations: {GET: {}}\n", &["repeated-key"], &[]);
    let Read { item, .. } = item("    additionalOperations: {GET: {operationId: g}}\n", &["loose-spelling"]);
    assert_eq!(item.get.unwrap().operation_id.as_deref(), Some("g"));
}

#[test]
fn a_parameter_is_the_query_string_or_has_the_cookie_style() {
    let parameter = |text: &str, said: &[&str]| {
        let Read { item, .. } = item(&format!("    parameters: [{text}]\n"), said);
        let ReferenceOr::Item(parameter) = item.parameters[0].clone() else { panic!("{text}") };
        parameter
    };
    let content = "{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {}}}}";
    assert!(is_querystring(&parameter(content, &[])));
    assert!(is_querystring(&parameter("{name: q, in: querystring, schema: {}}", &["filled-field"])));
    let cookie = parameter("{name: c, in: cookie, style: cookie, schema: {}}", &[]);
    assert_eq!(
        extra(&cookie.parameter_data_ref().extensions, "style").and_then(|style| style.as_str()),
        Some("cookie")
    );
    let query = parameter("{name: q, in: query, schema: {}}", &[]);
    assert!(!is_querystring(&query) && matches!(query, Parameter::Query { .. }));
    assert!(parameter_schema(&query.parameter_data_ref().format).is_some());
}

#[test]
fn a_stream_has_items() {
    let response = "{description: d, content: {text/event-stream: {itemSchema: {type: string}}}}";
    let Read { item, schemas, .. } = item(&format!("    get: {{responses: {{\"200\": {response}}}}}\n"), &[]);
    let operation = item.get.unwrap();
    let ReferenceOr::Item(response) = &operation.responses.responses[0] else { panic!("{response}") };
    let at = Pointer::parse("/paths/~1p/get/responses/200/content/text~1event-stream/itemSchema").unwrap();
    assert_eq!(item_schema(&response.content["text/event-stream"]), Some(at.clone()));
    assert_eq!(schemas, [at]);
}

#[test]
fn fields_of_3_2_are_read() {
    let text = "servers: [{url: /, name: n}]\n\
                tags: [{name: a, summary: s, kind: nav}, {name: b, parent: a}]\n\
                components:\n  mediaTypes: {M: {schema: {}}}\n  securitySchemes:\n    \
                O: {type: oauth2, oauth2MetadataUrl: u, flows: {deviceAuthorization: {deviceAuthorizationUrl: d, tokenUrl: t, scopes: {}}}}\n\
                paths: {/p: {post: {requestBody: {content: {a/b: {$ref: \"#/components/mediaTypes/M\"}}}}}}\n";
    let (http, said) = read(text, |description, _| description.http.clone());
    assert_eq!(said, [""; 0]);
    let text = |extensions, field| extra(extensions, field).and_then(|value| value.as_str()).map(str::to_owned);
    assert_eq!(text(&http.servers[0].extensions, "name").as_deref(), Some("n"));
    assert_eq!(text(&http.tags[1].extensions, "parent").as_deref(), Some("a"));
    let schemes = http.components.unwrap().security_schemes;
    let ReferenceOr::Item(scheme) = &schemes["O"] else { panic!("no scheme") };
    assert_eq!(text(super::scheme_extensions(scheme), "oauth2MetadataUrl").as_deref(), Some("u"));
}
