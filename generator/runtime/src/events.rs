//! Server-sent events, as the HTML standard frames them.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::HeaderName;

use super::call;
use super::codec::{Decode, Encode, from_json};
use super::decode_error::DecodeError;
use super::error::{Error, ErrorKind};
use super::json::Value;
use super::request::Request;
use super::response::{Read, Unread, from_text};
use super::stream::{Buffer, FromStream, Incoming};
use super::style;
use super::union::measured;

/// An event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `message` unless the server says otherwise.
    pub event: String,
    /// The last id that the server gave, up to this event; empty where it gave none.
    pub id: String,
    /// What the event says.
    pub data: T,
}

/// The events of an answer as they come. An event that cannot be read is an error, and the next one comes all the same.
///
/// An event whose data is `[DONE]` ends the stream. The stream does not begin anew by itself when the connection ends;
/// [`Events::reconnect`] does it.
pub struct Events<T> {
    incoming: Box<Incoming>,
    again: Option<Request>,
    buffer: Buffer,
    parser: Box<Parser>,
    read: fn(&[u8], &Parts) -> Result<T, DecodeError>,
    item: PhantomData<fn() -> T>,
}

/// What is known of an event whose end has not come yet, and of the stream.
#[derive(Default)]
struct Parser {
    has_begun: bool,
    /// Whether the last line ended by a carriage return, whose line feed is no line of its own.
    skips_line_feed: bool,
    data: Option<Vec<u8>>,
    event: String,
    id: String,
    last_id: String,
    retry: Option<Duration>,
}

/// An event, its data being text.
struct Parts {
    event: String,
    id: String,
    data: Bytes,
}

impl<T> Events<T> {
    /// The id of the last event, which a server may go on from.
    pub fn last_event_id(&self) -> &str {
        &self.parser.last_id
    }

    /// How long the server asks to wait before [`Events::reconnect`].
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }

    /// Sends the request again, with the id of the last event, and goes on with the events that come then. Where the
    /// server answers with 204, there are no more.
    ///
    /// # Errors
    /// Where the request cannot be sent again, since its body was a stream, or fails.
    pub async fn reconnect(&mut self) -> Result<(), Error> {
        let request = self.again.take();
        let Some(parts) = request.as_ref().and_then(|request| request.0.again()) else {
            let error = Error::new(ErrorKind::Request, "the request cannot be sent again, since its body was a stream");
            return Err(error.with_operation(self.incoming.operation));
        };
        self.again = request;
        let mut request = Request(Box::new(parts));
        if !self.parser.last_id.is_empty() {
            let id =
                style::header_value(&self.parser.last_id).map_err(|fault| Error::new(ErrorKind::Request, fault))?;
            request.0.headers.insert(HeaderName::from_static("last-event-id"), id);
        }
        let mut answer = call::start(request, &["text/event-stream"]).await?;
        *self.incoming = Incoming::new(&mut answer);
        self.buffer = Buffer::default();
        *self.parser =
            Parser { last_id: std::mem::take(&mut self.parser.last_id), retry: self.parser.retry, ..Parser::default() };
        self.parser.id.clone_from(&self.parser.last_id);
        if answer.response().status() == StatusCode::NO_CONTENT {
            self.incoming.end();
        }
        Ok(())
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        loop {
            while let Some((line, end)) = self.buffer.take(|byte| byte == b'\n' || byte == b'\r') {
                if let Some(parts) = self.parser.line(&line, end) {
                    if parts.data == "[DONE]" {
                        self.incoming.end();
                        return Poll::Ready(None);
                    }
                    return Poll::Ready(Some(self.read(parts)));
                }
            }
            // An event that the end of the stream cuts off is dropped, as the standard says.
            let Some(chunk) = ready!(self.incoming.poll_chunk(context)) else { return Poll::Ready(None) };
            let pushed = chunk.and_then(|chunk| self.buffer.push(&mut self.incoming, &chunk));
            if let Err(error) = pushed {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    fn read(&self, parts: Parts) -> Result<Event<T>, Error> {
        let read = self.read;
        let data = self.incoming.decode(parts.data.clone(), |data| read(data, &parts))?;
        Ok(Event { event: parts.event, id: parts.id, data })
    }

    fn new(mut answer: Unread, read: fn(&[u8], &Parts) -> Result<T, DecodeError>) -> Self {
        let again = answer.again();
        let incoming = Box::new(Incoming::new(&mut answer));
        Self { incoming, again, buffer: Buffer::default(), parser: Box::default(), read, item: PhantomData }
    }
}

impl Parser {
    /// Reads a line; the event when the line ends one.
    fn line(&mut self, line: &[u8], end: u8) -> Option<Parts> {
        let is_rest_of_line_end = std::mem::replace(&mut self.skips_line_feed, end == b'\r') && line.is_empty();
        if is_rest_of_line_end && end == b'\n' {
            return None;
        }
        let line = match std::mem::replace(&mut self.has_begun, true) {
            true => line,
            false => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (field, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.id = String::from_utf8_lossy(value).into_owned(),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Parts> {
        self.last_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        let data = self.data.take()?;
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Parts { event, id: self.last_id.clone(), data: data.into() })
    }
}

fn read_data<T: Decode>(data: &[u8], _: &Parts) -> Result<T, DecodeError> {
    event_data(data)
}

/// The name and the data of an event, of which all fields are texts.
pub fn event_fields<'a>(event: &'a Value<'_>) -> Result<(&'a str, &'a [u8]), DecodeError> {
    let field = |name| event.tag(name).ok_or_else(|| DecodeError::missing(name));
    Ok((field("event")?, field("data")?.as_bytes()))
}

/// Writes an event of that name, whose data spell `value`.
pub fn event<'a>(name: &'a str, value: &dyn Encode) -> Value<'a> {
    let data = match value.encode() {
        Value::String(text) => text.into_owned(),
        // Values that are no numbers are refused where they are written as JSON; in a text there is none.
        value => serde_json::to_string(&value).unwrap_or_default(),
    };
    Value::Object(vec![("event".into(), Value::from(name)), ("data".into(), Value::String(data.into()))])
}

/// Reads the data of an event: JSON where it looks like it, and a text otherwise. What is JSON is a text only for a type
/// that has room for one: a union would keep any text, and the reason why it does not fit would be lost.
pub fn event_data<T: Decode>(data: &[u8]) -> Result<T, DecodeError> {
    let looks_like_json = matches!(data.first(), Some(b'{' | b'[' | b'"'));
    let as_text = |data| match std::str::from_utf8(data) {
        Ok(text) => from_text(text),
        Err(_) => Err(DecodeError::unexpected("this is not text in UTF-8")),
    };
    if !looks_like_json {
        return as_text(data);
    }
    from_json(data).or_else(|error| {
        let text = Value::from(std::str::from_utf8(data).unwrap_or_default());
        let read = if error.is_syntax() { as_text(data).ok() } else { fitting(text) };
        read.ok_or(error)
    })
}

/// What is read from a value of which nothing is unknown to the type.
fn fitting<T: Decode>(value: Value<'_>) -> Option<T> {
    match measured(value, T::decode) {
        (Ok(read), 0) => Some(read),
        _ => None,
    }
}

/// Reads an event as an object of its fields.
fn read_fields<T: Decode>(data: &[u8], parts: &Parts) -> Result<T, DecodeError> {
    let data = std::str::from_utf8(data).map_err(|_| DecodeError::unexpected("this is not text in UTF-8"))?;
    let mut members = vec![("event".into(), Value::from(parts.event.as_str())), ("data".into(), Value::from(data))];
    if !parts.id.is_empty() {
        members.push(("id".into(), Value::from(parts.id.as_str())));
    }
    T::decode(Value::Object(members))
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// Each event is read from its data.
impl<T: Decode> FromStream for Events<T> {
    const STREAMED: &'static [&'static str] = &["text/event-stream"];

    fn from_stream(answer: Unread) -> Result<Self, DecodeError> {
        Ok(Self::new(answer, read_data))
    }
}

/// As events, each of which is read from the object of its fields.
#[derive(Debug)]
pub struct EventFields;

impl<T: Decode> Read<Events<T>> for EventFields {
    const STREAMED: &'static [&'static str] = Events::<T>::STREAMED;

    fn read(answer: Unread) -> Result<Events<T>, DecodeError> {
        Events::of_fields(answer)
    }
}

impl<T: Decode> Events<T> {
    /// Reads each event as the object of its fields `event`, `data` and `id`.
    pub fn of_fields(answer: Unread) -> Result<Self, DecodeError> {
        Ok(Self::new(answer, read_fields))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("operation", &self.incoming.operation.id).finish_non_exhaustive()
    }
}
