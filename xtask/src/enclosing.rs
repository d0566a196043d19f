//! The workspace that a crate is written into.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Whether a crate in that folder would lie in a workspace that does not list it, which Cargo refuses. Where Cargo cannot
/// tell, it would not: a workspace of its own is what Cargo refuses in a member.
pub(crate) fn leaves_out(out: &Path) -> bool {
    let Some(out) = real(out) else { return false };
    let is_root = |folder: &&Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.starts_with("[workspace]") || line.starts_with("[workspace."))
    };
    let Some(root) = out.ancestors().skip(1).find(is_root) else { return false };
    members(root).is_some_and(|members| !members.contains(&out))
}

/// The folder without links, also where its last steps do not exist yet.
fn real(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let existing = path.ancestors().find(|folder| folder.exists())?;
    let rest = path.strip_prefix(existing).ok()?;
    Some(existing.canonicalize().ok()?.join(rest))
}

/// The folders of the members of a workspace, those among them that it only depends on.
fn members(root: &Path) -> Option<Vec<PathBuf>> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"]);
    let output = cargo.arg(root.join("Cargo.toml")).stderr(Stdio::null()).output().ok()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata.get("packages")?.as_array()?.iter();
    let manifests = packages.filter_map(|package| package.get("manifest_path")?.as_str());
    manifests.map(|manifest| Path::new(manifest).parent()?.canonicalize().ok()).collect()
}
