//! The cases of the suite, and the descriptions that are made of them.
//!
//! A case is a schema and values that are valid or invalid by it. Each schema becomes a file, since its references count
//! from its own root, and a component of a description that refers to that file. What the suite serves by HTTP are other
//! files in the same folder: references to them become paths, which is what a user who has no server writes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The draft that OpenAPI 3.1 speaks.
const DRAFT: &str = "draft2020-12";

/// Where the suite believes its other schemas to be.
const SERVED: &str = "http://localhost:1234/";

/// The folder of the other schemas, in the suite and in the folder of the descriptions.
const REMOTES: &str = "remotes";

/// A schema and its values.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The file of the suite, from the folder of the draft, without its ending.
    pub(super) group: String,
    /// What the suite calls it, after the group.
    pub(super) name: String,
    pub(super) tests: Vec<Test>,
    /// The key of its component, and the name of its file.
    pub(super) key: String,
    schema: Value,
}

/// A value, and whether it is valid.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Test {
    pub(super) description: String,
    pub(super) data: Value,
    pub(super) valid: bool,
}

#[derive(Deserialize)]
struct Read {
    description: String,
    schema: Value,
    tests: Vec<Test>,
}

/// Reads the cases of a suite.
///
/// # Errors
///
/// A file cannot be read, or is none of the suite.
pub(super) fn read(suite: &Path) -> io::Result<Vec<Case>> {
    let folder = suite.join("tests").join(DRAFT);
    let mut cases = Vec::new();
    for file in json_below(&folder)? {
        let group = file.strip_prefix(&folder).unwrap_or(&file).with_extension("");
        let group: Vec<_> = group.iter().map(|step| step.to_string_lossy()).collect();
        let group = group.join("/");
        let read: Vec<Read> = serde_json::from_slice(&fs::read(&file)?)?;
        for (index, Read { description, schema, tests }) in read.into_iter().enumerate() {
            let key = format!("{group}/{index}").replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            cases.push(Case { name: format!("{group}: {description}"), group: group.clone(), tests, key, schema });
        }
    }
    Ok(cases)
}

fn json_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(json_below(&path)?);
        } else if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Writes the schemas of the cases and those that the suite serves into `folder`.
pub(super) fn write_schemas(suite: &Path, cases: &[Case], folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let remotes = suite.join(REMOTES);
    for file in json_below(&remotes)? {
        let path = file.strip_prefix(&remotes).unwrap_or(&file);
        let url: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
        let url = url.join("/");
        let schema = serde_json::from_slice(&fs::read(&file)?)?;
        let up = "../".repeat(url.matches('/').count());
        put(&folder.join(REMOTES).join(path), &by_path(schema, &format!("{SERVED}{url}"), &up))?;
    }
    for case in cases {
        put(&folder.join(file_of(case)), &by_path(case.schema.clone(), "", &format!("../{REMOTES}/")))?;
    }
    Ok(())
}

fn file_of(case: &Case) -> String {
    format!("cases/{}.json", case.key)
}

fn put(path: &Path, value: &Value) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, serde_json::to_vec_pretty(value)?)
}

/// Writes the description of these cases into `folder`. A value goes through the component `KEY-holder`, whose `value` it
/// is: so the place that holds a schema, which says whether null may stand there, is part of what is tried. An operation
/// takes and gives them all, since where nothing is sent null and absent are one.
pub(super) fn write_description(cases: &[&Case], folder: &Path, entry: &str) -> io::Result<()> {
    let reference = |key: &str| json!({ "$ref": format!("#/components/schemas/{key}") });
    let (mut schemas, mut all) = (Map::new(), Map::new());
    for case in cases {
        let holder = holder(case);
        schemas.insert(case.key.clone(), json!({ "$ref": file_of(case) }));
        let properties = json!({ "value": reference(&case.key) });
        all.insert(holder.clone(), reference(&holder));
        schemas.insert(holder, json!({ "type": "object", "required": ["value"], "properties": properties }));
    }
    schemas.insert("all".to_owned(), json!({ "type": "object", "properties": all }));
    let content = json!({ "application/json": { "schema": reference("all") } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "JSON Schema", "version": "1" },
        "servers": [{ "url": "http://localhost" }],
        "paths": { "/all": { "post": {
            "operationId": "all",
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "All.", "content": content } },
        } } },
        "components": { "schemas": schemas },
    });
    put(&folder.join(entry), &document)
}

/// The component that a value of the case goes through.
pub(super) fn holder(case: &Case) -> String {
    format!("{}-holder", case.key)
}

/// The schema with paths in place of the URLs of what the suite serves: `up` leads from the file to the folder of these
/// schemas, and `base` is the URL that the file has itself. What an `$id` of the schema names stays as it is.
fn by_path(mut schema: Value, base: &str, up: &str) -> Value {
    let mut ids = BTreeSet::new();
    each(&mut schema, base, &mut |members, base| {
        if members.get("$id").is_some_and(Value::is_string) {
            ids.insert(base.to_owned());
        }
    });
    each(&mut schema, base, &mut |members, base| {
        for key in ["$ref", "$dynamicRef"] {
            let Some(Value::String(text)) = members.get_mut(key) else { continue };
            let absolute = join(base, text);
            let (url, fragment) = absolute.split_once('#').unwrap_or((&absolute, ""));
            let is_own = text.starts_with('#') || ids.contains(url);
            if let (false, Some(path)) = (is_own, url.strip_prefix(SERVED)) {
                let mark = if text.contains('#') { "#" } else { "" };
                *text = format!("{up}{path}{mark}{fragment}");
            }
        }
    });
    schema
}

/// Visits every object, with the URL that references in it are relative to.
fn each(value: &mut Value, base: &str, visit: &mut impl FnMut(&mut Map<String, Value>, &str)) {
    match value {
        Value::Object(members) => {
            let own = members.get("$id").and_then(Value::as_str).map(|id| join(base, id));
            let base = own.as_deref().unwrap_or(base);
            visit(members, base);
            // What stands in data is no reference.
            let schemas = members.iter_mut().filter(|(key, _)| !matches!(key.as_str(), "enum" | "const"));
            schemas.for_each(|(_, value)| each(value, base, visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, base, visit)),
        _ => {}
    }
}

/// A URL from a base, as far as the suite writes them.
fn join(base: &str, reference: &str) -> String {
    let (folder, _) = base.rsplit_once('/').unwrap_or_default();
    match reference {
        reference if reference.starts_with('#') => format!("{}{reference}", base.split('#').next().unwrap_or_default()),
        reference if reference.contains(':') || folder.is_empty() => reference.to_owned(),
        reference => match reference.strip_prefix('/') {
            Some(path) => format!("{}/{path}", host(base)),
            None => format!("{folder}/{reference}"),
        },
    }
}

/// The part of a URL that says where its server is.
fn host(url: &str) -> &str {
    let path = url.find("://").and_then(|end| Some(end + 3 + url[end + 3..].find('/')?));
    path.map_or(url, |path| &url[..path])
}

/// The names that a schema file says anything of, as a name of a property or in any text: what has none of these names is
/// unknown to the model. `None` where another file says more.
pub(super) fn names(case: &Case) -> Option<BTreeSet<&str>> {
    fn collect<'v>(value: &'v Value, names: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(members) => {
                names.extend(members.keys().map(String::as_str));
                members.values().for_each(|value| collect(value, names));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
            Value::String(text) => _ = names.insert(text),
            _ => {}
        }
    }
    if by_path(case.schema.clone(), "", "") != case.schema {
        return None;
    }
    let mut names = BTreeSet::new();
    collect(&case.schema, &mut names);
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_suite_serves_becomes_paths() {
        let check = |schema: Value, expect: Value| assert_eq!(by_path(schema, "", "../remotes/"), expect);
        check(
            json!({ "$ref": "http://localhost:1234/draft2020-12/integer.json#/a" }),
            json!({ "$ref": "../remotes/draft2020-12/integer.json#/a" }),
        );
        // From the nearest `$id`.
        check(
            json!({ "$id": "http://localhost:1234/a/", "items": { "$id": "b/", "items": { "$ref": "c.json" } } }),
            json!({ "$id": "http://localhost:1234/a/", "items": { "$id": "b/", "items": { "$ref": "../remotes/a/b/c.json" } } }),
        );
        // What a schema of the same file is called, what is only a fragment, and what is data stay.
        for same in [
            json!({ "$id": "http://localhost:1234/a", "$defs": { "x": { "$id": "b" } }, "$ref": "b" }),
            json!({ "$id": "http://localhost:1234/a", "$ref": "#/$defs/x" }),
            json!({ "const": { "$ref": "http://localhost:1234/a" } }),
            json!({ "$id": "http://example.com/a/b", "$ref": "/c" }),
        ] {
            check(same.clone(), same);
        }
    }
}
