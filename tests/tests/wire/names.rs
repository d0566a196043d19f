//! The names and traits that callers rely on: this file compiles as long as they hold.

use std::fmt::Debug;
use std::future::{Future, IntoFuture, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated::authentication::{
    Authentication, AuthenticationError, AuthenticationFailure, ExpireAll, GetDashboardAccess, Logout,
};
use generated::models::{
    ApplicationTokenExpireIn, DashboardAccessOut, HttpErrorOut, HttpValidationError, ValidationError,
};
use generated::runtime::{Body, BoxFuture, Timeouts, TransportError, TransportErrorKind};
use generated::{Client, ClientBuilder, Credential, DecodeError, Error, ErrorKind, Maybe, Response, Transport};
use http::{HeaderMap, StatusCode};

fn is_send<T: Send + 'static>() {}
fn is_shared<T: Clone + Send + Sync + Debug + 'static>() {}
fn is_error<T: std::error::Error + Send + Sync + 'static>() {}

fn is_model<T: Clone + PartialEq + Debug + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static>() {}

/// A request is `Send`, and so is the future that it becomes, on both ways.
fn is_request<T, O: Send>()
where
    T: IntoFuture<Output = Result<O, AuthenticationError>, IntoFuture: Send + Unpin + 'static> + Debug + Send + 'static,
{
}

fn is_call<T: Send>(_: &(impl Future<Output = Result<Response<T>, AuthenticationError>> + Send + Unpin + 'static)) {}

#[test]
fn traits_hold() {
    is_shared::<Client>();
    is_shared::<Authentication<'static>>();
    is_shared::<ClientBuilder>();
    is_shared::<Credential>();
    is_shared::<Response<DashboardAccessOut>>();
    is_shared::<AuthenticationFailure>();
    is_shared::<Maybe<i64>>();
    is_shared::<ErrorKind>();
    is_send::<Box<dyn Transport>>();
    is_error::<Error>();
    is_error::<AuthenticationError>();
    is_error::<DecodeError>();
    is_error::<TransportError>();
    is_model::<ApplicationTokenExpireIn>();
    is_model::<DashboardAccessOut>();
    is_model::<HttpErrorOut>();
    is_model::<HttpValidationError>();
    is_model::<ValidationError>();
    is_request::<ExpireAll, ()>();
    is_request::<GetDashboardAccess, DashboardAccessOut>();
    is_request::<Logout, ()>();
    let client = crate::calls::client("http://127.0.0.1:9");
    is_call(&client.authentication().logout().send());
    is_call(&client.authentication().get_dashboard_access("app_1").send());
}

/// Signatures, spelled out: a change of one is a change for callers.
#[test]
fn signatures_hold() {
    let _: fn() -> ClientBuilder = Client::builder;
    let _: fn(ClientBuilder, &str) -> Result<ClientBuilder, Error> = ClientBuilder::base_url;
    let _: fn(ClientBuilder, String) -> ClientBuilder = ClientBuilder::bearer_token;
    let _: fn(ClientBuilder, &'static str) -> ClientBuilder = ClientBuilder::bearer_token;
    let _: fn(ClientBuilder, Duration) -> ClientBuilder = ClientBuilder::timeout;
    let _: fn(ClientBuilder) -> Result<Client, Error> = ClientBuilder::build;
    let _: fn(&Client) -> Authentication<'_> = Client::authentication;
    let _: fn(&Error) -> ErrorKind = Error::kind;
    let _: fn(&Error) -> Option<StatusCode> = Error::status;
    let _: fn(&Error) -> Option<&HeaderMap> = Error::headers;
    let _: fn(&Error) -> &bytes::Bytes = Error::body;
    let _: fn(&Error) -> Option<&'static str> = Error::operation;
    let _: fn(&Error) -> bool = Error::is_timeout;
    let _: fn(&Error) -> bool = Error::is_connect;
    let _: fn(&Error) -> Option<Duration> = Error::retry_after;
    let _: fn(&Error) -> Option<&DecodeError> = Error::decode_error;
    let _: fn(&Error) -> Option<AuthenticationFailure> = Error::failure;
    let _: fn(&AuthenticationError) -> Option<&AuthenticationFailure> = AuthenticationError::failure;
    let _: fn(AuthenticationError) -> (Error, Option<AuthenticationFailure>) = AuthenticationError::into_parts;
    let _: fn(AuthenticationError) -> Error = Error::from;
    let _: fn(&DecodeError) -> String = DecodeError::path;
    let _: fn(&Response<u8>) -> StatusCode = Response::status;
    let _: fn(&Response<u8>) -> &HeaderMap = Response::headers;
    let _: fn(&Response<u8>) -> &u8 = Response::body;
    let _: fn(Response<u8>) -> u8 = Response::into_body;
}

/// `?` works across operations, in functions that return the crate's error and in those that return any.
#[tokio::test]
async fn errors_convert() {
    async fn own(client: &Client) -> Result<String, Error> {
        client.authentication().logout().await?;
        client.authentication().expire_all("app_1", ApplicationTokenExpireIn::new().expiry(60)).await?;
        let access = client.authentication().get_dashboard_access("app_1").send().await?;
        Ok(access.into_body().url)
    }
    async fn any(client: &Client) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        client.authentication().logout().await?;
        Err(own(client).await.unwrap_err())?
    }
    let server = crate::service::start().await;
    let client = crate::calls::client(&server.url);
    assert_eq!(own(&client).await.unwrap(), "https://portal.example.com/login");
    assert_eq!(
        tokio::spawn(async move { own(&client).await }).await.unwrap().unwrap(),
        "https://portal.example.com/login"
    );
    let refused = crate::calls::client("http://127.0.0.1:9/..no");
    assert!(any(&refused).await.unwrap_err().downcast::<AuthenticationError>().unwrap().is_connect());
}

/// A transport of the caller's sees the request as `http` types, and no name of reqwest.
#[derive(Clone, Default)]
struct Own(Arc<Mutex<Vec<String>>>);

impl Transport for Own {
    fn send(
        &self,
        request: http::Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let body = request.body().as_bytes().unwrap();
        let seen = format!("{} {} {:?} {:?}", request.method(), request.uri(), body, timeouts.total);
        self.0.lock().unwrap().push(seen);
        assert!(request.headers()["authorization"].is_sensitive());
        Box::pin(ready(match self.0.lock().unwrap().len() {
            1 => Ok(http::Response::new(Body::full(&b"{\"url\":\"u\",\"token\":\"t\"}"[..]))),
            _ => Err(TransportError::new(TransportErrorKind::Unsendable, "the queue is full")),
        }))
    }
}

#[tokio::test]
async fn a_transport_of_the_callers_stands_in_for_reqwest() {
    let own = Own::default();
    let client = Client::builder().base_url("https://api.example.com/v2").unwrap().bearer_token("t");
    let client = client.transport(own.clone()).timeout(Duration::from_secs(5)).build().unwrap();
    let access = client.authentication().get_dashboard_access("app_1").await.unwrap();
    assert_eq!((access.url.as_str(), access.token.as_str()), ("u", "t"));
    let body = ApplicationTokenExpireIn::new().expiry(60);
    let error = client.authentication().expire_all("app_1", body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().ends_with("failed: the transport cannot send the request"));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the queue is full");
    assert_eq!(
        *own.0.lock().unwrap(),
        [
            "POST https://api.example.com/v2/api/v1/auth/dashboard-access/app_1/ b\"\" Some(5s)",
            "POST https://api.example.com/v2/api/v1/auth/app/app_1/expire-all/ b\"{\\\"expiry\\\":60}\" Some(5s)",
        ]
    );
}
