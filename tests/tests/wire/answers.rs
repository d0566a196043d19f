//! What becomes of every answer: the documented ones, the ones that occur although nobody documented them, and nonsense.

use std::error::Error as _;

use generated::authentication::{AuthenticationError, AuthenticationFailure as Failure};
use generated::{ErrorKind, Response};

use crate::calls::{self, ALL, GIVEN, GetDashboardAccess, Given, Logout, Operation, TOKEN, call, client, texts};
use crate::server::{Reply, Server, answer};
use crate::service;

const JSON: &str = "content-type: application/json\r\nx-trace: t-1\r\n";
const HTML: &str = "content-type: text/html\r\nx-trace: t-1\r\n";
const ACCESS: &str = r#"{"url":"https://p","token":"t"}"#;
const BAD_GATEWAY: &str = "<html>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</html>";

/// One answer, and what each operation makes of it: those that expect nothing, and the one that expects JSON.
struct Case {
    answer: Vec<u8>,
    nothing: &'static str,
    access: &'static str,
}

/// The line of a success of so many bytes that cannot be read.
macro_rules! unreadable {
    ($length:literal, $why:literal) => {
        concat!(
            "Decode 200 ",
            $length,
            " | the answer is not what the API describes, status 200 OK, whose body cannot be read: ",
            $why
        )
    };
}
/// An answer that is the same to all operations.
fn same(answer: Vec<u8>, expect: &'static str) -> Case {
    Case { answer, nothing: expect, access: expect }
}

/// A success, whose body only the operation that expects JSON looks at.
fn success(body: impl AsRef<[u8]>, access: &'static str) -> Case {
    Case { answer: answer("200 OK", JSON, body), nothing: "200", access }
}

/// A result in one line: the status of a success, or kind, status, length of the body, failure and message of an error.
fn line(result: &Result<Response<()>, AuthenticationError>, operation: Operation) -> String {
    let error = match result {
        Ok(response) => return response.status().as_str().to_owned(),
        Err(error) => error,
    };
    let text = error.to_string();
    let start = format!("`{}` (POST {}) failed: ", operation.id(), operation.path());
    let message = text.strip_prefix(&start).unwrap_or_else(|| panic!("{text} does not say what failed"));
    let status = error.status().map_or("-".to_owned(), |status| status.as_str().to_owned());
    format!("{:?} {status} {} {}| {message}", error.kind(), error.body().len(), failure(error.failure()))
}

fn failure(failure: Option<&Failure>) -> String {
    let (name, body) = match failure {
        None => return String::new(),
        Some(Failure::Unauthorized(body)) => ("Unauthorized", body),
        Some(Failure::Forbidden(body)) => ("Forbidden", body),
        Some(Failure::NotFound(body)) => ("NotFound", body),
        Some(Failure::Conflict(body)) => ("Conflict", body),
        Some(Failure::TooManyRequests(body)) => ("TooManyRequests", body),
        Some(Failure::UnprocessableContent(body)) => {
            let errors = body.detail.iter().flatten();
            let errors: Vec<String> = errors.map(|error| format!("{} {}", error.loc.join("."), error.type_)).collect();
            return format!("UnprocessableContent({}) ", errors.join(", "));
        }
        Some(other) => panic!("a failure that nobody documented: {other:?}"),
    };
    format!("{name}({}, {}) ", body.code, body.detail)
}

/// What every error must have, whatever the answer was.
fn inspect(error: AuthenticationError, operation: Operation, sent: &[u8]) {
    assert!(sent.ends_with(error.body()) || error.kind() == ErrorKind::Transport, "the raw body is kept: {error:?}");
    assert_eq!(error.headers().unwrap()["x-trace"], "t-1");
    assert_eq!(error.operation(), Some(operation.id()));
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.source().is_some(), error.kind() == ErrorKind::Transport);
    let is_typed_by_status = error.kind() == ErrorKind::Status && error.failure().is_none() && is_documented(&error);
    assert_eq!(error.decode_error().is_some(), error.kind() == ErrorKind::Decode || is_typed_by_status);

    let shown = texts(&error);
    for secret in [TOKEN, "t-1", "detail-of-the-body"] {
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
    let (text, failure) = (error.to_string(), error.failure().cloned());
    let (kind, status, headers) = (error.kind(), error.status(), error.headers().cloned());
    let (body, decode_error) = (error.body().clone(), error.decode_error().cloned());

    let converted = (|| -> Result<(), generated::Error> { Err(error)? })().unwrap_err();
    assert_eq!(converted.to_string(), text);
    assert_eq!((converted.kind(), converted.status()), (kind, status));
    assert_eq!((converted.headers().cloned(), converted.body()), (headers, &body));
    assert_eq!((converted.operation(), converted.decode_error()), (Some(operation.id()), decode_error.as_ref()));
    assert_eq!(converted.failure::<Failure>(), failure);
}

fn is_documented(error: &generated::Error) -> bool {
    matches!(error.status().unwrap().as_u16(), 401 | 403 | 404 | 409 | 422 | 429)
}

async fn check(cases: Vec<Case>) {
    for Case { answer, nothing, access } in cases {
        // Only the end of the connection ends an answer of HTTP/1.0 without a length.
        let reply = if answer.starts_with(b"HTTP/1.0") { Reply::close(&answer[..]) } else { Reply::keep(&answer[..]) };
        let server = Server::always(reply).await;
        let client = client(&server.url);
        for operation in ALL {
            let result = call(&client, operation, GIVEN).await;
            let expect = if operation == GetDashboardAccess { access } else { nothing };
            let shown = String::from_utf8_lossy(&answer);
            assert_eq!(line(&result, operation), expect, "{operation:?} answered by {shown}");
            match result {
                Ok(response) => assert_eq!(response.headers()["x-trace"], "t-1"),
                Err(error) => inspect(error, operation, &answer),
            }
        }
    }
}

#[tokio::test]
async fn documented_answers() {
    let body = r#"{"code":"c","detail":"detail-of-the-body"}"#;
    check(vec![
        success(ACCESS, "200"),
        Case {
            answer: b"HTTP/1.1 204 No Content\r\nx-trace: t-1\r\n\r\n".to_vec(),
            nothing: "204",
            access: "Decode 204 0 | the answer is not what the API describes, status 204 No Content, whose body cannot \
                     be read: expected JSON, found nothing",
        },
        same(
            answer("401 Unauthorized", JSON, body),
            "Status 401 42 Unauthorized(c, detail-of-the-body) | the API answered with 401 Unauthorized",
        ),
        same(
            answer("403 Forbidden", JSON, body),
            "Status 403 42 Forbidden(c, detail-of-the-body) | the API answered with 403 Forbidden",
        ),
        same(
            answer("404 Not Found", JSON, body),
            "Status 404 42 NotFound(c, detail-of-the-body) | the API answered with 404 Not Found",
        ),
        same(
            answer("409 Conflict", JSON, body),
            "Status 409 42 Conflict(c, detail-of-the-body) | the API answered with 409 Conflict",
        ),
        same(
            answer("429 Slow Down", JSON, body),
            "Status 429 42 TooManyRequests(c, detail-of-the-body) | the API answered with 429 Too Many Requests",
        ),
        same(
            answer("422 X", JSON, r#"{"detail":[{"loc":["body","expiry"],"msg":"m","type":"t","ctx":{}}],"more":1}"#),
            "Status 422 77 UnprocessableContent(body.expiry t) | the API answered with 422 Unprocessable Entity",
        ),
        same(
            answer("422 X", JSON, "{}"),
            "Status 422 2 UnprocessableContent() | the API answered with 422 Unprocessable Entity",
        ),
    ])
    .await;
}

#[tokio::test]
async fn answers_that_nobody_documented() {
    check(vec![
        same(
            answer("404 Not Found", "x-trace: t-1\r\n", ""),
            "Status 404 0 | the API answered with 404 Not Found, whose body cannot be read: expected JSON, found nothing",
        ),
        same(
            answer("405 Method Not Allowed", "x-trace: t-1\r\n", ""),
            "Status 405 0 | the API answered with 405 Method Not Allowed",
        ),
        same(
            answer("413 Payload Too Large", HTML, "too large"),
            "Status 413 9 | the API answered with 413 Payload Too Large",
        ),
        same(
            answer("500 Internal Server Error", JSON, "{}"),
            "Status 500 2 | the API answered with 500 Internal Server Error",
        ),
        same(answer("501 X", JSON, "null"), "Status 501 4 | the API answered with 501 Not Implemented"),
        same(answer("502 Bad Gateway", HTML, BAD_GATEWAY), "Status 502 58 | the API answered with 502 Bad Gateway"),
        same(
            answer("403 Forbidden", HTML, BAD_GATEWAY),
            "Status 403 58 | the API answered with 403 Forbidden, whose body cannot be read: this is not JSON, at line \
             1 column 1",
        ),
        same(answer("599 X", JSON, "{}"), "Status 599 2 | the API answered with 599 <unknown status code>"),
        same(answer("304 Not Modified", JSON, ""), "Status 304 0 | the API answered with 304 Not Modified"),
        same(answer("300 X", JSON, ACCESS), "Status 300 31 | the API answered with 300 Multiple Choices"),
        Case { answer: answer("299 Fine", JSON, ACCESS), nothing: "299", access: "299" },
        same(
            b"HTTP/1.0 503 Busy\r\nx-trace: t-1\r\n\r\nno length, so the end of the connection is the end".to_vec(),
            "Status 503 50 | the API answered with 503 Service Unavailable",
        ),
    ])
    .await;
}

#[tokio::test]
async fn failures_that_are_not_as_documented_still_have_their_status() {
    const UNAUTHORIZED: &str = "401 Unauthorized";
    check(vec![
        same(
            answer(UNAUTHORIZED, JSON, r#"{"code":"detail-of-the-body"#),
            "Status 401 27 | the API answered with 401 Unauthorized, whose body cannot be read: the JSON ends early, at \
             line 1 column 27",
        ),
        same(
            answer(UNAUTHORIZED, JSON, r#"{"code":"detail-of-the-body"}"#),
            "Status 401 29 | the API answered with 401 Unauthorized, whose body cannot be read: at /detail: this member \
             is missing",
        ),
        same(
            answer(UNAUTHORIZED, JSON, r#"{"code":{},"detail":"detail-of-the-body"}"#),
            "Status 401 41 | the API answered with 401 Unauthorized, whose body cannot be read: at /code: expected a \
             string, found an object",
        ),
        same(
            answer("422 X", JSON, r#"{"detail":[{"loc":["body",0],"msg":"m","type":"t"}]}"#),
            "Status 422 52 | the API answered with 422 Unprocessable Entity, whose body cannot be read: at \
             /detail/0/loc/1: expected a string, found a number",
        ),
        same(
            answer("422 X", JSON, r#""detail-of-the-body""#),
            "Status 422 20 | the API answered with 422 Unprocessable Entity, whose body cannot be read: expected an \
             object, found a string",
        ),
    ])
    .await;
}

#[tokio::test]
async fn successes_that_are_not_as_documented() {
    let deep = "[".repeat(100_000);
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0";
    let gzip = Case {
        answer: answer("200 OK", "content-encoding: gzip\r\nx-trace: t-1\r\n", gzip),
        nothing: "200",
        access: "Decode 200 20 | the answer is not what the API describes, status 200 OK, whose body cannot be read: \
                 this is not JSON, at line 1 column 1",
    };
    check(vec![
        gzip,
        success("", unreadable!(0, "expected JSON, found nothing")),
        success(" \r\n", unreadable!(3, "expected JSON, found nothing")),
        success("\u{feff}", unreadable!(3, "expected JSON, found nothing")),
        success(BAD_GATEWAY, unreadable!(58, "this is not JSON, at line 1 column 1")),
        success(r#"{"url":"https://p","tok"#, unreadable!(23, "the JSON ends early, at line 1 column 23")),
        success(r#"{"url":"https://p"}"#, unreadable!(19, "at /token: this member is missing")),
        success(r#"{"url":1,"token":"t"}"#, unreadable!(21, "at /url: expected a string, found a number")),
        success(r#"{"url":"u","token":null}"#, unreadable!(24, "at /token: expected a string, found null")),
        success("[]", unreadable!(2, "expected an object, found an array")),
        success("null", unreadable!(4, "expected an object, found null")),
        success(format!("{ACCESS}x"), unreadable!(32, "this is not JSON, at line 1 column 32")),
        success(b"{\"url\":\"\xff\",\"token\":\"t\"}", unreadable!(23, "this is not JSON, at line 1 column 9")),
        success(r#"{"url":"\ud800","token":"t"}"#, unreadable!(28, "this is not JSON, at line 1 column 15")),
        success(deep, unreadable!(100_000, "this is not JSON, at line 1 column 128")),
    ])
    .await;
}

/// Spellings of one and the same answer.
#[tokio::test]
async fn successes_are_read_however_they_are_framed() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-trace: t-1\r\n\r\n";
    let framed = [
        answer("200 OK", JSON, format!("\u{feff}{ACCESS}")),
        answer("200 OK", JSON, format!(" \r\n\t{ACCESS}\n")),
        answer("200", JSON, ACCESS),
        answer("200 OK", "Content-Type: text/plain; charset=latin1\r\nX-TRACE:t-1\r\n", ACCESS),
        answer("200 OK", JSON, r#"{"x":[{"token":0}],"token":0,"token":"t","\u0075rl":"https:\/\/p"}"#),
        format!("HTTP/1.0 200 OK\r\nx-trace: t-1\r\n\r\n{ACCESS}").into_bytes(),
        format!("{chunked}1f\r\n{ACCESS}\r\n0\r\n\r\n").into_bytes(),
        format!("{chunked}8;ext=1\r\n{}\r\n0017\r\n{}\r\n0\r\nx-late: 1\r\n\r\n", &ACCESS[..8], &ACCESS[8..])
            .into_bytes(),
        [b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), answer("200 OK", JSON, ACCESS)].concat(),
        [
            b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\nx-trace: no\r\n\r\n".to_vec(),
            answer("200 OK", JSON, ACCESS),
        ]
        .concat(),
    ];
    for bytes in framed {
        let server = Server::always(Reply::close(bytes.clone())).await;
        let client = client(&server.url);
        let access = client.authentication().get_dashboard_access("app_1").send().await;
        let access = access.unwrap_or_else(|error| panic!("{error} of {}", String::from_utf8_lossy(&bytes)));
        assert_eq!(access.headers()["x-trace"], "t-1");
        let access = access.into_body();
        assert_eq!((access.url.as_str(), access.token.as_str()), ("https://p", "t"));
        assert_eq!(client.authentication().logout().send().await.unwrap().status(), 200);
    }
}

/// Bytes that belong to no answer must not become the next one.
#[tokio::test]
async fn a_body_that_may_not_be_there_is_not_the_next_answer() {
    let forged = answer("200 OK", "x-trace: forged\r\n", ACCESS);
    let mut bytes = b"HTTP/1.1 204 No Content\r\ncontent-length: 9\r\nx-trace: t-1\r\n\r\n".to_vec();
    bytes.extend_from_slice(&forged);
    let server = Server::always(Reply::keep(bytes)).await;
    let client = client(&server.url);
    for _ in 0..3 {
        let response = client.authentication().logout().send().await.unwrap();
        assert_eq!((response.status().as_u16(), &response.headers()["x-trace"]), (204, &"t-1".parse().unwrap()));
    }
}

#[tokio::test]
async fn the_service_answers_by_type() {
    let server = service::start().await;
    let wrong = calls::builder(&server.url).bearer_token("wrong").build().unwrap();
    let other = calls::builder(&server.url).bearer_token("other-level").build().unwrap();
    let unknown = Given { app: "app_2", key: None };
    for operation in ALL {
        let result = call(&wrong, operation, GIVEN).await;
        assert_eq!(
            line(&result, operation),
            "Status 401 57 Unauthorized(authentication_failed, Invalid token) | the API answered with 401 Unauthorized"
        );
        let error = call(&other, operation, GIVEN).await.unwrap_err();
        assert!(matches!(error.failure(), Some(Failure::Forbidden(body)) if body.code == "insufficient access"));
        let result = call(&client(&server.url), operation, unknown).await;
        match result {
            Ok(response) => assert_eq!((operation, response.status().as_u16()), (Logout, 204)),
            Err(error) => assert!(matches!(error.failure(), Some(Failure::NotFound(body)) if body.code == "not_found")),
        }
    }
    let elsewhere = calls::client(&format!("{}/v2", server.url));
    let error = call(&elsewhere, Logout, GIVEN).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().len(), error.failure()), (404, 0, None));
}

#[tokio::test]
async fn the_wait_that_an_api_asks_for_is_told() {
    for (headers, expect) in [
        ("", None),
        ("retry-after: 30\r\n", Some(30)),
        ("Retry-After:  0 \r\n", Some(0)),
        ("retry-after: -1\r\n", None),
        ("retry-after: 1.5\r\n", None),
        ("retry-after: 99999999999999999999\r\n", None),
        ("retry-after: soon\r\n", None),
        ("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:50:00 GMT\r\n", Some(23)),
        ("date: Sat, 31 Dec 1994 23:59:59 GMT\r\nretry-after: Sun, 01 Jan 1995 00:00:01 GMT\r\n", Some(2)),
        ("date: Wed, 28 Feb 2024 00:00:00 GMT\r\nretry-after: Fri, 01 Mar 2024 00:00:00 GMT\r\n", Some(172_800)),
        ("date: Tue, 28 Feb 2023 00:00:00 GMT\r\nretry-after: Wed, 01 Mar 2023 00:00:00 GMT\r\n", Some(86_400)),
        (
            "date: Thu, 01 Jan 1970 00:00:00 GMT\r\nretry-after: Fri, 31 Dec 9999 23:59:60 GMT\r\n",
            Some(253_402_300_800),
        ),
        ("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:00:00 GMT\r\n", Some(0)),
        ("retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", None),
        ("date: now\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", None),
        ("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1969 08:49:37 GMT\r\n", None),
        ("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 32 Nov 1994 08:49 GMT\r\n", None),
        ("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n", None),
    ] {
        let server = Server::always(Reply::close(answer("429 Slow Down", headers, ""))).await;
        let error = client(&server.url).authentication().logout().await.unwrap_err();
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), expect, "{headers}");
    }
}
