//! Runs cases, and says where what was sent or came back is not what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use generator::Report;
use generator::ir::{Id as _, OperationId};
use generator::source::Pointer;
use serde_json::{Value, json};

use super::server::{Received, Server};
use super::{Case, Cases, Setting, describe};
use crate::{Client, Program, Workspace};

/// Headers that are of no matter unless a case states them: the transport or the client sets them on every request.
const AMBIENT: [&str; 6] = ["accept", "accept-encoding", "connection", "content-length", "host", "user-agent"];

/// What the server says unless a case has its own answer.
const DONE: &str = "HTTP/1.1 204 No Content";

/// What came of all cases.
#[derive(Debug)]
pub struct Run<'c> {
    /// The descriptions by what their cases have in common.
    pub descriptions: BTreeMap<Setting, Value>,
    /// What came of each case, in their order.
    pub outcomes: Vec<Outcome<'c>>,
    /// What is wrong that is no matter of one case.
    pub faults: Vec<String>,
}

/// What came of a case.
#[derive(Debug)]
pub struct Outcome<'c> {
    /// The case.
    pub case: &'c Case,
    /// Which of the descriptions has it.
    pub setting: Setting,
    /// What the server saw.
    pub received: Vec<Received>,
    /// What the driver gave back.
    pub given: Value,
    /// The codes of what was told of it.
    told: BTreeSet<String>,
}

/// The client of a setting.
struct Described {
    client: String,
    operations: BTreeMap<String, OperationId>,
    told: Vec<(String, String)>,
}

/// Builds the clients of all cases in `folder`, and runs each case.
///
/// # Errors
///
/// Those of the system, and a description that is refused.
pub fn run<'c>(cases: &'c Cases, folder: &Path) -> io::Result<Run<'c>> {
    let mut workspace = Workspace::new(folder)?;
    let mut run = Run { descriptions: BTreeMap::new(), outcomes: Vec::new(), faults: Vec::new() };
    let mut clients = BTreeMap::new();
    for setting in describe::settings(cases) {
        let description = describe::description(cases, &setting);
        clients.insert(setting.clone(), described(&setting, &description, &mut workspace)?);
        run.descriptions.insert(setting, description);
    }
    let built = workspace.build()?;
    run.faults.extend(built.broken.into_values());
    if !run.faults.is_empty() {
        return Ok(run);
    }
    let (mut program, server) = (Program::start(&built.program)?, Server::start()?);
    for sheet in &cases.sheets {
        for setting in sheet.settings() {
            let Some(client) = clients.get(&setting) else { continue };
            let outcomes = sheet.cases.iter().map(|case| one(case, &setting, client, &server, &mut program));
            run.outcomes.extend(outcomes);
        }
    }
    for (setting, client) in &clients {
        let of_a_case = |place: &str| cases.iter().any(|case| is_about(case, place));
        let others = client.told.iter().filter(|(place, _)| !of_a_case(place));
        run.faults.extend(others.map(|(place, code)| format!("{}: {code} is told of {place}", setting.openapi)));
    }
    Ok(run)
}

fn described(setting: &Setting, description: &Value, workspace: &mut Workspace) -> io::Result<Described> {
    let generator::Outcome { report, output } = describe::generate(setting, description)?;
    let Some(output) = output else {
        let said: Vec<String> = report.diagnostics.iter().map(|(_, said)| said.message.clone()).collect();
        return Err(io::Error::other(format!("a description of {} is refused: {}", setting.openapi, said.join("; "))));
    };
    let client = Client::from(output);
    let ids = client.api.operations.iter();
    let path = |origin: &Pointer| origin.steps().nth(1).unwrap_or_default().into_owned();
    let operations = ids.map(|(id, operation)| (path(&operation.origin), id)).collect();
    let is_plain = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    let further: String = format!("{}-{}", setting.openapi, setting.config).chars().filter(is_plain).collect();
    let further = further.trim_end_matches('-');
    Ok(Described { client: workspace.add("rows", further, &client)?, operations, told: told(&report) })
}

/// The places and codes of what is told of a description.
///
/// # Errors
///
/// None where the configuration of the setting is a good one.
pub fn diagnostics(setting: &Setting, description: &Value) -> io::Result<Vec<(String, String)>> {
    Ok(told(&describe::generate(setting, description)?.report))
}

/// The places and codes of a report.
fn told(report: &Report) -> Vec<(String, String)> {
    let all = report.diagnostics.iter().map(|(_, said)| {
        let place = report.sources.in_entry(&said.place).map(|place| place.to_string()).unwrap_or_default();
        (place, said.code.name.to_owned())
    });
    all.collect()
}

/// Whether a place in the description belongs to a case.
fn is_about(case: &Case, place: &str) -> bool {
    let rest = place.trim_start_matches('#').strip_prefix("/paths/~1").and_then(|rest| rest.strip_prefix(&case.id));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '~']))
}

fn one<'c>(
    case: &'c Case,
    setting: &Setting,
    client: &Described,
    server: &Server,
    program: &mut Program,
) -> Outcome<'c> {
    let told = client.told.iter().filter(|(place, _)| is_about(case, place)).map(|(_, code)| code.clone()).collect();
    let given = match client.operations.get(&case.path()) {
        None => json!({ "fault": "it was left out of the client" }),
        Some(operation) => {
            server.answer_with(raw(case.answer.as_deref().unwrap_or(DONE)));
            program.call(&json!({
                "client": client.client,
                "operation": operation.index(),
                "base": format!("{}{}", server.url(), case.base),
                "credentials": case.credentials,
                "params": case.given,
                "accept": case.accept,
                "body": case.body.as_ref().map(|value| json!({ "media": case.media, "value": value })),
            }))
        }
    };
    Outcome { case, setting: setting.clone(), received: server.take(), given, told }
}

/// The bytes of an answer, with its length.
fn raw(answer: &str) -> Vec<u8> {
    let (head, body) = answer.split_once("\n\n").unwrap_or((answer.trim_end(), ""));
    let mut raw = head.replace('\n', "\r\n");
    if !body.is_empty() {
        raw.push_str(&format!("\r\nContent-Length: {}", body.len()));
    }
    raw.push_str("\r\nConnection: close\r\n\r\n");
    raw.push_str(body);
    raw.into_bytes()
}

impl Outcome<'_> {
    /// Where it is not what the case says.
    pub fn differences(&self) -> Vec<String> {
        let Self { case, setting, given, told, .. } = self;
        let mut differences = Vec::new();
        let mut differ = |what: &str, expected: &str, found: &str| {
            if expected != found {
                let shown = |text: &str| text.replace('\n', "\n    | ");
                let (expected, found) = (shown(expected), shown(found));
                differences.push(format!(
                    "{} ({}, {}): {what}\n    | {expected}\n  but\n    | {found}",
                    case.row, case.id, setting.openapi
                ));
            }
        };
        let listed = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(", ");
        differ("is told", &listed(&case.told.iter().cloned().collect()), &listed(told));
        let expected = case.sends.as_deref().unwrap_or("nothing");
        let sent: Vec<String> = self.received.iter().map(|one| shown(case, one, expected)).collect();
        let sent = if sent.is_empty() { format!("nothing: {given}") } else { sent.join("\n") };
        match &case.refuses {
            None => differ("sends", expected, &sent),
            Some(words) => {
                let message = given["message"].as_str().unwrap_or_default();
                let is_refused =
                    self.received.is_empty() && given["error"] == "Request" && message.ends_with(words.as_str());
                let found = if self.received.is_empty() { given.to_string() } else { sent };
                differ("refuses", words, if is_refused { words } else { &found });
            }
        }
        if case.refuses.is_none() {
            for (key, expected) in &case.gives {
                if given[key] != *expected {
                    differ(&format!("gives `{key}`"), &expected.to_string(), &given[key].to_string());
                }
            }
            let has_succeeded = given["fault"].is_null() && given["error"].is_null();
            let is_fine = has_succeeded || case.gives.contains_key("error");
            differ("succeeds", "", &if is_fine { String::new() } else { given.to_string() });
        }
        differences
    }
}

/// A body as a case shows it.
fn text(body: &[u8]) -> String {
    const BREAK: char = '\u{2028}';
    let mut shown = String::new();
    for chunk in body.utf8_chunks() {
        for character in chunk.valid().replace("\r\n", &BREAK.to_string()).chars() {
            match character {
                BREAK => shown.push('\n'),
                '\n' => shown.push('␊'),
                '\r' => shown.push('␍'),
                control if control.is_ascii_control() => shown.push_str(&format!("\\x{:02x}", u32::from(control))),
                character => shown.push(character),
            }
        }
        chunk.invalid().iter().for_each(|byte| shown.push_str(&format!("\\x{byte:02x}")));
    }
    shown
}

/// A request as a case shows it.
fn shown(case: &Case, received: &Received, expected: &str) -> String {
    let line = received.head.split("\r\n").next().unwrap_or_default();
    let line = line.strip_suffix(" HTTP/1.1").unwrap_or(line).replacen(&format!("/{}", case.id), "", 1);
    let is_stated =
        |name: &str| expected.lines().any(|line| line.split_once(": ").is_some_and(|(stated, _)| stated == name));
    let is_shown = |name: &str| !AMBIENT.contains(&name) || is_stated(name);
    let headers = received.headers().filter(|(name, _)| is_shown(name)).map(|(name, value)| format!("{name}: {value}"));
    let mut lines: Vec<String> = headers.collect();
    lines.sort();
    let mut shown = [vec![line.trim_end().to_owned()], lines].concat().join("\n");
    if !received.body.is_empty() {
        shown.push_str(&format!("\n\n{}", text(&received.body)));
    }
    // A boundary is another one each time; that of a part in a part is the second.
    ["BOUNDARY", "INNER"].into_iter().fold(shown, |shown, name| {
        let boundary = shown.split("boundary=").filter_map(|rest| rest.split('\n').next());
        let boundary = boundary.skip(1).find(|text| text.len() == 32).map(str::to_owned);
        boundary.map(|boundary| shown.replace(&boundary, name)).unwrap_or(shown)
    })
}
