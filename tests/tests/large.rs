//! Bodies that are larger than memory may be: an upload and a download pass through the client piece by piece.
//!
//! Server and client are in one process, which is this file's alone, so its peak bounds both together. `LARGE_BODY_MIB` is
//! how large each body is; even without it a body is larger than what the process may take.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use wire_fixture::{Body, Client};

/// The largest memory that the process may ever have had.
const MOST_MIB: u64 = 64;

const MIB: u64 = 1 << 20;

/// How much is read and written at once.
const PIECE: usize = 1 << 14;

/// How long the bytes do not repeat. It divides no size of a buffer, so that what is lost, doubled or moved shows.
const PERIOD: usize = 251;

/// The pattern from any of its places on, for a whole piece.
static BYTES: [u8; PERIOD + PIECE] = {
    let mut bytes = [0; PERIOD + PIECE];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = (at % PERIOD) as u8;
        at += 1;
    }
    bytes
};

/// So many bytes of the pattern, from a place on.
fn pattern(at: u64, size: usize) -> &'static [u8] {
    let start = usize::try_from(at % PERIOD as u64).unwrap();
    &BYTES[start..start + size]
}

/// A file of the pattern.
struct Pattern {
    at: u64,
    end: u64,
}

impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let size = buffer.len().min(left).min(PIECE);
        buffer[..size].copy_from_slice(pattern(self.at, size));
        self.at += size as u64;
        Ok(size)
    }
}

/// Reads the pattern to the end of `reader` and says how much there was.
fn check(reader: &mut impl Read, from: u64) -> u64 {
    let (mut buffer, mut at) = (vec![0; PIECE], from);
    loop {
        let size = reader.read(&mut buffer).unwrap();
        if size == 0 {
            return at - from;
        }
        assert!(buffer[..size] == *pattern(at, size), "another byte than was sent, near {at}");
        at += size as u64;
    }
}

/// Answers an upload with how much came, and anything else with that many bytes.
fn serve(stream: TcpStream, size: u64) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut head, mut line) = (String::new(), String::new());
        while reader.read_line(&mut line)? > 2 {
            head += &line.to_ascii_lowercase();
            line.clear();
        }
        if head.is_empty() {
            return Ok(());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if head.starts_with("get ") {
            write!(reader.get_mut(), "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n")?;
            write!(reader.get_mut(), "content-length: {size}\r\n\r\n")?;
            io::copy(&mut Pattern { at: 0, end: size }, reader.get_mut())?;
            continue;
        }
        let came = match length {
            Some(length) => check(&mut (&mut reader).take(length), 0),
            None => chunks(&mut reader)?,
        };
        write!(reader.get_mut(), "HTTP/1.1 204 No Content\r\nx-came: {came}\r\n\r\n")?;
    }
}

/// A body in chunks, as one of unknown length is sent.
fn chunks(reader: &mut BufReader<TcpStream>) -> io::Result<u64> {
    let mut came = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim(), 16).unwrap();
        assert_eq!(check(&mut reader.take(size), came), size);
        reader.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(came);
        }
        came += size;
    }
}

/// The largest memory that this process had so far; `None` where the system does not tell.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kib.div_ceil(1024))
}

#[tokio::test]
async fn a_body_larger_than_memory_passes_through() {
    let size = std::env::var("LARGE_BODY_MIB").map_or(2 * MOST_MIB, |size| size.parse().unwrap()) * MIB;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || serve(stream, size));
        }
    });
    let client = Client::builder().base_url(&url).unwrap().timeout(None).read_timeout(None).build().unwrap();
    for length in [Some(size), None] {
        let body = Body::reader(Pattern { at: 0, end: size }, length);
        let answer = client.bodies().upload(body).send().await.unwrap();
        assert_eq!(answer.headers()["x-came"], size.to_string());
    }
    let mut stream = client.bodies().download().stream().await.unwrap().into_body();
    assert_eq!(stream.length(), Some(size));
    let mut came = 0;
    while let Some(chunk) = stream.next().await {
        came += check(&mut chunk.unwrap().as_ref(), came);
    }
    assert_eq!(came, size);
    if let Some(peak) = peak_mib() {
        println!("{} MiB each way, {peak} MiB of memory", size / MIB);
        assert!(peak < MOST_MIB, "{peak} MiB of memory were taken");
    }
}
