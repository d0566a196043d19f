//! Every method that a description can name, as it goes over the wire.

use wire_fixture::Client;
use wire_fixture::models::Pet;

use crate::server::{Reply, Server, answer};

#[tokio::test]
async fn every_method_is_sent_as_it_is_spelled() {
    let server = Server::always(Reply::keep(answer("204 No Content", "", ""))).await;
    let client = Client::builder().base_url(&server.url).unwrap().build().unwrap();
    let mut calls = Vec::new();
    macro_rules! send {
        ($($name:ident($($body:expr)?) => $expect:literal),* $(,)?) => {$(
            client.methods().$name($($body)?).await.unwrap();
            calls.push($expect.to_owned());
        )*};
    }
    send! {
        get() => "GET /methods HTTP/1.1 | - | ",
        put() => "PUT /methods HTTP/1.1 | 0 | ",
        post() => "POST /methods HTTP/1.1 | 0 | ",
        delete() => "DELETE /methods HTTP/1.1 | - | ",
        options() => "OPTIONS /methods HTTP/1.1 | - | ",
        head() => "HEAD /methods HTTP/1.1 | - | ",
        patch() => "PATCH /methods HTTP/1.1 | 0 | ",
        trace() => "TRACE /methods HTTP/1.1 | - | ",
        query(Pet::new("R")) => "QUERY /methods HTTP/1.1 | 12 | {\"name\":\"R\"}",
        copy() => "COPY /methods HTTP/1.1 | - | ",
        link() => "link /methods HTTP/1.1 | - | ",
    }
    client.methods().link().body("t").await.unwrap();
    calls.push("link /methods HTTP/1.1 | 1 | t".to_owned());
    let seen = server.requests().into_iter().map(|request| {
        format!("{} | {} | {}", request.line, request.header("content-length").unwrap_or("-"), request.body)
    });
    assert_eq!(seen.collect::<Vec<_>>(), calls);
}
