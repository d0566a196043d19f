//! Overlays, seen from outside: where they are found, and what they change.

use crate::support::{DESCRIPTION, Workspace};

fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: T, version: 1.0.0}}\nactions: {actions}\n")
}

fn renamed(name: &str) -> String {
    overlay(&format!("[{{target: $..get, update: {{operationId: {name}}}}}]"))
}

#[test]
fn overlays_are_listed_beside_the_configuration_and_given_from_the_working_folder() {
    let workspace = Workspace::new();
    workspace.put("spec/fixes/first.yaml", &renamed("first_name"));
    workspace.put("spec/codegen.toml", "overlays = [\"./fixes/first.yaml\"]\n");
    workspace.put("more/second.yaml", &renamed("second_name"));
    let has = |name: &str| workspace.get("generated/src/pets.rs").contains(&format!("fn {name}("));
    workspace.good("codegen");
    assert!(has("first_name"));
    // What the command line names comes last, and `--check` knows of it.
    workspace.good("codegen --overlay more/second.yaml");
    assert!(has("second_name"));
    workspace.good("codegen --check --overlay more/second.yaml");
    let stale = workspace.run("codegen --check");
    assert_eq!(stale.code, 1);
    let help = workspace.run("codegen --check --overlay more/second.yaml --name other").stderr;
    assert!(help.contains("run `cargo xtask codegen --overlay more/second.yaml --name other`"), "{help}");
    assert_eq!(workspace.run_in("more", "codegen --check --overlay second.yaml").code, 0);
    // A configuration elsewhere has its overlays beside it.
    workspace.put("more/codegen.toml", "overlays = [\"second.yaml\"]\n");
    workspace.good("codegen --check --config more/codegen.toml");
}

#[test]
fn an_overlay_that_cannot_be_read_stops_the_run() {
    let workspace = Workspace::new();
    workspace.bad("codegen --overlay none.yaml", 1, &["error[overlay-unreadable]", "--> none.yaml", "no such file"]);
    workspace.bad("codegen --overlay spec", 1, &["error[overlay-unreadable]", "it is a folder"]);
    workspace.bad("codegen --overlay ..", 1, &["error[overlay-unreadable]", "it is a folder"]);
    workspace.put("spec/codegen.toml", "overlays = [\"../o.yaml\"]\n");
    workspace.bad("codegen", 1, &["error[config-value]", "--> spec/codegen.toml:1:13"]);
    #[cfg(unix)]
    {
        workspace.put("o.yaml", &renamed("a"));
        workspace.put("spec/codegen.toml", "overlays = [\"o.yaml\"]\n");
        std::os::unix::fs::symlink("../o.yaml", workspace.path("spec/o.yaml")).unwrap();
        workspace.bad("codegen", 1, &["error[overlay-unreadable]", "a link that leads out"]);
    }
}

#[test]
fn a_fault_of_what_an_overlay_brings_is_shown_in_it() {
    let workspace = Workspace::new();
    workspace.put(
        "o.yaml",
        &overlay("\n  - target: $.paths['/pets'].get.responses\n    update: {\"2x4\": {description: D}}"),
    );
    workspace.bad("codegen --overlay o.yaml", 1, &["error[bad-status]", "--> o.yaml:5:14"]);
    // What stands behind something that is removed is shown where it stands.
    let parameters = "      parameters: [{name: a, in: query}, {name: b, in: here}]\n      tags";
    workspace.put("spec/openapi.yaml", &DESCRIPTION.replace("      tags", parameters));
    workspace.put("o.yaml", &overlay("[{target: '$..parameters[0]', remove: true}]"));
    workspace.bad("codegen --overlay o.yaml", 1, &["error[unknown-value]", "--> spec/openapi.yaml:11:56"]);
}

#[test]
fn an_overlay_is_suggested_where_one_helps() {
    let workspace = Workspace::new();
    let broken = DESCRIPTION
        .replace("      tags", "      parameters: [{name: a, in: qurey, schema: {type: string}}]\n      tags");
    workspace.put("spec/openapi.yaml", &broken);
    let run = workspace.run("codegen --suggest-overlay o.yaml");
    assert_eq!(run.code, 1);
    assert!(run.stderr.ends_with("note: an overlay is suggested in `o.yaml`\n"), "{}", run.stderr);
    let text = workspace.get("o.yaml");
    let path = "$.paths['/pets'].get.parameters[?@.name=='a' && @.in=='qurey']";
    assert!(text.contains(&format!("- target: {path}.in\n")) && text.contains("update: query\n"), "{text}");
    workspace.good("codegen --overlay o.yaml");
    // It is written anew, unless somebody else wrote the file.
    workspace.run("codegen --suggest-overlay o.yaml");
    assert_eq!(workspace.get("o.yaml"), text);
    workspace.put("o.yaml", "overlay: 1.1.0\n");
    let run = workspace.run("codegen --suggest-overlay o.yaml");
    assert!(run.code == 1 && run.stderr.contains("error[foreign-file]"), "{}", run.stderr);
    assert_eq!(workspace.get("o.yaml"), "overlay: 1.1.0\n");
    // Programs read messages line by line.
    let run = workspace.run("codegen --suggest-overlay p.yaml --message-format json");
    assert!(run.stderr.lines().all(|line| line.starts_with('{')), "{}", run.stderr);

    let sound = Workspace::new();
    let run = sound.run("codegen --suggest-overlay o.yaml");
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "note: no overlay can settle anything here, so none was written\n")
    );
    assert!(!sound.path("o.yaml").exists());
}
