//! The servers that the API description names, and the variables in their URLs.

use std::fmt;

/// The URL of a server as the API description writes it: absolute, or relative to another one, with variables in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerUrl {
    /// The URL, such as `https://{region}.example.com/v1`.
    pub url: &'static str,
    /// Its variables.
    pub variables: &'static [ServerVariable],
}

/// A variable in the URL of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name.
    pub name: &'static str,
    /// Its value where none is given; without one, it must be given.
    pub default: Option<&'static str>,
    /// The values that it may have; any value where none is listed.
    pub values: &'static [&'static str],
}

/// A server that the API description names, for [`ClientBuilder::server`](super::ClientBuilder::server).
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    url: ServerUrl,
    values: Vec<(&'static str, String)>,
}

impl Server {
    /// The server at that URL, with its variables at their defaults.
    pub const fn new(url: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { url: ServerUrl { url, variables }, values: Vec::new() }
    }

    /// Gives a variable of the URL a value.
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.retain(|(other, _)| *other != name);
        self.values.push((name, value.into()));
        self
    }

    /// The URL with the values in it; a fault is a sentence that does not hold a value.
    pub(super) fn expand(&self) -> Result<String, String> {
        let known = |name: &str| self.url.variables.iter().any(|variable| variable.name == name);
        if let Some((name, _)) = self.values.iter().find(|(name, _)| !known(name)) {
            return Err(format!("the server `{}` has no variable `{name}`", self.url.url));
        }
        let value = |variable: &ServerVariable| {
            let given = self.values.iter().find(|(name, _)| *name == variable.name);
            given.map(|(_, value)| value.as_str()).or(variable.default)
        };
        self.url.expand(value)
    }

    /// The URL of a server of an operation. A variable has the value that it was given here where it is the same one: of
    /// the same name and default.
    pub(super) fn expand_other(&self, other: &ServerUrl) -> Result<String, String> {
        other.expand(|variable| {
            let is_same = |own: &&ServerVariable| own.name == variable.name && own.default == variable.default;
            let given = self.values.iter().find(|(name, _)| *name == variable.name);
            let given = given.filter(|_| self.url.variables.iter().any(|own| is_same(&own)));
            given.map(|(_, value)| value.as_str()).or(variable.default)
        })
    }
}

impl ServerUrl {
    /// The URL with each variable at what `value` says.
    pub(super) fn expand<'v>(
        &self,
        value: impl Fn(&'static ServerVariable) -> Option<&'v str>,
    ) -> Result<String, String> {
        let mut url = String::with_capacity(self.url.len());
        let mut left = self.url;
        while let Some((text, rest)) = left.split_once('{') {
            let Some((name, rest)) = rest.split_once('}') else { break };
            url.push_str(text);
            let fault = |what: &str| format!("the variable `{name}` of the server `{}` {what}", self.url);
            let variable = self.variables.iter().find(|variable| variable.name == name);
            let Some(value) = variable.and_then(&value) else { return Err(fault("has no value")) };
            let allowed = variable.map(|variable| variable.values).unwrap_or_default();
            if !allowed.is_empty() && !allowed.contains(&value) {
                return Err(fault(&format!("must be one of {}", allowed.join(", "))));
            }
            // A value may not lead to another host, nor turn what follows it into a query.
            let is_in_host = url.split_once("://").is_some_and(|(_, host)| !host.contains('/'));
            if value.contains(['?', '#', '@', '\\']) || (is_in_host && value.contains('/')) {
                return Err(fault("has a value with a character that would change what the URL means"));
            }
            url.push_str(value);
            left = rest;
        }
        url.push_str(left);
        Ok(url)
    }
}

/// Shows the URL as it is described. The values of its variables may say who the caller is.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.url.url).finish()
    }
}
