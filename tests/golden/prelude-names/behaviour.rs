//! A name of the prelude is a model's, and all still means what it says.

use prelude_names::models::{Option, Result, Some_};

#[test]
fn models_with_names_of_the_prelude_read_and_write() {
    let text = r#"{"option":{"string":"a","list":[],"next":{"string":"b","list":[{}]},"maybe":null},"some":"None"}"#;
    let value: Result = serde_json::from_str(text).unwrap();
    assert_eq!(value.some, core::option::Option::Some(Some_::None_));
    assert_eq!(value.option.as_ref().map(|option: &Option| option.string.as_str()), core::option::Option::Some("a"));
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
}
