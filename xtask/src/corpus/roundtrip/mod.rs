//! The round trip: samples of the component schemas go through the generated models and must come back as they went.
//!
//! `translate` makes plain JSON Schema of the description, `sample` proposes values, the validator chooses among them,
//! a small program sends what is left through the models, and `compare` judges what comes back.

mod compare;
mod flat;
mod pattern;
mod sample;
mod scalar;
mod translate;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use generator::ir::TypeId;
use generator::source::Pointer;
use jsonschema::{Draft, Registry};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::record::{MOST_QUOTES, RoundTrip};
use super::scratch::{Call, Scratch, crate_name, plain_features, program_name};
use super::worker::{Source, hash};
use sample::Sampler;

/// The name under which the validator knows the schemas of a description.
const SCHEMAS: &str = "urn:corpus:schemas";

/// The longest piece of JSON that a report quotes.
const LONGEST_QUOTE: usize = 160;

/// How many bytes the samples of a schema have together, about.
const MOST_BYTES: usize = 100_000;

/// The program that sends samples through models.
const PROGRAM: &str = include_str!("program.rs.txt");

/// What the worker leaves for the run: the samples, and the schemas that have none.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Prepared {
    schemas: usize,
    unsampled: Vec<String>,
    unmodelled: Vec<String>,
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

/// The hash of all that decides which samples there are.
pub(super) fn version() -> u64 {
    let sources = [
        PROGRAM,
        include_str!("mod.rs"),
        include_str!("compare.rs"),
        include_str!("flat.rs"),
        include_str!("pattern.rs"),
        include_str!("sample.rs"),
        include_str!("scalar.rs"),
        include_str!("translate.rs"),
    ];
    hash(sources.concat().as_bytes())
}

/// In a worker: writes the samples and the program into `out`.
pub(super) fn prepare(document: &Source, out: &Path) -> io::Result<()> {
    let outcome = document.generate(&document.documents());
    let Some(output) = outcome.output else { return Err(io::Error::other("the description was refused")) };
    let schemas = Pointer::root().child("components").child("schemas");
    let by_origin: HashMap<&Pointer, TypeId> = output.api.types.iter().map(|(id, def)| (&def.origin, id)).collect();

    let translation = translate::translate(&output.effective);
    let mut prepared = Prepared { schemas: translation.components.len(), ..Prepared::default() };
    let registry = Registry::new().add(SCHEMAS, &translation.document).and_then(|builder| builder.prepare());
    let registry = registry.map_err(io::Error::other)?;
    let mut sampler = Sampler::new(&translation.document["$defs"]);
    let mut models = Vec::new();
    for (component, definition) in &translation.components {
        let Some(id) = by_origin.get(&schemas.child(component)) else {
            prepared.unmodelled.push(component.clone());
            continue;
        };
        let values = sampled(&mut sampler, &registry, *definition);
        if values.is_empty() {
            prepared.unsampled.push(component.clone());
            continue;
        }
        let (component, is_sent, model) = (component.clone(), output.facts.sent.contains(id), models.len());
        prepared.samples.extend(values.into_iter().map(|value| Sample {
            component: component.clone(),
            model,
            is_sent,
            value,
        }));
        models.push(output.names.of_type(*id).name.to_string());
    }
    write_program(&document.slug, &models, out)?;
    serde_json::to_writer(BufWriter::new(File::create(out.join("samples.json"))?), &prepared)?;
    Ok(())
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

fn write_program(slug: &str, models: &[String], out: &Path) -> io::Result<()> {
    fs::create_dir_all(out.join("src"))?;
    let manifest = fs::read_to_string(out.join("../../crates").join(slug).join("Cargo.toml"))?;
    let manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         api = {{ package = {:?}, path = \"../../crates/{slug}\", default-features = false, features = {:?} }}\n\
         serde = \"1\"\nserde_json = \"1\"\n",
        program_name(slug),
        crate_name(slug),
        plain_features(&manifest),
    );
    let mut table =
        "pub type Model = fn(&str) -> Result<String, String>;\n\npub const MODELS: &[Model] = &[\n".to_owned();
    for model in models {
        let _ = writeln!(table, "    crate::through::<api::models::{model}>,");
    }
    table.push_str("];\n");
    fs::write(out.join("Cargo.toml"), manifest)?;
    fs::write(out.join("src/main.rs"), PROGRAM)?;
    fs::write(out.join("src/models.rs"), table)
}

/// Builds the program, sends the samples, and judges what comes back.
pub(super) fn run(scratch: &Scratch, slug: &str) -> io::Result<RoundTrip> {
    let folder = scratch.program_folder(slug);
    let prepared: Prepared = serde_json::from_reader(BufReader::new(File::open(folder.join("samples.json"))?))?;
    let mut result = RoundTrip {
        schemas: prepared.schemas,
        unsampled: prepared.unsampled,
        unmodelled: prepared.unmodelled,
        samples: prepared.samples.len(),
        ..RoundTrip::default()
    };
    if prepared.samples.is_empty() {
        return Ok(result);
    }
    let built = scratch.call(Call::Build, slug)?;
    let Some(program) = built.program.filter(|_| built.compile.errors == 0) else {
        result.failure = Some(format!("the program did not compile: {}", built.compile.quotes.join("; ")));
        return Ok(result);
    };
    let answers = send(&program, &prepared.samples)?;
    // The executable is large, and the next run makes its own.
    let _ = fs::remove_file(&program);
    let mut quotes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, sample) in prepared.samples.iter().enumerate() {
        let fault = match answers.get(index).map(|answer| answer.split_at(answer.len().min(2))) {
            Some(("=\t", text)) => compare::compare(sample, text),
            Some((_, why)) => Some(compare::Fault { kind: "refused", what: why.to_owned() }),
            // What was being decoded when the program ended is to blame; what came after it was never tried.
            None if index == answers.len() => Some(compare::Fault { kind: "crash", what: String::new() }),
            None => Some(compare::Fault { kind: "not tried", what: String::new() }),
        };
        let Some(fault) = fault else { continue };
        *result.faults.entry(fault.kind.to_owned()).or_default() += 1;
        let quoted = quotes.entry(fault.kind).or_default();
        *quoted += 1;
        if *quoted <= MOST_QUOTES {
            let value: String = sample.value.to_string().chars().take(LONGEST_QUOTE).collect();
            result.quotes.push(format!("{}: {}: {} in {value}", sample.component, fault.kind, fault.what));
        }
    }
    Ok(result)
}

/// The answers of the program, a line for each sample that it came to.
fn send(program: &Path, samples: &[Sample]) -> io::Result<Vec<String>> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let answers = std::thread::scope(|scope| {
        // Written beside the reading, since a pipe holds little; a program that has crashed takes no more.
        scope.spawn(move || {
            let mut input = input.map(BufWriter::new)?;
            for sample in samples {
                writeln!(input, "{}\t{}", sample.model, sample.value).ok()?;
            }
            input.flush().ok()
        });
        output.map(BufReader::new).into_iter().flat_map(io::BufRead::lines).collect::<io::Result<Vec<String>>>()
    });
    child.wait()?;
    answers
}
