//! A patch says what changes, and nothing else.

use merge_patch::models::{Shape, ShapeKind, ShapeKindRadius};
use merge_patch::Maybe;

#[test]
fn what_varies_may_stay_as_it_is() {
    let written = |shape: &Shape| serde_json::to_string(shape).unwrap();
    assert_eq!(written(&Shape::new()), "{}");
    assert_eq!(written(&Shape::new().name(Maybe::Null)), r#"{"name":null}"#);
    let kind = ShapeKind::Radius(ShapeKindRadius::new(1.5).into());
    assert_eq!(written(&Shape::new().kind(kind)), r#"{"radius":1.5}"#);
    for text in ["{}", r#"{"name":"a"}"#, r#"{"name":null,"edge":2.0}"#] {
        let shape: Shape = serde_json::from_str(text).unwrap();
        assert_eq!(written(&shape), text);
    }
}
