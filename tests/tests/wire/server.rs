//! A server that reads requests byte for byte, keeps them, and answers with any bytes whatever: no HTTP library stands
//! between a test and the wire.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request once it has read all of it.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// Written as they are.
    pub(super) bytes: Vec<u8>,
    pub(super) then: Then,
}

/// What the server does after the bytes of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Waits for the next request on the same connection.
    Keep,
    /// Closes the connection.
    Close,
    /// Stays silent, with the connection open, for longer than any test waits.
    Hang,
}

impl Reply {
    pub(super) fn keep(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Keep }
    }

    pub(super) fn close(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    pub(super) fn hang(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Hang }
    }
}

/// An answer with a length: `answer("404 Not Found", "x-a: b\r\n", "{}")`.
pub(super) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// The request as it came, with its headers sorted, since their order says nothing. `HOST` stands for the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) line: String,
    pub(super) headers: Vec<String>,
    pub(super) body: String,
}

impl Request {
    fn parse(bytes: &[u8], host: &str) -> Option<Self> {
        // A client that speaks TLS says nothing that this server understands.
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let line = lines.next()?.to_owned();
        let mut headers: Vec<String> = lines.map(|line| line.replace(host, "HOST")).collect();
        headers.sort();
        let request = Self { line, headers, body: body.to_owned() };
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        assert!(body.len() <= length, "{} bytes are more than the length says: {request}", body.len());
        (body.len() == length).then_some(request)
    }

    /// The value of the header `name`, spelled exactly so.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(super) fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }
}

/// The whole request, with line ends as `\n`.
impl std::fmt::Display for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}\n\n{}", self.line, self.headers.join("\n"), self.body)
    }
}

/// A running server. It ends with the runtime of its test.
#[derive(Clone)]
pub(super) struct Server {
    /// `http://127.0.0.1:…`, without a slash at the end.
    pub(super) url: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    connections: usize,
    closed: usize,
    requests: Vec<Request>,
}

impl Server {
    /// Answers each request with what `reply` makes of it.
    pub(super) async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let server = Self { url: format!("http://{host}"), seen: Arc::default() };
        let seen = server.seen.clone();
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                seen.lock().unwrap().connections += 1;
                let (seen, reply, host) = (seen.clone(), reply.clone(), host.clone());
                tokio::spawn(async move {
                    serve(stream, &host, &seen, &*reply).await;
                    seen.lock().unwrap().closed += 1;
                });
            }
        });
        server
    }

    /// Answers every request with the same reply.
    pub(super) async fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone()).await
    }

    /// The requests so far.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// The only request so far.
    pub(super) fn request(&self) -> Request {
        match self.requests().as_slice() {
            [request] => request.clone(),
            requests => panic!("there were {} requests", requests.len()),
        }
    }

    /// How many connections there were so far.
    pub(super) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// Waits until `count` connections have ended.
    pub(super) async fn wait_for_closed(&self, count: usize) {
        for _ in 0..500 {
            if self.seen.lock().unwrap().closed >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the connection stays open");
    }
}

async fn serve(mut stream: TcpStream, host: &str, seen: &Mutex<Seen>, reply: &(dyn Fn(&Request) -> Reply + Sync)) {
    loop {
        let mut bytes = Vec::new();
        let request = loop {
            if let Some(request) = Request::parse(&bytes, host) {
                break request;
            }
            match stream.read_buf(&mut bytes).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        };
        let reply = reply(&request);
        seen.lock().unwrap().requests.push(request);
        // A client that refuses an answer may close the connection before it is written.
        if stream.write_all(&reply.bytes).await.is_err() {
            return;
        }
        match reply.then {
            Then::Keep => {}
            Then::Close => return,
            Then::Hang => {
                // The end of the connection shows as the end of what can be read.
                while matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {}
                return;
            }
        }
    }
}
