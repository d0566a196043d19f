//! How the project is built, as rules: who may know whom, what may not be called, how long things are.
//!
//! Each rule is a function from sources to faults. It runs here over the whole project, and in its own module over small
//! sources that break it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

mod arrows;
mod calls;
mod manifests;
mod pages;
mod paths;
mod size;
mod source;
mod visit;

use source::{File, Tree};

/// Runs a rule over every file of the project that was written by hand.
fn check(rule: impl Fn(&File) -> Vec<String>) {
    let tree = Tree::of_the_project();
    let faults: Vec<String> = tree.files.iter().flat_map(rule).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn modules_know_only_what_they_may() {
    let tree = Tree::of_the_project();
    let faults = arrows::check(&tree, arrows::MODULES);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn crates_know_only_what_they_may() {
    let faults = manifests::check(&source::root(), manifests::CRATES);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_link_leads_somewhere_and_every_library_has_a_reason() {
    let root = source::root();
    let architecture = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut faults = pages::broken_links(&root);
    faults.extend(pages::unexplained(&root, &architecture));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_called_that_must_not_be() {
    check(calls::check);
}

#[test]
fn files_and_functions_are_short() {
    check(size::check);
}
