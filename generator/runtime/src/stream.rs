//! Answers that are read while they come.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as _;

use super::codec::{Decode, from_json};
use super::decode_error::DecodeError;
use super::error::Error;
use super::request::Operation;
use super::response::{Read, Response, Unread};
use super::transport::Body;

/// A type that a success is read as while it comes.
pub trait FromStream: Sized {
    /// The media types whose bodies are not awaited as a whole.
    const STREAMED: &'static [&'static str];

    /// Begins to read the answer.
    fn from_stream(answer: Unread) -> Result<Self, DecodeError>;
}

/// As a stream.
#[derive(Debug)]
pub struct Streamed;

impl<T: FromStream> Read<T> for Streamed {
    const STREAMED: &'static [&'static str] = T::STREAMED;

    fn read(answer: Unread) -> Result<T, DecodeError> {
        T::from_stream(answer)
    }
}

/// A body as it comes.
pub(super) struct Incoming {
    pub(super) operation: &'static Operation,
    /// The answer without its body, for errors.
    pub(super) response: Response<Bytes>,
    body: Option<Body>,
}

impl Incoming {
    pub(super) fn new(answer: &mut Unread) -> Self {
        let body = Some(answer.take_body());
        Self { operation: answer.operation(), response: answer.response().clone().map(|_| Bytes::new()), body }
    }

    /// The next bytes. Nothing comes after an error.
    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(body) = &mut self.body {
            match ready!(Pin::new(body).poll_frame(context)) {
                None => self.body = None,
                Some(Err(error)) => {
                    self.body = None;
                    return Poll::Ready(Some(Err(self.error(Error::transport(error), Bytes::new()))));
                }
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                    _ => {}
                },
            }
        }
        Poll::Ready(None)
    }

    pub(super) fn end(&mut self) {
        self.body = None;
    }

    /// An error of this answer, with the part of the body that it is about.
    pub(super) fn error(&self, error: Error, body: Bytes) -> Error {
        error.with_answer(self.response.clone().map(|_| body)).with_operation(self.operation)
    }

    /// Reads an item, whose text is kept for the error.
    pub(super) fn decode<T>(
        &self,
        item: Bytes,
        read: impl FnOnce(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        read(&item)
            .map_err(|error| Error::decode(error, self.response.clone().map(|_| item)).with_operation(self.operation))
    }
}

/// The bytes of an answer as they come.
pub struct ByteStream {
    incoming: Box<Incoming>,
    length: Option<u64>,
    left: u64,
    limit: u64,
}

impl ByteStream {
    /// Ends with an error when more than `bytes` bytes come. Without it, all that comes is given on.
    pub fn limit(mut self, bytes: u64) -> Self {
        (self.limit, self.left) = (bytes, bytes);
        self
    }

    /// How many bytes will come, where the server says so.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next bytes; `None` at the end, and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let chunk = ready!(self.incoming.poll_chunk(context));
        let Some(Ok(bytes)) = &chunk else { return Poll::Ready(chunk) };
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => {
                self.left = left;
                Poll::Ready(chunk)
            }
            None => {
                self.incoming.end();
                Poll::Ready(Some(Err(self.incoming.error(Error::too_large(self.limit), Bytes::new()))))
            }
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl FromStream for ByteStream {
    const STREAMED: &'static [&'static str] = &["*/*"];

    fn from_stream(mut answer: Unread) -> Result<Self, DecodeError> {
        let incoming = Box::new(Incoming::new(&mut answer));
        let length = incoming.body.as_ref().and_then(|body| body.size_hint().exact());
        Ok(Self { incoming, length, left: u64::MAX, limit: u64::MAX })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}

/// Larger items than this are rather an accident than meant.
const MAX_ITEM_BYTES: u64 = 64 << 20;

/// Bytes that have come and are not read yet.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: BytesMut,
    /// How many of them hold no end of an item.
    searched: usize,
}

impl Buffer {
    /// Takes the bytes up to the first one that `is_end` names, with that one.
    pub(super) fn take(&mut self, is_end: impl Fn(u8) -> bool) -> Option<(Bytes, u8)> {
        let unread = self.bytes.get(self.searched..).unwrap_or_default();
        let Some(found) = unread.iter().position(|byte| is_end(*byte)) else {
            self.searched = self.bytes.len();
            return None;
        };
        let length = self.searched + found;
        self.searched = 0;
        let mut item = self.bytes.split_to(length + 1);
        let end = item.last().copied().unwrap_or_default();
        item.truncate(length);
        Some((item.freeze(), end))
    }

    /// Takes what is left at the end of the body.
    pub(super) fn take_rest(&mut self) -> Bytes {
        self.searched = 0;
        self.bytes.split().freeze()
    }

    /// Adds what has come; an item that never ends is refused.
    pub(super) fn push(&mut self, incoming: &mut Incoming, chunk: &[u8]) -> Result<(), Error> {
        if self.bytes.len() as u64 + chunk.len() as u64 > MAX_ITEM_BYTES {
            incoming.end();
            return Err(incoming.error(Error::too_large(MAX_ITEM_BYTES), Bytes::new()));
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }
}

/// JSON texts, one a line (`application/jsonl`, `application/x-ndjson`) or behind record separators
/// (`application/json-seq`). An item that cannot be read is an error, and the next one comes all the same.
pub struct JsonItems<T> {
    incoming: Box<Incoming>,
    buffer: Buffer,
    item: PhantomData<fn() -> T>,
}

impl<T: Decode> JsonItems<T> {
    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            // JSON escapes both bytes inside of texts; a line break between tokens of a sequence is the one ambiguity,
            // and what stands on several lines begins with a record separator.
            let is_sequence = self.incoming.response.is("application/json-seq");
            let end = if is_sequence { b'\x1e' } else { b'\n' };
            if let Some((item, _)) = self.buffer.take(|byte| byte == end) {
                if let Some(item) = self.read(item) {
                    return Poll::Ready(Some(item));
                }
                continue;
            }
            match ready!(self.incoming.poll_chunk(context)) {
                Some(Ok(chunk)) => {
                    if let Err(error) = self.buffer.push(&mut self.incoming, &chunk) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    let rest = self.buffer.take_rest();
                    return Poll::Ready(self.read(rest));
                }
            }
        }
    }

    fn read(&self, item: Bytes) -> Option<Result<T, Error>> {
        if item.iter().all(u8::is_ascii_whitespace) { None } else { Some(self.incoming.decode(item, from_json)) }
    }
}

impl<T: Decode> Stream for JsonItems<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: Decode> FromStream for JsonItems<T> {
    const STREAMED: &'static [&'static str] = &["*/*"];

    fn from_stream(mut answer: Unread) -> Result<Self, DecodeError> {
        Ok(Self { incoming: Box::new(Incoming::new(&mut answer)), buffer: Buffer::default(), item: PhantomData })
    }
}

impl<T> fmt::Debug for JsonItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonItems").field("operation", &self.incoming.operation.id).finish_non_exhaustive()
    }
}
