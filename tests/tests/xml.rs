//! XML on the wire: the bytes of a request, and what becomes of answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::sync::{Arc, Mutex};

use wire_fixture::models::{Shelf, Volume};
use wire_fixture::runtime::{BoxFuture, Timeouts, Transport, TransportError};
use wire_fixture::xml::{XmlError, XmlFailure};
use wire_fixture::{Body, Client, Maybe};

/// Keeps the media type and the body of what is sent, and gives one answer.
#[derive(Clone)]
struct Server {
    sent: Arc<Mutex<(String, Vec<u8>)>>,
    answer: (u16, &'static str, &'static str),
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let media = request.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
            let mut body = request.into_body();
            let mut all = Vec::new();
            while let Some(frame) =
                std::future::poll_fn(|context| http_body::Body::poll_frame(std::pin::Pin::new(&mut body), context))
                    .await
            {
                all.extend_from_slice(&frame.unwrap().into_data().unwrap());
            }
            *self.sent.lock().unwrap() = (media, all);
            let (status, media, body) = self.answer;
            let response = http::Response::builder().status(status).header("content-type", media);
            Ok(response.body(Body::from(body.as_bytes().to_vec())).unwrap())
        })
    }
}

/// Sends a shelf; gives what was sent, and what came of the answer.
async fn send(shelf: Shelf, answer: (u16, &'static str, &'static str)) -> (String, String, Result<Shelf, XmlError>) {
    let server = Server { sent: Arc::default(), answer };
    let client = Client::builder().transport(server.clone()).build().unwrap();
    let outcome = client.xml().send_xml(shelf).await;
    let (media, body) = server.sent.lock().unwrap().clone();
    (media, String::from_utf8(body).unwrap(), outcome)
}

const ANSWER: &str = "<x:shelf xmlns:x='urn:s' id='7'><book><title>A &amp; <![CDATA[<B>]]></title><isbn>1</isbn></book>\
                      <labels><label>l</label></labels></x:shelf>";

#[tokio::test]
async fn values_become_xml_and_xml_becomes_values() {
    let shelf = Shelf::new(7, vec![Volume::new("A & <B>"), Volume::new("")]).labels(vec![]).note(Maybe::Null);
    let (media, body, outcome) = send(shelf, (200, "application/xml; charset=utf-8", ANSWER)).await;
    assert_eq!(media, "application/xml");
    assert_eq!(
        body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:shelf xmlns:s=\"urn:s\" id=\"7\"><book><title>A &amp; &lt;B&gt;</title></book>\
         <book><title/></book><labels/><note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></s:shelf>"
    );
    let expect = Shelf::new(7, vec![Volume::new("A & <B>")]).labels(vec!["l".to_owned()]);
    assert_eq!(outcome.unwrap(), expect);
}

#[tokio::test]
async fn failures_are_typed_and_errors_say_where() {
    let shelf = || Shelf::new(1, vec![]);
    let problem = "<Lost><code>12</code></Lost>";
    let (_, body, outcome) = send(shelf(), (404, "application/problem+xml", problem)).await;
    assert!(body.ends_with("<s:shelf xmlns:s=\"urn:s\" id=\"1\"/>"), "{body}");
    let error = outcome.unwrap_err();
    match error.failure() {
        Some(XmlFailure::NotFound(lost)) => assert_eq!(lost.code, Some(12)),
        other => panic!("{other:?}"),
    }
    for (answer, fault) in [
        ("<shelf id='1'><book/></shelf>", "at /books/0/title: this member is missing"),
        ("<shelf id='one'/>", "at /id: expected a 64-bit integer, found a string"),
        ("<!DOCTYPE shelf><shelf id='1'/>", "the XML has a document type declaration, which is refused"),
        ("{\"id\":1}", "this is not XML"),
    ] {
        let error = send(shelf(), (200, "application/xml", answer)).await.2.unwrap_err().to_string();
        assert!(error.contains(fault), "{error}");
    }
}
