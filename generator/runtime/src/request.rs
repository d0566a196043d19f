//! A request while it is put together.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use http::header::{self, HeaderName};
use http_body::Body as _;

use super::call::Call;
use super::client::{Client, is_managed};
use super::codec::Encode;
use super::error::{Error, ErrorKind, Failure, OperationError};
use super::follow::Origin;
use super::json;
use super::response::{self, FromResponse, HeaderNames, Read, Response, Unread};
use super::server::ServerUrl;
use super::style::{self, Fault, FormFields, Spelling, Style};
use super::transport::Body;

/// What the API description says about an operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name of the operation, for errors.
    pub id: &'static str,
    /// The method, such as `POST`.
    pub method: &'static str,
    /// The path template, such as `/pets/{id}`.
    pub path: &'static str,
    /// The media types that a caller can read, where there are any.
    pub accept: Option<&'static str>,
    /// The alternatives of credentials: each is a list of security schemes that are needed together. An empty list of
    /// alternatives asks for nothing; an empty alternative lets a caller do without.
    pub security: &'static [&'static [&'static str]],
    /// The servers that the operation has of its own. The base URL that the caller has given counts for more than
    /// absolute ones.
    pub servers: &'static [ServerUrl],
    /// The members of a form whose spelling the description states.
    pub form: &'static [FormFields],
}

/// A request that parameters are added to. The first parameter that cannot be sent is remembered, and the call ends with
/// its error before anything is sent.
#[must_use = "a request is sent when its call is awaited"]
pub struct Request(pub(super) Box<Parts>);

/// What a request has been told so far.
pub(super) struct Parts {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) path: Vec<(&'static str, String)>,
    /// Pairs that are percent-encoded, as `name=value`.
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    /// Pairs as `name=value`.
    pub(super) cookies: Vec<String>,
    /// The media type that the caller asks for, in place of those of the operation.
    pub(super) accept: Option<&'static str>,
    /// The body and its media type.
    pub(super) body: Option<(Body, Cow<'static, str>)>,
    pub(super) timeout: Option<Duration>,
    /// The path of the link of a former answer, which is got in place of the operation's own.
    pub(super) link: Option<String>,
    pub(super) error: Option<Error>,
}

impl Request {
    pub(super) fn new(client: Client, operation: &'static Operation) -> Self {
        let headers = client.settings().headers.clone();
        Self(Box::new(Parts {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers,
            cookies: Vec::new(),
            accept: None,
            body: None,
            timeout: None,
            link: None,
            error: None,
        }))
    }

    /// Sets a path parameter, in the style `simple`.
    pub fn path(self, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        self.path_with(name, Style::Simple { explode: false }, value)
    }

    /// Sets a path parameter. An empty value is refused when the request is sent.
    pub fn path_with(
        mut self,
        name: &'static str,
        spelling: impl Into<Spelling>,
        value: &(impl Encode + ?Sized),
    ) -> Self {
        self.0.set_path(name, spelling.into(), &value);
        self
    }

    /// Adds a query parameter, in the style `form`, exploded.
    pub fn query(self, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        self.query_with(name, Style::Form { explode: true }, value)
    }

    /// Adds a query parameter. A value that is absent, null or an empty list adds nothing.
    pub fn query_with(
        mut self,
        name: &'static str,
        spelling: impl Into<Spelling>,
        value: &(impl Encode + ?Sized),
    ) -> Self {
        self.0.add_query(name, spelling.into(), &value);
        self
    }

    /// Sets the whole query to one value: the pairs of a form (`Form`), its text (`Simple`) or its JSON text.
    pub fn query_string(mut self, style: Style, value: &(impl Encode + ?Sized)) -> Self {
        self.0.set_query_string(style, &value);
        self
    }

    /// Sets a header, in the style `simple`.
    pub fn header(self, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        self.header_with(name, Style::Simple { explode: false }, value)
    }

    /// Sets a header. A value that is absent, null or an empty list sets nothing. As OpenAPI asks, `Accept`,
    /// `Content-Type` and `Authorization` are left alone: they come from the operation, its body and its credentials.
    pub fn header_with(
        mut self,
        name: &'static str,
        spelling: impl Into<Spelling>,
        value: &(impl Encode + ?Sized),
    ) -> Self {
        self.0.add_header(name, spelling.into(), &value);
        self
    }

    /// Adds a cookie, in the style `form`, exploded.
    pub fn cookie(self, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        self.cookie_with(name, Style::Form { explode: true }, value)
    }

    /// Adds a cookie. A value that is absent, null or an empty list adds nothing.
    pub fn cookie_with(
        mut self,
        name: &'static str,
        spelling: impl Into<Spelling>,
        value: &(impl Encode + ?Sized),
    ) -> Self {
        self.0.add_cookie(name, spelling.into(), &value);
        self
    }

    /// Sets the body, as JSON. An absent value leaves the request without a body.
    pub fn json(mut self, body: &(impl Encode + ?Sized)) -> Self {
        self.0.set_json("application/json", &body);
        self
    }

    /// Sets the body, as JSON that goes by another media type, such as `application/merge-patch+json`.
    pub fn json_as(mut self, media: &'static str, body: &(impl Encode + ?Sized)) -> Self {
        self.0.set_json(media, &body);
        self
    }

    /// Sets the body to the items of a list as JSON, one a line, or behind record separators in `application/json-seq`.
    pub fn json_items(mut self, media: &'static str, body: &(impl Encode + ?Sized)) -> Self {
        self.0.set_json_items(media, &body);
        self
    }

    /// Sets the body to the pairs of a form. A list is one pair an item, and an object is its JSON text, unless the
    /// operation says how a member is spelled.
    pub fn form(mut self, body: &(impl Encode + ?Sized)) -> Self {
        self.0.set_form(&body);
        self
    }

    /// Sets the body to the text of a value.
    pub fn text(mut self, media: &'static str, body: &(impl Encode + ?Sized)) -> Self {
        self.0.set_text(media, &body);
        self
    }

    /// Sets the body to bytes that are there, or that come while they are sent.
    pub fn binary(mut self, media: &'static str, body: impl Into<Body>) -> Self {
        self.0.body = Some((body.into(), media.into()));
        self
    }

    /// Sets the body in the way that it chooses itself.
    pub fn body<B: RequestBody>(self, body: B) -> Self {
        body.set(self)
    }

    /// Asks for an answer in this media type, in place of all that the operation lists.
    pub fn accept(mut self, media: &'static str) -> Self {
        self.0.accept = Some(media);
        self
    }

    /// Limits the time that the whole call may take, in place of the client's own limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.0.timeout = Some(limit);
        self
    }

    /// The call that gives the body of the answer.
    pub fn call<T: FromResponse, F: Failure>(self) -> Call<T, F> {
        self.call_as::<response::Own, T, F>()
    }

    /// The call that gives the whole answer.
    pub fn call_with_response<T: FromResponse, F: Failure>(self) -> Call<Response<T>, F> {
        self.call_with_response_as::<response::Own, T, F>()
    }

    /// The call that gives the body of the answer, read as `R` reads it.
    pub fn call_as<R: Read<T>, T, F: Failure>(self) -> Call<T, F> {
        Call::new(self, R::STREAMED, |answer| {
            answer.and_then(read::<R, T>).map(Response::into_body).map_err(OperationError::from)
        })
    }

    /// The call that gives the whole answer, its body read as `R` reads it.
    pub fn call_with_response_as<R: Read<T>, T, F: Failure>(self) -> Call<Response<T>, F> {
        Call::new(self, R::STREAMED, |answer| answer.and_then(read::<R, T>).map_err(OperationError::from))
    }
}

/// A choice among several representations of a body.
pub trait RequestBody {
    /// Sets the body of the request.
    fn set(self, request: Request) -> Request;
}

/// Reads the body of a success.
fn read<R: Read<T>, T>(answer: Unread) -> Result<Response<T>, Error> {
    let operation = answer.operation();
    let response = answer.response().clone();
    let source = answer.source();
    match R::read(answer) {
        Ok(body) => Ok(response.map(|_| body).of_call(source.map(|source| Origin {
            source,
            streamed: R::STREAMED,
            read: read::<R, T>,
        }))),
        Err(error) => Err(Error::decode(error, response).with_operation(operation)),
    }
}

impl Parts {
    fn set_path(&mut self, name: &'static str, spelling: Spelling, value: &dyn Encode) {
        match style::path(name, spelling, &value.encode()) {
            Ok(text) => self.path.push((name, text)),
            Err(fault) => self.refuse("path parameter", name, fault),
        }
    }

    fn add_query(&mut self, name: &'static str, spelling: Spelling, value: &dyn Encode) {
        if value.is_omitted() {
            return;
        }
        match style::query(name, spelling, &value.encode()) {
            Ok(pairs) if pairs.is_empty() => {}
            Ok(pairs) => self.query.push(pairs),
            Err(fault) => self.refuse("query parameter", name, fault),
        }
    }

    fn set_query_string(&mut self, style: Style, value: &dyn Encode) {
        if value.is_omitted() {
            return;
        }
        match style::query_string(style, &value.encode()) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => self.query.push(text),
            Err(fault) => self.fail(format!("the query string cannot be sent: {fault}")),
        }
    }

    fn add_header(&mut self, name: &'static str, spelling: Spelling, value: &dyn Encode) {
        if value.is_omitted() {
            return;
        }
        let Ok(parsed) = HeaderName::try_from(name) else {
            return self.refuse("header", name, "HTTP forbids its name");
        };
        if is_managed(&parsed) {
            return self.refuse("header", name, "the transport alone may set it");
        }
        if [header::ACCEPT, header::CONTENT_TYPE, header::AUTHORIZATION].contains(&parsed) {
            return;
        }
        let text = style::header(spelling, &value.encode());
        match text.and_then(|text| text.as_deref().map(style::header_value).transpose()) {
            Ok(None) => {}
            Ok(Some(value)) => {
                self.headers.insert(parsed, value);
            }
            Err(fault) => self.refuse("header", name, fault),
        }
    }

    fn add_cookie(&mut self, name: &'static str, spelling: Spelling, value: &dyn Encode) {
        if value.is_omitted() {
            return;
        }
        match style::cookie(name, spelling, &value.encode()) {
            Ok(cookies) => self.cookies.extend(cookies),
            Err(fault) => self.refuse("cookie", name, fault),
        }
    }

    fn set_json(&mut self, media: &'static str, body: &dyn Encode) {
        if body.is_omitted() {
            return;
        }
        match json::write(&body.encode()) {
            Some(text) => self.body = Some((Body::full(text), media.into())),
            None => self.fail("the body has a number that is not finite".to_owned()),
        }
    }

    fn set_json_items(&mut self, media: &'static str, body: &dyn Encode) {
        if body.is_omitted() {
            return;
        }
        let value = body.encode();
        let items = match &value {
            json::Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let separator: &[u8] = if media.starts_with("application/json-seq") { b"\x1e" } else { b"" };
        let mut text = Vec::new();
        for item in items {
            let Some(item) = json::write(item) else {
                return self.fail("the body has a number that is not finite".to_owned());
            };
            text.extend_from_slice(separator);
            text.extend(item);
            text.push(b'\n');
        }
        self.body = Some((Body::full(text), media.into()));
    }

    fn set_form(&mut self, body: &dyn Encode) {
        if body.is_omitted() {
            return;
        }
        match style::form(&body.encode(), self.operation.form) {
            Ok(text) => self.body = Some((Body::full(text), "application/x-www-form-urlencoded".into())),
            Err(fault) => self.fail(format!("the body cannot be sent: {fault}")),
        }
    }

    fn set_text(&mut self, media: &'static str, body: &dyn Encode) {
        if body.is_omitted() {
            return;
        }
        match style::text(&body.encode()) {
            Ok(text) => self.body = Some((Body::full(text.unwrap_or_default().into_owned()), media.into())),
            Err(fault) => self.fail(format!("the body cannot be sent: {fault}")),
        }
    }

    /// The same request once more; `None` where its body was a stream, or something about it cannot be sent.
    pub(super) fn again(&self) -> Option<Self> {
        let body = match &self.body {
            Some((body, media)) => Some((Body::full(body.as_bytes()?), media.clone())),
            None => None,
        };
        if self.error.is_some() {
            return None;
        }
        Some(Self {
            client: self.client.clone(),
            operation: self.operation,
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            cookies: self.cookies.clone(),
            accept: self.accept,
            body,
            timeout: self.timeout,
            link: self.link.clone(),
            error: None,
        })
    }

    /// Sets a query parameter in place of the ones of the same name.
    pub(super) fn set_query(&mut self, name: &str, value: &str) {
        let prefix = format!("{}=", style::encode(name));
        for pairs in &mut self.query {
            *pairs = pairs.split('&').filter(|pair| !pair.starts_with(&prefix)).collect::<Vec<_>>().join("&");
        }
        self.query.retain(|pairs| !pairs.is_empty());
        self.query.push(format!("{prefix}{}", style::encode(value)));
    }

    /// Sets a cookie in place of the ones of the same name.
    pub(super) fn set_cookie(&mut self, name: &str, value: &str) {
        let prefix = format!("{name}=");
        self.cookies.retain(|cookie| !cookie.starts_with(&prefix));
        self.cookies.push(format!("{prefix}{value}"));
    }

    fn refuse(&mut self, place: &str, name: &str, fault: Fault) {
        self.fail(format!("the {place} `{name}` cannot be sent: {fault}"));
    }

    pub(super) fn fail(&mut self, message: String) {
        if self.error.is_none() {
            self.error = Some(Error::new(ErrorKind::Request, message));
        }
    }
}

/// Shows the operation and the names of the headers, and no value that a caller gave.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.0.operation.id)
            .field("method", &self.0.operation.method)
            .field("path", &self.0.operation.path)
            .field("headers", &HeaderNames(&self.0.headers))
            .field("body_length", &self.0.body.as_ref().map_or(Some(0), |(body, _)| body.size_hint().exact()))
            .field("error", &self.0.error)
            .finish_non_exhaustive()
    }
}
