//! What making OpenAPI 3.0 of Swagger 2.0 says.

use crate::diagnostic::{Code, Control, Diagnostic, Level, Place};
use crate::source::Pointer;

pub(super) static CODES: &[&Code] = &[&NOT_EXPRESSIBLE, &SECOND_BODY];

static NOT_EXPRESSIBLE: Code = Code {
    name: "not-expressible",
    level: Level::Warn,
    control: Control::Lint,
    summary: "a part of Swagger 2.0 has no counterpart in OpenAPI 3",
    explanation: "Swagger 2.0 is read as OpenAPI 3.0, which has no words for this part. The client is made without it.\n",
};

/// The part `what` of Swagger 2.0 stands there.
pub fn not_expressible(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(&NOT_EXPRESSIBLE, place, format!("{what} has no counterpart in OpenAPI 3"), "left out")
}

static SECOND_BODY: Code = Code {
    name: "second-body",
    level: Level::Warn,
    control: Control::Lint,
    summary: "an operation of Swagger 2.0 has several bodies",
    explanation: "A request has one body: what a parameter `in: body` describes, or a form made of the parameters `in: formData`. The first body parameter is read, else the form.\n",
};

/// A parameter describes a body that the operation has already.
pub fn second_body(at: &Pointer) -> Diagnostic {
    let message = "the operation has a body already, and a request has only one".to_owned();
    Diagnostic::new(&SECOND_BODY, Place::value(at), message, "left out; unite the two")
}
