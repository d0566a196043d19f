//! Whether a value came back as it went.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Sample;
use super::sample::UNKNOWN;

/// How a value came back otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// One of `lost`, `added`, `changed`, and for a value that did not come back `refused`, `crash` or `not tried`.
    pub(super) kind: &'static str,
    /// Where, or why.
    pub(super) what: String,
}

/// Compares a sample with the JSON text that came back for it.
///
/// Numbers are compared by value. A property that no schema names may be gone. Where no request holds the model, a
/// property that was null may be gone too. What has one value only may be there although it was not.
pub(super) fn compare(sample: &Sample, constants: &Constants, text: &str) -> Option<Fault> {
    match serde_json::from_str(text) {
        Ok(value) => Comparison { is_sent: sample.is_sent, constants }.differ(&sample.value, &value, ""),
        Err(error) => Some(Fault { kind: "refused", what: format!("what came back is no JSON: {error}") }),
    }
}

/// The properties that have one value only, with these values.
pub(super) type Constants = BTreeMap<String, Vec<Value>>;

struct Comparison<'a> {
    is_sent: bool,
    constants: &'a Constants,
}

impl Comparison<'_> {
    fn differ(&self, went: &Value, came: &Value, at: &str) -> Option<Fault> {
        let fault =
            |kind: &'static str| Some(Fault { kind, what: if at.is_empty() { "/".to_owned() } else { at.to_owned() } });
        match (went, came) {
            (Value::Object(went), Value::Object(came)) => {
                for (key, value) in went {
                    let at = format!("{at}/{key}");
                    match came.get(key) {
                        Some(other) => {
                            if let Some(fault) = self.differ(value, other, &at) {
                                return Some(fault);
                            }
                        }
                        None if key.starts_with(UNKNOWN) || value.is_null() && !self.is_sent => {}
                        None => return Some(Fault { kind: "lost", what: at }),
                    }
                }
                let is_fixed =
                    |key: &str, value: &Value| self.constants.get(key).is_some_and(|all| all.contains(value));
                let added = came.iter().find(|(key, value)| !went.contains_key(*key) && !is_fixed(key, value));
                added.map(|(key, _)| Fault { kind: "added", what: format!("{at}/{key}") })
            }
            (Value::Array(went), Value::Array(came)) if went.len() == came.len() => {
                let pairs = went.iter().zip(came).enumerate();
                pairs.into_iter().find_map(|(index, (went, came))| self.differ(went, came, &format!("{at}/{index}")))
            }
            (Value::Number(went), Value::Number(came)) => {
                let both_whole = (went.is_i64() || went.is_u64()) && (came.is_i64() || came.is_u64());
                let is_same = if both_whole { went == came } else { went.as_f64() == came.as_f64() };
                if is_same { None } else { fault("changed") }
            }
            (went, came) if went == came => None,
            _ => fault("changed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(went: Value, came: &str, is_sent: bool, expect: Option<(&str, &str)>) {
        let sample = Sample { component: String::new(), model: 0, is_sent, value: went };
        let constants = Constants::from([("kind".to_owned(), vec![json!("cat")])]);
        let fault = compare(&sample, &constants, came);
        assert_eq!(fault.as_ref().map(|fault| (fault.kind, fault.what.as_str())), expect, "{} -> {came}", sample.value);
    }

    #[test]
    fn numbers_are_equal_by_value() {
        check(json!({"a": [1, 2.5]}), r#"{"a":[1.0,25e-1]}"#, true, None);
        check(json!(9_007_199_254_740_993_u64), "9007199254740992", true, Some(("changed", "/")));
        check(json!([1]), "[\"1\"]", true, Some(("changed", "/0")));
    }

    #[test]
    fn what_is_gone_or_new_is_told() {
        check(json!({"a": {"b": 1}}), r#"{"a":{}}"#, true, Some(("lost", "/a/b")));
        check(json!({"a": {}}), r#"{"a":{"b":1}}"#, true, Some(("added", "/a/b")));
        check(json!([1, 2]), "[1]", true, Some(("changed", "/")));
        check(json!({}), "null", true, Some(("changed", "/")));
        check(
            json!({}),
            "{",
            true,
            Some(("refused", "what came back is no JSON: EOF while parsing an object at line 1 column 1")),
        );
    }

    #[test]
    fn what_may_be_gone_may() {
        check(json!({UNKNOWN: 1, "a": 2}), r#"{"a":2}"#, true, None);
        check(json!({"a": null}), "{}", false, None);
        check(json!({"a": null}), "{}", true, Some(("lost", "/a")));
        check(json!({}), r#"{"kind":"cat"}"#, true, None);
        check(json!({}), r#"{"kind":"dog"}"#, true, Some(("added", "/kind")));
    }
}
