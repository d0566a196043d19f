//! Sample values of a schema: each enumerated value, each variant, null, the bounds, empty and full.
//!
//! What is made here is a proposal. Whether it is a value of the schema, the validator decides.

use serde_json::{Map, Value, json};

use super::flat::{Flat, flatten};
use super::scalar;

/// A key that no schema names. Where a schema leaves other properties open, a model may drop it.
pub(super) const UNKNOWN: &str = "zzUnknown";

/// A key that a schema gives a type, as a free property: a model keeps it.
pub(super) const EXTRA: &str = "zzExtra";

/// How many samples a schema has, by how deep it lies in the sample.
const MOST: [usize; 4] = [120, 48, 12, 4];

/// How deep optional parts are filled in.
const FULL_DEPTH: usize = 5;

/// How deep a sample may be at all.
const DEEPEST: usize = 24;

/// Proposes values of a schema, the plainest first; `definitions` are what its references lead to.
pub(super) fn samples(definitions: &Value, schema: &Value) -> Vec<Value> {
    Sampler { definitions }.of_schema(schema, 0)
}

struct Sampler<'a> {
    definitions: &'a Value,
}

impl Sampler<'_> {
    fn of_schema(&self, schema: &Value, depth: usize) -> Vec<Value> {
        if depth > DEEPEST {
            return Vec::new();
        }
        let most = MOST.get(depth).or(MOST.last()).copied().unwrap_or(1);
        let alternatives: Vec<Vec<Value>> =
            flatten(self.definitions, schema).iter().map(|flat| self.of_flat(flat, depth)).collect();
        // The first value of each alternative comes before the second of any.
        let longest = alternatives.iter().map(Vec::len).max().unwrap_or_default();
        let mut found = Vec::new();
        for index in 0..longest {
            for value in alternatives.iter().filter_map(|values| values.get(index)) {
                if found.len() < most && !found.contains(value) {
                    found.push(value.clone());
                }
            }
        }
        found
    }

    fn of_flat(&self, flat: &Flat, depth: usize) -> Vec<Value> {
        if let Some(values) = &flat.values {
            return values.clone();
        }
        let examples = if depth < 2 { flat.examples.clone() } else { Vec::new() };
        let mut found: Vec<Value> = Vec::new();
        let types = flat.likely_types();
        for ty in &types {
            match ty.as_str() {
                "object" => found.extend(self.objects(flat, depth)),
                "array" => found.extend(self.arrays(flat, depth)),
                "string" => found.extend(scalar::strings(flat).into_iter().map(Value::String)),
                "integer" => found.extend(scalar::integers(flat)),
                "number" => found.extend(scalar::numbers(flat)),
                "boolean" => found.extend([json!(true), json!(false)]),
                _ => {}
            }
        }
        if types.iter().any(|ty| ty == "null") {
            found.insert(found.len().min(1), Value::Null);
        }
        found.extend(examples);
        found
    }

    /// Objects: with all properties, with those that are required, then one for each further value of a property.
    fn objects(&self, flat: &Flat, depth: usize) -> Vec<Value> {
        let known: Vec<(&str, Vec<Value>)> = flat
            .properties
            .iter()
            .filter(|(name, _)| depth < FULL_DEPTH || flat.requires(name))
            .map(|(name, schema)| (name.as_str(), self.of_schema(schema, depth + 1)))
            .collect();
        // A required property without a value leaves the object without one.
        let is_lost = known.iter().any(|(name, values)| values.is_empty() && flat.requires(name));
        if is_lost {
            return Vec::new();
        }
        let undeclared = flat.required.iter().filter(|name| !flat.properties.contains_key(*name));
        let undeclared: Vec<(&str, Vec<Value>)> =
            undeclared.map(|name| (name.as_str(), self.free(flat, depth))).collect();
        let all: Vec<(&str, Vec<Value>)> = known.into_iter().chain(undeclared).collect();

        let pick = |index: usize| -> Map<String, Value> {
            let chosen = |(name, values): &(&str, Vec<Value>)| {
                let value = values.get(index % values.len().max(1))?;
                Some(((*name).to_owned(), value.clone()))
            };
            all.iter().filter_map(chosen).collect()
        };
        let (full, mut least) = (pick(0), pick(0));
        least.retain(|name, _| flat.requires(name));
        let mut found = vec![full.clone(), least.clone()];
        found.extend(self.with_free(flat, &full, depth));
        let rows = all.iter().map(|(_, values)| values.len()).max().unwrap_or_default();
        found.extend((1..rows).map(pick));
        // Where one value spoils a row, the others of the row have these.
        if depth == 0 {
            for (name, values) in &all {
                for value in values.iter().skip(1) {
                    let with = |object: &Map<String, Value>| {
                        let mut object = object.clone();
                        object.insert((*name).to_owned(), value.clone());
                        object
                    };
                    found.extend([with(&least), with(&full)]);
                }
            }
        }
        found.into_iter().map(|object| Value::Object(self.padded(object, flat, depth))).collect()
    }

    /// The full object with properties that the schema does not name.
    fn with_free(&self, flat: &Flat, full: &Map<String, Value>, depth: usize) -> Vec<Map<String, Value>> {
        let key = match &flat.additional {
            Value::Bool(false) => None,
            Value::Bool(true) if !flat.properties.is_empty() => Some(UNKNOWN),
            _ => Some(EXTRA),
        };
        let mut found = Vec::new();
        if let Some(key) = key {
            for value in self.free(flat, depth) {
                let mut object = full.clone();
                object.insert(flat.free_key(key), value);
                found.push(object);
            }
        }
        for (pattern, schema) in &flat.patterns {
            let keys = super::pattern::matching(pattern, &[1]);
            for (key, value) in keys.into_iter().zip(self.of_schema(schema, depth + 1)) {
                let mut object = full.clone();
                object.entry(key).or_insert(value);
                found.push(object);
            }
        }
        found
    }

    /// Values of a property that the schema does not name.
    fn free(&self, flat: &Flat, depth: usize) -> Vec<Value> {
        match &flat.additional {
            Value::Object(_) => self.of_schema(&flat.additional, depth + 1),
            _ => vec![json!("free"), json!({ "free": [1, null] })],
        }
    }

    /// The object with as many free properties as it lacks.
    fn padded(&self, mut object: Map<String, Value>, flat: &Flat, depth: usize) -> Map<String, Value> {
        let lacks = flat.least_properties.saturating_sub(object.len()).min(16);
        if let (true, Some(value)) = (lacks > 0, self.free(flat, depth).into_iter().next()) {
            for number in 0..lacks {
                object.insert(format!("{EXTRA}{number}"), value.clone());
            }
        }
        object
    }

    fn arrays(&self, flat: &Flat, depth: usize) -> Vec<Value> {
        let first: Vec<Value> =
            flat.prefix.iter().filter_map(|item| self.of_schema(item, depth + 1).into_iter().next()).collect();
        let items = match (&flat.items, depth < FULL_DEPTH || flat.least_items > 0) {
            (Some(items), true) => self.of_schema(items, depth + 1),
            (None, true) if first.is_empty() => vec![json!("item"), json!(1)],
            _ => Vec::new(),
        };
        let take = |count: usize| -> Value {
            let rest = items.iter().cycle().take(if items.is_empty() { 0 } else { count.saturating_sub(first.len()) });
            first.iter().chain(rest).cloned().collect()
        };
        let least = flat.least_items.min(64);
        let most = flat.most_items;
        let lengths = [least.max(1), least, 2, items.len()];
        let mut found: Vec<Value> =
            lengths.into_iter().filter(|length| (least..=most).contains(length)).map(take).collect();
        // Each item alone, in case they do not go together.
        if depth < 2 && least <= 1 && first.is_empty() {
            found.extend(items.iter().skip(1).map(|item| json!([item])));
        }
        found
    }
}
