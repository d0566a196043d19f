//! Which packages of the workspace may depend on which.

use std::fs;
use std::path::Path;

/// A package of the workspace, by its folder, and the packages of the workspace that it may depend on.
pub(crate) type Crate = (&'static str, &'static [&'static str]);

/// Nothing depends on `xtask`, and the generated crate stands alone.
pub(crate) const CRATES: &[Crate] = &[
    ("generator", &[]),
    ("generator/runtime", &[]),
    ("generated", &[]),
    ("tests/driver", &["generator"]),
    ("xtask", &["driver", "generator"]),
    ("tests", &["driver", "generated", "generator", "wire-fixture"]),
    ("tests/wire-fixture/client", &[]),
];

/// Faults of the workspace below `root`.
pub(crate) fn check(root: &Path, table: &[Crate]) -> Vec<String> {
    let read = |folder: &str| -> toml::Table {
        let path = root.join(folder).join("Cargo.toml");
        fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())).parse().unwrap()
    };
    let workspace = read("");
    let members = workspace["workspace"]["members"].as_array().unwrap();
    let members: Vec<(String, toml::Table)> =
        members.iter().map(|member| member.as_str().unwrap()).map(|folder| (folder.to_owned(), read(folder))).collect();
    let packages: Vec<&str> =
        members.iter().map(|(_, manifest)| manifest["package"]["name"].as_str().unwrap()).collect();

    let mut faults = Vec::new();
    for (folder, manifest) in &members {
        let Some((_, allowed)) = table.iter().find(|(known, _)| known == folder) else {
            faults.push(format!("{folder} is not in the table of crates"));
            continue;
        };
        let used = dependencies(manifest);
        let surplus = used.iter().filter(|name| packages.contains(name) && !allowed.contains(name));
        faults.extend(surplus.map(|name| format!("{folder} must not depend on {name}")));
    }
    faults
}

/// The packages that a package depends on, on some target at least, by their own names.
fn dependencies(manifest: &toml::Table) -> Vec<&str> {
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let tables = targets.filter_map(toml::Value::as_table).chain([manifest]);
    let sections = tables.flat_map(|table| {
        let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
        sections.into_iter().filter_map(|section| table.get(section)?.as_table())
    });
    sections.flatten().map(|(name, value)| value.get("package").and_then(toml::Value::as_str).unwrap_or(name)).collect()
}

#[test]
fn what_breaks_the_table_is_found() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tidy-manifests");
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"c\"]\n");
    put("a/Cargo.toml", "[package]\nname = \"a\"\n[dev-dependencies]\nb.workspace = true\nserde = \"1\"\n");
    put(
        "b/Cargo.toml",
        "[package]\nname = \"b\"\n[dependencies]\na = { path = \"../a\" }\n[target.'cfg(unix)'.dependencies]\nx = { package = \"c\", path = \"../c\" }\n",
    );
    put("c/Cargo.toml", "[package]\nname = \"c\"\n");
    let faults = check(&root, &[("a", &[]), ("b", &["a"])]);
    assert_eq!(faults, ["a must not depend on b", "b must not depend on c", "c is not in the table of crates"]);
}
