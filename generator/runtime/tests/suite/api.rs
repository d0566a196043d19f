//! An API as the generator emits it, small enough to be read.

use std::collections::BTreeMap;
use std::future::Future;

use bytes::Bytes;

use crate::runtime::{
    self, Api, Client, ClientBuilder, Credential, DecodeError, Failure, Json, Maybe, Operation, OperationError,
    Request, Response, Unknown,
};

static API: Api =
    Api { title: "Authentication API", server: Some("http://localhost"), user_agent: "auth-client/0.1.0" };

impl Client {
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&API)
    }

    pub fn authentication(&self) -> Authentication<'_> {
        Authentication { client: self }
    }
}

impl ClientBuilder {
    pub fn bearer_token(self, token: impl Into<String>) -> Self {
        self.credential("HTTPBearer", Credential::bearer(token))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Authentication<'a> {
    client: &'a Client,
}

impl Authentication<'_> {
    pub fn expire_all(self, app_id: impl Into<String>, body: ApplicationTokenExpireIn) -> ExpireAll {
        ExpireAll(self.client.request(&EXPIRE_ALL).path("app_id", &app_id.into()).json(&body))
    }

    pub fn get_dashboard_access(self, app_id: impl Into<String>) -> GetDashboardAccess {
        GetDashboardAccess(self.client.request(&GET_DASHBOARD_ACCESS).path("app_id", &app_id.into()))
    }
}

#[must_use = "a request is sent when it is awaited"]
#[derive(Debug)]
pub struct ExpireAll(Request);

impl ExpireAll {
    pub fn idempotency_key(self, value: impl Into<String>) -> Self {
        Self(self.0.header("idempotency-key", &value.into()))
    }
}

#[must_use = "a request is sent when it is awaited"]
#[derive(Debug)]
pub struct GetDashboardAccess(Request);

static EXPIRE_ALL: Operation = Operation {
    id: "expire_all",
    method: "POST",
    path: "/api/v1/auth/app/{app_id}/expire-all/",
    accept: Some("application/json"),
    security: &[&["HTTPBearer"]],
};

static GET_DASHBOARD_ACCESS: Operation = Operation {
    id: "get_dashboard_access",
    method: "POST",
    path: "/api/v1/auth/dashboard-access/{app_id}/",
    accept: Some("application/json"),
    security: &[&["HTTPBearer"]],
};

runtime::operations! {
    ExpireAll => (), AuthenticationFailure;
    GetDashboardAccess => DashboardAccessOut, AuthenticationFailure;
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AuthenticationFailure {
    Unauthorized(HttpErrorOut),
    UnprocessableEntity(HttpValidationError),
}

impl Failure for AuthenticationFailure {
    fn read(answer: &Response<Bytes>) -> Result<Option<Self>, DecodeError> {
        Ok(Some(match answer.status().as_u16() {
            401 => Self::Unauthorized(answer.json()?),
            422 => Self::UnprocessableEntity(answer.json()?),
            _ => return Ok(None),
        }))
    }
}

pub type AuthenticationError = OperationError<AuthenticationFailure>;

#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ApplicationTokenExpireIn {
    pub expiry: Maybe<i64>,
}

impl ApplicationTokenExpireIn {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn expiry(mut self, expiry: impl Into<Maybe<i64>>) -> Self {
        self.expiry = expiry.into();
        self
    }
}

#[derive(Clone)]
#[non_exhaustive]
pub struct DashboardAccessOut {
    pub url: String,
    pub token: String,
}

#[derive(Clone)]
#[non_exhaustive]
pub struct HttpErrorOut {
    pub code: String,
    pub detail: String,
}

#[derive(Clone)]
#[non_exhaustive]
pub struct HttpValidationError {
    pub detail: Option<Vec<ValidationError>>,
}

#[derive(Clone)]
#[non_exhaustive]
pub struct ValidationError {
    pub loc: Vec<String>,
    pub msg: String,
    pub type_: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Color {
    Red,
    Green,
    UnknownValue(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    UnknownValue(i64),
}

/// A union whose variants a property tells apart.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    Error(Box<HttpErrorOut>),
    Expire(Box<ApplicationTokenExpireIn>),
    UnknownVariant(Unknown),
}

/// A union that is inside itself, and whose variants are told apart by trial.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tree {
    Leaf(i64),
    Left(Box<Branch>),
    Right(Box<Branch>),
    UnknownVariant(Unknown),
}

/// Values of several kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    Auto,
    One,
    Half,
    Off,
    UnknownValue(Json),
}

#[derive(Clone)]
pub struct Square {
    pub side: i64,
    pub parent: Option<String>,
    pub more: Option<bool>,
    pub rest: BTreeMap<String, Json>,
}

/// A record with a union beside its field.
#[derive(Clone)]
pub struct Tile {
    pub id: i64,
    pub kind: Kind,
}

/// A union of objects that look alike: what they leave unread decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Wood(BTreeMap<String, bool>),
    Stone(ApplicationTokenExpireIn),
    Colored(Painted),
    UnknownVariant(Unknown),
}

#[derive(Clone)]
pub struct Painted {
    pub color: Option<Color>,
}

#[derive(Clone)]
pub struct Branch {
    pub of: Tree,
}

runtime::records! {
    ApplicationTokenExpireIn { expiry: "expiry" };
    DashboardAccessOut { url: "url", token: "token" secret };
    HttpErrorOut { code: "code", detail: "detail" };
    HttpValidationError { detail: "detail" };
    ValidationError { loc: "loc", msg: "msg", type_: "type" };
    Branch { of: "of" };
    Square { side: "side", parent: "parent" null, more: "more" } constants { "shape": "square" } rest { rest };
    Tile { id: "id" } flattened { kind };
    Painted { color: "color" }
}
runtime::string_enumerations! { Color { Red = "red", Green = "green" } }
runtime::integer_enumerations! { Level { Low = 1, High = 2 } }
runtime::enumerations! { Size { Auto = "auto", One = 1, Half = 0.5, Off = false } }
runtime::tagged_unions! { Event by "kind" { Error: "error" | "fault", Expire: "expire" } }
runtime::unions! {
    Tree { Leaf: "Leaf", Left: "Left", Right: "Right" }
    Kind { Wood: "Wood", Stone: "Stone", Colored: "Colored" }
}

/// Everything that a caller may keep in a task or share between tasks.
#[test]
fn types_cross_threads() {
    fn is_send<T: Send + 'static>() {}
    fn is_shared<T: Send + Sync + Clone + std::fmt::Debug + 'static>() {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    fn is_future<T: Future + Send + Unpin + 'static>() {}
    is_shared::<Client>();
    is_send::<Request>();
    is_send::<ExpireAll>();
    is_send::<ClientBuilder>();
    is_future::<runtime::Call<DashboardAccessOut, AuthenticationFailure>>();
    is_error::<runtime::Error>();
    is_error::<AuthenticationError>();
    is_error::<DecodeError>();
    is_error::<runtime::TransportError>();
    assert!(size_of::<runtime::Error>() == size_of::<usize>());
    assert!(size_of::<AuthenticationError>() == 2 * size_of::<usize>());
}
