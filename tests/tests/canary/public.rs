//! The public types of the generated crate, as its sources say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("generated")
}

/// Every file of the crate, whether a module leads to it or not.
pub(super) fn sources() -> Vec<(PathBuf, syn::File)> {
    let mut folders = vec![root().join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
                files.push((path, file));
            }
        }
    }
    files
}

/// The names of all public structs, enums and unions, also those that no public path leads to.
pub(super) fn types() -> BTreeSet<String> {
    let mut types = Types::default();
    for (_, file) in sources() {
        types.visit_file(&file);
    }
    types.names
}

#[derive(Default)]
struct Types {
    names: BTreeSet<String>,
}

impl Types {
    fn add(&mut self, visibility: &syn::Visibility, name: &syn::Ident) {
        if matches!(visibility, syn::Visibility::Public(_)) {
            assert!(self.names.insert(name.to_string()), "two public types are called {name}: compare by their paths");
        }
    }
}

impl<'ast> Visit<'ast> for Types {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.vis, &item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.vis, &item.ident);
    }

    fn visit_item_union(&mut self, item: &'ast syn::ItemUnion) {
        self.add(&item.vis, &item.ident);
    }

    /// Types that stand in the call of a macro, which declares them.
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if let Ok(file) = item.mac.parse_body::<syn::File>() {
            file.items.iter().for_each(|item| match item {
                syn::Item::Struct(item) => self.add(&item.vis, &item.ident),
                syn::Item::Enum(item) => self.add(&item.vis, &item.ident),
                _ => {}
            });
        }
        // Behind the arrow of an operation stands the type of its call.
        if item.mac.path.segments.last().is_some_and(|name| name.ident == "operations") {
            let text = item.mac.tokens.to_string();
            let rows = text.split("->").skip(1).filter_map(|row| row.split_whitespace().next());
            for name in rows {
                let name = syn::Ident::new(name, proc_macro2::Span::call_site());
                self.add(&syn::Visibility::Public(syn::token::Pub::default()), &name);
            }
        }
    }
}

/// The macros that the crate calls, by their last name.
pub(super) fn macros() -> BTreeSet<String> {
    #[derive(Default)]
    struct Macros(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Macros {
        fn visit_macro(&mut self, call: &'ast syn::Macro) {
            self.0.extend(call.path.segments.last().map(|segment| segment.ident.to_string()));
            visit::visit_macro(self, call);
        }
    }
    let mut macros = Macros::default();
    for (_, file) in sources() {
        macros.visit_file(&file);
    }
    macros.0
}

#[test]
fn types_are_found() {
    let types = types();
    for expect in ["Client", "Error", "Logout", "DashboardAccessOut", "Trial"] {
        assert!(types.contains(expect), "{expect} is not among {types:?}");
    }
    assert!(!types.contains("BaseUrl"), "a type of the runtime alone is not public");
}
