//! What the generated client sends and what it makes of answers, against a server of this process: raw bytes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use generated::Client;
use generated::authentication::AuthenticationFailure;
use generated::models::ApplicationTokenExpireIn;

/// Answers one request with `answer`; gives the base URL and the bytes of the request.
fn serve(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/base/", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let length = stream.read(&mut buffer).unwrap();
            request.extend_from_slice(&buffer[..length]);
            let text = String::from_utf8_lossy(&request);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if length == 0 || body.len() >= announced.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, thread)
}

fn client(url: &str) -> Client {
    Client::builder().base_url(url).unwrap().bearer_token("canary-token").build().unwrap()
}

#[tokio::test]
async fn the_bytes_of_a_request_are_what_the_description_says() {
    let (url, server) = serve("HTTP/1.1 204 No Content\r\n\r\n");
    let body = ApplicationTokenExpireIn::new().expiry(60);
    client(&url).authentication().expire_all("app_1", body).idempotency_key("k-1").await.unwrap();
    let request = server.join().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(head.lines().next(), Some("POST /base/api/v1/auth/app/app_1/expire-all/ HTTP/1.1"));
    for line in [
        "idempotency-key: k-1",
        "authorization: Bearer canary-token",
        "content-type: application/json",
        "accept: application/json",
        "content-length: 13",
    ] {
        assert!(head.lines().any(|found| found == line), "{line} is not in {head}");
    }
    assert_eq!(body, r#"{"expiry":60}"#);
}

#[tokio::test]
async fn errors_lose_nothing_and_are_typed_by_status() {
    let (url, server) = serve(
        "HTTP/1.1 404 Not Found\r\ncontent-length: 41\r\nx-a: b\r\n\r\n{\"code\":\"not_found\",\"detail\":\"Not found\"}\n",
    );
    let error = client(&url).authentication().get_dashboard_access("app_1").await.unwrap_err();
    server.join().unwrap();
    let Some(AuthenticationFailure::NotFound(body)) = error.failure() else { panic!("{error:?}") };
    assert_eq!(body.code, "not_found");
    let error = generated::Error::from(error);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.headers().unwrap()["x-a"], "b");
    assert_eq!(error.body().len(), 41);
    assert!(!format!("{error} {error:?} {error:#?}").contains("canary-token"));
}

#[tokio::test]
async fn dots_never_change_the_target() {
    let client = client("http://127.0.0.1:9");
    for hostile in [".", "..", ""] {
        let error = client.authentication().get_dashboard_access(hostile).await.unwrap_err();
        assert_eq!(error.kind(), generated::ErrorKind::Request, "{hostile:?}: {error}");
    }
}
