//! What is read is what was written, beside whatever a server adds.

use union_beside_properties::models::{CronConfig, Source, SourceKind, SourceKindCron};

#[track_caller]
fn check(json: &str, expect: &str) -> Source {
    let value: Source = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), expect);
    value
}

#[test]
fn the_kind_lies_in_the_same_object() {
    let text = r#"{"uid":"a","type":"cron","config":{"schedule":"daily"}}"#;
    let built = Source::new("a", SourceKind::Cron(SourceKindCron::new(CronConfig::new("daily")).into()));
    assert_eq!(check(text, text), built);
}

#[test]
fn a_kind_that_is_not_known_is_kept() {
    let text = r#"{"uid":"a","config":[1],"type":"later"}"#;
    check(text, text);
}
