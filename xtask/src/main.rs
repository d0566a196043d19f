//! The command line of the generator: reads files, calls it, and writes or compares what comes out.
//!
//! Exit codes: 0 done, 1 stale or refused, 2 wrong usage. Results go to the standard output, messages to the standard
//! error.

mod check;
mod cli;
mod codegen;
mod conformance;
mod corpus;
mod disk;
mod documents;
mod enclosing;
mod explain;
mod message;
mod notes;
mod overlays;
mod place;
mod python;
mod ratchet;
mod schema_suite;
mod supported;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Command};

/// How a command ends when it does not do what it was asked for.
#[derive(Debug)]
enum Failure {
    /// What was asked for cannot be meant: the sentence says why. Exit code 2.
    Usage(String),
    /// The description, the configuration or the output folder was refused, or is stale; the user was told.
    Refused,
    /// Nobody reads the results, or they cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Codegen(args) => codegen::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Supported(args) => supported::run(args),
        Command::Corpus(args) => corpus::run(args),
        Command::Conformance(args) => conformance::run(args),
        Command::SchemaSuite(args) => schema_suite::run(args),
        Command::CorpusWorker(args) => return corpus::work(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Refused) => ExitCode::FAILURE,
        Err(Failure::Usage(message)) => cli.command.refuse(&message),
        // Whoever closed the pipe has seen enough, as with `| head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            let _ = writeln!(io::stderr(), "error: the result could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}
