//! How JSON becomes types, and types become JSON.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;

use crate::api::{
    ApplicationTokenExpireIn, Branch, Chunk, Color, DashboardAccessOut, Event, HttpErrorOut, HttpValidationError, Kind,
    Leaf, Level, Negation, Size, Square, Tile, Tree,
};
use crate::runtime::{
    Decode, DecodeError, Encode, Fields, Json, Maybe, Object, Prefixed, Trial, Value, from_json, tagged,
};

fn write(value: &impl Encode) -> String {
    serde_json::to_string(&value.encode()).unwrap()
}

/// Reads `text` as `T` and writes it again. An error is written as its text.
fn read<T: Decode + Encode>(text: &str) -> String {
    match from_json::<T>(text.as_bytes()) {
        Ok(value) => write(&value),
        Err(error) => error.to_string(),
    }
}

fn check<T: Decode + Encode>(cases: &[(&str, &str)]) {
    for (text, expect) in cases {
        assert_eq!(read::<T>(text), *expect, "{text} as {}", std::any::type_name::<T>());
    }
}

#[test]
fn scalars() {
    check::<String>(&[("\"a\\u00e9\"", "\"aé\""), ("7", "expected a string, found a number")]);
    check::<bool>(&[("true", "true"), ("\"true\"", "expected a boolean, found a string")]);
    check::<i64>(&[
        ("60.0", "60"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "expected a 64-bit integer, found 9223372036854775808"),
        ("1e400", "this is not JSON, at line 1 column 5"),
        ("0.5", "expected a 64-bit integer, found a number"),
        ("null", "expected a 64-bit integer, found null"),
    ]);
    check::<u64>(&[
        ("18446744073709551615", "18446744073709551615"),
        ("-1", "expected a 64-bit integer from zero on, found -1"),
    ]);
    check::<i8>(&[("-128", "-128"), ("128", "expected an 8-bit integer, found 128")]);
    check::<f64>(&[("1", "1.0"), ("0.1", "0.1"), ("[]", "expected a number, found an array")]);
    check::<f32>(&[("0.1", "0.1"), ("1e300", "this number does not fit in 32 bits")]);
}

#[test]
fn states_lists_and_maps() {
    check::<Option<Vec<i32>>>(&[("null", "null"), ("[1,2]", "[1,2]")]);
    check::<Vec<Maybe<i32>>>(&[
        ("[1,null]", "[1,null]"),
        ("[1,true]", "at /1: expected a 32-bit integer, found a boolean"),
    ]);
    check::<BTreeMap<String, Vec<bool>>>(&[
        ("{\"b\":[],\"a\":[true]}", "{\"a\":[true],\"b\":[]}"),
        ("{\"a/b~\\n\":[0]}", "at /a~1b~0\\n/0: expected a boolean, found a number"),
    ]);
    check::<Json>(&[("{\"a\":[1,-1,1.5,null,\"x\"]}", "{\"a\":[1,-1,1.5,null,\"x\"]}")]);
    check::<Box<i32>>(&[("1", "1")]);
}

#[test]
fn records() {
    check::<ApplicationTokenExpireIn>(&[
        ("{}", "{}"),
        ("{\"expiry\":null}", "{\"expiry\":null}"),
        ("{\"x\":1,\"expiry\":60.0}", "{\"expiry\":60}"),
        ("{\"expiry\":1,\"expiry\":2}", "{\"expiry\":2}"),
        ("[]", "expected an object, found an array"),
        ("", "expected JSON, found nothing"),
        ("{\"expiry\"", "the JSON ends early, at line 1 column 9"),
        ("{} x", "this is not JSON, at line 1 column 4"),
        ("\u{feff}{}", "{}"),
    ]);
    check::<HttpValidationError>(&[
        ("{\"detail\":null}", "{}"),
        ("{\"detail\":[{\"loc\":[],\"type\":\"t\"}]}", "at /detail/0/msg: this member is missing"),
    ]);
    let model: HttpErrorOut = serde_json::from_str("{\"detail\":\"d\",\"code\":\"c\"}").unwrap();
    assert_eq!(serde_json::to_string(&model).unwrap(), "{\"code\":\"c\",\"detail\":\"d\"}");
    let error = serde_json::from_str::<HttpErrorOut>("{\"code\":\"c\"}").unwrap_err();
    assert_eq!(error.to_string(), "at /detail: this member is missing");
}

#[test]
fn a_repeated_key_has_its_last_value_in_objects_of_every_size() {
    for size in [1, 2, 40, 63, 64, 65, 200, 3000] {
        let members: Vec<String> = (0..size).chain(0..size).map(|index| format!("\"k{index}\":{index}")).collect();
        let text = format!("{{{},\"k0\":-1}}", members.join(","));
        let Ok(Value::Object(members)) = serde_json::from_str(&text) else { panic!() };
        assert_eq!(members.len(), size, "{size}");
        for (key, value) in members {
            let number = if key == "k0" { -1 } else { key[1..].parse().unwrap() };
            assert_eq!(value, Value::from(number));
        }
    }
}

#[test]
fn objects_give_their_members_once() {
    let read = |text| -> Result<_, DecodeError> {
        let mut object = Object::new(serde_json::from_str(text).unwrap())?;
        object.constants(&[("kind", Value::from("a"), true)])?;
        let limit = object.field::<Option<i64>>("limit")?;
        let rest = object.rest::<i64>()?;
        Ok(format!("{limit:?} {rest:?}"))
    };
    for (text, expect) in [
        ("{\"z\":1,\"limit\":5,\"kind\":\"a\",\"y\":2}", "Some(5) {\"y\": 2, \"z\": 1}"),
        ("{\"kind\":\"a\"}", "None {}"),
        ("{\"kind\":\"b\"}", "at /kind: this is another value than the one it must be"),
        ("{}", "at /kind: this member is missing"),
        ("{\"kind\":\"a\",\"z\":\"\"}", "at /z: expected a 64-bit integer, found a string"),
    ] {
        assert_eq!(read(text).unwrap_or_else(|error| error.to_string()), expect);
    }
    // A number has many spellings.
    let mut object = Object::new(serde_json::from_str("{\"version\":1.0}").unwrap()).unwrap();
    assert_eq!(object.constants(&[("version", Value::from(1), true)]), Ok(()));
    let mut object = Object::new(serde_json::from_str("{\"a\":1,\"b\":2}").unwrap()).unwrap();
    assert_eq!(object.field::<i64>("b"), Ok(2));
    assert_eq!(object.field::<i64>("a"), Ok(1));
    assert_eq!(object.field::<i64>("a").unwrap_err().path(), "/a");
}

#[test]
fn fields_are_left_out_only_where_they_may_be() {
    let (absent, null, none) = (Maybe::<i64>::Absent, Maybe::<i64>::Null, None::<i64>);
    let rest = BTreeMap::from([("a".to_owned(), 1_i64), ("z".to_owned(), 2)]);
    let mut fields = Fields::default();
    fields.constants([("kind", Value::from("k"))]);
    fields.field("left_out", &absent);
    fields.field("left_out_too", &none);
    fields.field("a", &null);
    fields.rest(&rest);
    let expect = "{\"kind\":\"k\",\"a\":null,\"z\":2}";
    assert_eq!(serde_json::to_string(&fields.finish()).unwrap(), expect);
}

#[test]
fn enumerations_keep_what_they_do_not_know() {
    check::<Color>(&[("\"red\"", "\"red\""), ("\"new\"", "\"new\""), ("1", "expected a string, found a number")]);
    check::<Size>(&[("\"auto\"", "\"auto\""), ("1.0", "1"), ("0.5", "0.5"), ("false", "false"), ("[true]", "[true]")]);
    assert_eq!(from_json::<Size>(b"1"), Ok(Size::One));
    check::<Level>(&[("2.0", "2"), ("77", "77"), ("\"2\"", "expected a 64-bit integer, found a string")]);
    assert_eq!(Color::from("green"), Color::Green);
    assert_eq!("new".parse::<Color>().unwrap().to_string(), "new");
    assert_eq!(Level::from(1), Level::Low);
    assert_eq!(Level::UnknownValue(5).to_string(), "5");
    assert_eq!(serde_json::from_str::<Color>("\"red\"").unwrap(), Color::Red);
}

#[test]
fn unions_by_tag() {
    check::<Event>(&[
        (
            "{\"code\":\"c\",\"kind\":\"error\",\"detail\":\"d\"}",
            "{\"kind\":\"error\",\"code\":\"c\",\"detail\":\"d\"}",
        ),
        ("{\"kind\":\"expire\",\"expiry\":null}", "{\"kind\":\"expire\",\"expiry\":null}"),
        ("{\"kind\":\"new\",\"x\":[1]}", "{\"kind\":\"new\",\"x\":[1]}"),
        ("{\"kind\":\"error\",\"code\":\"c\"}", "at /detail: this member is missing"),
        (
            "{\"kind\":\"fault\",\"code\":\"c\",\"detail\":\"d\"}",
            "{\"kind\":\"error\",\"code\":\"c\",\"detail\":\"d\"}",
        ),
        ("3", "3"),
    ]);
    let own = BTreeMap::from([("kind".to_owned(), "wrong".to_owned())]);
    assert_eq!(serde_json::to_string(&tagged("kind", &["right"], &own)).unwrap(), "{\"kind\":\"right\"}");
}

#[test]
fn unions_by_trial() {
    assert_eq!(from_json::<Tree>(b"7"), Ok(Tree::Leaf(7)));
    let expect = Tree::Left(Box::new(Branch { of: Tree::Leaf(7) }));
    assert_eq!(from_json::<Tree>(b"{\"of\":7}"), Ok(expect));
    check::<Tree>(&[("{\"of\":\"x\"}", "{\"of\":\"x\"}"), ("[1]", "[1]")]);
    let Ok(Tree::UnknownVariant(unknown)) = from_json::<Tree>(b"[1]") else { panic!() };
    assert_eq!(
        unknown.error().map(ToString::to_string).unwrap_or_default(),
        "no variant fits (Leaf: expected a 64-bit integer, found an array; Left: expected an object, found an array; \
         Right: expected an object, found an array)"
    );
}

#[test]
fn the_variant_that_reads_most_is_taken() {
    let check = |text: &str, expect: &str| {
        let tile: Tile = from_json(text.as_bytes()).unwrap();
        let variant = match &tile.kind {
            Kind::Wood(_) => "wood",
            Kind::Stone(_) => "stone",
            Kind::Colored(_) => "colored",
            Kind::UnknownVariant(_) => "unknown",
        };
        assert_eq!(variant, expect, "{text}");
        assert_eq!(tile.encode(), serde_json::from_str(text).unwrap(), "{text}");
    };
    check("{\"id\":1,\"oak\":true}", "wood");
    check("{\"id\":1,\"expiry\":4}", "stone");
    check("{\"id\":1,\"color\":\"red\"}", "colored");
    check("{\"id\":1,\"color\":\"new\"}", "colored");
    check("{\"id\":1}", "wood");
}

#[test]
fn constants_nulls_and_the_rest() {
    let text = "{\"shape\":\"square\",\"side\":1,\"parent\":null,\"secret\":null,\"z\":[1]}";
    let square: Square = from_json(text.as_bytes()).unwrap();
    assert_eq!(write(&square), text);
    assert_eq!(
        format!("{square:?}"),
        "Square {\"shape\": \"square\", \"side\": 1, \"parent\": null, \"secret\": \"[redacted]\", \"z\": [1]}"
    );
    assert_eq!(
        write(&Square::new(2, None, None).more(true)),
        "{\"shape\":\"square\",\"side\":2,\"parent\":null,\"more\":true,\"secret\":null}"
    );
    assert_eq!(square, square.clone());
    let error = from_json::<Square>(b"{\"shape\":\"round\",\"side\":1}").unwrap_err();
    assert_eq!(error.to_string(), "at /shape: this is another value than the one it must be");
    let access: DashboardAccessOut = from_json(b"{\"url\":\"u\",\"token\":\"t\"}").unwrap();
    assert_eq!(format!("{access:?}"), "DashboardAccessOut {\"url\": \"u\", \"token\": \"[redacted]\"}");
    assert_eq!(write(&access), "{\"url\":\"u\",\"token\":\"t\"}");
}

/// Without a budget this takes 2^100 attempts.
#[test]
fn a_union_inside_itself_fails_in_time() {
    let text = "{\"of\":".repeat(100) + "\"x\"" + &"}".repeat(100);
    let start = std::time::Instant::now();
    assert!(matches!(from_json::<Tree>(text.as_bytes()), Ok(Tree::Left(_))));
    assert!(start.elapsed().as_secs() < 5);
    assert_eq!(from_json::<Tree>(b"7"), Ok(Tree::Leaf(7)), "the next union has a budget of its own");
    let text = text.replace("\"x\"", "1");
    assert!(from_json::<Tree>(text.as_bytes()).is_ok());
}

#[test]
fn depth_is_bounded() {
    let text = "[".repeat(100_000);
    assert!(from_json::<Json>(text.as_bytes()).unwrap_err().is_syntax());
}

#[test]
fn maybe_reads_well() {
    fn expiry(value: impl Into<Maybe<i64>>) -> Maybe<i64> {
        value.into()
    }
    fn name(value: impl Into<Maybe<String>>) -> Maybe<String> {
        value.into()
    }
    assert_eq!(expiry(60), Maybe::Value(60));
    assert_eq!(expiry(Some(60)), Maybe::Value(60));
    assert_eq!(expiry(None), Maybe::Absent);
    assert_eq!(expiry(Maybe::Null), Maybe::Null);
    assert_eq!(name("x"), Maybe::Value("x".to_owned()));
    assert_eq!(name(String::from("x")).as_ref().value(), Some(&&"x".to_owned()));
    assert_eq!(Maybe::<i64>::default().into_option(), None);
    assert!(Maybe::<i64>::default().is_absent() && Maybe::<i64>::Null.is_null());
    assert_eq!(Maybe::Value(1).map(|value| value + 1).value(), Some(&2));
}

/// The error never shows what it found, except an integer that does not fit.
#[test]
fn errors_do_not_show_values() {
    fn shown<T: Decode + Debug>(text: &str) -> String {
        let error = from_json::<T>(text.as_bytes()).unwrap_err();
        format!("{error} {error:?} {error:#?}")
    }
    let Ok(Tree::UnknownVariant(unknown)) = from_json::<Tree>(b"[\"canary\"]") else { panic!() };
    let texts = [
        shown::<i64>("\"canary\""),
        shown::<HttpErrorOut>("\"canary\""),
        shown::<HttpErrorOut>("canary"),
        shown::<HttpErrorOut>("{\"code\":[\"canary\"]}"),
        unknown.error().map(|error| format!("{error} {error:?} {error:#?}")).unwrap_or_default(),
    ];
    assert!(!texts.concat().contains("canary"), "{texts:?}");
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_as_serde_json_reads_it(json in any_json()) {
        let text = serde_json::to_string(&json).unwrap();
        let value: Value<'_> = serde_json::from_str(&text).unwrap();
        let expect: Json = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&value).unwrap(), serde_json::to_string(&expect).unwrap());
        prop_assert_eq!(&value, &Value::from(&expect));
        prop_assert_eq!(value.into_json(), expect);
    }

    #[test]
    fn numbers_survive(signed in any::<i64>(), unsigned in any::<u64>(), float in any::<f32>(), double in any::<f64>()) {
        prop_assert_eq!(from_json::<i64>(write(&signed).as_bytes()), Ok(signed));
        prop_assert_eq!(from_json::<u64>(write(&unsigned).as_bytes()), Ok(unsigned));
        prop_assume!(float.is_finite() && double.is_finite());
        prop_assert_eq!(from_json::<f32>(write(&float).as_bytes()), Ok(float));
        prop_assert_eq!(from_json::<f64>(write(&double).as_bytes()).map(f64::to_bits), Ok(double.to_bits()));
    }

    #[test]
    fn no_text_breaks_the_reader(text in any::<Vec<u8>>()) {
        let _ = from_json::<HttpValidationError>(&text);
    }
}

/// A value may hold a secret, and so may everything that is made of values.
#[test]
fn values_show_their_shape_only() {
    let text = br#"{"token":"canary","numbers":[7,-7,0.7,null,true],"more":{}}"#;
    let expect = r#"{"token": a string, "numbers": [a number, a number, a number, null, a boolean], "more": {}}"#;
    let value: Value<'_> = serde_json::from_slice(text).unwrap();
    assert_eq!(format!("{value:?}"), expect);
    let shown = format!("{:?} {:?}", Object::new(value.clone()), Trial::<()>::new(value));
    assert!(!shown.contains("canary") && !shown.contains('7'), "{shown}");
}

#[test]
fn tuples() {
    check::<(String, Option<i64>)>(&[
        (r#"["a",1]"#, r#"["a",1]"#),
        (r#"["a",null]"#, r#"["a",null]"#),
        (r#"["a",1,{}]"#, r#"["a",1]"#),
        ("[1,1]", "at /0: expected a string, found a number"),
        ("[]", "at /0: this member is missing"),
        ("{}", "expected an array, found an object"),
    ]);
    check::<(i64, Maybe<i64>, Maybe<i64>)>(&[
        ("[1]", "[1]"),
        ("[1,null]", "[1,null]"),
        ("[1,2,3]", "[1,2,3]"),
        ("[1,true]", "at /1: expected a 64-bit integer, found a boolean"),
    ]);
    check::<Prefixed<(i64, Maybe<i64>), String>>(&[
        ("[1]", "[1]"),
        ("[1,2]", "[1,2]"),
        (r#"[1,2,"a","b"]"#, r#"[1,2,"a","b"]"#),
        ("[1,2,3]", "at /2: expected a string, found a number"),
        ("[]", "at /0: this member is missing"),
    ]);
    assert_eq!(write(&(1_i64, Maybe::<i64>::Absent, Maybe::Value(2_i64))), "[1,null,2]");
    assert_eq!(write(&Prefixed::<_, i64>::from((Maybe::<i64>::Absent,))), "[]");
}

#[test]
fn a_union_takes_the_tuple_that_leaves_no_item() {
    let mut trial = Trial::new(serde_json::from_str("[1,2]").unwrap());
    trial.attempt("one", |_: (i64,)| "one");
    trial.attempt("two", |_: (i64, i64)| "two");
    assert_eq!(trial.finish(|_| "none"), "two");
}

/// One variant leaves two small members unread, the other a large one.
#[test]
fn a_union_takes_the_object_that_leaves_the_least() {
    let value = r#"{"op":"not","child":{"op":"true","new":1,"newer":2}}"#;
    let mut trial = Trial::new(serde_json::from_str(value).unwrap());
    trial.attempt("leaf", |_: Leaf| "leaf");
    trial.attempt("negation", |_: Negation| "negation");
    assert_eq!(trial.finish(|_| "none"), "negation");
}

#[test]
fn a_union_takes_the_object_that_keeps_null() {
    let mut trial = Trial::new(serde_json::from_str("[null]").unwrap());
    trial.attempt("dropped", |_: Vec<Option<i64>>| "dropped");
    trial.attempt("kept", |_: Vec<Maybe<i64>>| "kept");
    assert_eq!(trial.finish(|_| "none"), "kept");
}

#[test]
fn a_number_is_read_to_its_last_digit() {
    check::<f64>(&[("0.9281134605407715", "0.9281134605407715"), ("5e-324", "5e-324")]);
}

#[test]
fn a_constant_may_be_missing_where_it_need_not_be_there() {
    check::<Chunk>(&[
        (r#"{"type":"text","text":"a"}"#, r#"{"type":"text","text":"a"}"#),
        (r#"{"text":"a"}"#, r#"{"type":"text","text":"a"}"#),
        (r#"{"type":"image","text":"a"}"#, "at /type: this is another value than the one it must be"),
    ]);
}

#[test]
fn a_union_takes_the_object_whose_members_are_all_there() {
    let mut trial = Trial::new(serde_json::from_str(r#"{"side":1,"shape":"square"}"#).unwrap());
    trial.attempt("square", |_: Square| "square");
    trial.attempt("map", |_: BTreeMap<String, Json>| "map");
    assert_eq!(trial.finish(|_| "none"), "map");
}

#[test]
fn what_lies_beside_may_have_the_constants_too() {
    let text = r#"{"shape":"box","inner":{"shape":"box"}}"#;
    let mut object = Object::with_fields(serde_json::from_str(text).unwrap(), &["inner"]).unwrap();
    object.constants(&[("shape", Value::from("box"), true)]).unwrap();
    let beside: BTreeMap<String, Json> = object.others().unwrap();
    assert!(beside.is_empty(), "nothing but what the fields read is left");
    let mut object = Object::new(serde_json::from_str(r#"{"type":"text","text":"a"}"#).unwrap()).unwrap();
    object.constants(&[("type", Value::from("text"), true)]).unwrap();
    assert_eq!(object.others::<Fixed>().unwrap(), Fixed);
}

/// A value that demands a constant.
#[derive(Debug, PartialEq)]
struct Fixed;

impl Decode for Fixed {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        Object::new(value)?.constants(&[("type", Value::from("text"), true)]).map(|()| Self)
    }
}
