//! `codegen --check`: tells what is not up to date, with a diff that a terminal can hold.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use generator::Report;
use generator::diagnostic::catalog;
use generator::files::Files;
use similar::TextDiff;

use crate::Failure;
use crate::cli::{Codegen, Format};
use crate::disk::{self, Plan};
use crate::message::{self, count};
use crate::place::Named;

/// How much of a diff is shown: files, lines altogether, and characters of a line.
const MOST_FILES: usize = 10;
const MOST_LINES: usize = 200;
const LONGEST_LINE: usize = 300;

/// Beyond this a diff is as good as it got.
const LONGEST_DIFF: Duration = Duration::from_millis(200);

/// Shows whether the folder is up to date; when it is not, every file that is to blame and what differs.
pub(crate) fn compare(args: &Codegen, out: &Named, files: &Files, plan: &Plan, start: Instant) -> Result<(), Failure> {
    if plan.is_up_to_date() {
        let milliseconds = start.elapsed().as_millis();
        writeln!(io::stdout().lock(), "up to date: {} ({milliseconds} ms)", count(plan.unchanged, "file"))?;
        return Ok(());
    }
    let blamed: Vec<(&str, String)> = blamed(plan).map(|(state, path)| (state, disk::shown(out, path))).collect();
    if args.message_format == Format::Human {
        let list: String =
            blamed.iter().fold(String::new(), |list, (state, path)| list + &format!("{state}: {path}\n"));
        let mut stdout = io::stdout().lock();
        stdout.write_all(list.as_bytes())?;
        stdout.write_all(diffs(out, files, plan).as_bytes())?;
        drop(stdout);
        let whole = if out.shown.is_empty() { "." } else { &out.shown };
        message::put(&format!("error: `{whole}` is not up to date: {}\n  = help: run `{}`\n", sum(plan), command()));
    } else {
        let mut report = Report::default();
        for (state, path) in &blamed {
            report.diagnostics.push(catalog::output::stale_output(path, state, &command()));
        }
        message::show(args, &report);
    }
    Err(Failure::Refused)
}

fn blamed(plan: &Plan) -> impl Iterator<Item = (&'static str, &str)> {
    let stale = plan.change.iter().map(|(path, _)| ("stale", path.as_str()));
    let missing = plan.create.iter().map(|path| ("missing", path.as_str()));
    let left_over = plan.delete.iter().map(|path| ("left over", path.as_str()));
    stale.chain(missing).chain(left_over)
}

fn sum(plan: &Plan) -> String {
    let parts = [(plan.change.len(), "stale"), (plan.create.len(), "missing"), (plan.delete.len(), "left over")];
    let parts: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, state)| format!("{number} {state}")).collect();
    parts.join(", ")
}

/// The unified diffs of the stale files, up to the limits; then how many files were left out.
fn diffs(out: &Named, files: &Files, plan: &Plan) -> String {
    let (mut text, mut lines, mut shown) = (String::new(), 0, 0);
    for (path, old) in plan.change.iter().take(MOST_FILES) {
        if lines >= MOST_LINES {
            break;
        }
        let name = disk::shown(out, path);
        let (old, new) = (old.replace("\r\n", "\n"), files.get(path).unwrap_or_default().replace("\r\n", "\n"));
        let diff = TextDiff::configure().timeout(LONGEST_DIFF).diff_lines(&old, &new);
        let diff = diff.unified_diff().header(&format!("{name} (on disk)"), &format!("{name} (generated)")).to_string();
        text.push('\n');
        let mut cut = 0;
        for line in diff.lines() {
            if lines < MOST_LINES {
                lines += 1;
                visible(&mut text, line);
            } else {
                cut += 1;
            }
        }
        if cut > 0 {
            let _ = writeln!(text, "… and {} of this file", count(cut, "more line"));
        }
        shown += 1;
    }
    if plan.change.len() > shown {
        let _ = writeln!(text, "\n… and {}", count(plan.change.len() - shown, "more file"));
    }
    text
}

/// Writes a line so that it cannot steer the terminal, cut to a bearable length.
fn visible(text: &mut String, line: &str) {
    for (index, character) in line.chars().enumerate() {
        match character {
            _ if index == LONGEST_LINE => {
                text.push('…');
                break;
            }
            '\t' => text.push('\t'),
            control if control.is_control() => text.extend(control.escape_unicode()),
            other => text.push(other),
        }
    }
    text.push('\n');
}

/// The command that mends it: the one that was given, without `--check` and what only concerns messages.
fn command() -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_./=:,@+".contains(character);
    let quoted = |word: String| match word.chars().all(plain) && !word.is_empty() {
        true => word,
        false => format!("'{}'", word.replace('\'', "'\\''")),
    };
    let mut given = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let mut words = vec!["cargo xtask".to_owned()];
    while let Some(word) = given.next() {
        match word.as_str() {
            "--check" => {}
            // How the fault was shown is no part of the remedy.
            "--message-format" | "--color" => drop(given.next()),
            word if word.starts_with("--message-format=") || word.starts_with("--color=") => {}
            _ => words.push(quoted(word)),
        }
    }
    words.join(" ")
}
