//! Every byte of every request.

use std::process::Command;

use generated::Maybe;
use generated::models::ApplicationTokenExpireIn;

use crate::calls::{self, ExpireAll, GetDashboardAccess, Given, Logout, Operation, TOKEN, call, client};
use crate::server::{Reply, Server, answer};
use crate::service;

/// What a request looks like, but for what varies: its path, its idempotency key and its body.
fn expected(path: &str, key: Option<&str>, body: Option<&str>) -> String {
    let content = body.map_or("", |_| "content-type: application/json\n");
    let key = key.map_or(String::new(), |key| format!("idempotency-key: {key}\n"));
    format!(
        "POST {path} HTTP/1.1\naccept: application/json\nauthorization: Bearer {TOKEN}\ncontent-length: {}\n{content}\
         host: HOST\n{key}user-agent: generated/0.1.0\n\n{}",
        body.map_or(0, str::len),
        body.unwrap_or_default(),
    )
}

#[tokio::test]
async fn each_operation_is_exact_with_and_without_its_options() {
    let server = service::start().await;
    let client = client(&server.url);
    for (operation, path, body) in [
        (ExpireAll, "/api/v1/auth/app/app_1/expire-all/", Some("{}")),
        (GetDashboardAccess, "/api/v1/auth/dashboard-access/app_1/", None),
        (Logout, "/api/v1/auth/logout/", None),
    ] {
        for key in [None, Some("4f1c"), Some(""), Some("a b\tc \"d\" %")] {
            call(&client, operation, Given { app: "app_1", key }).await.unwrap();
            assert_eq!(server.requests().pop().unwrap().to_string(), expected(path, key, body));
        }
    }
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_bodies() {
    let server = service::start().await;
    for (expiry, expect) in [
        (Maybe::Absent, "{}"),
        (Maybe::Null, r#"{"expiry":null}"#),
        (Maybe::Value(0), r#"{"expiry":0}"#),
        (Maybe::Value(259_200), r#"{"expiry":259200}"#),
        (Maybe::Value(i64::MIN), r#"{"expiry":-9223372036854775808}"#),
        (Maybe::Value(i64::MAX), r#"{"expiry":9223372036854775807}"#),
    ] {
        let body = ApplicationTokenExpireIn::new().expiry(expiry);
        client(&server.url).authentication().expire_all("app_1", body).await.unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!(request.to_string(), expected("/api/v1/auth/app/app_1/expire-all/", None, Some(expect)));
    }
}

#[tokio::test]
async fn the_base_url_keeps_its_path_and_its_query() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    for (base, expect) in [
        ("", "/api/v1/auth/logout/"),
        ("/", "/api/v1/auth/logout/"),
        ("//", "/api/v1/auth/logout/"),
        ("/prefix", "/prefix/api/v1/auth/logout/"),
        ("/prefix/", "/prefix/api/v1/auth/logout/"),
        ("/two//parts/", "/two//parts/api/v1/auth/logout/"),
        ("/a%2Fb/%c3%a9", "/a%2Fb/%c3%a9/api/v1/auth/logout/"),
        ("?", "/api/v1/auth/logout/"),
        ("/?tenant=7", "/api/v1/auth/logout/?tenant=7"),
        ("/prefix?tenant=a%20b&x=1/../2", "/prefix/api/v1/auth/logout/?tenant=a%20b&x=1/../2"),
    ] {
        client(&format!("{}{base}", server.url)).authentication().logout().await.unwrap();
        assert_eq!(server.requests().pop().unwrap().to_string(), expected(expect, None, None), "{base}");
    }
}

/// A value never leaves its segment, whatever it is.
#[tokio::test]
async fn path_values_are_encoded() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    let client = client(&server.url);
    for (value, expect) in [
        ("app_1srOrx2ZWZBpBUvZwXKQmoEYga2", "app_1srOrx2ZWZBpBUvZwXKQmoEYga2"),
        ("a-b_c.d~e", "a-b_c.d~e"),
        (":/?#[]@", "%3A%2F%3F%23%5B%5D%40"),
        ("!$&'()*+,;=", "%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
        (" \"<>\\^`{|}", "%20%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("%2F", "%252F"),
        ("%2e%2E", "%252e%252E"),
        ("100%", "100%25"),
        ("é🦀\u{202e}", "%C3%A9%F0%9F%A6%80%E2%80%AE"),
        ("a\r\nb\0\t\u{7f}", "a%0D%0Ab%00%09%7F"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("..;", "..%3B"),
        ("...", "..."),
        ("{app_id}", "%7Bapp_id%7D"),
    ] {
        client.authentication().get_dashboard_access(value).await.unwrap_err();
        let path = format!("/api/v1/auth/dashboard-access/{expect}/");
        assert_eq!(server.requests().pop().unwrap().to_string(), expected(&path, None, None), "{value:?}");
    }
}

#[tokio::test]
async fn what_the_builder_is_told_is_sent() {
    let server = service::start().await;
    let builder = calls::builder(&server.url).user_agent("own/1").default_header("X-Tenant", "7");
    let client = builder.default_header("Idempotency-Key", "default").build().unwrap();
    for (key, expect) in [(None, "default"), (Some("own"), "own")] {
        call(&client, Logout, Given { app: "app_1", key }).await.unwrap();
        let request = server.requests().pop().unwrap();
        let replaced = expected("/api/v1/auth/logout/", Some(expect), None).replace("generated/0.1.0", "own/1");
        assert_eq!(request.to_string(), format!("{}x-tenant: 7\n\n", replaced.trim_end().to_owned() + "\n"));
    }
}

/// A call may be cloned off a client that is gone, and calls of one client may overlap.
#[tokio::test]
async fn calls_outlive_the_client_and_overlap() {
    let server = service::start().await;
    let client = client(&server.url);
    let tasks: Vec<_> = calls::ALL
        .into_iter()
        .cycle()
        .take(30)
        .map(|operation: Operation| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, operation, calls::GIVEN).await.map(|answer| answer.status()) })
        })
        .collect();
    let late = client.authentication().logout().send();
    drop(client);
    for task in tasks {
        assert!(task.await.unwrap().unwrap().is_success());
    }
    assert_eq!(late.await.unwrap().status(), 204);
    assert_eq!(server.requests().len(), 31);
}

/// A proxy would see the token of an unencrypted request, so the environment's does not apply to this machine.
#[tokio::test]
async fn a_proxy_of_the_environment_sees_nothing() {
    const PROXIED: &str = "requests::absent_null_and_a_value_are_three_bodies";
    let proxy = Server::always(Reply::keep(answer("502 Proxied", "", ""))).await;
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &proxy.url);
    }
    command.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD").args(["--exact", PROXIED]);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_eq!(proxy.connections(), 0);
}
