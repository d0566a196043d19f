//! Links of answers: where they lead, what goes along, and where nothing may go.

use std::convert::Infallible;

use http::{HeaderMap, HeaderValue, StatusCode};

use crate::recorder::{Recorder, now};
use crate::runtime::{Api, Client, Credential, ErrorKind, Operation, Response};

static LIST: Operation = Operation {
    id: "list",
    method: "POST",
    path: "/pets/{id}/",
    accept: Some("text/a, text/b"),
    security: &[&["key", "query"]],
    servers: &[],
    form: &[],
};

static API: Api = Api { title: "T", server: None, user_agent: "t/1" };

fn answer(recorder: &Recorder) -> Response<()> {
    let client: Client = crate::runtime::ClientBuilder::new(&API)
        .base_url("https://api.example.com/v1?tenant=7")
        .unwrap()
        .transport(recorder.clone())
        .credential("key", Credential::bearer("canary"))
        .credential("query", Credential::query("api_key", "canary"))
        .build()
        .unwrap();
    let request =
        client.request(&LIST).path("id", &1).query("page", &1).header("x-own", "h").accept("text/b").json(&true);
    now(request.call_with_response::<(), Infallible>()).unwrap()
}

#[test]
fn links_lead_to_the_same_server() {
    let recorder = Recorder::default();
    let first = answer(&recorder);
    recorder.take();
    for (link, expect) in [
        ("https://api.example.com/v1/pets?page=2", Ok("/v1/pets?page=2&api_key=canary")),
        ("HTTPS://API.example.com:443/v2/#top", Ok("/v2/?api_key=canary")),
        ("//api.example.com/a", Ok("/a?api_key=canary")),
        ("/a%20b?to=http://c/", Ok("/a%20b?to=http://c/&api_key=canary")),
        ("?page=2&api_key=old", Ok("/v1/pets/1/?page=2&api_key=canary")),
        ("next", Ok("/v1/pets/1/next?api_key=canary")),
        ("", Ok("/v1/pets/1/?api_key=canary")),
        ("https://evil.example.com/", Err("it leads to another server")),
        ("//evil.example.com/", Err("it leads to another server")),
        ("https://api.example.com.evil.example.com/", Err("it leads to another server")),
        ("https://api.example.com:8443/", Err("it leads to another server")),
        ("http://api.example.com/", Err("it leads to another server")),
        ("https://api.example.com@evil.example.com/", Err("it must not have a user or password")),
        ("ftp://api.example.com/", Err("its scheme must be `https` or `http`")),
        ("javascript:alert(1)", Err("it must begin with `https://` or `http://`")),
        ("../secret", Err("its path must not have `.` or `..`")),
        ("/a b", Err("")),
        ("/a\r\nb: c", Err("")),
    ] {
        let outcome = now(first.follow(link));
        let sent = recorder.take();
        match expect {
            Ok(expect) => {
                let request = sent.unwrap_or_else(|| panic!("{link}: {outcome:?}"));
                assert_eq!(request.uri().to_string(), format!("https://api.example.com{expect}"), "{link}");
                assert_eq!(request.method(), "GET");
                let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
                assert_eq!((header("authorization"), header("x-own")), (Some("Bearer canary"), Some("h")));
                assert_eq!((header("accept"), header("content-type")), (Some("text/b"), None));
                assert!(now(outcome.unwrap().follow("/again")).is_ok() && recorder.take().is_some());
            }
            Err(expect) => {
                let error = outcome.unwrap_err();
                assert!(sent.is_none(), "{link}");
                assert_eq!(error.kind(), ErrorKind::Request);
                assert!(error.to_string().contains(expect), "{link}: {error}");
                assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
            }
        }
    }
    let made = Response::new(StatusCode::OK, HeaderMap::new(), ());
    assert_eq!(now(made.follow("/a")).unwrap_err().kind(), ErrorKind::Request);
    assert_eq!(made, Response::new(StatusCode::OK, HeaderMap::new(), ()));
}

#[test]
fn links_are_found_by_their_relation() {
    let mut headers = HeaderMap::new();
    for value in [
        "<https://a/?x=1,2;3>; rel=\"next\", </last> ; title=\"a, b\"; REL=last",
        "</both>; rel=\"up  First\"; title=\"<\", </late>; rel=next",
        "nonsense",
        "<broken",
    ] {
        headers.append("link", HeaderValue::from_static(value));
    }
    let answer = Response::new(StatusCode::OK, headers, ());
    for (relation, expect) in [
        ("next", Some("https://a/?x=1,2;3")),
        ("last", Some("/last")),
        ("first", Some("/both")),
        ("up", Some("/both")),
        ("prev", None),
    ] {
        assert_eq!(answer.link(relation), expect, "{relation}");
    }
}
