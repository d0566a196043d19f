use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::files::mark_line;
use tempfile::TempDir;

use super::*;

/// An output folder in a temporary one.
fn folder() -> (TempDir, Named) {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("out");
    (outer, Named { path, shown: "out".to_owned() })
}

/// Files that say something and carry the mark.
fn files(texts: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    for (path, text) in texts {
        files.insert(*path, marked(path, text)).unwrap();
    }
    files
}

fn marked(path: &str, text: &str) -> String {
    format!("{}\n{text}\n", mark_line(path))
}

fn crate_of(text: &str) -> Files {
    files(&[("Cargo.toml", ""), ("src/lib.rs", text), ("docs/Api.md", "")])
}

fn generate(out: &Named, files: &Files) -> Plan {
    let plan = plan(out, files).unwrap();
    apply(out, files, &plan).unwrap();
    plan
}

fn put(out: &Named, path: &str, text: &str) {
    let place = out.path.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

/// Everything on disk below a folder: folders end in a slash, links show where they lead.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                found.insert(format!("{path}/"), Vec::new());
                folders.push(entry.path());
            } else if kind.is_symlink() {
                found.insert(path, fs::read_link(entry.path()).unwrap().to_string_lossy().into_owned().into_bytes());
            } else {
                found.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

fn paths(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

/// Expects that the folder is refused with these codes and places, and left as it was.
#[track_caller]
fn refuses(outer: &TempDir, out: &Named, files: &Files, expect: &[&str]) {
    let before = tree(outer.path());
    let faults = plan(out, files).unwrap_err();
    let said: Vec<String> = faults.iter().map(|fault| format!("{} {:?}", fault.code.name, fault.place)).collect();
    let expect: Vec<String> = expect
        .iter()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(code, path)| format!("{code} File({path:?})"))
        .collect();
    assert_eq!(said, expect);
    assert_eq!(tree(outer.path()), before);
}

#[test]
fn a_crate_is_written_changed_and_pruned() {
    let (_outer, out) = folder();
    let first = files(&[("Cargo.toml", ""), ("src/lib.rs", "1"), ("src/old/pets.rs", ""), ("docs/Api.md", "")]);
    let made = generate(&out, &first);
    assert_eq!(made.create, ["Cargo.toml", "docs/Api.md", "src/lib.rs", "src/old/pets.rs"]);
    assert_eq!((made.change.len(), made.delete.len(), made.unchanged), (0, 0, 0));

    let second = files(&[("Cargo.toml", ""), ("src/lib.rs", "2"), ("src/new.rs", "")]);
    let made = generate(&out, &second);
    assert_eq!(made.create, ["src/new.rs"]);
    assert_eq!(made.change, [("src/lib.rs".to_owned(), marked("src/lib.rs", "1"))]);
    assert_eq!(made.delete, ["docs/Api.md", "src/old/pets.rs"]);
    assert_eq!(made.unchanged, 1);
    assert_eq!(paths(&out.path), ["Cargo.toml", "src/", "src/lib.rs", "src/new.rs"]);
    assert_eq!(fs::read_to_string(out.path.join("src/lib.rs")).unwrap(), marked("src/lib.rs", "2"));
}

#[test]
fn a_second_run_touches_nothing() {
    let (_outer, out) = folder();
    generate(&out, &crate_of("1"));
    let times = || -> Vec<_> {
        ["Cargo.toml", "src/lib.rs", "src", "."]
            .map(|path| fs::metadata(out.path.join(path)).unwrap().modified().unwrap())
            .into()
    };
    let before = times();
    let again = generate(&out, &crate_of("1"));
    assert!(again.is_up_to_date());
    assert_eq!(again.unchanged, 3);
    assert_eq!(times(), before);
}

#[test]
fn line_endings_do_not_count() {
    let (_outer, out) = folder();
    generate(&out, &crate_of("a\nb"));
    put(&out, "src/lib.rs", &marked("src/lib.rs", "a\nb").replace('\n', "\r\n"));
    assert!(plan(&out, &crate_of("a\nb")).unwrap().is_up_to_date());
    put(&out, "src/lib.rs", &marked("src/lib.rs", "a\rb"));
    assert_eq!(plan(&out, &crate_of("a\nb")).unwrap().change.len(), 1);
}

#[test]
fn a_folder_that_may_be_ours_is_taken() {
    let taken = |prepare: fn(&Named)| {
        let (_outer, out) = folder();
        prepare(&out);
        generate(&out, &crate_of("1"));
        assert!(plan(&out, &crate_of("1")).unwrap().is_up_to_date());
        assert!(paths(&out.path).iter().all(|path| !path.contains("codegen-tmp")));
    };
    taken(|_| {});
    taken(|out| fs::create_dir_all(&out.path).unwrap());
    taken(|out| fs::create_dir_all(out.path.join("src/deep")).unwrap());
    taken(|out| put(out, ".git/HEAD", "ref: refs/heads/main"));
    taken(|out| put(out, "target/debug/x", ""));
    // What a first run leaves that was stopped before any file took its place, and just after the manifest did.
    taken(|out| put(out, "src/.lib.rs.codegen-tmp", "half"));
    taken(|out| {
        put(out, "Cargo.toml", &marked("Cargo.toml", ""));
        put(out, "src/.lib.rs.codegen-tmp", "half");
        put(out, "old/.gone.rs.codegen-tmp", "half");
    });
}

#[test]
fn a_folder_of_others_is_refused() {
    let cases: [fn(&Named); 5] = [
        |out| put(out, "notes.txt", "mine"),
        |out| put(out, "src/deep/lib.rs", "mine"),
        |out| put(out, "Cargo.toml", "[package]\n"),
        |out| put(out, "Cargo.toml", &format!("\n\n\n# {}\n", generator::files::MARK)),
        // The mark of another file does not make the folder ours.
        |out| put(out, "src/lib.rs", &marked("src/lib.rs", "")),
    ];
    for prepare in cases {
        let (outer, out) = folder();
        prepare(&out);
        refuses(&outer, &out, &crate_of("1"), &["foreign-folder out"]);
    }
    let (outer, out) = folder();
    fs::write(&out.path, "a file").unwrap();
    refuses(&outer, &out, &crate_of("1"), &["foreign-file out"]);
}

#[test]
fn a_file_of_others_is_refused_where_ours_belongs_and_left_alone_elsewhere() {
    let (outer, out) = folder();
    generate(&out, &crate_of("1"));
    put(&out, "notes.txt", "mine");
    put(&out, "src/mine.rs", "mine");
    put(&out, "target/debug/x", &marked("x", ""));
    put(&out, "Cargo.lock", &marked("Cargo.lock", ""));
    // A whole package below is another crate, though this tool made it.
    put(&out, "clients/pets/Cargo.toml", &marked("Cargo.toml", ""));
    put(&out, "clients/pets/src/lib.rs", &marked("lib.rs", ""));
    let before = tree(&out.path);
    assert!(generate(&out, &crate_of("1")).is_up_to_date());
    assert_eq!(tree(&out.path), before);

    put(&out, "src/lib.rs", "mine");
    put(&out, "src/new.rs/deep", "mine");
    put(&out, "docs/models", "mine");
    let wanted = files(&[("Cargo.toml", ""), ("src/lib.rs", ""), ("src/new.rs", ""), ("docs/models/a.md", "")]);
    refuses(
        &outer,
        &out,
        &wanted,
        &["foreign-file out/docs/models", "foreign-file out/src/lib.rs", "foreign-file out/src/new.rs"],
    );
}

#[test]
fn a_package_inside_of_ours_hides_none_of_our_files() {
    let (_outer, out) = folder();
    generate(&out, &crate_of("1"));
    put(&out, "src/Cargo.toml", "mine");
    assert!(plan(&out, &crate_of("1")).unwrap().is_up_to_date());
    assert_eq!(plan(&out, &crate_of("2")).unwrap().change.len(), 1);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    /// A folder with a crate, and beside it one with files that carry the mark and must survive.
    fn folders() -> (TempDir, Named, PathBuf) {
        let (outer, out) = folder();
        generate(&out, &crate_of("1"));
        let other = outer.path().join("other");
        fs::create_dir_all(&other).unwrap();
        fs::write(other.join("lib.rs"), marked("lib.rs", "theirs")).unwrap();
        fs::write(other.join("Cargo.toml"), marked("Cargo.toml", "theirs")).unwrap();
        (outer, out, other)
    }

    #[test]
    fn an_output_folder_that_is_a_link_is_refused() {
        let (outer, out, other) = folders();
        for target in [other, out.path, outer.path().join("nowhere")] {
            let link = Named { path: outer.path().join("link"), shown: "link".to_owned() };
            symlink(target, &link.path).unwrap();
            refuses(&outer, &link, &crate_of("2"), &["symbolic-link link"]);
            fs::remove_file(&link.path).unwrap();
        }
    }

    #[test]
    fn a_linked_folder_inside_is_refused() {
        let (outer, out, other) = folders();
        fs::remove_dir_all(out.path.join("src")).unwrap();
        symlink(&other, out.path.join("src")).unwrap();
        symlink(&other, out.path.join("mine")).unwrap();
        let before = tree(outer.path());
        let mut codes: Vec<_> = plan(&out, &crate_of("2")).unwrap_err().iter().map(|f| f.message.clone()).collect();
        codes.sort();
        assert!(codes[0].contains("`out/mine` is a symbolic link") && codes[1].contains("`out/src` is"), "{codes:?}");
        assert_eq!(tree(outer.path()), before);
    }

    #[test]
    fn a_linked_file_is_refused_where_ours_belongs_and_left_alone_elsewhere() {
        let (outer, out, other) = folders();
        symlink(other.join("lib.rs"), out.path.join("src/mine.rs")).unwrap();
        symlink("nowhere", out.path.join("dangling")).unwrap();
        symlink(other.join("lib.rs"), out.path.join(".x.codegen-tmp")).unwrap();
        let before = tree(outer.path());
        assert!(generate(&out, &crate_of("1")).is_up_to_date());
        assert_eq!(tree(outer.path()), before);

        for target in [other.join("lib.rs"), outer.path().join("nowhere")] {
            fs::remove_file(out.path.join("src/lib.rs")).unwrap();
            symlink(target, out.path.join("src/lib.rs")).unwrap();
            refuses(&outer, &out, &crate_of("2"), &["symbolic-link out/src/lib.rs"]);
        }
    }

    #[test]
    fn a_linked_manifest_makes_no_folder_ours() {
        let (outer, out, other) = folders();
        fs::remove_file(out.path.join("Cargo.toml")).unwrap();
        symlink(other.join("Cargo.toml"), out.path.join("Cargo.toml")).unwrap();
        refuses(&outer, &out, &crate_of("2"), &["foreign-folder out"]);
    }

    #[test]
    fn a_temporary_file_never_goes_through_a_link() {
        let (outer, out, other) = folders();
        symlink(other.join("lib.rs"), out.path.join("src/.lib.rs.codegen-tmp")).unwrap();
        let before = tree(outer.path());
        let plan = plan(&out, &crate_of("2")).unwrap();
        let fault = apply(&out, &crate_of("2"), &plan).unwrap_err();
        assert_eq!(fault.code.name, "not-written");
        assert_eq!(tree(outer.path()), before);
    }

    #[test]
    fn a_run_that_fails_half_way_changes_nothing_and_leaves_nothing() {
        let (outer, out, _) = folders();
        let wanted = files(&[("Cargo.toml", "2"), ("src/lib.rs", "2"), ("zoo/a.rs", "2")]);
        let plan = plan(&out, &wanted).unwrap();
        // A name that is taken in the meantime fails for every user, root too, unlike a folder without rights.
        fs::write(out.path.join("zoo"), "in the way").unwrap();
        let before = tree(outer.path());
        assert_eq!(apply(&out, &wanted, &plan).unwrap_err().code.name, "not-written");
        assert_eq!(tree(outer.path()), before);
    }

    #[test]
    fn a_file_that_is_no_text_is_somebodys() {
        let (outer, out, _) = folders();
        fs::write(out.path.join("src/lib.rs"), b"\xff\xfe\0").unwrap();
        refuses(&outer, &out, &crate_of("2"), &["foreign-file out/src/lib.rs"]);
        fs::remove_file(out.path.join("src/lib.rs")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(out.path.join("src/lib.rs")).status().unwrap();
        assert!(made.success());
        let fault = plan(&out, &crate_of("2")).unwrap_err();
        assert!(fault[0].message.contains("no file"), "{}", fault[0].message);
    }

    #[test]
    fn a_read_only_file_is_replaced() {
        let (_outer, out, _) = folders();
        let file = out.path.join("src/lib.rs");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        generate(&out, &crate_of("2"));
        assert_eq!(fs::read_to_string(file).unwrap(), marked("src/lib.rs", "2"));
    }
}
