//! The ratchet: what each document was like when somebody last looked, and what may not get worse.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::record::{Compile, End, Record};
use super::report::Report;

/// The numbers of each document by name.
pub(super) type Baseline = BTreeMap<String, BTreeMap<String, f64>>;

/// A number that should not grow.
struct Metric {
    name: &'static str,
    /// `None` where it was not measured.
    of: fn(&Record) -> Option<f64>,
    /// How much more is taken for the same: a factor and an amount. Times and memory differ between machines.
    leeway: (f64, f64),
    /// Whether a document that was not measured before must not have any.
    is_fault: bool,
}

const EXACT: (f64, f64) = (1.0, 0.0);

#[rustfmt::skip]
const METRICS: &[Metric] = &[
    Metric { name: "panicked", of: |record| flag(record.crashed()), leeway: EXACT, is_fault: true },
    Metric { name: "refused", of: |record| flag(record.generated.end != End::Crate), leeway: EXACT, is_fault: false },
    Metric { name: "refused-leniently", of: |record| flag(record.best().end != End::Crate), leeway: EXACT, is_fault: false },
    Metric { name: "left-out", of: |record| of_crate(record, record.best().left_out()), leeway: EXACT, is_fault: false },
    Metric { name: "untyped", of: |record| survey(record, |survey| survey.untyped), leeway: EXACT, is_fault: false },
    Metric { name: "numbered", of: |record| survey(record, |survey| survey.numbered), leeway: EXACT, is_fault: false },
    Metric { name: "lines", of: |record| of_crate(record, record.best().lines), leeway: (1.02, 50.0), is_fault: false },
    Metric { name: "milliseconds", of: |record| release(record, record.best().time()), leeway: (3.0, 500.0), is_fault: false },
    Metric { name: "mib", of: |record| release(record, record.best().peak_mib?), leeway: (1.5, 20.0), is_fault: false },
    Metric { name: "check-errors", of: |record| errors(record.check.as_ref()), leeway: EXACT, is_fault: true },
    Metric { name: "check-warnings", of: |record| warnings(record.check.as_ref()), leeway: EXACT, is_fault: true },
    Metric { name: "check-seconds", of: |record| Some(record.check.as_ref()?.usage.time()), leeway: (2.5, 3.0), is_fault: false },
    Metric { name: "check-mib", of: |record| record.check.as_ref()?.usage.peak_mib, leeway: (1.5, 100.0), is_fault: false },
    Metric { name: "clippy", of: |record| faults(record.clippy.as_ref()), leeway: EXACT, is_fault: true },
    Metric { name: "doc", of: |record| faults(record.doc.as_ref()), leeway: EXACT, is_fault: true },
    Metric { name: "roundtrip-failed", of: |record| flag(record.roundtrip.as_ref()?.failure.is_some()), leeway: EXACT, is_fault: true },
    Metric { name: "roundtrip-faults", of: |record| Some(record.roundtrip.as_ref()?.faulty() as f64), leeway: EXACT, is_fault: false },
    Metric { name: "calls-faults", of: |record| record.calls.as_ref().map(|calls| calls.faulty() as f64), leeway: EXACT, is_fault: true },
    Metric { name: "unsampled", of: |record| Some(record.roundtrip.as_ref()?.unsampled.len() as f64), leeway: EXACT, is_fault: false },
    Metric { name: "unmodelled", of: |record| Some(record.roundtrip.as_ref()?.unmodelled.len() as f64), leeway: EXACT, is_fault: false },
];

fn flag(is: bool) -> Option<f64> {
    Some(if is { 1.0 } else { 0.0 })
}

fn of_crate(record: &Record, number: usize) -> Option<f64> {
    (record.best().end == End::Crate).then_some(number as f64)
}

fn survey(record: &Record, number: fn(&super::survey::Survey) -> usize) -> Option<f64> {
    record.best().survey.as_ref().map(|survey| number(survey) as f64)
}

/// What only a build with optimisations can tell.
fn release(record: &Record, number: f64) -> Option<f64> {
    (record.best().end == End::Crate && !cfg!(debug_assertions)).then_some(number.round())
}

fn errors(compile: Option<&Compile>) -> Option<f64> {
    compile.map(|compile| compile.errors as f64)
}

fn warnings(compile: Option<&Compile>) -> Option<f64> {
    compile.map(|compile| compile.warnings as f64)
}

fn faults(compile: Option<&Compile>) -> Option<f64> {
    compile.map(|compile| (compile.errors + compile.warnings) as f64)
}

/// Reads the baseline. A file that is not there holds nothing, unless it must exist.
///
/// # Errors
///
/// A sentence for the user.
pub(super) fn read(file: &Path, must_exist: bool) -> Result<Baseline, String> {
    let shown = file.display();
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| format!("`{shown}` is no baseline: {error}")),
        Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => Ok(Baseline::new()),
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

/// What is worse than it was, a sentence each.
pub(super) fn worse(before: &Baseline, report: &Report) -> Vec<String> {
    let mut worse = Vec::new();
    for (document, record) in report.rows() {
        let known = before.get(&document.name);
        for metric in METRICS {
            let Some(now) = (metric.of)(record) else { continue };
            let then = known.and_then(|known| known.get(metric.name)).copied();
            let Some(then) = then.or_else(|| metric.is_fault.then_some(0.0)) else { continue };
            let (factor, amount) = metric.leeway;
            if now > then * factor + amount {
                worse.push(format!("{}: {} was {then}, is {now}", document.name, metric.name));
            }
        }
    }
    worse
}

/// Writes the baseline with the numbers of the report in it; those of other documents and steps stay.
pub(super) fn write(file: &Path, mut baseline: Baseline, report: &Report) -> io::Result<()> {
    for (document, record) in report.rows() {
        let known = baseline.entry(document.name.clone()).or_default();
        for metric in METRICS {
            if let Some(now) = (metric.of)(record) {
                known.insert(metric.name.to_owned(), (now * 10.0).round() / 10.0);
            }
        }
    }
    // A line for each document, so that a change is read as one.
    let lines: Vec<String> = baseline
        .iter()
        .map(|(name, numbers)| {
            // A whole number is written as one.
            let numbers: Vec<String> =
                numbers.iter().map(|(metric, number)| format!("\"{metric}\": {number}")).collect();
            Ok(format!("{}: {{{}}}", serde_json::to_string(name)?, numbers.join(", ")))
        })
        .collect::<io::Result<_>>()?;
    super::file::replace(file, format!("{{\n{}\n}}\n", lines.join(",\n")).as_bytes())
}
