//! What must not be called, marked or made where.

use syn::visit::{self, Visit};

use crate::source::File;
use crate::visit::{Seer, show};

/// What a rule forbids.
enum Ban {
    Method(&'static str),
    Macro(&'static str),
    /// A path that ends like this.
    Path(&'static str),
    /// A value of this struct, written out or made by `new`.
    Made(&'static str),
}

/// A rule: in which files, but for which, something is forbidden, and why.
struct Rule {
    within: &'static [&'static str],
    except: &'static [&'static str],
    bans: &'static [Ban],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        within: &["tests/driver/", "generator/", "xtask/"],
        except: &[],
        bans: &[
            Ban::Method("unwrap"),
            Ban::Method("unwrap_err"),
            Ban::Method("expect"),
            Ban::Method("expect_err"),
            Ban::Macro("panic"),
            Ban::Macro("todo"),
            Ban::Macro("unimplemented"),
            Ban::Macro("unreachable"),
            Ban::Macro("assert"),
            Ban::Macro("assert_eq"),
            Ban::Macro("assert_ne"),
            Ban::Macro("dbg"),
        ],
        why: "no input makes the tool or a client panic",
    },
    Rule {
        within: &["tests/driver/", "generator/", "xtask/"],
        except: &[],
        bans: &[Ban::Macro("print"), Ban::Macro("println"), Ban::Macro("eprint"), Ban::Macro("eprintln")],
        why: "these panic when nobody reads; the generator says what it has to say by diagnostics",
    },
    Rule {
        within: &["generator/src/"],
        except: &["generator/src/diagnostic/"],
        bans: &[Ban::Made("Diagnostic"), Ban::Made("Code")],
        why: "every wording of a diagnostic stands in diagnostic/catalog/",
    },
    Rule {
        within: &["generator/src/"],
        except: &[],
        bans: &[Ban::Path("thread::spawn"), Ban::Path("thread::Builder")],
        why: "no thread outlives the call that starts it",
    },
    Rule {
        within: &["generator/src/emit/"],
        except: &[],
        bans: &[
            Ban::Macro("format_ident"),
            Ban::Path("Ident::new"),
            Ban::Path("Ident::new_raw"),
            Ban::Path("TokenStream::from_str"),
            Ban::Path("Literal::from_str"),
            Ban::Path("parse_str"),
            Ban::Method("parse"),
        ],
        why: "Rust is never made from text: identifiers come from name/, tokens from quote",
    },
    Rule {
        within: &["generator/src/emit/"],
        except: &[],
        bans: &[Ban::Path("Result"), Ban::Path("Err")],
        why: "after name/ nothing fails because of a description",
    },
];

/// Faults of a file.
pub(crate) fn check(file: &File) -> Vec<String> {
    let mut faults = marks(file);
    if file.test {
        return faults;
    }
    for rule in RULES {
        let among = |places: &[&str]| places.iter().any(|place| file.path.starts_with(place));
        if among(rule.within) && !among(rule.except) {
            let mut seen = Seen { rule, found: Vec::new() };
            show(&file.syntax, &mut seen);
            let faults_here = seen.found.iter().map(|found| format!("{}: {found}: {}", file.path, rule.why));
            faults.extend(faults_here);
        }
    }
    faults
}

struct Seen {
    rule: &'static Rule,
    found: Vec<String>,
}

impl Seer for Seen {
    fn method(&mut self, name: &str) {
        if self.rule.bans.iter().any(|ban| matches!(ban, Ban::Method(banned) if *banned == name)) {
            self.found.push(format!("`.{name}()`"));
        }
    }

    fn macro_call(&mut self, name: &str) {
        if self.rule.bans.iter().any(|ban| matches!(ban, Ban::Macro(banned) if *banned == name)) {
            self.found.push(format!("`{name}!`"));
        }
    }

    fn path(&mut self, names: &[String]) {
        let path = names.join("::");
        let ends_with = |end: &str| path == end || path.ends_with(&format!("::{end}"));
        let banned = self.rule.bans.iter().any(|ban| match ban {
            Ban::Path(end) => ends_with(end),
            Ban::Made(made) => ends_with(&format!("{made}::new")),
            // `Option::unwrap` handed over as a function panics like the method.
            Ban::Method(name) => names.len() > 1 && ends_with(name),
            Ban::Macro(_) => false,
        });
        if banned {
            self.found.push(format!("`{path}`"));
        }
    }

    fn literal(&mut self, name: &str) {
        if self.rule.bans.iter().any(|ban| matches!(ban, Ban::Made(made) if *made == name)) {
            self.found.push(format!("a `{name}` is made"));
        }
    }
}

/// Marks that no code may bear, tests included: a test is run, and it says what must come out.
fn marks(file: &File) -> Vec<String> {
    struct Marks<'f> {
        file: &'f File,
        found: Vec<String>,
    }
    impl<'ast> Visit<'ast> for Marks<'_> {
        fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
            for mark in ["ignore", "should_panic"] {
                if attribute.path().is_ident(mark) {
                    self.found.push(format!("{}: `#[{mark}]` marks a test that says nothing", self.file.path));
                }
            }
            let silences = ["allow", "expect"].iter().any(|name| attribute.path().is_ident(name));
            if silences && !self.file.test {
                let words = attribute.meta.require_list().map(|list| list.tokens.to_string()).unwrap_or_default();
                for lint in ["unwrap_used", "expect_used", "panic", "todo", "dbg_macro", "dead_code", "unused"] {
                    if words.split([',', ':', ' ']).any(|word| word == lint) {
                        self.found.push(format!("{}: the lint `{lint}` is silenced", self.file.path));
                    }
                }
            }
            visit::visit_attribute(self, attribute);
        }
    }
    let mut marks = Marks { file, found: Vec::new() };
    marks.visit_file(&file.syntax);
    marks.found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fault(path: &str, text: &str, expect: &str) {
        let faults = check(&File::new(path, text));
        assert!(faults.len() == 1 && faults[0].contains(expect), "{text}: {faults:?}");
    }

    #[track_caller]
    fn good(path: &str, text: &str) {
        assert_eq!(check(&File::new(path, text)), [""; 0], "{text}");
    }

    #[test]
    fn what_panics_is_found() {
        const PATH: &str = "generator/src/a.rs";
        for (text, expect) in [
            ("fn f() { g().unwrap(); }", "`.unwrap()`"),
            ("fn f() { g().expect(\"x\"); }", "`.expect()`"),
            ("fn f() { write!(g(), \"{}\", h(a, b.unwrap())); }", "`.unwrap()`"),
            ("fn f() { a.map(Option::unwrap); }", "`Option::unwrap`"),
            ("fn f() { vec![a, b.map(Result::expect)]; }", "`Result::expect`"),
            ("impl A { fn f() { panic!(\"x\") } }", "`panic!`"),
            ("fn f() { vec![todo!()]; }", "`todo!`"),
            ("fn f() { let x = || dbg!(1); }", "`dbg!`"),
            ("fn f() { assert!(x); }", "`assert!`"),
            ("fn f() { println!(); }", "`println!`"),
            ("static A: fn() = || unreachable!();", "`unreachable!`"),
        ] {
            fault(PATH, text, expect);
        }
        good(PATH, "fn f() { g().unwrap_or_default(); unwrap(x); quote!(x.unwrap()); }");
        good(PATH, "#[cfg(test)] mod tests { fn f() { x.unwrap(); } } #[test] fn g() { panic!() }");
        good("generator/tests/a.rs", "fn f() { x.unwrap(); }");
    }

    #[test]
    fn threads_end_with_the_call() {
        fault("generator/src/a.rs", "fn f() { std::thread::spawn(g); }", "`std::thread::spawn`");
        fault("generator/src/a.rs", "use std::thread::Builder;", "`std::thread::Builder`");
        good("generator/src/a.rs", "fn f() { thread::scope(|scope| scope.spawn(g)); }");
    }

    #[test]
    fn marks_are_found_in_tests_too() {
        fault("tests/tests/a.rs", "#[test] #[ignore] fn f() {}", "`#[ignore]`");
        fault("tests/tests/a.rs", "mod m { #[test] #[ignore = \"slow\"] fn f() {} }", "`#[ignore]`");
        fault("xtask/src/a.rs", "#[cfg(test)] mod t { #[should_panic] fn f() {} }", "`#[should_panic]`");
        fault("xtask/src/a.rs", "#[allow(clippy::unwrap_used)] fn f() {}", "`unwrap_used`");
        fault("xtask/src/a.rs", "#![expect(dead_code, reason = \"x\")]", "`dead_code`");
        good("tests/tests/a.rs", "#![allow(clippy::unwrap_used)]");
        good("xtask/src/a.rs", "#[allow(missing_docs)] enum E {}");
    }

    #[test]
    fn diagnostics_are_worded_in_the_catalogue_alone() {
        for text in [
            "fn f() { Diagnostic::new(&C, p, m, h); }",
            "fn f() -> Diagnostic { diagnostic::Diagnostic { code, ..other } }",
            "static C: Code = Code { name: \"a\", ..D };",
        ] {
            fault("generator/src/lower/a.rs", text, "catalog");
            good("generator/src/diagnostic/catalog/a.rs", text);
        }
    }

    #[test]
    fn rust_is_not_made_from_text() {
        for (text, expect) in [
            ("fn f() { syn::parse_str(&format!(\"{a}\")); }", "`syn::parse_str`"),
            ("fn f() -> TokenStream { text.parse().unwrap_or_default() }", "`.parse()`"),
            ("fn f() { Ident::new(text, span); }", "`Ident::new`"),
            ("use proc_macro2::Ident; fn f() { format_ident!(\"a{b}\"); }", "`format_ident!`"),
            ("fn f() { TokenStream::from_str(text); }", "`TokenStream::from_str`"),
        ] {
            fault("generator/src/emit/a.rs", text, expect);
        }
        fault("generator/src/emit/a.rs", "fn f() -> Result<(), E> { quote!(Err(x)) }", "`Result`");
        good("generator/src/emit/a.rs", "fn f() { quote!(text.parse()); format!(\"{a}\"); }");
    }
}
