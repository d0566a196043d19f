//! The reader and the writer of the members of an object.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::codec::{Decode, Encode};
use super::decode_error::DecodeError;
use super::json::{Members, Value};
use super::union::{LOST, forgive, measured, misfits};

/// An object that is being read: each field takes its member out.
#[derive(Debug)]
pub struct Object<'a> {
    members: Vec<Option<(Cow<'a, str>, Value<'a>)>>,
    /// The members that the fields read.
    fields: &'static [&'static str],
    /// How many of them were read in order.
    read: usize,
    /// Where the next member is looked for first: behind the one that was found last, since most texts keep the order
    /// of the description.
    cursor: usize,
    /// Whether another value is read from the same members.
    is_shared: bool,
    /// The constants that were found, which such a value may have too.
    constants: Members<'a>,
    /// How many members are null that must be there and may be null: these are no misfits.
    nulls: usize,
}

/// What `records!` says of a member behind `as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types, reason = "they are spelled as the calls of the macro spell them")]
pub enum Mark {
    /// It must be there and may be null.
    null,
    /// It is hidden from `Debug`.
    secret,
}

impl<'a> Object<'a> {
    /// Opens a value that must be an object.
    pub fn new(value: Value<'a>) -> Result<Self, DecodeError> {
        Self::with_fields(value, &[])
    }

    /// The same, where `fields` are the members that will be read one by one.
    pub fn with_fields(value: Value<'a>, fields: &'static [&'static str]) -> Result<Self, DecodeError> {
        match value {
            Value::Object(members) => Ok(Self {
                members: members.into_iter().map(Some).collect(),
                fields,
                read: 0,
                cursor: 0,
                is_shared: false,
                constants: Members::new(),
                nulls: 0,
            }),
            other => Err(DecodeError::mismatch("an object", other.kind())),
        }
    }

    /// Reads the next of the members that the fields read.
    pub fn next_field<T: Decode>(&mut self) -> Result<T, DecodeError> {
        let name = self.fields.get(self.read).copied().unwrap_or_default();
        self.read += 1;
        self.field(name)
    }

    /// Reads as many of them as the tuple has places.
    pub fn next_fields<T: FieldTuple>(&mut self) -> Result<T, DecodeError> {
        T::read(self)
    }

    /// Reads the member `name`. The type decides what a missing one is.
    pub fn field<T: Decode>(&mut self, name: &str) -> Result<T, DecodeError> {
        match self.take(name) {
            Some(value) => T::decode(value).map_err(|error| error.inside(name)),
            None => T::absent().ok_or_else(|| DecodeError::missing(name)),
        }
    }

    /// Reads members of which each has one value, and whether it must be there.
    pub fn constants(&mut self, expected: &[(&'static str, Value<'_>, bool)]) -> Result<(), DecodeError> {
        expected.iter().try_for_each(|(name, expected, is_demanded)| match self.take(name) {
            Some(value) if value.is_scalar(expected) => {
                self.constants.push((Cow::Borrowed(*name), value));
                Ok(())
            }
            Some(_) => Err(DecodeError::unexpected("this is another value than the one it must be").inside(name)),
            None if !is_demanded => Ok(()),
            None => Err(DecodeError::missing(name)),
        })
    }

    /// Counts the members that must be there and may be null, where they are missing: a variant that has them fits better.
    pub fn demand(&mut self, members: &[(&str, Mark)]) {
        for (name, _) in members.iter().filter(|(_, mark)| *mark == Mark::null) {
            match self.members.iter().flatten().find(|(key, _)| key == name) {
                Some((_, Value::Null)) => self.nulls += 1,
                Some(_) => {}
                None => misfits(|| 1),
            }
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

    /// Reads a value that lies in the same object, before the fields take their members. Where it cannot be read without
    /// these, since its variants describe them too, it is read from all members.
    pub fn others<T: Decode>(&mut self) -> Result<T, DecodeError> {
        // Each of the two reads what the other leaves, so nothing of it counts as unread.
        self.is_shared = true;
        let mut all: Members<'a> = self.members.iter().flatten().cloned().collect();
        let free: Members<'a> = all.iter().filter(|(key, _)| !self.fields.contains(&key.as_ref())).cloned().collect();
        all.append(&mut self.constants);
        let size = |members: &Members<'a>| members.iter().map(|(_, value)| value.size()).sum::<usize>();
        let shared = (size(&all) - size(&free)).saturating_mul(LOST);
        let (first, misfits) = measured(Value::Object(free), T::decode);
        // Only a member that was not read could be what is missing among these.
        if first.is_ok() && misfits < LOST {
            return first;
        }
        let (second, more) = measured(Value::Object(all), T::decode);
        let is_better = second.is_ok() && more.saturating_sub(shared) < misfits;
        if first.is_err() || is_better { second } else { first }
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

/// Fields that are read one after the other.
pub trait FieldTuple: Sized {
    /// Reads the next fields.
    fn read(object: &mut Object<'_>) -> Result<Self, DecodeError>;
}

macro_rules! field_tuples {
    ($($($field:ident)*;)*) => {$(
        impl<$($field: Decode),*> FieldTuple for ($($field,)*) {
            fn read(object: &mut Object<'_>) -> Result<Self, DecodeError> {
                Ok(($(object.next_field::<$field>()?,)*))
            }
        }
    )*};
}

field_tuples! {
    A B C D;
    A B C D E F G H I J K L M N O P;
}

/// Members that nothing has read: a union in search of its variant prefers one that reads them.
impl Drop for Object<'_> {
    fn drop(&mut self) {
        forgive(self.nulls);
        if !self.is_shared {
            misfits(|| {
                self.members.iter().flatten().map(|(_, value)| value.size()).sum::<usize>().saturating_mul(LOST)
            });
        }
    }
}

thread_local! {
    /// Whether secret members are hidden, because what is written is for people.
    static HIDES: Cell<bool> = const { Cell::new(false) };
}

/// Calls `write` so that secret members are hidden in what it writes.
pub(super) fn hidden<T>(write: impl FnOnce() -> T) -> T {
    struct Before(bool);

    impl Drop for Before {
        fn drop(&mut self) {
            HIDES.set(self.0);
        }
    }

    let _before = Before(HIDES.replace(true));
    write()
}

/// An object that is being written.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    members: Members<'a>,
    /// The members that the fields are written to.
    fields: &'static [&'static str],
    /// The one that was written or left out last.
    last: &'static str,
}

impl<'a> Fields<'a> {
    /// An object with `fields`, the members that will be written one by one.
    pub fn with_fields(fields: &'static [&'static str]) -> Self {
        Self { fields, ..Self::default() }
    }

    /// Writes the next of the members that the fields are written to, unless its value is absent.
    pub fn next_field(&mut self, value: &'a dyn Encode) {
        if let Some((name, others)) = self.fields.split_first() {
            (self.last, self.fields) = (name, others);
            self.field(name, value);
        }
    }

    /// Writes the member `name`, unless its value is absent.
    pub fn field(&mut self, name: &'a str, value: &'a dyn Encode) {
        if !value.is_omitted() {
            self.members.push((Cow::Borrowed(name), value.encode()));
        }
    }

    /// Writes null for the last field where its value is absent: it must be there.
    pub fn null(&mut self) {
        if self.members.last().is_none_or(|(last, _)| last != self.last) {
            self.members.push((Cow::Borrowed(self.last), Value::Null));
        }
    }

    /// Hides the value of the last field from people.
    pub fn secret(&mut self) {
        let written = self.members.last_mut().filter(|(last, _)| HIDES.get() && last == self.last);
        if let Some((_, value)) = written {
            *value = Value::from("[redacted]");
        }
    }

    /// Writes members whose values the description fixes.
    pub fn constants<const N: usize>(&mut self, fixed: [(&'a str, Value<'a>); N]) {
        self.members.extend(fixed.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)));
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
