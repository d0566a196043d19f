//! The reader and the writer of the members of an object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::codec::{Decode, Encode};
use super::decode_error::DecodeError;
use super::json::{Members, Value};

/// An object that is being read: each field takes its member out.
#[derive(Debug)]
pub struct Object<'a> {
    members: Vec<Option<(Cow<'a, str>, Value<'a>)>>,
    /// Where the next member is looked for first: behind the one that was found last, since most texts keep the order
    /// of the description.
    cursor: usize,
}

impl<'a> Object<'a> {
    /// Opens a value that must be an object.
    pub fn new(value: Value<'a>) -> Result<Self, DecodeError> {
        match value {
            Value::Object(members) => Ok(Self { members: members.into_iter().map(Some).collect(), cursor: 0 }),
            other => Err(DecodeError::mismatch("an object", other.kind())),
        }
    }

    /// Reads the member `name`. The type decides what a missing one is.
    pub fn field<T: Decode>(&mut self, name: &str) -> Result<T, DecodeError> {
        match self.take(name) {
            Some(value) => T::decode(value).map_err(|error| error.inside(name)),
            None => T::absent().ok_or_else(|| DecodeError::missing(name)),
        }
    }

    /// Reads the member `name`, or `default` where it is missing.
    pub fn field_or<T: Decode>(&mut self, name: &str, default: impl FnOnce() -> T) -> Result<T, DecodeError> {
        match self.take(name) {
            Some(value) => T::decode(value).map_err(|error| error.inside(name)),
            None => Ok(default()),
        }
    }

    /// Reads the member `name`, which must be `expected`.
    pub fn constant(&mut self, name: &str, expected: impl Into<Value<'a>>) -> Result<(), DecodeError> {
        match self.take(name) {
            Some(value) if value == expected.into() => Ok(()),
            Some(_) => Err(DecodeError::unexpected("this is another value than the one it must be").inside(name)),
            None => Err(DecodeError::missing(name)),
        }
    }

    /// Reads all members that no field has taken.
    pub fn rest<T: Decode>(&mut self) -> Result<BTreeMap<String, T>, DecodeError> {
        let mut rest = BTreeMap::new();
        for (key, value) in self.members.drain(..).flatten() {
            let value = T::decode(value).map_err(|error| error.inside(&key))?;
            rest.insert(key.into_owned(), value);
        }
        Ok(rest)
    }

    /// Reads a value from all members that no field has taken: a union that lies in the same object.
    pub fn others<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::decode(Value::Object(self.members.drain(..).flatten().collect()))
    }

    /// Refuses members that no field has taken.
    pub fn close(&mut self) -> Result<(), DecodeError> {
        match self.members.iter().flatten().next() {
            Some((key, _)) => Err(DecodeError::unexpected("this member is not described").inside(key)),
            None => Ok(()),
        }
    }

    /// Takes the member `name` out.
    pub fn take(&mut self, name: &str) -> Option<Value<'a>> {
        let is_it = |member: &Option<(Cow<'a, str>, _)>| member.as_ref().is_some_and(|(key, _)| key == name);
        let (before, after) = self.members.split_at(self.cursor.min(self.members.len()));
        let found = match after.iter().position(is_it) {
            Some(index) => before.len() + index,
            None => before.iter().position(is_it)?,
        };
        self.cursor = found + 1;
        self.members.get_mut(found)?.take().map(|(_, value)| value)
    }
}

/// An object that is being written.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    members: Members<'a>,
}

impl<'a> Fields<'a> {
    /// Writes the member `name`, unless its value is absent.
    pub fn field(&mut self, name: &'a str, value: &'a dyn Encode) {
        if !value.is_omitted() {
            self.required(name, value);
        }
    }

    /// Writes the member `name` always, and as null where its value is absent.
    pub fn required(&mut self, name: &'a str, value: &'a dyn Encode) {
        self.members.push((Cow::Borrowed(name), value.encode()));
    }

    /// Writes the member `name` with a value that the description fixes.
    pub fn constant(&mut self, name: &'a str, value: impl Into<Value<'a>>) {
        self.members.push((Cow::Borrowed(name), value.into()));
    }

    /// Writes members that the description does not name. One that a field has written before is left out.
    pub fn rest<T: Encode>(&mut self, rest: &'a BTreeMap<String, T>) {
        let named = self.members.len();
        for (key, value) in rest {
            if self.members[..named].iter().all(|(name, _)| name != key) {
                self.members.push((Cow::Borrowed(key), value.encode()));
            }
        }
    }

    /// Writes the members of a value that lies in the same object. One that a field has written before is left out.
    pub fn others(&mut self, value: &'a dyn Encode) {
        let named = self.members.len();
        if let Value::Object(members) = value.encode() {
            for (key, value) in members {
                if self.members[..named].iter().all(|(name, _)| *name != key) {
                    self.members.push((key, value));
                }
            }
        }
    }

    /// The object.
    pub fn finish(self) -> Value<'a> {
        Value::Object(self.members)
    }
}
