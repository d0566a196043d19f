//! `explain`: what a diagnostic means.

use std::io::{self, Write as _};

use generator::diagnostic::{Code, Control, Level, catalog};

use crate::Failure;
use crate::cli::Explain;

pub(crate) fn run(args: &Explain) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let Some(name) = &args.code else {
        writeln!(out, "{}", list())?;
        return Ok(());
    };
    match catalog::find(name) {
        Some(code) => {
            writeln!(out, "{}: {}\n{}\n\n{}", code.name, code.summary, level(code), code.explanation.trim_end())?;
            Ok(())
        }
        None => Err(Failure::Usage(match catalog::nearest(name) {
            Some(near) => format!("there is no code `{name}`; did you mean `{}`?", near.name),
            None => format!("there is no code `{name}`; `cargo xtask explain` lists every code"),
        })),
    }
}

fn list() -> String {
    let mut codes: Vec<&Code> = catalog::all().collect();
    codes.sort_by_key(|code| code.name);
    let width = codes.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let line = |code: &Code| format!("{:<5}  {:<width$}  {}", word(code), code.name, code.summary);
    let lines: Vec<String> = codes.into_iter().map(line).collect();
    format!(
        "{}\n\nThe level of a code marked allow, warn or deny can be changed: in [lints] of spec/codegen.toml, or by -A, -W, -D.",
        lines.join("\n")
    )
}

fn word(code: &Code) -> &'static str {
    match (code.control, code.level) {
        (Control::Fixed, _) => "error",
        (Control::Lint, Level::Allow) => "allow",
        (Control::Lint, Level::Warn) => "warn",
        (Control::Lint, Level::Error) => "deny",
    }
}

fn level(code: &Code) -> String {
    match code.control {
        Control::Fixed => "Always an error: generation cannot go on.".to_owned(),
        Control::Lint => format!("Level: {}, unless `[lints]` or -A, -W, -D say otherwise.", word(code)),
    }
}
