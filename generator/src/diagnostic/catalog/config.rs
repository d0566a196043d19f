//! What reading the configuration says.

use std::ops::Range;

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::nearest::nearest;

pub(super) static CODES: &[&Code] = &[&CONFIG_SYNTAX, &CONFIG_UNKNOWN_KEY, &CONFIG_VALUE];

static CONFIG_SYNTAX: Code = Code {
    name: "config-syntax",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the configuration is not TOML",
    explanation: r##"The configuration, `spec/codegen.toml` unless `--config` names another file, must be TOML 1.0.

The usual slips are text without quotes and a pointer that stands as a bare key:

```toml
[names]
#/components/schemas/Pet = "Animal"      # wrong: `#` starts a comment
"#/components/schemas/Pet" = "Animal"    # right
```
"##,
};

/// The text is not TOML; `what` is the parser's own sentence.
pub fn syntax(file: &str, span: Range<usize>, what: &str) -> Diagnostic {
    Diagnostic {
        code: &CONFIG_SYNTAX,
        place: Place::Text(file.to_owned(), span),
        message: format!("the configuration is not TOML: {what}"),
        related: Vec::new(),
        help: "`cargo xtask explain config-syntax` shows the usual slips".to_owned(),
    }
}

static CONFIG_UNKNOWN_KEY: Code = Code {
    name: "config-unknown-key",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the configuration has a section or a key that does not exist",
    explanation: r#"Every section and key of the configuration must be one that the generator knows, so that a slip of the
pen is not a choice that silently has no effect. The keys of `[lints]` are the codes that
`cargo xtask explain` lists.

```toml
[package]
licence = "MIT"    # wrong: no such key
license = "MIT"    # right
```
"#,
};

/// `key` is not among the `known` keys of `owner`, such as `[package]`.
pub fn unknown_key(file: &str, span: Range<usize>, key: &str, owner: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    Diagnostic {
        code: &CONFIG_UNKNOWN_KEY,
        place: Place::Text(file.to_owned(), span),
        message: format!("{owner} has no key `{}`", key.escape_debug()),
        related: Vec::new(),
        help,
    }
}

/// `key` in `[lints]` is no code.
pub fn unknown_code(file: &str, span: Range<usize>, key: &str) -> Diagnostic {
    Diagnostic {
        code: &CONFIG_UNKNOWN_KEY,
        place: Place::Text(file.to_owned(), span),
        message: format!("there is no code `{}`", key.escape_debug()),
        related: Vec::new(),
        help: match super::nearest(key) {
            Some(code) => format!("did you mean `{}`?", code.name),
            None => "`cargo xtask explain` lists every code".to_owned(),
        },
    }
}

static CONFIG_VALUE: Code = Code {
    name: "config-value",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a value in the configuration cannot be used",
    explanation: r##"A value has the wrong type, or it is text that its key cannot take. The message says what was found
and the help says what fits. Some examples of what fits:

```toml
[package]
name = "acme-client"           # a crate name by the rules of Cargo
version = "1.2.0"              # a version by the rules of semver.org
license = "MIT OR Apache-2.0"  # an SPDX expression
keywords = ["acme", "api"]     # at most five

[names]
"#/components/schemas/HttpErrorOut" = "HttpError"   # a pointer, and a Rust identifier

[lints]
dangling-reference = "warn"    # allow, warn or deny; an error that nothing can survive stays one
```
"##,
};

/// A value cannot be used: `message` says what is wrong and `help` what fits.
pub fn value(file: &str, span: Range<usize>, message: String, help: impl Into<String>) -> Diagnostic {
    Diagnostic {
        code: &CONFIG_VALUE,
        place: Place::Text(file.to_owned(), span),
        message,
        related: Vec::new(),
        help: help.into(),
    }
}
