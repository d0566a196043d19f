//! Who may know whom in the generator: the table, and the rule that holds it against the sources.

use std::collections::BTreeSet;

use crate::paths::{self, Reference};
use crate::source::{File, Tree};
use crate::visit::{Seer, show};

/// What a module may know. What is not listed, it must not know.
pub(crate) struct Module {
    pub(crate) name: &'static str,
    /// Other modules.
    pub(crate) modules: &'static [&'static str],
    /// Packages.
    pub(crate) packages: &'static [&'static str],
    /// Words that must not stand in it, in names or in text.
    pub(crate) strange: &'static [&'static str],
}

/// The modules, in the order of the pipeline. `lib.rs` is the pipeline itself and knows them all.
pub(crate) const MODULES: &[Module] = &[
    module("source", &["diagnostic"], &["saphyr_parser", "serde", "serde_json", "serde_yaml"]).strange_to(&[
        "openapi",
        "swagger",
        "schema",
        "operation",
        "parameter",
        "response",
    ]),
    module("diagnostic", &["nearest", "source"], &["annotate_snippets", "serde_json"]),
    module("disposition", &["diagnostic"], &[]),
    module("nearest", &[], &["strsim"]),
    // A chosen name must be an identifier, and no keyword.
    module("config", &["diagnostic", "ir", "nearest", "parallel", "source"], &["semver", "syn", "toml"]),
    module("overlay", &["diagnostic", "nearest", "source"], &["regex", "serde_json"]).strange_to(&[
        "schema",
        "operation",
        "parameter",
        "response",
    ]),
    module("suggest", &["diagnostic", "nearest", "overlay", "source"], &[]).strange_to(&["rust"]),
    // What is a reference, and to what, follows from where it stands.
    module("bundle", &["diagnostic", "nearest", "openapi", "schema", "source"], &[]),
    module(
        "openapi",
        &["diagnostic", "disposition", "nearest", "schema", "source"],
        &["indexmap", "openapiv3", "serde", "serde_json"],
    )
    .strange_to(&["rust"]),
    module("schema", &["diagnostic", "disposition", "source"], &["regex_syntax"]).strange_to(&["rust", "http"]),
    module(
        "lower",
        &["config", "diagnostic", "disposition", "ir", "openapi", "schema", "source"],
        &["indexmap", "openapiv3"],
    )
    .strange_to(&["serde"]),
    // An origin is a pointer into the source; nothing else of a document is in the representation.
    module("ir", &["source"], &[]),
    module("facts", &["ir"], &[]),
    module("name", &["config", "diagnostic", "facts", "ir", "source"], &["heck", "proc_macro2", "quote"])
        .strange_to(&["openapi"]),
    // A page shows Rust as it is printed.
    module(
        "emit",
        &["config", "facts", "ir", "markdown", "name", "print"],
        &["proc_macro2", "quote", "serde_json", "toml"],
    ),
    module("markdown", &[], &["pulldown_cmark"]),
    module("gate", &["markdown"], &["proc_macro2", "pulldown_cmark", "quote", "syn"]),
    module("print", &[], &["prettyplease", "proc_macro2", "quote", "syn"]),
    module("files", &[], &[]),
    module(PARALLEL, &[], &[]),
];

/// The only module that starts threads, all of which end with the call.
const PARALLEL: &str = "parallel";

/// What no other module may know: the generator is a function from documents to files.
const IMPURE: [&str; 8] = ["env", "fs", "io", "net", "os", "process", "thread", "time"];

const fn module(name: &'static str, modules: &'static [&'static str], packages: &'static [&'static str]) -> Module {
    Module { name, modules, packages, strange: &[] }
}

impl Module {
    const fn strange_to(self, strange: &'static [&'static str]) -> Self {
        Self { strange, ..self }
    }
}

/// Faults of the generator's modules against a table of them, and of the table against the modules.
pub(crate) fn check(tree: &Tree, table: &'static [Module]) -> Vec<String> {
    let sources = || tree.files.iter().filter(|file| file.path.starts_with("generator/src/") && !file.test);
    let names: BTreeSet<String> =
        sources().filter_map(|file| file.module().first().map(|&name| name.to_owned())).collect();
    let names: Vec<String> = names.into_iter().collect();
    let packages: BTreeSet<String> =
        table.iter().flat_map(|module| module.packages).map(|&name| name.to_owned()).collect();
    let packages: Vec<String> = packages.into_iter().collect();

    let mut faults = Vec::new();
    for name in names.iter().filter(|name| table.iter().all(|module| module.name != **name)) {
        faults.push(format!("`{name}` is not in the table of modules"));
    }
    for file in sources() {
        let mut found = paths::of(file, &names, &packages);
        found.retain(|reference| is_impure(reference) && !starts_threads(file, reference));
        faults.extend(found.iter().map(|reference| format!("{}: {reference:?} is impure", file.path)));
    }
    for module in table {
        let files: Vec<&File> = sources().filter(|file| file.module().first() == Some(&module.name)).collect();
        if files.is_empty() {
            faults.push(format!("there is no module `{}`", module.name));
            continue;
        }
        faults.extend(of_module(module, &files, &names, &packages));
    }
    faults
}

fn is_impure(reference: &Reference) -> bool {
    matches!(reference, Reference::Std(name) if IMPURE.contains(&name.as_str()))
}

fn starts_threads(file: &File, reference: &Reference) -> bool {
    file.module().first() == Some(&PARALLEL) && *reference == Reference::Std("thread".to_owned())
}

fn of_module(module: &'static Module, files: &[&File], names: &[String], packages: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for file in files {
        for reference in paths::of(file, names, packages) {
            let allowed = match &reference {
                Reference::Module(name) => name == module.name || module.modules.contains(&name.as_str()),
                Reference::Crate(name) => module.packages.contains(&name.as_str()),
                Reference::Std(_) => true,
            };
            if !allowed {
                faults.push(format!("{}: `{}` must not know {reference:?}", file.path, module.name));
            }
            used.insert(reference);
        }
        let mut strange = Strange { words: module.strange, found: BTreeSet::new() };
        show(&file.syntax, &mut strange);
        let strange = strange.found.iter();
        faults.extend(strange.map(|text| format!("{}: `{}` must not speak of {text:?}", file.path, module.name)));
    }
    // A permission that nobody needs hides the next step in the wrong direction.
    let modules = module.modules.iter().map(|name| Reference::Module((*name).to_owned()));
    let packages = module.packages.iter().map(|name| Reference::Crate((*name).to_owned()));
    let unused = modules.chain(packages).filter(|reference| !used.contains(reference));
    faults.extend(unused.map(|reference| format!("`{}` may know {reference:?} and does not", module.name)));
    faults
}

/// Words that a module must not speak of.
struct Strange {
    words: &'static [&'static str],
    found: BTreeSet<String>,
}

impl Strange {
    fn look(&mut self, text: &str) {
        let lower = text.to_lowercase();
        if self.words.iter().any(|word| lower.contains(word)) {
            self.found.insert(text.to_owned());
        }
    }
}

impl Seer for Strange {
    fn text(&mut self, text: &str) {
        self.look(text);
    }

    fn word(&mut self, word: &str) {
        self.look(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: &[Module] = &[
        module("lower", &["ir"], &["openapiv3"]).strange_to(&["serde"]),
        module("ir", &[], &[]),
        module(PARALLEL, &[], &[]),
        // A page shows Rust as it is printed.
        module("emit", &["ir"], &["quote"]),
    ];

    /// A tree that follows the table, with one file more.
    fn with(path: &str, text: &str) -> Vec<String> {
        let good = [
            ("generator/src/lib.rs", "mod ir; mod lower; mod emit; fn f() { emit::f(); }"),
            ("generator/src/lower/mod.rs", "use crate::ir::Api; use openapiv3::OpenAPI; #[cfg(test)] mod tests;"),
            ("generator/src/lower/tests.rs", "use crate::emit; use std::fs;"),
            ("generator/src/ir.rs", "use std::fmt;"),
            ("generator/src/parallel.rs", "use std::thread;"),
            ("generator/src/emit.rs", "fn f(api: &super::ir::Api) { quote::quote!(std::fs::read()); }"),
        ];
        let all =
            good.into_iter().filter(|(known, _)| *known != path).chain((!path.is_empty()).then_some((path, text)));
        check(&Tree::new(all.map(|(path, text)| (path.to_owned(), text.to_owned()))), TABLE)
    }

    #[test]
    fn what_follows_the_table_is_good() {
        assert_eq!(with("", ""), [""; 0]);
    }

    #[test]
    fn what_breaks_it_is_found() {
        for (path, text, expect) in [
            ("generator/src/lower/a.rs", "use crate::emit::f;", "`lower` must not know Module(\"emit\")"),
            (
                "generator/src/lower/a.rs",
                "fn f() { super::super::emit::f(); }",
                "`lower` must not know Module(\"emit\")",
            ),
            ("generator/src/lower/a.rs", "use quote::quote;", "`lower` must not know Crate(\"quote\")"),
            ("generator/src/lower/a.rs", "const A: &str = \"serde(rename)\";", "must not speak of \"serde(rename)\""),
            ("generator/src/ir.rs", "fn f(x: openapiv3::Schema) {}", "`ir` must not know Crate(\"openapiv3\")"),
            ("generator/src/ir.rs", "fn f() { std::fs::read(\"a\"); }", "Std(\"fs\") is impure"),
            ("generator/src/lib.rs", "use std::{env, time};", "Std(\"time\") is impure"),
            (
                "generator/src/lower/a.rs",
                "fn f() { log!(\"{}\", std::thread::current()); }",
                "Std(\"thread\") is impure",
            ),
            ("generator/src/parallel.rs", "use std::{fs, thread};", "Std(\"fs\") is impure"),
            ("generator/src/novel.rs", "", "`novel` is not in the table"),
            ("generator/src/emit.rs", "fn f(api: &crate::ir::Api) {}", "`emit` may know Crate(\"quote\") and does not"),
        ] {
            let faults = with(path, text);
            assert!(faults.iter().any(|fault| fault.contains(expect)), "{path}: {text}: {faults:?}");
        }
    }
}
