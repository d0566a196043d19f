//! TOML text to a [`Config`]. Every fault is found in one pass, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::{self, Check};
use super::{
    Config, FormatChoice, NameOverride, Origin, OverlayPath, Package, Publish, formats, lint_diagnostic, set_level,
};
use crate::diagnostic::catalog::config as say;
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::ir::Lists;

/// The keys before the sections, each with what reads it.
const KEYS: &[(&str, Key)] = &[("overlays", read_overlays), ("deep-object-lists", read_deep_object_lists)];

/// The sections, each with what reads it.
const SECTIONS: &[(&str, Section)] = &[
    ("package", read_package),
    ("names", read_names),
    ("features", read_features),
    ("formats", read_formats),
    ("lints", read_lints),
];

/// The keys of `[package]`, each with what reads it.
const PACKAGE: &[(&str, SetPackage)] = &[
    ("name", |package, value| text(value, check::crate_name).map(|name| package.name = Some(name))),
    ("version", |package, value| text(value, check::version).map(|version| package.version = version)),
    ("description", |package, value| text(value, check::line).map(|line| package.description = Some(line))),
    ("license", |package, value| text(value, check::license).map(|license| package.license = Some(license))),
    ("authors", |package, value| list(value, usize::MAX, check::line).map(|authors| package.authors = authors)),
    ("repository", |package, value| text(value, check::url).map(|url| package.repository = Some(url))),
    ("homepage", |package, value| text(value, check::url).map(|url| package.homepage = Some(url))),
    ("documentation", |package, value| text(value, check::url).map(|url| package.documentation = Some(url))),
    ("keywords", |package, value| list(value, 5, check::keyword).map(|words| package.keywords = words)),
    ("categories", |package, value| list(value, 5, check::category).map(|slugs| package.categories = slugs)),
    ("publish", |package, value| publish(value).map(|publish| package.publish = publish)),
    ("rust-version", |package, value| text(value, check::rust_version).map(|rust| package.rust_version = rust)),
];

/// The keys of `[features]`.
const FEATURES: &[&str] = &["tags"];

type Value<'t> = Spanned<DeValue<'t>>;
type Key = fn(&mut Reader<'_>, &Value<'_>) -> Result<(), Fault>;
type Section = fn(&mut Reader<'_>, &DeTable<'_>);
type SetPackage = fn(&mut Package, &Value<'_>) -> Result<(), Fault>;

/// Reads a configuration; `name` is that of its file, as diagnostics show it.
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the text. Each is an error whatever the levels are.
pub fn read(name: &str, text: &str) -> Result<Config, Vec<Diagnostic>> {
    // Places count from what follows a byte order mark, and the text is kept without it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let origin = Origin { name: name.to_owned(), text: text.to_owned() };
    let mut reader =
        Reader { file: name, config: Config { origin: Some(origin), ..Config::default() }, found: Vec::new() };
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in faults {
        let span = fault.span().unwrap_or(0..0);
        reader.found.push(say::syntax(name, span, fault.message()));
    }
    // What was recovered from broken text would give errors that are none of the user's.
    if reader.found.is_empty() {
        reader.sections(document.get_ref());
    }
    if reader.found.is_empty() {
        return Ok(reader.config);
    }
    reader.found.sort_by_key(|diagnostic| match &diagnostic.place {
        Place::Text(_, span) => span.start,
        Place::File(_) | Place::Node(..) | Place::Written(..) => 0,
    });
    Err(reader.found)
}

struct Reader<'a> {
    file: &'a str,
    config: Config,
    found: Vec<Diagnostic>,
}

/// A value that cannot be used: where, what is wrong, and what fits.
struct Fault {
    span: Range<usize>,
    message: String,
    help: Cow<'static, str>,
}

impl Reader<'_> {
    fn sections(&mut self, document: &DeTable<'_>) {
        for (key, value) in document {
            if let Some((_, read)) = KEYS.iter().find(|(name, _)| key.get_ref() == name) {
                if let Err(fault) = read(self, value) {
                    self.fault(key.get_ref(), fault);
                }
                continue;
            }
            let known = SECTIONS.iter().find(|(name, _)| key.get_ref() == name);
            match (known, value.get_ref()) {
                (Some((_, read)), DeValue::Table(table)) => read(self, table),
                (Some((name, _)), found) => {
                    let message = format!("`{name}` is {} where a section belongs", kind(found));
                    self.found.push(say::value(self.file, value.span(), message, format!("write `[{name}]`")));
                }
                (None, _) => {
                    let sections = SECTIONS.iter().map(|(name, _)| *name);
                    let known: Vec<&str> = KEYS.iter().map(|(name, _)| *name).chain(sections).collect();
                    self.found.push(say::unknown_key(
                        self.file,
                        key.span(),
                        key.get_ref(),
                        "the configuration",
                        &known,
                    ));
                }
            }
        }
    }

    fn fault(&mut self, key: &str, fault: Fault) {
        let message = format!("`{}`: {}", key.escape_debug(), fault.message);
        self.found.push(say::value(self.file, fault.span, message, fault.help));
    }
}

fn read_overlays(reader: &mut Reader<'_>, value: &Value<'_>) -> Result<(), Fault> {
    let paths = list(value, usize::MAX, |path| check::path(path).map(drop))?;
    let items = value.get_ref().as_array().into_iter().flatten();
    for (path, item) in paths.iter().zip(items) {
        let place = Place::Text(reader.file.to_owned(), item.span());
        if let Ok(path) = check::path(path) {
            reader.config.overlays.push(OverlayPath { path, place });
        }
    }
    Ok(())
}

fn read_deep_object_lists(reader: &mut Reader<'_>, value: &Value<'_>) -> Result<(), Fault> {
    let lists = match value.get_ref().as_str() {
        Some("brackets") => Lists::Brackets,
        Some("repeat") => Lists::Repeat,
        Some("indexed") => Lists::Indexed,
        _ => {
            let message = format!("{} is no way to write a list", shown(value.get_ref()));
            let help = "write \"brackets\", \"repeat\" or \"indexed\"".into();
            return Err(Fault { span: value.span(), message, help });
        }
    };
    reader.config.deep_object_lists = Some(lists);
    Ok(())
}

fn read_package(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    for (key, value) in table {
        let Some((_, set)) = PACKAGE.iter().find(|(name, _)| key.get_ref() == name) else {
            let known: Vec<&str> = PACKAGE.iter().map(|(name, _)| *name).collect();
            reader.found.push(say::unknown_key(reader.file, key.span(), key.get_ref(), "`[package]`", &known));
            continue;
        };
        if let Err(fault) = set(&mut reader.config.package, value) {
            reader.fault(key.get_ref(), fault);
        }
    }
}

fn read_names(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    for (key, value) in table {
        let name = text(value, check::identifier);
        match (check::pointer(key.get_ref()), name) {
            (Ok(pointer), Ok(name)) => {
                let place = Place::Text(reader.file.to_owned(), key.span());
                reader.config.names.insert(pointer, NameOverride { name, place });
            }
            (pointer, name) => {
                if let Err(help) = pointer {
                    let message = "this is no pointer into the description".to_owned();
                    reader.fault(key.get_ref(), Fault { span: key.span(), message, help: help.into() });
                }
                if let Err(fault) = name {
                    reader.fault(key.get_ref(), fault);
                }
            }
        }
    }
}

fn read_features(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    for (key, value) in table {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("tags", DeValue::Boolean(tags)) => reader.config.features.tags = Some(*tags),
            ("tags", other) => {
                let message = format!("{} is neither `true` nor `false`", shown(other));
                reader.fault(
                    "tags",
                    Fault { span: value.span(), message, help: "write `tags = true` or `tags = false`".into() },
                );
            }
            (other, _) => reader.found.push(say::unknown_key(reader.file, key.span(), other, "`[features]`", FEATURES)),
        }
    }
}

fn read_formats(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    for (key, value) in table {
        let place = Place::Text(reader.file.to_owned(), key.span());
        let scalar = text(value, |_| Ok(())).and_then(|name| {
            formats::find(&name).ok_or_else(|| Fault {
                span: value.span(),
                message: format!("there is no type {} to choose", shown(value.get_ref())),
                help: formats::help(&name).into(),
            })
        });
        match scalar {
            Ok(scalar) => {
                reader.config.formats.insert(key.get_ref().clone().into_owned(), FormatChoice { scalar, place });
            }
            Err(fault) => reader.fault(key.get_ref(), fault),
        }
    }
}

fn read_lints(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    const FITS: &str = "write \"allow\", \"warn\" or \"deny\"";
    for (key, value) in table {
        let level = match value.get_ref().as_str() {
            Some("allow") => Level::Allow,
            Some("warn") => Level::Warn,
            Some("deny") => Level::Error,
            _ => {
                let message = format!("{} is no level", shown(value.get_ref()));
                reader.fault(key.get_ref(), Fault { span: value.span(), message, help: FITS.into() });
                continue;
            }
        };
        if let Err(fault) = set_level(&mut reader.config.levels, key.get_ref(), level) {
            reader.found.push(lint_diagnostic(reader.file, key.span(), key.get_ref(), &fault));
        }
    }
}

fn text(value: &Value<'_>, rule: fn(&str) -> Check) -> Result<String, Fault> {
    let fault = |message: String, help: &'static str| Fault { span: value.span(), message, help: help.into() };
    match value.get_ref() {
        DeValue::String(text) => match rule(text) {
            Ok(()) => Ok(text.clone().into_owned()),
            Err(help) => Err(fault(format!("{} does not fit", shown(value.get_ref())), help)),
        },
        other => Err(fault(format!("{} where text belongs", kind(other)), "write the value in double quotes")),
    }
}

fn list(value: &Value<'_>, most: usize, rule: fn(&str) -> Check) -> Result<Vec<String>, Fault> {
    let fault = |message: String, help: &'static str| Fault { span: value.span(), message, help: help.into() };
    match value.get_ref() {
        DeValue::Array(items) if items.len() <= most => items.iter().map(|item| text(item, rule)).collect(),
        DeValue::Array(items) => {
            Err(fault(format!("{} items are too many", items.len()), "crates.io takes at most five"))
        }
        other => Err(fault(
            format!("{} where a list of text belongs", kind(other)),
            "write a list, as in [\"one\", \"two\"]",
        )),
    }
}

fn publish(value: &Value<'_>) -> Result<Publish, Fault> {
    match value.get_ref() {
        DeValue::Boolean(true) => Ok(Publish::Anywhere),
        DeValue::Boolean(false) => Ok(Publish::Never),
        DeValue::Array(_) => list(value, usize::MAX, check::registry).map(Publish::Registries),
        other => Err(Fault {
            span: value.span(),
            message: format!("{} where `true`, `false` or a list belongs", kind(other)),
            help: "write `true`, `false`, or the registries that may have the crate, as in [\"acme\"]".into(),
        }),
    }
}

/// What a value is, as a diagnostic calls it.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Text in quotes and cut to a line; anything else by its kind.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.chars().nth(60).is_some() => {
            format!("\"{}…\"", text.chars().take(60).collect::<String>().escape_debug())
        }
        DeValue::String(text) => format!("\"{}\"", text.escape_debug()),
        other => kind(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ir::{Calendar, Scalar, Text};

    /// Reads a configuration that is good.
    fn good(text: &str) -> Config {
        read("codegen.toml", text).unwrap()
    }

    /// Reads one that is not, and compares `line:column code: message; help`.
    #[track_caller]
    fn bad(text: &str, expect: &Expect) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: String = read("codegen.toml", text)
            .unwrap_err()
            .iter()
            .map(|diagnostic| {
                let Place::Text(_, span) = &diagnostic.place else { panic!("{:?}", diagnostic.place) };
                let before = &text[..span.start];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
                let (code, message, help) = (diagnostic.code.name, &diagnostic.message, &diagnostic.help);
                format!("{line}:{column} {code}: {message}; {help}\n")
            })
            .collect();
        expect.assert_eq(&lines);
    }

    #[test]
    fn lists_of_deep_objects_are_chosen() {
        assert_eq!(good("").deep_object_lists, None);
        for (text, lists) in [("brackets", Lists::Brackets), ("repeat", Lists::Repeat), ("indexed", Lists::Indexed)] {
            assert_eq!(good(&format!("deep-object-lists = {text:?}\n")).deep_object_lists, Some(lists));
        }
        bad(
            "deep-object-lists = \"commas\"\n",
            &expect![[r#"
            1:21 config-value: `deep-object-lists`: "commas" is no way to write a list; write "brackets", "repeat" or "indexed"
        "#]],
        );
        bad(
            "deep-object-lists = 1\n",
            &expect![[r#"
            1:21 config-value: `deep-object-lists`: an integer is no way to write a list; write "brackets", "repeat" or "indexed"
        "#]],
        );
    }

    #[test]
    fn nothing_is_the_default() {
        for text in ["", "\u{feff}", "# only a comment\r\n", "[package]\n[names]\n[formats]\n[lints]\n"] {
            let config = good(text);
            assert_eq!(config.package, Package::default());
            assert!(config.names.is_empty() && config.formats.is_empty() && config.levels.by_code.is_empty());
            assert_eq!(config.crate_name(), "generated");
        }
    }

    #[test]
    fn every_key_is_read() {
        let config = good(
            r##"
overlays = ["overlay.yaml", "./more/b.yaml"]
[package]
name = "acme"
version = "1.2.3"
description = "A client."
license = "MIT"
authors = ["A <a@example.com>", "B"]
repository = "https://example.com/r"
homepage = "https://example.com/h"
documentation = "https://example.com/d"
keywords = ["api"]
categories = ["api-bindings"]
publish = ["acme"]
rust-version = "1.90"
[names]
"#/components/schemas/HttpErrorOut" = "HttpError"
[formats]
date-time = "jiff::Timestamp"
"x y" = "String"
[lints]
warnings = "deny"
config-syntax = "deny"
"##,
        );
        expect![[r#"
            Package {
                name: Some(
                    "acme",
                ),
                version: "1.2.3",
                description: Some(
                    "A client.",
                ),
                license: Some(
                    "MIT",
                ),
                authors: [
                    "A <a@example.com>",
                    "B",
                ],
                repository: Some(
                    "https://example.com/r",
                ),
                homepage: Some(
                    "https://example.com/h",
                ),
                documentation: Some(
                    "https://example.com/d",
                ),
                keywords: [
                    "api",
                ],
                categories: [
                    "api-bindings",
                ],
                publish: Registries(
                    [
                        "acme",
                    ],
                ),
                rust_version: "1.90",
            }
        "#]]
        .assert_debug_eq(&config.package);
        let pointer = crate::source::Pointer::parse("/components/schemas/HttpErrorOut").unwrap();
        assert_eq!(config.names[&pointer].name, "HttpError");
        assert_eq!(config.formats["date-time"].scalar, Scalar::Text(Text::DateTime(Calendar::Jiff)));
        assert_eq!(config.formats["x y"].scalar, Scalar::String);
        assert!(config.levels.deny_warnings);
        assert_eq!(config.levels.by_code["config-syntax"], Level::Error);
        assert_eq!(
            config.overlays.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(),
            ["overlay.yaml", "more/b.yaml"]
        );
        assert_eq!(good("package.publish = true").package.publish, Publish::Anywhere);
    }

    #[test]
    fn every_key_is_documented() {
        let source = include_str!("mod.rs");
        for (key, _) in PACKAGE {
            assert!(source.contains(&format!("/// `{key}`: ")), "{key}");
        }
        for (section, _) in SECTIONS {
            assert!(source.contains(&format!("/// `[{section}]`: ")), "{section}");
        }
        for (key, _) in KEYS {
            assert!(source.contains(&format!("/// `{key}`: ")), "{key}");
        }
    }

    #[test]
    fn the_readme_lists_every_key_and_no_other() {
        let readme = include_str!("../../../README.md");
        let (_, configuration) = readme.split_once("\n## Configuration\n").unwrap();
        let (configuration, _) = configuration.split_once("\n## ").unwrap();
        let quoted = |start: &str| -> Vec<&str> {
            let lines = configuration.lines().filter_map(|line| line.strip_prefix(start));
            lines.filter_map(|line| Some(line.split_once('`')?.0)).collect()
        };
        assert_eq!(
            quoted("| `"),
            PACKAGE.iter().map(|(key, _)| *key).chain(FEATURES.iter().copied()).collect::<Vec<_>>()
        );
        assert_eq!(quoted("- `"), KEYS.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        let sections: Vec<String> = SECTIONS.iter().map(|(name, _)| format!("[{name}]")).collect();
        assert_eq!(quoted("### `"), sections);
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        bad(
            "pakage.name = \"a\"\n[package]\nlicence = \"MIT\"\ncolour = 1\n[lints]\nconfig-sintax = \"deny\"\nx = \"warn\"\n",
            &expect![[r#"
                1:1 config-unknown-key: the configuration has no key `pakage`; did you mean `package`?
                3:1 config-unknown-key: `[package]` has no key `licence`; did you mean `license`?
                4:1 config-unknown-key: `[package]` has no key `colour`; known here: name, version, description, license, authors, repository, homepage, documentation, keywords, categories, publish, rust-version
                6:1 config-unknown-key: there is no code `config-sintax`; did you mean `config-syntax`?
                7:1 config-unknown-key: there is no code `x`; `cargo xtask explain` lists every code
            "#]],
        );
    }

    #[test]
    fn a_value_says_what_fits() {
        bad(
            "names = 1\n[package]\nname = \"é\"\nversion = 1\nkeywords = [\"a\", \"b c\"]\nauthors = \"me\"\n\
             categories = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\npublish = \"no\"\nrust-version = \"1.80\"\n",
            &expect![[r#"
                1:9 config-value: `names` is an integer where a section belongs; write `[names]`
                3:8 config-value: `name`: "é" does not fit; a crate name is made of letters, digits, `-` and `_`, and starts with a letter
                4:11 config-value: `version`: an integer where text belongs; write the value in double quotes
                5:18 config-value: `keywords`: "b c" does not fit; a keyword has at most 20 letters, digits, `-`, `_` and `+`, and starts with a letter or digit
                6:11 config-value: `authors`: text where a list of text belongs; write a list, as in ["one", "two"]
                7:14 config-value: `categories`: 6 items are too many; crates.io takes at most five
                8:11 config-value: `publish`: text where `true`, `false` or a list belongs; write `true`, `false`, or the registries that may have the crate, as in ["acme"]
                9:16 config-value: `rust-version`: "1.80" does not fit; generated code needs Rust 1.85; write that or a newer one, as in `1.88`
            "#]],
        );
        bad(
            "[formats]\nuuid = \"Uuid\"\ndate = \"time::Dates\"\ntime = \"std::string::Text\"\nuri = true\n",
            &expect![[r#"
                2:8 config-value: `uuid`: there is no type "Uuid" to choose; did you mean `uuid::Uuid`?
                3:8 config-value: `date`: there is no type "time::Dates" to choose; did you mean `time::Date`?
                4:8 config-value: `time`: there is no type "std::string::Text" to choose; known here: String, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, std::time::SystemTime, time::OffsetDateTime, time::PrimitiveDateTime, time::Date, time::Time, chrono::DateTime<chrono::FixedOffset>, chrono::NaiveDateTime, chrono::NaiveDate, chrono::NaiveTime, jiff::Timestamp, jiff::civil::DateTime, jiff::civil::Date, jiff::civil::Time, jiff::Span, uuid::Uuid, url::Url, rust_decimal::Decimal, bytes::Bytes
                5:7 config-value: `uri`: a boolean where text belongs; write the value in double quotes
            "#]],
        );
        bad(
            "[names]\n\"/components\" = \"type\"\n\"#/a\" = 1\n[lints]\nconfig-value = \"warn\"\nwarnings = \"allow\"\n\
             config-syntax = \"error\"\n",
            &expect![[r##"
                2:1 config-value: `/components`: this is no pointer into the description; write where the thing stands, as in "#/components/schemas/Pet"; `~1` is a `/` inside of a key
                2:17 config-value: `/components`: "type" does not fit; this is a keyword of Rust; choose another name
                3:9 config-value: `#/a`: an integer where text belongs; write the value in double quotes
                5:1 config-value: `config-value` is always an error; a value in the configuration cannot be used, and generation cannot go on; mend the cause and remove this line
                6:1 config-value: all warnings can be denied, but not be allowed; write `warnings = "deny"`, or allow single codes
                7:17 config-value: `config-syntax`: "error" is no level; write "allow", "warn" or "deny"
            "##]],
        );
    }

    #[test]
    fn an_overlay_lies_below_the_configuration() {
        bad(
            "overlays = \"a.yaml\"\n",
            &expect![[r#"
            1:12 config-value: `overlays`: text where a list of text belongs; write a list, as in ["one", "two"]
        "#]],
        );
        bad(
            "overlays = [\"a.yaml\",\n \"../b.yaml\"]\n",
            &expect![[r#"
            2:2 config-value: `overlays`: "../b.yaml" does not fit; write the path of a file below the folder of the configuration, as in "overlays/pets.yaml"
        "#]],
        );
        for outside in ["/a", "a/../../b", "..", "", ".", "C:\\\\a", "\\u0000"] {
            assert!(read("c", &format!("overlays = [\"{outside}\"]")).is_err(), "{outside}");
        }
    }

    #[test]
    fn text_that_is_not_toml_is_located() {
        bad(
            "[package]\nname = acme\n",
            &expect![[r#"
            2:8 config-syntax: the configuration is not TOML: string values must be quoted, expected literal string; `cargo xtask explain config-syntax` shows the usual slips
        "#]],
        );
        bad(
            "\u{feff}[package\n",
            &expect![[r#"
            1:9 config-syntax: the configuration is not TOML: unclosed table, expected `]`; `cargo xtask explain config-syntax` shows the usual slips
        "#]],
        );
        bad(
            "[names]\n#/components/schemas/Pet = \"Animal\"\n[package]\nname = \"a\"\nname = \"b\"\n",
            &expect![[r#"
                5:1 config-syntax: the configuration is not TOML: duplicate key; `cargo xtask explain config-syntax` shows the usual slips
            "#]],
        );
    }

    #[test]
    fn hostile_text_is_refused_in_time() {
        let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let dotted = format!("{}a = 1", "a.".repeat(100_000));
        let tables = format!("a = {}", "{a=".repeat(100_000));
        for text in [deep, dotted, tables, "\0".to_owned(), "[".repeat(100_000)] {
            assert!(read("codegen.toml", &text).is_err());
        }
    }
}
