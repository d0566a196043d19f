//! A transport that keeps the head of each request and answers `204 No Content`.

use std::sync::{Arc, Mutex};

use crate::runtime::{Body, BoxFuture, Client, Error, Operation, Request, Timeouts, Transport, TransportError};

#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Option<http::Request<()>>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        *self.0.lock().unwrap() = Some(request.map(|_| ()));
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(std::future::ready(Ok(response)))
    }
}

impl Recorder {
    /// What was sent last.
    pub fn take(&self) -> Option<http::Request<()>> {
        self.0.lock().unwrap().take()
    }
}

/// Runs a future that waits for nothing.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The head of a request of `operation` to `https://api.example.com`, put together by `build`.
pub fn sent(operation: &'static Operation, build: impl FnOnce(Request) -> Request) -> Result<http::Request<()>, Error> {
    let recorder = Recorder::default();
    let client =
        Client::builder().base_url("https://api.example.com").unwrap().transport(recorder.clone()).build().unwrap();
    let result = now(build(client.request(operation)).call::<(), std::convert::Infallible>());
    let request = recorder.take();
    match result {
        Ok(()) => Ok(request.unwrap()),
        Err(error) => {
            assert!(request.is_none(), "a request with a fault must not be sent");
            Err(error.into())
        }
    }
}
