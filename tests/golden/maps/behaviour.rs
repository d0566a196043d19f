//! Properties without a name keep their values, whichever of several schemas they follow.

use maps::models::{ClosedAllOf, Nested, OneAndOther, OneBeside, OneBesideOther, OneClosed, OnePattern, SamePatterns, TwoPatterns, UnevalFalse};

macro_rules! check {
    ($ty:ty, $($json:expr),+) => {$(
        let value: $ty = serde_json::from_str($json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), $json);
    )+};
}

#[test]
fn all_comes_back_as_it_came() {
    check!(OnePattern, r#"{"new":[true],"x-a":"a"}"#);
    check!(OneClosed, r#"{"x-a":"a"}"#);
    check!(OneBeside, r#"{"a":"a","new":{"b":1},"x-a":"a"}"#);
    check!(SamePatterns, r#"{"x-a":"a","y-b":"b"}"#);
    check!(TwoPatterns, r#"{"x-a":"a","y-b":1}"#);
    check!(OneAndOther, r#"{"other":1,"x-a":"a"}"#, r#"{"new":[true]}"#);
    check!(OneBesideOther, r#"{"a":"a","other":1,"x-a":"a"}"#);
    check!(ClosedAllOf, r#"{"a":"a","b":"b","c":1}"#);
    check!(Nested, r#"{"a":{"b":{"c":{}}}}"#);
}

#[test]
fn what_a_closed_object_does_not_know_is_ignored() {
    let value: UnevalFalse = serde_json::from_str(r#"{"a":"a","new":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"a":"a"}"#);
}
