//! Every public type, holding the token wherever it can.

use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::Duration;

use generated::authentication::AuthenticationError;
use generated::models::{ApplicationTokenExpireIn, DashboardAccessOut};
use generated::runtime::{self, Body, Encode, Fields, Object, Operation, Secret, Trial, Unknown, Value};
use generated::{Client, Credential, DecodeError, Error, Json, Maybe, Response};

use crate::calls::{self, ALL, ExpireAll, GIVEN, Given, Logout, TOKEN, call, texts};
use crate::server::{Reply, Server, answer};
use crate::{leaks, public};

/// The types that show no token because none can be in them, or because showing is the caller's own choice.
const EXEMPT: &[(&str, &str)] = &[
    ("Api", "constants of the description"),
    ("Operation", "constants of the description"),
    ("ServerUrl", "constants of the description"),
    ("ServerVariable", "constants of the description"),
    ("ErrorKind", "names of kinds"),
    ("TransportErrorKind", "names of kinds"),
    ("Kind", "names of kinds"),
    ("Mark", "names of marks"),
    ("Style", "names of styles"),
    ("Spelling", "names of styles"),
    ("Own", "nothing at all"),
    ("Text", "nothing at all"),
    ("Unread", "a success on its way to its type; it shows no more than its `Response`, which is tested"),
    ("Timeouts", "durations"),
    ("Number", "a number; a token is a text"),
    ("Redacted", "nothing at all"),
    ("ReqwestTransport", "connections and limits; credentials come with each request and go with it"),
    (
        "TransportError",
        "the words of a transport, which must hold no credential; those of the default one are tested as causes",
    ),
    ("ApplicationTokenExpireIn", "a number; a token is a text"),
    ("HttpErrorOut", "texts that the description calls public: what an API says of itself"),
    ("HttpValidationError", "texts that the description calls public: what an API says of itself"),
    ("ValidationError", "texts that the description calls public: what an API says of itself"),
    ("AuthenticationFailure", "bodies of failures, which show only where a caller prints them: no error does"),
];

/// What was shown, by the name of the type that showed it.
#[derive(Default)]
struct Shown(BTreeMap<String, String>);

impl Shown {
    fn value<T: Debug>(&mut self, value: &T) {
        // `generated::runtime::call::Call<…>` is `Call`.
        let name = type_name::<T>().split('<').next().unwrap();
        let name = name.rsplit("::").next().unwrap().to_owned();
        *self.0.entry(name).or_default() += &format!("{value:?}\n{value:#?}\n");
    }

    fn error<E: StdError + 'static>(&mut self, error: &E) {
        self.value(error);
        let name = type_name::<E>().split('<').next().unwrap();
        *self.0.entry(name.rsplit("::").next().unwrap().to_owned()).or_default() += &texts(error);
    }

    /// An error as its operation returns it, and as the crate-wide one.
    fn failed(&mut self, error: AuthenticationError) {
        self.error(&error);
        self.error(&Error::from(error));
    }
}

static OPERATION: Operation = Operation {
    id: "any",
    method: "POST",
    path: "/{path}/{missing}",
    accept: None,
    security: &[&["HTTPBearer"]],
    servers: &[],
    form: &[],
};

#[tokio::test]
async fn no_public_type_shows_the_token() {
    let mut shown = Shown::default();
    clients(&mut shown);
    requests(&mut shown).await;
    answers(&mut shown).await;
    broken_connections(&mut shown).await;
    values(&mut shown);
    for (name, text) in &shown.0 {
        assert!(!leaks(text), "{name} shows the token: {text}");
    }

    let exempt: BTreeSet<String> = EXEMPT.iter().map(|(name, _)| (*name).to_owned()).collect();
    let tested: BTreeSet<String> = shown.0.into_keys().collect();
    let both: Vec<_> = exempt.intersection(&tested).collect();
    assert!(both.is_empty(), "{both:?} are tested, so they need no exemption");
    let covered: BTreeSet<String> = exempt.union(&tested).cloned().collect();
    let public = public::types();
    let left: Vec<_> = public.difference(&covered).collect();
    assert!(
        left.is_empty(),
        "{left:?} are public: show them here with the token inside, or say why it cannot be there"
    );
    let gone: Vec<_> = covered.difference(&public).collect();
    assert!(gone.is_empty(), "{gone:?} are no public types");
}

fn clients(shown: &mut Shown) {
    let builder = Client::builder()
        .base_url(&format!("https://api.example.com/{TOKEN}?key={TOKEN}"))
        .unwrap()
        .bearer_token(TOKEN)
        .user_agent(TOKEN)
        .default_header("x-key", TOKEN);
    shown.value(&builder);
    let server = runtime::Server::new("https://api.example.com/{key}", &[]).variable("key", TOKEN);
    shown.value(&server);
    shown.error(&Client::builder().server(server).build().unwrap_err());
    let client = builder.clone().build().unwrap();
    shown.value(&client);
    shown.value(&client.authentication());
    for credential in [
        Credential::bearer(TOKEN),
        Credential::basic("user", TOKEN),
        Credential::header("x-key", TOKEN),
        Credential::query("key", TOKEN),
        Credential::cookie("sid", TOKEN),
        Credential::authorization("Digest", TOKEN),
    ] {
        shown.value(&credential);
    }
    for refused in [
        builder.clone().bearer_token(format!("{TOKEN}\n")).build(),
        builder.clone().default_header("x-key", format!("{TOKEN}\0")).build(),
        builder.clone().default_header("authorization", TOKEN).build(),
        builder.clone().base_url(&format!("http://{TOKEN}@api.example.com")).and_then(|builder| builder.build()),
        builder.clone().base_url(&format!("http://api.example.com/{TOKEN}")).unwrap().build(),
        builder.clone().credential("key", Credential::cookie("sid", format!("{TOKEN};"))).build(),
    ] {
        shown.error(&refused.unwrap_err());
    }
}

async fn requests(shown: &mut Shown) {
    let client = calls::client("https://api.example.com");
    let group = client.authentication();
    let body = ApplicationTokenExpireIn::new;
    shown.value(&group.expire_all(TOKEN, body()).idempotency_key(TOKEN));
    shown.value(&group.expire_all(TOKEN, body()).idempotency_key(format!("{TOKEN}\n")));
    shown.value(&group.get_dashboard_access(TOKEN).idempotency_key(TOKEN));
    shown.value(&group.logout().idempotency_key(TOKEN));
    shown.value(&group.logout().idempotency_key(TOKEN).send());
    shown.value(&group.get_dashboard_access(TOKEN).into_future());
    let key = format!("{TOKEN}\r");
    shown.failed(call(&client, Logout, Given { app: "", key: Some(&key) }).await.unwrap_err());

    let request = || client.request(&OPERATION).path("path", TOKEN).query("query", TOKEN).cookie("cookie", TOKEN);
    shown.value(&request().header("x-key", TOKEN).json(TOKEN));
    shown.value(&request().header("x-key", &key));
    shown.failed(request().call::<(), _>().await.unwrap_err());
    shown.value(&Body::full(TOKEN));
    shown.value(&Body::stream(Body::full(TOKEN)));
}

/// Answers that repeat the token wherever an answer can.
async fn answers(shown: &mut Shown) {
    let headers = format!("content-type: application/json\r\nset-cookie: sid={TOKEN}\r\nx-echo: {TOKEN}\r\n");
    let failure = format!(r#"{{"code":"{TOKEN}","detail":"Invalid token: {TOKEN}"}}"#);
    let invalid = format!(r#"{{"detail":[{{"loc":["{TOKEN}"],"msg":"{TOKEN}","type":"{TOKEN}"}}]}}"#);
    for (status, body) in [
        ("401 canary-5f1d", failure.as_str()),
        ("422 canary-5f1d", &invalid),
        ("429 canary-5f1d", &format!(r#"{{"code":["{TOKEN}"]}}"#)),
        ("404 canary-5f1d", &format!("<html>{TOKEN}</html>")),
        ("307 canary-5f1d", TOKEN),
        ("500 canary-5f1d", &failure),
        ("500 canary-5f1d", &failure.repeat(9)),
        ("200 canary-5f1d", &failure),
        ("200 canary-5f1d", &failure.repeat(9)),
        ("200 canary-5f1d", &format!("{{\"url\":[\"{TOKEN}\"],\"token\":7}}")),
        ("200 canary-5f1d", &format!("{{\"{TOKEN}\":\"{TOKEN}\",")),
        ("200 canary-5f1d", &format!("\"{TOKEN}\\u\"")),
    ] {
        let server = Server::always(Reply::keep(answer(status, &headers, body))).await;
        let client = calls::builder(&server.url).max_response_bytes(200).build().unwrap();
        for operation in ALL {
            match call(&client, operation, Given { app: TOKEN, key: Some(TOKEN) }).await {
                Ok(response) => shown.value(&response),
                Err(error) => shown.failed(error),
            }
        }
    }
    let access = format!(r#"{{"url":"https://portal.example.com/login#key={TOKEN}","token":"{TOKEN}"}}"#);
    let server = Server::always(Reply::keep(answer("200 OK", &headers, &access))).await;
    let response = calls::client(&server.url).authentication().get_dashboard_access("app_1").send().await.unwrap();
    shown.value(&response);
    shown.value(response.body());
    shown.value(&Response::new(http::StatusCode::OK, response.headers().clone(), ()));
    assert_eq!(response.body().token, TOKEN, "what is not shown is still there");
}

async fn broken_connections(shown: &mut Shown) {
    let closed = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let garbage = Server::always(Reply::close(format!("HTTP/1.1 {TOKEN}\r\n{TOKEN}: \0\r\n\r\n"))).await;
    let half = format!("HTTP/1.1 200 OK\r\nx-key: {TOKEN}\r\ncontent-length: 99\r\n\r\n{TOKEN}");
    let (cut, silent) = (Server::always(Reply::close(half.clone())).await, Server::always(Reply::hang(half)).await);
    for url in [
        closed.as_str(),
        &garbage.url,
        &cut.url,
        &silent.url,
        &silent.url.replace("http:", "https:"),
        "https://1.2.3.4.5",
        "https://no-such-host.invalid",
    ] {
        let builder = calls::builder(&format!("{url}/{TOKEN}?key={TOKEN}"));
        let limit = Duration::from_millis(150);
        let client = builder.connect_timeout(limit).timeout(limit * 2).build().unwrap();
        shown.failed(call(&client, ExpireAll, Given { app: TOKEN, ..GIVEN }).await.unwrap_err());
    }
}

fn values(shown: &mut Shown) {
    let text = format!(r#"{{"token":"{TOKEN}","list":["{TOKEN}",{{"deep":"{TOKEN}"}}]}}"#);
    let value = || serde_json::from_str::<Value<'_>>(&text).unwrap();
    shown.value(&value());
    shown.value(&Object::new(value()).unwrap());
    let mut trial = Trial::new(value());
    trial.attempt::<DashboardAccessOut>("access", |_| None);
    shown.value(&trial);
    let unknown: Unknown = trial.finish(Some).unwrap();
    shown.value(&unknown);
    shown.error(unknown.error().unwrap());
    let json: Json = serde_json::from_str(&text).unwrap();
    let mut fields = Fields::default();
    fields.field("json", &json);
    shown.value(&fields);
    shown.value(&Secret::new(TOKEN));
    shown.value(&Maybe::Value(Secret::new(TOKEN)));
    let access: DashboardAccessOut = serde_json::from_str(&format!(r#"{{"url":"u","token":"{TOKEN}"}}"#)).unwrap();
    shown.value(&access.encode());
    let errors: [DecodeError; 3] = [
        runtime::from_json::<Vec<i64>>(format!(r#"["{TOKEN}"]"#).as_bytes()).unwrap_err(),
        runtime::from_json::<bool>(TOKEN.as_bytes()).unwrap_err(),
        Object::new(value()).unwrap().constants(&[("token", "other".into(), true)]).unwrap_err(),
    ];
    for error in errors {
        shown.error(&error);
    }
}
