//! What a run shows while it goes on, on the standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::PoisonError;

/// A line for each document that is done, and on a terminal one for what goes on.
#[derive(Debug)]
pub(super) struct Progress {
    total: usize,
    is_terminal: bool,
    done: Mutex<usize>,
}

impl Progress {
    pub(super) fn new(total: usize) -> Self {
        Self { total, is_terminal: io::stderr().is_terminal(), done: Mutex::new(0) }
    }

    /// What is being done with a document.
    pub(super) fn step(&self, document: &str, step: &str) {
        if self.is_terminal {
            let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            put(&format!("\r\u{1b}[K[{}/{}] {document}: {step} …", *done, self.total));
        }
    }

    /// What came of a document.
    pub(super) fn end(&self, document: &str, result: &str) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        let clear = if self.is_terminal { "\r\u{1b}[K" } else { "" };
        put(&format!("{clear}[{}/{}] {document}: {result}\n", *done, self.total));
    }
}

/// That nobody can read it is no reason to stop.
fn put(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
