//! What following references says.

use super::brief;
use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &DANGLING_REFERENCE,
    &DANGLING_ANNOTATION,
    &BARE_REFERENCE,
    &DANGLING_MAPPING,
    &DYNAMIC_REFERENCE,
    &REFERENCE_CYCLE,
    &REMOTE_REFERENCE,
    &REFERENCE_OUTSIDE,
    &TOO_MANY_FILES,
];

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
    Diagnostic::new(&DANGLING_REFERENCE, Place::value(at), format!("`{}` leads to nothing", brief(target)), help)
}

/// A reference to a file that cannot be read, for the reason `why`.
pub fn dangling_file(at: &Pointer, file: &str, why: &str) -> Diagnostic {
    let message = format!("this leads to nothing, since `{file}` cannot be read: {why}");
    Diagnostic::new(&DANGLING_REFERENCE, Place::value(at), message, "correct the path, or add the file")
}

/// A reference to a file with a query behind it.
pub fn reference_with_query(at: &Pointer, target: &str) -> Diagnostic {
    let message = format!("`{}` leads to nothing: no file has a query", brief(target));
    Diagnostic::new(&DANGLING_REFERENCE, Place::value(at), message, "take away what stands behind the `?`")
}

/// A reference by a name that no schema of the file bears.
pub fn dangling_anchor(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &DANGLING_REFERENCE,
        Place::value(at),
        format!("`{}` leads to nothing: no schema there has that `$anchor`", brief(target)),
        "write `#/` and the keys from the root, or give the schema an `$anchor`",
    )
}

static DANGLING_ANNOTATION: Code = Code {
    name: "dangling-annotation",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a reference to an example, a link or a text leads to nothing",
    explanation: "Nothing stands where the reference leads. Examples, links and descriptions do not change what the client does, so generation goes on without this one.\n",
};

/// What was said of a reference, when the client is the same without what it refers to.
pub fn dangling_annotation(said: Diagnostic) -> Diagnostic {
    let help = format!("read as if it were not there; {}", said.help);
    Diagnostic { code: &DANGLING_ANNOTATION, help, ..said }
}

static BARE_REFERENCE: Code = Code {
    name: "bare-reference",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a reference is the bare name of a component",
    explanation: "`$ref` takes a URI, so a bare name is a file beside this one. There is no such file, and there is a component of that name, which is read.\n\n```yaml\n$ref: Pet                         # a file\n$ref: \"#/components/schemas/Pet\"  # the component\n```\n",
};

/// A reference that names a component as a mapping of a discriminator would.
pub fn bare_reference(at: &Pointer, target: &str, meant: &Pointer) -> Diagnostic {
    let message = format!("`{}` is the name of a file, and there is none", brief(target));
    Diagnostic::new(&BARE_REFERENCE, Place::value(at), message, format!("read as `{meant}`"))
}

static DANGLING_MAPPING: Code = Code {
    name: "dangling-mapping",
    level: Level::Warn,
    control: Control::Lint,
    summary: "the mapping of a discriminator names no schema",
    explanation: "A value of `mapping` is the name of a schema under `components`, or a reference to one. Nothing is there, so this value of the discriminator selects no variant.\n\n```yaml\nmapping:\n  dog: Dgo  # wrong\n  dog: Dog  # right\n```\n",
};

/// A tag that stands for a schema that is not there.
pub fn dangling_mapping(at: &Pointer, name: &str) -> Diagnostic {
    let message = format!("`{}` is neither the name of a schema nor a reference to one", brief(name));
    let help = "read as if it were not there; name a schema under `components`, or refer to one";
    Diagnostic::new(&DANGLING_MAPPING, Place::value(at), message, help)
}

static DYNAMIC_REFERENCE: Code = Code {
    name: "dynamic-reference",
    level: Level::Warn,
    control: Control::Lint,
    summary: "what a reference leads to depends on where validation began",
    explanation: "`$dynamicRef` leads to the outermost schema that bears the `$dynamicAnchor`. Where only one schema bears it, it is read as a `$ref` to that schema. Where several do, one Rust type would have to be several, and the value is read as untyped JSON. A schema of its own for each case has a type of its own.\n",
};

/// A dynamic reference that `count` schemas answer to.
pub fn dynamic_reference(at: &Pointer, target: &str, count: usize) -> Diagnostic {
    let message = format!("`{}` may lead to any of {count} schemas", brief(target));
    let help = "read as untyped JSON; refer by `$ref` from a schema for each case";
    Diagnostic::new(&DYNAMIC_REFERENCE, Place::value(at), message, help)
}

static REFERENCE_CYCLE: Code = Code {
    name: "reference-cycle",
    level: Level::Error,
    control: Control::Fixed,
    summary: "references lead to each other alone",
    explanation: "A reference must end at something. These lead from one to the next and back, and nowhere is anything described. (A schema whose property refers to the schema itself is fine.)\n",
};

/// References that never end.
pub fn reference_cycle(at: &Pointer, chain: &[String]) -> Diagnostic {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = chain.iter().take(SHOWN).map(|step| format!("`{step}`")).collect();
    if chain.len() > SHOWN {
        shown.push("…".to_owned());
    }
    let message = format!("this reference never ends: it leads to {} and back", shown.join(", "));
    Diagnostic::new(&REFERENCE_CYCLE, Place::value(at), message, "let one of them describe something")
}

static REMOTE_REFERENCE: Code = Code {
    name: "remote-reference",
    level: Level::Error,
    control: Control::Lint,
    summary: "a reference leads to a URL",
    explanation: "The generator never uses the network: what it writes follows from the files that are committed. Save the document beside the description, and refer to the file. With `--lenient` the reference is read as one that leads to nothing.\n",
};

/// A reference to a URL.
pub fn remote_reference(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &REMOTE_REFERENCE,
        Place::value(at),
        format!("`{}` is a URL, and the generator never uses the network", brief(target)),
        "save the document beside the description, and refer to the file",
    )
}

static REFERENCE_OUTSIDE: Code = Code {
    name: "reference-outside",
    level: Level::Error,
    control: Control::Lint,
    summary: "a reference leaves the folder of the description",
    explanation: "Only files below the folder of the description are opened, so that a description cannot read what lies elsewhere on the machine. Move the file there. With `--lenient` the reference is read as one that leads to nothing.\n",
};

/// A reference to a file elsewhere.
pub fn reference_outside(at: &Pointer, target: &str) -> Diagnostic {
    Diagnostic::new(
        &REFERENCE_OUTSIDE,
        Place::value(at),
        format!("`{}` leaves the folder of the description", brief(target)),
        "move the file below that folder, and refer to it by a relative path",
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
