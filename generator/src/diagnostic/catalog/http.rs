//! What giving parameters, bodies, responses and credentials a meaning says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[
    &HTTP_SCHEME,
    &DUPLICATE_OPERATION_ID,
    &RESERVED_HEADER,
    &PARAMETER_NOT_IN_PATH,
    &UNDECLARED_PATH_PARAMETER,
    &UNSUPPORTED_PARAMETER,
    &UNDEFINED_STYLE,
    &NESTED_DEEP_OBJECT,
    &FIELD_WITHOUT_EFFECT,
    &SECOND_QUERY,
    &OTHER_MEDIA,
    &RAW_BODY,
    &PAYLOAD_WITHOUT_TYPE,
    &ENCODING_NOT_HONOURED,
];

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

static HTTP_SCHEME: Code = Code {
    name: "http-scheme",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an HTTP scheme whose credentials the caller must make",
    explanation: "The client makes the credentials of the HTTP schemes `basic` and `bearer`. Of any other scheme (`digest`, `hawk`, …) it sends what the caller \
gives it behind the name of the scheme: `Authorization: <scheme> …`.\n",
};

/// A scheme of HTTP that is sent as it is given.
pub fn http_scheme(at: &Pointer, scheme: &str) -> Diagnostic {
    Diagnostic::new(
        &HTTP_SCHEME,
        Place::value(&at.child("scheme")),
        format!("the client does not know how the HTTP scheme `{scheme}` works"),
        "it sends `Authorization` with the name of the scheme and what the caller gives",
    )
}

static DUPLICATE_OPERATION_ID: Code = Code {
    name: "duplicate-operation-id",
    level: Level::Warn,
    control: Control::Lint,
    summary: "two operations have one `operationId`",
    explanation: "An `operationId` names one operation. Where two share it, the first keeps the name and the other is named by its method and path.\n",
};

/// An id that is taken.
pub fn duplicate_operation_id(at: &Pointer, other: &Pointer, id: &str) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_OPERATION_ID,
        Place::value(&at.child("operationId")),
        format!("`{id}` is the id of another operation too"),
        "this one is named by its method and path; give it an id of its own",
    )
    .with_related(Place::value(other), "the operation that keeps the id")
}

static RESERVED_HEADER: Code = Code {
    name: "reserved-header",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a header parameter that the client sets itself",
    explanation: "The headers `Accept`, `Content-Type` and `Authorization` follow from the media types and the security of an operation; OpenAPI says \
that parameters of these names are ignored. `Host`, `Content-Length`, `Connection`, `TE`, `Transfer-Encoding` and `Upgrade` belong to the connection, and \
only what speaks HTTP may set them.\n",
};

/// A parameter named like such a header.
pub fn reserved_header(at: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &RESERVED_HEADER,
        Place::value(at),
        format!("a header parameter named `{name}` is ignored"),
        "the client sends this header itself; take the parameter away",
    )
}

static PARAMETER_NOT_IN_PATH: Code = Code {
    name: "parameter-not-in-path",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a path parameter that the path does not hold",
    explanation: "A parameter with `in: path` fills a place in the path that is written in braces. One that has no such place is left out.

```yaml
/pets/{petId}:
  parameters: [{name: petID, in: path, ...}]  # wrong: the path says petId
```\n",
};

/// A path parameter without a place.
pub fn parameter_not_in_path(at: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &PARAMETER_NOT_IN_PATH,
        Place::value(&at.child("name")),
        format!("the path holds no `{{{name}}}`"),
        "the parameter is left out; write its name into the path, or take it away",
    )
}

static UNDECLARED_PATH_PARAMETER: Code = Code {
    name: "undeclared-path-parameter",
    level: Level::Warn,
    control: Control::Lint,
    summary: "the path holds a parameter that is not declared",
    explanation: "Each name in braces in a path needs a parameter with `in: path`. One that is not declared is read as a string that must be given.\n",
};

/// A place without a parameter.
pub fn undeclared_path_parameter(at: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &UNDECLARED_PATH_PARAMETER,
        Place::key(at),
        format!("the path holds `{{{name}}}`, and no parameter declares it"),
        "it is read as a string that must be given; declare it with `in: path`",
    )
}

static UNSUPPORTED_PARAMETER: Code = Code {
    name: "unsupported-parameter",
    level: Level::Error,
    control: Control::Lint,
    summary: "a parameter that the client cannot send",
    explanation: "A parameter with `content` is sent as JSON or as text; `in: querystring` may also be a form. With `--lenient` a parameter in another \
media type is left out where it is optional, and the operation is left out where it is required.\n",
};

/// A parameter that is not sent.
pub fn unsupported_parameter(at: &Pointer, name: &str, media: &str) -> Diagnostic {
    Diagnostic::new(
        &UNSUPPORTED_PARAMETER,
        Place::value(&at.child("content")),
        format!("the client cannot send `{name}` as `{media}`"),
        "use `application/json` or `text/plain`; with `--lenient` it is left out, with its operation where it is required",
    )
}

static UNDEFINED_STYLE: Code = Code {
    name: "undefined-style",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a style that OpenAPI does not define for such a value",
    explanation: "`spaceDelimited` and `pipeDelimited` are defined for lists and objects without `explode`, and `deepObject` for objects. Other values are \
sent as `form` sends them: `name=value`, and an exploded list as one pair an item.\n",
};

/// A style that does not fit the value.
pub fn undefined_style(at: &Pointer, name: &str, which: &str, read_as: &str) -> Diagnostic {
    Diagnostic::new(
        &UNDEFINED_STYLE,
        Place::value(&at.child("style")),
        format!("OpenAPI does not define this style {which}: `{name}`"),
        format!("it is sent in style {read_as}; state a style that is defined"),
    )
}

static NESTED_DEEP_OBJECT: Code = Code {
    name: "nested-deep-object",
    level: Level::Warn,
    control: Control::Lint,
    summary: "`deepObject` with lists or objects inside, which OpenAPI does not define",
    explanation: "OpenAPI defines `deepObject` for an object of plain values: `filter[name]=a`. Inside it the client goes on with brackets, as Rails, PHP, \
`qs` and Stripe read them:

```text
filter[owner][id]=1         an object
filter[tags][]=a            a list of plain values
filter[items][0][id]=1      a list of objects or lists
```

Not every server reads a list of plain values so. `deep-object-lists` in codegen.toml, before its sections, states how it is \
written, and then nothing is told of lists any more: `\"repeat\"` is `filter[tags]=a&filter[tags]=b`, `\"indexed\"` is \
`filter[tags][0]=a`, and `\"brackets\"` is the one above.\n",
};

/// A list or an object inside `deepObject`.
pub fn nested_deep_object(at: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &NESTED_DEEP_OBJECT,
        Place::value(&at.child("style")),
        format!("OpenAPI does not define `deepObject` for the lists or objects in `{name}`"),
        "they are sent with more brackets: `name[key][key]=`, `name[key][]=`, `name[key][0][key]=`; `deep-object-lists` in \
         codegen.toml chooses among `\"brackets\"`, `\"repeat\"` and `\"indexed\"` for lists",
    )
}

static FIELD_WITHOUT_EFFECT: Code = Code {
    name: "field-without-effect",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a field that has no effect where it stands",
    explanation: "HTTP forbids a request by the method TRACE to have a body. `allowReserved` concerns values that are percent-encoded: those of a query, and since OpenAPI 3.2 also those of a path and of a cookie in \
style `form`.\n",
};

/// A field that changes nothing.
pub fn field_without_effect(at: &Pointer, name: &str) -> Diagnostic {
    let field = at.last().unwrap_or_default();
    Diagnostic::new(
        &FIELD_WITHOUT_EFFECT,
        Place::key(at),
        format!("`{field}` has no effect on `{name}`"),
        "it is read as if it were not there; take it away",
    )
}

static SECOND_QUERY: Code = Code {
    name: "second-query",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a query parameter beside one that is the whole query",
    explanation: "A parameter with `in: querystring` is the whole query, so OpenAPI allows no other parameter in it. The others are left out.\n",
};

/// A query parameter that has no room.
pub fn second_query(at: &Pointer, whole: &Pointer, name: &str) -> Diagnostic {
    Diagnostic::new(
        &SECOND_QUERY,
        Place::value(at),
        format!("`{name}` has no room in the query, which another parameter is as a whole"),
        "it is left out; make it a part of the other one",
    )
    .with_related(Place::value(whole), "the parameter that is the whole query")
}

static OTHER_MEDIA: Code = Code {
    name: "other-media",
    level: Level::Allow,
    control: Control::Lint,
    summary: "a body comes in further media types",
    explanation: "A caller chooses among media types that differ in what they carry or how. One that says the same as an earlier one, such as \
`application/json` and `text/json` of one schema, and XML beside JSON or forms is left out. Raise the level to see which.\n",
};

/// Further media types.
pub fn other_media(at: &Pointer, taken: &str, names: &[&str]) -> Diagnostic {
    Diagnostic::new(
        &OTHER_MEDIA,
        Place::value(at),
        format!("`{taken}` says the same as a further media type"),
        format!("the client does without {}", quoted(names)),
    )
}

static RAW_BODY: Code = Code {
    name: "raw-body",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a body of lists or objects in a media type that the client does not write or read",
    explanation: "The client turns values into JSON, XML, forms and multipart, and reads JSON and XML. A body in another media type whose schema describes a list or an \
object is a text or bytes, which the caller makes or reads.\n",
};

/// A body that stays a text or bytes.
pub fn raw_body(at: &Pointer, media: &str) -> Diagnostic {
    Diagnostic::new(
        &RAW_BODY,
        Place::key(at),
        format!("the client knows no way between values and `{media}`"),
        "the body is a text or bytes, as they are",
    )
}

static PAYLOAD_WITHOUT_TYPE: Code = Code {
    name: "payload-without-type",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a webhook or callback whose body the client cannot read",
    explanation: "The crate reads the bodies of webhooks and callbacks that are JSON or a text. For example a webhook without a body, or one whose body is a form, \
stands in no list of payloads.\n\nState `application/json` under its `requestBody`, or remove it.\n",
};

/// A webhook or callback that brings nothing that the client reads.
pub fn payload_without_type(at: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &PAYLOAD_WITHOUT_TYPE,
        Place::key(at),
        "this request of the server has no body of JSON or text".to_owned(),
        "it is left out; a receiver reads it without the crate",
    )
}

static ENCODING_NOT_HONOURED: Code = Code {
    name: "encoding-not-honoured",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an encoding that has no effect",
    explanation: "`encoding` says how the properties of a form or a multipart body are sent. It has no effect for a name that the schema does not declare, under \
another media type, and for `headers` of a form. A `contentType` has an effect where it names one media type that a value can be written in; of \
several, the value itself decides: an object is JSON and anything else a text.\n",
};

fn encoding_not_honoured(place: Place, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&ENCODING_NOT_HONOURED, place, message, help)
}

/// An encoding of nothing.
pub fn encoding_without_property(at: &Pointer, name: &str) -> Diagnostic {
    let message = format!("the schema declares no property `{name}`");
    encoding_not_honoured(Place::key(at), message, "its encoding is left out; is it misspelled?")
}

/// An encoding, or a part of one, where it says nothing.
pub fn encoding_without_effect(at: &Pointer) -> Diagnostic {
    let field = at.last().unwrap_or_default();
    let message = format!("`{field}` has no effect in a body of this media type");
    encoding_not_honoured(Place::key(at), message, "it is left out; take it away")
}

/// A media type in which values cannot be written.
pub fn encoding_media(at: &Pointer, media: &str) -> Diagnostic {
    let message = format!("the client does not write values as `{media}`");
    encoding_not_honoured(Place::value(at), message, "an object is sent as JSON, and any other value as a text")
}
