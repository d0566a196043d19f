//! What bodies look like on the wire and what becomes of answers, through the client of a description that has every
//! kind of them. A transport keeps the bytes of each request.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as _, Frame};
use wire_fixture::bodies::{
    ExchangePictureBody, ExchangePictureMediaType as Picture, ExchangePictureSuccess, SendChoiceBody,
    SendChoiceSuccess, SendOptionsForm, SendPartsForm,
};
use wire_fixture::models::{Charge, ChargeItems, Patch, Pet, SendPartsShape, WatchResponse};
use wire_fixture::runtime::{BoxFuture, Timeouts, Transport, TransportError};
use wire_fixture::streams::{ChatSuccess, MergesSuccess};
use wire_fixture::{Body, Client, ErrorKind, File, Json, Maybe, Multipart};

/// Keeps what is sent, and answers with what it was given.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Head and body of each request.
    sent: Vec<(http::request::Parts, Vec<u8>)>,
    answers: VecDeque<(u16, &'static str, Vec<&'static [u8]>)>,
}

/// A body that comes in these chunks.
struct Chunks(VecDeque<&'static [u8]>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(Bytes::from_static(chunk)))))
    }
}

async fn collect(mut body: Body) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        all.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    all
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = collect(body).await;
            let mut state = self.0.lock().unwrap();
            state.sent.push((head, body));
            let (status, media, chunks) = state.answers.pop_front().unwrap_or((204, "", Vec::new()));
            let builder = http::Response::builder().status(status);
            let builder = if media.is_empty() { builder } else { builder.header("content-type", media) };
            Ok(builder.body(Body::stream(Chunks(chunks.into()))).unwrap())
        })
    }
}

impl Recorder {
    fn client(&self) -> Client {
        Client::builder().transport(self.clone()).build().unwrap()
    }

    fn answer(&self, status: u16, media: &'static str, chunks: &[&'static str]) {
        let chunks = chunks.iter().map(|chunk| chunk.as_bytes()).collect();
        self.0.lock().unwrap().answers.push_back((status, media, chunks));
    }

    /// The content type and the body of the last request.
    fn sent(&self) -> (String, String) {
        let (head, body) = self.0.lock().unwrap().sent.pop().unwrap();
        let media = head.headers.get("content-type").map_or("", |value| value.to_str().unwrap()).to_owned();
        (media, String::from_utf8(body).unwrap())
    }
}

/// The body with its boundary made plain.
fn parts((media, body): (String, String)) -> String {
    let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32);
    body.replace(boundary, "B")
}

fn pet() -> Pet {
    Pet::new("R x")
}

/// U1 to U7: the members of a form, each by its own rule.
#[tokio::test]
async fn forms_are_spelled_as_described() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let check = async |charge: Charge, expect: &str| {
        client.bodies().send_form(charge).await.unwrap();
        assert_eq!(recorder.sent(), ("application/x-www-form-urlencoded".to_owned(), expect.to_owned()));
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    check(Charge::new(), "").await;
    check(Charge::new().amount(5).name("a&b=c+d e"), "amount=5&name=a%26b%3Dc%2Bd%20e").await;
    check(Charge::new().list(texts(&["a", "b c"])), "list=a&list=b%20c").await;
    check(Charge::new().list(Vec::new()), "").await;
    check(Charge::new().object(pet()), "object=%7B%22name%22%3A%22R%20x%22%7D").await;
    let metadata = [("order_id".to_owned(), "6735".to_owned())].into();
    check(Charge::new().metadata(metadata), "metadata%5Border_id%5D=6735").await;
    check(Charge::new().expand(texts(&["a", "b"])), "expand%5B%5D=a&expand%5B%5D=b").await;
    let items = vec![ChargeItems::new().price("p").quantity(2), ChargeItems::new().price("q")];
    let expect = "items%5B0%5D%5Bprice%5D=p&items%5B0%5D%5Bquantity%5D=2&items%5B1%5D%5Bprice%5D=q";
    check(Charge::new().items(items), expect).await;
    check(Charge::new().flat(texts(&["a,", "b"])), "flat=a%2C,b").await;
    check(Charge::new().quoted("a"), "quoted=%22a%22").await;
    check(Charge::new().raw("/a?b"), "raw=/a?b").await;
}

#[tokio::test]
async fn a_caller_chooses_among_media_types() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let check = async |body: SendChoiceBody, media: &str, expect: &str| {
        client.bodies().send_choice(body).await.unwrap();
        assert_eq!(recorder.sent(), (media.to_owned(), expect.to_owned()));
    };
    check(pet().into(), "application/json", r#"{"name":"R x"}"#).await;
    check(SendChoiceBody::Form(pet()), "application/x-www-form-urlencoded", "name=R%20x").await;
    check(SendChoiceBody::Text("t".to_owned()), "text/plain", "t").await;
    check(SendChoiceBody::Binary(Body::from(vec![b'x'])), "application/octet-stream", "x").await;
}

/// An absent body has no content type, and null is another thing than nothing.
#[tokio::test]
async fn bodies_may_be_absent_and_members_null() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let merge = "application/merge-patch+json";
    for (body, media, expect) in [
        (None, "", ""),
        (Some(Patch::new()), merge, "{}"),
        (Some(Patch::new().name(Maybe::Null)), merge, r#"{"name":null}"#),
        (Some(Patch::new().age(Maybe::Null)), merge, r#"{"age":null}"#),
        (Some(Patch::new().name("a")), merge, r#"{"name":"a"}"#),
    ] {
        recorder.answer(200, "text/plain", &["ok"]);
        let call = client.bodies().merge();
        let call = match body {
            Some(body) => call.body(body),
            None => call,
        };
        assert_eq!(call.await.unwrap(), "ok");
        assert_eq!(recorder.sent(), (media.to_owned(), expect.to_owned()));
    }
    recorder.answer(200, "text/plain", &["4", "2"]);
    assert_eq!(client.bodies().send_text().body(7).await.unwrap(), 42);
    assert_eq!(recorder.sent(), ("text/plain".to_owned(), "7".to_owned()));
}

#[tokio::test]
async fn bytes_may_be_of_a_type_that_the_caller_states() {
    let recorder = Recorder::default();
    let client = recorder.client();
    client.bodies().upload(Body::reader(&b"abc"[..], None)).await.unwrap();
    assert_eq!(recorder.sent(), ("application/octet-stream".to_owned(), "abc".to_owned()));
    client.bodies().upload_image(File::from("png").content_type("image/png")).await.unwrap();
    assert_eq!(recorder.sent(), ("image/png".to_owned(), "png".to_owned()));
    let error = client.bodies().upload_image("png").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("`image/*`"), "{error}");
}

/// M1 to M6, M8, M9 and M11: every kind of part.
#[tokio::test]
async fn parts_have_the_names_types_and_headers_of_the_description() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let new = || SendPartsForm::new(File::from("F").name("a\"b\r\né"), "T");
    let start = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0Aé\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\nF\r\n\
                 --B\r\nContent-Disposition: form-data; name=\"title\"\r\nContent-Type: text/plain; charset=utf-8\r\n";
    let check = async |form: SendPartsForm, expect: &str| {
        client.bodies().send_parts(form).await.unwrap();
        let expect = if expect.starts_with("X-") { expect.to_owned() } else { format!("\r\nT\r\n{expect}") };
        assert_eq!(parts(recorder.sent()), format!("{start}{expect}--B--\r\n"));
    };
    let text =
        |name: &str, text: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let json = |name: &str, text: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: application/json\r\n\r\n{text}\r\n"
        )
    };
    check(new(), "").await;
    check(new().count(5), &text("count", "5")).await;
    check(new().pet(pet()), &json("pet", r#"{"name":"R x"}"#)).await;
    check(new().tags(vec!["a".into(), "b&".into()]), &(text("tags", "a") + &text("tags", "b&"))).await;
    check(new().tags(Vec::new()), "").await;
    check(new().nested(vec![vec![1, 2], vec![3]]), &(json("nested", "[1,2]") + &json("nested", "[3]"))).await;
    check(new().shape(SendPartsShape::new().a("1&").b("2")), &(text("a", "1&") + &text("b", "2"))).await;
    check(new().title_x_title("h"), "X-Title: h\r\n\r\nT\r\n").await;
    let file = |name: &str, file_name: &str, media: &str, text: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: \
             {media}\r\n\r\n{text}\r\n"
        )
    };
    let octets = "application/octet-stream";
    let files = file("file[]", "file", octets, "1") + &file("file[]", "file", octets, "2");
    check(new().file_bracket_bracket(["1", "2"]), &files).await;
    let image = new().image(File::from("P").name("p").content_type("image/png"));
    check(image, &file("image", "p", "image/png", "P")).await;
    let base64 = "--B\r\nContent-Disposition: form-data; name=\"encoded\"\r\nContent-Type: \
                  application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n";
    check(new().encoded("YQ=="), base64).await;
    let error = client.bodies().send_parts(new().image("P")).await.unwrap_err();
    assert!(error.to_string().contains("`image/png, image/jpeg`"), "{error}");
    let error = client.bodies().send_parts(new().title_x_title("a\r\nevil: 1")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    client.bodies().send_options().body(SendOptionsForm::new()).await.unwrap();
    assert_eq!(parts(recorder.sent()), "--B--\r\n");
}

/// M8: no two bodies are divided by the same text.
#[tokio::test]
async fn boundaries_are_never_the_same() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let mut seen = HashSet::new();
    for _ in 0..100 {
        client.bodies().send_options().body(SendOptionsForm::new()).await.unwrap();
        assert!(seen.insert(recorder.sent().0), "{seen:?}");
    }
}

/// M7 and M10: streams of known and unknown length, and parts that are told apart by their order.
#[tokio::test]
async fn parts_may_be_streams_and_bodies_of_parts() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let inner = Multipart::new().json_part(&1_i64);
    let mixed = Multipart::new().part(File::from(Body::reader(&b"ab"[..], Some(2)))).nested("related", inner);
    client.bodies().send_mixed(mixed).await.unwrap();
    let (media, body) = recorder.sent();
    let outer = media.strip_prefix("multipart/mixed; boundary=").unwrap();
    let (_, inner) = body.split_once("multipart/related; boundary=").unwrap();
    let body = body.replace(outer, "O").replace(&inner[..32].to_owned(), "I");
    assert_eq!(
        body,
        "--O\r\nContent-Type: application/octet-stream\r\n\r\nab\r\n--O\r\nContent-Type: multipart/related; \
         boundary=I\r\n\r\n--I\r\nContent-Type: application/json\r\n\r\n1\r\n--I--\r\n\r\n--O--\r\n"
    );
    for (said, is_whole) in [(None, true), (Some(3), true), (Some(4), false)] {
        let body = Body::reader(&b"abc"[..], said);
        assert_eq!(body.size_hint().exact(), said);
        let mut body = body;
        let mut last = Ok(());
        while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            last = frame.map(|_| ()).map_err(|_| ());
        }
        assert_eq!(last.is_ok(), is_whole, "{said:?}");
    }
}

#[tokio::test]
async fn answers_are_read_by_status_and_media_type() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let check = async |status: u16, media: &'static str, body: &'static str, expect: SendChoiceSuccess| {
        recorder.answer(status, media, &[body]);
        let answer = client.bodies().send_choice(pet()).send().await.unwrap();
        assert_eq!(answer.body(), &expect);
    };
    check(200, "application/json", r#"{"name":"a"}"#, SendChoiceSuccess::Ok_(Pet::new("a"))).await;
    check(200, "text/plain", r#"{"name":"a"}"#, SendChoiceSuccess::Ok_(Pet::new("a"))).await;
    check(200, "Text/CSV; charset=utf-8", "a,b", SendChoiceSuccess::OkCsv("a,b".into())).await;
    check(200, "image/png", "\u{1}", SendChoiceSuccess::OkImage(Bytes::from_static(b"\x01"))).await;
    check(204, "", "", SendChoiceSuccess::NoContent).await;
    let accept = "application/json, text/csv;q=0.9, image/*;q=0.8, application/problem+json;q=0.7, text/plain;q=0.6";
    assert_eq!(recorder.0.lock().unwrap().sent[0].0.headers["accept"], accept);

    let failure = async |media: &'static str, body: &'static str| {
        recorder.answer(500, media, &[body]);
        format!("{:?}", client.bodies().send_choice(pet()).await.unwrap_err().failure())
    };
    assert_eq!(failure("text/plain", "oh").await, r#"Some(DefaultText("oh"))"#);
    assert!(failure("application/problem+json", r#"{"name":"p"}"#).await.starts_with("Some(Default("));

    for (status, media, body) in [
        (201, "application/json", r#"{"name":"c"}"#),
        (204, "", ""),
        (409, "application/problem+json", r#"{"name":"f"}"#),
    ] {
        recorder.answer(status, media, &[body]);
        let merged = client.streams().merges().await;
        match status {
            201 => assert_eq!(merged.unwrap(), MergesSuccess::Created(Pet::new("c"))),
            204 => assert_eq!(merged.unwrap(), MergesSuccess::NoContent),
            _ => assert!(merged.unwrap_err().failure().is_some()),
        }
    }
}

/// What nothing but the media type tells apart is for the caller to choose, both ways.
#[tokio::test]
async fn media_types_are_chosen() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let accept = async |choice: Option<Picture>| {
        recorder.answer(200, "image/jpeg", &["j"]);
        let call = client.bodies().exchange_picture(ExchangePictureBody::ImagePng("p".into()));
        let answer = match choice {
            Some(choice) => call.accept(choice).await,
            None => call.await,
        };
        assert_eq!(answer.unwrap(), ExchangePictureSuccess::OkImagePng("j".into()));
        recorder.0.lock().unwrap().sent.pop().unwrap().0.headers["accept"].to_str().unwrap().to_owned()
    };
    assert_eq!(accept(None).await, "application/json, image/png;q=0.9, image/jpeg;q=0.8");
    for (choice, media) in
        [(Picture::Json, "application/json"), (Picture::ImagePng, "image/png"), (Picture::ImageJpeg, "image/jpeg")]
    {
        assert_eq!(accept(Some(choice)).await, media);
        assert_eq!(choice.as_str(), media);
    }
    for (body, media) in [
        (ExchangePictureBody::ImagePng("p".into()), "image/png"),
        (ExchangePictureBody::ImageJpeg("p".into()), "image/jpeg"),
        (ExchangePictureBody::JsonPatchJson(Json::Null), "application/json-patch+json"),
        (ExchangePictureBody::MergePatchJson(Json::Null), "application/merge-patch+json"),
    ] {
        recorder.answer(200, "application/json", &[r#"{"name":"a"}"#]);
        client.bodies().exchange_picture(body).await.unwrap();
        assert_eq!(recorder.0.lock().unwrap().sent.pop().unwrap().0.headers["content-type"], media);
    }
}

#[tokio::test]
async fn bytes_come_at_once_or_one_after_the_other() {
    let recorder = Recorder::default();
    let client = recorder.client();
    recorder.answer(200, "application/octet-stream", &["ab", "c"]);
    assert_eq!(client.bodies().download().await.unwrap(), "abc");
    for (limit, expect) in [(3, "ab c ."), (2, "ab TooLarge .")] {
        recorder.answer(200, "application/octet-stream", &["ab", "c"]);
        let mut stream = client.bodies().download().stream().await.unwrap().into_body().limit(limit);
        let mut seen = String::new();
        while let Some(chunk) = stream.next().await {
            seen += &match chunk {
                Ok(chunk) => format!("{} ", String::from_utf8_lossy(&chunk)),
                Err(error) => format!("{:?} ", error.kind()),
            };
        }
        assert_eq!(seen + ".", expect);
    }
    recorder.answer(500, "application/octet-stream", &["no"]);
    let error = client.bodies().download().stream().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().as_ref()), (500, &b"no"[..]));
}

/// The framing rules of the HTML standard, however the bytes come.
#[tokio::test]
async fn events_are_framed_as_the_standard_says() {
    let text = "\u{feff}: comment\ndata: {\"name\":\ndata:\"a\"}\n\nid: 7\nevent: kind\nretry: 250\nretry: x\ndata: \
                {\"name\":\"b\"}\r\n\r\ndata: {\"name\":\"c\"}\rid\rdata\r\rdata: oops\n\ndata: [DONE]\n\ndata: \
                {\"name\":\"z\"}\n\n";
    for size in [1, 2, 3, 7, text.len()] {
        let recorder = Recorder::default();
        let chunks = text.as_bytes().chunks(size).map(|chunk| &*chunk.to_vec().leak()).collect();
        recorder.0.lock().unwrap().answers.push_back((200, "text/event-stream", chunks));
        let mut events = recorder.client().streams().listen().await.unwrap();
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            seen.push(match event {
                Ok(event) => format!("{} {} {}", event.event, event.id, event.data.name),
                Err(error) => format!("{:?} {}", error.kind(), String::from_utf8_lossy(error.body())),
            });
        }
        assert_eq!(seen, ["message  a", "kind 7 b", "message  c", "Decode oops"], "{size}");
        assert_eq!(events.retry(), Some(Duration::from_millis(250)));
        assert_eq!(events.last_event_id(), "");
    }
}

#[tokio::test]
async fn events_go_on_from_the_last_one_when_asked_to() {
    let recorder = Recorder::default();
    recorder.answer(200, "text/event-stream", &["id: 7\ndata: {\"name\":\"a\"}\n\ndata: {\"name\":"]);
    recorder.answer(200, "text/event-stream", &["data: {\"name\":\"b\"}\n\n"]);
    let mut events = recorder.client().streams().listen().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.name, "a");
    assert!(events.next().await.is_none());
    events.reconnect().await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.data.name.as_str(), event.id.as_str()), ("b", "7"));
    let sent = std::mem::take(&mut recorder.0.lock().unwrap().sent);
    assert_eq!(sent[1].0.headers["last-event-id"], "7");
    assert!(sent[0].0.headers.get("last-event-id").is_none());
    events.reconnect().await.unwrap();
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_answer_is_a_stream_where_it_says_so() {
    let recorder = Recorder::default();
    let client = recorder.client();
    recorder.answer(200, "text/event-stream", &["data: {\"delta\":\"d\"}\n\n"]);
    let ChatSuccess::OkEvents(mut events) = client.streams().chat(pet()).await.unwrap() else { panic!("no events") };
    assert_eq!(events.next().await.unwrap().unwrap().data.delta, "d");
    recorder.answer(200, "application/json", &["{\"name\":\"w\"}"]);
    assert!(matches!(client.streams().chat(pet()).await.unwrap(), ChatSuccess::Ok_(pet) if pet.name == "w"));
    recorder.answer(202, "", &[]);
    assert!(matches!(client.streams().chat(pet()).await.unwrap(), ChatSuccess::Accepted));
}

/// What an event says is read as `contentSchema` types it, and as the object of its fields where nothing does.
#[tokio::test]
async fn events_are_typed_by_their_fields() {
    let recorder = Recorder::default();
    let client = recorder.client();
    let text = "event: born\ndata: {\"name\":\"a\"}\n\nevent: renamed\ndata: {\"name\":\"b\"}\n\nevent: count\ndata: [3]\n\n\
                event: said\ndata: hello\n\nevent: said\ndata: [\n\nevent: new\ndata: {}\n\ndata: [DONE]\n\n";
    recorder.answer(200, "text/event-stream", &[text]);
    let mut events = client.streams().watch().await.unwrap();
    for (name, data) in [
        ("born", WatchResponse::Born(Box::new(Pet::new("a")))),
        ("renamed", WatchResponse::Renamed(Box::new(Pet::new("b")))),
        ("count", WatchResponse::Count(vec![3])),
        ("said", WatchResponse::Said("hello".into())),
        ("said", WatchResponse::Said("[".into())),
    ] {
        let event = events.next().await.unwrap().unwrap();
        let written = serde_json::to_string(&event.data).unwrap();
        assert_eq!(serde_json::from_str::<WatchResponse>(&written).unwrap(), event.data, "{written}");
        assert_eq!((event.event.as_str(), event.data), (name, data));
    }
    // An event of a new name is kept with its fields.
    let new = events.next().await.unwrap().unwrap().data;
    assert!(matches!(new, WatchResponse::UnknownVariant(_)));
    assert_eq!(serde_json::to_value(&new).unwrap(), serde_json::json!({"data": "{}", "event": "new"}));
    assert!(events.next().await.is_none());
    recorder.answer(200, "text/event-stream", &["event: e\nid: 1\ndata: {}\n\n"]);
    let overheard = client.streams().overhear().await.unwrap().next().await.unwrap().unwrap().data;
    assert_eq!(
        (overheard.event.as_deref(), overheard.id.as_deref(), overheard.data.as_str()),
        (Some("e"), Some("1"), "{}")
    );
}

#[tokio::test]
async fn json_goes_item_by_item() {
    let recorder = Recorder::default();
    let client = recorder.client();
    recorder.answer(200, "application/jsonl", &["{\"a\":1}\n2\n"]);
    let mut items = client.streams().copy_lines(vec![Pet::new("a\nb"), Pet::new("c")]).await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap()["a"], 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    recorder.answer(200, "application/json-seq", &[]);
    client.streams().copy_sequence().body(vec![pet(), pet()]).await.unwrap();
    recorder.answer(200, "application/json-seq", &[]);
    client.streams().copy_sequence().await.unwrap();
    let sent = std::mem::take(&mut recorder.0.lock().unwrap().sent);
    let text = |index: usize| String::from_utf8_lossy(&sent[index].1).into_owned();
    assert_eq!(text(0), "{\"name\":\"a\\nb\"}\n{\"name\":\"c\"}\n");
    assert_eq!(sent[0].0.headers["content-type"], "application/jsonl");
    let pet = serde_json::to_string(&pet()).unwrap();
    assert_eq!(text(1), format!("\u{1e}{pet}\n\u{1e}{pet}\n"));
    assert!(sent[2].1.is_empty() && !sent[2].0.headers.contains_key("content-type"));
}

#[tokio::test]
async fn json_comes_item_by_item() {
    let recorder = Recorder::default();
    let client = recorder.client();
    recorder.answer(200, "application/x-ndjson", &["{\"name\":\"a\"}\r\n\n{\"na", "me\":\"b\"}\nno\n{\"name\":\"c\"}"]);
    let mut items = client.streams().lines().await.unwrap();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push(item.map_or_else(|error| format!("{:?}", error.kind()), |pet| pet.name));
    }
    assert_eq!(seen, ["a", "b", "Decode", "c"]);
    recorder.answer(200, "application/json-seq", &["\u{1e}{\"name\":\n\"a\"}\n\u{1e}", "{\"name\":\"b\"}\n"]);
    let mut items = client.streams().sequence().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap().name, "a");
    assert_eq!(items.next().await.unwrap().unwrap().name, "b");
    assert!(items.next().await.is_none());
}
