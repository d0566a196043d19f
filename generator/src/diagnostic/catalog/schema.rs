//! What reading schemas says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &NOT_A_SCHEMA,
    &UNKNOWN_TYPE,
    &KEYWORD_KIND,
    &BAD_PATTERN,
    &BOOLEAN_REQUIRED,
    &DISCRIMINATOR_PROPERTY,
    &LISTED_ITEMS,
];

static NOT_A_SCHEMA: Code = Code {
    name: "not-a-schema",
    level: Level::Error,
    control: Control::Lint,
    summary: "a schema is neither a mapping nor a boolean",
    explanation: "A schema is written as a mapping of keywords, or as `true` or `false`.

```yaml
Pet: string          # wrong: a bare string
Pet: {type: string}  # right
```

With `--lenient` it is read as a schema that allows every value.\n",
};

/// A schema that is no mapping.
pub fn not_a_schema(at: &Pointer, found: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_A_SCHEMA,
        Place::value(at),
        format!("a schema is expected here, and this is {found}"),
        "write a mapping of keywords, such as `{type: string}`",
    )
}

static UNKNOWN_TYPE: Code = Code {
    name: "unknown-type",
    level: Level::Error,
    control: Control::Lint,
    summary: "`type` names a type that JSON Schema does not have",
    explanation:
        "The types of JSON Schema are `string`, `integer`, `number`, `boolean`, `array`, `object` and `null`. \
There is no safe guess at what another name means.

```yaml
type: strnig  # wrong
type: string  # right

type: file                      # wrong since OpenAPI 3.0
{type: string, format: binary}  # right
```

With `--lenient` the value is untyped.\n",
};

/// `type` with a name that is none of `names`.
pub fn unknown_type(at: &Pointer, name: &str, names: &[&str]) -> Diagnostic {
    let help = match crate::nearest::nearest(name, names.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the types are {}", names.join(", ")),
    };
    Diagnostic::new(&UNKNOWN_TYPE, Place::value(at), format!("`{name}` is no type of JSON Schema"), help)
}

static KEYWORD_KIND: Code = Code {
    name: "keyword-kind",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a keyword of a schema has a value of the wrong kind",
    explanation:
        "Each keyword of JSON Schema takes one kind of value: `properties` a mapping, `required` a list of names, \
`minLength` a whole number. A keyword whose value is of another kind is read as if it were not there.

```yaml
maxLength: \"20\"  # wrong: a string
maxLength: 20    # right
```\n",
};

/// A keyword with a value of the wrong kind.
pub fn keyword_kind(at: &Pointer, expected: &str, found: &str) -> Diagnostic {
    let keyword = at.last().unwrap_or_default();
    Diagnostic::new(
        &KEYWORD_KIND,
        Place::value(at),
        format!("`{keyword}` takes {expected}, and this is {found}"),
        "it is read as if it were not there",
    )
}

static BAD_PATTERN: Code = Code {
    name: "bad-pattern",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`pattern` is no regular expression",
    explanation: "A client does not enforce patterns; it shows them to its reader. One that no dialect of regular expressions \
accepts, such as `[a-z`, is most likely a slip, and a validator on the server would stumble over it.\n",
};

/// A pattern that cannot be a regular expression.
pub fn bad_pattern(at: &Pointer, fault: &str) -> Diagnostic {
    Diagnostic::new(
        &BAD_PATTERN,
        Place::value(at),
        format!("this is no regular expression: {fault}"),
        "the pattern is shown in the documentation as it is written",
    )
}

static BOOLEAN_REQUIRED: Code = Code {
    name: "boolean-required",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`required` is a boolean inside a schema",
    explanation: "In a schema `required` lists the names of the properties that must be there; whether a property itself must be \
there is said by the schema that holds it.

```yaml
properties:
  name: {type: string, required: true}  # wrong: says nothing
required: [name]                        # right
```\n",
};

/// `required: true` in a schema.
pub fn boolean_required(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &BOOLEAN_REQUIRED,
        Place::value(at),
        "`required` of a schema is a list of property names".to_owned(),
        "it is read as if it were not there; list the property under `required` of the schema that holds it",
    )
}

static DISCRIMINATOR_PROPERTY: Code = Code {
    name: "discriminator-without-property",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a discriminator does not name its property",
    explanation: "`discriminator` needs `propertyName`: the property whose value says which schema a value follows.

```yaml
discriminator: {propertyName: kind}
```

Without it the discriminator is read as if it were not there.\n",
};

/// `discriminator` without `propertyName`.
pub fn discriminator_without_property(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &DISCRIMINATOR_PROPERTY,
        Place::key(at),
        "this discriminator does not name its property".to_owned(),
        "add `propertyName`; until then the discriminator is read as if it were not there",
    )
}

static LISTED_ITEMS: Code = Code {
    name: "listed-items",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`items` lists a schema for each place",
    explanation: "In the dialects of OpenAPI `items` is one schema, for every item that `prefixItems` does not describe. Older dialects of JSON \
Schema listed the schemas of the first items there, and that is how such a list is read.

```yaml
{type: array, items: [{type: string}, {type: integer}], additionalItems: false}  # older
{type: array, prefixItems: [{type: string}, {type: integer}], items: false}      # right
```\n",
};

/// `items` with a list of schemas.
pub fn listed_items(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &LISTED_ITEMS,
        Place::key(at),
        "`items` is one schema, and this lists several".to_owned(),
        "it is read as `prefixItems`; write that, and `items` for what may follow",
    )
}
