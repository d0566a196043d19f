//! `--suggest-overlay`: what it offers for a diagnostic settles it.

use std::collections::BTreeSet;

use generator::diagnostic::remedy::REMEDIES;

use crate::diagnostics::{lay_out, told};
use crate::expect::{self, Differences};
use crate::xtask::{Run, Workspace};

/// The file that is asked for.
const FILE: &str = "suggested.yaml";
const OFFER: &str = "--suggest-overlay FILE";

/// Each case in `tests/diagnostics/` whose help says that there is an action gives an overlay, with which the code is
/// not told any more, and no code instead that stops anything.
#[test]
fn what_is_suggested_settles_what_was_told() {
    let mut differences = Differences::default();
    let mut settled = BTreeSet::new();
    for folder in expect::entries(&expect::root().join("diagnostics")) {
        let case = folder.file_name().unwrap().to_str().unwrap();
        let code = case.split("--").next().unwrap();
        let workspace = Workspace::new();
        let args = lay_out(&folder, &workspace);
        let run = |more: &[&str]| -> Run {
            workspace.codegen(&args.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>())
        };
        let first = run(&["--suggest-overlay", FILE]);
        let offers = first.stderr.contains(OFFER);
        let Ok(text) = std::fs::read_to_string(workspace.path(FILE)) else {
            if offers {
                differences.push(format!("{case}: nothing is suggested\n{}", first.stderr));
            }
            continue;
        };
        if !offers {
            differences.push(format!("{case}: this is suggested unasked: {text}\n{}", first.stderr));
        }
        let second = run(&["--overlay", FILE]);
        let more: Vec<_> =
            told(&second.stderr).into_iter().filter(|(level, other)| *level == "error" || *other == code).collect();
        if more.is_empty() && second.code == Some(0) {
            settled.insert(code.to_owned());
        } else {
            differences.push(format!("{case}: {text}\n{}", second.stderr));
        }
    }
    for (code, _) in REMEDIES.iter().filter(|(code, _)| !settled.contains(*code)) {
        differences.push(format!("no case in tests/diagnostics/ shows what is suggested for `{code}`"));
    }
    differences.none();
}
