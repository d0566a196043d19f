//! Texts become values of other crates, and come back as they were.

use formats::models::{Event, Key, Moment, Span};

const EVENT: &str = r#"{"id":"123E4567-E89B-12D3-A456-426614174000","at":"2030-01-31T12:00:00.000+05:30","wait":"PT90M","seen":null,"day":"2030-12-24","opens":"08:30","begins":"2030-01-31T12:00:00","link":"https://EXAMPLE.com","price":"12.50","picture":"AAE=","stamp":-1,"small":4294967296,"rough":0.1,"days":["2030-01-31"],"by_name":{"a":"123e4567e89b12d3a456426614174000"},"code":"x"}"#;

#[test]
fn every_text_comes_back_as_it_was() {
    let event: Event = serde_json::from_str(EVENT).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), EVENT);
    assert_eq!(event.at.unix_timestamp(), 1_896_071_400);
    assert_eq!(event.id.as_u128() >> 96, 0x123e_4567);
    assert_eq!(event.picture.as_deref().map(|bytes| &bytes[..]), Some(&[0, 1][..]));
}

#[test]
fn a_text_that_is_no_value_says_where() {
    let text = EVENT.replace("2030-01-31\"]", "2030-02-30\"]");
    let error = serde_json::from_str::<Event>(&text).unwrap_err();
    assert_eq!(error.to_string(), "at /days/0: this text is no date");
    let text = EVENT.replace("\"stamp\":-1", "\"stamp\":1.5");
    let error = serde_json::from_str::<Event>(&text).unwrap_err();
    assert_eq!(error.to_string(), "at /stamp: expected a 64-bit integer, found a number");
}

#[test]
fn formats_tell_variants_apart() {
    let key = |text: &str| serde_json::from_str::<Key>(text).unwrap();
    assert!(matches!(key("\"123e4567-e89b-12d3-a456-426614174000\""), Key::Uuid(_)));
    assert!(matches!(key("\"PT1H\""), Key::Duration(_)));
    assert!(matches!(key("7"), Key::Integer(7)));
    assert!(matches!(key("\"?\""), Key::UnknownVariant(_)));
}

#[test]
fn a_caller_gives_values_or_texts() {
    let moment: Moment = "2030-01-31T12:00:00Z".parse().unwrap();
    let id = uuid::Uuid::from_u128(0x123e4567_e89b_12d3_a456_426614174000);
    let event = Event::new(id.into(), moment.clone(), "PT1H".parse().unwrap(), None).stamp(std::time::SystemTime::UNIX_EPOCH);
    let expect = r#"{"id":"123e4567-e89b-12d3-a456-426614174000","at":"2030-01-31T12:00:00Z","wait":"PT1H","seen":null,"stamp":0}"#;
    assert_eq!(serde_json::to_string(&event).unwrap(), expect);
    let span: Span = serde_json::from_str(r#"["2030-01-31","2030-02-01"]"#).unwrap();
    assert!(*span.0 < *span.1);
}
