//! The report of a run: a line for each document, tables in Markdown, everything in JSON, and totals.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};

use super::find::{Document, Expect};
use super::record::{Calls, Compile, End, Record, RoundTrip};

/// How many lines a table of codes has.
const MOST_CODES: usize = 40;

/// What was measured, in the order of the documents.
#[derive(Debug)]
pub(super) struct Report {
    rows: Vec<(Document, Record)>,
    /// The names of the documents that could not be measured, each with what stood in the way.
    unmeasured: Vec<(String, String)>,
}

/// Sums over documents.
#[derive(Debug, Default)]
struct Totals {
    documents: usize,
    crates: usize,
    leniently: usize,
    panicked: Vec<String>,
    stated: usize,
    left_out: usize,
    types: usize,
    places: usize,
    untyped: usize,
    numbered: usize,
    lines: usize,
    /// By the name of the step.
    compiles: BTreeMap<&'static str, Sum>,
    samples: usize,
    faulty: usize,
    without_trip: Vec<String>,
    calls: usize,
    wrong_calls: usize,
}

/// Sums over calls of Cargo.
#[derive(Debug, Default)]
struct Sum {
    crates: usize,
    clean: usize,
    errors: usize,
    warnings: usize,
    seconds: f64,
    /// Of the largest compiler.
    peak_mib: Option<f64>,
}

impl Sum {
    fn add(&mut self, compile: &Compile) {
        self.crates += 1;
        self.clean += usize::from(compile.errors + compile.warnings == 0);
        self.errors += compile.errors;
        self.warnings += compile.warnings;
        self.seconds += compile.usage.time();
        self.peak_mib = [self.peak_mib, compile.usage.peak_mib].into_iter().flatten().reduce(f64::max);
    }
}

impl Report {
    pub(super) fn new(results: impl Iterator<Item = (Document, Result<Record, String>)>) -> Self {
        let mut report = Self { rows: Vec::new(), unmeasured: Vec::new() };
        for (document, result) in results {
            match result {
                Ok(record) => report.rows.push((document, record)),
                Err(why) => report.unmeasured.push((document.name, why)),
            }
        }
        report
    }

    /// What is not as it should be, whatever was measured before, a sentence each: documents that could not be measured,
    /// and those that became what the list of their folder does not say.
    pub(super) fn unexpected(&self, is_lenient: bool) -> Vec<String> {
        let unmeasured = self.unmeasured.iter().map(|(name, why)| format!("{name}: not measured: {why}"));
        let unmet = self.rows.iter().filter_map(|(document, record)| {
            let what = match (document.expect, record.generated.end == End::Crate) {
                (Expect::Compile, false) => "should become a crate, and does not",
                (Expect::Diagnostic, true) if !is_lenient => "should be refused, and becomes a crate",
                _ => return None,
            };
            Some(format!("{}: {what}", document.name))
        });
        unmeasured.chain(unmet).collect()
    }

    /// Each document with what is known of it.
    pub(super) fn rows(&self) -> impl Iterator<Item = &(Document, Record)> {
        self.rows.iter()
    }

    /// Everything, for programs.
    pub(super) fn json(&self) -> io::Result<Vec<u8>> {
        let documents: Vec<Value> = self
            .rows
            .iter()
            .map(|(document, record)| {
                let mut row = serde_json::to_value(record)?;
                row["name"] = json!(document.name);
                row["left_out"] = json!(record.best().left_out());
                Ok(row)
            })
            .collect::<serde_json::Result<_>>()?;
        let unmeasured: BTreeMap<&str, &str> =
            self.unmeasured.iter().map(|(name, why)| (name.as_str(), why.as_str())).collect();
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        Ok(serde_json::to_vec_pretty(&json!({ "profile": profile, "documents": documents, "unmeasured": unmeasured }))?)
    }

    /// Totals for people.
    pub(super) fn totals(&self) -> String {
        let sum = self.sum();
        let mut text = String::new();
        let mut line = |name: &str, value: String| _ = writeln!(text, "{name:<12} {value}");
        let refused = sum.documents - sum.crates - sum.leniently;
        line(
            "documents",
            format!("{}: {} crates, {} only leniently, {refused} none", sum.documents, sum.crates, sum.leniently),
        );
        if !self.unmeasured.is_empty() {
            let names: Vec<&str> = self.unmeasured.iter().map(|(name, _)| name.as_str()).collect();
            line("unmeasured", format!("{}: {}", names.len(), names.join(", ")));
        }
        if !sum.panicked.is_empty() {
            line("panicked", format!("{}: {}", sum.panicked.len(), sum.panicked.join(", ")));
        }
        line(
            "operations",
            format!("{} in the documents, {} left out{}", sum.stated, sum.left_out, percent(sum.left_out, sum.stated)),
        );
        line("types", format!("{}; {} of all names have a number", sum.types, sum.numbered));
        line("places", format!("{}, {} untyped{}", sum.places, sum.untyped, percent(sum.untyped, sum.places)));
        line("lines", sum.lines.to_string());
        for (name, Sum { crates, clean, errors, warnings, seconds, peak_mib }) in &sum.compiles {
            let cost =
                format!("{seconds:.1} s{}", peak_mib.map(|mib| format!(", {mib:.0} MiB at most")).unwrap_or_default());
            line(name, format!("{crates} crates, {clean} clean; {errors} errors, {warnings} warnings; {cost}"));
        }
        if sum.samples > 0 || !sum.without_trip.is_empty() {
            let faulty = format!("{} faulty{}", sum.faulty, percent(sum.faulty, sum.samples));
            line("round trip", format!("{} samples, {faulty}", sum.samples));
        }
        if sum.calls > 0 {
            line("calls", format!("{}, {} wrong", sum.calls, sum.wrong_calls));
        }
        if !sum.without_trip.is_empty() {
            line("", format!("{} without a round trip: {}", sum.without_trip.len(), sum.without_trip.join(", ")));
        }
        text
    }

    fn sum(&self) -> Totals {
        let mut sum = Totals { documents: self.rows.len(), ..Totals::default() };
        for (document, record) in &self.rows {
            let (best, name) = (record.best(), &document.name);
            match (&record.generated.end, &best.end) {
                (End::Crate, _) => sum.crates += 1,
                (_, End::Crate) => sum.leniently += 1,
                _ => {}
            }
            if record.crashed() {
                sum.panicked.push(name.clone());
            }
            sum.stated += record.generated.stated_operations;
            sum.left_out += record.best().left_out();
            sum.lines += best.lines;
            if let Some(survey) = &best.survey {
                sum.types += survey.types;
                sum.places += survey.places;
                sum.untyped += survey.untyped;
                sum.numbered += survey.numbered;
            }
            for (name, compile) in record.compiles() {
                sum.compiles.entry(name).or_default().add(compile);
            }
            if let Some(calls) = &record.calls {
                sum.calls += calls.right + calls.faulty();
                sum.wrong_calls += calls.faulty();
            }
            if let Some(roundtrip) = &record.roundtrip {
                sum.samples += roundtrip.samples;
                sum.faulty += roundtrip.faulty();
                if roundtrip.failure.is_some() {
                    sum.without_trip.push(name.clone());
                }
            }
        }
        sum
    }

    /// Tables for people.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("# Corpus\n\n```text\n{}```\n\n", self.totals());
        text.push_str("| document | version | end | operations | left out | types | untyped | numbered | lines | ms | MiB | check | s | MiB | clippy | doc | round trip | calls |\n");
        text.push_str("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|---|---|---|---|\n");
        for (document, record) in &self.rows {
            let best = record.best();
            let survey = best.survey.clone().unwrap_or_default();
            let memory = |mib: Option<f64>| mib.map(|mib| format!("{mib:.0}")).unwrap_or_default();
            let check = record.check.as_ref();
            let cells = [
                document.name.clone(),
                record.generated.version.clone(),
                end(record).to_owned(),
                record.generated.stated_operations.to_string(),
                best.left_out().to_string(),
                survey.types.to_string(),
                survey.untyped.to_string(),
                survey.numbered.to_string(),
                best.lines.to_string(),
                format!("{:.0}", best.time()),
                memory(best.peak_mib),
                check.map(faults).unwrap_or_default(),
                check.map(|check| format!("{:.1}", check.usage.time())).unwrap_or_default(),
                memory(check.and_then(|check| check.usage.peak_mib)),
                record.clippy.as_ref().map(faults).unwrap_or_default(),
                record.doc.as_ref().map(faults).unwrap_or_default(),
                record.roundtrip.as_ref().map(trip).unwrap_or_default(),
                record.calls.as_ref().map(called).unwrap_or_default(),
            ];
            let _ = writeln!(text, "| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
        }
        self.codes(&mut text, "Errors by code, as the documents are", |record| &record.generated.errors);
        self.codes(&mut text, "Warnings by code, of the crates", |record| &record.best().warnings);
        self.quotes(&mut text);
        text
    }

    fn codes(&self, text: &mut String, title: &str, of: impl Fn(&Record) -> &BTreeMap<String, usize>) {
        let mut all: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (code, count) in self.rows.iter().flat_map(|(_, record)| of(record)) {
            let (documents, sum) = all.entry(code).or_default();
            (*documents, *sum) = (*documents + 1, *sum + count);
        }
        let mut all: Vec<(&str, (usize, usize))> = all.into_iter().collect();
        all.sort_by_key(|(_, counts)| std::cmp::Reverse(*counts));
        let _ = writeln!(text, "\n## {title}\n\n| code | documents | times |\n|---|--:|--:|");
        for (code, (documents, times)) in all.into_iter().take(MOST_CODES) {
            let _ = writeln!(text, "| {code} | {documents} | {times} |");
        }
    }

    /// The first faults of each document.
    fn quotes(&self, text: &mut String) {
        text.push_str("\n## Faults\n");
        for (name, why) in &self.unmeasured {
            let _ = writeln!(text, "\n### {name}\n\n- `not measured: {}`", why.replace('`', "'").replace('\n', " "));
        }
        for (document, record) in &self.rows {
            let mut lines = record.generated.quotes.clone();
            lines.extend(record.last_words().map(|words| format!("panic: {words}")));
            for (name, compile) in record.compiles() {
                lines.extend(compile.quotes.iter().map(|quote| format!("{name}: {quote}")));
            }
            if let Some(roundtrip) = &record.roundtrip {
                lines.extend(
                    roundtrip.failure.iter().chain(&roundtrip.quotes).map(|quote| format!("round trip: {quote}")),
                );
            }
            if let Some(calls) = &record.calls {
                lines.extend(calls.failure.iter().chain(&calls.faults).map(|quote| format!("calls: {quote}")));
            }
            if let Some(survey) = &record.best().survey {
                lines.extend(survey.untyped_at.iter().take(5).map(|place| format!("untyped: {place}")));
                lines.extend(survey.numbered_at.iter().take(5).map(|place| format!("numbered: {place}")));
            }
            if !lines.is_empty() {
                let _ = writeln!(text, "\n### {}\n", document.name);
                for line in lines {
                    let _ = writeln!(text, "- `{}`", line.replace('`', "'").replace('\n', " "));
                }
            }
        }
    }
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { String::new() } else { format!(" ({:.2} %)", part as f64 * 100.0 / whole as f64) }
}

fn end(record: &Record) -> &'static str {
    match (&record.generated.end, record.leniently.as_ref().map(|generated| &generated.end)) {
        (End::Crate, _) => "crate",
        (End::Panicked(_), _) | (_, Some(End::Panicked(_))) => "panic",
        (End::TimedOut, _) | (_, Some(End::TimedOut)) => "time-out",
        (End::Refused, Some(End::Crate)) => "lenient",
        (End::Refused, _) => "refused",
    }
}

/// A document in one line.
pub(super) fn line(record: &Record) -> String {
    let best = record.best();
    let mut parts = vec![end(record).to_owned()];
    if let Some(survey) = &best.survey {
        let (operations, left_out) = (survey.operations, best.left_out());
        let left_out = if left_out > 0 { format!(" (-{left_out})") } else { String::new() };
        parts.push(format!("{operations}{left_out} operations, {} types, {} lines", survey.types, best.lines));
        parts.push(format!("{:.0} ms", best.time()));
    } else {
        parts.extend(record.last_words().or(best.quotes.first().map(String::as_str)).map(str::to_owned));
    }
    parts.extend(record.compiles().map(|(name, compile)| format!("{name} {}", compiled(compile))));
    parts.extend(record.roundtrip.iter().map(|roundtrip| format!("round trip {}", trip(roundtrip))));
    parts.extend(record.calls.iter().map(|calls| format!("calls {}", called(calls))));
    parts.join("; ")
}

fn compiled(compile: &Compile) -> String {
    let memory = compile.usage.peak_mib.map(|mib| format!(" {mib:.0} MiB")).unwrap_or_default();
    format!("{} {:.1} s{memory}", faults(compile), compile.usage.time())
}

fn faults(compile: &Compile) -> String {
    match (compile.errors, compile.warnings) {
        (0, 0) => "ok".to_owned(),
        (0, warnings) => format!("{warnings} W"),
        (errors, 0) => format!("{errors} E"),
        (errors, warnings) => format!("{errors} E {warnings} W"),
    }
}

fn called(calls: &Calls) -> String {
    match calls.failure {
        Some(_) => "failed".to_owned(),
        None => format!("{}/{}", calls.right, calls.right + calls.faulty()),
    }
}

fn trip(roundtrip: &RoundTrip) -> String {
    if roundtrip.failure.is_some() {
        return "failed".to_owned();
    }
    let mut text = format!("{}/{}", roundtrip.samples - roundtrip.faulty(), roundtrip.samples);
    let excused: usize = roundtrip.excused.values().sum();
    if excused > 0 {
        let _ = write!(text, ", {excused} of them by the notes");
    }
    for (names, what) in [(&roundtrip.unsampled, "unsampled"), (&roundtrip.unmodelled, "unmodelled")] {
        if !names.is_empty() {
            let _ = write!(text, ", {} {what}", names.len());
        }
    }
    text
}
