//! What can go wrong with a call, without losing anything that the API said.

use std::borrow::Cow;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::date;
use super::decode_error::DecodeError;
use super::request::Operation;
use super::response::{HeaderNames, Response};
use super::transport::{BoxError, TransportError, TransportErrorKind};

/// Why a call failed, or a client could not be made.
///
/// Where the API answered, the status, the headers and the raw body are here, whatever they were. Neither `Display` nor
/// `Debug` shows a credential, a header value, a body or a query.
pub struct Error(Box<Detail>);

struct Detail {
    kind: ErrorKind,
    operation: Option<&'static Operation>,
    answer: Option<Response<Bytes>>,
    message: Cow<'static, str>,
    decode: Option<DecodeError>,
    source: Option<BoxError>,
}

/// What an [`Error`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be made from what its builder was told.
    Configuration,
    /// A parameter or body cannot be sent; nothing was.
    Request,
    /// A credential that the operation asks for is not there, or may not be sent; nothing was.
    Credentials,
    /// No connection came about, so the API has not seen the request.
    Connect,
    /// No connection came about in time, so the API has not seen the request.
    ConnectTimeout,
    /// A time limit ran out. The API may have seen the request.
    Timeout,
    /// The connection failed before the answer was whole.
    Transport,
    /// The API answered with a status that is not a success.
    Status,
    /// The API answered with success, and with a body that is not what it describes.
    Decode,
    /// The body of the answer is larger than the client's limit.
    TooLarge,
}

impl Error {
    #[cold]
    pub(super) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self(Box::new(Detail { kind, operation: None, answer: None, message, decode: None, source: None }))
    }

    #[cold]
    pub(super) fn transport(error: TransportError) -> Self {
        let kind = match error.kind() {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::ConnectTimeout => ErrorKind::ConnectTimeout,
            TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Unsendable => ErrorKind::Request,
            TransportErrorKind::Other => ErrorKind::Transport,
        };
        let message = error.message();
        Self::new(kind, message).caused_by(error.into_source())
    }

    pub(super) fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    #[cold]
    pub(super) fn too_large(limit: u64) -> Self {
        Self::new(ErrorKind::TooLarge, format!("the body of the answer is larger than {limit} bytes"))
    }

    #[cold]
    pub(super) fn status_of(answer: Response<Bytes>) -> Self {
        Self::new(ErrorKind::Status, "the API answered with").with_answer(answer)
    }

    #[cold]
    pub(super) fn decode(error: DecodeError, answer: Response<Bytes>) -> Self {
        let mut new = Self::new(ErrorKind::Decode, "the answer is not what the API describes").with_answer(answer);
        new.0.decode = Some(error);
        new
    }

    pub(super) fn with_answer(mut self, answer: Response<Bytes>) -> Self {
        self.0.answer = Some(answer);
        self
    }

    pub(super) fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status, where the API answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(Response::status)
    }

    /// The headers, where the API answered.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(Response::headers)
    }

    /// The raw body: whole, or as much as came, or empty where the API did not answer.
    pub fn body(&self) -> &Bytes {
        static EMPTY: Bytes = Bytes::new();
        self.0.answer.as_ref().map_or(&EMPTY, Response::body)
    }

    /// The id of the operation, such as `expire_all`; `None` for an error of the builder.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// Whether a time limit ran out, be it before a connection came about or later.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout | ErrorKind::ConnectTimeout)
    }

    /// Whether no connection came about, in time or at all: then the API has not seen the request.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect | ErrorKind::ConnectTimeout)
    }

    /// The alternatives of credentials that the operation asks for, where one is missing or may not be sent: each is a
    /// list of security schemes that are needed together.
    pub fn wanted_credentials(&self) -> &'static [&'static [&'static str]] {
        match (self.0.kind, self.0.operation) {
            (ErrorKind::Credentials, Some(operation)) => operation.security,
            _ => &[],
        }
    }

    /// How long the API asks to wait before the next try: in seconds, or until a date, by the clock of the answer.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = |name| self.headers()?.get(name)?.to_str().ok();
        let value = text(header::RETRY_AFTER)?.trim();
        let seconds = match value.parse() {
            Ok(seconds) => seconds,
            Err(_) => date::seconds(value)?.saturating_sub(date::seconds(text(header::DATE)?)?),
        };
        Some(Duration::from_secs(seconds))
    }

    /// Why the body could not be read: the one of a success, or the one of a documented failure that is not as
    /// documented.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.0.decode.as_ref()
    }

    /// The failure that the API documents for the status, read as `F`. `None` where the status is none of `F`, or the
    /// body is not as documented.
    pub fn failure<F: Failure>(&self) -> Option<F> {
        match (self.0.kind, &self.0.answer) {
            (ErrorKind::Status, Some(answer)) => F::read(answer).ok().flatten(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "`{}` ({} {}) failed: ", operation.id, operation.method, operation.path)?;
        }
        f.write_str(&self.0.message)?;
        if let Some(status) = self.status() {
            // The status code alone would be cryptic, and its reason comes from a fixed table, not from the server.
            let separator = if self.0.kind == ErrorKind::Status { " " } else { ", status " };
            write!(f, "{separator}{status}")?;
        }
        match &self.0.decode {
            Some(error) => write!(f, ", whose body cannot be read: {error}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind).field("message", &self.0.message);
        if let Some(operation) = self.0.operation {
            debug.field("operation", &operation.id);
        }
        if let Some(answer) = &self.0.answer {
            debug
                .field("status", &answer.status())
                .field("headers", &HeaderNames(answer.headers()))
                .field("body_length", &answer.body().len());
        }
        if let Some(error) = &self.0.decode {
            debug.field("decode", error);
        }
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // A decode error is part of the sentence already, so a report of all causes would say it twice.
        self.0.source.as_ref().map(|source| &**source as _)
    }
}

/// The failures that an operation documents, each with its body.
pub trait Failure: Sized {
    /// Reads an answer whose status is not a success. `None` where its status is not documented.
    fn read(answer: &Response<Bytes>) -> Result<Option<Self>, DecodeError>;
}

/// The failure of an operation that documents none.
impl Failure for Infallible {
    fn read(_: &Response<Bytes>) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

/// Why a call of an operation failed: an [`Error`], which it derefs to, and the documented failure where it is one.
pub struct OperationError<F> {
    error: Error,
    failure: Option<Box<F>>,
}

impl<F> OperationError<F> {
    /// The documented failure. `None` for any other error, and where the body is not as documented; then
    /// [`Error::decode_error`] says why.
    pub fn failure(&self) -> Option<&F> {
        self.failure.as_deref()
    }

    /// The error and the documented failure.
    pub fn into_parts(self) -> (Error, Option<F>) {
        (self.error, self.failure.map(|failure| *failure))
    }
}

impl<F: Failure> From<Error> for OperationError<F> {
    fn from(mut error: Error) -> Self {
        let read = match (error.0.kind, &error.0.answer) {
            (ErrorKind::Status, Some(answer)) => F::read(answer),
            _ => Ok(None),
        };
        let failure = match read {
            Ok(failure) => failure.map(Box::new),
            Err(fault) => {
                error.0.decode = Some(fault);
                None
            }
        };
        Self { error, failure }
    }
}

impl<F> From<OperationError<F>> for Error {
    fn from(error: OperationError<F>) -> Self {
        error.error
    }
}

impl<F> Deref for OperationError<F> {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.error
    }
}

impl<F> fmt::Display for OperationError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// Says whether there is a failure and not which: it is the body of the answer, where an API may repeat a credential.
impl<F> fmt::Debug for OperationError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationError")
            .field("error", &self.error)
            .field("is_documented", &self.failure.is_some())
            .finish()
    }
}

impl<F> StdError for OperationError<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}
