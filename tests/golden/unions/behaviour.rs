//! Every variant comes back as it came, the ones that the description does not know too.

use unions::models::{ByForm, Cat, Constants, Dog, Holder, Keyed, Mapped};

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
fn the_tag_is_written_by_the_union() {
    let holder = Holder::new(Mapped::Dog(Dog::new().into()));
    assert_eq!(serde_json::to_string(&holder).unwrap(), r#"{"pet":{"kind":"dog"}}"#);
    assert_eq!(serde_json::to_string(&Mapped::Cat(Cat::new("cat").lives(9).into())).unwrap(), r#"{"kind":"cat","lives":9}"#);
}
