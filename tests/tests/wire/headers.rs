//! The headers of answers, from raw bytes to types.

use wire_fixture::headers::{
    ANSWER_X_TEXT, SET_COOKIE, X_ANY, X_COLOR, X_EXPLODED, X_FLAG, X_FLOAT, X_JSON, X_LIST, X_MAP, X_NUMBER, X_NUMBERS,
    X_OBJECT, X_PLAIN, X_SHARED, X_TEXT,
};
use wire_fixture::models::Pet;
use wire_fixture::{Client, Error, Header};

use crate::server::{Reply, Server, answer};

async fn client(status: &str, headers: &str) -> Client {
    let server = Server::always(Reply::keep(answer(status, headers, ""))).await;
    Client::builder().base_url(&server.url).unwrap().build().unwrap()
}

#[tokio::test]
async fn each_header_is_read_as_its_type() {
    let headers = [
        "x-text: 5",
        "X-NUMBER:  7 ",
        "x-float: 1.5e3",
        "x-flag: true",
        "x-color: dark-red",
        "x-list: a, 5,,b",
        "x-list: c",
        "x-numbers: 1,2",
        "x-numbers: -3",
        "x-object: name,5,age,3",
        "x-exploded: name=a=b,age=3",
        "x-map: a,1,b,true",
        "x-json: {\"name\":\"R\",\"age\":3}",
        "x-plain: 12",
        "x-any: 1, 2",
        "set-cookie: a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT",
        "set-cookie: b=2",
        "x-shared: a",
        "\r\n",
    ];
    let client = client("200 OK", &headers.join("\r\n").replace("\r\n\r\n", "\r\n")).await;
    let answer = client.headers_api().answer().send().await.unwrap();
    macro_rules! check {
        ($($header:ident => $expect:expr),* $(,)?) => {$(
            assert_eq!(answer.header(&$header).unwrap(), Some($expect), stringify!($header));
        )*};
    }
    check! {
        X_TEXT => "5".to_owned(),
        X_NUMBER => 7,
        X_FLOAT => 1500.0,
        X_FLAG => true,
        X_COLOR => "dark-red".into(),
        X_LIST => ["a", "5", "", "b", "c"].map(str::to_owned).to_vec(),
        X_NUMBERS => vec![1, 2, -3],
        X_OBJECT => Pet::new("5").age(3),
        X_EXPLODED => Pet::new("a=b").age(3),
        X_MAP => [("a", "1"), ("b", "true")].map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        X_JSON => Pet::new("R").age(3),
        X_PLAIN => 12,
        X_ANY => "1, 2".into(),
        SET_COOKIE => vec!["a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT".to_owned(), "b=2".to_owned()],
        X_SHARED => "a".into(),
    }
    let answer = client.headers_api().again().send().await.unwrap();
    assert_eq!(answer.header(&X_SHARED).unwrap(), Some("a".into()), "both operations have one static for it");
}

/// A header that is not as it is described is an error that does not repeat it, and one that is not there is none.
#[tokio::test]
async fn a_header_that_is_wrong_or_missing_is_told() {
    let headers = "x-text: a\r\nx-number: 1.5\r\nx-numbers: 1,x\r\nx-object: name\r\nx-json: [\r\nx-color: \u{ff}\r\n";
    let client = client("200 OK", headers).await;
    let answer = client.headers_api().answer().send().await.unwrap();
    let check = |error: String, expect: &str| assert_eq!(error, expect);
    check(answer.header(&X_NUMBER).unwrap_err().to_string(), "expected a 64-bit integer, found a number");
    check(answer.header(&X_NUMBERS).unwrap_err().to_string(), "at /1: expected a 64-bit integer, found a string");
    check(answer.header(&X_OBJECT).unwrap_err().to_string(), "a member has no value");
    check(answer.header(&X_EXPLODED).map(|none| format!("{none:?}")).unwrap(), "None");
    check(answer.header(&X_JSON).unwrap_err().to_string(), "the JSON ends early, at line 1 column 1");
    assert_eq!(answer.header(&X_COLOR).unwrap(), Some("\u{ff}".into()), "a value that is not listed is kept");
    assert_eq!(answer.header(&X_LIST).unwrap(), None);
    assert_eq!(answer.header(&Header::<String>::text("no header\n")).unwrap(), None);
}

/// An error has the headers of its answer, by the types that the failure has for them.
#[tokio::test]
async fn errors_have_typed_headers_too() {
    let client = client("429 Too Many Requests", "x-number: 60\r\nx-text: 7\r\n").await;
    let error = client.headers_api().answer().await.unwrap_err();
    assert_eq!(error.header(&X_NUMBER).unwrap(), Some(60));
    assert_eq!(error.header(&ANSWER_X_TEXT).unwrap(), Some(7));
    let whole: Error = error.into();
    assert_eq!(whole.header(&X_NUMBER).unwrap(), Some(60));
    let unsent = Client::builder().base_url("http://127.0.0.1:1").unwrap().build().unwrap();
    assert_eq!(unsent.headers_api().answer().await.unwrap_err().header(&X_NUMBER).unwrap(), None);
}
