//! The three operations, called alike.

use generated::authentication::AuthenticationError;
use generated::models::ApplicationTokenExpireIn;
use generated::{Client, ClientBuilder, Response};

/// The token that must not be seen anywhere but in the `Authorization` header.
pub(super) const TOKEN: &str = "canary-5f1d";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ExpireAll,
    GetDashboardAccess,
    Logout,
}

pub(super) use Operation::{ExpireAll, GetDashboardAccess, Logout};

pub(super) const ALL: [Operation; 3] = [ExpireAll, GetDashboardAccess, Logout];

impl Operation {
    pub(super) fn id(self) -> &'static str {
        match self {
            ExpireAll => "expire_all",
            GetDashboardAccess => "get_dashboard_access",
            Logout => "logout",
        }
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            ExpireAll => "/api/v1/auth/app/{app_id}/expire-all/",
            GetDashboardAccess => "/api/v1/auth/dashboard-access/{app_id}/",
            Logout => "/api/v1/auth/logout/",
        }
    }
}

/// What the calls have in common: the application, and the idempotency key.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) app: &'a str,
    pub(super) key: Option<&'a str>,
}

pub(super) const GIVEN: Given<'static> = Given { app: "app_1", key: None };

/// Calls `operation`, and leaves the body of a success out.
pub(super) async fn call(
    client: &Client,
    operation: Operation,
    given: Given<'_>,
) -> Result<Response<()>, AuthenticationError> {
    let group = client.authentication();
    match operation {
        ExpireAll => {
            let request = group.expire_all(given.app, ApplicationTokenExpireIn::new());
            let request = given.key.into_iter().fold(request, |request, key| request.idempotency_key(key));
            request.send().await
        }
        GetDashboardAccess => {
            let request = group.get_dashboard_access(given.app);
            let request = given.key.into_iter().fold(request, |request, key| request.idempotency_key(key));
            request.send().await.map(|response| response.map(|_| ()))
        }
        Logout => {
            let request = group.logout();
            let request = given.key.into_iter().fold(request, |request, key| request.idempotency_key(key));
            request.send().await
        }
    }
}

pub(super) fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).unwrap().bearer_token(TOKEN)
}

pub(super) fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}

/// Every text that an error has: its own, and those of its causes.
pub(super) fn texts(error: &(dyn std::error::Error + 'static)) -> String {
    let mut texts = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        texts += &format!("{error}\n{error:?}\n{error:#?}\n");
        next = error.source();
    }
    texts
}
