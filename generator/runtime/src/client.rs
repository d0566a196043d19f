//! The client and its builder.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::{self, HeaderName};

use super::credential::Credential;
use super::error::{Error, ErrorKind};
use super::request::{Operation, Request};
use super::secret::Redacted;
use super::server::{Server, ServerUrl};
use super::style::{self, Fault};
use super::transport::{Timeouts, Transport};
use super::url::{BaseUrl, Safety, is_relative};

/// What the API description says about the API as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The title of the API.
    pub title: &'static str,
    /// The URL of the server that the description names first: where it is relative, only a caller knows the rest.
    pub server: Option<&'static str>,
    /// The `User-Agent` that requests have by default.
    pub user_agent: &'static str,
}

/// A client of the API. A clone shares connections and settings with the original, and costs nothing.
#[derive(Clone)]
pub struct Client(Arc<Settings>);

/// What a client was built from.
pub(super) struct Settings {
    pub(super) base_url: BaseUrl,
    /// Whether the base URL is the caller's own word, which then counts for operations with servers of their own too.
    pub(super) is_own_url: bool,
    /// The server that the caller has chosen.
    server: Option<Server>,
    pub(super) credentials: Vec<(Cow<'static, str>, Credential)>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) timeouts: Timeouts,
    pub(super) max_response_bytes: u64,
    /// The headers that every request begins with.
    pub(super) headers: HeaderMap,
}

impl Client {
    /// Begins a request of `operation`.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0
    }
}

impl Settings {
    /// Where an operation is sent that has these servers of its own. Relative ones are found from the base URL; of absolute
    /// ones none counts where the caller has given a base URL. Of several the one of the client's own origin is taken, so
    /// that a caller who has chosen a test server never reaches the real one; else the first.
    pub(super) fn url_among(&self, servers: &'static [ServerUrl]) -> Result<Cow<'_, BaseUrl>, Error> {
        let request = |message| Error::new(ErrorKind::Request, message);
        let mut chosen = None;
        for server in servers {
            let url = match &self.server {
                Some(own) => own.expand_other(server),
                None => server.expand(|variable| variable.default),
            };
            let url = match url {
                Ok(url) if is_relative(&url) => self.base_url.resolve(&url),
                _ if self.is_own_url => continue,
                url => BaseUrl::parse(&url.map_err(request)?),
            };
            let url = url.map_err(|fault| request(format!("the URL of its server cannot be used: {fault}")))?;
            if url.origin() == self.base_url.origin() {
                return Ok(Cow::Owned(url));
            }
            chosen.get_or_insert(url);
        }
        Ok(chosen.map_or(Cow::Borrowed(&self.base_url), Cow::Owned))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("origin", &self.0.base_url.origin())
            .field("credentials", &SchemeNames(&self.0.credentials))
            .field("timeouts", &self.0.timeouts)
            .field("max_response_bytes", &self.0.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// Makes a [`Client`].
#[must_use = "a client comes about by `build`"]
#[derive(Clone)]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<BaseUrl>,
    server: Option<Server>,
    credentials: Vec<(Cow<'static, str>, Credential)>,
    transport: Option<Arc<dyn Transport>>,
    timeouts: Timeouts,
    max_response_bytes: u64,
    /// Names and values as they were given; they are checked by `build`, so that the setters chain.
    headers: Vec<(Cow<'static, str>, String)>,
}

/// Larger answers than this are rather an accident than meant.
const MAX_RESPONSE_BYTES: u64 = 64 << 20;

impl ClientBuilder {
    /// A builder with the defaults of the API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server: None,
            credentials: Vec::new(),
            transport: None,
            timeouts: Timeouts::default(),
            max_response_bytes: MAX_RESPONSE_BYTES,
            headers: Vec::new(),
        }
    }

    /// The URL that the paths of the operations are appended to, in place of all servers of the description, also those
    /// that single operations have. It may have a path and a query, which all requests keep. A server of the description
    /// whose URL is relative is found from it.
    ///
    /// Credentials are sent over `https` only. Over `http` they are sent to this very machine (`localhost`,
    /// `127.0.0.0/8`, `[::1]`), and only where this function says so.
    ///
    /// # Errors
    /// Where the URL is not an absolute `https` or `http` URL, or has a user, a password or a fragment.
    pub fn base_url(mut self, url: &str) -> Result<Self, Error> {
        self.base_url = Some(parse_base_url(url)?);
        Ok(self)
    }

    /// The server that the paths of the operations are appended to: one of those that the description names, in place of
    /// the first. A base URL counts for more; where the URL of the server is relative, it is found from there.
    pub fn server(mut self, server: Server) -> Self {
        self.server = Some(server);
        self
    }

    /// The credential for the security scheme `scheme` of the description.
    pub fn credential(mut self, scheme: impl Into<Cow<'static, str>>, credential: Credential) -> Self {
        let scheme = scheme.into();
        self.credentials.retain(|(other, _)| *other != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Sends requests by `transport` in place of the default one, which works inside of a tokio runtime only.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long it may take to connect: ten seconds by default, `None` for no limit.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.connect = limit.into();
        self
    }

    /// How long the server may stay silent, from the start of the call or from what came last: thirty seconds by
    /// default, `None` for no limit. Whoever sends large bodies needs more, as a server is silent while it listens.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.read = limit.into();
        self
    }

    /// How long a whole call may take: a minute by default, `None` for no limit.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeouts.total = limit.into();
        self
    }

    /// How many bytes the body of an answer may have, be it a success or a failure: 64 MiB by default.
    pub fn max_response_bytes(mut self, limit: u64) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// The `User-Agent` of all requests, in place of the name and version of this crate.
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.default_header("user-agent", value)
    }

    /// A header of all requests, unless a parameter sets it. A second value for a name replaces the first.
    pub fn default_header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// Where no base URL is known, a variable of the server has no value or none of its own, a credential would be sent over `http` to another machine, a header or credential
    /// has characters that HTTP forbids, or there is no transport.
    pub fn build(self) -> Result<Client, Error> {
        let headers = self.checked_headers()?;
        for (scheme, credential) in &self.credentials {
            credential.check(scheme)?;
        }
        let base_url = self.checked_base_url()?;
        let transport = match self.transport {
            Some(transport) => transport,
            // A proxy would carry the credentials of an unencrypted request off this machine.
            None => default_transport(self.timeouts, base_url.safety == Safety::Loopback)?,
        };
        Ok(Client(Arc::new(Settings {
            base_url,
            is_own_url: self.base_url.is_some(),
            server: self.server,
            credentials: self.credentials,
            transport,
            timeouts: self.timeouts,
            max_response_bytes: self.max_response_bytes,
            headers,
        })))
    }

    fn checked_base_url(&self) -> Result<BaseUrl, Error> {
        let given = self.base_url.is_some() || self.server.is_some();
        let base_url = self.chosen_url()?;
        match base_url.safety {
            _ if self.credentials.is_empty() => Ok(base_url),
            Safety::Encrypted => Ok(base_url),
            Safety::Loopback if given => Ok(base_url),
            Safety::Loopback => Err(Error::new(
                ErrorKind::Credentials,
                "the server of the API description is on this machine and not encrypted: call `base_url` to say that \
                 the credentials are meant for it",
            )),
            Safety::Open => Err(Error::new(
                ErrorKind::Credentials,
                "credentials are not sent over `http` to another machine: call `base_url` with an `https` URL",
            )),
        }
    }

    fn chosen_url(&self) -> Result<BaseUrl, Error> {
        let server = self.server.as_ref().map(Server::expand).transpose().map_err(configuration)?;
        match (&self.base_url, server.as_deref().or(self.api.server)) {
            (Some(base), Some(url)) if server.is_some() && is_relative(url) => base.resolve(url).map_err(unusable),
            (Some(base), _) => Ok(base.clone()),
            (None, Some(url)) if !is_relative(url) => parse_base_url(url),
            (None, Some(url)) => Err(configuration(format!(
                "the server of the API description, `{url}`, is relative: call `base_url` with the whole URL"
            ))),
            (None, None) => Err(configuration("the API description names no server: call `base_url`")),
        }
    }

    fn checked_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        let agent = style::header_value(self.api.user_agent).map_err(configuration)?;
        headers.insert(header::USER_AGENT, agent);
        for (name, value) in &self.headers {
            let fault = |fault: &str| configuration(format!("the default header `{}` {fault}", name.escape_debug()));
            let parsed = HeaderName::try_from(name.as_ref()).map_err(|_| fault("has a name that HTTP forbids"))?;
            if parsed == header::AUTHORIZATION {
                return Err(fault("is a credential: give it by `credential`"));
            }
            if is_managed(&parsed) || parsed == header::ACCEPT || parsed == header::CONTENT_TYPE {
                return Err(fault("is set by the client itself"));
            }
            let value = style::header_value(value)
                .map_err(|characters| fault(&format!("has a value that HTTP forbids: {characters}")))?;
            headers.insert(parsed, value);
        }
        Ok(headers)
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.title)
            .field("origin", &self.base_url.as_ref().map(BaseUrl::origin))
            .field("credentials", &SchemeNames(&self.credentials))
            .field("timeouts", &self.timeouts)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// Whether a header belongs to the connection or frames the message, so that only the transport may set it.
pub(super) fn is_managed(name: &HeaderName) -> bool {
    [header::CONNECTION, header::CONTENT_LENGTH, header::HOST, header::TE, header::TRANSFER_ENCODING, header::UPGRADE]
        .contains(name)
}

fn parse_base_url(url: &str) -> Result<BaseUrl, Error> {
    BaseUrl::parse(url).map_err(unusable)
}

/// The URL itself is not repeated, since it may hold a secret where it does not belong.
fn unusable(fault: Fault) -> Error {
    configuration(format!("the base URL cannot be used: {fault}"))
}

fn configuration(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

#[cfg(feature = "reqwest")]
fn default_transport(timeouts: Timeouts, direct: bool) -> Result<Arc<dyn Transport>, Error> {
    match super::reqwest_transport::ReqwestTransport::new(timeouts, direct) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(Error::new(ErrorKind::Configuration, "the default transport cannot start").caused_by(error)),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Timeouts, _: bool) -> Result<Arc<dyn Transport>, Error> {
    Err(configuration("this build has no transport of its own: call `transport`, or turn the feature `reqwest` on"))
}

/// The names of the schemes that have a credential, for `Debug`.
struct SchemeNames<'a>(&'a [(Cow<'static, str>, Credential)]);

impl fmt::Debug for SchemeNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(scheme, _)| (scheme, Redacted))).finish()
    }
}
