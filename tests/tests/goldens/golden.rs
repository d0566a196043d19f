//! Golden trees: what a description is understood as, what is said about it, and the files of its client.

use std::collections::BTreeMap;
use std::path::Path;

use generator::files::Files;
use generator::{Outcome, ir, render};

use crate::expect::{self, Differences};
use crate::fixture::Fixture;

/// Where a crate has its runtime, which is the same in all of them.
const RUNTIME: &str = "src/runtime/";

#[test]
fn every_description_gives_what_is_kept() {
    let mut differences = Differences::default();
    for fixture in Fixture::all() {
        for spelling in fixture.spellings() {
            let Outcome { report, output } = fixture.generate(&spelling);
            let said = render::human(&report.diagnostics, &report.sources, false);
            let Some(output) = output else {
                differences.push(format!("{}/{spelling} is refused:\n{said}", fixture.name));
                continue;
            };
            let said = Some(said.as_str()).filter(|said| !said.is_empty());
            differences.file(&fixture.folder.join("ir.txt"), Some(&ir::dump(&output.api)));
            differences.file(&fixture.folder.join("stderr.txt"), said);
            differences.tree(&fixture.folder.join("client"), &client(&output.files));
        }
    }
    differences.none();
}

/// The files of a crate that depend on the description.
fn client(files: &Files) -> BTreeMap<String, String> {
    let files = files.iter().filter(|(path, _)| !path.starts_with(RUNTIME));
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

#[test]
fn the_runtime_of_every_client_is_the_one_of_the_generator() {
    let source = expect::root().with_file_name("generator").join("runtime/src");
    let mut expected = BTreeMap::new();
    for path in expect::files(&source) {
        let name = if path == "lib.rs" { "mod.rs".to_owned() } else { path.clone() };
        expected.insert(format!("{RUNTIME}{name}"), std::fs::read_to_string(source.join(path)).unwrap());
    }
    for fixture in Fixture::all() {
        let files = fixture.generate(&fixture.spellings()[0]).output.unwrap().files;
        let runtime: BTreeMap<_, _> = files.iter().filter(|(path, _)| path.starts_with(RUNTIME)).collect();
        for (path, text) in runtime {
            let (mark, text) = text.split_once("\n\n").unwrap();
            assert!(mark.contains(generator::files::MARK), "{path}");
            // The root leaves out the lines that name a part which the API does not need.
            if path.ends_with("/mod.rs") {
                let kept: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
                assert!(kept.iter().all(|line| expected[path].contains(line)), "{}: {path}", fixture.name);
                continue;
            }
            assert!(text == expected[path].trim_start(), "{}: {path} is not the runtime's", fixture.name);
        }
    }
}

#[test]
fn the_auth_api_means_what_is_kept() {
    let spec = expect::root().with_file_name("spec");
    let fixture = Fixture { name: "auth".to_owned(), folder: spec };
    let output = fixture.generate("openapi.yaml").output.unwrap();
    let mut differences = Differences::default();
    differences
        .file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/auth_api.ir.txt"), Some(&ir::dump(&output.api)));
    differences.none();
}
