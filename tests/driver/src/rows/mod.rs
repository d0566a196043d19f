//! The rows of the wire: cases as data, each a piece of OpenAPI, the values that a caller gives, and the raw request or the
//! answer that they mean.
//!
//! The cases of all files that have a version of OpenAPI and a configuration in common become one description, an operation for each of them.
//! Its client sends every case to a server of this process, which keeps the bytes.

mod describe;
mod run;
mod server;

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

pub use run::{Outcome, Run, diagnostics, run};
pub use server::Received;

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sheet {
    /// The versions of OpenAPI, in full, that its cases are described in.
    openapi: Vec<String>,
    /// What codegen.toml says.
    #[serde(default)]
    config: String,
    /// What the description has beside its paths: `components` and the like.
    #[serde(default)]
    root: Map<String, Value>,
    cases: Vec<Case>,
}

/// What cases have in common that are of one description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// The version of OpenAPI, in full.
    pub openapi: String,
    /// What codegen.toml says.
    pub config: String,
}

impl Sheet {
    fn settings(&self) -> impl Iterator<Item = Setting> {
        self.openapi.iter().map(|openapi| Setting { openapi: openapi.clone(), config: self.config.clone() })
    }
}

/// A case of a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// The name of the row.
    pub row: String,
    /// Its file and its place in there: `cells-3`. It is also the first step of the operation's path.
    #[serde(skip)]
    pub id: String,
    /// The sole parameter, in place of `operation.parameters`.
    parameter: Option<Value>,
    /// Members of the operation, as the description has them.
    #[serde(default)]
    operation: Map<String, Value>,
    /// Members of the path item beside the operation.
    #[serde(default)]
    item: Map<String, Value>,
    /// The rest of the path; a step for each path parameter unless it is given.
    path: Option<String>,
    /// `post` where there is a body, unless it is given, and else `get`.
    method: Option<String>,

    /// The values of parameters by their places and names: `query:color`.
    #[serde(default)]
    pub given: Map<String, Value>,
    /// The value of the body.
    pub body: Option<Value>,
    /// Its media type, where there are several.
    media: Option<String>,
    /// The media type that the answer is asked for in.
    accept: Option<String>,
    /// Credentials by the keys of their schemes.
    #[serde(default)]
    credentials: Map<String, Value>,
    /// What the base URL has behind the address of the server.
    #[serde(default)]
    base: String,

    /// The request: its method, its target behind the step of the case, the headers that matter, and after an empty line
    /// the body. A line break of the body is CR LF; one of either alone is shown as `␍` or `␊`, and
    /// bytes that are no text as `\x00`.
    pub sends: Option<String>,
    /// The words of the error when nothing is sent.
    refuses: Option<String>,
    /// The answer of the server: status line, headers, and after an empty line the body. It is 204 unless it is given.
    answer: Option<String>,
    /// Members of what the driver gives back.
    #[serde(default)]
    gives: Map<String, Value>,
    /// The codes of the diagnostics that there are about the case.
    #[serde(default)]
    told: Vec<String>,
}

/// The cases of a folder.
#[derive(Debug)]
pub struct Cases {
    sheets: Vec<Sheet>,
}

impl Cases {
    /// Reads every file of `folder` that ends in `.yaml` and is not called `rows.yaml`.
    ///
    /// # Errors
    ///
    /// Those of the disk, and what is wrong with a file.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        paths.sort();
        let is_sheet = |path: &Path| path.extension().is_some_and(|end| end == "yaml") && !path.ends_with("rows.yaml");
        let mut sheets = Vec::new();
        for path in paths.iter().filter(|path| is_sheet(path)) {
            let fault = |fault: &dyn std::fmt::Display| io::Error::other(format!("{}: {fault}", path.display()));
            let mut sheet: Sheet = serde_yaml::from_slice(&fs::read(path)?).map_err(|error| fault(&error))?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for (index, case) in sheet.cases.iter_mut().enumerate() {
                case.id = format!("{stem}-{}", index + 1);
            }
            sheets.push(sheet);
        }
        Ok(Self { sheets })
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Case> {
        self.sheets.iter().flat_map(|sheet| &sheet.cases)
    }
}
