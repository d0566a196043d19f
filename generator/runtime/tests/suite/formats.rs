//! Texts and numbers that are read into types of their own.

use std::time::{Duration, SystemTime};

use crate::runtime::{Decode, Encode, Format, Formatted, Value};
use bytes::Bytes;

/// Texts of which each comes back as it was, and texts that are refused.
#[track_caller]
fn check<T: Format>(good: &[&str], bad: &[&str]) {
    for text in good {
        let value = Formatted::<T>::decode(Value::from(*text)).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value.encode(), Value::from(*text));
        let written = Formatted::from(value.into_inner());
        assert_eq!(T::parse(written.as_str()).map(Formatted::from), Some(written), "{text}");
    }
    for text in bad {
        let error = Formatted::<T>::decode(Value::from(*text)).unwrap_err();
        assert_eq!(error.to_string(), T::MISFIT);
    }
    assert!(Formatted::<T>::decode(Value::from(1)).is_err());
}

const MOMENTS: &[&str] = &[
    "2030-01-31T12:00:00Z",
    "2030-01-31T12:00:00.000Z",
    "2030-01-31T12:00:00.120+05:30",
    "1969-12-31T23:59:59.999999999Z",
    "0000-01-01T00:00:00-00:01",
    "2016-12-31T23:59:60Z",
];
const NO_MOMENTS: &[&str] = &["", "2030-01-31", "2030-02-30T12:00:00Z", "2030-01-31T12:00:00", "12:00:00Z"];
const LOCAL: &[&str] = &["2030-01-31T12:00:00", "2030-01-31T00:00:00.5"];
const DATES: &[&str] = &["2030-01-31", "2028-02-29", "0001-01-01"];
const NO_DATES: &[&str] = &["", "2030-02-29", "2030-13-01", "31.01.2030"];
const TIMES: &[&str] = &["12:00:00", "00:00:00.250"];
const NO_TIMES: &[&str] = &["", "24:00:01", "12:00:00 PM", "noon"];

#[test]
fn dates_and_times_of_three_libraries() {
    check::<time::OffsetDateTime>(MOMENTS, NO_MOMENTS);
    check::<chrono::DateTime<chrono::FixedOffset>>(MOMENTS, NO_MOMENTS);
    check::<jiff::Timestamp>(MOMENTS, NO_MOMENTS);
    check::<time::PrimitiveDateTime>(LOCAL, &["", "2030-02-30T12:00:00"]);
    check::<chrono::NaiveDateTime>(LOCAL, &["", "2030-01-31", "2030-01-31T12:00:00Z"]);
    check::<jiff::civil::DateTime>(LOCAL, &["", "2030-01-31T12:00:00Z"]);
    check::<time::Date>(DATES, NO_DATES);
    check::<chrono::NaiveDate>(DATES, NO_DATES);
    check::<jiff::civil::Date>(DATES, NO_DATES);
    check::<time::Time>(TIMES, NO_TIMES);
    check::<chrono::NaiveTime>(TIMES, NO_TIMES);
    check::<jiff::civil::Time>(TIMES, NO_TIMES);
    check::<jiff::Span>(&["P1Y2M3DT4H5M6.7S", "PT0S", "-P1D", "P3W"], &["", "P", "1h30", "PT"]);
}

#[test]
fn other_texts() {
    check::<uuid::Uuid>(
        &["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
        &["", "123e4567", "123e4567-e89b-12d3-a456-42661417400g"],
    );
    check::<url::Url>(&["https://example.com", "HTTPS://EXAMPLE.com/%7Ea?b#c", "urn:a:b"], &["", "/a", "example.com"]);
    check::<rust_decimal::Decimal>(
        &["0", "-1.50", "12345678901234567890.12345678"],
        &["", "a", "1e400", "123456789012345678901234567890", "0.00000000000000000000000000001"],
    );
    check::<Bytes>(
        &["", "AA==", "AAE=", "AAEC", "//79", "AA"],
        &["A", "A===", "AA=", "AAAA=", "A-_A", "A A=", "==", "é"],
    );
}

#[test]
fn bytes_are_what_base64_says() {
    for bytes in [&b""[..], b"f", b"fo", b"foo", b"foob", b"\x00\xff\xfe\xfd"] {
        let written = Formatted::from(Bytes::copy_from_slice(bytes));
        assert_eq!(Bytes::parse(written.as_str()).as_deref(), Some(bytes));
    }
    assert_eq!(Formatted::from(Bytes::from_static(b"foob")).as_str(), "Zm9vYg==");
}

#[test]
fn what_a_caller_makes_is_written_as_the_format_says() {
    let moment = time::OffsetDateTime::UNIX_EPOCH + Duration::from_millis(1500);
    assert_eq!(Formatted::from(moment).as_str(), "1970-01-01T00:00:01.5Z");
    assert_eq!(Formatted::from(moment.date()).as_str(), "1970-01-01");
    assert_eq!(Formatted::from(moment.time()).as_str(), "00:00:01.5");
    assert_eq!(Formatted::from(time::Time::MIDNIGHT).as_str(), "00:00:00");
    let zoneless = time::PrimitiveDateTime::new(moment.date(), moment.time());
    assert_eq!(Formatted::from(zoneless).as_str(), "1970-01-01T00:00:01.5");
    let moment = chrono::DateTime::from_timestamp(1, 500_000_000).map(|moment| moment.fixed_offset());
    assert_eq!(moment.map(Formatted::from).map(|text| text.to_string()).as_deref(), Some("1970-01-01T00:00:01.500Z"));
    assert_eq!(Formatted::from(uuid::Uuid::nil()).as_str(), "00000000-0000-0000-0000-000000000000");
}

#[test]
fn equal_is_what_is_written_alike() {
    let parse = |text: &str| text.parse::<Formatted<uuid::Uuid>>().ok();
    let (lower, upper) = ("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000");
    assert!(parse(lower).is_some() && parse(lower) == parse(lower));
    assert_ne!(parse(lower), parse(upper));
    assert_eq!(parse(lower).map(Formatted::into_inner), parse(upper).map(Formatted::into_inner));
}

#[test]
fn seconds_since_1970() {
    for seconds in [0, 1, -1, 4_102_444_800, -62_135_596_800] {
        let time = SystemTime::decode(Value::from(seconds)).unwrap();
        assert_eq!(time.encode(), Value::from(seconds));
    }
    assert!(SystemTime::decode(Value::from("1")).is_err());
    assert!(SystemTime::decode(Value::from(1.5)).is_err());
    let half = SystemTime::UNIX_EPOCH - Duration::from_millis(500);
    assert_eq!(half.encode(), Value::from(-1));
}
