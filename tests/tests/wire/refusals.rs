//! What cannot be sent is refused with a typed error, before a connection is made.

use std::error::Error as _;

use generated::{Client, ErrorKind};

use crate::calls::{ALL, ExpireAll, GIVEN, GetDashboardAccess, Given, TOKEN, call, client, texts};
use crate::server::{Reply, Server, answer};

#[tokio::test]
async fn values_that_cannot_be_sent_never_leave() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    let client = client(&server.url);
    let control =
        "the header `idempotency-key` cannot be sent: a header cannot carry a line break or a control character";
    let ascii = "the header `idempotency-key` cannot be sent: a header cannot carry characters beyond ASCII";
    let spaces = "the header `idempotency-key` cannot be sent: a header cannot carry spaces at its ends";
    let dots = "a path parameter makes a segment `.` or `..`, which would lead to another path";
    let keys = ALL.into_iter().flat_map(|operation| {
        [
            ("secret\r\nx-evil: 1", control),
            ("secret\n", control),
            ("\rsecret", control),
            ("sec\0ret", control),
            ("sec\u{1b}ret", control),
            ("secret\u{7f}", control),
            ("sécret", ascii),
            ("secret\u{85}", ascii),
            (" secret", spaces),
            ("secret\t", spaces),
        ]
        .map(|(key, expect)| (operation, Given { app: "app_1", key: Some(key) }, expect))
    });
    let apps = [ExpireAll, GetDashboardAccess].into_iter().flat_map(|operation| {
        [("", "the path parameter `app_id` is empty"), (".", dots), ("..", dots)]
            .map(|(app, expect)| (operation, Given { app, key: None }, expect))
    });
    for (operation, given, expect) in keys.chain(apps) {
        let error = call(&client, operation, given).await.unwrap_err();
        let expect = format!("`{}` (POST {}) failed: {expect}", operation.id(), operation.path());
        assert_eq!(error.to_string(), expect);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!((error.operation(), error.status(), error.headers()), (Some(operation.id()), None, None));
        assert!(error.body().is_empty() && error.failure().is_none() && error.source().is_none());
        assert!(!texts(&error).contains("secret"), "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

/// The first fault of a request stays, whatever is set afterwards.
#[tokio::test]
async fn a_later_value_does_not_hide_a_fault() {
    let client = client("http://127.0.0.1:9");
    let request = client.authentication().logout().idempotency_key("a\nb").idempotency_key("fine");
    assert_eq!(request.await.unwrap_err().kind(), ErrorKind::Request);
}

#[tokio::test]
async fn a_call_without_its_credential_never_leaves() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    let client = Client::builder().base_url(&server.url).unwrap().build().unwrap();
    for operation in ALL {
        let error = call(&client, operation, GIVEN).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(error.to_string().ends_with("failed: it needs a credential: `HTTPBearer`"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_client_is_refused_for_what_it_could_not_send() {
    let base = || Client::builder().base_url("https://api.example.com").unwrap();
    for (builder, kind, expect) in [
        (base().bearer_token(format!("{TOKEN}\n")), ErrorKind::Configuration, "a header cannot carry a line break"),
        (base().bearer_token(format!("{TOKEN}é")), ErrorKind::Configuration, "a header cannot carry characters beyond"),
        (
            base().bearer_token(format!("{TOKEN} ")),
            ErrorKind::Configuration,
            "a header cannot carry spaces at its ends",
        ),
        (base().user_agent("a\r\nb"), ErrorKind::Configuration, "a header cannot carry a line break"),
        (base().default_header("x y", TOKEN), ErrorKind::Configuration, "has a name that HTTP forbids"),
        (base().default_header("x", format!("{TOKEN}\0")), ErrorKind::Configuration, "a header cannot carry a line"),
        (base().default_header("Authorization", TOKEN), ErrorKind::Configuration, "is a credential"),
        (base().default_header("Host", TOKEN), ErrorKind::Configuration, "is set by the client itself"),
        (Client::builder().bearer_token(TOKEN), ErrorKind::Credentials, "call `base_url` to say"),
        (
            Client::builder().base_url("http://api.example.com").unwrap().bearer_token(TOKEN),
            ErrorKind::Credentials,
            "credentials are not sent over `http` to another machine",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains(expect), "{error} has no {expect}");
        assert_eq!((error.operation(), error.status()), (None, None));
        assert!(!texts(&error).contains(TOKEN), "{error:?}");
    }
}

/// A base URL may hold a secret where it does not belong, so its refusal does not repeat it.
#[test]
fn a_base_url_is_refused_without_being_shown() {
    for url in [
        "https://user:canary-5f1d@api.example.com",
        "https://canary-5f1d@api.example.com",
        "https://api.example.com/#canary-5f1d",
        "https://api.example.com/canary-5f1d/../x",
        "ftp://canary-5f1d",
        "canary-5f1d",
        "https://api.example.com/canary-5f1d\n",
        "",
    ] {
        let error = Client::builder().base_url(url).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert!(error.to_string().starts_with("the base URL cannot be used: "), "{error}");
        assert!(!texts(&error).contains(TOKEN), "{error:?}");
    }
}
