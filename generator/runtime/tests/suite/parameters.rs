//! How parameters are spelled: the cells of OpenAPI's style table, and its edges.

use http::header::COOKIE;
use proptest::prelude::*;
use serde_json::json;

use crate::recorder::sent;
use crate::runtime::{ErrorKind, Json, Maybe, Operation, Request, Style};

const fn operation(path: &'static str) -> Operation {
    Operation { id: "test", method: "GET", path, accept: None, security: &[], servers: &[], form: &[] }
}

static PATH: Operation = operation("/x{color}");
static SEGMENT: Operation = operation("/{color}/end/");
static PLAIN: Operation = operation("/");

#[derive(Clone, Copy)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// What a parameter becomes; an error is its text, and `-` is nothing at all.
fn spelled(place: Place, name: &'static str, style: Style, value: &Json) -> String {
    let result = match place {
        Place::Path => sent(&PATH, |request| request.path_with(name, style, value)),
        Place::Query => sent(&PLAIN, |request| request.query_with(name, style, value)),
        Place::Header => sent(&PLAIN, |request| request.header_with(name, style, value)),
        Place::Cookie => sent(&PLAIN, |request| request.cookie_with(name, style, value)),
    };
    let head = match result {
        Ok(head) => head,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Request);
            return error
                .to_string()
                .replace("`test` (GET /) failed: ", "")
                .replace("`test` (GET /x{color}) failed: ", "");
        }
    };
    let header = |name: &str| head.headers().get(name).map(|value| String::from_utf8(value.as_bytes().into()).unwrap());
    let text = match place {
        Place::Path => head.uri().path().strip_prefix("/x").map(str::to_owned),
        Place::Query => {
            assert!(!head.uri().to_string().ends_with('?'));
            head.uri().query().map(str::to_owned)
        }
        Place::Header => header(name),
        Place::Cookie => header(COOKIE.as_str()),
    };
    text.unwrap_or_else(|| "-".to_owned())
}

/// The legal cells: place, style, and the text of a string, a list and an object. An empty text is no cell.
#[test]
fn the_style_table() {
    use Place::{Cookie, Header, Path, Query};
    let text = json!("blue");
    let list = json!(["blue", "black", "brown"]);
    // `serde_json` sorts the members unless told otherwise, so the object is written in that order.
    let object = json!({"B": 150, "G": 200, "R": 100});
    let (on, off) = (true, false);
    for (place, style, expect) in [
        (Path, Style::Simple { explode: off }, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Path, Style::Simple { explode: on }, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
        (Path, Style::Label { explode: off }, [".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (Path, Style::Label { explode: on }, [".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
        (Path, Style::Matrix { explode: off }, [";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
        (
            Path,
            Style::Matrix { explode: on },
            [";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"],
        ),
        (Query, Style::Form { explode: on }, ["color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        (Query, Style::Form { explode: off }, ["color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Query, Style::SpaceDelimited, ["", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"]),
        (Query, Style::PipeDelimited, ["", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"]),
        (Query, Style::DeepObject, ["", "", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
        (Header, Style::Simple { explode: off }, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Header, Style::Simple { explode: on }, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
        (Cookie, Style::Form { explode: off }, ["color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (
            Cookie,
            Style::Form { explode: on },
            ["color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"],
        ),
        (Cookie, Style::Cookie { explode: off }, ["color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (
            Cookie,
            Style::Cookie { explode: on },
            ["color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"],
        ),
        (Query, Style::Json, ["color=%22blue%22", "", "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"]),
        (Header, Style::Json, ["\"blue\"", "", "{\"B\":150,\"G\":200,\"R\":100}"]),
    ] {
        for (value, expect) in [&text, &list, &object].into_iter().zip(expect) {
            if !expect.is_empty() {
                assert_eq!(spelled(place, "color", style, value), expect, "{style:?}");
            }
        }
    }
}

#[test]
fn the_edges() {
    use Place::{Cookie, Header, Path, Query};
    let form = Style::Form { explode: true };
    let flat_form = Style::Form { explode: false };
    let simple = Style::Simple { explode: false };
    let reserved = ":/?#[]@!$&'()*+,;= %\"é~-._";
    let encoded = "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%25%22%C3%A9~-._";
    let line_break = "the header `color` cannot be sent: a header cannot carry a line break or a control character";
    let semicolon = "the cookie `color` cannot be sent: a cookie cannot carry a semicolon or a control character";
    for (place, name, style, value, expect) in [
        // E1: nothing is left out wholly.
        (Query, "color", form, json!(null), "-".to_owned()),
        (Query, "color", form, json!([]), "-".into()),
        (Query, "color", flat_form, json!({}), "-".into()),
        (Query, "color", Style::DeepObject, json!({}), "-".into()),
        (Header, "color", simple, json!([]), "-".into()),
        (Cookie, "color", form, json!(null), "-".into()),
        (Path, "color", simple, json!([]), "the path parameter `color` is empty".into()),
        (Path, "color", Style::Label { explode: true }, json!(null), "the path parameter `color` is empty".into()),
        // E2: an empty text is something.
        (Path, "color", Style::Matrix { explode: false }, json!(""), ";color".into()),
        (Path, "color", Style::Matrix { explode: true }, json!(["", "a"]), ";color;color=a".into()),
        (Path, "color", Style::Label { explode: false }, json!(""), ".".into()),
        (Path, "color", simple, json!(""), "the path parameter `color` is empty".into()),
        (Query, "color", form, json!(""), "color=".into()),
        // E3 and E4: reserved characters, also the separators of the style itself.
        (Query, "color", form, json!(reserved), format!("color={encoded}")),
        (Path, "color", simple, json!(reserved), encoded.to_owned()),
        (Cookie, "color", form, json!(reserved), format!("color={encoded}")),
        (Query, "color", flat_form, json!(["a,b", "c"]), "color=a%2Cb,c".into()),
        (Query, "color", Style::PipeDelimited, json!(["a|b", "c d"]), "color=a%7Cb%7Cc%20d".into()),
        (Path, "color", Style::Label { explode: true }, json!({"a=": "b,"}), ".a%3D=b%2C".into()),
        (Path, "color", Style::Label { explode: true }, json!(["a.b", 1.5]), ".a%2Eb.1%2E5".into()),
        (Path, "color", Style::Label { explode: true }, json!("a.b"), ".a.b".into()),
        (Path, "color", Style::Label { explode: false }, json!(["a.b"]), ".a.b".into()),
        // E7: headers and plain cookies carry the text as it is, or not at all.
        (Header, "color", simple, json!("a b%\t\","), "a b%\t\",".into()),
        (
            Header,
            "color",
            simple,
            json!("é"),
            "the header `color` cannot be sent: a header cannot carry characters beyond ASCII".into(),
        ),
        (
            Header,
            "color",
            simple,
            json!(" a"),
            "the header `color` cannot be sent: a header cannot carry spaces at its ends".into(),
        ),
        (Header, "color", simple, json!("a\r\nevil: 1"), line_break.into()),
        (Header, "color", simple, json!("a\u{0}"), line_break.into()),
        (Cookie, "color", Style::Cookie { explode: true }, json!("a b%"), "color=a b%".into()),
        (Cookie, "color", Style::Cookie { explode: true }, json!("a; evil=1"), semicolon.into()),
        (Cookie, "color", Style::Cookie { explode: true }, json!("a\n"), semicolon.into()),
        // E8: names are encoded too, and keep their case.
        (Query, "filter[X]", form, json!(1), "filter%5BX%5D=1".into()),
        (Query, "$top", form, json!(1), "%24top=1".into()),
        (Query, "🦀", form, json!(1), "%F0%9F%A6%80=1".into()),
        // E9: these headers are not parameters.
        (Header, "authorization", simple, json!("mine"), "-".into()),
        (Header, "Content-Type", simple, json!("mine"), "-".into()),
        (Header, "accept", simple, json!("mine"), "-".into()),
        (
            Header,
            "Content-Length",
            simple,
            json!(5),
            "the header `Content-Length` cannot be sent: the transport alone may set it".into(),
        ),
        // E12: scalars.
        (Query, "color", form, json!(true), "color=true".into()),
        (Query, "color", form, json!(u64::MAX), "color=18446744073709551615".into()),
        (Query, "color", form, json!(i64::MIN), "color=-9223372036854775808".into()),
        (Query, "color", form, json!(0.1), "color=0.1".into()),
        (Query, "color", form, json!(1e300), "color=1e300".into()),
        (Query, "color", form, json!(-2.0), "color=-2".into()),
        // E13: nulls inside are left out.
        (Query, "color", flat_form, json!([1, null, 2]), "color=1,2".into()),
        (Query, "color", form, json!({"a": null, "b": 1}), "b=1".into()),
        // E15: what OpenAPI leaves open.
        (
            Query,
            "f",
            Style::DeepObject,
            json!({"a": {"b": 1}, "c": [1, 2]}),
            "f%5Ba%5D%5Bb%5D=1&f%5Bc%5D%5B%5D=1&f%5Bc%5D%5B%5D=2".into(),
        ),
        (
            Query,
            "f",
            Style::DeepObject,
            json!({"a": [{"b": 1}, {"b": [2]}], "c": [[3]], "d": {}, "e": [null]}),
            "f%5Ba%5D%5B0%5D%5Bb%5D=1&f%5Ba%5D%5B1%5D%5Bb%5D%5B%5D=2&f%5Bc%5D%5B0%5D%5B%5D=3".into(),
        ),
        (Query, "f", Style::DeepObject, json!(["a", "b"]), "f%5B%5D=a&f%5B%5D=b".into()),
        (
            Query,
            "f",
            Style::DeepObjectRepeated,
            json!({"a": [1, 2], "b": [[3]], "c": [{"d": [4]}]}),
            "f%5Ba%5D=1&f%5Ba%5D=2&f%5Bb%5D%5B0%5D=3&f%5Bc%5D%5B0%5D%5Bd%5D=4".into(),
        ),
        (
            Query,
            "f",
            Style::DeepObjectIndexed,
            json!({"a": [1, null, 2], "b": [[3]]}),
            "f%5Ba%5D%5B0%5D=1&f%5Ba%5D%5B2%5D=2&f%5Bb%5D%5B0%5D%5B0%5D=3".into(),
        ),
        (Query, "color", form, json!([[1]]), "color=%5B1%5D".into()),
        // A style in the wrong place.
        (
            Path,
            "color",
            form,
            json!(1),
            "the path parameter `color` cannot be sent: its style does not belong in this place".into(),
        ),
        (
            Query,
            "color",
            simple,
            json!(1),
            "the query parameter `color` cannot be sent: its style does not belong in this place".into(),
        ),
    ] {
        assert_eq!(spelled(place, name, style, &value), expect, "{style:?} {value}");
    }
}

/// E5 and E6: what may pass with `allowReserved`, and what would end the place that it stands in.
#[test]
fn reserved_characters_pass_where_they_may() {
    let reserved = ":/?#[]@!$&'()*+,;= %\"é%41%4";
    let encode = |request: Request, place: &str| match place {
        "path" => request.path_with("color", Style::Simple { explode: false }.allow_reserved(), reserved),
        "query" => request.query_with("q", Style::Form { explode: true }.allow_reserved(), reserved),
        "label" => request.path_with("color", Style::Label { explode: true }.allow_reserved(), reserved),
        _ => request.cookie_with("q", Style::Form { explode: true }.allow_reserved(), reserved),
    };
    for (place, expect) in [
        ("path", "/x:%2F%3F%23%5B%5D@!$&'()*+,;=%20%25%22%C3%A9%41%254"),
        ("label", "/x.:%2F%3F%23%5B%5D@!$&'()*+,;=%20%25%22%C3%A9%41%254"),
        ("query", "q=:/?%23[]@!$&'()*+,;=%20%25%22%C3%A9%41%254"),
        ("cookie", "q=:/?%23[]@!$&'()*+%2C%3B=%20%25%22%C3%A9%41%254"),
    ] {
        let head = sent(&PATH, |request| {
            let request = if ["query", "cookie"].contains(&place) { request.path("color", "1") } else { request };
            encode(request, place)
        });
        let head = head.unwrap();
        let text = match place {
            "query" => head.uri().query().unwrap(),
            "cookie" => head.headers()["cookie"].to_str().unwrap(),
            _ => head.uri().path(),
        };
        assert_eq!(text, expect, "{place}");
    }
}

/// E19: a value that is the whole query.
#[test]
fn a_value_can_be_the_whole_query() {
    let value = json!({"a": [1, 2], "b": {"c": "d&"}, "e": null, "f g": "h+"});
    for (style, value, expect) in [
        (Style::Form { explode: true }, &value, Ok("a=1&a=2&b=%7B%22c%22%3A%22d%26%22%7D&f%20g=h%2B")),
        (Style::Json, &json!({"a": [1]}), Ok("%7B%22a%22%3A%5B1%5D%7D")),
        (Style::Simple { explode: false }, &json!("x y&"), Ok("x%20y%26")),
        (Style::Form { explode: true }, &json!("x"), Err("a form is made of the members of an object")),
        (Style::Form { explode: true }, &json!({}), Ok("")),
    ] {
        match (sent(&PLAIN, |request| request.query_string(style, value)), expect) {
            (Ok(head), Ok(expect)) => assert_eq!(head.uri().query().unwrap_or_default(), expect, "{style:?}"),
            (Err(error), Err(expect)) => assert!(error.to_string().contains(expect), "{error}"),
            (result, expect) => panic!("{result:?} is not {expect:?}"),
        }
    }
}

#[test]
fn path_values_cannot_leave_their_segment() {
    let path = |operation, value: &str| match sent(operation, |request| request.path("color", value)) {
        Ok(head) => head.uri().path().to_owned(),
        Err(error) => format!("{:?}", error.kind()),
    };
    static DOT: Operation = operation("/.{color}");
    static ENCODED: Operation = operation("/a/%2E{color}/b");
    static MISSING: Operation = operation("/{other}");
    for (operation, value, expect) in [
        (&SEGMENT, ".", "Request"),
        (&SEGMENT, "..", "Request"),
        (&SEGMENT, "", "Request"),
        (&SEGMENT, "...", "/.../end/"),
        (&SEGMENT, "a/../b", "/a%2F..%2Fb/end/"),
        (&SEGMENT, "..\\x", "/..%5Cx/end/"),
        (&SEGMENT, "%2e%2e", "/%252e%252e/end/"),
        (&SEGMENT, "?#", "/%3F%23/end/"),
        (&DOT, ".", "Request"),
        (&DOT, "a", "/.a"),
        (&ENCODED, ".", "Request"),
        (&ENCODED, "e", "/a/%2Ee/b"),
        (&MISSING, "a", "Request"),
    ] {
        assert_eq!(path(operation, value), expect, "{} {value}", operation.path);
    }
}

#[test]
fn parameters_come_together() {
    let head = sent(&PLAIN, |request| {
        request
            .query("a", &None::<i64>)
            .query("b", &vec![1, 2])
            .query("c", &Maybe::Value("x"))
            .query("d", &Maybe::<i64>::Absent)
            .cookie("e", "1")
            .cookie("f", &2)
            .header("X-G", &[true, false][..])
    })
    .unwrap();
    assert_eq!(head.uri(), "https://api.example.com/?b=1&b=2&c=x");
    assert_eq!(head.headers()["cookie"], "e=1; f=2");
    assert_eq!(head.headers()["x-g"], "true,false");
    let head = sent(&PLAIN, |request| request.cookie("e", "1").header("Cookie", "own=1")).unwrap();
    assert_eq!(head.headers()["cookie"], "own=1; e=1");
    for value in [f64::NAN, f64::INFINITY] {
        for fault in [
            sent(&PLAIN, |request| request.query("a", &value)),
            sent(&PLAIN, |request| request.json(&vec![value])),
            sent(&PLAIN, |request| request.query_with("a", Style::Json, &value)),
        ] {
            assert_eq!(fault.unwrap_err().kind(), ErrorKind::Request);
        }
    }
}

proptest! {
    /// Whatever a value is, the server reads exactly that value in exactly that place.
    #[test]
    fn any_text_survives(text in any::<String>()) {
        let head = sent(&PLAIN, |request| request.query("q", &text)).unwrap();
        let query = head.uri().query().unwrap().strip_prefix("q=").unwrap().to_owned();
        prop_assert_eq!(percent_encoding::percent_decode_str(&query).decode_utf8().unwrap(), text.clone());
        if let Ok(head) = sent(&SEGMENT, |request| request.path("color", &text)) {
            let segments: Vec<_> = head.uri().path().split('/').collect();
            prop_assert_eq!(segments.len(), 4);
            prop_assert_eq!(percent_encoding::percent_decode_str(segments[1]).decode_utf8().unwrap(), text);
        } else {
            prop_assert!(matches!(text.as_str(), "" | "." | ".."));
        }
    }
}
