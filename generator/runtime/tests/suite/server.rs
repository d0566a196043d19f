//! A server that reads one request, byte for byte, and gives one answer.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::runtime::{Client, ClientBuilder};

/// The token that must not be seen anywhere but in the `Authorization` header.
pub const TOKEN: &str = "canary-5f1d";

/// What the server does once it has read the request.
pub enum Answer {
    /// Writes this and closes the connection. `LEN` stands for the length of the body.
    Bytes(String),
    /// Writes this and then stays silent.
    Silence(&'static str),
}

/// A server on this machine; its task gives the bytes of the first request.
pub async fn start(answer: Answer) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !is_whole(&request) {
            if stream.read_buf(&mut request).await.unwrap() == 0 {
                break;
            }
        }
        match answer {
            Answer::Bytes(text) => {
                let length = text.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());
                // A client that refuses an answer may close the connection first.
                let _ = stream.write_all(text.replace("LEN", &length.to_string()).as_bytes()).await;
            }
            Answer::Silence(bytes) => {
                stream.write_all(bytes.as_bytes()).await.unwrap();
                tokio::time::sleep(Duration::from_secs(20)).await;
            }
        }
        String::from_utf8(request).unwrap()
    });
    (url, task)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// A client of the server at `url`, with the canary as its token.
pub fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).unwrap().bearer_token(TOKEN)
}

/// The request with its headers sorted, `host` made plain, and line ends as `\n`.
pub fn sorted(request: &str, url: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let host = url.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap();
    let mut headers: Vec<String> = lines.map(|line| line.replace(host, "HOST")).collect();
    headers.sort();
    format!("{first}\n{}\n\n{body}", headers.join("\n"))
}
