//! The round trip: samples of the component schemas go through the generated models and must come back as they went.
//!
//! `translate` makes plain JSON Schema of the description, `sample` proposes values, the validator chooses among them,
//! a small program sends what is left through the models, and `compare` judges what comes back.

mod compare;
mod flat;
mod notes;
mod pattern;
mod sample;
mod scalar;
mod through;
mod translate;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::Path;

use generator::ir::{Api, TypeId, walk};
use jsonschema::{Draft, Registry};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::file;
use super::record::{MOST_QUOTES, RoundTrip};
use super::scratch::{Call, Program, Scratch};
use super::worker::Source;
use compare::Constants;
use notes::Note;
use sample::{Sampler, UNKNOWN};
use through::{Said, WRITTEN};
use translate::{Translation, Way};

pub(crate) use compare::{Fault, Leeway, compare};
pub(crate) use through::{Models, send, write_program};

/// The name under which the validator knows the schemas of a description.
const SCHEMAS: &str = "urn:corpus:schemas";

/// The longest piece of JSON that a report quotes.
const LONGEST_QUOTE: usize = 160;

/// How many bytes the samples of a schema have together, about.
const MOST_BYTES: usize = 100_000;

/// The samples, from the folder of the program.
const SAMPLES: &str = "samples.json";

/// What the worker leaves for the run: the samples, and the schemas that have none.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Prepared {
    schemas: usize,
    unsampled: Vec<String>,
    unmodelled: Vec<String>,
    constants: Constants,
    samples: Vec<Sample>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Sample {
    component: String,
    /// The place of the model in the table of the program.
    model: usize,
    /// Whether requests hold the model: then null and absent are two things.
    is_sent: bool,
    value: Value,
}

/// What the program said, and of what that holds good.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Answers {
    /// The hash of the crate, the compiler, the program and the samples.
    of: u64,
    said: Said,
    /// Why there is no program.
    failure: Option<String>,
}

/// In a worker: writes the samples and the program into `out`.
pub(super) fn prepare(document: &Source, out: &Path) -> io::Result<()> {
    let outcome = document.generate(&document.documents());
    let Some(output) = outcome.output else { return Err(io::Error::other("the description was refused")) };
    let types = Models::of(&output);
    let sent = only_sent(&output.api);
    let [any, to_server] = [Way::Any, Way::ToServer].map(|way| translate::translate(&output.effective, way));
    let registries = [registry(&any)?, registry(&to_server)?];
    let mut samplers = [&any, &to_server].map(|translation| Sampler::new(&translation.document["$defs"]));
    let constants = translate::constants(&any.document);
    let mut prepared = Prepared { schemas: any.components.len(), constants, ..Prepared::default() };
    let mut models = Vec::new();
    for (place, (component, definition)) in any.components.iter().enumerate() {
        let Some(id) = types.of_component(component) else {
            prepared.unmodelled.push(component.clone());
            continue;
        };
        // Definitions have numbers of their own in each translation.
        let (way, definition) = match to_server.components.get(place) {
            Some((_, definition)) if sent.contains(&id) => (1, definition),
            _ => (0, definition),
        };
        let values = sampled(&mut samplers[way], &registries[way], *definition);
        if values.is_empty() {
            prepared.unsampled.push(component.clone());
            continue;
        }
        let (component, is_sent, model) = (component.clone(), output.facts.sent.contains(&id), models.len());
        prepared.samples.extend(values.into_iter().map(|value| Sample {
            component: component.clone(),
            model,
            is_sent,
            value,
        }));
        models.push(types.name(id));
    }
    write_program(&document.slug, &models, out)?;
    file::replace_json(&out.join(SAMPLES), &prepared)
}

/// The types of what only requests hold, and of what holds that although nothing uses it.
fn only_sent(api: &Api) -> HashSet<TypeId> {
    let received = walk::received(api);
    let sent = walk::reachable(api, api.operations.values().flat_map(walk::requests));
    let mut all = walk::leading_to(api, sent.into_iter().filter(|id| !received.contains(id)), walk::mentioned);
    all.retain(|id| !received.contains(id));
    all
}

fn registry(translation: &Translation) -> io::Result<Registry<'_>> {
    let registry = Registry::new().add(SCHEMAS, &translation.document).and_then(|builder| builder.prepare());
    registry.map_err(io::Error::other)
}

/// The proposed values of a definition that the validator accepts.
fn sampled(sampler: &mut Sampler<'_>, registry: &Registry<'_>, definition: usize) -> Vec<Value> {
    let schema = json!({ "$ref": format!("{SCHEMAS}#/$defs/{definition}") });
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true).offline();
    // A schema that the validator itself refuses has no samples.
    let Ok(validator) = options.with_registry(registry).build(&schema) else { return Vec::new() };
    let mut values = sampler.samples(&json!({ "$ref": format!("#/$defs/{definition}") }));
    values.retain(|value| validator.is_valid(value));
    // The first ones show the most; of large ones these are enough.
    let mut size = 0;
    values.retain(|value| {
        let is_kept = size < MOST_BYTES;
        size += value.to_string().len();
        is_kept
    });
    // Where null may stand is said by the place that holds a model; the model itself is what else may stand there.
    if values.iter().any(|value| !value.is_null()) {
        values.retain(|value| !value.is_null());
    }
    values
}

/// Sends the samples of a document through its models, unless the answers are known, and judges what comes back. `of` is
/// a hash of the crate and the compiler.
pub(super) fn run(scratch: &Scratch, slug: &str, of: u64) -> io::Result<RoundTrip> {
    let folder = scratch.program_folder(Program::Models, slug);
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    for path in WRITTEN.into_iter().chain([SAMPLES]) {
        file::read(&folder.join(path))?.hash(&mut hasher);
    }
    let of = hasher.finish();
    let prepared: Prepared = file::read_json(&folder.join(SAMPLES))?;
    let known = folder.join("answers.json");
    let answers = match file::read_json::<Answers>(&known) {
        Ok(answers) if answers.of == of => answers,
        _ => {
            let answers = Answers { of, ..ask(scratch, slug, &prepared.samples)? };
            file::replace_json(&known, &answers)?;
            answers
        }
    };
    Ok(judge(prepared, &answers, &notes::of(slug)?))
}

/// Builds the program and sends it the samples.
fn ask(scratch: &Scratch, slug: &str, samples: &[Sample]) -> io::Result<Answers> {
    if samples.is_empty() {
        return Ok(Answers::default());
    }
    let built = scratch.call(Call::Build(Program::Models), slug)?;
    let Some(program) = built.program.filter(|_| built.compile.errors == 0) else {
        let failure = format!("the program did not compile: {}", built.compile.quotes.join("; "));
        return Ok(Answers { failure: Some(failure), ..Answers::default() });
    };
    let said = send(&program, samples.iter().map(|sample| (sample.model, &sample.value)))?;
    // The executable is large, and the next run makes its own.
    let _ = fs::remove_file(&program);
    Ok(Answers { said, ..Answers::default() })
}

/// Judges the answer to each sample; what the notes excuse is counted apart.
fn judge(prepared: Prepared, answers: &Answers, notes: &[Note]) -> RoundTrip {
    let mut result = RoundTrip {
        schemas: prepared.schemas,
        unsampled: prepared.unsampled,
        unmodelled: prepared.unmodelled,
        samples: prepared.samples.len(),
        ..RoundTrip::default()
    };
    if answers.failure.is_some() {
        return RoundTrip { failure: answers.failure.clone(), ..result };
    }
    let mut quotes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, sample) in prepared.samples.iter().enumerate() {
        // A property that no schema names may be gone. Where no request holds the model, one that was null may be gone too.
        let may_go = |key: &str, value: &Value| key.starts_with(UNKNOWN) || value.is_null() && !sample.is_sent;
        // What has one value only may be there although it was not.
        let may_come = |key: &str, value: &Value| prepared.constants.get(key).is_some_and(|all| all.contains(value));
        let fault = match answers.said.of(index) {
            Ok(text) => compare(&sample.value, text, &Leeway { may_go: &may_go, may_come: &may_come }),
            Err(fault) => Some(fault),
        };
        let Some(fault) = fault else { continue };
        if let Some(note) = notes.iter().find(|note| note.excuses(sample, &fault)) {
            *result.excused.entry(note.reason.clone()).or_default() += 1;
            continue;
        }
        *result.faults.entry(fault.kind.to_owned()).or_default() += 1;
        let quoted = quotes.entry(fault.kind).or_default();
        *quoted += 1;
        if *quoted <= MOST_QUOTES {
            let value: String = sample.value.to_string().chars().take(LONGEST_QUOTE).collect();
            result.quotes.push(format!("{}: {}: {} in {value}", sample.component, fault.kind, fault.what));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(lines: &[&str], end: Option<&str>, failure: Option<&str>) -> RoundTrip {
        let sample =
            |value| Sample { component: "Pet".to_owned(), model: 0, is_sent: true, value: json!({ "id": value }) };
        let prepared = Prepared { samples: (0..3).map(sample).collect(), ..Prepared::default() };
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        let text = |text: Option<&str>| text.map(str::to_owned);
        judge(prepared, &Answers { of: 0, said: Said { lines, end: text(end) }, failure: text(failure) }, &[])
    }

    #[track_caller]
    fn check(lines: &[&str], end: Option<&str>, faults: &[(&str, usize)], quotes: &[&str]) {
        let found = judged(lines, end, None);
        let counted: Vec<(&str, usize)> = found.faults.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        assert_eq!((counted.as_slice(), found.failure.as_deref()), (faults, None));
        assert_eq!(found.quotes, quotes);
    }

    #[test]
    fn wrong_answers_are_faults() {
        check(&["=\t{\"id\":0}", "=\t{\"id\":1.0}", "=\t{\"id\":2}"], None, &[], &[]);
        check(
            &["=\t{}", "!\tdecode: no", "é"],
            None,
            &[("lost", 1), ("refused", 2)],
            &[
                "Pet: lost: /id in {\"id\":0}",
                "Pet: refused: decode: no in {\"id\":1}",
                "Pet: refused: no answer in {\"id\":2}",
            ],
        );
        check(
            &[],
            Some("time-out"),
            &[("crash", 1), ("not tried", 2)],
            &["Pet: crash: time-out in {\"id\":0}", "Pet: not tried:  in {\"id\":1}", "Pet: not tried:  in {\"id\":2}"],
        );
        // What the notes excuse is told apart, and only at its place.
        let sample = |component: &str, key: &str| {
            let lines = vec![format!("=\t{{\"{key}\":null}}")];
            let sample = Sample { component: component.to_owned(), model: 0, is_sent: true, value: json!({}) };
            let prepared = Prepared { samples: vec![sample], ..Prepared::default() };
            let answers = Answers { said: Said { lines, end: None }, ..Answers::default() };
            let note = "document = \"d\"\nschemas = [\"events\"]\nkind = \"added\"\nat = \"/lock\"\nreason = \"r\"";
            let found = judge(prepared, &answers, &[toml::from_str(note).unwrap()]);
            (found.faulty(), found.excused.values().sum::<usize>())
        };
        assert_eq!(sample("events", "lock"), (0, 1));
        assert_eq!(sample("events", "reason"), (1, 0));
        assert_eq!(sample("Pet", "lock"), (1, 0));
        // Without a program no sample is judged.
        let found = judged(&[], None, Some("no program"));
        assert_eq!((found.failure.as_deref(), found.faulty()), (Some("no program"), 0));
    }
}
