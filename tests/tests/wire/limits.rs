//! Time limits and the bound on the body of an answer.

use std::error::Error as _;
use std::time::{Duration, Instant};

use generated::ErrorKind;

use crate::calls::{self, ALL, GIVEN, TOKEN, call, texts};
use crate::server::{Reply, Server, answer};

/// Short enough for a test, and long enough for a busy machine to connect to itself.
const LIMIT: Duration = Duration::from_millis(150);

/// More than any limit of a test.
const NEVER: Duration = Duration::from_secs(20);

/// A head that promises more than comes.
const BEGUN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\nx-trace: t-1\r\n\r\n{\"url\":";

fn check_timeout(error: &generated::Error, begun: Instant) {
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("failed: a time limit ran out"), "{error}");
    assert!(error.source().is_some());
    assert!(!texts(error).contains(TOKEN), "{error:?}");
    assert!((LIMIT..NEVER).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    for (bytes, status, body) in [(&b""[..], None, 0), (b"HTTP/1.1 200 OK\r\nx-", None, 0), (BEGUN, Some(200), 7)] {
        let server = Server::always(Reply::hang(bytes)).await;
        let builder = || calls::builder(&server.url).read_timeout(None).timeout(None);
        for client in [builder().timeout(LIMIT), builder().read_timeout(LIMIT)] {
            let client = client.build().unwrap();
            for operation in ALL {
                let begun = Instant::now();
                let error = generated::Error::from(call(&client, operation, GIVEN).await.unwrap_err());
                check_timeout(&error, begun);
                assert_eq!((error.status().map(|status| status.as_u16()), error.body().len()), (status, body));
                assert_eq!(error.headers().is_some_and(|headers| headers.contains_key("x-trace")), status.is_some());
            }
        }
        let client = builder().build().unwrap();
        let begun = Instant::now();
        let error = client.authentication().get_dashboard_access("app_1").timeout(LIMIT).await.unwrap_err();
        check_timeout(&error, begun);
        // What was given up is closed, not left to pile up.
        server.wait_for_closed(server.connections()).await;
    }
}

/// The limit of a call stands in place of the client's, be it shorter or longer.
#[tokio::test]
async fn a_call_may_have_more_time_than_its_client() {
    let server = Server::start(|_| {
        std::thread::sleep(LIMIT * 2);
        Reply::keep(answer("204 No Content", "", ""))
    })
    .await;
    let client = calls::builder(&server.url).timeout(LIMIT).build().unwrap();
    client.authentication().logout().timeout(NEVER).await.unwrap();
    assert!(client.authentication().logout().await.unwrap_err().is_timeout());
}

/// Extreme limits are limits too, and none of them panics.
#[tokio::test]
async fn extreme_limits_are_limits() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    let client = calls::builder(&server.url);
    let client = client.connect_timeout(Duration::MAX).read_timeout(Duration::MAX).timeout(Duration::MAX);
    client.build().unwrap().authentication().logout().await.unwrap();
    calls::client(&server.url).authentication().logout().timeout(Duration::MAX).await.unwrap();
    let silent = Server::always(Reply::hang("")).await;
    let request = calls::client(&silent.url).authentication().logout().timeout(Duration::ZERO);
    assert!(request.await.unwrap_err().is_timeout());
}

/// Without a handshake the API has not seen the request, so a retry is safe: the error says both.
#[tokio::test]
async fn a_connection_that_takes_too_long_is_a_timeout_and_a_connect_error() {
    let server = Server::always(Reply::hang("")).await;
    let builder = calls::builder(&server.url.replace("http:", "https:"));
    let client = builder.connect_timeout(LIMIT).read_timeout(None).timeout(None).build().unwrap();
    for operation in ALL {
        let error = call(&client, operation, GIVEN).await.unwrap_err();
        assert!(error.is_timeout() && error.is_connect() && error.kind() == ErrorKind::ConnectTimeout, "{error:?}");
        assert!(error.to_string().ends_with("failed: no connection could be made in time"), "{error}");
        assert!(error.source().is_some() && error.status().is_none());
    }
}

#[tokio::test]
async fn a_body_has_a_bound_however_it_is_framed() {
    let chunked = |body: &str| {
        let chunks = body.as_bytes().chunks(10).map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), text(chunk)));
        format!("transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n", chunks.collect::<String>())
    };
    let sized = |body: &str| format!("content-length: {}\r\n\r\n{body}", body.len());
    let endless = |body: &str| format!("\r\n{body}");
    let fits = r#"{"url":"https://p","token":"t"}"#;
    let limit = fits.len() as u64;
    for (status, is_success) in [("200 OK", true), ("404 Not Found", false)] {
        for (frame, kept) in [(chunked(fits), None), (sized(fits), None), (endless(fits), None)].into_iter().chain([
            (chunked(&format!("{fits} ")), Some(fits.len())),
            (endless(&format!("{fits}{}", " ".repeat(9_999))), Some(fits.len())),
            (sized(&format!("{fits} ")), Some(if is_success { 0 } else { fits.len() })),
        ]) {
            let server = Server::always(Reply::close(format!("HTTP/1.1 {status}\r\n{frame}"))).await;
            let client = calls::builder(&server.url).max_response_bytes(limit).build().unwrap();
            for operation in ALL {
                let result = call(&client, operation, GIVEN).await;
                let error = match (result, kept, is_success) {
                    (Ok(response), None, true) => {
                        assert_eq!(response.status(), 200);
                        continue;
                    }
                    (Err(error), Some(_), _) | (Err(error), None, false) => error,
                    (result, ..) => panic!("{result:?} of {frame}"),
                };
                let kind = if kept.is_some() { ErrorKind::TooLarge } else { ErrorKind::Status };
                assert_eq!((error.kind(), error.status().unwrap().is_success()), (kind, is_success));
                assert_eq!(&error.body()[..], &fits.as_bytes()[..kept.unwrap_or(fits.len())], "{frame}");
                if kept.is_some() {
                    assert!(error.to_string().contains("failed: the body of the answer is larger than 31 bytes"));
                }
            }
        }
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The length that a server announces is a promise of the server, not a reason to set memory aside.
#[tokio::test]
async fn an_announced_length_takes_no_memory() {
    for length in ["67108864", "67108865", "18446744073709551615"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{{");
        let server = Server::always(Reply::close(head)).await;
        let error = calls::client(&server.url).authentication().get_dashboard_access("app_1").await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::TooLarge), "{error:?}");
        assert_eq!(error.status().is_some(), length != "18446744073709551615", "{error:?}");
    }
}
