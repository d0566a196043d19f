//! What a reader of the auth API's page must find there: the facts of the page that the API has for TypeScript.

use crate::page;

/// Something that must stand in a section of an operation; an empty section is what stands before the first one.
struct Fact {
    operation: &'static str,
    section: &'static str,
    says: &'static str,
}

const fn fact(operation: &'static str, section: &'static str, says: &'static str) -> Fact {
    Fact { operation, section, says }
}

/// What stands before the first operation.
const TOP: [&str; 5] = [
    "All URIs are relative to `http://localhost`",
    "| Method | HTTP request | Description |",
    "| [`expire_all`](#expire_all) | **POST** `/api/v1/auth/app/{app_id}/expire-all/` | Expire All |",
    "| [`get_dashboard_access`](#get_dashboard_access) | **POST** `/api/v1/auth/dashboard-access/{app_id}/` | Get Consumer App Portal Access |",
    "| [`logout`](#logout) | **POST** `/api/v1/auth/logout/` | Logout |",
];

/// What every operation has.
const EACH: [(&str, &str); 14] = [
    ("Example", "use generated::"),
    ("Example", "Client::builder()"),
    ("Example", ".base_url(\"http://localhost\")?"),
    ("Example", ".idempotency_key(\"idempotency-key_example\")"),
    ("Parameters", "| Name | Type | Description | Notes |"),
    (
        "Parameters",
        "| `idempotency_key` | `String` | The request's idempotency key | header `idempotency-key`, optional. May be null: then it is left out. |",
    ),
    ("Authorization", "[`HTTPBearer`](../README.md#httpbearer)"),
    ("HTTP request headers", "- **Accept**: `application/json`"),
    ("HTTP response details", "| Status code | Description | Body | Response headers |"),
    ("HTTP response details", "[Back to top](#authentication)"),
    ("HTTP response details", "[Back to API list](../README.md#documentation-for-api-endpoints)"),
    ("HTTP response details", "[Back to model list](../README.md#documentation-for-models)"),
    ("HTTP response details", "[Back to README](../README.md)"),
    ("HTTP response details", "| **422** | Validation Error | [`models::HttpValidationError`]"),
];

/// The failures of every operation that have the same body.
const FAILURES: [(u16, &str); 5] =
    [(401, "Unauthorized"), (403, "Forbidden"), (404, "Not Found"), (409, "Conflict"), (429, "Too Many Requests")];

/// What one operation has.
const OWN: [Fact; 25] = [
    fact("expire_all", "", "`expire_all(app_id, body) -> Result<(), AuthenticationError>`"),
    fact("expire_all", "", "Expire all of the tokens associated with a specific Application"),
    fact("expire_all", "Example", ".expire_all(\"app_1srOrx2ZWZBpBUvZwXKQmoEYga2\", body)"),
    fact("expire_all", "Example", "models::ApplicationTokenExpireIn::new().expiry(60)"),
    fact("expire_all", "Parameters", "| `app_id` | `String` | The application's ID or UID | path `app_id`"),
    fact("expire_all", "Parameters", "| `body` | [`models::ApplicationTokenExpireIn`]"),
    fact("expire_all", "Return type", "`()`"),
    fact("expire_all", "HTTP request headers", "- **Content-Type**: `application/json`"),
    fact("expire_all", "HTTP response details", "| **204** | Successful Response | - | - |"),
    fact(
        "get_dashboard_access",
        "",
        "`get_dashboard_access(app_id) -> Result<models::DashboardAccessOut, AuthenticationError>`",
    ),
    fact(
        "get_dashboard_access",
        "",
        "Use this function to get magic links (and authentication codes) for connecting your users to the Consumer Application Portal.",
    ),
    fact("get_dashboard_access", "Example", ".get_dashboard_access(\"app_1srOrx2ZWZBpBUvZwXKQmoEYga2\")"),
    fact("get_dashboard_access", "Example", "println!(\"{answer:?}\");"),
    fact("get_dashboard_access", "Parameters", "| `app_id` | `String` | The application's ID or UID | path `app_id`"),
    fact("get_dashboard_access", "Parameters", "1 to 256 characters."),
    fact(
        "get_dashboard_access",
        "Return type",
        "[`models::DashboardAccessOut`](../src/models/dashboard_access_out.rs)",
    ),
    fact("get_dashboard_access", "HTTP request headers", "- **Content-Type**: Not defined"),
    fact(
        "get_dashboard_access",
        "HTTP response details",
        "| **200** | Successful Response | [`models::DashboardAccessOut`]",
    ),
    fact("logout", "", "`logout() -> Result<(), AuthenticationError>`"),
    fact("logout", "", "Logout an app token.\n\nTrying to log out other tokens will fail."),
    fact("logout", "Example", ".logout()"),
    fact("logout", "Return type", "`()`"),
    fact("logout", "HTTP request headers", "- **Content-Type**: Not defined"),
    fact("logout", "HTTP response details", "| **204** | Successful Response | - | - |"),
    fact("logout", "Parameters", "| `idempotency_key` |"),
];

/// The text of a section of an operation.
fn section<'a>(page: &'a str, operation: &str, name: &str) -> &'a str {
    let after = |text: &'a str, heading: &str| text.split_once(heading).map(|(_, after)| after);
    let before = |text: &'a str, heading: &str| text.split_once(heading).map_or(text, |(before, _)| before);
    let text = after(page, &format!("\n## `{operation}`\n")).unwrap_or_else(|| panic!("there is no `{operation}`"));
    let text = before(text, "\n## ");
    let text = if name.is_empty() { Some(text) } else { after(text, &format!("\n### {name}\n")) };
    before(text.unwrap_or_else(|| panic!("`{operation}` has no section `{name}`")), "\n### ")
}

#[test]
fn the_page_says_all_that_the_typescript_page_says() {
    let page = page::read("docs/AuthenticationApi.md");
    let (top, _) = page.split_once("\n## ").unwrap();
    for says in TOP {
        assert!(top.contains(says), "{says} is not in:\n{top}");
    }
    let check = |operation: &str, name: &str, says: &str| {
        let text = section(&page, operation, name);
        assert!(text.contains(says), "{operation}, {name}: {says} is not in:\n{text}");
    };
    for Fact { operation, section, says } in OWN {
        check(operation, section, says);
    }
    for operation in ["expire_all", "get_dashboard_access", "logout"] {
        for (name, says) in EACH {
            check(operation, name, says);
        }
        for (status, name) in FAILURES {
            let row =
                format!("| **{status}** | {name} | [`models::HttpErrorOut`](../src/models/http_error_out.rs) | - |");
            check(operation, "HTTP response details", &row);
        }
    }
}

#[test]
fn the_readme_leads_to_every_operation_model_and_credential() {
    let readme = page::read("README.md");
    let headings = page::headings(&readme);
    for heading in ["Documentation for API endpoints", "Documentation for models", "HTTPBearer"] {
        assert!(headings.iter().any(|found| found == heading), "{heading} is not in {headings:?}");
    }
    for says in [
        "[`expire_all`](docs/AuthenticationApi.md#expire_all)",
        "[`get_dashboard_access`](docs/AuthenticationApi.md#get_dashboard_access)",
        "[`logout`](docs/AuthenticationApi.md#logout)",
        "[`ApplicationTokenExpireIn`](src/models/application_token_expire_in.rs)",
        "[`DashboardAccessOut`](src/models/dashboard_access_out.rs)",
        "[`HttpErrorOut`](src/models/http_error_out.rs)",
        "[`HttpValidationError`](src/models/http_validation_error.rs)",
        "[`ValidationError`](src/models/validation_error.rs)",
        "`Client::builder().bearer_token(token)`",
    ] {
        assert!(readme.contains(says), "{says} is not in the README");
    }
}
