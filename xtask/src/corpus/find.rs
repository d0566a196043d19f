//! Which documents a run measures: what is named, or what lies in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::diagnostic::Diagnostics;
use generator::source::{self, LARGEST};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::file;

/// The list of a folder's documents, where there is one.
const INDEX: &str = "INDEX.tsv";

/// A description to measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// What reports and the baseline call it: unique in a run.
    pub(super) name: String,
    /// The folder that references may read from.
    pub(super) folder: PathBuf,
    /// Its path in that folder, with `/` between the steps.
    pub(super) entry: String,
    /// What the list of the folder says of it.
    pub(super) expect: Expect,
}

/// What a list says of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Expect {
    /// Nothing.
    #[default]
    Unknown,
    /// It becomes a crate.
    Compile,
    /// It is refused, with a diagnostic that says why.
    Diagnostic,
}

impl Document {
    /// The name as Cargo takes it in the name of a package.
    pub(super) fn slug(&self) -> String {
        let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
        self.name.chars().map(|character| plain(character).to_ascii_lowercase()).collect()
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The documents, in the order of their names.
    pub(super) documents: Vec<Document>,
    /// Files that a folder has beside them and that look as if they could be descriptions, each with why it is none.
    pub(super) passed_over: Vec<String>,
}

/// The documents of all paths whose names contain `filter`.
///
/// # Errors
///
/// A sentence for the user: a path cannot be read, a list has a row that names no document, or two documents have one
/// name.
pub(super) fn documents(paths: &[PathBuf], filter: Option<&str>) -> Result<Found, String> {
    let mut found = Found::default();
    for path in paths {
        let here = if path.is_dir() { in_folder(path, &mut found) } else { one(path, &mut found) };
        here.map_err(|error| error.to_string())?;
    }
    let documents = &mut found.documents;
    documents.retain(|document| filter.is_none_or(|part| document.name.contains(part)));
    documents.sort_by(|left, right| left.name.cmp(&right.name));
    let mut slugs = BTreeSet::new();
    match documents.iter().find(|document| !slugs.insert(document.slug())) {
        Some(twice) => Err(format!("two documents are called `{}`", twice.name)),
        None => Ok(found),
    }
}

fn one(path: &Path, found: &mut Found) -> io::Result<()> {
    fs::metadata(path).map_err(|error| file::at(path, error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entry = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    found.documents.push(Document { name, folder, entry, expect: Expect::Unknown });
    Ok(())
}

/// The documents that the list of a folder names; without a list, every description in it and below it.
fn in_folder(folder: &Path, found: &mut Found) -> io::Result<()> {
    let index = folder.join(INDEX);
    if index.is_file() {
        let text = file::read(&index)?;
        let listed = read_index(folder, &String::from_utf8_lossy(&text));
        let at = |(line, why)| io::Error::other(format!("`{}`, line {line}: {why}", index.display()));
        found.documents.extend(listed.map_err(at)?);
        return Ok(());
    }
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    for path in files {
        if let Err(why) = looks_like_description(&path) {
            found.passed_over.extend(why.map(|why| format!("`{}` {why}", path.display())));
            continue;
        }
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let steps: Vec<String> = inside.iter().map(|step| step.to_string_lossy().into_owned()).collect();
        let (name, entry) = (steps.join("-"), steps.join("/"));
        let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        found.documents.push(Document { name, folder: folder.to_owned(), entry, expect: Expect::Unknown });
    }
    Ok(())
}

/// Reads the columns `name`, `expect` and `file` of a list, whatever others it has. What is wrong is told with the number
/// of the line.
fn read_index(folder: &Path, text: &str) -> Result<Vec<Document>, (usize, String)> {
    let mut lines = text.lines().zip(1..);
    let header: Vec<&str> = lines.next().map(|(line, _)| line.split('\t').collect()).unwrap_or_default();
    let column = |name: &str| header.iter().position(|title| *title == name);
    let required = |name: &str| column(name).ok_or_else(|| (1, format!("there is no column `{name}`")));
    let (name, file, expect) = (required("name")?, required("file")?, column("expect"));
    let mut documents = Vec::new();
    for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: usize, title: &str| match cells.get(column) {
            Some(cell) if !cell.is_empty() => Ok(*cell),
            _ => Err((number, format!("the row has no `{title}`"))),
        };
        let (name, file) = (cell(name, "name")?, cell(file, "file")?);
        let expect = match expect.and_then(|column| cells.get(column)).copied() {
            Some("compile") => Expect::Compile,
            Some(what) if what.starts_with("diagnostic") => Expect::Diagnostic,
            _ => Expect::Unknown,
        };
        let (folder, entry) = root_of(folder, file);
        documents.push(Document { name: name.to_owned(), folder, entry, expect });
    }
    Ok(documents)
}

/// A document that lies two folders down or deeper is one of many files: the second folder holds them all.
fn root_of(folder: &Path, file: &str) -> (PathBuf, String) {
    match file.splitn(3, '/').collect::<Vec<_>>()[..] {
        [kind, own, entry] => (folder.join(kind).join(own), entry.to_owned()),
        _ => (folder.to_owned(), file.to_owned()),
    }
}

/// The files below a folder, in order.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries: io::Result<Vec<PathBuf>> =
        fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
    let mut entries = entries.map_err(|error| file::at(folder, error))?;
    entries.sort();
    for path in entries {
        match fs::symlink_metadata(&path).map_err(|error| file::at(&path, error))?.file_type() {
            kind if kind.is_dir() => walk(&path, files)?,
            kind if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file is a description, by its root, or looks as if it was meant for one. `Err(Some(_))` says why that cannot
/// be told.
fn looks_like_description(path: &Path) -> Result<(), Option<&'static str>> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if !matches!(extension.as_str(), "json" | "yaml" | "yml") {
        return Err(None);
    }
    match fs::read(path) {
        Ok(bytes) if bytes.contains(&0) => Err(Some("is not text in UTF-8")),
        Ok(bytes) if states_version(&String::from_utf8_lossy(&bytes)) => Ok(()),
        Ok(_) => Err(None),
        Err(_) => Err(Some("cannot be read")),
    }
}

/// The keys of the root that tell a description. Others are skipped, since the last key may be the one.
#[derive(Deserialize)]
struct Root {
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
}

/// Whether the root of a text says which version of OpenAPI it is written in. A text that speaks of a version somewhere
/// and cannot be read is taken for a description too, so that it is told and not passed over.
fn states_version(text: &str) -> bool {
    const KEYS: [&str; 2] = ["openapi", "swagger"];
    let text = text.trim_start_matches('\u{feff}');
    if !KEYS.into_iter().any(|key| text.contains(key)) {
        return false;
    }
    if let Ok(root) = serde_json::from_str::<Root>(text) {
        return root.openapi.or(root.swagger).is_some();
    }
    // A root key of YAML stands at the start of a line, as it is mostly written.
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.trim_end().trim_matches(['"', '\'']).to_owned());
    if text.lines().filter_map(key).any(|key| KEYS.contains(&key.as_str())) {
        return true;
    }
    let root = (text.len() <= LARGEST).then(|| source::read("", text, &mut Diagnostics::default())).flatten();
    root.is_none_or(|root| KEYS.into_iter().any(|key| root.get(key).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_states_its_version_at_the_root() {
        for yes in [
            "openapi: 3.0.3\ninfo:",
            "info: {}\n\"openapi\": '3.1.0'",
            "{\"openapi\":\"3.2.0\"}",
            "{\n  \"info\": {\"x\": 1},\n  \"swagger\": \"2.0\"}",
            "# a comment\nswagger: \"2.0\"\n",
            "# a comment\n--- {info: {}, openapi: 3.1.0}",
            "  info: {}\n  openapi: 3.1.0\n",
            // These cannot be read.
            "{\"openapi\": 3",
            "{\"info\": {}, \"openapi\" 3}",
        ] {
            assert!(states_version(yes), "{yes}");
        }
        for no in ["", "type: object", "info:\n  openapi: 3", "{\"info\": {\"openapi\": 3}}", "openapi", "- openapi"] {
            assert!(!states_version(no), "{no}");
        }
    }

    #[test]
    fn a_list_says_where_documents_are_and_what_becomes_of_them() {
        let list = "expect\tname\textra\tfile\ncompile\ta\tx\ta.json\ndiagnostic:x\tb\ty\tmulti/b/c/d.yaml\nn/a\tc\t\tbig/c.json\n";
        let document = |name: &str, folder: &str, entry: &str, expect: Expect| Document {
            name: name.to_owned(),
            folder: PathBuf::from(folder),
            entry: entry.to_owned(),
            expect,
        };
        assert_eq!(
            read_index(Path::new("f"), list).unwrap(),
            [
                document("a", "f", "a.json", Expect::Compile),
                document("b", "f/multi/b", "c/d.yaml", Expect::Diagnostic),
                document("c", "f", "big/c.json", Expect::Unknown),
            ]
        );
    }

    #[test]
    fn a_row_that_names_no_document_is_told() {
        for (list, line, why) in [
            ("", 1, "there is no column `name`"),
            ("name\nonly", 1, "there is no column `file`"),
            ("name\tfile\na\ta.json\n\nb\n", 4, "the row has no `file`"),
            ("name\tfile\n\ta.json\n", 2, "the row has no `name`"),
        ] {
            assert_eq!(read_index(Path::new("f"), list), Err((line, why.to_owned())), "{list}");
        }
    }

    #[test]
    fn a_folder_is_searched_or_its_list_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let names = |filter: Option<&str>| -> Vec<String> {
            let found = documents(&[folder.path().to_owned()], filter).unwrap();
            found.documents.into_iter().map(|document| document.name).collect()
        };
        for path in ["one.yaml", "two.json", "deep/er/1.yml", "n.txt"] {
            put(path, "openapi: 3.0.0\n");
        }
        put("note.json", "{}");
        assert_eq!(names(None), ["deep-er-1", "one", "two"]);
        assert_eq!(names(Some("o")), ["one", "two"]);
        fs::write(folder.path().join("wide.json"), [0xff, 0xfe, b'{', 0]).unwrap();
        let passed_over = documents(&[folder.path().to_owned()], None).unwrap().passed_over;
        assert!(
            matches!(&passed_over[..], [sole] if sole.ends_with("wide.json` is not text in UTF-8")),
            "{passed_over:?}"
        );
        put(INDEX, "name\texpect\tfile\nmany\tcompile\tdeep/er/1.yml\n");
        assert_eq!(names(None), ["many"]);
        assert!(documents(&[folder.path().join("none.yaml")], None).is_err());
        let twice = [folder.path().join("one.yaml"), folder.path().join("one.yaml")];
        assert!(documents(&twice, None).is_err());
    }
}
