//! What naming things says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[&NUMBERED_NAME, &OVERRIDE_TAKEN, &UNUSED_OVERRIDE];

static NUMBERED_NAME: Code = Code {
    name: "numbered-name",
    level: Level::Warn,
    control: Control::Lint,
    summary: "only a number tells two names apart",
    explanation: "Two things of the description have the same name in Rust, and nothing but a number could tell them apart. Numbers \
say nothing to a reader, and they move when something is added in front. Choose a name in `codegen.toml`:

```toml
[names]
\"#/components/schemas/pet_2\" = \"ArchivedPet\"
```\n",
};

/// A name that got a number.
pub fn numbered_name(origin: &Pointer, other: Option<&Pointer>, name: &str) -> Diagnostic {
    let message = match other {
        Some(other) => format!("this has the same name in Rust as {other}; it is called `{name}`"),
        None => format!("this has a name that is taken in Rust; it is called `{name}`"),
    };
    let help = format!("choose a name under [names] in codegen.toml: \"{origin}\" = \"{name}\"");
    Diagnostic::new(&NUMBERED_NAME, Place::value(origin), message, help)
}

static OVERRIDE_TAKEN: Code = Code {
    name: "override-taken",
    level: Level::Error,
    control: Control::Lint,
    summary: "a name in `[names]` is taken",
    explanation: "A name that `codegen.toml` chooses must be free where it is declared: two types, two fields of one type or two methods \
of one group cannot have the same name.\n",
};

/// A chosen name that something else has.
pub fn override_taken(at: Place, origin: &Pointer, name: &str) -> Diagnostic {
    let message = format!("`{name}` is the name of something else already");
    Diagnostic::new(&OVERRIDE_TAKEN, at, message, "choose another name")
        .with_related(Place::value(origin), "what is to have the name")
}

static UNUSED_OVERRIDE: Code = Code {
    name: "unused-override",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a pointer in `[names]` names nothing",
    explanation: "Each line under `[names]` gives a name to the thing at its pointer: a schema, a property, a parameter, an operation, a \
value of an enumeration. A pointer at which nothing stands that has a name is most likely out of date.

The case of a name says what it is for, since a property and the type of its values stand at one place: types, variants and \
values are written `LikeThis`, all else `like_this`.\n",
};

/// A pointer that nothing has.
pub fn unused_override(pointer: &Pointer, name: &str, at: Place) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_OVERRIDE,
        at,
        format!("nothing that can be called `{name}` stands at `{pointer}`"),
        "correct the pointer or the case (types and values `LikeThis`, all else `like_this`), or take the line away",
    )
}
