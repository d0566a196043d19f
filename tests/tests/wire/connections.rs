//! Connections: how they are shared, and what becomes of a call when one breaks.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated::ErrorKind;

use crate::calls::{self, ALL, GIVEN, GetDashboardAccess, TOKEN, call, client, texts};
use crate::server::{Reply, Server, answer};

/// A connection that ends, or speaks another protocol, in each place where it can.
#[tokio::test]
async fn a_connection_that_breaks_is_an_error_that_keeps_what_came() {
    let sized = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n";
    let chunked = "HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n";
    for (bytes, status, body) in [
        (String::new(), None, ""),
        ("HTT".into(), None, ""),
        ("HTTP/1.1 200 OK\r\ncontent-le".into(), None, ""),
        ("HTTP/1.1 200 OK\r\nx y: z\r\n\r\n".into(), None, ""),
        ("HTTP/1.1 2000 OK\r\n\r\n".into(), None, ""),
        ("HTTP/1.1 100 Continue\r\n\r\n".into(), None, ""),
        ("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}".into(), None, ""),
        ("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}".into(), None, ""),
        (format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(1_000)), None, ""),
        (format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(1 << 20)), None, ""),
        ("SSH-2.0-OpenSSH_9.6\r\n".into(), None, ""),
        ("<html></html>".into(), None, ""),
        (sized.into(), Some(200), ""),
        (format!("{sized}{{\"url\":"), Some(200), "{\"url\":"),
        (chunked.into(), Some(502), ""),
        (format!("{chunked}7\r\n<html>\n\r\n9\r\nhalf"), Some(502), "<html>\nhalf"),
        (format!("{chunked}7\r\n<html>\n\r\n"), Some(502), "<html>\n"),
        (format!("{chunked}7\r\n<html>\n\r\nzz\r\n"), Some(502), "<html>\n"),
    ] {
        let server = Server::always(Reply::close(bytes.clone())).await;
        let client = client(&server.url);
        for operation in ALL {
            let error = call(&client, operation, GIVEN).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{error:?} of {bytes}");
            assert!(!error.is_timeout() && !error.is_connect());
            assert_eq!(error.status().map(|status| status.as_u16()), status, "{bytes}");
            assert_eq!((&error.body()[..], error.operation()), (body.as_bytes(), Some(operation.id())), "{bytes}");
            assert_eq!((error.headers().is_some(), error.failure()), (status.is_some(), None));
            assert!(error.to_string().contains("failed: the connection failed"), "{error}");
            assert!(error.source().is_some());
            let texts = texts(&error);
            assert!(!texts.contains(TOKEN) && !texts.contains("127.0.0.1"), "{texts}");
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/?key={TOKEN}", listener.local_addr().unwrap());
    drop(listener);
    for operation in ALL {
        let error = call(&client(&url), operation, GIVEN).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(error.is_connect() && !error.is_timeout());
        assert!(error.to_string().ends_with("failed: no connection could be made"), "{error}");
        assert!(error.source().is_some() && error.status().is_none() && error.body().is_empty());
        assert!(!texts(&error).contains(TOKEN), "{error:?}");
    }
}

/// A name that does not resolve is no connection either. `.invalid` is reserved for this.
#[tokio::test]
async fn an_unknown_host_is_a_connect_error() {
    let client = calls::client("https://no-such-host.invalid");
    let error = call(&client, GetDashboardAccess, GIVEN).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = crate::service::start().await;
    let client = client(&server.url);
    for _ in 0..5 {
        for operation in ALL {
            call(&client.clone(), operation, GIVEN).await.unwrap();
        }
    }
    assert_eq!((server.requests().len(), server.connections()), (15, 1));
}

/// An error that was read whole leaves its connection usable.
#[tokio::test]
async fn failures_share_a_connection_too() {
    let server = Server::always(Reply::keep(answer("500 Oops", "", "{}"))).await;
    let client = client(&server.url);
    for operation in ALL {
        call(&client, operation, GIVEN).await.unwrap_err();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = Server::always(Reply::close(answer("204 No Content", "", ""))).await;
    let client = client(&server.url);
    for count in 1..=5 {
        client.authentication().logout().await.unwrap();
        server.wait_for_closed(count).await;
        // The end has left the server; the client must see it before it takes the connection again.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.connections(), 5);
}

/// A call that is given up takes its connection with it: the answer to it must not be read as the answer to another.
#[tokio::test]
async fn a_call_that_is_dropped_harms_no_other() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::hang("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"),
        1 => Reply::hang(""),
        _ => Reply::keep(answer("204 No Content", "", "")),
    })
    .await;
    let client = client(&server.url);
    for closed in 1..=2 {
        let request = client.authentication().get_dashboard_access("app_1").into_future();
        tokio::time::timeout(Duration::from_millis(150), request).await.unwrap_err();
        server.wait_for_closed(closed).await;
    }
    client.authentication().logout().await.unwrap();
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_request_that_is_never_awaited_is_never_sent() {
    let server = crate::service::start().await;
    let client = client(&server.url);
    drop(client.authentication().logout().send());
    drop(client.authentication().logout().into_future());
    client.authentication().get_dashboard_access("app_1").await.unwrap();
    assert_eq!(server.request().target(), "/api/v1/auth/dashboard-access/app_1/");
}
