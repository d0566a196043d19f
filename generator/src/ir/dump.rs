//! The text form of the IR, for golden tests and `--emit ir`.

use super::Api;

/// Writes the API as stable, line-oriented text.
pub fn dump(api: &Api) -> String {
    format!("{api:#?}\n")
}
