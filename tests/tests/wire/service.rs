//! The service as its callers know it: what it checks, in which order, and what it answers.

use crate::calls::TOKEN;
use crate::server::{Reply, Request, Server, answer};

/// The application that the service knows.
pub(super) const APP: &str = "app_1";

pub(super) async fn start() -> Server {
    Server::start(|request| Reply::keep(reply(request))).await
}

fn reply(request: &Request) -> Vec<u8> {
    let path = request.target().split('?').next().unwrap();
    let Some((expected, app)) = route(path) else { return answer("404 Not Found", "", "") };
    if !request.line.starts_with("POST ") {
        return answer("405 Method Not Allowed", "allow: POST\r\n", "");
    }
    match request.header("authorization") {
        Some(token) if token == format!("Bearer {TOKEN}") => {}
        Some("Bearer other-level") => {
            return error("403 Forbidden", "insufficient access", "Insufficient access for the given operation.");
        }
        _ => return error("401 Unauthorized", "authentication_failed", "Invalid token"),
    }
    if app.is_some_and(|app| app != APP) {
        return error("404 Not Found", "not_found", "Application not found");
    }
    match expected {
        Expected::Json if !is_valid(&request.body) => answer(
            "422 Unprocessable Entity",
            "content-type: application/json\r\n",
            r#"{"detail":[{"loc":["body","expiry"],"msg":"bad JSON","type":"value_error.jsondecode"}]}"#,
        ),
        Expected::Json | Expected::Nothing => answer("204 No Content", "", ""),
        Expected::Access => answer(
            "200 OK",
            "content-type: application/json\r\n",
            r#"{"url":"https://portal.example.com/login","token":"appsk_1"}"#,
        ),
    }
}

/// What an operation expects, or gives.
enum Expected {
    Json,
    Access,
    Nothing,
}

fn route(path: &str) -> Option<(Expected, Option<&str>)> {
    let rest = path.strip_prefix("/api/v1/auth/")?;
    if rest == "logout/" {
        return Some((Expected::Nothing, None));
    }
    if let Some(app) = rest.strip_prefix("app/").and_then(|rest| rest.strip_suffix("/expire-all/")) {
        return Some((Expected::Json, Some(app)));
    }
    let app = rest.strip_prefix("dashboard-access/")?.strip_suffix('/')?;
    Some((Expected::Access, Some(app)))
}

/// Whether the body is one that the operation takes; the bounds of `expiry` are left to the real service.
fn is_valid(body: &str) -> bool {
    let Ok(generated::Json::Object(members)) = serde_json::from_str(body) else { return false };
    members.iter().all(|(key, value)| key == "expiry" && (value.is_i64() || value.is_null()))
}

fn error(status: &str, code: &str, detail: &str) -> Vec<u8> {
    let body = format!(r#"{{"code":"{code}","detail":"{detail}"}}"#);
    answer(status, "content-type: application/json\r\n", body)
}
