//! What reading files says.

use crate::diagnostic::Code;

pub(super) static CODES: &[&Code] = &[];
