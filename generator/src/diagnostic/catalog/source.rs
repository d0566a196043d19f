//! What reading files says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &UNREADABLE_FILE,
    &NOT_TEXT,
    &EMPTY_DOCUMENT,
    &DOCUMENT_TOO_LARGE,
    &NESTING_TOO_DEEP,
    &TOO_MANY_NODES,
    &SYNTAX_ERROR,
    &DUPLICATE_KEY,
];

static UNREADABLE_FILE: Code = Code {
    name: "unreadable-file",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file cannot be read",
    explanation: "The description is not there, is a folder, leads out of its own folder by a link, or may not be read. Nothing but regular files below that folder is ever opened.\n",
};

/// A file that cannot be read.
pub fn unreadable_file(name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE_FILE,
        Place::File(name.to_owned()),
        format!("`{name}` cannot be read: {why}"),
        "name an OpenAPI description that is a regular file",
    )
}

static NOT_TEXT: Code = Code {
    name: "not-text",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file is not UTF-8 text",
    explanation: "Descriptions are JSON or YAML, written in UTF-8. A file in UTF-16 or Latin-1 must be converted; a binary file is none.\n",
};

/// Bytes that are no text.
pub fn not_text(name: &str, offset: usize) -> Diagnostic {
    Diagnostic::new(
        &NOT_TEXT,
        Place::File(name.to_owned()),
        format!("`{name}` is not UTF-8 text: byte {offset} belongs to no character"),
        "save the description as UTF-8",
    )
}

static EMPTY_DOCUMENT: Code = Code {
    name: "empty-document",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file is empty",
    explanation: "A file without content describes nothing. The smallest description has `openapi`, `info` and `paths`.\n",
};

/// A file without content.
pub fn empty_document(name: &str) -> Diagnostic {
    let help = "the smallest description is `{openapi: 3.0.3, info: {title: T, version: \"1\"}, paths: {}}`";
    Diagnostic::new(&EMPTY_DOCUMENT, Place::File(name.to_owned()), format!("`{name}` is empty"), help)
}

static DOCUMENT_TOO_LARGE: Code = Code {
    name: "document-too-large",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file is too large",
    explanation: "Documents are limited in size, so that no file can hold up the generator. The largest descriptions that are known are half as large as the limit. Divide the description into several files that refer to each other.\n",
};

/// A file beyond the limit of bytes.
pub fn document_too_large(name: &str, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &DOCUMENT_TOO_LARGE,
        Place::File(name.to_owned()),
        format!("`{name}` is larger than {limit} MiB"),
        "divide the description into several files that refer to each other",
    )
}

static NESTING_TOO_DEEP: Code = Code {
    name: "nesting-too-deep",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a document nests too deep",
    explanation: "Values are nested deeper than any description needs. Move inner schemas under `components` and refer to them.\n",
};

/// A document beyond the limit of depth.
pub fn nesting_too_deep(name: &str, offset: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &NESTING_TOO_DEEP,
        Place::Text(name.to_owned(), offset..offset),
        format!("values are nested more than {limit} deep"),
        "move inner schemas under `components` and refer to them",
    )
}

static TOO_MANY_NODES: Code = Code {
    name: "too-many-nodes",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a document has too many values",
    explanation: "Documents are limited in the number of their values, aliases of YAML followed, so that a small file cannot stand for a huge one.\n",
};

/// A document beyond the limit of nodes.
pub fn too_many_nodes(name: &str, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &TOO_MANY_NODES,
        Place::File(name.to_owned()),
        format!("`{name}` has more than {limit} values, aliases followed"),
        "divide the description into several files, and use `$ref` in place of aliases",
    )
}

static SYNTAX_ERROR: Code = Code {
    name: "syntax-error",
    level: Level::Error,
    control: Control::Fixed,
    summary: "a file is neither JSON nor YAML",
    explanation: "The parser could not go on at this place. The cause often stands a line above: an indentation that differs, a quote or bracket that is not closed, a tab in front of a key.\n",
};

/// Text that does not parse.
pub fn syntax_error(name: &str, offset: usize, message: &str) -> Diagnostic {
    Diagnostic::new(
        &SYNTAX_ERROR,
        Place::Text(name.to_owned(), offset..offset),
        message.to_owned(),
        "correct the text here; the cause may stand a line above",
    )
}

static DUPLICATE_KEY: Code = Code {
    name: "duplicate-key",
    level: Level::Error,
    control: Control::Lint,
    summary: "a mapping has a key twice",
    explanation: "Parsers disagree about which of two values counts, so a duplicate key means something else to every reader. With a lower level the last value is read.\n\n```yaml\nschemas:\n  Pet: {type: object}\n  Pet: {type: string}  # which one?\n```\n",
};

/// A key that stands twice; the place is that of the last one.
pub fn duplicate_key(at: &Pointer) -> Diagnostic {
    let key = at.last().unwrap_or_default();
    let help = "remove or rename one; where the level allows it, the last one is read";
    Diagnostic::new(&DUPLICATE_KEY, Place::key(at), format!("the key `{key}` stands here a second time"), help)
}
