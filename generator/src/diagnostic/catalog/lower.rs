//! What giving the description a meaning says.

use crate::diagnostic::Code;

pub(super) static CODES: &[&Code] = &[];
