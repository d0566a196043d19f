//! Numbers keep their digits, lists their order, and free properties their values.

use collections::models::{Closed, Joined, Lists, Maps, Open, Scalars};

macro_rules! check {
    ($ty:ty, $json:expr) => {
        let value: $ty = serde_json::from_str($json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), $json);
    };
}

#[test]
fn all_comes_back_as_it_came() {
    let scalars = r#"{"text":"é\u0000","flag":true,"whole":-9223372036854775808,"small":-1,"byte":255,"#;
    let scalars = format!(r#"{scalars}"large":18446744073709551615,"real":0.1,"float":1e300,"anything":null}}"#);
    let value: Scalars = serde_json::from_str(&scalars).unwrap();
    let again: Scalars = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!((value.large, value.whole, value.float), (u64::MAX, i64::MIN, 1e300));
    assert_eq!(value, again);
    check!(Lists, r#"{"strings":["b","a"],"nested":[[1],[]],"nullable":[null,"a"]}"#);
    check!(Maps, r#"{"strings":{"a":"1"},"nested":{"a":{"b":true}},"any":{"x":[1,{}]},"patterned":{"x":1}}"#);
    check!(Open, r#"{"a":"x","b":1,"c":2}"#);
    check!(Joined, r#"{"a":"x","b":1}"#);
}

#[test]
fn what_does_not_fit_is_an_error_and_what_is_new_is_not() {
    let byte = r#"{"text":"","flag":true,"whole":1,"small":1,"byte":256,"large":1,"real":1,"float":1}"#;
    assert!(serde_json::from_str::<Scalars>(byte).unwrap_err().to_string().contains("byte"));
    assert!(serde_json::from_str::<Open>(r#"{"b":"text"}"#).is_err());
    // A server may be newer than its description.
    assert!(serde_json::from_str::<Closed>(r#"{"a":"x","new":1}"#).is_ok());
}
