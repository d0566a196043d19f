//! Texts that are read into types of their own, as `[formats]` of the configuration chooses them.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::codec::{Decode, Encode, decode_string, deserialize, serialize};
use super::decode_error::DecodeError;
use super::json::Value;

/// A type whose values JSON has as texts.
pub trait Format: Sized {
    /// What an error says of a text that is none of this type's.
    const MISFIT: &'static str;

    /// The value of a text.
    fn parse(text: &str) -> Option<Self>;

    /// The text of a value that a caller has made.
    fn text(&self) -> String;
}

/// A value and its text. What was read is written again as it was, since one value has several texts: `12:00:00Z` is
/// `12:00:00.000Z`. Two are equal where they are written alike, as models are; what they hold compares as a value.
#[derive(Clone)]
pub struct Formatted<T> {
    value: T,
    text: Box<str>,
}

impl<T> Formatted<T> {
    /// The text, as it was read or will be written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Format> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        let text = value.text().into();
        Self { value, text }
    }
}

impl<T: Format> FromStr for Formatted<T> {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let value = T::parse(text).ok_or_else(|| DecodeError::unexpected(T::MISFIT))?;
        Ok(Self { value, text: text.into() })
    }
}

impl<T> Deref for Formatted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Formatted<T> {}

impl<T> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> fmt::Display for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T: Format> Decode for Formatted<T> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        decode_string(&value)?.parse()
    }
}

impl<T> Encode for Formatted<T> {
    fn encode(&self) -> Value<'_> {
        Value::from(self.as_str())
    }
}

impl<T> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, T: Format> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
