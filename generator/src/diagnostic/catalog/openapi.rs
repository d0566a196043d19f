//! What the check of the document against the grammar of OpenAPI says.

use crate::diagnostic::Code;

pub(super) static CODES: &[&Code] = &[];
