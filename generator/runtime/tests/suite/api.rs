//! An API as the generator emits it, small enough to be read.

use std::future::Future;

use bytes::Bytes;
use http::Method;

use crate::runtime::{
    self, Api, Client, ClientBuilder, Credential, DecodeError, Failure, Fields, IntegerEnumeration, Json, Maybe,
    Object, Operation, OperationError, Record, Request, Response, StringEnumeration, Trial, Union, Value, tagged,
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
    method: Method::POST,
    path: "/api/v1/auth/app/{app_id}/expire-all/",
    accept: Some("application/json"),
    security: &[&["HTTPBearer"]],
};

static GET_DASHBOARD_ACCESS: Operation = Operation {
    id: "get_dashboard_access",
    method: Method::POST,
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

#[derive(Clone, Debug, Default, PartialEq)]
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

impl Record for ApplicationTokenExpireIn {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { expiry: object.field("expiry")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("expiry", &self.expiry);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DashboardAccessOut {
    pub url: String,
    pub token: String,
}

impl Record for DashboardAccessOut {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { url: object.field("url")?, token: object.field("token")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("url", &self.url);
        object.field("token", &self.token);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HttpErrorOut {
    pub code: String,
    pub detail: String,
}

impl Record for HttpErrorOut {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { code: object.field("code")?, detail: object.field("detail")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("code", &self.code);
        object.field("detail", &self.detail);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HttpValidationError {
    pub detail: Option<Vec<ValidationError>>,
}

impl Record for HttpValidationError {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { detail: object.field("detail")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("detail", &self.detail);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ValidationError {
    pub loc: Vec<String>,
    pub msg: String,
    pub type_: String,
}

impl Record for ValidationError {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { loc: object.field("loc")?, msg: object.field("msg")?, type_: object.field("type")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("loc", &self.loc);
        object.field("msg", &self.msg);
        object.field("type", &self.type_);
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Color {
    Red,
    Green,
    UnknownValue(String),
}

impl StringEnumeration for Color {
    fn from_wire(text: &str) -> Self {
        match text {
            "red" => Self::Red,
            "green" => Self::Green,
            _ => Self::UnknownValue(text.to_owned()),
        }
    }

    fn as_wire(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::UnknownValue(text) => text,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    UnknownValue(i64),
}

impl IntegerEnumeration for Level {
    fn from_wire(number: i64) -> Self {
        match number {
            1 => Self::Low,
            2 => Self::High,
            _ => Self::UnknownValue(number),
        }
    }

    fn as_wire(&self) -> i64 {
        match self {
            Self::Low => 1,
            Self::High => 2,
            Self::UnknownValue(number) => *number,
        }
    }
}

/// A union whose variants a property tells apart.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    Error(Box<HttpErrorOut>),
    Expire(ApplicationTokenExpireIn),
    Unknown(Json),
}

impl Union for Event {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        Ok(match value.tag("kind") {
            Some("error") => Self::Error(runtime::Decode::decode(value)?),
            Some("expire") => Self::Expire(runtime::Decode::decode(value)?),
            _ => Self::Unknown(value.into_json()),
        })
    }

    fn encode(&self) -> Value<'_> {
        match self {
            Self::Error(variant) => tagged("kind", "error", variant),
            Self::Expire(variant) => tagged("kind", "expire", variant),
            Self::Unknown(raw) => Value::from(raw),
        }
    }
}

/// A union that is inside itself, and whose variants are told apart by trial.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Tree {
    Leaf(i64),
    Left(Box<Branch>),
    Right(Box<Branch>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub of: Tree,
}

impl Record for Branch {
    fn decode(object: &mut Object<'_>) -> Result<Self, DecodeError> {
        Ok(Self { of: object.field("of")? })
    }

    fn encode<'a>(&'a self, object: &mut Fields<'a>) {
        object.field("of", &self.of);
    }
}

impl Union for Tree {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        let mut trial = Trial::new(value);
        if let Some(leaf) = trial.attempt("Leaf") {
            return Ok(Self::Leaf(leaf));
        }
        if let Some(left) = trial.attempt("Left") {
            return Ok(Self::Left(left));
        }
        if let Some(right) = trial.attempt("Right") {
            return Ok(Self::Right(right));
        }
        trial.fail()
    }

    fn encode(&self) -> Value<'_> {
        match self {
            Self::Leaf(leaf) => runtime::Encode::encode(leaf),
            Self::Left(branch) | Self::Right(branch) => runtime::Encode::encode(branch),
        }
    }
}

runtime::records!(
    ApplicationTokenExpireIn,
    DashboardAccessOut,
    HttpErrorOut,
    HttpValidationError,
    ValidationError,
    Branch
);
runtime::string_enumerations!(Color);
runtime::integer_enumerations!(Level);
runtime::unions!(Event, Tree);

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
