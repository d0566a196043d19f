//! What the descriptions of large vendors lean on, in words of our own: nested forms, an answer for each status, and events
//! of several kinds. The calls of the corpus try the real ones.

use wire_fixture::models::{
    AnswerEvent, CreateAnswerRequest, CreateOrderRequest, CreateOrderRequestLines, CreateOrderRequestLinesDiscount,
    CreateOrderRequestMetadata, CreateOrderRequestMetadataEmpty, CreateOrderRequestShipping,
    CreateOrderRequestShippingAddress, MergeBranchRequest, RefusalCode,
};
use wire_fixture::vendors::{
    CreateAnswerSuccess, MergeBranchError, MergeBranchFailure, MergeBranchSuccess, VendorsFailure,
};
use wire_fixture::{Client, ErrorKind};

use crate::server::{Reply, Server, answer};

async fn start(status: &str, media: &str, body: &str) -> (Server, Client) {
    let media = if media.is_empty() { String::new() } else { format!("content-type: {media}\r\n") };
    let server = Server::always(Reply::keep(answer(status, &media, body))).await;
    let client = Client::builder().base_url(&server.url).unwrap().build().unwrap();
    (server, client)
}

#[tokio::test]
async fn nested_forms_have_brackets() {
    let line = CreateOrderRequestLines::new().quantity(2).amounts(vec![5, 7]);
    let codes = vec!["a&b".to_owned(), "c".to_owned()];
    let discounted = CreateOrderRequestLines::new().discount(CreateOrderRequestLinesDiscount::new().codes(codes));
    let metadata = [("order id".to_owned(), "6735".to_owned()), ("é".to_owned(), "=".to_owned())];
    let address = CreateOrderRequestShippingAddress::new("Ulm").lines(vec!["1".to_owned(), "2".to_owned()]);
    let whole = CreateOrderRequest::new("eur")
        .confirm(true)
        .expand(vec!["lines".to_owned(), "lines.data".to_owned()])
        .lines(vec![line, discounted])
        .metadata(CreateOrderRequestMetadata::Object(metadata.into()))
        .shipping(CreateOrderRequestShipping::Address(Box::new(address)));
    // What is to be emptied is the empty text.
    let emptied = CreateOrderRequest::new("eur")
        .metadata(CreateOrderRequestMetadata::Empty(CreateOrderRequestMetadataEmpty::Empty))
        .lines(vec![]);
    for (body, expect) in [
        (
            whole,
            "confirm=true&currency=eur&expand[]=lines&expand[]=lines.data&lines[0][quantity]=2&lines[0][amounts][]=5&\
             lines[0][amounts][]=7&lines[1][discount][codes][]=a%26b&lines[1][discount][codes][]=c&\
             metadata[order%20id]=6735&metadata[%C3%A9]=%3D&shipping[city]=Ulm&shipping[lines][]=1&shipping[lines][]=2",
        ),
        (emptied, "currency=eur&metadata="),
    ] {
        let (server, client) = start("200 OK", "application/json", "{\"id\":\"o\"}").await;
        assert_eq!(client.vendors().create_order(body).await.unwrap().id, "o");
        let request = server.request();
        assert_eq!(request.line, "POST /orders HTTP/1.1");
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.body, expect.replace('[', "%5B").replace(']', "%5D"));
    }
}

#[tokio::test]
async fn a_refusal_is_typed_whatever_its_status() {
    let refusal = "{\"message\":\"no such price\",\"code\":\"missing\"}";
    let (_server, client) = start("402 Payment Required", "application/json", refusal).await;
    let error = client.vendors().create_order(CreateOrderRequest::new("eur")).await.unwrap_err();
    let Some(VendorsFailure::Default(refusal)) = error.failure() else { panic!("{error:?}") };
    assert_eq!((refusal.message.as_str(), &refusal.code), ("no such price", &Some(RefusalCode::Missing)));
}

async fn merge(status: &str, media: &str, body: &str) -> Result<MergeBranchSuccess, MergeBranchError> {
    let (server, client) = start(status, media, body).await;
    let result = client.vendors().merge_branch("octo/cat", "hello", MergeBranchRequest::new("main", "topic")).await;
    let request = server.request();
    assert_eq!(request.line, "POST /projects/octo%2Fcat/hello/merges HTTP/1.1");
    assert_eq!(request.body, "{\"base\":\"main\",\"head\":\"topic\"}");
    result
}

#[tokio::test]
async fn each_status_has_a_type_of_its_own() {
    let json = "application/json; charset=utf-8";
    let created = merge("201 Created", json, "{\"id\":\"7fd1\"}").await.unwrap();
    assert!(matches!(created, MergeBranchSuccess::Created(order) if order.id == "7fd1"));
    assert_eq!(merge("204 No Content", "", "").await.unwrap(), MergeBranchSuccess::NoContent);
    let message = "{\"message\":\"m\"}";
    let error = merge("404 Not Found", json, message).await.unwrap_err();
    assert!(matches!(error.failure(), Some(MergeBranchFailure::NotFound)));
    // The body is there where the description has none.
    assert_eq!(error.body().as_ref(), message.as_bytes());
    let error = merge("409 Conflict", json, message).await.unwrap_err();
    assert!(matches!(error.failure(), Some(MergeBranchFailure::Conflict)));
    let error = merge("422 Unprocessable Entity", json, message).await.unwrap_err();
    assert!(
        matches!(error.failure(), Some(MergeBranchFailure::UnprocessableContent(refusal)) if refusal.message == "m")
    );
    let error = merge("418 I'm a teapot", "text/plain", "short").await.unwrap_err();
    assert!(error.failure().is_none());
    assert_eq!((error.status().unwrap().as_u16(), error.body().as_ref()), (418, &b"short"[..]));
}

#[tokio::test]
async fn events_of_several_kinds_are_typed() {
    let events = "data: {\"type\":\"answer.delta\",\"delta\":\"Hel\"}\n\nevent: answer.delta\ndata: {\"type\":\"answer.delta\",\
                  \"delta\":\"lo\"}\r\n\r\ndata: {\"type\":\"answer.new\"}\n\n: comment\ndata: {\"type\":\"answer.done\",\
                  \"order\":{\"id\":\"o\"}}\n\ndata: {\"type\":\"answer.done\"}\n\ndata: [DONE]\n\n";
    let (server, client) = start("200 OK", "text/event-stream; charset=utf-8", events).await;
    let answer = client.vendors().create_answer(CreateAnswerRequest::new("hi").stream(true)).await.unwrap();
    let CreateAnswerSuccess::OkEvents(mut events) = answer else { panic!("no events") };
    let mut seen = String::new();
    while let Some(event) = events.next().await {
        seen += &match event {
            Ok(event) => match event.data {
                AnswerEvent::AnswerDelta(delta) => delta.delta,
                AnswerEvent::AnswerDone(done) => format!(" {} ", done.order.id),
                AnswerEvent::UnknownVariant(value) => format!(" {}", value.json()),
                other => panic!("{other:?}"),
            },
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Decode);
                error.to_string()
            }
        };
    }
    assert!(seen.starts_with("Hello {\"type\":\"answer.new\"} o ") && seen.contains("/order"), "{seen}");
    let request = server.request();
    assert_eq!(request.body, "{\"input\":\"hi\",\"stream\":true}");
    assert_eq!(request.header("accept"), Some("application/json, text/event-stream;q=0.9"));

    let (_server, client) = start("200 OK", "application/json", "{\"id\":\"whole\"}").await;
    let answer = client.vendors().create_answer(CreateAnswerRequest::new("hi")).await.unwrap();
    assert!(matches!(answer, CreateAnswerSuccess::Ok_(order) if order.id == "whole"));
}
