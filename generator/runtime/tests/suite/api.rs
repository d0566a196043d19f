//! An API as the generator emits it, small enough to be read.

use std::collections::BTreeMap;
use std::future::Future;

use crate::runtime::{self, Api, Client, ClientBuilder, Credential, DecodeError, Json, Maybe, Request};

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
        ExpireAll(self.client.request(ExpireAll::OPERATION).path("app_id", &app_id.into()).json(&body))
    }

    pub fn get_dashboard_access(self, app_id: impl Into<String>) -> GetDashboardAccess {
        GetDashboardAccess(self.client.request(GetDashboardAccess::OPERATION).path("app_id", &app_id.into()))
    }
}

runtime::operations! {
    Authentication::expire_all -> ExpireAll:
        "POST" "/api/v1/auth/app/{app_id}/expire-all/", accept "application/json", security [["HTTPBearer"]]
        => (), AuthenticationFailure;
    Authentication::get_dashboard_access -> GetDashboardAccess:
        "POST" "/api/v1/auth/dashboard-access/{app_id}/", accept "application/json", security [["HTTPBearer"]]
        => DashboardAccessOut, AuthenticationFailure;
}

runtime::failures! {
    pub enum AuthenticationFailure {
        Unauthorized(HttpErrorOut) = 401,
        UnprocessableEntity(HttpValidationError) = 422,
    }
    error! { AuthenticationError }
}

impl ExpireAll {
    pub fn idempotency_key(self, value: impl Into<String>) -> Self {
        Self(self.0.header("idempotency-key", &value.into()))
    }
}

runtime::records! {
    pub struct ApplicationTokenExpireIn {
        pub expiry: Maybe<i64>,
    }

    pub struct DashboardAccessOut {
        pub url: String,
        pub token: String = "token" as secret,
    }

    pub struct HttpErrorOut {
        pub code: String,
        pub detail: String,
    }

    pub struct HttpValidationError {
        pub detail: Option<Vec<ValidationError>>,
    }

    pub struct ValidationError {
        pub loc: Vec<String>,
        pub msg: String,
        pub type_: String = "type",
    }

    pub struct Branch {
        pub of: Tree,
    }

    pub struct Leaf {
        pub op: String,
    }

    pub struct Chunk {
        pub text: String,
    }
    constants! { "type" maybe: "text" }

    pub struct Negation {
        pub op: String,
        pub child: Leaf,
    }

    pub struct Square {
        pub side: i64,
        pub parent: Option<String> = "parent" as null,
        pub more: Option<bool>,
        pub hidden: Option<String> = "secret" as null as secret,
    }
    constants! { "shape": "square" }
    rest! { pub rest: BTreeMap<String, Json> }

    /// A record with a union beside its field.
    pub struct Tile {
        pub id: i64,
    }
    flattened! { pub kind: Kind }

    pub struct Painted {
        pub color: Option<Color>,
    }
}

runtime::setters! {
    impl ApplicationTokenExpireIn() maybe { expiry: i64 }
    impl Square(side: i64, parent: Option<String>, hidden: Option<String>) { more: bool } rest { rest }
}

runtime::string_enumerations! {
    pub enum Color {
        Red = "red",
        Green = "green",
    }
}

runtime::integer_enumerations! {
    pub enum Level {
        Low = 1,
        High = 2,
    }
}

runtime::enumerations! {
    /// Values of several kinds.
    pub enum Size {
        Auto = "auto",
        One = 1,
        Half = 0.5,
        Off = false,
    }
}

runtime::tagged_unions! {
    /// A union whose variants a property tells apart.
    pub enum Event {
        Error(Box<HttpErrorOut>) = "error" | "fault",
        Expire(Box<ApplicationTokenExpireIn>) = "expire",
    }
    tag! { "kind" }
}

runtime::unions! {
    /// A union that is inside itself, and whose variants are told apart by trial.
    pub enum Tree {
        Leaf(i64) = "Leaf",
        Left(Box<Branch>) = "Left",
        Right(Box<Branch>) = "Right",
    }

    /// A union of objects that look alike: what they leave unread decides.
    pub enum Kind {
        Wood(BTreeMap<String, bool>) = "Wood",
        Stone(ApplicationTokenExpireIn) = "Stone",
        Colored(Painted) = "Colored",
    }
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
