//! What can be written on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::conformance::Version;
use crate::corpus::Worker;

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen              write the crate in generated/ from spec/
  cargo xtask codegen --check      tell whether generated/ is up to date
  cargo xtask explain              list what the generator can say
  cargo xtask corpus DIR           measure what becomes of many descriptions
  cargo xtask conformance          drive clients through the scenarios of TypeSpec
  cargo xtask schema-suite         send the values of JSON-Schema-Test-Suite through models
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

const CORPUS_EXAMPLES: &str = "\
Examples:
  cargo xtask corpus descriptions/
      Generate, check, lint, document and round-trip every description of a folder; compare with the baseline.
  cargo xtask corpus petstore.yaml --only generate
      See in a second what becomes of one description.
  cargo xtask corpus descriptions/ --filter git --only check,roundtrip --markdown report.md
      Take two steps with some of them, and write the report.

Steps whose crate is as it was are not taken again; what is known lies in target/corpus/. Times of a debug build of
this program tell little: use `cargo run --release -p xtask -- corpus ...` for them.

Exit code: 0 done, 1 something is worse than the baseline, is not as an INDEX.tsv says, or could not be measured, 2 wrong
usage.";

const CONFORMANCE_EXAMPLES: &str = "\
Examples:
  cargo xtask conformance
      Drive every scenario from every version of OpenAPI, write CONFORMANCE.md, and compare with the baseline.
  cargo xtask conformance --version 3.1 --filter Routes_
      Drive some scenarios from one version.
  cargo xtask conformance --only opinion
      Have openapi-core read the requests of tests/wire-rows/.

The packages of tests/conformance/package-lock.json are installed in target/conformance/, which takes npm and, where no
package brings one, Node 22 or newer; those of requirements.txt take Python 3.10 or newer.

Exit code: 0 done, 1 something is worse than the baseline or the notes in tests/conformance/ do not say why it fails, 2 wrong
usage.";

const SCHEMA_SUITE_EXAMPLES: &str = "\
Examples:
  cargo xtask schema-suite
      Take every schema, write tests/schema-suite/README.md, and compare with the baseline.
  cargo xtask schema-suite --filter unevaluated
      Take some schemas, and show what becomes of each value.

The suite comes with the package of tests/schema-suite/requirements.txt, which pip fetches into target/schema-suite/:
that takes Python 3.10 or newer, and tar.

Exit code: 0 done, 1 something is worse than the baseline or tests/schema-suite/notes.toml does not say why it fails, 2 wrong
usage.";

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
    /// Measure what becomes of many descriptions, and tell whether it got worse
    #[command(after_help = CORPUS_EXAMPLES)]
    Corpus(Corpus),
    /// Drive generated clients through the scenarios of TypeSpec against their mock server
    #[command(after_help = CONFORMANCE_EXAMPLES)]
    Conformance(Conformance),
    /// Send the values of JSON-Schema-Test-Suite through models generated from its schemas
    #[command(after_help = SCHEMA_SUITE_EXAMPLES)]
    SchemaSuite(SchemaSuite),
    /// A part of `corpus`, in a process of its own
    #[command(hide = true)]
    CorpusWorker(Worker),
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

    /// Apply this overlay, after those of the configuration; may be given several times
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,

    /// Write an overlay with a ready action for each diagnostic that one can settle
    ///
    /// The file does not exist yet, or it was written so. Read it: an action may take away what you need.
    #[arg(long, value_name = "FILE", conflicts_with = "emit")]
    pub(crate) suggest_overlay: Option<PathBuf>,

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

#[derive(Args, Debug)]
pub(crate) struct Corpus {
    /// Descriptions, and folders of them
    ///
    /// Of a folder that has an INDEX.tsv with the columns `name`, `file` and `expect`, the documents that it lists are
    /// taken; of any other folder all descriptions in it and below it.
    #[arg(required = true, value_name = "DIR|FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// Generate leniently from the start, not only what is refused
    #[arg(long, conflicts_with = "bless")]
    pub(crate) lenient: bool,

    /// Write everything that was found out
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write tables
    #[arg(long, value_name = "FILE")]
    pub(crate) markdown: Option<PathBuf>,

    /// Take these steps alone; each of them generates first
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STEP")]
    pub(crate) only: Vec<Step>,

    /// Take the documents alone whose names contain this
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// How many documents are generated at once; calls of Cargo always come one after another
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) jobs: usize,

    /// Take what is measured for the baseline
    #[arg(long)]
    pub(crate) bless: bool,

    /// What documents were like before [default: tests/corpus/baseline.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Where the state and the crates are kept [default: target/corpus/]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Conformance {
    /// Take these versions of OpenAPI alone
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VERSION")]
    pub(crate) version: Vec<Version>,

    /// Take the scenarios alone whose names contain this
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Do this part alone
    #[arg(long, value_enum, value_name = "PART")]
    pub(crate) only: Option<Part>,

    /// Write everything that was found out
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Take what fails now for the baseline
    #[arg(long, conflicts_with = "filter")]
    pub(crate) bless: bool,

    /// Which scenarios failed before [default: tests/conformance/baseline.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Say so and go on where Node, Python or their packages cannot be had
    #[arg(long)]
    pub(crate) optional: bool,
}

/// A part of `conformance`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The scenarios of TypeSpec's mock server
    Scenarios,
    /// The second opinion of openapi-core on the rows of the wire
    Opinion,
}

#[derive(Args, Debug)]
pub(crate) struct SchemaSuite {
    /// Take the schemas alone whose names contain this, and show what becomes of their values
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Take what fails now for the baseline
    #[arg(long, conflicts_with = "filter")]
    pub(crate) bless: bool,

    /// What failed before [default: tests/schema-suite/baseline.json]
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Say so and end well where the package cannot be had
    #[arg(long)]
    pub(crate) optional: bool,
}

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Only generate
    Generate,
    /// `cargo check` of the crate
    Check,
    /// `cargo clippy` of the crate
    Clippy,
    /// `cargo doc` of the crate
    Doc,
    /// Send samples of the schemas through the models
    Roundtrip,
    /// Make the calls that tests/corpus/calls/ has for some documents
    Calls,
}

impl Step {
    /// The step on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Roundtrip => "roundtrip",
            Self::Calls => "calls",
        }
    }
}

impl Command {
    /// Says what is wrong with the command line, as clap itself does.
    pub(crate) fn refuse(&self, message: &str) -> ExitCode {
        let name = match self {
            Self::Codegen(_) => "codegen",
            Self::Explain(_) => "explain",
            Self::Supported(_) => "supported",
            Self::Corpus(_) => "corpus",
            Self::Conformance(_) => "conformance",
            Self::SchemaSuite(_) => "schema-suite",
            Self::CorpusWorker(_) => "corpus-worker",
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
