//! How types become JSON values and JSON values become types.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Debug as _, Write as _};

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::decode_error::{DecodeError, Reason};
use super::json::{Json, Number, Shown, Value};
use super::maybe::Maybe;
use super::object::{Object, hidden};
use super::union::misfit;

/// A type that is read from JSON.
pub trait Decode: Sized {
    /// Reads the value.
    fn decode(value: Value<'_>) -> Result<Self, DecodeError>;

    /// What a missing member reads as; `None` where it may not be missing.
    fn absent() -> Option<Self> {
        None
    }
}

/// A type that is written as JSON, or as a parameter.
pub trait Encode {
    /// The value, which borrows from `self` where it can.
    fn encode(&self) -> Value<'_>;

    /// Whether an object leaves out a member that has this value, and a request a parameter.
    fn is_omitted(&self) -> bool {
        false
    }

    /// Whether the value says nothing, so that a tuple may end before it.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Reads a JSON text as a type.
pub fn from_json<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    T::decode(super::json::read(text)?)
}

/// Forwards serde's `Serialize` to [`Encode`].
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    value.encode().serialize(serializer)
}

/// Forwards serde's `Deserialize` to [`Decode`].
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::decode(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Writes a model for people: its name and its members, secret ones hidden.
pub fn debug(name: &str, value: &dyn Encode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(name)?;
    f.write_char(' ')?;
    Shown(&hidden(|| value.encode())).fmt(f)
}

/// Whether two models are written alike.
pub fn eq(one: &dyn Encode, other: &dyn Encode) -> bool {
    one.encode() == other.encode()
}

/// The text of a value that must be a string.
pub fn decode_string<'v>(value: &'v Value<'_>) -> Result<&'v str, DecodeError> {
    value.as_str().ok_or_else(|| DecodeError::mismatch("a string", value.kind()))
}

impl Decode for String {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::String(text) => Ok(text.into_owned()),
            other => Err(DecodeError::mismatch("a string", other.kind())),
        }
    }
}

impl Encode for String {
    fn encode(&self) -> Value<'_> {
        Value::from(self.as_str())
    }
}

impl Encode for str {
    fn encode(&self) -> Value<'_> {
        Value::from(self)
    }
}

impl Decode for bool {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::Bool(value) => Ok(value),
            other => Err(DecodeError::mismatch("a boolean", other.kind())),
        }
    }
}

impl Encode for bool {
    fn encode(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

/// The integer in `value`. It is one function for all widths, so that each adds only its range.
fn integer(value: &Value<'_>, expected: &'static str) -> Result<i128, DecodeError> {
    match value {
        Value::Number(number) => number.as_integer().ok_or_else(|| DecodeError::mismatch(expected, value.kind())),
        other => Err(DecodeError::mismatch(expected, other.kind())),
    }
}

macro_rules! integers {
    ($($integer:ident as $wide:ident, $expected:literal;)*) => {$(
        impl Decode for $integer {
            fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
                let found = integer(&value, $expected)?;
                Self::try_from(found).map_err(|_| DecodeError::new(Reason::OutOfRange { expected: $expected, found }))
            }
        }

        impl Encode for $integer {
            // The target is at least as wide as the source on every platform that Rust supports.
            #[allow(clippy::cast_lossless, trivial_numeric_casts)]
            fn encode(&self) -> Value<'_> {
                Value::Number(integers!(@number $wide, *self as $wide))
            }
        }
    )*};
    (@number i64, $number:expr) => { Number::from($number) };
    (@number u64, $number:expr) => { Number::Unsigned($number) };
}

integers! {
    i8 as i64, "an 8-bit integer";
    i16 as i64, "a 16-bit integer";
    i32 as i64, "a 32-bit integer";
    i64 as i64, "a 64-bit integer";
    isize as i64, "an integer of the machine's width";
    u8 as u64, "an 8-bit integer from zero on";
    u16 as u64, "a 16-bit integer from zero on";
    u32 as u64, "a 32-bit integer from zero on";
    u64 as u64, "a 64-bit integer from zero on";
    usize as u64, "an integer of the machine's width from zero on";
}

impl Decode for f64 {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::Number(number) => Ok(number.as_float()),
            other => Err(DecodeError::mismatch("a number", other.kind())),
        }
    }
}

impl Encode for f64 {
    fn encode(&self) -> Value<'_> {
        Value::Number(Number::Float(*self))
    }
}

impl Decode for f32 {
    // Rounding to the nearest is what reading a number into 32 bits means.
    #[allow(clippy::cast_possible_truncation)]
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        let wide = f64::decode(value)?;
        let narrow = wide as f32;
        if narrow.is_finite() {
            Ok(narrow)
        } else {
            Err(DecodeError::unexpected("this number does not fit in 32 bits"))
        }
    }
}

impl Encode for f32 {
    fn encode(&self) -> Value<'_> {
        // The shortest text of the 32 bits: widening the bits would write 0.1 as 0.10000000149011612.
        Value::Number(Number::Float(self.to_string().parse().unwrap_or(f64::NAN)))
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::Null => {
                misfit();
                Ok(None)
            }
            value => T::decode(value).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::encode)
    }

    fn is_omitted(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Maybe<T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::Null => Ok(Self::Null),
            value => T::decode(value).map(Self::Value),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self) -> Value<'_> {
        self.value().map_or(Value::Null, T::encode)
    }

    fn is_omitted(&self) -> bool {
        Self::is_absent(self)
    }

    fn is_absent(&self) -> bool {
        Self::is_absent(self)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        T::decode(value).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self) -> Value<'_> {
        (**self).encode()
    }

    fn is_omitted(&self) -> bool {
        (**self).is_omitted()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self) -> Value<'_> {
        (**self).encode()
    }

    fn is_omitted(&self) -> bool {
        (**self).is_omitted()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        match value {
            Value::Array(items) => {
                let mut list = Self::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    list.push(T::decode(item).map_err(|error| error.inside_list(index))?);
                }
                Ok(list)
            }
            other => Err(DecodeError::mismatch("an array", other.kind())),
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self) -> Value<'_> {
        self.as_slice().encode()
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self) -> Value<'_> {
        Value::Array(self.iter().map(T::encode).collect())
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        Object::new(value)?.rest()
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self) -> Value<'_> {
        Value::Object(self.iter().map(|(key, value)| (Cow::Borrowed(key.as_str()), value.encode())).collect())
    }
}

impl Decode for Json {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        Ok(value.into_json())
    }
}

impl Encode for Json {
    fn encode(&self) -> Value<'_> {
        Value::from(self)
    }
}

impl Encode for Value<'_> {
    fn encode(&self) -> Value<'_> {
        self.clone()
    }
}
