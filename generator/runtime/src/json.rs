//! The tree that every JSON text is read into and written from. It borrows from the text where it can.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::decode_error::{DecodeError, Reason};

/// JSON whose shape is not described.
pub use serde_json::Value as Json;

/// A JSON value. `Debug` shows keys and kinds, never a text or a number, which may be secret.
#[derive(Clone, Default, PartialEq)]
pub enum Value<'a> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Value<'a>>),
    /// The members in the order of the text. Where a text repeats a key, its last value is the one that stays.
    Object(Members<'a>),
}

/// The members of an object.
pub type Members<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// A JSON number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer below zero.
    Signed(i64),
    /// An integer from zero on.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
}

/// What a JSON value is, without saying its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// Reads a JSON text, which may begin with a byte order mark. The depth is bounded by serde_json (128).
pub(super) fn read(text: &[u8]) -> Result<Value<'_>, DecodeError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    serde_json::from_slice(text).map_err(|error| {
        DecodeError::new(match text.iter().all(u8::is_ascii_whitespace) {
            true => Reason::Empty,
            // The message of serde_json is left out, since it may quote the text.
            false => Reason::Syntax { line: error.line(), column: error.column(), cut: error.is_eof() },
        })
    })
}

/// Writes a JSON text. `None` where a number is not finite, which JSON cannot say.
pub(super) fn write(value: &Value<'_>) -> Option<Vec<u8>> {
    if is_finite(value) { serde_json::to_vec(value).ok() } else { None }
}

/// Whether every number of `value` is finite.
fn is_finite(value: &Value<'_>) -> bool {
    match value {
        Value::Number(Number::Float(number)) => number.is_finite(),
        Value::Array(items) => items.iter().all(is_finite),
        Value::Object(members) => members.iter().all(|(_, value)| is_finite(value)),
        _ => true,
    }
}

impl<'a> Value<'a> {
    /// What this value is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// The member `name`, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, where this is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The string in the member `name`: how a union whose variants are told apart by a property finds its variant.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Whether this is that string, boolean or number; `1.0` is `1`.
    pub fn is_scalar(&self, scalar: &Self) -> bool {
        match (self, scalar) {
            (Self::Number(one), Self::Number(other)) => match (one.as_integer(), other.as_integer()) {
                (None, None) => one.as_float() == other.as_float(),
                (one, other) => one == other,
            },
            _ => self == scalar,
        }
    }

    /// How many values this tree holds, itself included.
    pub fn size(&self) -> usize {
        match self {
            Self::Array(items) => items.iter().map(Self::size).sum::<usize>() + 1,
            Self::Object(members) => members.iter().map(|(_, value)| value.size()).sum::<usize>() + 1,
            _ => 1,
        }
    }

    /// The same value as [`Json`].
    pub fn into_json(self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Number(Number::Signed(number)) => Json::from(number),
            Self::Number(Number::Unsigned(number)) => Json::from(number),
            Self::Number(Number::Float(number)) => Json::from(number),
            Self::String(text) => Json::String(text.into_owned()),
            Self::Array(items) => Json::Array(items.into_iter().map(Self::into_json).collect()),
            Self::Object(members) => {
                Json::Object(members.into_iter().map(|(key, value)| (key.into_owned(), value.into_json())).collect())
            }
        }
    }
}

impl Number {
    /// The integer that this number is, also where it is written as `60.0`.
    // The cast is exact: an integral float below 2^100 fits in 128 bits.
    #[allow(clippy::cast_possible_truncation)]
    pub fn as_integer(self) -> Option<i128> {
        match self {
            Self::Signed(number) => Some(number.into()),
            Self::Unsigned(number) => Some(number.into()),
            Self::Float(number) if number.fract() == 0.0 && number.abs() < 1e30 => Some(number as i128),
            Self::Float(_) => None,
        }
    }

    /// The nearest float.
    // Rounding is what this function promises.
    #[allow(clippy::cast_precision_loss)]
    pub fn as_float(self) -> f64 {
        match self {
            Self::Signed(number) => number as f64,
            Self::Unsigned(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

impl Kind {
    /// The kind in words, with its article.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        u64::try_from(number).map_or(Self::Signed(number), Self::Unsigned)
    }
}

impl fmt::Display for Number {
    /// The shortest text that JSON has for the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(number) => number.fmt(f),
            Self::Unsigned(number) => number.fmt(f),
            // Outside of this range plain digits would be mostly zeros.
            Self::Float(number) if *number != 0.0 && !(1e-5..1e16).contains(&number.abs()) => write!(f, "{number:e}"),
            Self::Float(number) => number.fmt(f),
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array(items) => f.debug_list().entries(items).finish(),
            Self::Object(members) => f.debug_map().entries(members.iter().map(|(key, value)| (key, value))).finish(),
            scalar => f.write_str(scalar.kind().as_str()),
        }
    }
}

/// A value of a model as its `Debug` shows it: with all that it holds.
pub(super) struct Shown<'a>(pub(super) &'a Value<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => value.fmt(f),
            Value::Number(number) => fmt::Display::fmt(number, f),
            Value::String(text) => text.fmt(f),
            Value::Array(items) => f.debug_list().entries(items.iter().map(Shown)).finish(),
            Value::Object(members) => {
                f.debug_map().entries(members.iter().map(|(key, value)| (key, Shown(value)))).finish()
            }
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(Number::Float(number))
    }
}

impl<'a> From<&'a Json> for Value<'a> {
    fn from(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(number) => Self::Number(from_json_number(number)),
            Json::String(text) => Self::from(text.as_str()),
            Json::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Json::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.as_str().into(), value.into())).collect())
            }
        }
    }
}

/// A number of serde_json that neither 64 bits nor a float hold is not finite here, and refused when it is written.
fn from_json_number(number: &serde_json::Number) -> Number {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => Number::Unsigned(number),
        (_, Some(number)) => Number::Signed(number),
        _ => Number::Float(number.as_f64().unwrap_or(f64::NAN)),
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(Number::Signed(number)) => serializer.serialize_i64(*number),
            Self::Number(Number::Unsigned(number)) => serializer.serialize_u64(*number),
            Self::Number(Number::Float(number)) => serializer.serialize_f64(*number),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(Number::Unsigned(number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Number(Number::Float(number)))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Collector::default();
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value()?;
            members.push(key, value);
        }
        Ok(members.finish())
    }
}

/// The key that serde_json gives to a number when some crate of the build turns its `arbitrary_precision` on.
const PRECISE_NUMBER: &str = "$serde_json::private::Number";

/// Members below this count are searched for a repeated key, above it they are sorted: both keep reading linear.
const SEARCHED: usize = 64;

/// Collects members so that the last value of a repeated key stays.
#[derive(Default)]
struct Collector<'a> {
    members: Members<'a>,
    /// One bit for each hash of a key so far, so that most keys are known to be new without a search.
    seen: [u64; 4],
}

impl<'a> Collector<'a> {
    fn push(&mut self, key: Cow<'a, str>, value: Value<'a>) {
        if self.members.len() < SEARCHED {
            let hash = hash(&key);
            let (word, bit) = (usize::from(hash >> 6), 1 << (hash & 63));
            if self.seen[word] & bit != 0 {
                if let Some(member) = self.members.iter_mut().find(|member| member.0 == key) {
                    member.1 = value;
                    return;
                }
            }
            self.seen[word] |= bit;
        }
        self.members.push((key, value));
    }

    fn finish(self) -> Value<'a> {
        let mut members = self.members;
        if members.len() > SEARCHED {
            let mut order: Vec<usize> = (0..members.len()).collect();
            order.sort_by(|&a, &b| members[a].0.cmp(&members[b].0));
            let mut repeated: Vec<usize> =
                order.windows(2).filter(|pair| members[pair[0]].0 == members[pair[1]].0).map(|pair| pair[0]).collect();
            repeated.sort_unstable();
            let mut index = 0;
            let mut repeated = repeated.into_iter().peekable();
            members.retain(|_| {
                index += 1;
                repeated.next_if_eq(&(index - 1)).is_none()
            });
        }
        match members.as_slice() {
            [(key, Value::String(text))] if key == PRECISE_NUMBER => match serde_json::from_str(text) {
                Ok(number) => Value::Number(from_json_number(&number)),
                Err(_) => Value::Object(members),
            },
            _ => Value::Object(members),
        }
    }
}

/// Eight bits of a key: its length and its first and last bytes tell most keys of one object apart.
fn hash(key: &str) -> u8 {
    let bytes = key.as_bytes();
    let ends = bytes.iter().take(8).chain(bytes.iter().rev().take(8));
    ends.fold(bytes.len() as u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)).to_le_bytes()[2]
}

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}
