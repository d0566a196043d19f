//! What following references says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] =
    &[&DANGLING_REFERENCE, &REFERENCE_CYCLE, &REMOTE_REFERENCE, &REFERENCE_OUTSIDE, &ANCHOR_REFERENCE, &TOO_MANY_FILES];

static DANGLING_REFERENCE: Code = Code {
    name: "dangling-reference",
    level: Level::Error,
    control: Control::Lint,
    summary: "a reference leads to nothing",
    explanation: "`$ref` names a place by a JSON Pointer: the keys from the root, with `~1` for `/` and `~0` for `~`. Nothing stands at this one, most often because of a slip or a part that was left out.\n\n```yaml\n$ref: \"#/components/schemas/Pte\"  # wrong\n$ref: \"#/components/schemas/Pet\"  # right\n```\n\nWith `--lenient` a schema that is not there is an untyped value, and another part is left out.\n",
};

/// A reference to nothing.
pub fn dangling_reference(at: &Pointer, target: &str, similar: Option<&str>) -> Diagnostic {
    let help = match similar {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => "correct the reference, or add what it refers to".to_owned(),
    };
    Diagnostic::new(&DANGLING_REFERENCE, Place::value(at), format!("`{target}` leads to nothing"), help)
}

static REFERENCE_CYCLE: Code = Code {
    name: "reference-cycle",
    level: Level::Error,
    control: Control::Fixed,
    summary: "references lead to each other alone",
    explanation: "A reference must end at something. These lead from one to the next and back, and nowhere is anything described. (A schema whose property refers to the schema itself is fine.)\n",
};

/// References that never end.
pub fn reference_cycle(at: &Pointer, chain: &[Pointer]) -> Diagnostic {
    let chain: Vec<String> = chain.iter().map(|step| format!("`{step}`")).collect();
    let message = format!("this reference never ends: {} and back", chain.join(", "));
    Diagnostic::new(&REFERENCE_CYCLE, Place::value(at), message, "let one of them describe something")
}

static REMOTE_REFERENCE: Code = Code {
    name: "remote-reference",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a reference leads to a URL",
    explanation: "The generator never uses the network: what it writes follows from the files that are committed. Save the document beside the description, and refer to the file.\n",
};

/// A reference to a URL.
pub fn remote_reference(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &REMOTE_REFERENCE,
        Place::value(at),
        format!("`{target}` is a URL, and the generator never uses the network"),
        "save the document beside the description, and refer to the file",
    )
}

static REFERENCE_OUTSIDE: Code = Code {
    name: "reference-outside",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a reference leaves the folder of the description",
    explanation: "Only files below the folder of the description are opened, so that a description cannot read what lies elsewhere on the machine. Move the file there.\n",
};

/// A reference to a file elsewhere.
pub fn reference_outside(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &REFERENCE_OUTSIDE,
        Place::value(at),
        format!("`{target}` leaves the folder of the description"),
        "move the file below that folder, and refer to it by a relative path",
    )
}

static ANCHOR_REFERENCE: Code = Code {
    name: "anchor-reference",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a reference names an anchor",
    explanation: "References by `$anchor` are not followed yet. Refer by a JSON Pointer: `#/components/schemas/Pet`.\n",
};

/// A reference by a name instead of a pointer.
pub fn anchor_reference(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &ANCHOR_REFERENCE,
        Place::value(at),
        format!("`{target}` is no JSON Pointer"),
        "refer by a pointer that begins with `#/`",
    )
}

static TOO_MANY_FILES: Code = Code {
    name: "too-many-files",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a description has too many files",
    explanation: "The number of files is limited, so that references cannot hold up the generator.\n",
};

/// Files beyond the limit.
pub fn too_many_files(at: &Pointer, limit: usize) -> Diagnostic {
    let message = format!("the description has more than {limit} files");
    Diagnostic::new(&TOO_MANY_FILES, Place::value(at), message, "bundle it into fewer files")
}
