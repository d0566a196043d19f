//! A call: one request on its way, and what becomes of it.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Method, StatusCode, header};
use http_body::Body as _;

use super::credential;
use super::error::{Error, ErrorKind, OperationError};
use super::follow::Source;
use super::request::{Operation, Parts, Request};
use super::response::{Response, Unread, media_matches};
use super::style;
use super::transport::{Body, BoxFuture, TransportError};
use super::url::{self, BaseUrl};

/// A call on its way: a future that sends the request when it is first polled.
#[must_use = "a request is sent when its call is awaited"]
pub struct Call<T, F> {
    operation: &'static Operation,
    answer: BoxFuture<'static, Result<Unread, Error>>,
    read: fn(Result<Unread, Error>) -> Result<T, OperationError<F>>,
}

impl<T, F> Call<T, F> {
    pub(super) fn new(
        request: Request,
        streamed: &'static [&'static str],
        read: fn(Result<Unread, Error>) -> Result<T, OperationError<F>>,
    ) -> Self {
        Self { operation: request.0.operation, answer: start(request, streamed), read }
    }
}

impl<T, F> Future for Call<T, F> {
    type Output = Result<T, OperationError<F>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.answer.as_mut().poll(context).map(self.read)
    }
}

impl<T, F> fmt::Debug for Call<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

/// Sends a request; a success in one of the `streamed` media types is left to be read by the caller.
///
/// This is no `async fn`, so that no caller of an operation compiles the machine behind it again.
pub(super) fn start(request: Request, streamed: &'static [&'static str]) -> BoxFuture<'static, Result<Unread, Error>> {
    Box::pin(async move {
        let operation = request.0.operation;
        execute(*request.0, streamed).await.map_err(|error| error.with_operation(operation))
    })
}

/// Sends the request and reads the answer. Any status that is not a success is an error.
async fn execute(mut parts: Parts, streamed: &'static [&'static str]) -> Result<Unread, Error> {
    let client = parts.client.clone();
    let settings = client.settings();
    let operation = parts.operation;
    let mut timeouts = settings.timeouts;
    // A stream may last for as long as it wants to, unless the call itself has a limit.
    timeouts.total = if streamed.is_empty() { parts.timeout.or(timeouts.total) } else { parts.timeout };
    if let Some(error) = parts.error.take() {
        return Err(error);
    }
    // What is wrong with the path shows before a token is fetched.
    let path = match parts.link.take() {
        Some(link) => Path::Link(link),
        None => Path::Own(
            url::expand(operation.path, &parts.path).map_err(|message| Error::new(ErrorKind::Request, message))?,
        ),
    };
    let again = if streamed.is_empty() { None } else { parts.again() };
    let base_url = settings.url_among(parts.operation.servers)?;
    let (headers, accept, timeout) = (parts.headers.clone(), parts.accept, parts.timeout);
    let tokens = credential::authorize(&mut parts, &base_url).await?;
    let request = prepare(parts, &base_url, &path)?;
    let url = request.uri().clone();
    let source = Source { client: client.clone(), operation, headers, accept, timeout, url };

    let (head, body) = settings.transport.send(request, timeouts).await.map_err(Error::transport)?.into_parts();
    if head.status == StatusCode::UNAUTHORIZED {
        tokens.iter().for_each(|(provider, token)| provider.refused(token));
    }
    if head.status.is_success() && streamed.iter().any(|media| media_matches(&head.headers, media)) {
        let response = Response::new(head.status, head.headers, Bytes::new());
        return Ok(Unread::stream(operation, response, body, again).of_call(source));
    }
    let answer = whole(head, body, operation, settings.max_response_bytes).await?;
    Ok(Unread::whole(operation, answer).of_call(source))
}

/// Where a request leads to.
enum Path {
    /// The path of the operation, to be joined to the base URL.
    Own(String),
    /// The whole path of a link.
    Link(String),
}

/// Reads the whole answer.
async fn whole(
    head: http::response::Parts,
    body: Body,
    operation: &Operation,
    limit: u64,
) -> Result<Response<Bytes>, Error> {
    // These answers have no body, and may say how long it would be.
    let has_no_body =
        operation.method == "HEAD" || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&head.status);
    let announced = if has_no_body { None } else { announced(&head.headers) };
    let (bytes, end) = match announced {
        // A success that cannot be read whole is of no use; of a failure, the start may say what is wrong.
        Some(length) if length > limit && head.status.is_success() => (Bytes::new(), End::TooLarge),
        announced => collect(body, limit, announced).await,
    };
    let answer = Response::new(head.status, head.headers, bytes);
    match end {
        End::Whole if answer.status().is_success() => Ok(answer),
        End::Whole => Err(Error::status_of(answer)),
        End::Broken(error) => Err(Error::transport(error).with_answer(answer)),
        End::TooLarge => Err(Error::too_large(limit).with_answer(answer)),
    }
}

/// The request as it goes over the wire.
fn prepare(mut parts: Parts, base_url: &BaseUrl, path: &Path) -> Result<http::Request<Body>, Error> {
    let operation = parts.operation;
    let query = parts.query.join("&");
    let (method, uri) = match path {
        Path::Own(path) => (operation.method, base_url.join(path, &query)),
        Path::Link(path) => ("GET", base_url.at(path, &query)),
    };
    let uri = uri.map_err(|fault| Error::new(ErrorKind::Request, fault))?;

    let mut request = http::Request::new(Body::empty());
    *request.method_mut() =
        Method::from_bytes(method.as_bytes()).map_err(|_| Error::new(ErrorKind::Request, "HTTP forbids its method"))?;
    *request.uri_mut() = uri;
    let mut headers = parts.headers;
    if let Some(accept) = parts.accept.or(operation.accept) {
        headers.insert(header::ACCEPT, media_type(accept)?);
    }
    if !parts.cookies.is_empty() {
        // A header that is named `Cookie` is kept, since a request has only one.
        let own = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        parts.cookies.splice(0..0, own);
        let cookie = style::header_value(&parts.cookies.join("; "));
        headers.insert(header::COOKIE, cookie.map_err(|fault| Error::new(ErrorKind::Request, fault))?);
    }
    if let Some((body, media)) = parts.body {
        headers.insert(header::CONTENT_TYPE, media_type(&media)?);
        *request.body_mut() = body;
    } else if ["POST", "PUT", "PATCH", "QUERY"].contains(&method) {
        // These methods mean a body, so a server may wait for one unless it is told that there is none.
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    *request.headers_mut() = headers;
    Ok(request)
}

/// A media type comes from the API description, which may hold anything.
fn media_type(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| Error::new(ErrorKind::Request, "HTTP forbids the media type"))
}

fn announced(headers: &http::HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// How the body of an answer ended.
pub(super) enum End {
    Whole,
    Broken(TransportError),
    TooLarge,
}

/// Reads a body up to `limit` bytes. What came is kept however it ends.
pub(super) async fn collect(body: Body, limit: u64, announced: Option<u64>) -> (Bytes, End) {
    if let Some(bytes) = body.as_bytes() {
        return match usize::try_from(limit) {
            Ok(limit) if bytes.len() > limit => (bytes.slice(..limit), End::TooLarge),
            _ => (bytes, End::Whole),
        };
    }
    let mut body = pin!(body);
    // The server's word alone makes no large allocation.
    let mut bytes = BytesMut::with_capacity(announced.map_or(0, |length| length.min(1 << 16) as usize));
    loop {
        match poll_fn(|context| body.as_mut().poll_frame(context)).await {
            None => return (bytes.freeze(), End::Whole),
            Some(Err(error)) => return (bytes.freeze(), End::Broken(error)),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                // What fits is kept, since the start of a page of a proxy often says what is wrong.
                let room = usize::try_from(limit - bytes.len() as u64).unwrap_or(usize::MAX);
                bytes.extend_from_slice(data.get(..room).unwrap_or(&data));
                if data.len() > room {
                    return (bytes.freeze(), End::TooLarge);
                }
            }
        }
    }
}
