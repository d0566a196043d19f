//! The choices of `spec/codegen.toml`: what a description does not say and its owner wants to decide.
//!
//! The doc comments of the sections and their keys here are the reference that the README shows.

mod check;
mod formats;
mod read;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Code, Control, Diagnostic, Level, Levels, Place, catalog};
use crate::ir::{Lists, Scalar};
use crate::parallel::Threads;
use crate::source::Pointer;

pub use check::crate_name;
pub use read::read;

/// The oldest Rust that a generated crate compiles with.
pub const OLDEST_RUST: &str = "1.85";

/// The configuration of one crate, each section of `codegen.toml` a field.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `[package]`: what the manifest of the generated crate says.
    pub package: Package,
    /// `[names]`: Rust names by the pointer of what they name.
    ///
    /// ```toml
    /// [names]
    /// "#/components/schemas/HttpErrorOut" = "HttpError"
    /// ```
    pub names: BTreeMap<Pointer, NameOverride>,
    /// `[features]`: what users of the crate can leave out.
    pub features: Features,
    /// `[formats]`: Rust types by the format of the strings and numbers that they hold, among them formats of your own.
    ///
    /// ```toml
    /// [formats]
    /// date-time = "time::OffsetDateTime"
    /// ```
    pub formats: BTreeMap<String, FormatChoice>,
    /// `[lints]`: a level, `"allow"`, `"warn"` or `"deny"`, by the code of a diagnostic, and for `warnings` as a whole
    /// `"deny"` or `"warn"`. `-A`, `-W` and `-D` on the command line win over it.
    ///
    /// ```toml
    /// [lints]
    /// unknown-field = "deny"
    /// ```
    pub levels: Levels,
    /// `overlays`: files with corrections of the description, in the order in which they are applied. Their paths are
    /// relative to the folder of the configuration and do not leave it.
    ///
    /// ```toml
    /// overlays = ["overlay.yaml"]
    /// ```
    pub overlays: Vec<OverlayPath>,
    /// `deep-object-lists`: how `deepObject` writes a list of plain values, of which OpenAPI says nothing. `"brackets"`,
    /// the default, is `filter[tags][]=a`, `"repeat"` is `filter[tags]=a`, and `"indexed"` is `filter[tags][0]=a`.
    pub deep_object_lists: Option<Lists>,
    /// Whether the manifest opens a workspace of its own: the folder lies in a workspace that does not list the crate, so
    /// Cargo would refuse it otherwise. No key of the file says so, since it depends on the place alone.
    pub own_workspace: bool,
    /// How many threads may work at once. No key says so: it changes nothing of the output.
    pub threads: Threads,
    /// Where all of this was read from, for diagnostics about it; `None` where there is no such file.
    pub origin: Option<Origin>,
}

/// `[package]`: what the manifest of the generated crate says. A key that is left out has the default that it states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// `name`: the name of the crate. By default that of the output folder. `--name` wins over it.
    pub name: Option<String>,
    /// `version`: the version of the crate, not of the API. By default `0.1.0`.
    pub version: String,
    /// `description`: one sentence for crates.io. By default made from the title of the API.
    pub description: Option<String>,
    /// `license`: an SPDX expression, such as `MIT OR Apache-2.0`. By default none.
    pub license: Option<String>,
    /// `authors`: a list of `Name <address>`. By default none.
    pub authors: Vec<String>,
    /// `repository`: the URL of the source code. By default none.
    pub repository: Option<String>,
    /// `homepage`: the URL of the crate's page. By default none.
    pub homepage: Option<String>,
    /// `documentation`: the URL of the documentation. By default none, and crates.io shows docs.rs.
    pub documentation: Option<String>,
    /// `keywords`: at most five words of at most twenty characters. By default none.
    pub keywords: Vec<String>,
    /// `categories`: at most five slugs of <https://crates.io/category_slugs>. By default none.
    pub categories: Vec<String>,
    /// `publish`: `true`, `false`, or a list of the registries that may have it. By default `false`, so that a client
    /// is not published by accident.
    pub publish: Publish,
    /// `rust-version`: the oldest Rust that the crate promises, `1.85` or newer. By default `1.85`.
    pub rust_version: String,
}

impl Default for Package {
    fn default() -> Self {
        Self {
            name: None,
            version: "0.1.0".to_owned(),
            description: None,
            license: None,
            authors: Vec::new(),
            repository: None,
            homepage: None,
            documentation: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            publish: Publish::Never,
            rust_version: OLDEST_RUST.to_owned(),
        }
    }
}

/// `[features]`: what users of the generated crate can leave out to compile less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// `tags`: `true` gives each tag a Cargo feature, which brings its operations and the models that they need in, all of
    /// them on by default. `false` gives none. By default an API of 200 operations or more has them.
    pub tags: Option<bool>,
}

/// Where the crate may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publish {
    /// Nowhere.
    Never,
    /// In any registry.
    Anywhere,
    /// In these registries alone.
    Registries(Vec<String>),
}

/// A Rust name that the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameOverride {
    /// The identifier, never a keyword.
    pub name: String,
    /// Where its key stands in the configuration, for a diagnostic when nothing lies at the pointer.
    pub place: Place,
}

/// An overlay that the configuration lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayPath {
    /// Its path from the folder of the configuration, its steps joined by `/`, none of them `.` or `..`.
    pub path: String,
    /// Where the configuration lists it.
    pub place: Place,
}

/// A type that the user chose for a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatChoice {
    /// The type.
    pub scalar: Scalar,
    /// Where its key stands in the configuration, for a diagnostic when the choice has no effect.
    pub place: Place,
}

/// A file that a configuration was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its name as diagnostics show it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Config {
    /// The name of the crate: the chosen one, else `generated`.
    pub fn crate_name(&self) -> &str {
        self.package.name.as_deref().unwrap_or("generated")
    }

    /// Sets a level that the command line names: `code` is the name of a code, or `warnings` to deny them all.
    ///
    /// # Errors
    ///
    /// A sentence for the user, when there is no such code or its level cannot be what is asked for.
    pub fn set_level(&mut self, code: &str, level: Level) -> Result<(), String> {
        set_level(&mut self.levels, code, level).map_err(|fault| match fault {
            LevelFault::Unknown => match catalog::nearest(code) {
                Some(near) => format!("there is no code `{code}`; did you mean `{}`?", near.name),
                None => format!("there is no code `{code}`; `cargo xtask explain` lists every code"),
            },
            LevelFault::Warnings => "all warnings can be denied, `-D warnings`, but not be allowed".to_owned(),
            LevelFault::Fixed(code) => {
                format!("`{}` is always an error: {}, and generation cannot go on", code.name, code.summary)
            }
        })
    }
}

/// Why a level cannot be set.
enum LevelFault {
    Unknown,
    Warnings,
    Fixed(&'static Code),
}

fn set_level(levels: &mut Levels, name: &str, level: Level) -> Result<(), LevelFault> {
    if name == "warnings" {
        levels.deny_warnings = match level {
            Level::Error => true,
            Level::Warn => false,
            Level::Allow => return Err(LevelFault::Warnings),
        };
        return Ok(());
    }
    let code = catalog::find(name).ok_or(LevelFault::Unknown)?;
    if code.control == Control::Fixed && level != Level::Error {
        return Err(LevelFault::Fixed(code));
    }
    levels.by_code.insert(name.to_owned(), level);
    Ok(())
}

/// The diagnostic for a level in `[lints]` that cannot be set.
fn lint_diagnostic(file: &str, span: Range<usize>, name: &str, fault: &LevelFault) -> Diagnostic {
    match fault {
        LevelFault::Unknown => catalog::config::unknown_code(file, span, name),
        LevelFault::Warnings => {
            let message = "all warnings can be denied, but not be allowed".to_owned();
            catalog::config::value(file, span, message, "write `warnings = \"deny\"`, or allow single codes")
        }
        LevelFault::Fixed(code) => catalog::config::value(
            file,
            span,
            format!("`{name}` is always an error"),
            format!("{}, and generation cannot go on; mend the cause and remove this line", code.summary),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_wins_over_the_file() {
        let mut config = read("c", "[lints]\nwarnings = \"deny\"\n").unwrap();
        assert!(config.levels.deny_warnings);
        config.set_level("warnings", Level::Warn).unwrap();
        assert!(!config.levels.deny_warnings);
    }

    #[test]
    fn a_level_that_cannot_be_set_says_why() {
        let check = |code: &str, level: Level, expect: &str| {
            let said = Config::default().set_level(code, level).unwrap_err();
            assert!(said.contains(expect), "{said}");
        };
        check("config-sintax", Level::Warn, "did you mean `config-syntax`?");
        check("zzzzzzzz", Level::Warn, "lists every code");
        check("config-syntax", Level::Allow, "always an error");
        check("warnings", Level::Allow, "but not be allowed");
        assert!(Config::default().set_level("config-syntax", Level::Error).is_ok());
    }
}
