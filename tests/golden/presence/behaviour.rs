//! Absent, null and a value are three things wherever a request can say so.

use presence::models::{Both, Received, Sent};

#[test]
fn what_must_be_there_must_be_there() {
    let whole = [r#""required":"a""#, r#""required_null":null"#, r#""required_any":1"#, r#""required_default":3"#];
    assert!(serde_json::from_str::<Both>(&format!("{{{}}}", whole.join(","))).is_ok());
    for left_out in [0, 2, 3] {
        let rest: Vec<&str> = whole.iter().enumerate().filter(|(n, _)| *n != left_out).map(|(_, text)| *text).collect();
        assert!(serde_json::from_str::<Both>(&format!("{{{}}}", rest.join(","))).is_err(), "{left_out}");
    }
}

#[test]
fn what_is_absent_or_null_stays_so() {
    let head = r#"{"required":"a","required_null":null,"required_any":null,"required_default":3"#;
    for more in ["", r#","optional_null":null"#, r#","optional_null":"x","optional_any":null"#, r#","defaulted_null":null"#] {
        let text = format!("{head}{more}}}");
        let sent: Sent = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&sent).unwrap(), text);
    }
}

#[test]
fn a_response_may_hold_null_where_nothing_is_promised() {
    let text = r#"{"required":"a","required_null":null,"required_any":1,"required_default":3,"optional":null}"#;
    let received: Received = serde_json::from_str(text).unwrap();
    assert_eq!((received.optional, received.optional_null), (None, None));
}

#[test]
fn what_nobody_declares_is_kept_where_it_must_be_there() {
    for text in [r#"{"declared":"a"}"#, r#"{"declared":"a","undeclared":{"x":[1,null]}}"#, r#"{"declared":"a","undeclared":null}"#] {
        let value: presence::models::Undeclared = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
}
