//! A tree as a source of data for serde. Unlike `serde_json::Value` it keeps the order of mappings.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::source::{Node, Number};

/// Why a tree could not be read: the message of serde.
#[derive(Debug)]
pub(super) struct Error(String);

/// Reads a value out of the tree.
pub(super) fn from_node<T: DeserializeOwned>(node: Node) -> Result<T, Error> {
    T::deserialize(Reader(node))
}

struct Reader(Node);

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(value),
            Node::Number(number) => visit_number(number, visitor),
            Node::String(text) => visitor.visit_string(text),
            Node::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Reader))),
            Node::Object(members) => {
                visitor.visit_map(MapDeserializer::new(members.into_iter().map(|(key, node)| (key, Reader(node)))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Node::String(text) => {
                let words: StringDeserializer<Error> = text.into_deserializer();
                words.deserialize_enum(name, variants, visitor)
            }
            other => Err(de::Error::custom(format!("expected one of {variants:?}, found {}", other.kind()))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Reader {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Numbers of more than 64 bits are floats here: serde cannot buffer them.
fn visit_number<'de, V: Visitor<'de>>(number: Number, visitor: V) -> Result<V::Value, Error> {
    let Number::Integer(value) = number else { return visitor.visit_f64(number.as_float()) };
    match (u64::try_from(value), i64::try_from(value)) {
        (Ok(value), _) => visitor.visit_u64(value),
        (_, Ok(value)) => visitor.visit_i64(value),
        _ => visitor.visit_f64(number.as_float()),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
