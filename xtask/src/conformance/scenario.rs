//! Scenarios: what the mock server expects to be asked, and what it answers.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// One thing that a client must be able to do.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Scenario {
    pub(super) name: String,
    /// The description that it belongs to, as its folder is called.
    pub(super) group: String,
    pub(super) condition: Condition,
    /// The kinds of request that a scenario is passed by.
    keys: Vec<String>,
    #[serde(rename = "apis")]
    pub(super) exchanges: Vec<Exchange>,
}

/// When the mock server takes a scenario for passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Condition {
    /// All requests were answered with success.
    ResponseSuccess,
    /// All requests were answered with one status.
    StatusCode,
    /// Each of some kinds of request was sent.
    ByKey,
}

/// A request and its answer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Exchange {
    pub(super) method: String,
    /// The path as it is on the wire, in places with its query.
    pub(super) uri: String,
    #[serde(default)]
    pub(super) request: Message,
    pub(super) response: Message,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Message {
    pub(super) status: Option<u16>,
    #[serde(default)]
    pub(super) query: Map<String, Value>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, Value>,
    pub(super) body: Option<Body>,
}

/// A body: bytes, or the parts of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    pub(super) content_type: String,
    /// The bytes as hexadecimal digits.
    pub(super) hex: Option<String>,
    #[serde(default)]
    pub(super) parts: Map<String, Value>,
    #[serde(default)]
    pub(super) files: Vec<File>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct File {
    pub(super) name: String,
    pub(super) file_name: String,
    pub(super) content_type: String,
    pub(super) hex: String,
}

impl Scenario {
    /// What a client has to do, in order. A request that must be rejected is no part of a scenario that is passed by kinds
    /// of request.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Exchange> {
        let is_by_key = self.condition == Condition::ByKey;
        self.exchanges.iter().filter(move |exchange| !(is_by_key && exchange.request.status.is_some_and(is_refusal)))
    }

    /// Whether a stream that has ended is asked for again.
    pub(super) fn reconnects(&self) -> bool {
        self.keys.iter().any(|key| key == "reconnect")
    }
}

pub(super) fn is_refusal(status: u16) -> bool {
    status >= 400
}

impl Message {
    /// The value of a header as text.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| text(value))
    }
}

impl Body {
    /// The media type without its parameters.
    pub(super) fn essence(&self) -> String {
        essence(&self.content_type)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.hex.as_deref().map(bytes).unwrap_or_default()
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A scalar as a parameter spells it.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The bytes that hexadecimal digits stand for.
pub(super) fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some((digit(high)? << 4) | digit(low)?),
        _ => None,
    };
    hex.as_bytes().chunks(2).filter_map(byte).collect()
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
