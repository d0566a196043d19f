//! What giving the description a meaning says.

use super::brief;
use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &EMPTY_ENUMERATION,
    &KEYWORD_NOT_HONOURED,
    &MIXED_ENUMERATION,
    &IMPOSSIBLE_SCHEMA,
    &ALL_OF_CONFLICT,
    &REQUIRED_ALTERNATIVES,
    &REQUIRED_UNDECLARED,
    &SECOND_UNION,
    &ONE_OF_AND_ANY_OF,
    &DISCRIMINATOR_UNUSED,
    &OVERLAPPING_VARIANTS,
    &FORMAT_PASSED_OVER,
    &UNUSED_FORMAT,
    &LONG_TUPLE,
    &XML_CONFLICT,
    &XML_UNTYPED,
];

static MIXED_ENUMERATION: Code = Code {
    name: "mixed-enumeration",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an enumeration lists values that no Rust enumeration has",
    explanation: "A Rust enumeration has strings, booleans and numbers up to 64 bits as its values. One that lists mappings, lists or larger integers is \
read as an untyped JSON value, so that nothing is lost.

```yaml
enum: [auto, 1, 2]           # typed
enum: [auto, {width: 100}]   # untyped
```\n",
};

/// An enumeration of values of several kinds.
pub fn mixed_enumeration(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &MIXED_ENUMERATION,
        Place::key(at),
        "this lists values that no Rust enumeration has: lists, mappings or integers beyond 64 bits".to_owned(),
        "it is read as an untyped JSON value; `anyOf` with one schema a kind gives it a type",
    )
}

static IMPOSSIBLE_SCHEMA: Code = Code {
    name: "impossible-schema",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a schema allows no value",
    explanation: "`false` as a schema allows no value at all. Where a value is needed, the client takes any JSON value instead, so that what a \
server sends is never lost.\n",
};

/// `false` where a value is needed.
pub fn impossible_schema(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &IMPOSSIBLE_SCHEMA,
        Place::value(at),
        "this schema allows no value".to_owned(),
        "it is read as an untyped JSON value",
    )
}

static FORMAT_PASSED_OVER: Code = Code {
    name: "format-passed-over",
    level: Level::Warn,
    control: Control::Lint,
    summary: "the type chosen for a format cannot hold the values of a schema",
    explanation: "`[formats]` of the configuration chooses a Rust type for a format. Some hold strings, others numbers; a schema of the same format \
whose values are of another kind keeps the type that it has without the choice.

```toml
[formats]
int64 = \"i64\"   # not for `type: string, format: int64`
```\n",
};

/// A schema of a format whose chosen type does not fit it.
pub fn format_passed_over(at: &Pointer, format: &str, chosen: Place) -> Diagnostic {
    Diagnostic::new(
        &FORMAT_PASSED_OVER,
        Place::value(&at.child("type")),
        format!("the type chosen for the format `{}` cannot hold these values", brief(format)),
        "it is read as if nothing was chosen; correct the type or the format by an overlay, or choose another type",
    )
    .with_related(chosen, "chosen here")
}

static UNUSED_FORMAT: Code = Code {
    name: "unused-format",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a format in `[formats]` is in no schema",
    explanation: "Each line under `[formats]` chooses the Rust type for a format. A format that no schema has is most likely misspelt or out of date.\n",
};

/// A format that no schema has.
pub fn unused_format(format: &str, at: Place) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_FORMAT,
        at,
        format!("no schema has the format `{}`", brief(format)),
        "correct the format, or take the line away",
    )
}

static ALL_OF_CONFLICT: Code = Code {
    name: "all-of-conflict",
    level: Level::Warn,
    control: Control::Lint,
    summary: "members of `allOf` disagree about a property",
    explanation: "A value must follow every member of `allOf`. Where two of them give one property different types, hardly any value can; the client \
reads the later one. The same is said where something stands beside a `$ref` or a union that no type joins with it.

```yaml
allOf:
  - properties: {id: {type: string}}
  - properties: {id: {type: integer}}  # disagrees; this one is read
```\n",
};

/// Two types for one property.
pub fn all_of_conflict(at: &Pointer, other: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &ALL_OF_CONFLICT,
        Place::value(at),
        format!("`{name}` has another type here than in another member of `allOf`"),
        "the later one is read; make them agree",
    )
    .with_related(Place::value(other), "the other type")
}

/// Two schemas of values that are no objects, of which neither says all that both say.
pub fn all_of_values(at: &Pointer, other: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &ALL_OF_CONFLICT,
        Place::value(at),
        "a value must follow this schema and another one, and no type says both".to_owned(),
        "only the other one is read; make them agree",
    )
    .with_related(Place::value(other), "the one that is read")
}

/// A schema of values that are no objects, beside a union.
pub fn all_of_value_beside_union(at: &Pointer, other: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &ALL_OF_CONFLICT,
        Place::value(at),
        "a value must follow this schema and be one of a union, and no type says both".to_owned(),
        "only the union is read; say in its members what this schema says",
    )
    .with_related(Place::value(other), "the union")
}

/// A value that is no object, beside properties.
pub fn all_of_value_beside_record(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &ALL_OF_CONFLICT,
        Place::value(at),
        "`allOf` joins this schema with an object, and it describes something else".to_owned(),
        "only the object is read",
    )
}

static REQUIRED_ALTERNATIVES: Code = Code {
    name: "required-alternatives",
    level: Level::Allow,
    control: Control::Lint,
    summary: "alternatives that only list required properties",
    explanation: "`oneOf: [{required: [a]}, {required: [b]}]` says which properties go together. No Rust type can say that of a struct: the properties \
are optional, and the server checks them. Raise the level to see where it happens.\n",
};

/// Alternatives without properties.
pub fn required_alternatives(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &REQUIRED_ALTERNATIVES,
        Place::value(at),
        "these alternatives only say which properties go together".to_owned(),
        "the client does not enforce it; the server does",
    )
}

static REQUIRED_UNDECLARED: Code = Code {
    name: "required-undeclared",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`required` names a property that is not declared",
    explanation: "`required` lists a name that stands under no `properties`. Nothing is known about such a property: it is a field for any value, which \
may be missing. Where the schema keeps other properties or is closed, or a union stands beside, it has no field.

```yaml
required: [id, nmae]        # a slip?
properties: {id: {}, name: {}}
```\n",
};

/// A required name without a property.
pub fn required_undeclared(at: &Pointer, name: &str, is_field: bool) -> Diagnostic {
    let reading = if is_field { "it may be any value, or missing" } else { "it has no field" };
    Diagnostic::new(
        &REQUIRED_UNDECLARED,
        Place::value(at),
        format!("`{name}` is required but declared under no `properties`"),
        format!("{reading}; declare it, or take it from the list"),
    )
}

static SECOND_UNION: Code = Code {
    name: "second-union",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an object varies in two ways at once",
    explanation: "`allOf` joins two schemas that each hold `oneOf`. The client gives a type to the first; the properties of the other are ignored.\n",
};

/// Two unions in one object.
pub fn second_union(at: &Pointer, other: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &SECOND_UNION,
        Place::value(at),
        "this object varies in a second way".to_owned(),
        "only the first union is read",
    )
    .with_related(Place::value(other), "the one that is read")
}

static ONE_OF_AND_ANY_OF: Code = Code {
    name: "one-of-and-any-of",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`oneOf` and `anyOf` stand in one schema",
    explanation: "A value must follow one schema of each list. The client reads `oneOf`.\n",
};

/// Both lists.
pub fn one_of_and_any_of(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &ONE_OF_AND_ANY_OF,
        Place::value(at),
        "`oneOf` and `anyOf` stand in one schema".to_owned(),
        "`oneOf` is read",
    )
}

static DISCRIMINATOR_UNUSED: Code = Code {
    name: "discriminator-unused",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a discriminator cannot tell the variants apart",
    explanation: "A discriminator names a property whose value selects a schema by the key of its component or by `mapping`. A variant that is \
written in place has no key, so it needs a `const` on that property. Without one the variants are told apart by their form.\n",
};

/// A discriminator that does not work.
pub fn discriminator_unused(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &DISCRIMINATOR_UNUSED,
        Place::value(at),
        "this discriminator does not select every variant".to_owned(),
        "the variants are told apart by their form; move them under `components`, or give the property a `const` in each",
    )
}

static OVERLAPPING_VARIANTS: Code = Code {
    name: "overlapping-variants",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a variant looks like an earlier one",
    explanation: "Without a discriminator the client tries the variants of a union, the narrower ones first, and takes the first that reads all that \
a value holds, else the one that leaves the least unread. Each of these two reads every value of the other one, and all of it, so the one that comes \
later is never taken.

Give the union a `discriminator`, or a property with a `const` in each variant.\n",
};

/// A variant that is shadowed.
pub fn overlapping_variants(at: &Pointer, other: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &OVERLAPPING_VARIANTS,
        Place::value(at),
        "an earlier variant reads every value of this one".to_owned(),
        "this one is never taken; a `discriminator` or a `const` property tells them apart",
    )
    .with_related(Place::value(other), "the earlier variant")
}

pub(crate) static KEYWORD_NOT_HONOURED: Code = Code {
    name: "keyword-not-honoured",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a keyword of a schema has no effect on the client",
    explanation: "Keywords such as `not`, `if` and `dependentRequired` restrict values in ways that no Rust type can say. The client \
takes and sends every value of the type, and the server checks the rest. `$id` and `$anchor` have no effect either: references \
are followed by JSON Pointer alone.\n",
};

/// A keyword without an effect.
pub fn keyword_not_honoured(at: &Pointer) -> Diagnostic {
    let keyword = at.last().unwrap_or_default();
    Diagnostic::new(
        &KEYWORD_NOT_HONOURED,
        Place::key(at),
        format!("`{keyword}` has no effect on the client"),
        "every value of the type is taken; the server checks the rest",
    )
}

static EMPTY_ENUMERATION: Code = Code {
    name: "empty-enumeration",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an enumeration lists no value",
    explanation: "`enum: []` allows no value at all, which nobody means: most often a tool left the list empty. It is read as if it were \
not there.\n",
};

/// `enum` without a value.
pub fn empty_enumeration(at: &Pointer) -> Diagnostic {
    let help = "it is read as if it were not there; list the values, or take it away";
    Diagnostic::new(&EMPTY_ENUMERATION, Place::key(at), "this enumeration lists no value".to_owned(), help)
}

static LONG_TUPLE: Code = Code {
    name: "long-tuple",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a list has more places of their own types than a Rust tuple",
    explanation: "`prefixItems` becomes a tuple, and the traits of Rust's library end at tuples of twelve. A longer one is read as a list of \
untyped JSON values.\n",
};

/// More places than `most`.
pub fn long_tuple(at: &Pointer, most: usize) -> Diagnostic {
    let message = format!("this list has more than {most} places of their own types");
    Diagnostic::new(&LONG_TUPLE, Place::key(at), message, "it is read as a list of untyped JSON values")
}

static XML_CONFLICT: Code = Code {
    name: "xml-conflict",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`xml` says what XML cannot do",
    explanation: "An attribute holds one text, number or boolean, never a list or an object. A prefix stands for a namespace, so it needs one, and an attribute \
that is in a namespace needs a prefix. Names must be names of XML. `nodeType` takes the place of `attribute` and `wrapped`.\n\n\
```yaml\nid: {type: integer, xml: {attribute: true}}            # good\ntags: {type: array, xml: {attribute: true}}            # a list is no attribute\n```\n",
};

/// A part of `xml` that has no effect.
pub fn xml_conflict(at: &Pointer, fault: &str, reading: &str) -> Diagnostic {
    Diagnostic::new(&XML_CONFLICT, Place::key(at), fault.to_owned(), format!("{reading}; correct it by an overlay"))
}

static XML_UNTYPED: Code = Code {
    name: "xml-untyped",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a value whose kind XML does not tell",
    explanation: "In XML everything is text, so the client must know from the description what a number, a boolean, a list or an object is. Of a union it \
knows that where all variants are objects whose common properties are alike. Of other unions, of lists with places of their own types and of \
values of several kinds it does not, so texts stay strings, and elements with others inside become objects.\n",
};

/// A value that XML leaves open.
pub fn xml_untyped(at: &Pointer, what: &str) -> Diagnostic {
    Diagnostic::new(
        &XML_UNTYPED,
        Place::value(at),
        format!("XML does not tell what {what} is"),
        "texts in it are read as strings; describe an object with properties in its place",
    )
}
