//! Sample values of a schema: each enumerated value, each variant, null, the bounds, empty and full.
//!
//! What is made here is a proposal. Whether it is a value of the schema, the validator decides.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::flat::{Flat, Flattener};
use super::scalar;

/// How keys begin that no schema names. Where a schema leaves other properties open, a model may drop them.
pub(super) const UNKNOWN: &str = "zzUnknown";

/// A key that a schema gives a type, as a free property: a model keeps it.
pub(super) const EXTRA: &str = "zzExtra";

/// How many samples a schema has, by how deep it lies in the sample.
const MOST: [usize; 4] = [120, 48, 12, 4];

/// How large a sample may grow by its optional parts, by how deep it lies, in bytes of JSON.
const LARGEST: [usize; 4] = [8_000, 1_500, 400, 150];

/// How large a sample may be at all, in bytes of JSON: with what it requires it may be larger than [`LARGEST`].
const TOO_LARGE: usize = 50_000;

/// How deep optional parts are filled in.
const FULL_DEPTH: usize = 5;

/// How deep a sample may be at all.
const DEEPEST: usize = 24;

/// The schema of what nothing is said about.
static ANY: Value = Value::Bool(true);

/// Proposes values of schemas whose references lead to the same definitions.
///
/// What a schema comes to at a depth is found out once, so that the work grows with the definitions and not with the
/// paths through them.
#[derive(Debug)]
pub(super) struct Sampler<'a> {
    flattener: Flattener<'a>,
    known: HashMap<(Value, usize), Proposals>,
}

/// Values with their sizes, the plainest first.
type Proposals = Rc<[Proposal]>;

#[derive(Clone, Debug, PartialEq)]
struct Proposal {
    value: Value,
    /// In bytes of JSON, about.
    size: usize,
}

/// The properties of an object, each with the values to choose from.
type Properties = Vec<(String, Proposals)>;

impl<'a> Sampler<'a> {
    pub(super) fn new(definitions: &'a Value) -> Self {
        Self { flattener: Flattener::new(definitions), known: HashMap::new() }
    }

    /// Proposes values of a schema, the plainest first.
    pub(super) fn samples(&mut self, schema: &Value) -> Vec<Value> {
        self.propose(schema, 0).iter().map(|proposal| proposal.value.clone()).collect()
    }

    fn of_schema(&mut self, schema: &Value, depth: usize) -> Proposals {
        if depth > DEEPEST {
            return Proposals::default();
        }
        let key = (schema.clone(), depth);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let found: Proposals = self.propose(schema, depth).into();
        self.known.insert(key, Rc::clone(&found));
        found
    }

    fn propose(&mut self, schema: &Value, depth: usize) -> Vec<Proposal> {
        let mut flats = self.flattener.flatten(schema);
        if depth < 2 {
            self.prune_examples(&mut flats);
        }
        let most = at(&MOST, depth);
        // Some alternatives have few values, so each may have twice its share.
        let share = (2 * most).div_ceil(flats.len().max(1));
        let mut alternatives: Vec<_> = flats.iter().map(|flat| self.of_flat(flat, depth, share).into_iter()).collect();
        // The first value of each alternative comes before the second of any.
        let mut found = Found::new(most, depth);
        while !alternatives.is_empty() {
            alternatives.retain_mut(|values| values.next().is_some_and(|value| found.take(value)));
        }
        found.proposals
    }

    /// Takes out of examples what no schema names: a model may drop it.
    fn prune_examples(&mut self, flats: &mut [Flat]) {
        let pruned: Vec<Vec<Value>> = flats
            .iter()
            .map(|flat| flat.examples.iter().map(|example| self.pruned(example, flats, 0)).collect())
            .collect();
        for (flat, examples) in flats.iter_mut().zip(pruned) {
            flat.examples = examples;
        }
    }

    fn pruned(&mut self, example: &Value, flats: &[Flat], depth: usize) -> Value {
        match example {
            _ if depth > DEEPEST => example.clone(),
            Value::Object(members) => {
                let kept = members.iter().filter_map(|(key, value)| {
                    let objects = flats.iter().filter(|flat| flat.may_be("object"));
                    let mut schemas = objects.filter_map(|flat| flat.member(key)).peekable();
                    schemas.peek()?;
                    Some((key.clone(), self.pruned_by(value, &schemas.collect::<Vec<_>>(), depth)))
                });
                Value::Object(kept.collect())
            }
            Value::Array(items) => {
                let lists = flats.iter().filter(|flat| flat.may_be("array"));
                let schemas: Vec<&Value> = lists.map(|flat| flat.items.as_ref().unwrap_or(&ANY)).collect();
                Value::Array(items.iter().map(|item| self.pruned_by(item, &schemas, depth)).collect())
            }
            scalar => scalar.clone(),
        }
    }

    fn pruned_by(&mut self, value: &Value, schemas: &[&Value], depth: usize) -> Value {
        let flats: Vec<Flat> = schemas.iter().flat_map(|schema| self.flattener.flatten(schema)).collect();
        self.pruned(value, &flats, depth + 1)
    }

    fn of_flat(&mut self, flat: &Flat, depth: usize, most: usize) -> Vec<Value> {
        if let Some(values) = &flat.values {
            return values.clone();
        }
        let mut found: Vec<Value> = Vec::new();
        let types = flat.likely_types();
        for ty in &types {
            match ty.as_str() {
                "object" => found.extend(self.objects(flat, depth, most)),
                "array" => found.extend(self.arrays(flat, depth, most)),
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
        if depth < 2 {
            found.extend(flat.examples.iter().cloned());
        }
        found
    }

    /// Objects: with all properties, with those that are required, then one for each further value of a property.
    fn objects(&mut self, flat: &Flat, depth: usize, most: usize) -> Vec<Value> {
        let Some((required, optional)) = self.properties(flat, depth) else { return Vec::new() };
        let Some(full) = pick(&required, &optional, 0, depth) else { return Vec::new() };
        let least = pick(&required, &[], 0, depth).unwrap_or_default();

        let mut found = Found::new(most, depth);
        let mut add =
            |object: Map<String, Value>, work: &mut Self| found.take(Value::Object(work.padded(object, flat, depth)));
        let mut has_room = add(full.clone(), self) && add(least.clone(), self);
        for object in self.with_free(flat, &full, depth) {
            has_room = has_room && add(object, self);
        }
        let rows = required.iter().chain(&optional).map(|(_, values)| values.len()).max().unwrap_or_default();
        for row in 1..rows {
            has_room = has_room && pick(&required, &optional, row, depth).is_none_or(|object| add(object, self));
        }
        // Where one value spoils a row, the others of the row have these.
        let properties = if depth == 0 { [required, optional].concat() } else { Vec::new() };
        for (name, values) in &properties {
            for value in values.iter().skip(usize::from(full.contains_key(name))) {
                for object in [&least, &full] {
                    let mut object = object.clone();
                    object.insert(name.clone(), value.value.clone());
                    has_room = has_room && add(object, self);
                }
            }
        }
        found.proposals.into_iter().map(|proposal| proposal.value).collect()
    }

    /// The properties that objects must have, and those that they may have; `None` where one that they must have has no
    /// value.
    fn properties(&mut self, flat: &Flat, depth: usize) -> Option<(Properties, Properties)> {
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for (name, schema) in &flat.properties {
            match flat.requires(name) {
                true => required.push((name.clone(), self.of_schema(schema, depth + 1))),
                false if depth < FULL_DEPTH => optional.push((name.clone(), self.of_schema(schema, depth + 1))),
                false => {}
            }
        }
        for name in flat.required.iter().filter(|name| !flat.properties.contains_key(*name)) {
            required.push((name.clone(), self.free(flat, depth)));
        }
        optional.retain(|(_, values)| !values.is_empty());
        required.iter().all(|(_, values)| !values.is_empty()).then_some((required, optional))
    }

    /// The full object with properties that the schema does not name.
    fn with_free(&mut self, flat: &Flat, full: &Map<String, Value>, depth: usize) -> Vec<Map<String, Value>> {
        let mut found = Vec::new();
        if flat.additional != Value::Bool(false) {
            let key = flat.free_prefix();
            for value in self.free(flat, depth).iter() {
                let mut object = full.clone();
                object.insert(flat.free_key(key), value.value.clone());
                found.push(object);
            }
        }
        for (pattern, schema) in &flat.patterns {
            let keys = super::pattern::matching(pattern, &[1]);
            for (key, value) in keys.into_iter().zip(self.of_schema(schema, depth + 1).iter()) {
                let mut object = full.clone();
                object.entry(key).or_insert_with(|| value.value.clone());
                found.push(object);
            }
        }
        found
    }

    /// Values of a property that the schema does not name.
    fn free(&mut self, flat: &Flat, depth: usize) -> Proposals {
        match &flat.additional {
            Value::Object(_) => self.of_schema(&flat.additional, depth + 1),
            _ => [json!("free"), json!({ "free": [1, null] })].map(Proposal::new).into(),
        }
    }

    /// The object with as many free properties as it lacks.
    fn padded(&mut self, mut object: Map<String, Value>, flat: &Flat, depth: usize) -> Map<String, Value> {
        let key = flat.free_prefix();
        let lacks = flat.least_properties.saturating_sub(object.len()).min(16);
        if lacks > 0
            && let Some(free) = self.free(flat, depth).first()
        {
            for number in 0..lacks {
                object.insert(format!("{key}{number}"), free.value.clone());
            }
        }
        object
    }

    fn arrays(&mut self, flat: &Flat, depth: usize, most: usize) -> Vec<Value> {
        let first: Vec<Proposal> =
            flat.prefix.iter().filter_map(|item| self.of_schema(item, depth + 1).first().cloned()).collect();
        let items = match (&flat.items, depth < FULL_DEPTH || flat.least_items > 0) {
            (Some(items), true) => self.of_schema(items, depth + 1),
            (None, true) if first.is_empty() => [json!("item"), json!(1)].map(Proposal::new).into(),
            _ => Proposals::default(),
        };
        let least = flat.least_items.min(64);
        let take = |count: usize| -> Option<Value> {
            let rest = items.iter().cycle().take(if items.is_empty() { 0 } else { count.saturating_sub(first.len()) });
            let (mut size, mut list) = (0, Vec::new());
            for item in first.iter().chain(rest) {
                size += item.size;
                match list.len() < least.max(first.len()) {
                    true if size > TOO_LARGE => return None,
                    false if size > at(&LARGEST, depth) => break,
                    _ => list.push(item.value.clone()),
                }
            }
            Some(Value::Array(list))
        };
        let lengths = [least.max(1), least, 2, items.len()];
        let mut found = Found::new(most, depth);
        for length in lengths.into_iter().filter(|length| (least..=flat.most_items).contains(length)) {
            take(length).map(|list| found.take(list));
        }
        // Each item alone, in case they do not go together.
        if depth < 2 && least <= 1 && first.is_empty() {
            items.iter().skip(1).all(|item| found.take(json!([item.value])));
        }
        found.proposals.into_iter().map(|proposal| proposal.value).collect()
    }
}

/// An object of the values number `row` of its properties. What it may have comes in as long as it does not grow too
/// large; another row begins with another property, so that all of them have their turn.
fn pick(
    required: &[(String, Proposals)],
    optional: &[(String, Proposals)],
    row: usize,
    depth: usize,
) -> Option<Map<String, Value>> {
    let mut size = 0;
    let mut object = Map::new();
    let turned = (0..optional.len()).filter_map(|index| optional.get((index + row) % optional.len()));
    let all = required.iter().map(|property| (property, TOO_LARGE));
    for ((name, values), largest) in all.chain(turned.map(|property| (property, at(&LARGEST, depth)))) {
        let Some(value) = values.get(row % values.len().max(1)) else { continue };
        let grown = size + name.len() + 4 + value.size;
        if grown <= largest {
            size = grown;
            object.insert(name.clone(), value.value.clone());
        } else if largest == TOO_LARGE {
            return None;
        }
    }
    Some(object)
}

fn at(by_depth: &[usize], depth: usize) -> usize {
    by_depth.get(depth).or(by_depth.last()).copied().unwrap_or_default()
}

/// Values that were found, as many as there may be.
struct Found {
    proposals: Vec<Proposal>,
    most: usize,
    /// How large they may be together, in bytes of JSON.
    room: usize,
}

impl Found {
    fn new(most: usize, depth: usize) -> Self {
        Self { proposals: Vec::new(), most, room: 20 * at(&LARGEST, depth) }
    }

    /// Takes a value that is new and not too large; returns whether there is room for more.
    fn take(&mut self, value: Value) -> bool {
        if self.proposals.len() >= self.most || self.room == 0 {
            return false;
        }
        let proposal = Proposal::new(value);
        if proposal.size <= TOO_LARGE && !self.proposals.contains(&proposal) {
            self.room = self.room.saturating_sub(proposal.size);
            self.proposals.push(proposal);
        }
        true
    }
}

impl Proposal {
    fn new(value: Value) -> Self {
        Self { size: size(&value), value }
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 4,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => 2 + items.iter().map(|item| size(item) + 1).sum::<usize>(),
        Value::Object(members) => 2 + members.iter().map(|(name, value)| name.len() + 4 + size(value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::translate::EXAMPLES;
    use super::*;

    fn samples(definitions: Value) -> Vec<Value> {
        Sampler::new(&definitions).samples(&json!({ "$ref": "#/$defs/0" }))
    }

    /// Definitions that all refer to all others.
    fn web(of: impl Fn(Vec<Value>) -> Value) -> Value {
        let references = || (0..12).map(|number| json!({ "$ref": format!("#/$defs/{number}") })).collect();
        (0..12).map(|number: usize| (number.to_string(), of(references()))).collect::<Map<_, _>>().into()
    }

    #[test]
    fn what_refers_to_everything_has_samples_of_bounded_size() {
        let records = samples(web(|references| {
            let properties: Map<_, _> =
                references.into_iter().enumerate().map(|(number, schema)| (format!("to{number}"), schema)).collect();
            json!({ "type": "object", "properties": properties })
        }));
        assert!(records.len() > 20 && records.len() <= MOST[0], "{}", records.len());
        assert!(records.iter().all(|record| size(record) <= TOO_LARGE));
        // All properties have their turn although they do not fit into one object.
        for number in 0..12 {
            assert!(records.iter().any(|record| record.get(format!("to{number}")).is_some()), "to{number}");
        }
        let unions = samples(web(|mut variants| {
            variants.push(json!({ "type": "boolean" }));
            json!({ "oneOf": variants })
        }));
        assert_eq!(unions, [json!(true), json!(false)]);
    }

    #[test]
    fn what_requires_too_much_has_no_samples() {
        let definitions: Map<_, _> = (0..=23)
            .map(|number: usize| {
                let next = json!({ "$ref": format!("#/$defs/{}", number + 1) });
                let properties = json!({ "left": next, "right": next });
                let record = json!({ "type": "object", "required": ["left", "right"], "properties": properties });
                (number.to_string(), if number == 23 { json!({ "type": "null" }) } else { record })
            })
            .collect();
        assert_eq!(samples(definitions.into()), Vec::<Value>::new());
    }

    #[test]
    fn what_no_schema_names_shows_in_its_key() {
        let record = json!({
            "type": "object",
            "minProperties": 1,
            "properties": { "id": { "type": "integer" }, "free": { "type": "object", "additionalProperties": {} }, "more": { "anyOf": [{ "$ref": "#/$defs/1" }, { "type": "null" }] } },
            EXAMPLES: [{ "id": 9, "other": 1, "free": { "any": [] }, "more": [{ "id": 1, "other": 1 }] }],
        });
        let list = json!({ "type": "array", "items": { "type": "object", "properties": { "id": {} } } });
        let all = samples(json!({ "0": record, "1": list }));
        assert!(all.contains(&json!({ "id": 9, "free": { "any": [] }, "more": [{ "id": 1 }] })), "{all:?}");
        let keys = all.iter().flat_map(|value| value.as_object().unwrap().keys());
        let unnamed: Vec<&String> = keys.filter(|key| !["id", "free", "more"].contains(&key.as_str())).collect();
        assert!(!unnamed.is_empty() && unnamed.iter().all(|key| key.starts_with(UNKNOWN)), "{unnamed:?}");
    }

    #[test]
    fn lists_are_as_long_as_they_must_be_and_no_larger_than_they_may() {
        let list = |more: Value| {
            let mut schema = json!({ "type": "array", "items": { "const": "x".repeat(1_000) } });
            schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            samples(json!({ "0": schema })).iter().map(|list| list.as_array().unwrap().len()).collect::<Vec<_>>()
        };
        assert_eq!(list(json!({})), [1, 0, 2]);
        assert_eq!(list(json!({ "minItems": 30 })), [30]);
        assert_eq!(list(json!({ "minItems": 60 })), [0; 0]);
        assert_eq!(list(json!({ "minItems": 3, "maxItems": 2 })), [0; 0]);
    }
}
