//! Answers of the API.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::codec::{Decode, from_json};
use super::decode_error::DecodeError;

/// An answer: its status, its headers, and its body as `T`.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// An answer of these parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
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
        Response { status: self.status, headers: self.headers, body: turn(self.body) }
    }
}

impl Response<Bytes> {
    /// Reads the body as JSON.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json(&self.body)
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
