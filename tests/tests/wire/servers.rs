//! Where requests go: the servers of a description, of its paths and of its operations, and what the caller says.

use std::sync::{Arc, Mutex};

use wire_fixture::runtime::{BoxFuture, Timeouts, Transport, TransportError};
use wire_fixture::{Body, Client, ClientBuilder, ErrorKind, Server};

/// Keeps the URL and the key of each request, and answers that all is well.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Transport for Seen {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let key = request.headers().get("x-key").map_or("", |key| key.to_str().unwrap());
        self.0.lock().unwrap().push(format!("{} {key}", request.uri()).trim_end().to_owned());
        let answer = http::Response::builder().status(204).body(Body::empty()).unwrap();
        Box::pin(std::future::ready(Ok(answer)))
    }
}

impl Seen {
    fn client(&self, with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        with(Client::builder()).transport(self.clone()).build().unwrap()
    }

    fn last(&self) -> String {
        self.0.lock().unwrap().pop().unwrap()
    }
}

/// A server with all of its variables at other values.
fn custom() -> Server {
    Server::tenant_region_example_com_port_version().tenant("x").region("us").port("8443").version("v3/beta")
}

fn base(builder: ClientBuilder, url: &str) -> ClientBuilder {
    builder.base_url(url).unwrap()
}

/// The URLs of an operation without servers of its own, of one of a path that has them, of one that has its own, of one
/// that has a test server and a real one, and of one whose server is relative.
async fn urls(client: &Client, seen: &Seen) -> [String; 5] {
    client.methods().get().await.unwrap();
    let general = seen.last();
    client.servers().of_path().await.unwrap();
    let path = seen.last();
    client.servers().of_operation().await.unwrap();
    let operation = seen.last();
    client.servers().beside().await.unwrap();
    let beside = seen.last();
    client.servers().at_root().await.unwrap();
    [general, path, operation, beside, seen.last()]
}

#[tokio::test]
async fn each_operation_goes_where_the_description_or_the_caller_says() {
    let seen = Seen::default();
    let check = async |with: &dyn Fn(ClientBuilder) -> ClientBuilder, expect: [&str; 5]| {
        assert_eq!(urls(&seen.client(with), &seen).await, expect);
    };
    let (files, up, real) = (
        "https://files.example.com/servers",
        "https://up.eu.example.com/up/servers",
        "https://real.example.com/hook/servers",
    );
    check(&|b| b, ["https://wire.example.com/v1/methods", files, up, real, "https://wire.example.com/servers"]).await;
    check(
        &|b| b.server(Server::test()),
        [
            "https://test.example.com/v1/methods",
            files,
            up,
            "https://test.example.com/hook/servers",
            "https://test.example.com/servers",
        ],
    )
    .await;
    check(
        &|b| b.server(custom()),
        [
            "https://x.us.example.com:8443/v3/beta/methods",
            files,
            "https://up.us.example.com/up/servers",
            real,
            "https://x.us.example.com:8443/servers",
        ],
    )
    .await;
    // What the caller says counts for more than all that the description says.
    let mine = ["methods", "servers", "servers", "servers"].map(|path| format!("https://own.example.com/a/{path}?q=1"));
    let mine = [&mine[0], &mine[1], &mine[2], &mine[3], "https://own.example.com/servers?q=1"];
    check(&|b| base(b, "https://own.example.com/a/?q=1"), mine).await;
    check(&|b| base(b.server(Server::test()), "https://own.example.com/a?q=1"), mine).await;
    check(
        &|b| base(b.server(Server::relative()), "https://own.example.com/a"),
        ["v2/methods", "v2/servers", "v2/servers", "v2/servers", "servers"]
            .map(|path| format!("https://own.example.com/{path}"))
            .each_ref()
            .map(String::as_str),
    )
    .await;
}

#[test]
fn a_variable_leads_to_no_other_host() {
    let check = |server: Server, expect: &str| {
        let error = Client::builder().server(server).transport(Seen::default()).build().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Configuration, expect));
    };
    let template = "https://{tenant}.{region}.example.com:{port}/{version}";
    let one = |name: &str, what: &str| format!("the variable `{name}` of the server `{template}` {what}");
    let changes = "has a value with a character that would change what the URL means";
    check(custom().region("mars"), &one("region", "must be one of eu, us"));
    for value in ["evil.example.com/", "a@b", "a?b", "a#b", "a\\b"] {
        check(custom().tenant(value), &one("tenant", changes));
    }
    check(custom().version("a?b"), &one("version", changes));
    let unusable = |why: &str| format!("the base URL cannot be used: {why}");
    check(custom().tenant("evil.example.com:443"), &unusable("it is not a valid URL"));
    check(custom().tenant("a b"), &unusable("it is not a valid URL"));
    check(custom().version("a/../b"), &unusable("its path must not have `.` or `..` as a segment"));
    check(Server::test().tenant("x"), "the server `https://test.example.com/v1/` has no variable `tenant`");
    check(
        Server::relative(),
        "the server of the API description, `/v2`, is relative: call `base_url` with the whole URL",
    );
    let shown = format!("{:?}", custom());
    assert_eq!(shown, format!("Server({template:?})"));
}

/// A key goes to the servers that the description names, over `https`, and to the one that the caller names.
#[tokio::test]
async fn credentials_go_to_no_open_server_of_an_operation() {
    let seen = Seen::default();
    let client = seen.client(|builder| builder.api_key("k"));
    client.servers().of_path().await.unwrap();
    assert_eq!(seen.last(), "https://files.example.com/servers k");
    let error = client.servers().open().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(seen.0.lock().unwrap().is_empty());
    seen.client(|builder| builder).servers().open().await.unwrap();
    assert_eq!(seen.last(), "http://open.example.com/servers");
    let client = seen.client(|builder| base(builder.api_key("k"), "http://127.0.0.1:1"));
    client.servers().open().await.unwrap();
    assert_eq!(seen.last(), "http://127.0.0.1:1/servers k");
}
