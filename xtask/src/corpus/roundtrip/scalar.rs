//! Sample strings and numbers.

use serde_json::{Value, json};

use super::flat::Flat;
use super::pattern;

/// The longest string that is made to reach `maxLength`.
const LONGEST: usize = 300;

/// Strings of a format, else of a pattern, else of the lengths that are allowed.
pub(super) fn strings(flat: &Flat) -> Vec<String> {
    if let Some(pattern) = &flat.pattern {
        let found = pattern::matching(pattern, &[1, 0, 2, flat.least_length, 7, 30]);
        return found.into_iter().filter(|text| is_of_length(flat, text)).collect();
    }
    let formatted: &[&str] = match flat.format.as_deref() {
        Some("date-time") => &["2024-02-29T12:34:56Z", "1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00"],
        Some("date") => &["2024-02-29", "1999-12-31"],
        Some("time") => &["12:34:56Z", "23:20:50.52Z"],
        Some("duration") => &["P1DT2H", "PT0.5S"],
        Some("uuid" | "UUID") => &["f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "00000000-0000-0000-0000-000000000000"],
        Some("uri" | "url" | "iri") => &["https://example.com/a?b=c#d", "urn:example:a"],
        Some("uri-reference" | "iri-reference") => &["/a?b=c", "https://example.com/"],
        Some("uri-template") => &["https://example.com/{id}"],
        Some("email" | "idn-email") => &["a.b@example.com"],
        Some("hostname" | "idn-hostname") => &["example.com"],
        Some("ipv4" | "ip") => &["192.0.2.1"],
        Some("ipv6") => &["2001:db8::1"],
        Some("byte" | "base64") => &["aGVsbG8=", ""],
        Some("json-pointer") => &["/a/b~1c"],
        Some("regex") => &["^a+$"],
        Some("decimal" | "number" | "double" | "float") => &["12.5", "-0.25"],
        Some("int64" | "int32" | "uint64" | "uint32" | "integer") => &["42"],
        _ => &[],
    };
    let mut found: Vec<String> = formatted.iter().map(|text| (*text).to_owned()).collect();
    if found.is_empty() {
        found = vec!["text".to_owned(), String::new(), "ü \"q\" \\ \n \u{1F600} </>".to_owned()];
        found.push("a".repeat(flat.least_length.min(LONGEST)));
        if flat.most_length <= LONGEST {
            found.push("é".repeat(flat.most_length));
        }
    }
    found.into_iter().filter(|text| is_of_length(flat, text)).collect()
}

fn is_of_length(flat: &Flat, text: &str) -> bool {
    (flat.least_length..=flat.most_length).contains(&text.chars().count())
}

/// Integers: a plain one, the bounds, and the ends of the width that the format states.
pub(super) fn integers(flat: &Flat) -> Vec<Value> {
    let (least, most): (i128, i128) = match flat.format.as_deref() {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64") => (0, u64::MAX.into()),
        // Seconds that a calendar still has a date for.
        Some("unixtime" | "unix-time" | "timestamp") => (0, 4_102_444_800),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    let bound = |bound: Option<(f64, bool)>, step: i128| {
        bound.map(|(value, is_excluded)| value as i128 + if is_excluded { step } else { 0 })
    };
    let (low, high) = (bound(flat.minimum, 1), bound(flat.maximum, -1));
    let step = flat.multiple_of.map_or(1, |step| (step as i128).max(1));
    let stepped = |value: i128| value - value.rem_euclid(step);
    let plain = low.unwrap_or_else(|| high.map_or(1, |high| high.min(1)));
    let proposed =
        [plain, stepped(plain + step), low.unwrap_or(least), high.unwrap_or(most), 0, 1, -1, step * 7, least, most];
    let is_allowed = |value: &i128| {
        (least..=most).contains(value) && low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high)
    };
    let mut found: Vec<Value> = Vec::new();
    for value in proposed.into_iter().filter(is_allowed).filter(|value| value % step == 0) {
        let value =
            i64::try_from(value).map_or_else(|_| u64::try_from(value).map(Value::from), |value| Ok(value.into()));
        if let Ok(value) = value
            && !found.contains(&value)
        {
            found.push(value);
        }
    }
    found
}

/// The formats of integers.
const INTEGERS: [&str; 8] = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];

/// Numbers: a plain one, the bounds, whole ones, and a very large one.
pub(super) fn numbers(flat: &Flat) -> Vec<Value> {
    // `type: number` with a format of integers means these.
    if flat.format.as_deref().is_some_and(|format| INTEGERS.contains(&format)) {
        return integers(flat);
    }
    let is_allowed = |value: &f64| {
        let above = flat.minimum.is_none_or(|(low, out)| if out { *value > low } else { *value >= low });
        let below = flat.maximum.is_none_or(|(high, out)| if out { *value < high } else { *value <= high });
        above && below
    };
    let middle = match (flat.minimum, flat.maximum) {
        (Some((low, _)), Some((high, _))) => f64::midpoint(low, high),
        (Some((low, _)), None) => low + 1.5,
        (None, Some((high, _))) => high - 1.5,
        (None, None) => 1.5,
    };
    let bounds = [flat.minimum, flat.maximum].into_iter().flatten().map(|(bound, _)| bound);
    let proposed =
        [flat.multiple_of.unwrap_or(middle), middle].into_iter().chain(bounds).chain([0.0, -2.25, 3.0, 1e300]);
    let mut found: Vec<Value> = Vec::new();
    for value in proposed.filter(is_allowed) {
        // Whole numbers are written without a fraction, as most servers do.
        let value = if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) };
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
