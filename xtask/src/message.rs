//! Messages to the user, on the standard error.

use std::io::{self, IsTerminal as _, Write as _};

use generator::diagnostic::Level;
use generator::{Report, render};

use crate::Failure;
use crate::cli::{Codegen, Color, Format};

/// Shows a report in the format that was asked for.
pub(crate) fn show(args: &Codegen, report: &Report) {
    put(&match args.message_format {
        Format::Human => render::human(&report.diagnostics, &report.sources, has_color(args.color)),
        Format::Json => render::json(&report.diagnostics, &report.sources),
        Format::Github => render::github(&report.diagnostics, &report.sources),
    });
}

/// Shows a report that ends the run, and for people one line that sums it up; `so` says what the folder is like now.
pub(crate) fn refuse(args: &Codegen, report: &Report, so: &str) {
    show(args, report);
    if args.message_format == Format::Human {
        put(&format!("error: {}; {so}\n", counts(report)));
    }
}

/// Writes a message. One that nobody can read is no reason to stop: the exit code tells as well.
pub(crate) fn put(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Says why a command cannot go on.
pub(crate) fn refused(why: &str) -> Failure {
    put(&format!("error: {why}\n"));
    Failure::Refused
}

/// Says what is amiss with a suite, a line each, and where it is noted why something fails.
pub(crate) fn amiss(lines: &[String], notes: &str) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    put(&format!(
        "{text}error: {} amiss\n  = help: write into {notes} why something fails; `--bless`, without `--filter`, then takes \
         it for the baseline\n",
        count(lines.len(), "thing")
    ));
    Err(Failure::Refused)
}

fn counts(report: &Report) -> String {
    let errors = report.diagnostics.iter().filter(|(level, _)| *level == Level::Error).count();
    match report.diagnostics.iter().len() - errors {
        0 => count(errors, "error"),
        warnings => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    }
}

fn has_color(choice: Color) -> bool {
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
