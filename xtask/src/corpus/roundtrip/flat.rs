//! A schema without references and compositions: the alternatives that it comes to.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::sample::{EXTRA, UNKNOWN};
use super::translate::EXAMPLES;

/// How many alternatives a schema comes to at most.
const MOST: usize = 48;

/// How deep references and compositions are followed.
const DEEPEST: usize = 32;

/// One alternative of a schema: what its parts say together.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    /// The types that values may have; `None` where any.
    pub(super) types: Option<Vec<String>>,
    /// The values, where they are listed.
    pub(super) values: Option<Vec<Value>>,
    pub(super) examples: Vec<Value>,
    pub(super) properties: Map<String, Value>,
    pub(super) required: Vec<String>,
    /// `additionalProperties`; `true` where nothing is said.
    pub(super) additional: Value,
    pub(super) patterns: Map<String, Value>,
    pub(super) names: Option<Value>,
    pub(super) items: Option<Value>,
    pub(super) prefix: Vec<Value>,
    pub(super) least_items: usize,
    pub(super) most_items: usize,
    pub(super) least_properties: usize,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) least_length: usize,
    pub(super) most_length: usize,
    /// The lower bound, and whether it is excluded.
    pub(super) minimum: Option<(f64, bool)>,
    /// The upper bound, and whether it is excluded.
    pub(super) maximum: Option<(f64, bool)>,
    pub(super) multiple_of: Option<f64>,
}

/// Finds the alternatives of schemas.
#[derive(Debug)]
pub(super) struct Flattener<'a> {
    /// What references lead to.
    definitions: &'a Value,
    /// The alternatives of a definition, by its name and how deep it was met.
    known: HashMap<(&'a str, usize), Rc<[Flat]>>,
}

impl<'a> Flattener<'a> {
    pub(super) fn new(definitions: &'a Value) -> Self {
        Self { definitions, known: HashMap::new() }
    }

    /// The alternatives of a schema.
    pub(super) fn flatten(&mut self, schema: &Value) -> Vec<Flat> {
        self.alternatives(schema, 0)
    }

    fn alternatives(&mut self, schema: &Value, depth: usize) -> Vec<Flat> {
        let members = match schema {
            Value::Object(members) if depth < DEEPEST => members,
            Value::Bool(true) => return vec![Flat::of(&Map::new())],
            _ => return Vec::new(),
        };
        let mut found = vec![Flat::of(members)];
        if let Some(alternatives) = members.get("$ref").and_then(|reference| self.definition(reference, depth + 1)) {
            found = product(&found, &alternatives);
        }
        for part in list(members, "allOf") {
            found = product(&found, &self.alternatives(part, depth + 1));
        }
        for key in ["oneOf", "anyOf"] {
            if members.contains_key(key) {
                // Taken in turns, so that a variant of many alternatives does not crowd out the others.
                let variants: Vec<Vec<Flat>> =
                    list(members, key).iter().map(|variant| self.alternatives(variant, depth + 1)).collect();
                found = product(&found, &in_turns(variants));
            }
        }
        found
    }

    /// The alternatives of what a reference leads to. They are found once for each depth: a definition may be met by
    /// more ways than there are definitions.
    fn definition(&mut self, reference: &Value, depth: usize) -> Option<Rc<[Flat]>> {
        let name = reference.as_str()?.strip_prefix("#/$defs/")?;
        let (name, schema) = self.definitions.as_object()?.get_key_value(name)?;
        if let Some(known) = self.known.get(&(name.as_str(), depth)) {
            return Some(Rc::clone(known));
        }
        let found: Rc<[Flat]> = self.alternatives(schema, depth).into();
        self.known.insert((name, depth), Rc::clone(&found));
        Some(found)
    }
}

fn in_turns(variants: Vec<Vec<Flat>>) -> Vec<Flat> {
    let longest = variants.iter().map(Vec::len).max().unwrap_or_default();
    let row = |index: usize| variants.iter().filter_map(move |variant| variant.get(index).cloned()).collect::<Vec<_>>();
    (0..longest).flat_map(row).take(MOST).collect()
}

fn product(left: &[Flat], right: &[Flat]) -> Vec<Flat> {
    let pairs = right.iter().flat_map(|right| left.iter().map(move |left| left.with(right)));
    pairs.flatten().take(MOST).collect()
}

fn list<'a>(members: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    members.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn map(members: &Map<String, Value>, key: &str) -> Map<String, Value> {
    members.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn number(members: &Map<String, Value>, key: &str) -> Option<f64> {
    members.get(key).and_then(Value::as_f64)
}

fn size(members: &Map<String, Value>, key: &str) -> Option<usize> {
    members.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
}

fn text(members: &Map<String, Value>, key: &str) -> Option<String> {
    members.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

impl Flat {
    /// What the keywords of one schema say, its references and compositions aside.
    fn of(members: &Map<String, Value>) -> Self {
        let bound = |plain: &str, exclusive: &str| {
            let plain = number(members, plain).map(|value| (value, false));
            number(members, exclusive).map(|value| (value, true)).or(plain)
        };
        let constant = members.get("const").map(|value| vec![value.clone()]);
        Self {
            types: members.get("type").map(strings),
            values: constant.or_else(|| members.get("enum").and_then(Value::as_array).cloned()),
            examples: list(members, EXAMPLES).to_vec(),
            properties: map(members, "properties"),
            required: members.get("required").map(strings).unwrap_or_default(),
            additional: ["additionalProperties", "unevaluatedProperties"]
                .iter()
                .find_map(|key| members.get(*key).cloned())
                .unwrap_or(Value::Bool(true)),
            patterns: map(members, "patternProperties"),
            names: members.get("propertyNames").cloned(),
            items: members.get("items").cloned(),
            prefix: list(members, "prefixItems").to_vec(),
            least_items: size(members, "minItems").unwrap_or(0),
            most_items: size(members, "maxItems").unwrap_or(usize::MAX),
            least_properties: size(members, "minProperties").unwrap_or(0),
            format: text(members, "format"),
            pattern: text(members, "pattern"),
            least_length: size(members, "minLength").unwrap_or(0),
            most_length: size(members, "maxLength").unwrap_or(usize::MAX),
            minimum: bound("minimum", "exclusiveMinimum"),
            maximum: bound("maximum", "exclusiveMaximum"),
            multiple_of: number(members, "multipleOf"),
        }
    }

    /// What two alternatives say together; `None` where no value can be of both.
    fn with(&self, other: &Self) -> Option<Self> {
        let types = match (&self.types, &other.types) {
            (Some(left), Some(right)) => Some(common_types(left, right)),
            (left, right) => left.clone().or_else(|| right.clone()),
        };
        let values = match (&self.values, &other.values) {
            (Some(left), Some(right)) => Some(left.iter().filter(|value| right.contains(value)).cloned().collect()),
            (left, right) => left.clone().or_else(|| right.clone()),
        };
        if types.as_ref().is_some_and(Vec::is_empty) || values.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let additional = match (&self.additional, &other.additional) {
            (Value::Bool(true), right) => right.clone(),
            (left, _) => left.clone(),
        };
        Some(Self {
            types,
            values,
            examples: self.examples.iter().chain(&other.examples).cloned().collect(),
            properties: both(&self.properties, &other.properties),
            required: self
                .required
                .iter()
                .chain(other.required.iter().filter(|name| !self.required.contains(name)))
                .cloned()
                .collect(),
            additional,
            patterns: both(&self.patterns, &other.patterns),
            names: self.names.clone().or_else(|| other.names.clone()),
            items: match (&self.items, &other.items) {
                (Some(left), Some(right)) => Some(json!({ "allOf": [left, right] })),
                (left, right) => left.clone().or_else(|| right.clone()),
            },
            prefix: if self.prefix.is_empty() { other.prefix.clone() } else { self.prefix.clone() },
            least_items: self.least_items.max(other.least_items),
            most_items: self.most_items.min(other.most_items),
            least_properties: self.least_properties.max(other.least_properties),
            format: self.format.clone().or_else(|| other.format.clone()),
            pattern: self.pattern.clone().or_else(|| other.pattern.clone()),
            least_length: self.least_length.max(other.least_length),
            most_length: self.most_length.min(other.most_length),
            minimum: narrower(self.minimum, other.minimum, |left, right| left > right),
            maximum: narrower(self.maximum, other.maximum, |left, right| left < right),
            multiple_of: self.multiple_of.or(other.multiple_of),
        })
    }

    /// The types to try: those that are stated, else those that the other keywords speak of, else some of each kind.
    pub(super) fn likely_types(&self) -> Vec<String> {
        if let Some(types) = &self.types {
            return types.clone();
        }
        let is_object = !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.patterns.is_empty()
            || self.additional != Value::Bool(true);
        let is_array = self.items.is_some() || !self.prefix.is_empty() || self.least_items > 0;
        let is_string =
            self.format.is_some() || self.pattern.is_some() || self.least_length > 0 || self.most_length < usize::MAX;
        let is_number = self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some();
        let spoken = [(is_object, "object"), (is_array, "array"), (is_string, "string"), (is_number, "number")];
        let spoken: Vec<String> = spoken.into_iter().filter(|(is, _)| *is).map(|(_, ty)| ty.to_owned()).collect();
        if spoken.is_empty() { ["string", "object", "integer", "null"].map(str::to_owned).to_vec() } else { spoken }
    }

    /// Whether objects must have the property.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }

    /// How keys of free properties begin: a model keeps those that the schema types.
    pub(super) fn free_prefix(&self) -> &'static str {
        if self.is_open() { UNKNOWN } else { EXTRA }
    }

    /// Whether other properties than the ones that are named are allowed and nothing is said of them.
    fn is_open(&self) -> bool {
        self.additional == Value::Bool(true) && !self.properties.is_empty()
    }

    /// Whether values may have a type.
    pub(super) fn may_be(&self, ty: &str) -> bool {
        self.types.as_ref().is_none_or(|types| types.iter().any(|other| other == ty))
    }

    /// The schema of the member `key`; `None` where the alternative says nothing of it.
    pub(super) fn member(&self, key: &str) -> Option<&Value> {
        let open = self.is_open() && self.patterns.is_empty();
        self.properties.get(key).or((!open).then_some(&self.additional))
    }

    /// A key that `propertyNames` takes, `usual` where it does not say which.
    pub(super) fn free_key(&self, usual: &str) -> String {
        let names = self.names.as_ref();
        let listed = names.and_then(|names| names.get("enum")?.get(0)?.as_str()).map(str::to_owned);
        let pattern = names.and_then(|names| names.get("pattern")?.as_str());
        let matching = || pattern.and_then(|pattern| super::pattern::matching(pattern, &[1]).into_iter().next());
        listed.or_else(matching).unwrap_or_else(|| usual.to_owned())
    }
}

fn common_types(left: &[String], right: &[String]) -> Vec<String> {
    let has =
        |types: &[String], ty: &str| types.iter().any(|other| other == ty || ty == "integer" && other == "number");
    let mut common: Vec<String> = left.iter().filter(|ty| has(right, ty)).cloned().collect();
    common.extend(right.iter().filter(|ty| has(left, ty) && !left.contains(ty)).cloned());
    common
}

fn both(left: &Map<String, Value>, right: &Map<String, Value>) -> Map<String, Value> {
    let mut all = left.clone();
    for (name, schema) in right {
        let schema = match left.get(name) {
            Some(other) if other != schema => json!({ "allOf": [other, schema] }),
            _ => schema.clone(),
        };
        all.insert(name.clone(), schema);
    }
    all
}

fn narrower(
    left: Option<(f64, bool)>,
    right: Option<(f64, bool)>,
    is_narrower: impl Fn(f64, f64) -> bool,
) -> Option<(f64, bool)> {
    match (left, right) {
        (Some(left), Some(right)) => Some(if is_narrower(right.0, left.0) { right } else { left }),
        (left, right) => left.or(right),
    }
}
