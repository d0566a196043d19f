//! What overlays say.

use super::brief;
use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};

pub(super) static CODES: &[&Code] = &[
    &OVERLAY_UNREADABLE,
    &NOT_AN_OVERLAY,
    &OVERLAY_VERSION,
    &OVERLAY_STRUCTURE,
    &LOOSE_OVERLAY,
    &OVERLAY_FIELD,
    &OVERLAY_EXTENDS,
    &OVERLAY_PATH,
    &OVERLAY_WITHOUT_TARGET,
    &OVERLAY_MISMATCH,
    &OVERLAY_TOO_LARGE,
];

static OVERLAY_UNREADABLE: Code = Code {
    name: "overlay-unreadable",
    level: Level::Error,
    control: Control::Fixed,
    summary: "an overlay cannot be read",
    explanation: r#"The file is missing, or it is not a file that may be read. Overlays are listed in the configuration, by paths from the
configuration's own folder that do not leave it, or named by `--overlay`, by paths from the working folder.

```toml
overlays = ["overlay.yaml"]   # spec/overlay.yaml, beside spec/codegen.toml
```
"#,
};

/// The overlay at `place`, which is called `file`, cannot be read for the reason `why`.
pub fn unreadable(place: Place, file: &str, why: &str) -> Diagnostic {
    let help = "correct the path, or add the file";
    Diagnostic::new(&OVERLAY_UNREADABLE, place, format!("the overlay `{file}` cannot be read: {why}"), help)
}

static NOT_AN_OVERLAY: Code = Code {
    name: "not-an-overlay",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file that should be an overlay is something else",
    explanation: r"An overlay is a mapping whose field `overlay` states the version of its specification:

```yaml
overlay: 1.1.0
info: {title: Corrections, version: 1.0.0}
actions:
  - target: $.info
    update: {title: Pets}
```
",
};

/// The file is something else; `found` says what, with its article.
pub fn not_an_overlay(place: Place, found: &str) -> Diagnostic {
    let message = format!("this should be an overlay, and is {found}");
    Diagnostic::new(&NOT_AN_OVERLAY, place, message, "state the version at the top level, `overlay: 1.1.0`")
}

static OVERLAY_VERSION: Code = Code {
    name: "overlay-version",
    level: Level::Error,
    control: Control::Lint,
    summary: "an overlay is written in a version that is not read",
    explanation: "Versions 1.0 and 1.1 of the Overlay Specification are read. With `--lenient` another one is read as 1.1, and what 1.1 does not know is reported.\n",
};

/// The overlay states the version `found`.
pub fn version(place: Place, found: &str) -> Diagnostic {
    let message = format!("`{}` is no version of overlays that is read", brief(found));
    Diagnostic::new(
        &OVERLAY_VERSION,
        place,
        message,
        "write it in 1.1 and state `overlay: 1.1.0`; with `--lenient` it is read as such",
    )
}

static OVERLAY_STRUCTURE: Code = Code {
    name: "overlay-structure",
    level: Level::Error,
    control: Control::Fixed,
    summary: "an overlay is not built as its specification says",
    explanation: r#"`actions` is a list of mappings. Each has a `target`, which is a JSONPath, and exactly one of `update`, `copy` and
`remove: true`:

```yaml
actions:
  - target: $.paths['/pets'].get            # merge this into the target
    update: {operationId: list_pets}
  - target: $.components.schemas.Dog        # merge what lies there into the target
    copy: $.components.schemas.Cat
  - target: $.paths.*[?@.deprecated==true]  # take the target away
    remove: true
```
"#,
};

/// A part is of the wrong kind, or missing.
pub fn structure(place: Place, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&OVERLAY_STRUCTURE, place, message, help)
}

static LOOSE_OVERLAY: Code = Code {
    name: "loose-overlay",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an overlay departs from its specification, but it is clear what it means",
    explanation: "For example an overlay without `info`, an `update` beside `remove: true`, or `copy` in an overlay that states version 1.0. The message says how it was read.\n",
};

/// A departure that stops nothing.
pub fn loose(place: Place, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&LOOSE_OVERLAY, place, message, help)
}

/// A target that is neither a mapping nor a list, in version 1.0.
pub fn primitive_target(place: Place) -> Diagnostic {
    let message = "this selects values that are no mappings or lists, which version 1.0 does not allow".to_owned();
    Diagnostic::new(&LOOSE_OVERLAY, place, message, "they are replaced, as 1.1 defines it; state `overlay: 1.1.0`")
}

static OVERLAY_FIELD: Code = Code {
    name: "overlay-unknown-field",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a field is not one that overlays have there",
    explanation: "Nothing is made of it. Mostly it is misspelled or stands one level too high or too low. A field of your own starts with `x-`.\n",
};

/// `owner` has the key `key`, which it does not know; `near` is the one that was probably meant.
pub fn unknown_field(place: Place, owner: &str, key: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(name) => format!("ignored; did you mean `{name}`?"),
        None => "ignored; a field of your own starts with `x-`".to_owned(),
    };
    Diagnostic::new(&OVERLAY_FIELD, place, format!("{owner} has no field `{}`", brief(key)), help)
}

static OVERLAY_EXTENDS: Code = Code {
    name: "overlay-extends",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an overlay says that it is for another description",
    explanation: "`extends` names the description that an overlay was written for, and its file name is not that of the description that is generated from. The overlay is applied all the same: what it is applied to is chosen by the configuration and the command line. Correct `extends`, or leave it out.\n",
};

/// The overlay extends `target`, and the description is `entry`.
pub fn extends(place: Place, target: &str, entry: &str) -> Diagnostic {
    let message = format!("the overlay is for `{}`, and the description is `{}`", brief(target), brief(entry));
    Diagnostic::new(&OVERLAY_EXTENDS, place, message, "applied nevertheless; correct `extends`, or leave it out")
}

static OVERLAY_PATH: Code = Code {
    name: "overlay-path",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a path of an overlay is no JSONPath",
    explanation: r#"`target` and `copy` are paths as RFC 9535 defines them. A key with other characters than letters, digits and `_` stands
in brackets and quotes:

```yaml
target: $.paths./pets/{id}.get       # wrong
target: $.paths['/pets/{id}'].get    # right
target: $.paths.*.get.parameters[?@.name=='page' && @.in=='query']
target: $..[?@.type=='file']
```
"#,
};

/// The text is no path: what is wrong at that offset.
pub fn path(place: Place, text: &str, at: usize, what: &str) -> Diagnostic {
    let (before, after) = (text.get(..at).unwrap_or(text), text.get(at..).unwrap_or_default());
    let message = match (before, after) {
        ("", _) => format!("`{}` is no JSONPath: {what}", brief(text)),
        (_, "") => format!("`{}` is no JSONPath: at its end, {what}", brief(text)),
        _ => format!("`{}` is no JSONPath: at `{}`, {what}", brief(text), brief(after)),
    };
    Diagnostic::new(&OVERLAY_PATH, place, message, "`cargo xtask explain overlay-path` has examples")
}

static OVERLAY_WITHOUT_TARGET: Code = Code {
    name: "overlay-without-target",
    level: Level::Error,
    control: Control::Lint,
    summary: "an action of an overlay matches nothing",
    explanation: "The specification lets an action without a target pass in silence. Here it is an error, so that a correction is noticed when it no longer applies, be it that the description was mended, or that what it corrected has moved. Remove the action, or correct its path. Actions are applied in order, each to what the ones before it left. With `--lenient` it is passed over.\n",
};

/// The path selects nothing.
pub fn no_match(place: Place, text: &str) -> Diagnostic {
    let message = format!("`{}` matches nothing in the description", brief(text));
    let help =
        "correct the path, or remove the action if the description is mended; with `--lenient` it is passed over";
    Diagnostic::new(&OVERLAY_WITHOUT_TARGET, place, message, help)
}

static OVERLAY_MISMATCH: Code = Code {
    name: "overlay-mismatch",
    level: Level::Error,
    control: Control::Lint,
    summary: "an action of an overlay does not fit its target",
    explanation: r#"Mappings are merged member by member, a list is lengthened by a list or by one item, and anything else is replaced by
something that is neither a mapping nor a list. The targets of one action are all mappings, all lists, or all neither. To
replace a value by one of another kind, remove it first:

```yaml
actions:
  - target: $.servers
    remove: true
  - target: $
    update: {servers: [{url: "https://example.com"}]}
```

`copy` selects exactly one node. The description as a whole cannot be removed. With `--lenient` the action is passed over.
"#,
};

/// Something of the kind `value` meets something of the kind `target`, both with their article.
pub fn mismatch(place: Place, target: &str, value: &str) -> Diagnostic {
    let message = format!("{value} cannot be merged into {target}");
    let help = "remove the target in an action before this one; with `--lenient` this one is passed over";
    Diagnostic::new(&OVERLAY_MISMATCH, place, message, help)
}

/// The targets are of the kinds `one` and `other`, both with their article.
pub fn mixed_targets(place: Place, one: &str, other: &str) -> Diagnostic {
    let message = format!("this selects {one} and {other}, and an action has targets of one kind");
    Diagnostic::new(&OVERLAY_MISMATCH, place, message, "divide the action; with `--lenient` it is passed over")
}

/// `copy` selects `found` nodes.
pub fn copy_source(place: Place, text: &str, found: usize) -> Diagnostic {
    let found = if found == 0 { "nothing".to_owned() } else { format!("{found} nodes") };
    let message = format!("`{}` selects {found}, and exactly one node can be copied", brief(text));
    Diagnostic::new(&OVERLAY_MISMATCH, place, message, "correct the path; with `--lenient` the action is passed over")
}

/// `remove` selects the root.
pub fn removes_all(place: Place) -> Diagnostic {
    let message = "this would remove the description as a whole".to_owned();
    Diagnostic::new(
        &OVERLAY_MISMATCH,
        place,
        message,
        "select what shall go; with `--lenient` the action is passed over",
    )
}

static OVERLAY_TOO_LARGE: Code = Code {
    name: "overlay-too-large",
    level: Level::Error,
    control: Control::Fixed,
    summary: "an overlay makes the description too large",
    explanation: "The size and the depth of a description are limited, and what an overlay makes of it is limited like what is read from a file. Most often a path selects far more than was meant.\n",
};

/// With this action the description exceeds a bound, a clause.
pub fn too_large(place: Place, bound: &str) -> Diagnostic {
    let message = format!("with this the description is too large: {bound}");
    Diagnostic::new(&OVERLAY_TOO_LARGE, place, message, "select fewer targets, or a smaller part to copy")
}

/// After the overlay `file` the description exceeds a bound, a clause.
pub fn too_large_after(file: &str, bound: &str) -> Diagnostic {
    too_large(Place::File(file.to_owned()), bound)
}
