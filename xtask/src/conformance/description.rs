//! The emitted descriptions, and the clients that are made of them.

use std::fs;
use std::path::Path;

use driver::{Client, NEUTRAL};
use generator::Input;
use generator::config::Config;
use generator::diagnostic::Level;
use generator::source::{LARGEST, Node};

use crate::documents::Folder;

/// The versions of OpenAPI that the descriptions are emitted in. What the first has in common with the others is
/// compiled once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub(crate) enum Version {
    #[value(name = "3.1")]
    V31,
    #[value(name = "3.0")]
    V30,
    #[value(name = "3.2")]
    V32,
}

impl Version {
    pub(super) const ALL: [Self; 3] = [Self::V31, Self::V30, Self::V32];

    /// As reports write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }

    /// The folder of its descriptions.
    fn folder(self) -> String {
        format!("{}.0", self.name())
    }
}

/// A description and what the generator made of it.
#[derive(Debug)]
pub(super) struct Description {
    /// The scenarios that it belongs to.
    pub(super) group: String,
    /// Its name as Cargo takes it in the name of a package.
    pub(super) slug: String,
    /// The version of the API that it describes.
    pub(super) revision: String,
    /// The URL of its first server as it is written, variables and all.
    pub(super) server: String,
    pub(super) client: Client,
}

/// Generates every description of a version whose name contains `filter`. A description that is refused is told by a
/// sentence in its place.
pub(super) fn generate(
    documents: &Path,
    version: Version,
    filter: impl Fn(&str) -> bool,
) -> std::io::Result<Vec<Result<Description, (String, String)>>> {
    let folder = documents.join(version.folder());
    let mut files: Vec<String> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    let described = files.iter().filter_map(|file| Some((file, file.strip_suffix(".json")?)));
    let described = described.filter(|(_, name)| filter(group(name)));
    Ok(described.map(|(file, name)| one(&folder, file, name).map_err(|why| (group(name).to_owned(), why))).collect())
}

/// Behind `@` stands the version of an API that has several.
fn group(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

fn one(folder: &Path, file: &str, name: &str) -> Result<Description, String> {
    let mut config = Config::default();
    // An operation that cannot be expressed costs its own scenarios alone.
    config.levels.lenient = true;
    config.package.name = Some(NEUTRAL.to_owned());
    let documents = Folder::new(folder, LARGEST as u64);
    let outcome =
        generator::generate(&Input { folder: "", entry: file, overlays: &[], documents: &documents }, &config);
    let Some(output) = outcome.output else {
        let errors = outcome.report.diagnostics.iter().filter(|(level, _)| *level == Level::Error);
        let said: Vec<String> = errors.map(|(_, said)| format!("{}: {}", said.code.name, said.message)).collect();
        return Err(said.join("; "));
    };
    let servers = output.effective.get("servers").and_then(Node::as_array).unwrap_or_default();
    let server = servers.first().and_then(|server| server.get("url")).and_then(Node::as_str);
    let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
    Ok(Description {
        group: group(name).to_owned(),
        slug: name.chars().map(|character| plain(character).to_ascii_lowercase()).collect(),
        revision: output.api.version.clone(),
        server: server.unwrap_or_default().to_owned(),
        client: Client::from(output),
    })
}
