//! The default transport, over reqwest.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::transport::{Body, BoxFuture, Timeouts, Transport, TransportError, TransportErrorKind};

/// Sends requests by reqwest: proxies come from the environment, connections are kept and used again. It works inside of
/// a tokio runtime only.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// A century: a longer limit would overflow the clock that it is added to, which panics.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

impl ReqwestTransport {
    /// A transport with these limits. `direct` keeps it from using a proxy.
    pub(super) fn new(timeouts: Timeouts, direct: bool) -> Result<Self, TransportError> {
        Self::configured(timeouts, |builder| if direct { builder.no_proxy() } else { builder })
    }

    /// A transport whose HTTP client `configure` completes, for what only reqwest can say: a client certificate for
    /// mutual TLS, further root certificates, a proxy. Redirects are not followed whatever it says.
    ///
    /// # Errors
    /// Where reqwest cannot make a client of it.
    pub fn configured(
        timeouts: Timeouts,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, TransportError> {
        let mut builder = reqwest::Client::builder();
        if let Some(limit) = timeouts.connect {
            builder = builder.connect_timeout(limit.min(LONGEST));
        }
        if let Some(limit) = timeouts.read {
            builder = builder.read_timeout(limit.min(LONGEST));
        }
        builder = configure(builder).redirect(reqwest::redirect::Policy::none()).referer(false);
        Ok(Self { client: builder.build().map_err(transport_error)? })
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(send(&self.client, request, timeouts))
    }
}

async fn send(
    client: &reqwest::Client,
    request: http::Request<Body>,
    timeouts: Timeouts,
) -> Result<http::Response<Body>, TransportError> {
    let request = request.map(|body| match body.as_bytes() {
        Some(bytes) => reqwest::Body::from(bytes),
        None => reqwest::Body::wrap(body),
    });
    let mut request = reqwest::Request::try_from(request).map_err(transport_error)?;
    *request.timeout_mut() = timeouts.total.map(|limit| limit.min(LONGEST));
    let response = client.execute(request).await.map_err(transport_error)?;
    Ok(http::Response::from(response).map(|body| Body::stream(Answer(body))))
}

/// The body of an answer, with reqwest's errors made ours.
struct Answer(reqwest::Body);

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map_err(transport_error)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// The error without its URL, whose query may hold a credential.
fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), is_timeout(&error)) {
        _ if error.is_builder() => TransportErrorKind::Unsendable,
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Other,
    };
    TransportError::new(kind, error.without_url())
}

/// Whether a time limit is anywhere among the causes: reqwest wraps the one of a body into another error.
fn is_timeout(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(reqwest::Error::is_timeout) {
            return true;
        }
        cause = error.source();
    }
    false
}
