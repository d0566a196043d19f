//! `conformance`: every scenario of TypeSpec's http-specs, driven through generated clients against their mock server; and a
//! second opinion on what generated clients send, that of openapi-core.
//!
//! Node emits the descriptions and serves the mocks; each description becomes a client and a driver of it; one program
//! of all drivers carries out what the scenarios ask for, and what comes back is held against what the server sent.
//! Everything lies in `target/conformance/`.

mod description;
mod judge;
mod node;
mod notes;
mod opinion;
mod plan;
mod report;
mod scenario;
mod stream;
mod template;
mod unspell;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use driver::{Built, Program, Workspace};
use serde_json::Value;

use crate::Failure;
use crate::cli::{Conformance, Part};
use crate::message::{self, refused};
use crate::place;
use crate::python::Python;
use crate::ratchet::{self, Baseline};
use description::Description;
use node::{Node, Server};
use notes::Notes;
use opinion::Agreed;
use report::{Report, Verdict};
use scenario::{Exchange, Scenario};

pub(crate) use description::Version;

/// Where packages, descriptions and crates are, from the root of the workspace.
const FOLDER: &str = "target/conformance";

/// What is committed, from the root of the workspace.
const SOURCES: &str = "tests/conformance";

/// The report, from the root of the workspace.
const REPORT: &str = "CONFORMANCE.md";

/// The clients of one version.
struct Clients {
    version: Version,
    descriptions: Vec<(Description, String)>,
    /// Descriptions that were refused, by group, and why.
    refused: BTreeMap<String, String>,
}

/// Runs the command.
pub(crate) fn run(args: &Conformance) -> Result<(), Failure> {
    let root = place::workspace();
    let (sources, folder) = (root.join(SOURCES), root.join(FOLDER));
    let is_about_scenarios =
        args.filter.is_some() || args.json.is_some() || args.baseline.is_some() || !args.version.is_empty();
    if args.only == Some(Part::Opinion) && is_about_scenarios {
        let words =
            "`--filter`, `--version`, `--json` and `--baseline` are about the scenarios: leave out `--only opinion`";
        return Err(Failure::Usage(words.to_owned()));
    }
    let mut amiss = Vec::new();
    if args.only != Some(Part::Opinion) {
        amiss.extend(drive_scenarios(args, &root, &sources, &folder)?);
    }
    // Who names scenarios means them.
    if args.only.map_or(args.filter.is_none(), |part| part == Part::Opinion) {
        amiss.extend(ask_for_opinion(args, &root, &sources, &folder)?);
    }
    message::amiss(&amiss, "the notes in tests/conformance/")
}

/// Has openapi-core judge the rows of the wire. Returns what is amiss, a sentence each.
fn ask_for_opinion(args: &Conformance, root: &Path, sources: &Path, folder: &Path) -> Result<Vec<String>, Failure> {
    let file = sources.join("second-opinion.json");
    let before = Agreed::read(&file).map_err(Failure::Usage)?;
    let python = match Python::set_up(sources, folder) {
        Ok(python) => python,
        Err(why) if args.optional => {
            message::put(&format!("skipped: the second opinion: {why}\n"));
            return Ok(Vec::new());
        }
        Err(why) => return Err(refused(&why)),
    };
    message::put("asking openapi-core about the rows of the wire\n");
    let opinion = opinion::ask(root, sources, folder, &python).map_err(|why| refused(&why))?;
    io::stdout().lock().write_all(opinion.total().as_bytes())?;
    let report = root.join(REPORT);
    let text = fs::read_to_string(&report).unwrap_or_default();
    let (scenarios, _) = divided(&text);
    fs::write(&report, format!("{}\n\n{}", scenarios.trim_end(), opinion.markdown()))?;
    if args.bless {
        opinion.agreed.write(&file)?;
        return Ok(opinion.amiss(&opinion.agreed));
    }
    Ok(opinion.amiss(&before))
}

/// The report: the scenarios, and the second opinion.
fn divided(report: &str) -> (&str, &str) {
    report.split_at(report.find(opinion::HEADING).unwrap_or(report.len()))
}

/// Drives the scenarios. Returns what is amiss, a sentence each.
fn drive_scenarios(args: &Conformance, root: &Path, sources: &Path, folder: &Path) -> Result<Vec<String>, Failure> {
    let file = args.baseline.clone().unwrap_or_else(|| sources.join("baseline.json"));
    let before = ratchet::read(&file).map_err(Failure::Usage)?;
    let node = match Node::set_up(sources, folder) {
        Ok(node) => node,
        Err(why) if args.optional => {
            message::put(&format!("skipped: the scenarios: {why}\n"));
            return Ok(Vec::new());
        }
        Err(why) => return Err(refused(&why)),
    };
    let documents = emitted(&node, sources, folder).map_err(|why| refused(&why))?;
    let scenarios = scenarios(&node, folder).map_err(|why| refused(&why))?;
    let notes = Notes::read(&sources.join("notes.toml"), &scenarios).map_err(|why| refused(&why))?;
    let is_wanted = |scenario: &&Scenario| args.filter.as_ref().is_none_or(|part| scenario.name.contains(part));
    let wanted: Vec<&Scenario> = scenarios.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        return Err(Failure::Usage("no scenario has a name like that".to_owned()));
    }

    let versions: Vec<Version> =
        Version::ALL.into_iter().filter(|version| args.version.is_empty() || args.version.contains(version)).collect();
    let mut workspace = Workspace::new(&folder.join("workspace"))?;
    let mut all = Vec::new();
    for version in &versions {
        message::put(&format!("generating the clients of {}\n", version.name()));
        all.push(clients(&documents, *version, &wanted, &mut workspace)?);
    }
    message::put("building the program that drives them\n");
    let built = workspace.build()?;
    built.broken.values().for_each(|words| message::put(words));
    let mut report = Report::default();
    for clients in &all {
        message::put(&format!("driving the clients of {}\n", clients.version.name()));
        let server = node.serve().map_err(|why| refused(&why))?;
        report.add(clients.version, drive(clients, &built, &server, &notes, &wanted)?);
    }

    if let Some(file) = &args.json {
        fs::write(file, serde_json::to_vec_pretty(&report.json()).map_err(io::Error::from)?)?;
    }
    let is_whole = args.filter.is_none();
    if is_whole && versions.len() == Version::ALL.len() {
        let path = root.join(REPORT);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let (_, opinion) = divided(&text);
        let end = if opinion.is_empty() { String::new() } else { format!("\n{opinion}") };
        fs::write(&path, format!("{}{end}", report.markdown(&notes)))?;
    }
    amiss(args, &file, before, &report, &notes, is_whole)
}

/// Emits the descriptions, unless these packages and this script have done so already.
fn emitted(node: &Node, sources: &Path, folder: &Path) -> Result<PathBuf, String> {
    let documents = folder.join("documents");
    let told = |error: io::Error| format!("`{}`: {error}", documents.display());
    let mut key = fs::read(sources.join("package-lock.json")).map_err(told)?;
    key.extend(fs::read(sources.join("tools.mjs")).map_err(told)?);
    let done = documents.join("made-from");
    if fs::read(&done).ok().as_ref() != Some(&key) {
        message::put("emitting the descriptions\n");
        if documents.exists() {
            fs::remove_dir_all(&documents).map_err(told)?;
        }
        node.run(["emit", "documents"])?;
        fs::write(&done, &key).map_err(told)?;
    }
    Ok(documents)
}

fn scenarios(node: &Node, folder: &Path) -> Result<Vec<Scenario>, String> {
    let file = folder.join("scenarios.json");
    node.run(["scenarios", "scenarios.json", &node.link()])?;
    let text = fs::read(&file).map_err(|error| format!("`{}`: {error}", file.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("`{}`: {error}", file.display()))
}

/// Generates the clients that the scenarios need.
fn clients(
    documents: &Path,
    version: Version,
    wanted: &[&Scenario],
    workspace: &mut Workspace,
) -> Result<Clients, Failure> {
    let groups: BTreeSet<&str> = wanted.iter().map(|scenario| scenario.group.as_str()).collect();
    let mut clients = Clients { version, descriptions: Vec::new(), refused: BTreeMap::new() };
    for description in description::generate(documents, version, |group| groups.contains(group))? {
        match description {
            Ok(description) => {
                let name = workspace.add(&description.slug, &version.name().replace('.', ""), &description.client)?;
                clients.descriptions.push((description, name));
            }
            Err((group, why)) => _ = clients.refused.insert(group, why),
        }
    }
    Ok(clients)
}

/// Carries out the scenarios with the clients of one version.
fn drive<'s>(
    clients: &Clients,
    built: &Built,
    server: &Server,
    notes: &Notes,
    wanted: &[&'s Scenario],
) -> io::Result<Vec<(&'s Scenario, Verdict)>> {
    let mut program = Program::start(&built.program)?;
    let mut verdicts = Vec::new();
    for scenario in wanted {
        let verdict = match notes.inexpressible(clients.version, &scenario.name) {
            Some(why) => Verdict::Inexpressible(why.to_owned()),
            None => match one(clients, built, server, scenario, &mut program) {
                Some(why) => Verdict::Failed(why),
                None => Verdict::Passed,
            },
        };
        verdicts.push((*scenario, verdict));
    }
    let unseen = unseen(server)?;
    for (scenario, verdict) in &mut verdicts {
        if *verdict == Verdict::Passed && unseen.contains(&scenario.name) {
            *verdict = Verdict::Failed("the mock server has not seen all that it waits for".to_owned());
        }
    }
    Ok(verdicts)
}

/// What is wrong with a scenario; `None` where nothing is.
fn one(
    clients: &Clients,
    built: &Built,
    server: &Server,
    scenario: &Scenario,
    program: &mut Program,
) -> Option<String> {
    if let Some(why) = clients.refused.get(&scenario.group) {
        return Some(format!("the description is refused: {why}"));
    }
    let own = clients.descriptions.iter().filter(|(description, _)| description.group == scenario.group);
    let own: Vec<&(Description, String)> = own.collect();
    let descriptions: Vec<&Description> = own.iter().map(|(description, _)| description).collect();
    let mut exchanges = scenario.wanted().peekable();
    while let Some(exchange) = exchanges.next() {
        let call = match plan::call(&descriptions, exchange) {
            Ok(call) => call,
            Err(why) => return Some(why),
        };
        let client = own.iter().find(|(description, _)| std::ptr::eq(description, call.description));
        let name = client.map(|(_, name)| name.as_str()).unwrap_or_default();
        if let Some(why) = built.broken.get(name) {
            return Some(format!("the client does not compile: {}", first_lines(why)));
        }
        // What no operation is leads on from the answer before.
        let is_link = |next: &&Exchange| next.method == "get" && plan::call(&descriptions, next).is_err();
        let linked: Vec<&Exchange> = std::iter::from_fn(|| exchanges.next_if(is_link)).collect();
        let follow: Vec<&str> = linked.iter().map(|exchange| exchange.uri.as_str()).collect();
        let outcome = program.call(&call.line(name, &server.url(), &follow, scenario.reconnects()));
        let outcomes = outcome.as_array().map_or(std::slice::from_ref(&outcome), Vec::as_slice);
        if outcomes.len() <= linked.len() && outcome["fault"].is_null() {
            return Some("the client follows no link from its answer".to_owned());
        }
        let mut judged = std::iter::once(exchange).chain(linked).zip(outcomes);
        let fault = judged
            .find_map(|(exchange, outcome)| judge::judge(&call, exchange, outcome, scenario.reconnects()))
            .or_else(|| call.untyped.map(str::to_owned));
        if fault.is_some() {
            return fault;
        }
    }
    None
}

fn first_lines(text: &str) -> String {
    text.lines().take(2).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The scenarios that the mock server does not take for passed.
fn unseen(server: &Server) -> io::Result<BTreeSet<String>> {
    let coverage: Value = serde_json::from_slice(&server.get("/.coverage")?)?;
    let results = coverage.as_array().into_iter().flatten().filter_map(|part| part["results"].as_object());
    let failed = results.flatten().filter(|(_, result)| *result != "pass");
    Ok(failed.map(|(name, _)| name.clone()).collect())
}

/// Tells what got worse, and where the notes and what was seen do not agree.
fn amiss(
    args: &Conformance,
    file: &Path,
    before: Baseline,
    report: &Report<'_>,
    notes: &Notes,
    is_whole: bool,
) -> Result<Vec<String>, Failure> {
    io::stdout().lock().write_all(report.totals().as_bytes())?;
    let mut amiss = Vec::new();
    if is_whole {
        let versions = report.versions().iter();
        amiss.extend(
            versions
                .flat_map(|(version, verdicts)| notes.amiss(*version, &report::failed(verdicts).collect::<Vec<_>>())),
        );
    }
    if args.bless {
        ratchet::write(file, before, report.known())?;
    } else {
        amiss.extend(
            ratchet::worse(&before, &report.known(), is_whole).into_iter().map(|line| format!("worse: {line}")),
        );
    }
    Ok(amiss)
}
