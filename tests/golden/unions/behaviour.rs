//! Every variant comes back as it came, the ones that the description does not know too.

use unions::models::{ByForm, Cat, Chunk, Constants, Dog, Holder, Keyed, Mapped, Narrower, Nested, NestedConstants, Several, TextChunk, Versions};

macro_rules! check {
    ($ty:ty, $json:expr, $pattern:pat) => {
        let value: $ty = serde_json::from_str($json).unwrap();
        assert!(matches!(value, $pattern), "{value:?}");
        assert_eq!(serde_json::to_string(&value).unwrap(), $json);
    };
}

#[test]
fn a_tag_selects() {
    check!(Mapped, r#"{"kind":"cat","lives":9}"#, Mapped::Cat(_));
    check!(Mapped, r#"{"kind":"dog","tricks":["sit"]}"#, Mapped::Dog(_));
    check!(Mapped, r#"{"eye":1,"kind":"newt"}"#, Mapped::UnknownVariant(_));
    check!(Keyed, r#"{"shape":"Circle","radius":1.5}"#, Keyed::Circle(_));
    check!(Constants, r#"{"op":"add","value":1}"#, Constants::Add(_));
    check!(Constants, r#"{"op":"remove"}"#, Constants::Remove(_));
    assert!(matches!(serde_json::from_str(r#"{"kind":"feline"}"#), Ok(Mapped::Cat(_))));
}

#[test]
fn a_form_selects() {
    check!(ByForm, "\"a\"", ByForm::String(_));
    check!(ByForm, "1", ByForm::Integer(_));
    check!(ByForm, "[\"a\"]", ByForm::Array(_));
    check!(ByForm, r#"{"x":1,"y":2}"#, ByForm::Point(_));
    check!(ByForm, r#"{"name":"a"}"#, ByForm::Named(_));
    check!(ByForm, "[1]", ByForm::UnknownVariant(_));
}

#[test]
fn the_narrowest_form_is_taken() {
    check!(Narrower, "1", Narrower::Integer(_));
    check!(Narrower, "1.5", Narrower::Number(_));
    check!(Narrower, "\"auto\"", Narrower::AutoOrNone(_));
    check!(Narrower, "\"other\"", Narrower::String(_));
    check!(Narrower, "[1]", Narrower::IntegerArray(_));
    check!(Narrower, "[true]", Narrower::Array(_));
    check!(Narrower, r#"{"id":1}"#, Narrower::Slim(_));
    check!(Narrower, r#"{"id":1,"name":"a"}"#, Narrower::Wide(_));
    check!(Narrower, r#"{"else":1}"#, Narrower::Other(_));
}

#[test]
fn a_tag_may_be_missing_outside_of_its_union() {
    check!(Chunk, r#"{"type":"text","text":"a"}"#, Chunk::Text(_));
    check!(Chunk, r#"{"text":"a"}"#, Chunk::UnknownVariant(_));
    let alone: TextChunk = serde_json::from_str(r#"{"text":"a"}"#).unwrap();
    assert_eq!(serde_json::to_string(&alone).unwrap(), r#"{"type":"text","text":"a"}"#);
    assert!(serde_json::from_str::<TextChunk>(r#"{"type":"image"}"#).is_err());
}

#[test]
fn the_tag_is_written_by_the_union() {
    let holder = Holder::new(Mapped::Dog(Dog::new().into()));
    assert_eq!(serde_json::to_string(&holder).unwrap(), r#"{"pet":{"kind":"dog"}}"#);
    assert_eq!(serde_json::to_string(&Mapped::Cat(Cat::new("cat").lives(9).into())).unwrap(), r#"{"kind":"cat","lives":9}"#);
}

#[test]
fn each_type_of_several_has_its_keywords() {
    check!(Several, "\"a\"", Several::String(_));
    check!(Several, r#"{"id":1,"note":"n"}"#, Several::Object(_));
    check!(Several, r#"[1,{"deep":true}]"#, Several::Array(_));
    check!(Several, r#"{"other":1}"#, Several::UnknownVariant(_));
}

#[test]
fn a_union_inside_is_no_step_of_its_own() {
    check!(Nested, "true", Nested::Boolean(_));
    check!(Nested, "\"a\"", Nested::String(_));
    check!(Nested, "1", Nested::Integer(_));
    check!(Nested, "[1]", Nested::Array(_));
    check!(NestedConstants, r#"{"op":"pull"}"#, NestedConstants::Pull(_));
    check!(NestedConstants, r#"{"op":"sync"}"#, NestedConstants::Sync(_));
}

#[test]
fn a_constant_that_is_no_string_selects_too() {
    check!(Versions, r#"{"version":1,"old":"a"}"#, Versions::Version1(_));
    check!(Versions, r#"{"version":2,"old":"a"}"#, Versions::Version2(_));
}
