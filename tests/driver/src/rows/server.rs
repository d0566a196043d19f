//! A server that keeps requests byte for byte, and answers with any bytes whatever.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a client may be silent.
const LONGEST_SILENCE: Duration = Duration::from_secs(5);

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The request line and the headers, without the empty line.
    pub head: String,
    /// The body; chunks are put together.
    pub body: Vec<u8>,
}

impl Received {
    /// The headers, with their names as they were written.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head.split("\r\n").skip(1).filter_map(|line| line.split_once(": "))
    }

    /// The value of a header; names have no case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// A running server. It ends with this value.
#[derive(Debug)]
pub(super) struct Server {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    answer: Vec<u8>,
    received: Vec<Received>,
    has_ended: bool,
}

impl Server {
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = Self { port: listener.local_addr()?.port(), state: Arc::default() };
        let state = server.state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if lock(&state).has_ended {
                    return;
                }
                // A client that breaks off shows in what was not received.
                let _ = serve(stream, &state);
            }
        });
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the next requests are answered with.
    pub(super) fn answer_with(&self, answer: Vec<u8>) {
        lock(&self.state).answer = answer;
    }

    /// The requests since the last call.
    pub(super) fn take(&self) -> Vec<Received> {
        std::mem::take(&mut lock(&self.state).received)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        lock(&self.state).has_ended = true;
        // It looks up when somebody comes.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads one request, answers it, and ends the connection.
fn serve(mut stream: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    stream.set_read_timeout(Some(LONGEST_SILENCE))?;
    let mut bytes = Vec::new();
    let received = loop {
        if let Some(received) = parse(&bytes) {
            break received;
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    };
    let answer = {
        let mut state = lock(state);
        state.received.push(received);
        state.answer.clone()
    };
    stream.write_all(&answer)
}

/// The request, once it is there as a whole.
fn parse(bytes: &[u8]) -> Option<Received> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let rest = &bytes[end + 4..];
    let mut received = Received { head, body: Vec::new() };
    received.body = match received.header("transfer-encoding") {
        Some(_) => chunks(rest)?,
        None => {
            let length = received.header("content-length").map_or(Some(0), |length| length.parse().ok())?;
            // What is more than the length is kept, so that it is seen.
            (rest.len() >= length).then(|| rest.to_vec())?
        }
    };
    Some(received)
}

fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        let chunk = rest.get(end + 2..)?;
        body.extend_from_slice(chunk.get(..length)?);
        rest = chunk.get(length + 2..)?;
        if length == 0 {
            return Some(body);
        }
    }
}
