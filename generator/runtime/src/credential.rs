//! Credentials: what they are, which an operation takes, and where in a request they go.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, HeaderName};

use super::error::{Error, ErrorKind};
use super::request::Parts;
use super::secret::{Redacted, Secret};
use super::style;
use super::transport::{BoxError, BoxFuture, Transport};
use super::url::{BaseUrl, Safety};

/// What proves to the API who is calling. `Debug` never shows it.
#[derive(Clone)]
pub struct Credential(Place);

#[derive(Clone)]
enum Place {
    /// The whole value of the `Authorization` header.
    Authorization(Secret),
    Header(Cow<'static, str>, Secret),
    Query(Cow<'static, str>, Secret),
    Cookie(Cow<'static, str>, Secret),
    /// A bearer token that is asked for before each request.
    Tokens(Arc<dyn TokenProvider>),
    /// Nothing in the request: the connection proves who calls.
    Connection,
}

/// Gives the token of each request: how the flows of OAuth 2 and OpenID Connect, or anything else that ends in a bearer
/// token, become a [`Credential`].
pub trait TokenProvider: Send + Sync + 'static {
    /// The token for the next request. `transport` is the one of the client; a token that is fetched must not go over an
    /// unencrypted connection. The error must not hold a secret.
    fn token<'a>(&'a self, transport: &'a dyn Transport) -> BoxFuture<'a, Result<Secret, BoxError>>;

    /// The API has answered with 401 to this token, so that it should not be given again.
    fn refused(&self, token: &Secret) {
        let _ = token;
    }
}

/// The providers that gave a token to a request, with that token.
pub(super) type Given = Vec<(Arc<dyn TokenProvider>, Secret)>;

impl Credential {
    /// A bearer token, sent as `Authorization: Bearer …`.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Place::Authorization(Secret::new(format!("Bearer {}", token.into()))))
    }

    /// A user and a password, sent as `Authorization: Basic …`.
    pub fn basic(user: &str, password: &str) -> Self {
        Self(Place::Authorization(Secret::new(format!("Basic {}", base64(format!("{user}:{password}").as_bytes())))))
    }

    /// What the HTTP scheme `scheme` sends behind its name, as `Authorization: <scheme> …`.
    pub fn authorization(scheme: &str, value: impl Into<String>) -> Self {
        Self(Place::Authorization(Secret::new(format!("{scheme} {}", value.into()))))
    }

    /// Bearer tokens that `provider` gives, one for each request.
    pub fn tokens(provider: impl TokenProvider) -> Self {
        Self(Place::Tokens(Arc::new(provider)))
    }

    /// The client's certificate, which the transport shows when it connects. The request itself holds nothing.
    pub fn connection() -> Self {
        Self(Place::Connection)
    }

    /// A key that is sent in the header `name`.
    pub fn header(name: impl Into<Cow<'static, str>>, key: impl Into<String>) -> Self {
        Self(Place::Header(name.into(), Secret::new(key)))
    }

    /// A key that is sent in the query parameter `name`.
    pub fn query(name: impl Into<Cow<'static, str>>, key: impl Into<String>) -> Self {
        Self(Place::Query(name.into(), Secret::new(key)))
    }

    /// A key that is sent in the cookie `name`.
    pub fn cookie(name: impl Into<Cow<'static, str>>, key: impl Into<String>) -> Self {
        Self(Place::Cookie(name.into(), Secret::new(key)))
    }

    /// Says what no header, query or cookie can carry.
    pub(super) fn check(&self, scheme: &str) -> Result<(), Error> {
        let fault = match &self.0 {
            Place::Authorization(value) => style::header_value(value.expose()).err(),
            Place::Header(name, value) => match HeaderName::try_from(name.as_ref()) {
                Ok(_) => style::header_value(value.expose()).err(),
                Err(_) => Some("its header name is not valid"),
            },
            Place::Query(..) | Place::Tokens(_) | Place::Connection => None,
            Place::Cookie(name, value) => [name.as_ref(), value.expose()].into_iter().find_map(|text| {
                // Cookies share one header, so what it cannot carry is refused here and not by the first call.
                style::check_cookie(text).and(style::header_value(text).map(|_| ())).err()
            }),
        };
        match fault {
            Some(fault) => Err(Error::new(ErrorKind::Configuration, format!("the credential `{scheme}`: {fault}"))),
            None => Ok(()),
        }
    }

    /// Puts the credential into a request, in place of anything that the request says there.
    async fn apply(&self, parts: &mut Parts, transport: &dyn Transport, given: &mut Given) -> Result<(), Error> {
        let invalid = |fault| Error::new(ErrorKind::Credentials, fault);
        match &self.0 {
            Place::Authorization(value) => {
                parts.headers.insert(AUTHORIZATION, style::header_value(value.expose()).map_err(invalid)?);
            }
            Place::Header(name, value) => {
                let name = HeaderName::try_from(name.as_ref()).map_err(|_| invalid("its header name is not valid"))?;
                parts.headers.insert(name, style::header_value(value.expose()).map_err(invalid)?);
            }
            Place::Query(name, value) => parts.set_query(name, value.expose()),
            Place::Cookie(name, value) => parts.set_cookie(name, value.expose()),
            Place::Tokens(provider) => {
                let token = provider.token(transport).await;
                let token = token.map_err(|error| invalid("there is no token").caused_by(error))?;
                let value = Secret::new(format!("Bearer {}", token.expose()));
                parts.headers.insert(AUTHORIZATION, style::header_value(value.expose()).map_err(invalid)?);
                given.push((provider.clone(), token));
            }
            Place::Connection => {}
        }
        Ok(())
    }
}

/// Puts the credentials that the operation asks for into a request to `url`.
pub(super) async fn authorize(parts: &mut Parts, url: &BaseUrl) -> Result<Given, Error> {
    let client = parts.client.clone();
    let settings = client.settings();
    let mut given = Given::new();
    let chosen = choose(parts.operation.security, &settings.credentials)?;
    // What the client's own base URL may be sent was settled when it was built.
    if !chosen.is_empty() && url.safety != Safety::Encrypted && url.origin() != settings.base_url.origin() {
        let fault =
            "credentials are not sent over `http` to a server that only the API description names: call `base_url`";
        return Err(Error::new(ErrorKind::Credentials, fault));
    }
    for credential in chosen {
        credential.apply(parts, &*settings.transport, &mut given).await?;
    }
    Ok(given)
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.0 {
            Place::Authorization(_) => "Authorization",
            Place::Header(..) => "Header",
            Place::Query(..) => "Query",
            Place::Cookie(..) => "Cookie",
            Place::Tokens(_) => "Tokens",
            Place::Connection => return f.write_str("Connection"),
        };
        f.debug_tuple(place).field(&Redacted).finish()
    }
}

/// The credentials of the first alternative that can be met; none where the operation may be called without.
///
/// `alternatives` is the security of an operation: any one of the lists is enough, and needs all of its schemes.
fn choose<'c>(
    alternatives: &[&[&str]],
    credentials: &'c [(Cow<'static, str>, Credential)],
) -> Result<Vec<&'c Credential>, Error> {
    let find = |scheme: &&str| credentials.iter().find(|(name, _)| name == *scheme).map(|(_, credential)| credential);
    let met = |alternative: &&[&str]| alternative.iter().map(find).collect::<Option<Vec<_>>>();
    // An alternative that asks for nothing is the last resort: a caller who gave a credential wants to be known.
    let (asking, open): (Vec<&[&str]>, Vec<&[&str]>) = alternatives.iter().partition(|schemes| !schemes.is_empty());
    match asking.iter().find_map(met) {
        Some(chosen) => Ok(chosen),
        None if !open.is_empty() || asking.is_empty() => Ok(Vec::new()),
        None => {
            let wanted: Vec<String> = asking.iter().map(|schemes| format!("`{}`", schemes.join("` with `"))).collect();
            Err(Error::new(ErrorKind::Credentials, format!("it needs a credential: {}", wanted.join(" or "))))
        }
    }
}

/// The digits of standard base64, by their values.
pub(super) const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Standard base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = BASE64[(group >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
