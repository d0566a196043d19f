//! Unions: one of several types in JSON.

use std::cell::Cell;

use super::codec::{Decode, Encode};
use super::decode_error::{DecodeError, Reason};
use super::json::{Json, Value};

/// Writes `value` with the string `tag` in its member `name`, which tells its variant.
pub fn tagged<'a>(name: &'a str, tag: &'a str, value: &'a dyn Encode) -> Value<'a> {
    let mut value = value.encode();
    if let Value::Object(members) = &mut value {
        match members.iter_mut().find(|(key, _)| key == name) {
            Some((_, member)) => *member = Value::from(tag),
            None => members.insert(0, (name.into(), Value::from(tag))),
        }
    }
    value
}

/// Tries the variants of a union that nothing else tells apart, in the order of the description.
///
/// ```text
/// let mut trial = Trial::new(value);
/// if let Some(cat) = trial.attempt("Cat") { return Ok(Self::Cat(cat)); }
/// if let Some(dog) = trial.attempt("Dog") { return Ok(Self::Dog(dog)); }
/// trial.fail()
/// ```
#[derive(Debug)]
pub struct Trial<'a> {
    value: Value<'a>,
    size: usize,
    failures: Vec<(&'static str, DecodeError)>,
    is_outermost: bool,
}

thread_local! {
    /// How many values the trials of one outermost union may still look at. A union inside itself would otherwise be
    /// read in as many ways as there are paths through its variants, which grows exponentially with the depth.
    static BUDGET: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How often the outermost union may look at each of its values, on average.
const LOOKS: usize = 256;

impl<'a> Trial<'a> {
    /// Begins to read a union from `value`.
    pub fn new(value: Value<'a>) -> Self {
        let size = value.size();
        let is_outermost = BUDGET.get().is_none();
        if is_outermost {
            BUDGET.set(Some(size.saturating_mul(LOOKS)));
        }
        Self { value, size, failures: Vec::new(), is_outermost }
    }

    /// Reads the value as the variant `name`; a failure is kept for the error.
    pub fn attempt<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        let Some(left) = BUDGET.get().unwrap_or_default().checked_sub(self.size) else {
            self.failures.push((name, DecodeError::new(Reason::TooCostly)));
            return None;
        };
        BUDGET.set(Some(left));
        T::decode(self.value.clone()).map_err(|error| self.failures.push((name, error.without_variants()))).ok()
    }

    /// The error that says why each variant failed.
    pub fn fail<T>(mut self) -> Result<T, DecodeError> {
        Err(DecodeError::new(Reason::NoVariant(std::mem::take(&mut self.failures))))
    }

    /// The value as it is, for a union that keeps what it does not know.
    pub fn into_json(mut self) -> Json {
        std::mem::take(&mut self.value).into_json()
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if self.is_outermost {
            BUDGET.set(None);
        }
    }
}
