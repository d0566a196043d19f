//! The way from a request to its answer: a small trait, so that any HTTP client can do it.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// An error of any kind.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// A future of any kind.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests. Implement it to use another HTTP client than the default one, or to see or change every request.
///
/// An implementation follows no redirect, keeps no cookies, and honours `timeouts`: the `total` limit lasts until the
/// body of the answer has been read. It must not log header values.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request. The future ends when the head of the answer is there.
    fn send(
        &self,
        request: http::Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Time limits. `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// How long it may take to connect.
    pub connect: Option<Duration>,
    /// How long the server may stay silent, from the start of the call or from what came last.
    pub read: Option<Duration>,
    /// How long the whole call may take, the body of the answer included.
    pub total: Option<Duration>,
}

/// Ten seconds cover a connection over a bad line with two lost packets; thirty seconds of silence are what common
/// gateways wait before they give up themselves; a minute for the whole call keeps a caller's own task from hanging.
impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(10)),
            read: Some(Duration::from_secs(30)),
            total: Some(Duration::from_secs(60)),
        }
    }
}

/// Why a request had no answer, or not a whole one.
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// What a [`TransportError`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about, so the server has not seen the request.
    Connect,
    /// No connection came about in time, so the server has not seen the request.
    ConnectTimeout,
    /// A time limit ran out. The server may have seen the request.
    Timeout,
    /// The transport cannot send the request, and has not tried to.
    Unsendable,
    /// The connection failed, or its other end did not speak HTTP.
    Other,
}

impl TransportError {
    /// An error of this kind. The text of `source` must hold no credential and no URL.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into() }
    }

    /// What the error is about.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(super) fn message(&self) -> &'static str {
        match self.kind {
            TransportErrorKind::Connect => "no connection could be made",
            TransportErrorKind::ConnectTimeout => "no connection could be made in time",
            TransportErrorKind::Timeout => "a time limit ran out",
            TransportErrorKind::Unsendable => "the transport cannot send the request",
            TransportErrorKind::Other => "the connection failed",
        }
    }

    /// The cause.
    pub fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError").field("kind", &self.kind).field("source", &self.source).finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The body of a request or of an answer.
pub struct Body(Content);

enum Content {
    /// The bytes that are still to be sent; `None` when there are none.
    Full(Option<Bytes>),
    Stream(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync>>),
}

impl Body {
    /// No body.
    pub const fn empty() -> Self {
        Self(Content::Full(None))
    }

    /// A body that is there as a whole.
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self(Content::Full(if bytes.is_empty() { None } else { Some(bytes) }))
    }

    /// A body that comes in parts.
    pub fn stream(body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static) -> Self {
        Self(Content::Stream(Box::pin(body)))
    }

    /// A body that is read from `reader` while it is sent; `length` is how much comes, where that is known. Reading
    /// blocks, so `reader` is a file or the like, and not a connection.
    pub fn reader(reader: impl Read + Unpin + Send + Sync + 'static, length: Option<u64>) -> Self {
        Self::stream(Reader { reader, left: length, done: false })
    }

    /// The whole body, where it is there already; it is copied only by reference. `None` for a stream.
    pub fn as_bytes(&self) -> Option<Bytes> {
        match &self.0 {
            Content::Full(bytes) => Some(bytes.clone().unwrap_or_default()),
            Content::Stream(_) => None,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::full(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::full(bytes)
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::full(text)
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::full(bytes)
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::full(text)
    }
}

/// A body that is read while it is sent.
struct Reader<R> {
    reader: R,
    left: Option<u64>,
    done: bool,
}

/// How much is read at once: enough for the system calls not to count, and little in memory.
const CHUNK: usize = 64 << 10;

impl<R: Read> Reader<R> {
    /// The next bytes; none at the end. A body that is not as long as was said would break the connection.
    fn next(&mut self) -> Result<Bytes, io::Error> {
        let mut buffer = vec![0; CHUNK.min(self.left.map_or(CHUNK, |left| left.try_into().unwrap_or(CHUNK)))];
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.reader.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        buffer.truncate(filled);
        if let Some(left) = &mut self.left {
            if filled == 0 && *left > 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the body is shorter than was said"));
            }
            *left -= filled as u64;
        }
        Ok(buffer.into())
    }
}

impl<R: Read + Unpin> http_body::Body for Reader<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.done || self.left == Some(0) {
            return Poll::Ready(None);
        }
        Poll::Ready(match self.next() {
            Ok(bytes) if bytes.is_empty() => {
                self.done = true;
                None
            }
            Ok(bytes) => Some(Ok(Frame::data(bytes))),
            Err(error) => {
                self.done = true;
                Some(Err(TransportError::new(TransportErrorKind::Other, error)))
            }
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Full(bytes) => write!(f, "Body({} bytes)", bytes.as_ref().map_or(0, Bytes::len)),
            Content::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Content::Full(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Content::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Full(bytes) => bytes.is_none(),
            Content::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Full(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Content::Stream(stream) => stream.size_hint(),
        }
    }
}
