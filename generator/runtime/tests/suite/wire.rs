//! What goes over the wire, and what becomes of each answer.

use std::convert::Infallible;
use std::error::Error as _;
use std::time::Duration;

use crate::api::{ApplicationTokenExpireIn, AuthenticationFailure};
use crate::runtime::{Client, ErrorKind, Maybe, Operation};
use crate::server::{self, Answer, TOKEN, builder};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// Sends `body` and checks every byte of the request.
async fn check_request(prefix: &str, key: Option<&str>, body: ApplicationTokenExpireIn, expect: &str) {
    let (url, task) = server::start(Answer::Bytes(NO_CONTENT.to_owned())).await;
    let url = url + prefix;
    let client = builder(&url).build().unwrap();
    let mut request = client.authentication().expire_all("app_1+", body);
    if let Some(key) = key {
        request = request.idempotency_key(key);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(server::sorted(&task.await.unwrap(), &url), expect);
}

#[tokio::test]
async fn requests_are_exact() {
    check_request(
        "",
        Some("4f1c"),
        ApplicationTokenExpireIn::new().expiry(60),
        "POST /api/v1/auth/app/app_1%2B/expire-all/ HTTP/1.1\naccept: application/json\n\
         authorization: Bearer canary-5f1d\ncontent-length: 13\ncontent-type: application/json\nhost: HOST\n\
         idempotency-key: 4f1c\nuser-agent: auth-client/0.1.0\n\n{\"expiry\":60}",
    )
    .await;
    check_request(
        "/prefix/?tenant=7",
        None,
        ApplicationTokenExpireIn::new().expiry(Maybe::Null),
        "POST /prefix/api/v1/auth/app/app_1%2B/expire-all/?tenant=7 HTTP/1.1\naccept: application/json\n\
         authorization: Bearer canary-5f1d\ncontent-length: 15\ncontent-type: application/json\nhost: HOST\n\
         user-agent: auth-client/0.1.0\n\n{\"expiry\":null}",
    )
    .await;
    check_request(
        "/",
        None,
        ApplicationTokenExpireIn::new(),
        "POST /api/v1/auth/app/app_1%2B/expire-all/ HTTP/1.1\naccept: application/json\n\
         authorization: Bearer canary-5f1d\ncontent-length: 2\ncontent-type: application/json\nhost: HOST\n\
         user-agent: auth-client/0.1.0\n\n{}",
    )
    .await;
}

#[tokio::test]
async fn a_request_without_a_body_has_no_content_type() {
    let (url, task) = server::start(Answer::Bytes(NO_CONTENT.to_owned())).await;
    let client = builder(&url).build().unwrap();
    client.authentication().get_dashboard_access("app").await.unwrap_err();
    assert_eq!(
        server::sorted(&task.await.unwrap(), &url),
        "POST /api/v1/auth/dashboard-access/app/ HTTP/1.1\naccept: application/json\n\
         authorization: Bearer canary-5f1d\ncontent-length: 0\nhost: HOST\nuser-agent: auth-client/0.1.0\n\n"
    );
}

#[tokio::test]
async fn a_success_has_its_body_status_and_headers() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: LEN\r\nx-id: 9\r\n\r\n{\"url\":\"u\",\"token\":\"t\",\"x\":1}";
    let (url, _) = server::start(Answer::Bytes(answer.to_owned())).await;
    let response = builder(&url).build().unwrap().authentication().get_dashboard_access("app").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-id"], "9");
    assert_eq!(format!("{response:?}").matches("\"9\"").count(), 0, "header values stay out of `Debug`");
    assert_eq!(response.into_body().url, "u");
}

/// Feeds an answer and checks the error, as `kind; status; body length; display`.
async fn check_error(answer: &str, expect: &str) {
    let (url, _) = server::start(Answer::Bytes(answer.to_owned())).await;
    let client = builder(&url).max_response_bytes(64).build().unwrap();
    let error = client.authentication().get_dashboard_access("app").await.unwrap_err();
    assert!(error.headers().unwrap().contains_key("x-id"), "{error:?}");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(body.as_bytes().starts_with(error.body()) || answer.contains("chunked"), "{error:?}");
    let seen = format!("{:?}; {}; {}; {error}", error.kind(), error.status().unwrap().as_u16(), error.body().len());
    let start = "`get_dashboard_access` (POST /api/v1/auth/dashboard-access/{app_id}/) failed: ";
    assert_eq!(seen.replace(start, "…"), expect);
    assert!(!format!("{error:?}{error:#?}").contains(TOKEN));
}

#[tokio::test]
async fn every_answer_is_survived() {
    for (answer, expect) in [
        (
            "404 Not Found\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n",
            "Status; 404; 0; …the API answered with 404 Not Found",
        ),
        (
            "405 Method Not Allowed\r\nx-id: 1\r\nconnection: close\r\n\r\n",
            "Status; 405; 0; …the API answered with 405 Method Not Allowed",
        ),
        (
            "500 Oops\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n{}",
            "Status; 500; 2; …the API answered with 500 Internal Server Error",
        ),
        (
            "501 X\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n{}",
            "Status; 501; 2; …the API answered with 501 Not Implemented",
        ),
        (
            "302 Found\r\nx-id: 1\r\nlocation: /elsewhere\r\ncontent-length: LEN\r\n\r\n",
            "Status; 302; 0; …the API answered with 302 Found",
        ),
        (
            "401 X\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n{\"code\":",
            "Status; 401; 8; …the API answered with 401 Unauthorized, whose body cannot be read: the JSON ends early, \
             at line 1 column 8",
        ),
        (
            "422 X\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n{\"detail\":[{\"loc\":[\"body\",7],\"a\":1}]}",
            "Status; 422; 37; …the API answered with 422 Unprocessable Entity, whose body cannot be read: at \
             /detail/0/loc/1: expected a string, found a number",
        ),
        (
            "200 OK\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n",
            "Decode; 200; 0; …the answer is not what the API describes, status 200 OK, whose body cannot be read: \
             expected JSON, found nothing",
        ),
        (
            "204 OK\r\nx-id: 1\r\n\r\n",
            "Decode; 204; 0; …the answer is not what the API describes, status 204 No Content, whose body cannot be \
             read: expected JSON, found nothing",
        ),
        (
            "200 OK\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n<html></html>",
            "Decode; 200; 13; …the answer is not what the API describes, status 200 OK, whose body cannot be read: \
             this is not JSON, at line 1 column 1",
        ),
        (
            "200 OK\r\nx-id: 1\r\ncontent-length: LEN\r\n\r\n{\"url\":\"u\"}",
            "Decode; 200; 11; …the answer is not what the API describes, status 200 OK, whose body cannot be read: at \
             /token: this member is missing",
        ),
        (
            "200 OK\r\nx-id: 1\r\ncontent-length: 40\r\n\r\n{\"url\":",
            "Transport; 200; 7; …the connection failed, status 200 OK",
        ),
        (
            "500 X\r\nx-id: 1\r\ncontent-length: 40\r\n\r\n{\"url\":",
            "Transport; 500; 7; …the connection failed, status 500 Internal Server Error",
        ),
        (
            "200 OK\r\nx-id: 1\r\ncontent-length: 65\r\n\r\n{",
            "TooLarge; 200; 0; …the body of the answer is larger than 64 bytes, status 200 OK",
        ),
        (
            "500 X\r\nx-id: 1\r\ncontent-length: 65\r\n\r\n<html>-----------------------------------------------------------",
            "TooLarge; 500; 64; …the body of the answer is larger than 64 bytes, status 500 Internal Server Error",
        ),
        (
            "500 X\r\nx-id: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n50\r\n          ",
            "TooLarge; 500; 64; …the body of the answer is larger than 64 bytes, status 500 Internal Server Error",
        ),
    ] {
        let padding = if answer.contains("chunked") { " ".repeat(70) + "\r\n0\r\n\r\n" } else { String::new() };
        check_error(&format!("HTTP/1.1 {answer}{padding}"), expect).await;
    }
}

/// A `HEAD` and a `304` say how long a body would be that they do not have.
#[tokio::test]
async fn a_length_without_a_body_is_no_fault() {
    static HEAD: Operation =
        Operation { id: "head", method: "HEAD", path: "/", accept: None, security: &[], servers: &[], form: &[] };
    static GET: Operation =
        Operation { id: "get", method: "GET", path: "/", accept: None, security: &[], servers: &[], form: &[] };
    for (operation, status, expect) in [(&HEAD, 200, Ok(200)), (&GET, 304, Err(ErrorKind::Status))] {
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 900\r\n\r\n");
        let (url, _) = server::start(Answer::Bytes(answer)).await;
        let client = builder(&url).max_response_bytes(64).build().unwrap();
        let result = client.request(operation).call_with_response::<(), Infallible>().await;
        assert_eq!(result.map(|response| response.status().as_u16()).map_err(|error| error.kind()), expect);
    }
}

#[tokio::test]
async fn a_documented_failure_is_typed_and_loses_nothing() {
    let answer = "HTTP/1.1 401 X\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:44 GMT\r\ncontent-length: LEN\r\n\r\n{\"code\":\"failed\",\"detail\":\"secret\"}";
    let (url, _) = server::start(Answer::Bytes(answer.to_owned())).await;
    let error = builder(&url).build().unwrap().authentication().get_dashboard_access("app").await.unwrap_err();
    match error.failure() {
        Some(AuthenticationFailure::Unauthorized(body)) => assert_eq!(body.code, "failed"),
        other => panic!("{other:?}"),
    }
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.body().len(), 35);
    assert_eq!(error.operation(), Some("get_dashboard_access"));
    assert!(!format!("{error} {error:?} {error:#?}").contains("secret"), "a failure is a body");
    let error = crate::runtime::Error::from(error);
    assert!(error.failure::<AuthenticationFailure>().is_some());
    assert!(!format!("{error} {error:?}").contains("secret"), "a body stays out of texts");
}

#[tokio::test]
async fn time_limits_hold() {
    for (answer, has_status) in [("", false), ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", true)] {
        let limit = Duration::from_millis(60);
        for by_call in [false, true] {
            let (url, _) = server::start(Answer::Silence(answer)).await;
            let builder = builder(&url).read_timeout(None);
            let client = if by_call { builder } else { builder.timeout(limit) }.build().unwrap();
            let request = client.authentication().get_dashboard_access("app");
            let error = if by_call { request.timeout(limit) } else { request }.await.unwrap_err();
            assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
            assert_eq!(error.status().is_some(), has_status);
            assert!(error.source().is_some());
        }
        let (url, _) = server::start(Answer::Silence(answer)).await;
        let client = builder(&url).read_timeout(limit).build().unwrap();
        let error = client.authentication().get_dashboard_access("app").await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
    }
}

/// A server that takes the connection and never shakes hands has not seen the request: a retry is safe.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_connection_that_takes_too_long_is_both() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let client = builder(&url).connect_timeout(Duration::from_millis(60)).build().unwrap();
    let error = client.authentication().get_dashboard_access("app").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectTimeout);
    assert!(error.is_timeout() && error.is_connect(), "{error:?}");
    assert!(error.to_string().ends_with("failed: no connection could be made in time"), "{error}");
}

/// `http` takes hosts that `url`, on which reqwest stands, does not.
#[tokio::test]
async fn a_url_that_the_transport_cannot_send_to_is_a_fault_of_the_request() {
    let client = builder("https://1.2.3.4.5").build().unwrap();
    let error = client.authentication().get_dashboard_access("app").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().ends_with("failed: the transport cannot send the request"), "{error}");
}

/// The longest limit that can be written is one, and no panic.
#[tokio::test]
async fn a_limit_may_be_longer_than_any_clock_runs() {
    let (url, _) = server::start(Answer::Bytes(NO_CONTENT.to_owned())).await;
    let (limit, body) = (Duration::MAX, ApplicationTokenExpireIn::new());
    let client = builder(&url).connect_timeout(limit).read_timeout(limit).timeout(limit).build().unwrap();
    client.authentication().expire_all("app", body).await.unwrap();
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/?secret={TOKEN}", listener.local_addr().unwrap());
    drop(listener);
    let error = builder(&url).build().unwrap().authentication().get_dashboard_access("app").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!((error.status(), error.body().len()), (None, 0));
    let mut texts = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        texts += &format!("{error} {error:?}");
        cause = error.source();
    }
    assert!(!texts.contains(TOKEN), "{texts}");
}

/// A client, and everything that comes of it, never shows the token.
#[tokio::test]
async fn the_token_is_never_shown() {
    let builder = builder("https://api.example.com/?key=canary-5f1d");
    let shown = format!("{builder:?} {builder:#?}");
    let client: Client = builder.default_header("x-key", TOKEN).build().unwrap();
    let request = client.authentication().expire_all("app", ApplicationTokenExpireIn::new()).idempotency_key(TOKEN);
    let shown = format!("{shown} {client:?} {:?} {request:?}", client.authentication());
    let shown = format!("{shown} {:?} {:?}", request.send(), crate::runtime::Credential::bearer(TOKEN));
    let shown = format!("{shown} {:?}", crate::runtime::Secret::new(TOKEN));
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(shown.contains("[redacted]"));
}
