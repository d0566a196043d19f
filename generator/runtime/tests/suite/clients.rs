//! What a client is built from, and when it keeps its credentials to itself.

use std::convert::Infallible;

use crate::recorder::{self, Recorder, now};
use crate::runtime::{Api, Client, ClientBuilder, Credential, ErrorKind, Operation};

static LOCAL: Api = Api { title: "T", server: Some("http://localhost"), user_agent: "t/1" };
static REMOTE: Api = Api { title: "T", server: Some("https://api.example.com/v1/"), user_agent: "t/1" };
static PLAIN: Api = Api { title: "T", server: Some("http://api.example.com"), user_agent: "t/1" };
static NOWHERE: Api = Api { title: "T", server: None, user_agent: "t/1" };

fn build(api: &'static Api, base: Option<&str>, with_token: bool) -> Result<Client, ErrorKind> {
    let builder = ClientBuilder::new(api).transport(Recorder::default());
    let builder = match base {
        Some(base) => builder.base_url(base).map_err(|error| error.kind())?,
        None => builder,
    };
    let builder = if with_token { builder.credential("key", Credential::bearer("token")) } else { builder };
    builder.build().map_err(|error| error.kind())
}

#[test]
fn credentials_stay_off_open_lines() {
    for (api, base, expect) in [
        (&REMOTE, None, Ok(())),
        (&REMOTE, Some("https://other.example.com"), Ok(())),
        (&REMOTE, Some("HTTPS://other.example.com"), Ok(())),
        (&LOCAL, None, Err(ErrorKind::Credentials)),
        (&LOCAL, Some("http://localhost"), Ok(())),
        (&LOCAL, Some("http://LOCALHOST:8080/x"), Ok(())),
        (&LOCAL, Some("http://127.8.0.1:8080"), Ok(())),
        (&LOCAL, Some("http://[::1]:8080"), Ok(())),
        (&LOCAL, Some("http://[::2]"), Err(ErrorKind::Credentials)),
        (&LOCAL, Some("http://localhost.example.com"), Err(ErrorKind::Credentials)),
        (&LOCAL, Some("http://127.0.0.1.example.com"), Err(ErrorKind::Credentials)),
        (&LOCAL, Some("http://0x7f.1"), Err(ErrorKind::Credentials)),
        (&REMOTE, Some("http://api.example.com"), Err(ErrorKind::Credentials)),
        (&PLAIN, None, Err(ErrorKind::Credentials)),
        (&NOWHERE, None, Err(ErrorKind::Configuration)),
    ] {
        assert_eq!(build(api, base, true).map(|_| ()), expect, "{base:?}");
        let without = if expect == Err(ErrorKind::Configuration) { expect } else { Ok(()) };
        assert_eq!(build(api, base, false).map(|_| ()), without, "{base:?} without credentials");
    }
    let refusal = ClientBuilder::new(&LOCAL).credential("key", Credential::bearer("token")).build().unwrap_err();
    assert!(refusal.to_string().contains("call `base_url`"), "{refusal}");
}

#[test]
fn base_urls_are_strict() {
    for base in [
        "",
        "/v1",
        "api.example.com",
        "ftp://api.example.com",
        "https://",
        "https://user:secret@api.example.com",
        "https://api.example.com/#secret",
        "https://api.example.com:99999",
        "https://api.example.com:",
        "https://api.example.com/a/../secret",
        "https://api.example.com/a/%2E%2e",
        "https://api.example.com/a b",
        "https://api.example.com/%zz",
        "https://exa mple.com",
        "https://exämple.com",
        "https://[::1",
        "https://[nonsense]",
        "https://a\r\nb",
    ] {
        let error = ClientBuilder::new(&REMOTE).base_url(base).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{base}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[test]
fn headers_are_checked() {
    for (name, value, expect) in [
        ("x-tenant", "7", None),
        ("user-agent", "own", None),
        ("x tenant", "7", Some("has a name that HTTP forbids")),
        ("x-tenant", "7\r\nevil: 1", Some("has a value that HTTP forbids: a header cannot carry a line break")),
        ("x-tenant", "sieben für acht", Some("has a value that HTTP forbids: a header cannot carry characters beyond")),
        ("x-tenant", "7 ", Some("has a value that HTTP forbids: a header cannot carry spaces at its ends")),
        ("Authorization", "7", Some("is a credential")),
        ("content-length", "7", Some("is set by the client itself")),
        ("accept", "7", Some("is set by the client itself")),
    ] {
        let built = ClientBuilder::new(&REMOTE).transport(Recorder::default()).default_header(name, value).build();
        match expect {
            None => assert!(built.is_ok(), "{name}"),
            Some(expect) => assert!(built.unwrap_err().to_string().contains(expect), "{name}"),
        }
    }
    for (credential, expect) in [
        (Credential::bearer("to\nken"), "a header cannot carry a line break or a control character"),
        (Credential::bearer("tökén"), "a header cannot carry characters beyond ASCII"),
        (Credential::bearer("token "), "a header cannot carry spaces at its ends"),
        (Credential::header("x-key", "\0"), "a header cannot carry a line break or a control character"),
        (Credential::header("x key", "k"), "its header name is not valid"),
        (Credential::cookie("sid", "a; b"), "a cookie cannot carry a semicolon or a control character"),
        (Credential::cookie("a; sid", "b"), "a cookie cannot carry a semicolon or a control character"),
        (Credential::cookie("sid", "ä"), "a header cannot carry characters beyond ASCII"),
    ] {
        let built = ClientBuilder::new(&REMOTE).transport(Recorder::default()).credential("key", credential).build();
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.to_string(), format!("the credential `key`: {expect}"));
    }
}

/// A media type comes from the description, so a bad one must not end in a panic.
#[test]
fn a_media_type_that_http_forbids_is_an_error() {
    static ODD: Operation =
        Operation { id: "op", method: "GET", path: "/", accept: Some("a/b\n"), security: &[], servers: &[], form: &[] };
    let error = recorder::sent(&ODD, |request| request).unwrap_err();
    assert_eq!(error.to_string(), "`op` (GET /) failed: HTTP forbids the media type");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn a_build_without_reqwest_asks_for_a_transport() {
    let error = ClientBuilder::new(&REMOTE).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

const fn operation(security: &'static [&'static [&'static str]]) -> Operation {
    Operation { id: "op", method: "GET", path: "/p/", accept: None, security, servers: &[], form: &[] }
}

static OPEN: Operation = operation(&[]);
static BEARER: Operation = operation(&[&["bearer"]]);
static EITHER: Operation = operation(&[&["bearer"], &["basic"], &["query", "cookie"]]);
static OPTIONAL: Operation = operation(&[&[], &["bearer"]]);
static HEADER: Operation = operation(&[&["header"]]);
static DIGEST: Operation = operation(&[&["certificate", "digest"]]);

#[test]
fn an_operation_takes_the_credentials_that_it_asks_for() {
    let all = [
        ("bearer", Credential::bearer("t")),
        ("basic", Credential::basic("Aladdin", "open sesame")),
        ("query", Credential::query("k y", "a&b")),
        ("cookie", Credential::cookie("sid", "c")),
        ("header", Credential::header("X-Key", "h")),
        ("digest", Credential::authorization("Digest", "d")),
        ("certificate", Credential::connection()),
    ];
    for (operation, given, expect) in [
        (&OPEN, "bearer basic query cookie header", "/v1/p/"),
        (&BEARER, "bearer", "/v1/p/ authorization: Bearer t"),
        (&BEARER, "", "`op` (GET /p/) failed: it needs a credential: `bearer`"),
        (&EITHER, "basic", "/v1/p/ authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (&EITHER, "query cookie", "/v1/p/?k%20y=a%26b cookie: sid=c"),
        (&EITHER, "bearer basic query", "/v1/p/ authorization: Bearer t"),
        (
            &EITHER,
            "query",
            "`op` (GET /p/) failed: it needs a credential: `bearer` or `basic` or `query` with `cookie`",
        ),
        (&OPTIONAL, "", "/v1/p/"),
        (&OPTIONAL, "bearer", "/v1/p/ authorization: Bearer t"),
        (&HEADER, "header", "/v1/p/ x-key: h"),
        (&DIGEST, "digest certificate", "/v1/p/ authorization: Digest d"),
        (&DIGEST, "digest", "`op` (GET /p/) failed: it needs a credential: `certificate` with `digest`"),
    ] {
        let recorder = Recorder::default();
        let mut builder = ClientBuilder::new(&REMOTE).transport(recorder.clone());
        for (scheme, credential) in &all {
            if given.split(' ').any(|name| name == *scheme) {
                builder = builder.credential(*scheme, credential.clone());
            }
        }
        let client = builder.build().unwrap();
        let request = client.request(operation).header("authorization", "mine");
        let seen = match now(request.call::<(), Infallible>()) {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Credentials);
                assert_eq!(error.wanted_credentials(), operation.security);
                assert!(recorder.take().is_none());
                error.to_string()
            }
            Ok(()) => {
                let head = recorder.take().unwrap();
                let mut seen = head.uri().path_and_query().unwrap().to_string();
                for (name, value) in head.headers().iter().filter(|(name, _)| *name != "user-agent") {
                    assert!(value.is_sensitive());
                    seen += &format!(" {name}: {}", value.to_str().unwrap());
                }
                seen
            }
        };
        assert_eq!(seen, expect, "{given}");
    }
}

#[test]
fn a_parameter_never_stands_in_for_a_credential() {
    static ALL: Operation = operation(&[&["query", "cookie", "header"]]);
    let recorder = Recorder::default();
    let client = ClientBuilder::new(&REMOTE)
        .transport(recorder.clone())
        .credential("query", Credential::query("key", "true"))
        .credential("cookie", Credential::cookie("sid", "true"))
        .credential("header", Credential::header("x-key", "true"))
        .build()
        .unwrap();
    let request = client.request(&ALL).query("key", "false").query("a", "1").query("keys", "1");
    let request = request.cookie("sid", "false").cookie("a", "1").header("x-key", "false");
    now(request.call::<(), Infallible>()).unwrap();
    let head = recorder.take().unwrap();
    assert_eq!(head.uri().query(), Some("a=1&keys=1&key=true"));
    assert_eq!(head.headers()["cookie"], "a=1; sid=true");
    assert_eq!(head.headers().get_all("x-key").iter().collect::<Vec<_>>(), ["true"]);
}
