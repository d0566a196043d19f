//! The types that `[formats]` may choose.

use crate::ir::{Calendar, Float, Integer, Scalar, Text};
use crate::nearest::nearest;

/// Each type as it is written, and what it is.
const TYPES: &[(&str, Scalar)] = &[
    ("String", Scalar::String),
    ("i8", Scalar::Integer(Integer::I8)),
    ("i16", Scalar::Integer(Integer::I16)),
    ("i32", Scalar::Integer(Integer::I32)),
    ("i64", Scalar::Integer(Integer::I64)),
    ("u8", Scalar::Integer(Integer::U8)),
    ("u16", Scalar::Integer(Integer::U16)),
    ("u32", Scalar::Integer(Integer::U32)),
    ("u64", Scalar::Integer(Integer::U64)),
    ("f32", Scalar::Float(Float::F32)),
    ("f64", Scalar::Float(Float::F64)),
    ("std::time::SystemTime", Scalar::UnixTime),
    ("time::OffsetDateTime", Scalar::Text(Text::DateTime(Calendar::Time))),
    ("time::PrimitiveDateTime", Scalar::Text(Text::LocalDateTime(Calendar::Time))),
    ("time::Date", Scalar::Text(Text::Date(Calendar::Time))),
    ("time::Time", Scalar::Text(Text::Time(Calendar::Time))),
    ("chrono::DateTime<chrono::FixedOffset>", Scalar::Text(Text::DateTime(Calendar::Chrono))),
    ("chrono::NaiveDateTime", Scalar::Text(Text::LocalDateTime(Calendar::Chrono))),
    ("chrono::NaiveDate", Scalar::Text(Text::Date(Calendar::Chrono))),
    ("chrono::NaiveTime", Scalar::Text(Text::Time(Calendar::Chrono))),
    ("jiff::Timestamp", Scalar::Text(Text::DateTime(Calendar::Jiff))),
    ("jiff::civil::DateTime", Scalar::Text(Text::LocalDateTime(Calendar::Jiff))),
    ("jiff::civil::Date", Scalar::Text(Text::Date(Calendar::Jiff))),
    ("jiff::civil::Time", Scalar::Text(Text::Time(Calendar::Jiff))),
    ("jiff::Span", Scalar::Text(Text::Duration)),
    ("uuid::Uuid", Scalar::Text(Text::Uuid)),
    ("url::Url", Scalar::Text(Text::Url)),
    ("rust_decimal::Decimal", Scalar::Text(Text::Decimal)),
    ("bytes::Bytes", Scalar::Text(Text::Bytes)),
];

/// The type of that name.
pub(super) fn find(name: &str) -> Option<Scalar> {
    TYPES.iter().find(|(known, _)| *known == name).map(|(_, scalar)| *scalar)
}

/// What to write in place of a name that no type has.
pub(super) fn help(name: &str) -> String {
    let names = || TYPES.iter().map(|(name, _)| *name);
    let named = names().find(|known| known.rsplit_once("::").is_some_and(|(_, last)| last == name));
    match named.or_else(|| nearest(name, names())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", names().collect::<Vec<_>>().join(", ")),
    }
}
