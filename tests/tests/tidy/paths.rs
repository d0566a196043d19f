//! What a file refers to: modules of its own crate, other crates, parts of the standard library.

use std::collections::BTreeSet;

use crate::source::File;
use crate::visit::{Seer, show};

/// Something that a file refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reference {
    /// A module at the root of its own crate.
    Module(String),
    /// A crate that its package depends on.
    Crate(String),
    /// A module of the standard library.
    Std(String),
}

/// All that a file refers to outside of tests; `modules` stand at the root of its crate, `crates` are what its package
/// depends on.
pub(crate) fn of(file: &File, modules: &[String], crates: &[String]) -> BTreeSet<Reference> {
    let here: Vec<String> = file.module().into_iter().map(str::to_owned).collect();
    let mut seen = Seen { here, modules, crates, found: BTreeSet::new() };
    show(&file.syntax, &mut seen);
    seen.found
}

struct Seen<'a> {
    here: Vec<String>,
    modules: &'a [String],
    crates: &'a [String],
    found: BTreeSet<Reference>,
}

impl Seer for Seen<'_> {
    fn path(&mut self, names: &[String]) {
        let Some(first) = names.first() else { return };
        match first.as_str() {
            "std" | "core" | "alloc" => self.found.extend(names.get(1).cloned().map(Reference::Std)),
            "crate" => self.module(names.get(1)),
            "super" => {
                let ups = names.iter().take_while(|name| *name == "super").count();
                // Only at the root of the crate it leads to another module than its own.
                if self.here.len() == ups {
                    self.module(names.get(ups));
                }
            }
            first if self.crates.iter().any(|known| known == first) => {
                self.found.insert(Reference::Crate(first.to_owned()));
            }
            _ => {}
        }
    }
}

impl Seen<'_> {
    fn module(&mut self, name: Option<&String>) {
        self.found.extend(name.filter(|name| self.modules.contains(name)).cloned().map(Reference::Module));
    }
}

#[test]
fn every_way_to_refer_is_seen() {
    let check = |text: &str, expect: &[Reference]| {
        let file = File::new("g/src/a/b.rs", text);
        let known = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let found = of(&file, &known(&["a", "ir", "name"]), &known(&["heck", "serde_json"]));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expect, "{text}");
    };
    let module = |name: &str| Reference::Module(name.to_owned());
    let krate = |name: &str| Reference::Crate(name.to_owned());
    let std = |name: &str| Reference::Std(name.to_owned());
    check("use crate::{Root, ir, name::{self, Names}};", &[module("ir"), module("name")]);
    check("use super::super::ir as other; use super::c;", &[module("ir")]);
    check("fn f(x: &crate::ir::Api) -> heck::Words { todo() }", &[module("ir"), krate("heck")]);
    check(
        "fn f() { format!(\"{}\", crate::name::of(serde_json::json!({}))); }",
        &[module("name"), krate("serde_json")],
    );
    check("fn f() { std::fs::read(core::mem::take(x)); }", &[std("fs"), std("mem")]);
    check("pub use std::{env, io::Write as _};", &[std("env"), std("io")]);
    check("fn f() { quote!(crate::ir::X); let heck = 1; }", &[]);
    check("#[cfg(test)] mod tests { use crate::ir; } #[cfg(test)] use crate::name;", &[]);
}
