//! What the check of the document against the grammar of OpenAPI says.

use super::brief;
use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &NOT_OPENAPI,
    &UNSUPPORTED_VERSION,
    &UNSUPPORTED_CONSTRUCT,
    &WITHOUT_EFFECT,
    &WRONG_TYPE,
    &LOOSE_TYPE,
    &NULL_VALUE,
    &MISSING_FIELD,
    &FILLED_FIELD,
    &UNKNOWN_FIELD,
    &FIELD_OF_ANOTHER_VERSION,
    &UNKNOWN_VALUE,
    &LOOSE_SPELLING,
    &REPEATED_KEY,
    &BAD_STATUS,
    &BAD_METHOD,
    &NO_RESPONSES,
    &AMBIGUOUS_PATH,
    &DUPLICATE_PARAMETER,
    &UNFITTING_STYLE,
    &SCHEMA_AND_CONTENT,
    &UNDECLARED_SERVER_VARIABLE,
    &UNDECLARED_SECURITY_SCHEME,
    &REFERENCE_SIBLINGS,
    &MISPLACED_REFERENCE,
    &RECURSIVE_OBJECT,
    &EXPANSION_TOO_LARGE,
    &INTERNAL,
];

static NOT_OPENAPI: Code = fixed(
    "not-openapi",
    "the document is not an OpenAPI description that can be read",
    "An OpenAPI description is a mapping whose field `openapi` states the version that it is written in:\n\n\
     ```yaml\nopenapi: \"3.1.0\"\ninfo: {title: Pets, version: \"1\"}\npaths: {}\n```\n\n\
     Versions 3.0, 3.1 and 3.2 are read, and Swagger 2.0, which states `swagger: \"2.0\"`. Check that the right file was given and that `openapi` stands at the top level.\n",
);

/// The document is something else; `found` says what, as a clause.
pub fn not_openapi(at: &Pointer, found: &str) -> Diagnostic {
    say(
        &NOT_OPENAPI,
        Place::value(at),
        format!("this is not an OpenAPI description: {found}"),
        "state the version at the top level, such as `openapi: \"3.1.0\"`; 3.0, 3.1, 3.2 and Swagger 2.0 are read"
            .into(),
    )
}

static UNSUPPORTED_VERSION: Code = fixed(
    "unsupported-version",
    "the description is written in a version that is not read",
    "Swagger 1 divides a description over several files in a way of its own. Convert the description to OpenAPI 3 first; \
     converters exist.\n",
);

/// The document is Swagger of the version `found`.
pub fn unsupported_version(at: &Pointer, found: &str) -> Diagnostic {
    say(
        &UNSUPPORTED_VERSION,
        Place::value(at),
        format!("the description is written in Swagger {found}"),
        "convert it to OpenAPI 3.0 or later".into(),
    )
}

pub(crate) static UNSUPPORTED_CONSTRUCT: Code = lint(
    "unsupported-construct",
    Level::Error,
    "the description uses something that the client cannot express yet",
    "The construct is valid OpenAPI, and leaving it out would change what the client can do, so it is not left out \
     unseen. With `unsupported-construct = \"warn\"` or `--lenient` generation goes on without the operation, parameter \
     or field that uses it.\n",
);

/// The construct `what` stands there.
pub fn unsupported_construct(place: Place, what: &str) -> Diagnostic {
    say(
        &UNSUPPORTED_CONSTRUCT,
        place,
        format!("{what} cannot be expressed yet"),
        "with `--lenient` it is left out".into(),
    )
}

pub(crate) static WITHOUT_EFFECT: Code = lint(
    "without-effect",
    Level::Allow,
    "a field or keyword has no effect on the client",
    "For example `contact`, or `links` of a response: they are good to have in a description, nothing in the client \
     follows from them, and it calls the API correctly without them. SUPPORTED.md lists them all. They are not reported \
     unless you ask for it, with `-W without-effect` or under `[lints]`.\n",
);

/// The field or keyword there has no effect.
pub fn without_effect(at: &Pointer) -> Diagnostic {
    let name = at.last().unwrap_or_default();
    say(
        &WITHOUT_EFFECT,
        Place::key(at),
        format!("`{}` has no effect on the client", brief(&name)),
        "the client is right without it; SUPPORTED.md lists what has an effect".into(),
    )
}

static WRONG_TYPE: Code = lint(
    "wrong-type",
    Level::Error,
    "a value is of another type than OpenAPI says, and nothing safe can be made of it",
    "For example a list where a mapping must stand:\n\n```yaml\ncontent: [application/json]   # wrong\n\
     content: {application/json: {}} # right\n```\n\nWith `--lenient` the value is left out, together with what cannot be \
     read without it.\n",
);

/// A value is `found` where `expected` must stand; both with their article.
pub fn wrong_type(at: &Pointer, expected: &str, found: &str) -> Diagnostic {
    say(
        &WRONG_TYPE,
        Place::value(at),
        format!("expected {expected}, found {found}"),
        format!("write {expected} here; with `--lenient` it is left out"),
    )
}

static LOOSE_TYPE: Code = lint(
    "loose-type",
    Level::Warn,
    "a value is of another type than OpenAPI says, but it is clear what it means",
    "For example a version without quotes, which YAML reads as a number:\n\n```yaml\nversion: 1.10   # the number 1.1\n\
     version: \"1.10\" # right\n```\n\nThe message says how the value was read.\n",
);

/// A value is `found` where `expected` should stand; `reading` is what it was read as.
pub fn loose_type(at: &Pointer, expected: &str, found: &str, reading: &str) -> Diagnostic {
    say(
        &LOOSE_TYPE,
        Place::value(at),
        format!("expected {expected}, found {found}"),
        format!("read as {reading}; write {expected} to be exact"),
    )
}

static NULL_VALUE: Code = lint(
    "null-value",
    Level::Warn,
    "a field is null where OpenAPI knows no null",
    "In YAML a key with nothing after it is null:\n\n```yaml\ndescription:\n```\n\nA field that is null is read as if it \
     were not there; a member of a mapping, such as a response, is read as an empty one.\n",
);

/// A null stands there; `reading` is what it was read as.
pub fn null_value(at: &Pointer, reading: &str) -> Diagnostic {
    let key = at.last().unwrap_or_default();
    say(&NULL_VALUE, Place::value(at), format!("`{key}` is null"), format!("read as {reading}"))
}

static MISSING_FIELD: Code = lint(
    "missing-field",
    Level::Error,
    "a field that the object needs is not there",
    "For example a parameter without `in` could go anywhere. With `--lenient` the object is left out.\n",
);

/// `object` lacks `field`.
pub fn missing_field(at: &Pointer, object: &str, field: &str) -> Diagnostic {
    say(
        &MISSING_FIELD,
        Place::value(at),
        format!("{object} must have the field `{field}`"),
        format!("add `{field}`; with `--lenient` the object is left out"),
    )
}

static FILLED_FIELD: Code = lint(
    "filled-field",
    Level::Warn,
    "a field that OpenAPI demands is not there, but the object can be read without it",
    "The message says what was read instead, such as an empty description of a response.\n",
);

/// `object` lacks `field`; `reading` is how it was read.
pub fn filled_field(at: &Pointer, object: &str, field: &str, reading: &str) -> Diagnostic {
    say(
        &FILLED_FIELD,
        Place::value(at),
        format!("{object} should have the field `{field}`"),
        format!("{reading}; add `{field}` to be exact"),
    )
}

static UNKNOWN_FIELD: Code = lint(
    "unknown-field",
    Level::Warn,
    "a field is not one that OpenAPI knows there",
    "Nothing is made of it. Mostly it is misspelled or stands one level too high or too low. A field of your own starts \
     with `x-`.\n",
);

/// `object` has the key `key`, which it does not know; `nearest` is the one that was probably meant.
pub fn unknown_field(at: &Pointer, object: &str, key: &str, nearest: Option<&str>) -> Diagnostic {
    let help = match nearest {
        Some(name) => format!("ignored; did you mean `{name}`?"),
        None => "ignored; a field of your own starts with `x-`".to_owned(),
    };
    say(&UNKNOWN_FIELD, Place::key(at), format!("{object} has no field `{key}`"), help)
}

static FIELD_OF_ANOTHER_VERSION: Code = lint(
    "field-of-another-version",
    Level::Warn,
    "a field or a value belongs to another version of OpenAPI than the document states",
    "It is read as that version defines it. State that version in `openapi` to be exact.\n",
);

/// `key` is a field of `versions` only, and the document states `version`.
pub fn field_of_another_version(at: &Pointer, key: &str, versions: &str, version: &str) -> Diagnostic {
    say(
        &FIELD_OF_ANOTHER_VERSION,
        Place::key(at),
        format!("`{key}` belongs to {versions}, and the document states {version}"),
        format!("read as {versions} defines it"),
    )
}

/// `value` is a value of `versions` only, and the document states `version`.
pub fn value_of_another_version(at: &Pointer, value: &str, versions: &str, version: &str) -> Diagnostic {
    Diagnostic { place: Place::value(at), ..field_of_another_version(at, value, versions, version) }
}

static UNKNOWN_VALUE: Code = lint(
    "unknown-value",
    Level::Error,
    "a value is not one of the words that OpenAPI allows there",
    "For example `in: body`, which OpenAPI 3 writes as `requestBody`. With `--lenient` the value is left out, together \
     with what cannot be read without it.\n",
);

/// A word is not one of `allowed`.
pub fn unknown_value(at: &Pointer, found: &str, allowed: &[&str], nearest: Option<&str>) -> Diagnostic {
    let field = at.last().unwrap_or_default();
    let help = match nearest {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("write one of {}", list(allowed)),
    };
    say(&UNKNOWN_VALUE, Place::value(at), format!("`{}` is no value of `{field}`", brief(found)), help)
}

static LOOSE_SPELLING: Code = lint(
    "loose-spelling",
    Level::Warn,
    "a key or word is spelled otherwise than OpenAPI says, but it is clear what it means",
    "For example the status `2xx` instead of `2XX`, the method `GET` instead of `get`, or a path without its leading \
     slash.\n",
);

/// `found` stands for `meant`.
pub fn loose_spelling(place: Place, found: &str, meant: &str) -> Diagnostic {
    say(
        &LOOSE_SPELLING,
        place,
        format!("`{}` is spelled `{}`", brief(meant), brief(found)),
        format!("read as `{}`", brief(meant)),
    )
}

static REPEATED_KEY: Code = lint(
    "repeated-key",
    Level::Warn,
    "two keys of a mapping mean the same",
    "For example the statuses `2xx` and `2XX`. The one that stands first is read, the other one is left out.\n",
);

/// `found` means the same as `meant`, which is there already.
pub fn repeated_key(at: &Pointer, found: &str, meant: &str) -> Diagnostic {
    say(
        &REPEATED_KEY,
        Place::key(at),
        format!("`{}` means `{}`, which is there already", brief(found), brief(meant)),
        "left out; keep one of the two".into(),
    )
}

static BAD_STATUS: Code = lint(
    "bad-status",
    Level::Error,
    "the key of a response is no status",
    "A response stands under a status from 100 to 599, a range such as `4XX`, or `default`. With `--lenient` it is left \
     out.\n",
);

/// The key of a response is no status.
pub fn bad_status(at: &Pointer, key: &str) -> Diagnostic {
    say(
        &BAD_STATUS,
        Place::key(at),
        format!("`{}` is no status", brief(key)),
        "write a status from 100 to 599, a range such as `4XX`, or `default`; with `--lenient` it is left out".into(),
    )
}

static BAD_METHOD: Code = lint(
    "bad-method",
    Level::Error,
    "the key of an operation is no method",
    "A key of `additionalOperations` is sent as the method of the request, so it is made of letters, digits and a few \
     signs, such as `PURGE` or `M-SEARCH`. With `--lenient` the operation is left out.\n",
);

/// The key of an operation is no method.
pub fn bad_method(at: &Pointer, key: &str) -> Diagnostic {
    say(
        &BAD_METHOD,
        Place::key(at),
        format!("`{}` is no method", brief(key)),
        "write a method such as `PURGE`; with `--lenient` the operation is left out".into(),
    )
}

static NO_RESPONSES: Code = lint(
    "no-responses",
    Level::Warn,
    "an operation documents no response",
    "Every success is read as one without content, every other status as an undocumented failure.\n",
);

/// The operation documents no response.
pub fn no_responses(at: &Pointer) -> Diagnostic {
    say(
        &NO_RESPONSES,
        Place::value(at),
        "the operation documents no response".into(),
        "any success is read as one without content; document at least the success".into(),
    )
}

static AMBIGUOUS_PATH: Code = lint(
    "ambiguous-path",
    Level::Warn,
    "two paths differ only in the names of their parameters",
    "`/pets/{id}` and `/pets/{name}` match the same requests, so the server cannot tell them apart by their path. Both \
     are read.\n",
);

/// The path matches the same requests as the one at `other`.
pub fn ambiguous_path(at: &Pointer, other: &Pointer) -> Diagnostic {
    Diagnostic {
        related: vec![(Place::key(other), "the other path".into())],
        ..say(
            &AMBIGUOUS_PATH,
            Place::key(at),
            format!(
                "`{}` and `{}` match the same requests",
                brief(&other.last().unwrap_or_default()),
                brief(&at.last().unwrap_or_default())
            ),
            "both are read; unite them if they are one".into(),
        )
    }
}

static DUPLICATE_PARAMETER: Code = lint(
    "duplicate-parameter",
    Level::Warn,
    "a list has two parameters of the same name in the same place",
    "The first one is read, the other one is left out.\n",
);

/// The parameter `name` in `place` is in the list already, from `first`.
pub fn duplicate_parameter(at: &Pointer, name: &str, place: &str, first: &Pointer) -> Diagnostic {
    Diagnostic {
        related: vec![(Place::value(first), "the first one".into())],
        ..say(
            &DUPLICATE_PARAMETER,
            Place::value(at),
            format!("the {place} parameter `{}` is in the list already", brief(name)),
            "left out; the first one is read".into(),
        )
    }
}

static UNFITTING_STYLE: Code = lint(
    "unfitting-style",
    Level::Warn,
    "a style does not fit the place",
    "Which styles there are depends on where the value goes: in a path `simple`, `label` and `matrix`; in a query \
     `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`; in a header `simple`; in a cookie `form`, and since 3.2 \
     `cookie`. Another one is read as the first of these.\n",
);

/// `style` is none of `place`; `reading` is read instead.
pub fn unfitting_style(at: &Pointer, style: &str, place: &str, reading: &str) -> Diagnostic {
    say(
        &UNFITTING_STYLE,
        Place::value(at),
        format!("the style `{style}` does not fit {place}"),
        format!("read as `{reading}`"),
    )
}

static SCHEMA_AND_CONTENT: Code = lint(
    "schema-and-content",
    Level::Warn,
    "a parameter or header has a schema and a content",
    "Only one of them can say how the value is written. The schema is read.\n",
);

/// Both `schema` and `content` are there.
pub fn schema_and_content(at: &Pointer, object: &str) -> Diagnostic {
    say(
        &SCHEMA_AND_CONTENT,
        Place::value(at),
        format!("{object} has both `schema` and `content`"),
        "`schema` is read; remove the other one".into(),
    )
}

static UNDECLARED_SERVER_VARIABLE: Code = lint(
    "undeclared-server-variable",
    Level::Warn,
    "the URL of a server has a variable that is not declared",
    "Each `{name}` in the URL of a server needs an entry in `variables` with a default value.\n",
);

/// The URL names the variable `name`, which is not declared.
pub fn undeclared_server_variable(at: &Pointer, name: &str) -> Diagnostic {
    say(
        &UNDECLARED_SERVER_VARIABLE,
        Place::value(at),
        format!("the URL has the variable `{{{}}}`, which `variables` does not declare", brief(name)),
        "the URL is kept as it is, so callers must give a base URL; declare the variable with a default".into(),
    )
}

static UNDECLARED_SECURITY_SCHEME: Code = lint(
    "undeclared-security-scheme",
    Level::Warn,
    "a security requirement names a scheme that is not declared",
    "Each name in `security` needs an entry of that name in `components.securitySchemes`, since nothing else says how the \
     credential is sent. The requirement is left out, as nobody could meet it.\n",
);

/// A requirement names the scheme `name`, which is not declared.
pub fn undeclared_security_scheme(at: &Pointer, name: &str, nearest: Option<&str>) -> Diagnostic {
    let help = match nearest {
        Some(known) => format!("the requirement is left out; did you mean `{known}`?"),
        None => "the requirement is left out; declare the scheme in `components.securitySchemes`".to_owned(),
    };
    say(
        &UNDECLARED_SECURITY_SCHEME,
        Place::key(at),
        format!("the security scheme `{}` is not declared", brief(name)),
        help,
    )
}

static REFERENCE_SIBLINGS: Code = lint(
    "reference-siblings",
    Level::Warn,
    "fields stand beside a `$ref`",
    "A reference stands for its target as a whole. Since OpenAPI 3.1 a `summary` and a `description` beside it replace \
     those of the target; other fields, and in OpenAPI 3.0 all of them, are ignored.\n",
);

/// The fields `names` stand beside a reference and are ignored.
pub fn reference_siblings(at: &Pointer, names: &[&str]) -> Diagnostic {
    let (verb, them) = if names.len() == 1 { ("stands", "it is") } else { ("stand", "they are") };
    say(
        &REFERENCE_SIBLINGS,
        Place::value(at),
        format!("{} {verb} beside `$ref`", list(names)),
        format!("{them} ignored; write them into the target"),
    )
}

static MISPLACED_REFERENCE: Code = lint(
    "misplaced-reference",
    Level::Warn,
    "a `$ref` stands where OpenAPI knows no reference",
    "The reference is followed, and its target is read as what must stand there.\n",
);

/// A reference stands where `what` must stand itself.
pub fn misplaced_reference(at: &Pointer, what: &str) -> Diagnostic {
    say(
        &MISPLACED_REFERENCE,
        Place::value(at),
        format!("a reference cannot stand for {what} here"),
        "followed nevertheless; write out the target to be exact".into(),
    )
}

static RECURSIVE_OBJECT: Code = lint(
    "recursive-object",
    Level::Warn,
    "an object contains itself through references",
    "For example a path item with a callback that refers to the same path item. The inner one is left out.\n",
);

/// The reference leads back to `object`, which it is a part of.
pub fn recursive_object(at: &Pointer, object: &str) -> Diagnostic {
    say(
        &RECURSIVE_OBJECT,
        Place::value(at),
        format!("{object} contains itself through this reference"),
        "left out here".into(),
    )
}

static EXPANSION_TOO_LARGE: Code = fixed(
    "expansion-too-large",
    "the description becomes too large or too deep when its references are followed",
    "References to parameters, responses and the like stand for their targets. When targets refer to further targets \
     again and again, a small document can describe a huge one. No real description comes near the limit.\n",
);

/// The limit was reached there.
pub fn expansion_too_large(at: &Pointer) -> Diagnostic {
    say(
        &EXPANSION_TOO_LARGE,
        Place::value(at),
        "the description is too large or too deep here once its references are followed".into(),
        "refer to fewer objects, or divide the description".into(),
    )
}

static INTERNAL: Code = fixed(
    "internal",
    "a fault of the generator",
    "The check passed, but a later step could not read what it let through. Please report it, with the description if \
     you can.\n",
);

/// A later step could not read what the check let through; `detail` is its message.
pub fn internal(at: &Pointer, detail: &str) -> Diagnostic {
    say(
        &INTERNAL,
        Place::value(at),
        format!("the generator could not read what its own check let through: {detail}"),
        "this is a fault of the generator; please report it".into(),
    )
}

const fn lint(name: &'static str, level: Level, summary: &'static str, explanation: &'static str) -> Code {
    Code { name, level, control: Control::Lint, summary, explanation }
}

const fn fixed(name: &'static str, summary: &'static str, explanation: &'static str) -> Code {
    Code { name, level: Level::Error, control: Control::Fixed, summary, explanation }
}

fn say(code: &'static Code, place: Place, message: String, help: String) -> Diagnostic {
    Diagnostic { code, place, message, related: Vec::new(), help }
}

/// `a`, `b` and `c`, each in backquotes; at most eight of them.
fn list(words: &[&str]) -> String {
    let shown = words.len().min(8);
    let mut text = String::new();
    for (index, word) in words[..shown].iter().enumerate() {
        let separator = match index {
            0 => "",
            _ if index + 1 == words.len() => " and ",
            _ => ", ",
        };
        text.push_str(separator);
        text.push('`');
        text.push_str(&brief(word));
        text.push('`');
    }
    if shown < words.len() {
        text.push_str(", …");
    }
    text
}
