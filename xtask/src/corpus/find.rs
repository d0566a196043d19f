//! Which documents a run measures: what is named, or what lies in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

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

/// The documents of all paths whose names contain `filter`, in the order of their names.
///
/// # Errors
///
/// A sentence for the user: a path cannot be read, or two documents have one name.
pub(super) fn documents(paths: &[PathBuf], filter: Option<&str>) -> Result<Vec<Document>, String> {
    let mut found = Vec::new();
    for path in paths {
        let here = if path.is_dir() { in_folder(path) } else { one(path).map(|document| vec![document]) };
        found.extend(here.map_err(|error| format!("`{}`: {error}", path.display()))?);
    }
    found.retain(|document| filter.is_none_or(|part| document.name.contains(part)));
    found.sort_by(|left, right| left.name.cmp(&right.name));
    let mut slugs = BTreeSet::new();
    match found.iter().find(|document| !slugs.insert(document.slug())) {
        Some(twice) => Err(format!("two documents are called `{}`", twice.name)),
        None => Ok(found),
    }
}

fn one(path: &Path) -> io::Result<Document> {
    fs::metadata(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entry = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    Ok(Document { name, folder, entry, expect: Expect::Unknown })
}

/// The documents that the list of a folder names; without a list, every description in it and below it.
fn in_folder(folder: &Path) -> io::Result<Vec<Document>> {
    let index = folder.join(INDEX);
    if index.is_file() {
        return Ok(read_index(folder, &fs::read_to_string(index)?));
    }
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.retain(|path| looks_like_description(path));
    let document = |path: PathBuf| {
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let steps: Vec<String> = inside.iter().map(|step| step.to_string_lossy().into_owned()).collect();
        let (name, entry) = (steps.join("-"), steps.join("/"));
        let name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        Document { name, folder: folder.to_owned(), entry, expect: Expect::Unknown }
    };
    Ok(files.into_iter().map(document).collect())
}

/// Reads the columns `name`, `expect` and `file` of a list, whatever others it has.
fn read_index(folder: &Path, text: &str) -> Vec<Document> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|title| *title == name);
    let (name, expect, file) = (column("name"), column("expect"), column("file"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: Option<usize>| column.and_then(|column| cells.get(column)).copied();
        let expect = match cell(expect) {
            Some("compile") => Expect::Compile,
            Some(what) if what.starts_with("diagnostic") => Expect::Diagnostic,
            _ => Expect::Unknown,
        };
        let (folder, entry) = root_of(folder, cell(file)?);
        Some(Document { name: cell(name)?.to_owned(), folder, entry, expect })
    };
    lines.filter_map(row).collect()
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
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        match fs::symlink_metadata(&path)?.file_type() {
            kind if kind.is_dir() => walk(&path, files)?,
            kind if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the root of a file says which version of OpenAPI it is written in.
fn looks_like_description(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let is_text = matches!(extension.as_str(), "json" | "yaml" | "yml");
    is_text && fs::read_to_string(path).is_ok_and(|text| states_version(text.trim_start_matches('\u{feff}')))
}

/// The keys of the root that tell a description. Others are skipped, since the last key may be the one.
#[derive(Deserialize)]
struct Root {
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
}

fn states_version(text: &str) -> bool {
    if text.trim_start().starts_with('{') {
        let root: Option<Root> = serde_json::from_str(text).ok();
        return root.is_some_and(|root| root.openapi.or(root.swagger).is_some());
    }
    // A root key of YAML stands at the start of a line.
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.trim_end().trim_matches(['"', '\'']).to_owned());
    text.lines().filter_map(key).any(|key| key == "openapi" || key == "swagger")
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
        ] {
            assert!(states_version(yes), "{yes}");
        }
        for no in [
            "",
            "type: object",
            "info:\n  openapi: 3",
            "{\"info\": {\"openapi\": 3}}",
            "{\"openapi\": 3",
            "openapi",
            "- openapi",
        ] {
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
            read_index(Path::new("f"), list),
            [
                document("a", "f", "a.json", Expect::Compile),
                document("b", "f/multi/b", "c/d.yaml", Expect::Diagnostic),
                document("c", "f", "big/c.json", Expect::Unknown),
            ]
        );
        assert_eq!(read_index(Path::new("f"), "name\nonly"), []);
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
            found.into_iter().map(|document| document.name).collect()
        };
        for path in ["one.yaml", "two.json", "deep/er/1.yml", "n.txt"] {
            put(path, "openapi: 3.0.0\n");
        }
        put("note.json", "{}");
        assert_eq!(names(None), ["deep-er-1", "one", "two"]);
        assert_eq!(names(Some("o")), ["one", "two"]);
        put(INDEX, "name\texpect\tfile\nmany\tcompile\tdeep/er/1.yml\n");
        assert_eq!(names(None), ["many"]);
        assert!(documents(&[folder.path().join("none.yaml")], None).is_err());
        let twice = [folder.path().join("one.yaml"), folder.path().join("one.yaml")];
        assert!(documents(&twice, None).is_err());
    }
}
