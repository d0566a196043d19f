//! The tables that say what becomes of each construct, tried out: every field and keyword is put into a description, and
//! what comes of it must be what its row says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

mod cases;

use std::collections::HashSet;

use generator::bundle::{Documents, ReadError};
use generator::config::Config;
use generator::diagnostic::{Level, Place};
use generator::disposition::{Disposition, Row};
use generator::files::Files;
use generator::{Input, openapi, schema};
use serde_json::Value;

/// What came of a description.
#[derive(Debug)]
struct Made {
    /// The codes, each with the pointer to its place.
    said: Vec<(&'static str, String)>,
    files: Option<Files>,
}

struct Text(String);

impl Documents for Text {
    fn read(&self, _: &str) -> Result<Vec<u8>, ReadError> {
        Ok(self.0.clone().into_bytes())
    }
}

fn generate(description: &Value) -> Made {
    let documents = Text(description.to_string());
    let mut config = Config::default();
    config.set_level("without-effect", Level::Warn).unwrap();
    let outcome =
        generator::generate(&Input { folder: "", entry: "a.json", documents: &documents, overlays: &[] }, &config);
    let place = |place: &Place| match place {
        Place::Node(pointer, _) => pointer.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    let said = outcome.report.diagnostics.iter().map(|(_, said)| (said.code.name, place(&said.place))).collect();
    Made { said, files: outcome.output.map(|output| output.files) }
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|fault| panic!("{fault}: {text}"))
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("nothing stands at {pointer}"));
    let key = key.replace("~1", "/").replace("~0", "~");
    match parent {
        Value::Object(members) => _ = members.insert(key, value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{other}"),
    }
}

/// Makes a client with and without the construct and compares what came of it with its row.
fn try_out(row: &Row) -> Result<(), String> {
    let case = cases::of(row);
    let mut without = yaml(cases::DESCRIPTION);
    for (pointer, value) in case.around {
        put(&mut without, pointer, yaml(value));
    }
    let mut with = without.clone();
    let at = format!("{}/{}", case.at, case.key.replace('~', "~0").replace('/', "~1"));
    put(&mut with, &at, yaml(case.value));
    if with == without {
        return Err("the case changes nothing".to_owned());
    }
    let (with, without) = (generate(&with), generate(&without));
    let differs = with.files != without.files;
    let Some(code) = row.disposition.code() else {
        // What is inside of it has rows of its own.
        let inside = |(code, place): &(&str, String)| *code == "without-effect" && *place != at;
        let news: Vec<_> = with.said.iter().filter(|said| !without.said.contains(said) && !inside(said)).collect();
        return match (news.as_slice(), differs == case.invisible) {
            ([], false) => Ok(()),
            ([], true) if differs => Err("the client differs without it".to_owned()),
            ([], true) => Err("the client is the same without it".to_owned()),
            _ => Err(format!("this is reported: {news:?}")),
        };
    };
    let elsewhere = matches!(row.disposition, Disposition::Reported(_));
    let here = |place: &String| *place == at || elsewhere && place.starts_with(case.at);
    if !with.said.iter().any(|(name, place)| *name == code.name && here(place)) {
        return Err(format!("`{}` is not reported; this is: {:?}", code.name, with.said));
    }
    match row.disposition {
        Disposition::Unused if differs => Err("it has an effect on the client".to_owned()),
        _ => Ok(()),
    }
}

#[test]
fn every_construct_fares_as_its_table_says() {
    let mut rows = openapi::rows();
    rows.extend(schema::rows());
    // Where the client does not look, all fields of an object share one fate, and what holds the object is tried out.
    let seen: HashSet<&str> =
        rows.iter().filter(|row| row.disposition.code().is_none()).map(|row| row.object.as_str()).collect();
    let faults: Vec<String> = rows
        .iter()
        .filter(|row| seen.contains(row.object.as_str()))
        .filter_map(|row| {
            let fault = try_out(row).err()?;
            Some(format!("{} {} ({:?}): {fault}", row.object, row.name, row.disposition))
        })
        .collect();
    assert!(faults.is_empty(), "{}\n{} of {}", faults.join("\n"), faults.len(), rows.len());
}
