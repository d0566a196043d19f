//! Unions: one of several types in JSON.

use std::cell::Cell;
use std::fmt;

use super::codec::{Decode, Encode};
use super::decode_error::{DecodeError, Reason};
use super::json::{Json, Value};

/// A value of a union that fits none of the variants which the description lists. It is written as it was received;
/// `Debug` shows its keys and kinds only, since nothing is known of what is secret in it.
#[derive(Clone)]
pub struct Unknown(Box<(Json, Option<DecodeError>)>);

impl Unknown {
    /// A variant by a tag that the description does not list.
    pub fn tagged(value: Value<'_>) -> Self {
        misfits(|| value.size().saturating_mul(LOST));
        Self(Box::new((value.into_json(), None)))
    }

    /// The value as it was received.
    pub fn json(&self) -> &Json {
        &self.0.0
    }

    /// Why none of the variants fits, where they were tried.
    pub fn error(&self) -> Option<&DecodeError> {
        self.0.1.as_ref()
    }
}

impl From<Json> for Unknown {
    fn from(value: Json) -> Self {
        Self(Box::new((value, None)))
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unknown").field(&Value::from(self.json())).finish()
    }
}

impl Encode for Unknown {
    fn encode(&self) -> Value<'_> {
        Value::from(self.json())
    }
}

/// Writes `value` with its tag in the member `name`: the one of `tags` that it has, else the first of them.
pub fn tagged<'a>(name: &'a str, tags: &[&'a str], value: &'a dyn Encode) -> Value<'a> {
    let mut value = value.encode();
    let (Value::Object(members), Some(first)) = (&mut value, tags.first().copied()) else { return value };
    match members.iter_mut().find(|(key, _)| key == name) {
        Some((_, member)) if member.as_str().is_some_and(|tag| tags.contains(&tag)) => {}
        Some((_, member)) => *member = Value::from(first),
        None => members.insert(0, (name.into(), Value::from(first))),
    }
    value
}

/// Tries the variants of a union that nothing else tells apart, in their order. The first that reads
/// all that the value holds is taken, else the first of those that leave the least unread.
///
/// ```text
/// let mut trial = Trial::new(value);
/// trial.attempt("Cat", Self::Cat);
/// trial.attempt("Dog", Self::Dog);
/// Ok(trial.finish(Self::UnknownVariant))
/// ```
#[derive(Debug)]
pub struct Trial<'a, U> {
    value: Value<'a>,
    size: usize,
    best: Option<(usize, U)>,
    failures: Vec<(&'static str, DecodeError)>,
    is_outermost: bool,
}

thread_local! {
    /// How many values the trials of one outermost union may still look at. A union inside itself would otherwise be
    /// read in as many ways as there are paths through its variants, which grows exponentially with the depth.
    static BUDGET: Cell<Option<usize>> = const { Cell::new(None) };
    /// How much of what the trial at hand has read the description does not list.
    static MISFITS: Cell<usize> = const { Cell::new(0) };
}

/// What each value in a member that nothing has read weighs, and each one of a variant that is unknown, against a value
/// that an enumeration does not list.
pub(super) const LOST: usize = 1000;

/// How often the outermost union may look at each of its values, on average.
const LOOKS: usize = 256;

/// Counts what the description does not list, where a trial is under way.
pub(super) fn misfits(count: impl FnOnce() -> usize) {
    if BUDGET.get().is_some() {
        MISFITS.set(MISFITS.get().saturating_add(count()));
    }
}

/// A null that stands for nothing: a variant that tells the two apart fits better.
pub(super) fn misfit() {
    misfits(|| 1);
}

/// Takes back what was counted, of what turns out to be as described.
pub(super) fn forgive(count: usize) {
    MISFITS.set(MISFITS.get().saturating_sub(count));
}

/// Reads a value, and counts what of it the description does not list.
pub(super) fn measured<'a, T>(value: Value<'a>, read: fn(Value<'a>) -> T) -> (T, usize) {
    let is_outermost = BUDGET.get().is_none();
    if is_outermost {
        BUDGET.set(Some(value.size().saturating_mul(LOOKS)));
    }
    let before = MISFITS.replace(0);
    let found = read(value);
    let count = MISFITS.replace(before);
    if is_outermost {
        BUDGET.set(None);
    }
    (found, count)
}

/// A value of an enumeration that the description does not list.
pub fn unlisted<T>(value: T) -> T {
    misfits(|| 1);
    value
}

impl<'a, U> Trial<'a, U> {
    /// Begins to read a union from `value`.
    pub fn new(value: Value<'a>) -> Self {
        let size = value.size();
        let is_outermost = BUDGET.get().is_none();
        if is_outermost {
            BUDGET.set(Some(size.saturating_mul(LOOKS)));
        }
        Self { value, size, best: None, failures: Vec::new(), is_outermost }
    }

    /// Reads the value as the variant `name`, unless an earlier one has read all of it.
    pub fn attempt<T: Decode>(&mut self, name: &'static str, variant: fn(T) -> U) {
        if matches!(self.best, Some((0, _))) {
            return;
        }
        let Some(left) = BUDGET.get().unwrap_or_default().checked_sub(self.size) else {
            self.failures.push((name, DecodeError::new(Reason::TooCostly)));
            return;
        };
        BUDGET.set(Some(left));
        let before = MISFITS.replace(0);
        let read = T::decode(self.value.clone());
        let misfits = MISFITS.replace(before);
        match read {
            Ok(value) if self.best.as_ref().is_none_or(|(fewest, _)| misfits < *fewest) => {
                self.best = Some((misfits, variant(value)));
            }
            Ok(_) => {}
            Err(error) => self.failures.push((name, error.without_variants())),
        }
    }

    /// The variant that fits best, else the value as it is, with the reason why no variant fits.
    pub fn finish(mut self, unknown: fn(Unknown) -> U) -> U {
        match self.best.take() {
            Some((count, variant)) => {
                misfits(|| count);
                variant
            }
            None => {
                misfits(|| self.size.saturating_mul(LOST));
                let error = DecodeError::new(Reason::NoVariant(std::mem::take(&mut self.failures)));
                unknown(Unknown(Box::new((std::mem::take(&mut self.value).into_json(), Some(error)))))
            }
        }
    }
}

impl<U> Drop for Trial<'_, U> {
    fn drop(&mut self) {
        if self.is_outermost {
            BUDGET.set(None);
            MISFITS.set(0);
        }
    }
}
