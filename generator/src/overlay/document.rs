//! The text of an overlay to a list of actions.

use super::Written;
use super::json_path::JsonPath;
use crate::diagnostic::catalog::overlay as catalog;
use crate::diagnostic::{Diagnostics, Part, Place};
use crate::nearest::nearest;
use crate::source::{Node, Object, Pointer};

/// An overlay that can be applied.
pub(super) struct Overlay {
    /// Its file, as diagnostics show it.
    pub(super) file: String,
    pub(super) version: Version,
    pub(super) actions: Vec<Action>,
}

/// A version of the specification. What is allowed in a later one is read in an earlier one too, with a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

/// One change, wherever its path leads.
pub(super) struct Action {
    /// Where it stands in the overlay.
    pub(super) at: Pointer,
    pub(super) target: Path,
    pub(super) change: Change,
}

/// A path, and how it is written.
pub(super) struct Path {
    pub(super) query: JsonPath,
    pub(super) text: String,
}

pub(super) enum Change {
    /// Merge this into each target.
    Update(Written<Node>),
    /// Merge what lies there into each target.
    Copy(Written<Path>),
    /// Take each target away.
    Remove,
    /// Change nothing.
    Nothing,
}

/// Reads an overlay for the description whose file has the name `entry`. `None` after saying what stands in the way.
pub(super) fn read(file: &str, root: &Node, entry: &str, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let mut reader = Reader { file, version: Version::V1_1, diagnostics };
    let Node::Object(members) = root else {
        let place = reader.place(&Pointer::root(), Part::Value);
        reader.diagnostics.push(catalog::not_an_overlay(place, root.kind()));
        return None;
    };
    reader.version = reader.version(members)?;
    let here = Pointer::root();
    reader.known("an overlay", &here, members, &["overlay", "info", "extends", "actions"]);
    reader.info(members);
    reader.extends(members, entry);
    let actions = reader.actions(members)?;
    Some(Overlay { file: file.to_owned(), version: reader.version, actions })
}

struct Reader<'a> {
    file: &'a str,
    version: Version,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn place(&self, at: &Pointer, part: Part) -> Place {
        Place::Written(Box::new((self.file.to_owned(), at.clone())), part)
    }

    fn structure(&mut self, at: &Pointer, message: String, help: &str) {
        let place = self.place(at, Part::Value);
        self.diagnostics.push(catalog::structure(place, message, help));
    }

    fn loose(&mut self, at: &Pointer, part: Part, message: String, help: &str) {
        let place = self.place(at, part);
        self.diagnostics.push(catalog::loose(place, message, help));
    }

    fn version(&mut self, members: &Object) -> Option<Version> {
        let at = Pointer::root().child("overlay");
        let found = match members.get("overlay") {
            None => {
                let what = if members.contains_key("openapi") || members.contains_key("swagger") {
                    "a description of an API"
                } else {
                    "a mapping that states no `overlay`"
                };
                let place = self.place(&Pointer::root(), Part::Value);
                self.diagnostics.push(catalog::not_an_overlay(place, what));
                return None;
            }
            Some(Node::String(text)) => text.clone(),
            Some(Node::Number(number)) => {
                let text = number.as_float().to_string();
                self.loose(
                    &at,
                    Part::Value,
                    "the version is a number".to_owned(),
                    "write it in quotes, as `\"1.1.0\"`",
                );
                text
            }
            Some(other) => {
                let message = format!("`overlay` is {} where a version belongs", other.kind());
                self.structure(&at, message, "state the version of the specification, `overlay: 1.1.0`");
                return None;
            }
        };
        let mut parts = found.split('.');
        match (parts.next(), parts.next()) {
            (Some("1"), Some("0")) => Some(Version::V1_0),
            (Some("1"), Some("1") | None) => Some(Version::V1_1),
            _ => {
                let place = self.place(&at, Part::Value);
                self.diagnostics.push(catalog::version(place, &found));
                Some(Version::V1_1)
            }
        }
    }

    fn known(&mut self, what: &str, at: &Pointer, members: &Object, known: &[&str]) {
        for key in members.keys().filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str())) {
            let place = self.place(&at.child(key), Part::Key);
            let near = nearest(key, known.iter().copied());
            self.diagnostics.push(catalog::unknown_field(place, what, key, near));
        }
    }

    /// Nothing follows from it, so that no fault in it stops anything.
    fn info(&mut self, members: &Object) {
        let at = Pointer::root().child("info");
        let add = "nothing depends on it; add `info` with `title` and `version`";
        let info = match members.get("info") {
            None => return self.loose(&Pointer::root(), Part::Value, "the overlay has no `info`".to_owned(), add),
            Some(Node::Object(info)) => info,
            Some(other) => {
                let message = format!("`info` is {} where a mapping belongs", other.kind());
                return self.loose(&at, Part::Value, message, add);
            }
        };
        self.known("`info`", &at, info, &["title", "version", "description"]);
        for field in ["title", "version", "description"] {
            match info.get(field) {
                None if field != "description" => {
                    self.loose(&at, Part::Value, format!("`info` has no `{field}`"), "nothing depends on it; add it");
                }
                Some(other) if other.as_str().is_none() => {
                    let message = format!("`{field}` is {} where text belongs", other.kind());
                    self.loose(&at.child(field), Part::Value, message, "nothing depends on it; write it in quotes");
                }
                Some(_) if field == "description" => self.since_1_1(&at.child(field), "`description` of `info`"),
                _ => {}
            }
        }
    }

    /// The file of the description is known, and its address is not, so that names of files are compared.
    fn extends(&mut self, members: &Object, entry: &str) {
        let at = Pointer::root().child("extends");
        let text = match members.get("extends") {
            None => return,
            Some(Node::String(text)) => text,
            Some(other) => {
                let message = format!("`extends` is {} where text belongs", other.kind());
                return self.structure(&at, message, "name the description, or leave it out");
            }
        };
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if name(path) != name(entry) {
            let place = self.place(&at, Part::Value);
            self.diagnostics.push(catalog::extends(place, text, entry));
        }
    }

    fn actions(&mut self, members: &Object) -> Option<Vec<Action>> {
        let at = Pointer::root().child("actions");
        let help = "write a list of mappings, each with `target` and one of `update`, `copy` and `remove`";
        match members.get("actions") {
            Some(Node::Array(items)) => {
                if items.is_empty() {
                    self.loose(
                        &at,
                        Part::Key,
                        "the overlay has no actions".to_owned(),
                        "it changes nothing; list some",
                    );
                }
                let actions = items.iter().enumerate().map(|(index, node)| self.action(&at.item(index), node));
                // Each of them is read, so that every fault is told.
                actions.collect::<Vec<_>>().into_iter().collect()
            }
            Some(other) => {
                self.structure(&at, format!("`actions` is {} where a list belongs", other.kind()), help);
                None
            }
            None => {
                self.structure(&Pointer::root(), "the overlay has no `actions`".to_owned(), help);
                None
            }
        }
    }

    fn action(&mut self, at: &Pointer, node: &Node) -> Option<Action> {
        let Node::Object(members) = node else {
            let message = format!("an action is a mapping, and this is {}", node.kind());
            self.structure(at, message, "write `target` and one of `update`, `copy` and `remove`");
            return None;
        };
        self.known("an action", at, members, &["target", "description", "update", "copy", "remove"]);
        if let Some(other) = members.get("description").filter(|node| node.as_str().is_none()) {
            let message = format!("`description` is {} where text belongs", other.kind());
            self.loose(&at.child("description"), Part::Value, message, "nothing depends on it; write text");
        }
        let Some(target) = members.get("target") else {
            self.structure(at, "the action has no `target`".to_owned(), "say what it changes, as `target: $.info`");
            return None;
        };
        // Both are read, so that both are judged.
        let (target, change) = (self.path(&at.child("target"), target), self.change(at, members));
        Some(Action { at: at.clone(), target: target?, change: change? })
    }

    fn change(&mut self, at: &Pointer, members: &Object) -> Option<Change> {
        let remove = match members.get("remove") {
            None => false,
            Some(Node::Bool(remove)) => *remove,
            Some(other) => {
                let message = format!("`remove` is {} where a boolean belongs", other.kind());
                self.structure(&at.child("remove"), message, "write `remove: true`");
                return None;
            }
        };
        match (remove, members.get("update"), members.get("copy")) {
            (true, update, copy) => {
                for (field, _) in [("update", update), ("copy", copy)].iter().filter(|(_, node)| node.is_some()) {
                    let message = format!("`{field}` has no effect beside `remove: true`");
                    self.loose(&at.child(field), Part::Key, message, "the target is removed; divide the action in two");
                }
                Some(Change::Remove)
            }
            (false, Some(update), None) => {
                Some(Change::Update(Written { what: update.clone(), at: at.child("update") }))
            }
            (false, None, Some(copy)) => {
                let at = at.child("copy");
                self.since_1_1(&at, "`copy`");
                self.path(&at, copy).map(|what| Change::Copy(Written { what, at }))
            }
            (false, Some(_), Some(_)) => {
                self.structure(at, "the action has both `update` and `copy`".to_owned(), "divide it in two");
                None
            }
            (false, None, None) => {
                let help = "it is passed over; give it `update`, `copy` or `remove: true`";
                self.loose(at, Part::Value, "the action changes nothing".to_owned(), help);
                Some(Change::Nothing)
            }
        }
    }

    fn path(&mut self, at: &Pointer, node: &Node) -> Option<Path> {
        let Node::String(text) = node else {
            let message = format!("a path is text, and this is {}", node.kind());
            self.structure(at, message, "write a JSONPath, as `$.info`");
            return None;
        };
        match JsonPath::parse(text) {
            Ok(query) => Some(Path { query, text: text.clone() }),
            Err(fault) => {
                let place = self.place(at, Part::Value);
                self.diagnostics.push(catalog::path(place, text, fault.at, fault.what));
                None
            }
        }
    }

    fn since_1_1(&mut self, at: &Pointer, what: &str) {
        if self.version == Version::V1_0 {
            let message = format!("{what} came with version 1.1, and the overlay states 1.0");
            self.loose(at, Part::Key, message, "read as version 1.1 defines it; state `overlay: 1.1.0`");
        }
    }
}
