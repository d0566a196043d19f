//! Links of answers: the next page, and whatever else an answer leads to.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Uri, header};

use super::call;
use super::client::Client;
use super::error::{Error, ErrorKind};
use super::request::{Operation, Request};
use super::response::{Response, Unread};

/// What an answer came of, and how it is read.
pub(super) struct Origin<T> {
    pub(super) source: Arc<Source>,
    pub(super) streamed: &'static [&'static str],
    pub(super) read: fn(Unread) -> Result<Response<T>, Error>,
}

/// A call that was answered.
pub(super) struct Source {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    /// What the call was told beside its credentials.
    pub(super) headers: HeaderMap,
    pub(super) accept: Option<&'static str>,
    pub(super) timeout: Option<Duration>,
    pub(super) url: Uri,
}

impl<T> Response<T> {
    /// Gets what a link of this answer leads to, such as the next page, and reads it as this answer was read. The headers
    /// and credentials of this call go along; its body and other parameters do not.
    ///
    /// ```text
    /// let mut page = client.pets().list().send().await?;
    /// while let Some(next) = page.link("next") {
    ///     page = page.follow(next).await?;
    /// }
    /// ```
    ///
    /// # Errors
    /// Where the link leads to another server, the call fails, or the answer was put together by hand.
    pub fn follow(&self, link: &str) -> impl Future<Output = Result<Self, Error>> + use<T> {
        let begun = match &self.origin {
            Some(origin) => origin.source.request(link).map(|request| (request, origin.streamed, origin.read)),
            None => Err(Error::new(ErrorKind::Request, "the answer is of no call")),
        };
        async move {
            let (request, streamed, read) = begun?;
            call::start(request, streamed).await.and_then(read)
        }
    }

    /// The target of the link in the `Link` headers that has this relation, such as `next`.
    pub fn link(&self, relation: &str) -> Option<&str> {
        let texts = self.headers().get_all(header::LINK).into_iter().filter_map(|value| value.to_str().ok());
        let links = texts.flat_map(|text| text.split('<').skip(1)).filter_map(|link| link.split_once('>'));
        let has_relation = |parameters: &str| {
            let names = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
            let mut relations = names.filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
            let is_it = |name: &str| name.eq_ignore_ascii_case(relation);
            relations.next().is_some_and(|(_, value)| {
                let value = value.trim().trim_end_matches(',').trim_end();
                value.trim_matches('"').split_ascii_whitespace().any(is_it)
            })
        };
        links.into_iter().find(|(_, parameters)| has_relation(parameters)).map(|(target, _)| target.trim())
    }
}

impl Source {
    fn request(&self, link: &str) -> Result<Request, Error> {
        let fail = |fault: &str| {
            let error = Error::new(ErrorKind::Request, format!("the link cannot be followed: {fault}"));
            error.with_operation(self.operation)
        };
        let base = self.client.settings().url_among(self.operation.servers)?;
        let (path, query) = base.follow(&self.url, link).map_err(fail)?;
        let mut request = self.client.request(self.operation);
        request.0.headers.clone_from(&self.headers);
        request.0.accept = self.accept;
        request.0.timeout = self.timeout;
        request.0.query.extend(Some(query).filter(|query| !query.is_empty()));
        request.0.link = Some(path);
        Ok(request)
    }
}

impl<T> Clone for Origin<T> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), streamed: self.streamed, read: self.read }
    }
}
