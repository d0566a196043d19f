//! Tokens that are fetched: one fetch for many calls, renewal, failures, and nothing of it in sight.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};

use crate::recorder::now;
use crate::runtime::{
    Body, BoxError, BoxFuture, Client, ClientCredentials, Credential, ErrorKind, Operation, Secret, Timeouts,
    TokenProvider, Transport, TransportError,
};

static OPERATION: Operation =
    Operation { id: "test", method: "GET", path: "/", accept: None, security: &[&["oauth"]], servers: &[], form: &[] };

/// A server of tokens (`/token`) beside the API. It hands out `t1`, `t2`, … and keeps what it was sent.
#[derive(Clone)]
struct Server(Arc<Inner>);

struct Inner {
    /// What the token endpoint answers; `N` stands for the number of the token.
    answer: (u16, &'static str),
    /// What the API answers.
    status: u16,
    fetches: AtomicUsize,
    seen: Mutex<Vec<String>>,
}

impl Server {
    fn new(answer: (u16, &'static str), status: u16) -> Self {
        Self(Arc::new(Inner { answer, status, fetches: AtomicUsize::new(0), seen: Mutex::default() }))
    }

    fn client(&self, credentials: ClientCredentials) -> Client {
        let builder = Client::builder().base_url("https://api.example.com").unwrap().transport(self.clone());
        builder.credential("oauth", Credential::tokens(credentials)).build().unwrap()
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.seen.lock().unwrap())
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let authorization = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
            let body = request.body().as_bytes().unwrap();
            let line = format!(
                "{} {} {} {}",
                request.method(),
                request.uri(),
                authorization.unwrap_or_default(),
                String::from_utf8_lossy(&body)
            );
            self.0.seen.lock().unwrap().push(line.trim_end().to_owned());
            // Other calls get their turn while this one waits for the answer.
            tokio::task::yield_now().await;
            let (status, text) = if request.uri().path() == "/token" {
                let number = self.0.fetches.fetch_add(1, Ordering::SeqCst) + 1;
                (self.0.answer.0, self.0.answer.1.replace('N', &number.to_string()))
            } else {
                (self.0.status, String::new())
            };
            let mut response = http::Response::new(Body::full(text));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("https://id.example.com/token", "i=", "s/1")
}

async fn call(client: &Client) -> Result<(), crate::runtime::OperationError<Infallible>> {
    client.request(&OPERATION).call::<(), Infallible>().await
}

#[test]
fn the_request_for_a_token_is_what_the_rfc_says() {
    let answer = (200, r#"{"access_token":"tN","token_type":"Bearer","expires_in":3600}"#);
    let check = |credentials: ClientCredentials, expect: &str| {
        let server = Server::new(answer, 204);
        now(call(&server.client(credentials))).unwrap();
        assert_eq!(server.seen(), [expect, "GET https://api.example.com/ Bearer t1"]);
    };
    // The id and the secret are percent-encoded before they are joined: `i%3D:s%2F1`.
    let fetch = "POST https://id.example.com/token Basic aSUzRDpzJTJGMQ== grant_type=client_credentials";
    check(credentials(), fetch);
    check(credentials().scopes(["a:b", "c"]), &format!("{fetch}&scope=a%3Ab%20c"));
    check(credentials().scopes([""; 0]), fetch);
    check(credentials().parameter("audience", "x y"), &format!("{fetch}&audience=x%20y"));
    check(
        credentials().secret_in_body(),
        "POST https://id.example.com/token  grant_type=client_credentials&client_id=i%3D&client_secret=s%2F1",
    );
}

#[test]
fn many_calls_share_one_fetch() {
    let server = Server::new((200, r#"{"access_token":"tN","expires_in":"3600"}"#), 204);
    let client = server.client(credentials());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { call(&client).await.is_ok() })
            })
            .collect();
        for done in calls {
            assert!(done.await.unwrap());
        }
    });
    assert_eq!(server.0.fetches.load(Ordering::SeqCst), 1);
}

#[test]
fn a_token_is_fetched_anew_when_it_ends_or_is_refused() {
    let check = |answer: &'static str, status: u16, expect: usize| {
        let server = Server::new((200, answer), status);
        let client = server.client(credentials());
        for _ in 0..3 {
            let _ = now(call(&client));
        }
        assert_eq!(server.0.fetches.load(Ordering::SeqCst), expect, "{answer} {status}");
    };
    check(r#"{"access_token":"tN","expires_in":3600}"#, 204, 1);
    check(r#"{"access_token":"tN"}"#, 204, 1);
    check(r#"{"access_token":"tN","expires_in":0}"#, 204, 3);
    check(r#"{"access_token":"tN","expires_in":3600}"#, 401, 3);
    check(r#"{"access_token":"tN","expires_in":3600}"#, 403, 1);
    check(r#"{"access_token":"tN","expires_in":18446744073709551615}"#, 204, 1);
}

#[test]
fn a_call_that_goes_away_leaves_the_fetch_to_another() {
    let server = Server::new((200, r#"{"access_token":"tN","expires_in":3600}"#), 204);
    let client = server.client(credentials());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let waiting = {
            let mut first = Box::pin(call(&client));
            // The first call begins to fetch, the second one waits for it, and the first one is dropped.
            assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            let client = client.clone();
            let second = tokio::spawn(async move { call(&client).await.is_ok() });
            tokio::task::yield_now().await;
            second
        };
        assert!(waiting.await.unwrap());
    });
    assert_eq!(server.0.fetches.load(Ordering::SeqCst), 1);
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn a_failure_is_told_without_the_secret() {
    let check = |credentials: ClientCredentials, answer: (u16, &'static str), expect: &str| {
        let server = Server::new(answer, 204);
        let error = now(call(&server.client(credentials))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, expect);
        assert!(!format!("{error} {error:?} {cause}").contains("s/1"));
        assert!(server.seen().iter().all(|line| !line.starts_with("GET")), "the API must not be called");
    };
    let refused = r#"{"error":"invalid_client","error_description":"s/1"}"#;
    check(credentials(), (401, refused), "the token endpoint answered with 401 Unauthorized: invalid_client");
    check(credentials(), (500, "s/1"), "the token endpoint answered with 500 Internal Server Error: no reason given");
    check(credentials(), (200, "{}"), "the token endpoint gave no token");
    check(
        credentials(),
        (200, r#"{"access_token":"a","token_type":"mac"}"#),
        "the token endpoint gave a token that is no bearer token",
    );
    check(
        ClientCredentials::new("http://id.example.com/token", "i", "s/1"),
        (200, "{}"),
        "the client's secret is not sent over `http` to another machine",
    );
    let wrong = "the token URL cannot be used: it must begin with `https://` or `http://` and a host";
    check(ClientCredentials::new("/token", "i", "s/1"), (200, "{}"), wrong);
    assert!(!format!("{:?}", credentials()).contains("s/1"));
}

struct Own;

impl TokenProvider for Own {
    fn token<'a>(&'a self, _: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(std::future::ready(Ok(Secret::new("own\r\nevil: 1"))))
    }
}

#[test]
fn a_provider_cannot_break_the_header() {
    let server = Server::new((200, ""), 204);
    let builder = Client::builder().base_url("https://api.example.com").unwrap().transport(server.clone());
    let client = builder.credential("oauth", Credential::tokens(Own)).build().unwrap();
    let error = now(call(&client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!format!("{error:?}").contains("evil"));
    assert!(server.seen().is_empty());
    let mut call = pin!(client.request(&OPERATION).call::<(), Infallible>());
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
}
