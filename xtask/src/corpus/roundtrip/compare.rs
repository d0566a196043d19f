//! Whether a value came back as it went.

use std::collections::BTreeMap;

use serde_json::Value;

/// How a value came back otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// One of `lost`, `added`, `changed`, and for a value that did not come back `refused`, `crash` or `not tried`.
    pub(crate) kind: &'static str,
    /// Where, or why.
    pub(crate) what: String,
}

/// Properties that have one value only, with these values.
pub(super) type Constants = BTreeMap<String, Vec<Value>>;

/// Which properties, by name and value, need not come back as they went.
pub(crate) struct Leeway<'l> {
    /// What may be gone.
    pub(crate) may_go: &'l dyn Fn(&str, &Value) -> bool,
    /// What may be there although it was not.
    pub(crate) may_come: &'l dyn Fn(&str, &Value) -> bool,
}

/// Compares a value with the JSON text that came back for it, numbers by value.
pub(crate) fn compare(went: &Value, text: &str, leeway: &Leeway<'_>) -> Option<Fault> {
    match serde_json::from_str(text) {
        Ok(came) => differ(went, &came, leeway, ""),
        Err(error) => Some(Fault { kind: "refused", what: format!("what came back is no JSON: {error}") }),
    }
}

fn differ(went: &Value, came: &Value, leeway: &Leeway<'_>, at: &str) -> Option<Fault> {
    let fault =
        |kind: &'static str| Some(Fault { kind, what: if at.is_empty() { "/".to_owned() } else { at.to_owned() } });
    match (went, came) {
        (Value::Object(went), Value::Object(came)) => {
            for (key, value) in went {
                let at = format!("{at}/{key}");
                match came.get(key) {
                    Some(other) => {
                        if let Some(fault) = differ(value, other, leeway, &at) {
                            return Some(fault);
                        }
                    }
                    None if (leeway.may_go)(key, value) => {}
                    None => return Some(Fault { kind: "lost", what: at }),
                }
            }
            let mut news = came.iter().filter(|(key, _)| !went.contains_key(*key));
            let added = news.find(|(key, value)| !(leeway.may_come)(key, value));
            added.map(|(key, _)| Fault { kind: "added", what: format!("{at}/{key}") })
        }
        (Value::Array(went), Value::Array(came)) if went.len() == came.len() => {
            let pairs = went.iter().zip(came).enumerate();
            pairs.into_iter().find_map(|(index, (went, came))| differ(went, came, leeway, &format!("{at}/{index}")))
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(went: Value, came: &str, expect: Option<(&str, &str)>) {
        let leeway = Leeway {
            may_go: &|key, value| key == "free" && value.is_null(),
            may_come: &|key, value| key == "kind" && value == "cat",
        };
        let fault = compare(&went, came, &leeway);
        assert_eq!(fault.as_ref().map(|fault| (fault.kind, fault.what.as_str())), expect, "{went} -> {came}");
    }

    #[test]
    fn numbers_are_equal_by_value() {
        check(json!({"a": [1, 2.5]}), r#"{"a":[1.0,25e-1]}"#, None);
        check(json!(9_007_199_254_740_993_u64), "9007199254740992", Some(("changed", "/")));
        check(json!([1]), "[\"1\"]", Some(("changed", "/0")));
    }

    #[test]
    fn what_is_gone_or_new_is_told() {
        check(json!({"a": {"b": 1}}), r#"{"a":{}}"#, Some(("lost", "/a/b")));
        check(json!({"a": {}}), r#"{"a":{"b":1}}"#, Some(("added", "/a/b")));
        check(json!([1, 2]), "[1]", Some(("changed", "/")));
        check(json!({}), "null", Some(("changed", "/")));
        check(
            json!({}),
            "{",
            Some(("refused", "what came back is no JSON: EOF while parsing an object at line 1 column 1")),
        );
    }

    #[test]
    fn what_may_be_gone_may() {
        check(json!({"a": {"free": null}}), r#"{"a":{}}"#, None);
        check(json!({"free": 1}), "{}", Some(("lost", "/free")));
        check(json!({"a": null}), "{}", Some(("lost", "/a")));
    }

    #[test]
    fn what_may_come_may() {
        check(json!({}), r#"{"kind":"cat"}"#, None);
        check(json!({}), r#"{"kind":"dog"}"#, Some(("added", "/kind")));
    }
}
