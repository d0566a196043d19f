//! Comparing text with files, and writing the files when that is asked for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// How many lines of a difference are shown, and how many differences.
const MOST_LINES: usize = 60;
const MOST_DIFFERENCES: usize = 12;

/// The folder with the goldens: that of this package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is not as it should be, each difference as text.
#[derive(Default)]
pub(crate) struct Differences(Vec<String>);

impl Differences {
    /// Compares a text with a file; `None` stands for no file.
    pub(crate) fn file(&mut self, path: &Path, actual: Option<&str>) {
        let expected = fs::read(path).ok();
        if actual.map(str::as_bytes) == expected.as_deref() {
            return;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            match actual {
                Some(text) => write(path, text),
                None => fs::remove_file(path).unwrap(),
            }
            return;
        }
        let expected = expected.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        self.0.push(difference(path, &expected, actual.unwrap_or_default()));
    }

    /// Compares texts by their paths with all that lies in a folder.
    pub(crate) fn tree(&mut self, folder: &Path, actual: &BTreeMap<String, String>) {
        let left_over = files(folder).into_iter().filter(|path| !actual.contains_key(path));
        left_over.for_each(|path| self.file(&folder.join(path), None));
        for (path, text) in actual {
            self.file(&folder.join(path), Some(text));
        }
    }

    /// Adds what is wrong beyond a difference of texts.
    pub(crate) fn push(&mut self, fault: String) {
        self.0.push(fault);
    }

    /// Fails when there are any.
    pub(crate) fn none(self) {
        let shown: String = self.0.iter().take(MOST_DIFFERENCES).map(|text| format!("{text}\n")).collect();
        let count = self.0.len();
        assert!(count == 0, "{shown}{count} differences; `UPDATE_EXPECT=1 cargo test -p tests` takes over what is new");
    }
}

fn difference(path: &Path, expected: &str, actual: &str) -> String {
    let name = path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let diff = TextDiff::from_lines(expected, actual);
    let text = diff.unified_diff().header(&format!("{name} (kept)"), &format!("{name} (now)")).to_string();
    let mut lines: Vec<&str> = text.lines().take(MOST_LINES + 1).collect();
    if lines.len() > MOST_LINES {
        lines.pop();
        lines.push("…");
    }
    lines.join("\n")
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file in a folder by its path there, sorted; none where there is no folder.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for path in entries(&current) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What lies directly in a folder, sorted.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}
