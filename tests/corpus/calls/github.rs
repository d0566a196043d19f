//! `POST /repos/{owner}/{repo}/merges` of GitHub: each of its answers has a meaning of its own.
//! Features: repos

use api::models::ReposMergeRequest;
use api::repos::{MergeError, MergeFailure, MergeSuccess};

use crate::{Server, answer, wait};

pub const CALLS: &[(&str, fn())] = &[
    ("201 is the commit", created),
    ("204 says that nothing is to be merged", nothing),
    ("404, 409 and 422 are failures of their own", failures),
    ("a status that is not documented is an error with its body", other),
];

const COMMIT: &str = r#"{
    "url": "u", "sha": "7fd1a60b", "node_id": "n", "html_url": "h", "comments_url": "c",
    "commit": {
        "url": "u", "author": null, "committer": null, "message": "Shipped cool_feature!", "comment_count": 0,
        "tree": {"sha": "b4ee", "url": "u"}
    },
    "author": null, "committer": null, "parents": [{"sha": "553c", "url": "u", "html_url": "h"}]
}"#;

fn merge(status: &str, media: &str, body: &str) -> Result<MergeSuccess, MergeError> {
    let server = Server::start([answer(status, media, body)]);
    let client = api::Client::builder().base_url(&server.url).unwrap().build().unwrap();
    let body = ReposMergeRequest::new("master", "cool_feature").commit_message("Shipped cool_feature!");
    let result = wait(client.repos().merge("octocat", "Hello-World", body).into_future());
    let sent = r#"{"base":"master","head":"cool_feature","commit_message":"Shipped cool_feature!"}"#;
    let head = "accept: application/json\ncontent-type: application/json";
    assert_eq!(server.requests(), [format!("POST /repos/octocat/Hello-World/merges HTTP/1.1\n{head}\n\n{sent}")]);
    result
}

fn created() {
    match merge("201 Created", "application/json; charset=utf-8", COMMIT) {
        Ok(MergeSuccess::Created(commit)) => {
            assert_eq!((commit.sha.as_str(), commit.commit.message.as_str()), ("7fd1a60b", "Shipped cool_feature!"));
        }
        other => panic!("{other:?}"),
    }
}

fn nothing() {
    assert!(matches!(merge("204 No Content", "", ""), Ok(MergeSuccess::NoContent)));
}

fn failures() {
    let message = r#"{"message": "Base does not exist"}"#;
    let invalid = r#"{"message": "Validation Failed", "documentation_url": "d", "errors": [{"code": "missing_field", "field": "base"}]}"#;
    let failed = |status, body| merge(status, "application/json", body).unwrap_err();
    assert!(matches!(failed("404 Not Found", message).failure(), Some(MergeFailure::NotFound)));
    assert!(matches!(failed("409 Conflict", message).failure(), Some(MergeFailure::Conflict)));
    match failed("403 Forbidden", message).failure() {
        Some(MergeFailure::Forbidden(error)) => assert_eq!(error.message.as_deref(), Some("Base does not exist")),
        other => panic!("{other:?}"),
    }
    match failed("422 Unprocessable Entity", invalid).failure() {
        Some(MergeFailure::UnprocessableContent(error)) => {
            let first = error.errors.as_ref().and_then(|errors| errors.first()).unwrap();
            assert_eq!((first.code.as_str(), first.field.as_deref()), ("missing_field", Some("base")));
        }
        other => panic!("{other:?}"),
    }
}

fn other() {
    let error = merge("418 I'm a teapot", "text/plain", "short and stout").unwrap_err();
    assert!(error.failure().is_none());
    assert_eq!((error.status().map(|status| status.as_u16()), error.body().as_ref()), (Some(418), &b"short and stout"[..]));
}
