//! A chat of OpenAI whose answer comes in pieces, as its reference shows them.
//! Features: chat

use api::chat::CreateChatCompletionSuccess;
use api::models::{
    ChatCompletionRequestMessage, ChatCompletionRequestUserMessage, ChatCompletionRequestUserMessageContent,
    CreateChatCompletionRequest, CreateChatCompletionResponseChoicesFinishReason as Finish, ModelIdsShared,
};

use crate::{Server, answer, wait};

pub const CALLS: &[(&str, fn())] = &[("the events of a chat are typed", events), ("without a stream it is one answer", whole)];

const EVENTS: &str = r#"data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}]}

data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

data: [DONE]

"#;

const WHOLE: &str = r#"{"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"gpt-5.4","choices":[{"index":0,"message":{"role":"assistant","content":"Hello! How can I assist you today?","refusal":null},"logprobs":null,"finish_reason":"stop"}]}"#;

fn chat(media: &str, body: &str, is_stream: bool) -> CreateChatCompletionSuccess {
    let server = Server::start([answer("200 OK", media, body)]);
    let client = api::Client::builder().base_url(&server.url).unwrap().bearer_token("sk-1").build().unwrap();
    let content = ChatCompletionRequestUserMessageContent::TextContent("Hello!".to_owned());
    let message = ChatCompletionRequestMessage::User(Box::new(ChatCompletionRequestUserMessage::new(content)));
    let mut body = CreateChatCompletionRequest::new(vec![message], ModelIdsShared::Gpt5_4);
    let mut stream = "";
    if is_stream {
        body = body.stream(true);
        stream = r#","stream":true"#;
    }
    let success = wait(async {
        let success = client.chat().create_chat_completion(body).await.unwrap();
        match success {
            CreateChatCompletionSuccess::OkEvents(mut events) => {
                let mut text = String::new();
                let mut finish = None;
                while let Some(event) = events.next().await {
                    let chunk = event.unwrap().data;
                    for choice in chunk.choices {
                        text += choice.delta.content.as_deref().unwrap_or_default();
                        finish = choice.finish_reason.or(finish);
                    }
                }
                assert_eq!((text.as_str(), finish), ("Hello", Some(Finish::Stop)));
                CreateChatCompletionSuccess::OkEvents(events)
            }
            other => other,
        }
    });
    let sent = format!(r#"{{"messages":[{{"role":"user","content":"Hello!"}}],"model":"gpt-5.4"{stream}}}"#);
    let head = "authorization: Bearer sk-1\ncontent-type: application/json";
    let requests = server.requests();
    let without_accept: Vec<&str> = requests[0].split('\n').filter(|line| !line.starts_with("accept: ")).collect();
    assert_eq!(without_accept.join("\n"), format!("POST /chat/completions HTTP/1.1\n{head}\n\n{sent}"));
    success
}

fn events() {
    assert!(matches!(chat("text/event-stream", EVENTS, true), CreateChatCompletionSuccess::OkEvents(_)));
}

fn whole() {
    match chat("application/json", WHOLE, false) {
        CreateChatCompletionSuccess::Ok_(answer) => {
            let text = answer.choices[0].message.content.as_deref();
            assert_eq!(text, Some("Hello! How can I assist you today?"));
        }
        _ => panic!("it is a stream"),
    }
}
