//! What can be written on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen              write the crate in generated/ from spec/
  cargo xtask codegen --check      tell whether generated/ is up to date
  cargo xtask explain              list what the generator can say
  cargo xtask help codegen         show every option";

const CODEGEN_EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
      Write generated/ from spec/openapi.yaml and spec/codegen.toml, from any folder of the workspace.
  cargo xtask codegen --check --message-format github
      In CI: fail when generated/ is stale, and show it on the lines of the pull request.
  cargo xtask codegen --spec petstore.json --out clients/petstore
      Write the crate `petstore` from another description.
  cargo xtask codegen -D warnings -A unknown-field
      Take every warning but one for an error.
  cargo xtask codegen --emit ir | less
      See how the description was understood.

Exit code: 0 done, 1 stale or refused, 2 wrong usage.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  cargo xtask explain
  cargo xtask explain config-syntax";

const SUPPORTED_EXAMPLES: &str = "\
Examples:
  cargo xtask supported
  cargo xtask supported --check";

/// Turns an OpenAPI description into a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the client crate, or tell whether it is up to date
    #[command(after_help = CODEGEN_EXAMPLES)]
    Codegen(Codegen),
    /// Tell what a diagnostic means and how to mend it
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
    /// Write SUPPORTED.md: what becomes of each construct of OpenAPI
    #[command(after_help = SUPPORTED_EXAMPLES)]
    Supported(Supported),
}

#[derive(Args, Debug)]
pub(crate) struct Codegen {
    /// Write nothing; exit with 1 and show the differences when a file is stale, missing or left over
    #[arg(long)]
    pub(crate) check: bool,

    /// Write nothing; list what would be created, changed and deleted
    #[arg(long, conflicts_with = "check")]
    pub(crate) dry_run: bool,

    /// Print what the description was understood as, and write nothing
    #[arg(long, value_name = "WHAT", conflicts_with_all = ["check", "dry_run", "out"])]
    pub(crate) emit: Option<Emit>,

    /// The description [default: the one of spec/openapi.yaml, .yml and .json that exists]
    ///
    /// Its folder is the only one that references may read from. Needs --out, and --config if it shall have one.
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The folder of the crate [default: generated/]
    ///
    /// It is missing, or empty, or was made by this tool; any other folder is left as it is.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// The name of the crate [default: from the configuration, else that of the folder]
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,

    /// The configuration [default: spec/codegen.toml if it exists; none with --spec]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Do not show diagnostics of this code
    #[arg(short = 'A', long = "allow", value_name = "CODE")]
    pub(crate) allow: Vec<String>,

    /// Show diagnostics of this code as warnings
    #[arg(short = 'W', long = "warn", value_name = "CODE")]
    pub(crate) warn: Vec<String>,

    /// Take diagnostics of this code, or all `warnings`, for errors
    #[arg(short = 'D', long = "deny", value_name = "CODE")]
    pub(crate) deny: Vec<String>,

    /// Warn instead of refusing wherever generation can go on; what cannot be expressed is left out
    #[arg(long)]
    pub(crate) lenient: bool,

    /// How messages are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) message_format: Format,

    /// When messages have colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Emit {
    /// The intermediate representation: what the API means
    Ir,
    /// The description as one document, references to other files and older versions resolved
    Effective,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines of the description
    #[default]
    Human,
    /// An object a line
    Json,
    /// Annotations that GitHub shows on the lines of a pull request
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code, as it stands in brackets after `error` or `warning`; without it all codes are listed
    pub(crate) code: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Supported {
    /// Write nothing; exit with 1 when the file is stale
    #[arg(long)]
    pub(crate) check: bool,
}

impl Command {
    /// Says what is wrong with the command line, as clap itself does.
    pub(crate) fn refuse(&self, message: &str) -> ExitCode {
        let name = match self {
            Self::Codegen(_) => "codegen",
            Self::Explain(_) => "explain",
            Self::Supported(_) => "supported",
        };
        let mut root = Cli::command();
        root.build();
        let error = match root.find_subcommand_mut(name) {
            Some(command) => command.error(ErrorKind::ValueValidation, message),
            None => root.error(ErrorKind::ValueValidation, message),
        };
        // When even this cannot be shown, the exit code still tells.
        let _ = error.print();
        ExitCode::from(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        Cli::command().debug_assert();
    }
}
