//! Base URLs and path templates.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::style::Fault;

/// The URL that the paths of operations are appended to.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct BaseUrl {
    /// Scheme, authority and path prefix, without a slash at the end.
    stem: String,
    /// The query that every request has, or an empty text.
    query: String,
    pub(super) safety: Safety,
}

/// Whether a URL needs another one to be found from.
pub(super) fn is_relative(url: &str) -> bool {
    !url.contains("://") && !url.starts_with("//")
}

/// Whether a credential may go to a base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Safety {
    /// The connection is encrypted.
    Encrypted,
    /// The connection is not encrypted, and stays on this machine.
    Loopback,
    /// The connection is not encrypted.
    Open,
}

impl BaseUrl {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        if text.contains('#') {
            return Err("it must not have a fragment (`#…`)");
        }
        let uri: Uri = text.parse().map_err(|_| "it is not a valid URL")?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("it must begin with `https://` or `http://` and a host");
        };
        let encrypted = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err("its scheme must be `https` or `http`"),
        };
        if authority.as_str().contains('@') {
            return Err("it must not have a user or password; use a credential of the client");
        }
        let host = authority.host();
        let port = authority.as_str().strip_prefix(host).unwrap_or_default();
        if !is_host(host) {
            return Err("its host is not valid");
        }
        if !port.is_empty() && port.strip_prefix(':').and_then(|port| port.parse::<u16>().ok()).is_none() {
            return Err("its port is not valid");
        }
        let path = uri.path().trim_end_matches('/');
        let query = uri.query().unwrap_or_default();
        if !is_encoded(path) || !is_encoded(query) {
            return Err("it has characters that must be percent-encoded");
        }
        if has_dot_segment(path) {
            return Err("its path must not have `.` or `..` as a segment");
        }
        let safety = match (encrypted, is_loopback(host)) {
            (true, _) => Safety::Encrypted,
            (false, true) => Safety::Loopback,
            (false, false) => Safety::Open,
        };
        let scheme = if encrypted { "https" } else { "http" };
        Ok(Self { stem: format!("{scheme}://{authority}{path}"), query: query.to_owned(), safety })
    }

    /// Scheme and authority. The path and the query may hold a secret.
    pub(super) fn origin(&self) -> &str {
        let (scheme, rest) = self.stem.split_once("//").unwrap_or_default();
        let authority = rest.split('/').next().unwrap_or_default();
        self.stem.get(..scheme.len() + 2 + authority.len()).unwrap_or_default()
    }

    /// The URL that `path`, which is relative to this one, leads to. What all requests have in their query is kept.
    pub(super) fn resolve(&self, path: &str) -> Result<Self, Fault> {
        let url = format!("{}/{}", self.origin(), path.trim_start_matches('/'));
        Ok(Self { query: self.query.clone(), ..Self::parse(&url)? })
    }

    /// The path and the query of a link that stands in the answer from `here`, where it leads to the origin of this URL.
    pub(super) fn follow(&self, here: &Uri, link: &str) -> Result<(String, String), Fault> {
        let link = link.split('#').next().unwrap_or_default();
        let is_absolute = link.split(['/', '?']).next().is_some_and(|start| start.contains(':'));
        let folder = here.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let origin = self.origin();
        let url = match link.as_bytes() {
            _ if is_absolute => link.to_owned(),
            [b'/', b'/', ..] => format!("{}{link}", origin.split_once("//").map_or("", |(scheme, _)| scheme)),
            [b'/', ..] => format!("{origin}{link}"),
            [] | [b'?', ..] => format!("{origin}{}{link}", here.path()),
            _ => format!("{origin}{folder}/{link}"),
        };
        if plain_origin(Self::parse(&url)?.origin()) != plain_origin(origin) {
            return Err("it leads to another server");
        }
        let uri: Uri = url.parse().map_err(|_| "it is not a valid URL")?;
        Ok((uri.path().to_owned(), uri.query().unwrap_or_default().to_owned()))
    }

    /// The URL of this origin with that path, which is a whole one, and that query.
    pub(super) fn at(&self, path: &str, query: &str) -> Result<Uri, Fault> {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{query}", self.origin()).parse().map_err(|_| "its URL would be too long")
    }

    /// The URL of a request. `path` begins with a slash; both are percent-encoded.
    pub(super) fn join(&self, path: &str, query: &str) -> Result<Uri, Fault> {
        let mut url = format!("{}{path}", self.stem);
        let queries = [self.query.as_str(), query];
        for (query, separator) in queries.iter().filter(|query| !query.is_empty()).zip(["?", "&"]) {
            url.push_str(separator);
            url.push_str(query);
        }
        url.parse().map_err(|_| "its URL would be too long")
    }
}

/// An origin in lower case, without the port that goes without saying.
fn plain_origin(origin: &str) -> String {
    let origin = origin.to_ascii_lowercase();
    let port = if origin.starts_with("https:") { ":443" } else { ":80" };
    origin.strip_suffix(port).map(str::to_owned).unwrap_or(origin)
}

/// Fills a template such as `/pets/{id}` with `values`, which are percent-encoded texts by name.
///
/// A value that is empty, or makes a segment `.` or `..`, is refused: clients, proxies and servers fold such segments,
/// in every spelling, so the request would reach another operation.
pub(super) fn expand(template: &str, values: &[(&str, String)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 32);
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut left = template;
    while let Some((literal, rest)) = left.split_once('{') {
        let Some((name, rest)) = rest.split_once('}') else { break };
        path.push_str(&literal_path(literal));
        match values.iter().find(|(other, _)| *other == name) {
            None => return Err(format!("the path parameter `{name}` has no value")),
            Some((_, value)) if value.is_empty() => return Err(format!("the path parameter `{name}` is empty")),
            Some((_, value)) => path.push_str(value),
        }
        left = rest;
    }
    path.push_str(&literal_path(left));
    if has_dot_segment(&path) {
        return Err("a path parameter makes a segment `.` or `..`, which would lead to another path".to_owned());
    }
    Ok(path)
}

/// What may not stand in a path as it is. A percent sign may, since templates are written in encoded form.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn literal_path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, NOT_IN_PATH).into()
}

/// Whether a segment is `.` or `..` in any spelling that URL parsers fold.
fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        segment.len() <= 6 && matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    })
}

/// Whether `text` holds only what a path or query may hold, with whole percent-escapes.
fn is_encoded(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'%' => {
                bytes.next().is_some_and(|b| b.is_ascii_hexdigit())
                    && bytes.next().is_some_and(|b| b.is_ascii_hexdigit())
            }
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}
