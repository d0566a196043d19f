//! A place that must be there is there, one that may be missing says whether it is, and what follows is kept.

use tuples::models::{Counted, Cut, Loose, Older, Open, Point, Range, Route, Row, Step};
use tuples::{Maybe, Prefixed};

macro_rules! check {
    ($ty:ty, $($json:expr),+) => {$(
        let json: &str = $json;
        let value: $ty = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
    )+};
}

#[test]
fn all_comes_back_as_it_came() {
    check!(Point, "[1.5,2.0]");
    check!(Range, "[1,2]", "[1,null]", "[1]");
    check!(Loose, "[]", r#"["a"]"#, r#"["a",null]"#, r#"["a",{"b":1}]"#);
    check!(Row, r#"["a",{"id":1}]"#, r#"["a",{"id":1},true,false]"#);
    check!(Open, "[]", r#"["a"]"#, r#"["a",1,2]"#);
    check!(Counted, r#"["a",1]"#, r#"["a",[],null]"#);
    check!(Cut, r#"["a"]"#);
    check!(Older, r#"["a",1]"#);
    check!(Step, r#"["a",["b",["c"]]]"#);
    let head = r#"{"start":[0.5,0.5],"legs":[[1.5,2.5]],"null_at_last":[1,null]"#;
    for more in ["", r#","parent":[{"start":[0.5,0.5],"legs":[],"null_at_last":[1,"a"]}]"#] {
        check!(Route, &format!("{head}{more}}}"));
    }
    for more in [r#","either":["a",1]"#, r#","either":["a","b"]"#, r#","by_name":{"a":[true]},"maybe":[false]"#] {
        check!(Route, &format!("{head}{more}}}"));
    }
}

#[test]
fn what_is_missing_or_of_another_kind_is_an_error_with_its_place() {
    let error = |json| serde_json::from_str::<Row>(json).unwrap_err().to_string();
    assert_eq!(error(r#"["a"]"#), "at /1: this member is missing");
    assert_eq!(error(r#"["a",{}]"#), "at /1/id: this member is missing");
    assert_eq!(error(r#"["a",{"id":1},true,1]"#), "at /3: expected a boolean, found a number");
    assert_eq!(error("{}"), "expected an array, found an object");
    // A server may be newer than its description.
    let text = r#"{"start":[1.5,2.5,3.5],"legs":[],"null_at_last":[1,null]}"#;
    assert_eq!(serde_json::from_str::<Route>(text).unwrap().start, (1.5, 2.5));
}

#[test]
fn a_caller_writes_a_tuple() {
    let range = Range((1, Maybe::Absent));
    assert_eq!(serde_json::to_string(&range).unwrap(), "[1]");
    let open = Open(Prefixed { prefix: (Maybe::Absent,), items: vec![1] });
    assert_eq!(serde_json::to_string(&open).unwrap(), "[null,1]");
    let route = Route::new((1.5, 2.5), Vec::new(), (1, None)).maybe((true,));
    assert_eq!(
        serde_json::to_string(&route).unwrap(),
        r#"{"start":[1.5,2.5],"legs":[],"null_at_last":[1,null],"maybe":[true]}"#
    );
}
