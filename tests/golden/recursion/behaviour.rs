//! Values that nest come back as they came.

use recursion::models::{Expression, Forest, Node, Open, Tree};

macro_rules! check {
    ($ty:ty, $json:expr) => {
        let value: $ty = serde_json::from_str($json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), $json);
    };
}

#[test]
fn what_nests_comes_back() {
    check!(Node, r#"{"value":1,"next":{"value":2,"parent":null},"children":[{"value":3}],"named":{"a":{"value":4}}}"#);
    check!(Expression, r#"{"left":1.5,"right":{"left":2.5,"right":3.5}}"#);
    check!(Tree, "[[],[[]]]");
    check!(Forest, r#"{"a":{"b":{}}}"#);
    check!(Open, r#"{"name":"n","other":{"name":"m"}}"#);
}

#[test]
fn a_required_part_that_is_missing_is_named_by_its_path() {
    let error = serde_json::from_str::<Node>(r#"{"value":1,"children":[{"value":1},{}]}"#).unwrap_err();
    assert!(error.to_string().contains("/children/1"), "{error}");
}
