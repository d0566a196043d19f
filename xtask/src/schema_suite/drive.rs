//! The cases through the generator, the compiler and the models.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use generator::diagnostic::{Level, Place};
use generator::{Outcome, Output};
use serde_json::{Value, json};

use super::cases::{self, Case};
use crate::corpus::{Call, Fault, Leeway, Models, Program, Scratch, Source, compare, send, write_program};
use crate::disk;

/// The description that is written and generated.
const ENTRY: &str = "openapi.json";

/// What the crate and the program are called after.
const SLUG: &str = "schema-suite";

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The generator refuses it, and says where and why.
    Refused(String),
    /// There is no client, and no diagnostic with a place says why.
    Broken(String),
    /// There is a client: what became of each value.
    Driven(Vec<Came>),
}

/// What became of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Back,
    /// It came back without members that the schema says nothing of.
    WithoutUnknown,
    Otherwise(String),
}

/// Where the descriptions and the crates are.
#[derive(Debug)]
pub(super) struct Driver {
    documents: PathBuf,
    scratch: Scratch,
}

impl Driver {
    pub(super) fn new(documents: PathBuf, crates: &Path) -> io::Result<Self> {
        Ok(Self { documents, scratch: Scratch::new(crates)? })
    }

    /// What becomes of each case, in their order.
    pub(super) fn drive<'c>(&self, cases: &[&'c Case]) -> io::Result<Vec<(&'c Case, Fate)>> {
        let mut fates = Vec::new();
        let mut clients = Vec::new();
        for case in cases {
            match self.generate(&[case])? {
                Ok(_) => clients.push(*case),
                Err(fate) => fates.push((*case, fate)),
            }
        }
        self.through(&clients, &mut fates)?;
        let place = |case: &Case| cases.iter().position(|other| other.name == case.name && other.key == case.key);
        fates.sort_by_key(|(case, _)| place(case));
        Ok(fates)
    }

    /// Sends the values of many cases through one crate. Where this cannot be, what is to blame is found by halves.
    fn through<'c>(&self, cases: &[&'c Case], fates: &mut Vec<(&'c Case, Fate)>) -> io::Result<()> {
        if cases.is_empty() {
            return Ok(());
        }
        match self.build(cases)? {
            Ok(program) => fates.extend(ask(&program, cases)?),
            Err(fate) => match cases {
                [case] => fates.push((case, fate)),
                cases => {
                    let (first, second) = cases.split_at(cases.len() / 2);
                    self.through(first, fates)?;
                    self.through(second, fates)?;
                }
            },
        }
        Ok(())
    }

    /// The client of these cases.
    fn generate(&self, cases: &[&Case]) -> io::Result<Result<Output, Fate>> {
        cases::write_description(cases, &self.documents, ENTRY)?;
        let document =
            Source { folder: self.documents.clone(), entry: ENTRY.to_owned(), slug: SLUG.to_owned(), lenient: false };
        Ok(match quietly(|| document.generate(&document.documents())) {
            Ok(outcome) => judge(outcome),
            Err(words) => Err(Fate::Broken(format!("the generator panics: {words}"))),
        })
    }

    fn build(&self, cases: &[&Case]) -> io::Result<Result<PathBuf, Fate>> {
        let output = match self.generate(cases)? {
            Ok(output) => output,
            Err(fate) => return Ok(Err(fate)),
        };
        let models = Models::of(&output);
        let names = cases.iter().map(|case| models.of_component(&cases::holder(case)).map(|id| models.name(id)));
        let Some(names) = names.collect::<Option<Vec<String>>>() else {
            return Ok(Err(Fate::Broken("a record of the description has no model".to_owned())));
        };
        disk::put(&self.scratch.crate_folder(SLUG), &output.files)?;
        write_program(SLUG, &names, &self.scratch.program_folder(Program::Models, SLUG))?;
        let called = self.scratch.call(Call::Build(Program::Models), SLUG)?;
        let is_clean = called.compile.errors + called.compile.warnings == 0;
        Ok(match called.program.filter(|_| is_clean) {
            Some(program) => Ok(program),
            None => Err(Fate::Broken(format!("the compiler says: {}", called.compile.quotes.join("; ")))),
        })
    }
}

/// What a function returns, or the words with which it panics.
fn quietly<T>(function: impl FnOnce() -> T) -> Result<T, String> {
    thread_local!(static WORDS: RefCell<String> = const { RefCell::new(String::new()) });
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|info| WORDS.set(info.to_string())));
    let result = panic::catch_unwind(AssertUnwindSafe(function));
    panic::set_hook(hook);
    result.map_err(|_| WORDS.take())
}

fn judge(outcome: Outcome) -> Result<Output, Fate> {
    let Some(output) = outcome.output else {
        let errors = outcome.report.diagnostics.iter().filter(|(level, _)| *level == Level::Error);
        let errors: Vec<_> = errors.map(|(_, error)| error).collect();
        let said: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.code.name, error.message)).collect();
        let is_located = !errors.is_empty() && errors.iter().all(|error| !matches!(error.place, Place::File(_)));
        let said = said.join("; ");
        return Err(if is_located { Fate::Refused(said) } else { Fate::Broken(format!("refused nowhere: {said}")) });
    };
    Ok(output)
}

/// What becomes of the values of the cases.
fn ask<'c>(program: &Path, cases: &[&'c Case]) -> io::Result<Vec<(&'c Case, Fate)>> {
    let tests = || cases.iter().enumerate().flat_map(|(model, case)| case.tests.iter().map(move |test| (model, test)));
    let values: Vec<(usize, Value)> = tests().map(|(model, test)| (model, json!({ "value": test.data }))).collect();
    let said = send(program, values.iter().map(|(model, value)| (*model, value)))?;
    let mut values = values.iter().enumerate();
    let fates = cases.iter().map(|case| {
        let names = cases::names(case);
        let fates = values.by_ref().take(case.tests.len());
        let fates = fates.map(|(index, (_, value))| match said.of(index) {
            Ok(text) => came(value, text, names.as_ref()),
            Err(fault) => Came::Otherwise(shown(&fault)),
        });
        (*case, Fate::Driven(fates.collect()))
    });
    Ok(fates.collect())
}

fn came(value: &Value, text: &str, names: Option<&BTreeSet<&str>>) -> Came {
    let Some(fault) = compare(value, text, &Leeway { may_go: &|_, _| false, may_come: &|_, _| false }) else {
        return Came::Back;
    };
    match compare(
        value,
        text,
        &Leeway { may_go: &|key, _| names.is_some_and(|names| !names.contains(key)), may_come: &|_, _| false },
    ) {
        None => Came::WithoutUnknown,
        Some(_) => Came::Otherwise(shown(&fault)),
    }
}

fn shown(fault: &Fault) -> String {
    format!("{}: {}", fault.kind, fault.what)
}
