//! What a receiver of payloads makes of the bodies that it gets.

use payloads::payloads;

#[test]
fn a_payload_is_read_as_its_model() {
    let body = br#"{"id":7,"note":null,"owner":{"name":"Ada"},"more":1}"#;
    let pet = payloads::PET_CREATED.read(body).unwrap();
    assert_eq!((pet.id, pet.note, pet.owner.unwrap().name.as_deref()), (7, None, Some("Ada")));
    let pets = payloads::PET_CREATED_PATCH.read(r#"[{"id":1,"note":"n"}]"#).unwrap();
    assert_eq!(pets[0].note.as_deref(), Some("n"));
    assert!(payloads::PROGRESS.read(r#"{"done":true}"#).unwrap().done);
}

#[test]
fn a_text_is_read_as_what_it_spells() {
    assert_eq!(payloads::SUBSCRIBE_PROGRESS.read("40").unwrap(), 40);
}

#[test]
fn a_body_of_another_shape_is_an_error_with_its_place() {
    let error = payloads::PET_CREATED.read(r#"{"id":"seven","note":null}"#).unwrap_err();
    assert_eq!(error.to_string(), "at /id: expected a 64-bit integer, found a string");
    assert!(payloads::PET_CREATED.read(b"\xff").is_err());
}

#[test]
fn a_payload_says_how_it_comes() {
    let payload = &payloads::PET_CREATED_PATCH;
    assert_eq!((payload.name(), payload.method()), ("petCreated", "PATCH"));
    assert_eq!(format!("{payload:?}"), r#"Payload { name: "petCreated", method: "PATCH" }"#);
}
