//! Values that the description lists have a name, and others survive.

use integer_enums::models::{ApplicationOut, MessageStatus, Size};

#[test]
fn every_value_comes_back_as_it_came() {
    for (json, status) in [("0", Some(MessageStatus::Success)), ("-3", Some(MessageStatus::Sending)), ("7", None)] {
        let text = format!("{{\"status\":{json}}}");
        let value: ApplicationOut = serde_json::from_str(&text).unwrap();
        assert!(status.is_none_or(|status| status == value.status), "{json}");
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
}

#[test]
fn texts_do_too() {
    for json in ["\"small\"", "\"\"", "\"+1\"", "\"huge\""] {
        let value: Size = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
    }
}

#[test]
fn another_type_is_an_error() {
    assert!(serde_json::from_str::<MessageStatus>("\"0\"").is_err());
    assert!(serde_json::from_str::<Size>("1").is_err());
}
