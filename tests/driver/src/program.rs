//! The running program of the drivers.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// Answers calls, one after the other. It ends with this value.
#[derive(Debug)]
pub struct Program {
    child: Child,
    input: Option<ChildStdin>,
    output: Option<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// Those of the system.
    pub fn start(path: &Path) -> io::Result<Self> {
        let mut child = Command::new(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take().map(BufReader::new));
        Ok(Self { child, input, output })
    }

    /// What comes of a call; a program that has crashed says a fault.
    pub fn call(&mut self, call: &Value) -> Value {
        self.exchange(call).unwrap_or_else(|error| json!({ "fault": format!("the program crashed: {error}") }))
    }

    fn exchange(&mut self, call: &Value) -> io::Result<Value> {
        let (Some(input), Some(output)) = (&mut self.input, &mut self.output) else {
            return Err(io::Error::other("it has no standard streams"));
        };
        writeln!(input, "{call}")?;
        input.flush()?;
        let mut line = String::new();
        output.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
