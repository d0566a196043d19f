//! What writing and comparing the generated files says.

use std::fmt::Display;

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};

pub(super) static CODES: &[&Code] = &[
    &FOREIGN_FOLDER,
    &FOREIGN_FILE,
    &SYMBOLIC_LINK,
    &NOT_WRITTEN,
    &STALE_OUTPUT,
    &CONFIG_UNREADABLE,
    &NO_DESCRIPTION,
    &INTERNAL_OUTPUT,
];

static FOREIGN_FOLDER: Code = Code {
    name: "foreign-folder",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the output folder was not made by this tool",
    explanation: r#"The output folder holds files, and its `Cargo.toml` does not say that `cargo xtask codegen` made it.
Nothing in such a folder is ever written over or deleted.

Give `--out` a folder that does not exist or is empty. If the folder is a generated crate whose `Cargo.toml`
lost its first line, restore that line, or move the folder away and generate it anew.
"#,
};

/// The folder `out` is neither empty nor ours.
pub fn foreign_folder(out: &str) -> Diagnostic {
    Diagnostic {
        code: &FOREIGN_FOLDER,
        place: Place::File(out.to_owned()),
        message: format!("`{out}` is not empty and was not made by `cargo xtask codegen`"),
        related: Vec::new(),
        help: "give `--out` a folder that does not exist or is empty; nothing was changed".to_owned(),
    }
}

static FOREIGN_FILE: Code = Code {
    name: "foreign-file",
    level: Level::Error,
    control: Control::Fixed,
    summary: "something that this tool did not make stands where a generated file belongs",
    explanation: r#"Inside a generated crate, a file of yours without the mark of generated files, or a folder, has the path of
a file that the generator wants to write. It is never written over.

Move it away, or, where it is a generated file that lost its first lines, delete it. Then run
`cargo xtask codegen` again. Files of yours under other paths are left alone.
"#,
};

/// What stands at `path` is not ours: `what` says what it is, such as "a folder".
pub fn foreign_file(path: &str, what: &str) -> Diagnostic {
    Diagnostic {
        code: &FOREIGN_FILE,
        place: Place::File(path.to_owned()),
        message: format!("`{path}` should be a generated file, but {what} stands there"),
        related: Vec::new(),
        help: "move it away, then generate again; nothing was changed".to_owned(),
    }
}

static SYMBOLIC_LINK: Code = Code {
    name: "symbolic-link",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a symbolic link stands in the output folder, or is the output folder",
    explanation: r#"Files are never written or deleted through a symbolic link, since it may lead out of the output folder.

Give `--out` the folder that the link points to, or replace a link inside of it by a real folder. A link to a file
of yours is left alone unless it has the path of a generated file.
"#,
};

/// `path` is a symbolic link.
pub fn symbolic_link(path: &str) -> Diagnostic {
    Diagnostic {
        code: &SYMBOLIC_LINK,
        place: Place::File(path.to_owned()),
        message: format!("`{path}` is a symbolic link, and nothing is written through one"),
        related: Vec::new(),
        help: "name the folder that it points to, or remove the link; nothing was changed".to_owned(),
    }
}

static NOT_WRITTEN: Code = Code {
    name: "not-written",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the output folder could not be read or written",
    explanation: r#"The system refused to read, write, rename or delete a file of the output folder; the message has its own
words. Check that the folder belongs to you, that the disk is not full and that no other program holds the file.

New text is written beside the old files first and takes their place only when all of it is there, so a run that
stopped half-way leaves whole files. Run `cargo xtask codegen` again and it finishes the work.
"#,
};

/// The system refused to do something to `path`: `what` says what, such as "written", and `error` why.
pub fn not_written(path: &str, what: &str, error: &dyn Display) -> Diagnostic {
    Diagnostic {
        code: &NOT_WRITTEN,
        place: Place::File(path.to_owned()),
        message: format!("`{path}` could not be {what}: {error}"),
        related: Vec::new(),
        help: "mend that, then run `cargo xtask codegen` again; it finishes what is left".to_owned(),
    }
}

static STALE_OUTPUT: Code = Code {
    name: "stale-output",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a generated file is not what the description gives",
    explanation: r#"`cargo xtask codegen --check` compares the output folder with what the description and the configuration give
today. A file is stale when its text differs, missing when it is not there, and left over when nothing makes it any
longer. Line endings do not count.

Run `cargo xtask codegen` and commit what it changes. Never edit a generated file by hand.
"#,
};

/// The generated file at `path` is `state`: stale, missing or left over; `command` mends it.
pub fn stale_output(path: &str, state: &str, command: &str) -> Diagnostic {
    Diagnostic {
        code: &STALE_OUTPUT,
        place: Place::File(path.to_owned()),
        message: format!("`{path}` is {state}"),
        related: Vec::new(),
        help: format!("run `{command}` and commit what it changes"),
    }
}

static CONFIG_UNREADABLE: Code = Code {
    name: "config-unreadable",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the configuration could not be read",
    explanation: r#"The file that `--config` names, or the `codegen.toml` in `spec/`, exists only as something that cannot be
read: a folder, a device, a file that is not yours to read, one beyond a mebibyte, or one that is not UTF-8.
"#,
};

/// The configuration at `path` could not be read.
pub fn config_unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic {
        code: &CONFIG_UNREADABLE,
        place: Place::File(path.to_owned()),
        message: format!("the configuration `{path}` could not be read: {why}"),
        related: Vec::new(),
        help: "name a TOML file with `--config FILE`, or leave the option out".to_owned(),
    }
}

static NO_DESCRIPTION: Code = Code {
    name: "no-description",
    level: Level::Error,
    control: Control::Fixed,
    summary: "there is no description to generate from, or more than one",
    explanation: r#"Without `--spec` the description is the one of `spec/openapi.yaml`, `spec/openapi.yml` and `spec/openapi.json`
that exists, seen from the root of the workspace. There must be exactly one of them, so that nobody edits one and
generates from another.

```text
cargo xtask codegen                                               # spec/openapi.yaml -> generated/
cargo xtask codegen --spec other/petstore.json --out petstore     # any other description
```
"#,
};

/// None of the usual files is there, or all of the `found` ones are.
pub fn no_description(folder: &str, found: &[String]) -> Diagnostic {
    let message = match found {
        [] => format!("there is no `openapi.yaml`, `openapi.yml` or `openapi.json` in `{folder}`"),
        found => format!("only one of {} can be the description", found.join(", ")),
    };
    Diagnostic {
        code: &NO_DESCRIPTION,
        place: Place::File(folder.to_owned()),
        message,
        related: Vec::new(),
        help: "keep one of them, or name a description with `--spec FILE --out DIR`".to_owned(),
    }
}

/// The path given for the description can only be a folder.
pub fn folder_as_description(path: &str) -> Diagnostic {
    Diagnostic {
        code: &NO_DESCRIPTION,
        place: Place::File(path.to_owned()),
        message: format!("`{path}` is a folder and not a description"),
        related: Vec::new(),
        help: "name the file, as in `--spec api/openapi.yaml`".to_owned(),
    }
}

static INTERNAL_OUTPUT: Code = Code {
    name: "internal-output",
    level: Level::Error,
    control: Control::Fixed,
    summary: "the generator made something that it does not let out",
    explanation: "A check of the emitted code found what must never be in it. That is a fault of the generator, whatever the \
description says: nothing was written. Report it with the description.\n",
};

/// Emitted code that the last check refuses.
pub fn internal(fault: &str) -> Diagnostic {
    let message = format!("the generator made a fault: {fault}");
    Diagnostic::new(&INTERNAL_OUTPUT, Place::File(String::new()), message, "report it with the description")
}
