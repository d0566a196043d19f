//! Whether what came of a call is what the mock server answered.

use generator::ir::Representation;
use serde_json::Value;

use super::plan::{self, Call};
use super::scenario::{self, Body, Exchange, is_refusal};
use super::stream::{self, Item};
use super::xml;

/// What is wrong with the outcome of a call; `None` where nothing is.
pub(super) fn judge(call: &Call<'_>, exchange: &Exchange, outcome: &Value, reconnects: bool) -> Option<String> {
    if let Some(fault) = outcome["fault"].as_str() {
        return Some(fault.to_owned());
    }
    let expected = &exchange.response;
    let wanted = expected.status.unwrap_or(200);
    let status = outcome["status"].as_u64();
    if status != Some(u64::from(wanted)) {
        return Some(unexpected(outcome, wanted));
    }
    let headers = &outcome["headers"];
    let lost = expected.headers.iter().find(|(name, value)| {
        let found = headers[name.to_ascii_lowercase()].as_str();
        scenario::text(value).is_some_and(|value| found != Some(&value))
    });
    if let Some((name, _)) = lost {
        return Some(format!("the header `{name}` of the answer is not given"));
    }
    // HEAD has no body, whatever the scenario says.
    let body = expected.body.as_ref().filter(|_| exchange.method != "head");
    let decoded = if is_refusal(wanted) { &outcome["documented"] } else { &outcome["body"] };
    if let Some(expected) = body.and_then(|body| from_xml(call, body, is_refusal(wanted))) {
        return compare(&expected, &decoded["json"], "$");
    }
    match (is_refusal(wanted), body) {
        (_, None) => None,
        (true, Some(body)) => match &outcome["documented"] {
            Value::Null => Some("the failure is not given as the documented one".to_owned()),
            documented => differs(documented, body, false),
        },
        (false, Some(_)) if outcome["error"].is_string() => Some(unexpected(outcome, wanted)),
        (false, Some(body)) => differs(&outcome["body"], body, reconnects).or_else(|| untyped(call, body)),
    }
}

/// The value of a body that is XML.
fn from_xml(call: &Call<'_>, body: &Body, is_refusal: bool) -> Option<Value> {
    let api = &call.description.client.api;
    let operation = &api.operations[call.operation];
    let cases = if is_refusal { &operation.failure } else { &operation.success };
    let mut contents = cases.iter().filter_map(|case| case.content.as_ref());
    contents.find_map(|content| match &content.representation {
        Representation::Xml(root) if scenario::essence(&content.media) == body.essence() => {
            xml::value(api, root, &body.bytes())
        }
        _ => None,
    })
}

/// An answer that the client does not take apart, though the description does.
fn untyped(call: &Call<'_>, body: &Body) -> Option<String> {
    let operation = &call.description.client.api.operations[call.operation];
    let mut contents = operation.success.iter().filter_map(|case| case.content.as_ref());
    let is_text =
        contents.any(|content| scenario::essence(&content.media) == body.essence() && plan::is_xml_text(content));
    is_text.then(|| "XML comes as text".to_owned())
}

fn unexpected(outcome: &Value, wanted: u16) -> String {
    let found = outcome["status"].as_u64().map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let message = outcome["message"].as_str().unwrap_or_default();
    let raw = outcome["raw"].as_str().unwrap_or_default();
    let raw = if raw.is_empty() { String::new() } else { format!(": {}", raw.replace('\n', " ")) };
    format!("{found} in place of {wanted}: {message}{raw}")
}

/// How a decoded body differs from the bytes that it was decoded from.
fn differs(decoded: &Value, body: &Body, reconnects: bool) -> Option<String> {
    let bytes = body.bytes();
    if let Some(hex) = decoded["hex"].as_str() {
        return (hex != scenario::hex(&bytes)).then(|| "the bytes differ".to_owned());
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if let Some(items) = decoded["items"].as_array() {
        let expected = stream::items(body, &text);
        // Of a stream that is asked for again, the scenario states the beginning.
        let is_whole = items.len() == expected.len() || (reconnects && items.len() > expected.len());
        return match is_whole {
            false => Some(format!("{} items in place of {}", items.len(), expected.len())),
            true => items.iter().zip(&expected).find_map(|(item, expected)| item_differs(item, expected)),
        };
    }
    if let Some(found) = decoded.get("text") {
        let is_same = scenario::text(found).as_ref() == Some(&text);
        return (!is_same).then(|| format!("the text is {found} in place of {text:?}"));
    }
    match (decoded.get("json"), serde_json::from_slice::<Value>(&bytes)) {
        (Some(found), Ok(expected)) => compare(&expected, found, "$"),
        (None, _) => Some("the body of the answer is not given".to_owned()),
        (_, Err(error)) => Some(format!("the body of the scenario is no JSON: {error}")),
    }
}

fn item_differs(found: &Value, expected: &Item) -> Option<String> {
    let (data, event) = match found.get("data") {
        Some(data) => (data, Some((&found["event"], &found["id"]))),
        None => (found, None),
    };
    if let Some((event, id)) = event.filter(|(event, id)| **event != *expected.event || **id != *expected.id) {
        return Some(format!("the event is {event} {id} in place of {:?} {:?}", expected.event, expected.id));
    }
    // Where the description says no more, the data is a text.
    if data["json"] == *expected.data {
        return None;
    }
    match serde_json::from_str(&expected.data) {
        Ok(value) => compare(&value, &data["json"], "$"),
        Err(_) => Some(format!("{} in place of the text {:?}", data["json"], expected.data)),
    }
}

/// Where two values differ. A member that is null is one that is absent.
fn compare(expected: &Value, found: &Value, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => None,
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| compare(one, other, &format!("{at}[{index}]")))
        }
        (Value::Object(one), Value::Object(other)) => {
            let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
            let member =
                |object: &serde_json::Map<String, Value>, key: &str| object.get(key).cloned().unwrap_or_default();
            keys.into_iter().find_map(|key| compare(&member(one, key), &member(other, key), &format!("{at}.{key}")))
        }
        (one, other) if one == other => None,
        (one, other) => Some(format!("{at} is {other} in place of {one}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_compared() {
        for (expected, found, fault) in [
            (json!(1), json!(1.0), None),
            (json!({ "a": null }), json!({}), None),
            (json!({ "a": [1, { "b": 2 }] }), json!({ "a": [1, { "b": 3 }] }), Some("$.a[1].b is 3 in place of 2")),
            (json!([1]), json!([1, 2]), Some("$ is [1,2] in place of [1]")),
            (json!({}), json!({ "a": 1 }), Some("$.a is 1 in place of null")),
        ] {
            assert_eq!(compare(&expected, &found, "$").as_deref(), fault);
        }
    }
}
