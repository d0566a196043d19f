//! Tokens by the OAuth 2 grant for client credentials (RFC 6749, section 4.4).

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Uri};

use super::call::collect;
use super::credential::{TokenProvider, base64};
use super::json::{self, Value};
use super::secret::Secret;
use super::style::encode;
use super::transport::{Body, BoxError, BoxFuture, Timeouts, Transport};
use super::url::{BaseUrl, Safety};

/// Fetches tokens for a client that has an id and a secret, keeps each until it is about to expire, and fetches one
/// anew when the API refuses it. However many calls wait for a token, it is fetched once.
///
/// The id and the secret are sent as `Authorization: Basic …`, and over `https` only, or to this very machine.
pub struct ClientCredentials {
    token_url: Cow<'static, str>,
    id: String,
    secret: Secret,
    in_body: bool,
    /// Names and values, as they are.
    parameters: Vec<(Cow<'static, str>, String)>,
    state: Mutex<State>,
}

enum State {
    Empty,
    /// Some call is fetching a token, and others may wait for it.
    Fetching(Arc<Fetch>),
    /// A token, and when it is time for another one.
    Kept(Secret, Option<Instant>),
}

#[derive(Default)]
struct Fetch(Mutex<Progress>);

#[derive(Default)]
struct Progress {
    /// What came of it; `None` inside when the call that was fetching has gone away.
    outcome: Option<Option<Result<Secret, Failed>>>,
    waiting: Vec<Waker>,
}

impl ClientCredentials {
    /// Tokens of `token_url` for this client.
    pub fn new(token_url: impl Into<Cow<'static, str>>, id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: Secret::new(secret),
            in_body: false,
            parameters: Vec::new(),
            state: Mutex::new(State::Empty),
        }
    }

    /// The scopes that tokens shall have; all that the client may have where none are named.
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        if scopes.is_empty() { self } else { self.parameter("scope", scopes.join(" ")) }
    }

    /// One more parameter of the token request, such as `audience`.
    pub fn parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the id and the secret in the body in place of the `Authorization` header, as some servers want.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    async fn current(&self, transport: &dyn Transport) -> Result<Secret, Failed> {
        loop {
            match self.turn() {
                Turn::Kept(token) => return Ok(token),
                Turn::Wait(fetch) => {
                    if let Some(outcome) = fetch.outcome().await {
                        return outcome;
                    }
                }
                Turn::Fetch(fetching) => {
                    let fetched = self.fetch(transport).await.map_err(|error| Failed(Arc::new(error)));
                    return fetching.finish(fetched);
                }
            }
        }
    }

    fn turn(&self) -> Turn<'_> {
        let mut state = lock(&self.state);
        match &*state {
            State::Kept(token, until) if until.is_none_or(|until| Instant::now() < until) => Turn::Kept(token.clone()),
            State::Fetching(fetch) => Turn::Wait(fetch.clone()),
            State::Kept(..) | State::Empty => {
                let fetch = Arc::new(Fetch::default());
                *state = State::Fetching(fetch.clone());
                Turn::Fetch(Fetching { credentials: self, fetch })
            }
        }
    }

    /// Asks the server for a token, and says how long it is good for.
    async fn fetch(&self, transport: &dyn Transport) -> Result<(Secret, Option<Duration>), BoxError> {
        let request = self.request()?;
        let (head, body) = transport.send(request, Timeouts::default()).await?.into_parts();
        let (bytes, _) = collect(body, MAX_ANSWER_BYTES, None).await;
        let answer = json::read(&bytes).unwrap_or_default();
        if !head.status.is_success() {
            let code = answer.tag("error").filter(|code| is_error_code(code)).unwrap_or("no reason given");
            return Err(format!("the token endpoint answered with {}: {code}", head.status).into());
        }
        if answer.tag("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err("the token endpoint gave a token that is no bearer token".into());
        }
        let token = answer.tag("access_token").ok_or("the token endpoint gave no token")?;
        Ok((Secret::new(token), answer.get("expires_in").and_then(seconds)))
    }

    fn request(&self) -> Result<http::Request<Body>, BoxError> {
        let safety =
            BaseUrl::parse(&self.token_url).map_err(|fault| format!("the token URL cannot be used: {fault}"))?;
        if safety.safety == Safety::Open {
            return Err("the client's secret is not sent over `http` to another machine".into());
        }
        let mut pairs = vec!["grant_type=client_credentials".to_owned()];
        pairs.extend(self.parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))));
        let (id, secret) = (encode(&self.id), encode(self.secret.expose()));
        if self.in_body {
            pairs.push(format!("client_id={id}&client_secret={secret}"));
        }
        let mut request = http::Request::new(Body::full(pairs.join("&")));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.token_url.parse::<Uri>()?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if !self.in_body {
            let mut value = HeaderValue::try_from(format!("Basic {}", base64(format!("{id}:{secret}").as_bytes())))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }
}

/// More than any token needs.
const MAX_ANSWER_BYTES: u64 = 1 << 20;

/// How long before its end a token is no longer used, so that it does not end on its way.
const MARGIN: Duration = Duration::from_secs(30);

impl TokenProvider for ClientCredentials {
    fn token<'a>(&'a self, transport: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(async move { self.current(transport).await.map_err(BoxError::from) })
    }

    fn refused(&self, token: &Secret) {
        let mut state = lock(&self.state);
        if matches!(&*state, State::Kept(kept, _) if kept == token) {
            *state = State::Empty;
        }
    }
}

enum Turn<'a> {
    Kept(Secret),
    Wait(Arc<Fetch>),
    Fetch(Fetching<'a>),
}

/// The duty to say what came of a fetch, also where the call that does it goes away half-way.
struct Fetching<'a> {
    credentials: &'a ClientCredentials,
    fetch: Arc<Fetch>,
}

impl Fetching<'_> {
    fn finish(self, fetched: Result<(Secret, Option<Duration>), Failed>) -> Result<Secret, Failed> {
        let outcome = match fetched {
            Ok((token, lifetime)) => {
                // A token that lives shorter than twice the margin is used for half of its life.
                let until = lifetime.and_then(|life| Instant::now().checked_add(life - MARGIN.min(life / 2)));
                *lock(&self.credentials.state) = State::Kept(token.clone(), until);
                Ok(token)
            }
            Err(failed) => Err(failed),
        };
        self.fetch.end(Some(outcome.clone()));
        outcome
    }
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.credentials.state);
        if matches!(&*state, State::Fetching(fetch) if Arc::ptr_eq(fetch, &self.fetch)) {
            *state = State::Empty;
        }
        drop(state);
        self.fetch.end(None);
    }
}

impl Fetch {
    /// Tells the calls that wait; the first word counts.
    fn end(&self, outcome: Option<Result<Secret, Failed>>) {
        let mut progress = lock(&self.0);
        progress.outcome.get_or_insert(outcome);
        for waker in progress.waiting.drain(..) {
            waker.wake();
        }
    }

    /// What came of the fetch; `None` where the call that did it has gone away.
    async fn outcome(&self) -> Option<Result<Secret, Failed>> {
        poll_fn(|context| {
            let mut progress = lock(&self.0);
            match &progress.outcome {
                Some(outcome) => Poll::Ready(outcome.clone()),
                None => {
                    progress.waiting.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

/// A failure that many calls share.
#[derive(Clone)]
struct Failed(Arc<BoxError>);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Failed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").field("secret", &self.secret).finish_non_exhaustive()
    }
}

/// A mutex whose holder panicked holds a state that is as good as any: each change of it is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Error codes of OAuth are words; anything else might repeat what was sent.
fn is_error_code(code: &str) -> bool {
    code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A count of seconds, which some servers write as a string.
fn seconds(value: &Value<'_>) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_integer()?.try_into().ok()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}
