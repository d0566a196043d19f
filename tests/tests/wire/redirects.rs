//! A redirect is an answer like any other: following one would send a credential where nobody meant it to go.

use generated::ErrorKind;

use crate::calls::{ALL, GIVEN, call, client};
use crate::server::{Reply, Server, answer};
use crate::service;

#[tokio::test]
async fn redirects_are_never_followed() {
    let elsewhere = service::start().await;
    for status in [300, 301, 302, 303, 307, 308] {
        for location in [
            format!("{}/api/v1/auth/logout/", elsewhere.url),
            elsewhere.url.replace("http:", ""),
            "/api/v1/auth/logout/".to_owned(),
            "?again".to_owned(),
        ] {
            let headers = format!("location: {location}\r\nrefresh: 0; url={location}\r\n");
            let server = Server::always(Reply::keep(answer(&format!("{status} Over There"), &headers, "moved"))).await;
            let client = client(&server.url);
            for operation in ALL {
                let error = call(&client, operation, GIVEN).await.unwrap_err();
                assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, status));
                assert_eq!(error.headers().unwrap()["location"], location);
                assert_eq!((&error.body()[..], error.failure()), (&b"moved"[..], None));
            }
            assert_eq!(server.requests().len(), ALL.len());
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}
