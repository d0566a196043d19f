//! Answers of the API.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::codec::{Decode, from_json};
use super::decode_error::DecodeError;
use super::follow::{Origin, Source};
use super::json::{self, Value};
use super::request::{Operation, Parts, Request};
use super::transport::Body;

/// An answer: its status, its headers, and its body as `T`.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    /// The call that it answers, where links can be followed from it.
    pub(super) origin: Option<Origin<T>>,
}

impl<T> Response<T> {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body, origin: None }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The same answer with its body turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(self.status, self.headers, turn(self.body))
    }

    pub(super) fn of_call(self, origin: Option<Origin<T>>) -> Self {
        Self { origin, ..self }
    }
}

impl Response<Bytes> {
    /// Reads the body as JSON.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json(&self.body)
    }

    /// Reads the body as text.
    pub fn text<T: Decode>(&self) -> Result<T, DecodeError> {
        read_text(&self.body)
    }

    /// The body as it is, which is never wrong.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// Whether the body has that media type, which may be a range such as `image/*`.
    pub fn is(&self, media: &str) -> bool {
        media_matches(&self.headers, media)
    }
}

/// Whether the content type of a message is that media type or within that range, parameters aside.
pub(super) fn media_matches(headers: &HeaderMap, media: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(essence);
    match (essence(media).as_str(), stated.as_deref()) {
        ("*/*", _) => true,
        (_, None) => false,
        (range, Some(stated)) => match range.strip_suffix('*') {
            Some(kind) => kind.ends_with('/') && stated.starts_with(kind),
            None => range == stated,
        },
    }
}

/// Reads a body that is a text.
pub(super) fn read_text<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let text = std::str::from_utf8(body).map_err(|_| DecodeError::unexpected("this is not text in UTF-8"))?;
    from_text(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads a text, such as the value of a header: as it is, or else as the number or boolean that it spells.
pub(super) fn from_text<T: Decode>(text: &str) -> Result<T, DecodeError> {
    T::decode(Value::from(text)).or_else(|error| match json::read(text.trim().as_bytes()) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => T::decode(value),
        _ => Err(error),
    })
}

/// A success whose body is still to be made something of.
pub struct Unread {
    operation: &'static Operation,
    response: Response<Bytes>,
    /// The rest of the body, where it is streamed, and the request that it answers.
    stream: Option<Body>,
    again: Option<Box<Parts>>,
    source: Option<Arc<Source>>,
}

impl Unread {
    pub(super) fn whole(operation: &'static Operation, response: Response<Bytes>) -> Self {
        Self { operation, response, stream: None, again: None, source: None }
    }

    pub(super) fn stream(
        operation: &'static Operation,
        response: Response<Bytes>,
        body: Body,
        again: Option<Parts>,
    ) -> Self {
        Self { operation, response, stream: Some(body), again: again.map(Box::new), source: None }
    }

    pub(super) fn of_call(self, source: Source) -> Self {
        Self { source: Some(Arc::new(source)), ..self }
    }

    pub(super) fn source(&self) -> Option<Arc<Source>> {
        self.source.clone()
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The answer; its body is empty where it is streamed.
    pub fn response(&self) -> &Response<Bytes> {
        &self.response
    }

    /// The body, whether it is there as a whole or not.
    pub fn take_body(&mut self) -> Body {
        self.stream.take().unwrap_or_else(|| Body::full(self.response.body.clone()))
    }

    /// The request once more, where it is known and can be sent again.
    pub fn again(&self) -> Option<Request> {
        self.again.as_ref()?.again().map(|parts| Request(Box::new(parts)))
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread").field("operation", &self.operation.id).field("response", &self.response).finish()
    }
}

/// A way to read a success as `T`.
pub trait Read<T> {
    /// The media types whose bodies are not awaited as a whole.
    const STREAMED: &'static [&'static str] = &[];

    /// Reads the answer.
    fn read(answer: Unread) -> Result<T, DecodeError>;
}

/// As the type itself says, which is as JSON for most.
#[derive(Debug)]
pub struct Own;

impl<T: FromResponse> Read<T> for Own {
    fn read(answer: Unread) -> Result<T, DecodeError> {
        T::from_response(answer.response())
    }
}

/// As text.
#[derive(Debug)]
pub struct Text;

impl<T: Decode> Read<T> for Text {
    fn read(answer: Unread) -> Result<T, DecodeError> {
        answer.response().text()
    }
}

/// Two answers are equal that say the same, whatever calls they are of.
impl<T: PartialEq> PartialEq for Response<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.status, &self.headers, &self.body) == (other.status, &other.headers, &other.body)
    }
}

/// Shows the names of the headers and not their values, which may hold a credential.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// The names of headers, for `Debug`.
pub(super) struct HeaderNames<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

/// A type that a successful answer is read as.
pub trait FromResponse: Sized {
    /// Reads the answer.
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError>;
}

/// Whatever the body is.
impl FromResponse for () {
    fn from_response(_: &Response<Bytes>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// The body as it is.
impl FromResponse for Bytes {
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError> {
        Ok(response.body.clone())
    }
}

/// The body as JSON. A type that may be missing is missing where the body is empty.
impl<T: Decode> FromResponse for T {
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError> {
        match T::absent() {
            Some(absent) if response.body.is_empty() => Ok(absent),
            _ => response.json(),
        }
    }
}
