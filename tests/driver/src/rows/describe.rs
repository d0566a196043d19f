//! The description that cases make up together.

use std::collections::BTreeSet;
use std::io;

use generator::bundle::{Documents, ReadError};
use generator::config;
use generator::{Input, Outcome};
use serde_json::{Map, Value, json};

use super::{Case, Cases, Setting, Sheet};
use crate::NEUTRAL;

/// The name of the description in its folder.
const ENTRY: &str = "openapi.json";

/// The settings that there are cases of.
pub(super) fn settings(cases: &Cases) -> BTreeSet<Setting> {
    cases.sheets.iter().flat_map(Sheet::settings).collect()
}

/// The description of the cases of a setting.
pub(super) fn description(cases: &Cases, setting: &Setting) -> Value {
    let version = setting.openapi.as_str();
    let field = if version.starts_with('2') { "swagger" } else { "openapi" };
    let mut description = json!({ field: version, "info": { "title": "Rows", "version": "1" }, "paths": {} });
    for sheet in cases.sheets.iter().filter(|sheet| sheet.settings().any(|own| own == *setting)) {
        merge(&mut description, &Value::Object(sheet.root.clone()));
        for case in &sheet.cases {
            description["paths"][case.path()] = item(case);
        }
    }
    description
}

/// Objects are merged, and of anything else the second counts.
fn merge(value: &mut Value, other: &Value) {
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => {
            for (key, other) in other {
                merge(value.entry(key.clone()).or_insert(Value::Null), other);
            }
        }
        (value, other) => *value = other.clone(),
    }
}

impl Case {
    /// Whether its operation takes anything of a caller.
    pub fn has_arguments(&self) -> bool {
        self.operation.contains_key("requestBody") || parameters(self).next().is_some()
    }

    /// The path of its operation: its own step, and what the case says or its parameters make.
    pub fn path(&self) -> String {
        let rest = self.path.clone().unwrap_or_else(|| {
            let names = parameters(self).filter(|parameter| parameter["in"] == "path");
            names.filter_map(|parameter| parameter["name"].as_str()).map(|name| format!("/{{{name}}}")).collect()
        });
        format!("/{}{rest}", self.id)
    }
}

fn parameters(case: &Case) -> impl Iterator<Item = &Value> {
    let listed = [&case.operation, &case.item].into_iter().filter_map(|all| all.get("parameters")?.as_array());
    case.parameter.iter().chain(listed.flatten())
}

fn item(case: &Case) -> Value {
    let mut operation = case.operation.clone();
    if let Some(parameter) = &case.parameter {
        operation.insert("parameters".to_owned(), json!([parameter]));
    }
    let has_body = operation.contains_key("requestBody") || parameters(case).any(|one| one["in"] == "formData");
    let (group, _) = case.id.rsplit_once('-').unwrap_or((&case.id, ""));
    operation.insert("operationId".to_owned(), json!(case.id));
    operation.insert("tags".to_owned(), json!([group]));
    operation.entry("responses").or_insert_with(|| json!({ "204": { "description": "Done." } }));
    let method = case.method.as_deref().unwrap_or(if has_body { "post" } else { "get" });
    let mut item: Map<String, Value> = case.item.clone();
    item.insert(method.to_owned(), Value::Object(operation));
    Value::Object(item)
}

/// The client of a description, and what is told of it.
///
/// # Errors
///
/// What is wrong with the configuration.
pub(super) fn generate(setting: &Setting, description: &Value) -> io::Result<Outcome> {
    let mut config = config::read("codegen.toml", &setting.config).map_err(|faults| {
        let said: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
        io::Error::other(said.join("; "))
    })?;
    // What is told of one case does not keep the others from being generated.
    config.levels.lenient = true;
    config.features.tags = Some(false);
    config.package.name = Some(NEUTRAL.to_owned());
    let documents = Single(description.to_string());
    Ok(generator::generate(&Input { folder: "", entry: ENTRY, documents: &documents, overlays: &[] }, &config))
}

/// A description alone.
struct Single(String);

impl Documents for Single {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == ENTRY { Ok(self.0.clone().into_bytes()) } else { Err(ReadError::NotFound) }
    }
}
