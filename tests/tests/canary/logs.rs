//! The crate logs nothing, and the crates that it stands on log no secret, at any level.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

use crate::calls::{self, ALL, Given, TOKEN, call};
use crate::server::{Reply, Server, answer};
use crate::{leaks, public};

static LOG: Mutex<String> = Mutex::new(String::new());

fn write(line: std::fmt::Arguments<'_>) {
    let mut log = LOG.lock().unwrap();
    log.write_fmt(line).unwrap();
    log.push('\n');
}

/// Takes down what comes by the crate `log`.
struct Records;

impl log::Log for Records {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        write(format_args!("{} {}: {}", record.level(), record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// Takes down what comes by the crate `tracing`: spans and events, with all their fields.
struct Events;

impl tracing::Subscriber for Events {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut Field);
        write(format_args!("span {}", span.metadata().name()));
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut Field);
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        write(format_args!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut Field);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

struct Field;

impl tracing::field::Visit for Field {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        write(format_args!("  {field}: {value:?}"));
    }
}

#[tokio::test]
async fn no_log_of_any_level_shows_the_token() {
    log::set_logger(&Records).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Events).unwrap();

    let access = format!(r#"{{"url":"https://p/#{TOKEN}","token":"{TOKEN}"}}"#);
    let echo = format!("set-cookie: sid={TOKEN}\r\nlocation: https://elsewhere.invalid/{TOKEN}\r\n");
    for reply in [
        Reply::keep(answer("200 OK", &echo, &access)),
        Reply::keep(answer("401 Unauthorized", &echo, &access)),
        Reply::keep(answer("302 Found", &echo, TOKEN)),
        Reply::close(TOKEN),
        Reply::close(format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{access}")),
        Reply::hang(""),
    ] {
        let server = Server::always(reply).await;
        for url in [&server.url, &server.url.replace("http:", "https:")] {
            let builder = calls::builder(&format!("{url}/{TOKEN}?key={TOKEN}")).default_header("x-key", TOKEN);
            let client = builder.timeout(Duration::from_millis(150)).build().unwrap();
            for operation in ALL {
                // What becomes of the call is not the question here.
                let _ = call(&client, operation, Given { app: TOKEN, key: Some(TOKEN) }).await;
            }
        }
    }

    let log = LOG.lock().unwrap();
    for source in ["reqwest::connect", "hyper_util::client"] {
        assert!(log.contains(source), "{source} logs at this level, so its log must be here: {log}");
    }
    assert!(!leaks(&log), "{}", log.lines().filter(|line| leaks(line)).collect::<Vec<_>>().join("\n"));
}

/// What prints or logs is a macro of the standard library or of one of a few crates.
#[test]
fn the_crate_itself_logs_and_prints_nothing() {
    let manifest = std::fs::read_to_string(public::root().join("Cargo.toml")).unwrap();
    let (_, dependencies) = manifest.split_once("\n[dependencies]\n").unwrap();
    let names: BTreeSet<&str> =
        dependencies.lines().filter_map(|line| line.split_once(" = ")).map(|pair| pair.0).collect();
    let known = ["bytes", "http", "http-body", "percent-encoding", "reqwest", "serde", "serde_json"];
    assert_eq!(names, BTreeSet::from(known), "does the new dependency log what it is given?");

    let macros = public::macros();
    assert!(macros.contains("matches"), "the macros of the crate are found: {macros:?}");
    for name in
        ["print", "println", "eprint", "eprintln", "dbg", "log", "trace", "debug", "info", "warn", "error", "event"]
    {
        assert!(!macros.contains(name), "the crate calls `{name}!`");
    }
}
