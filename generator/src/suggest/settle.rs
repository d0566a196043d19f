//! What settles a diagnostic: the change of the description that its remedy asks for.

use std::collections::HashSet;

use super::object;
use crate::diagnostic::remedy::{Remedy, WithoutWord};
use crate::nearest::nearest;
use crate::source::{Node, Pointer};

/// A change of one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settling {
    pub(super) at: Pointer,
    /// What is merged into it; `None` where it is taken away.
    pub(super) update: Option<Node>,
}

impl Settling {
    fn remove(at: Pointer) -> Self {
        Self { at, update: None }
    }

    fn update(at: &Pointer, value: Node) -> Self {
        Self { at: at.clone(), update: Some(value) }
    }

    pub(super) fn is_removal(&self) -> bool {
        self.update.is_none()
    }
}

/// A description, and what is known of it as a whole.
pub(super) struct Whole<'t> {
    root: &'t Node,
    /// Where references lead, and where they stand, sorted.
    references: Vec<(Pointer, Pointer)>,
    ids: HashSet<&'t str>,
}

impl<'t> Whole<'t> {
    pub(super) fn of(root: &'t Node) -> Self {
        let mut whole = Self { root, references: Vec::new(), ids: HashSet::new() };
        whole.visit(root, &Pointer::root());
        whole.references.sort_unstable();
        whole
    }

    fn visit(&mut self, node: &'t Node, at: &Pointer) {
        match node {
            Node::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Node::as_str);
                self.ids.extend(text("operationId"));
                let target = text("$ref").and_then(|text| Pointer::parse(text.strip_prefix('#')?));
                self.references.extend(target.map(|target| (target, at.clone())));
                members.iter().for_each(|(key, member)| self.visit(member, &at.child(key)));
            }
            Node::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.visit(item, &at.item(index)));
            }
            _ => {}
        }
    }

    /// Whether a reference from elsewhere leads to a place, or to what is inside of it.
    fn is_referred_to(&self, at: &Pointer) -> bool {
        let first = self.references.partition_point(|(target, _)| target < at);
        let near =
            self.references.iter().skip(first).take_while(|(target, _)| target.as_str().starts_with(at.as_str()));
        near.into_iter().any(|(target, from)| target.strip_prefix(at).is_some() && from.strip_prefix(at).is_none())
    }
}

/// What a remedy comes to at a place of the description; nothing where it cannot be carried out.
pub(super) fn settle(remedy: Remedy, whole: &Whole<'_>, at: &Pointer) -> Vec<Settling> {
    let root = whole.root;
    let mut settlings = match remedy {
        Remedy::RemoveSiblings => siblings(root, at),
        Remedy::Rename => rename(whole, at).into_iter().collect(),
        other => one(other, root, at).into_iter().collect(),
    };
    // The description as a whole is never taken away, nor what references lead to.
    settlings.retain(|settling| {
        let stays = !settling.is_removal() || (settling.at != Pointer::root() && !whole.is_referred_to(&settling.at));
        stays && root.at(&settling.at).is_some()
    });
    settlings
}

fn one(remedy: Remedy, root: &Node, at: &Pointer) -> Option<Settling> {
    match remedy {
        Remedy::Remove => Some(Settling::remove(at.clone())),
        Remedy::RemoveHolder => at.parent().map(Settling::remove),
        Remedy::RemoveMember(key) => Some(Settling::remove(at.child(key))),
        Remedy::RemoveName => {
            // Items that are no names do not count in the index.
            let names = root.at(&at.parent()?)?.as_array()?;
            names.iter().all(|name| name.as_str().is_some()).then(|| Settling::remove(at.clone()))
        }
        Remedy::Retarget => retarget(root, at),
        Remedy::Spell => spell(root, at),
        Remedy::Word(words, without) => word(root, at, words, without),
        Remedy::Respond => respond(root, at),
        Remedy::Declare => declare(root, at),
        Remedy::Fill => fill(root, at),
        Remedy::RemoveSiblings | Remedy::Rename => None,
    }
}

/// Since 3.1 a summary and a description beside a reference are read.
fn siblings(root: &Node, at: &Pointer) -> Vec<Settling> {
    let version = root.get("openapi").and_then(Node::as_str).unwrap_or_default();
    let is_read =
        |key: &str| !version.is_empty() && !version.starts_with("3.0") && matches!(key, "summary" | "description");
    let members = root.at(at).and_then(Node::as_object).into_iter().flat_map(|members| members.keys());
    let ignored = members.filter(|key| *key != "$ref" && !key.starts_with("x-") && !is_read(key));
    ignored.map(|key| Settling::remove(at.child(key))).collect()
}

/// A reference leads to what has nearly its name. Where nothing has, a schema may be anything, and other parts go.
fn retarget(root: &Node, at: &Pointer) -> Option<Settling> {
    const PARTS: &[&str] = &[
        "callbacks",
        "examples",
        "headers",
        "links",
        "parameters",
        "pathItems",
        "paths",
        "requestBodies",
        "responses",
        "securitySchemes",
        "webhooks",
    ];
    let target = root.at(at)?.as_str()?.strip_prefix('#').and_then(Pointer::parse);
    if let Some(target) = target.filter(|target| root.at(target).is_none())
        && let (Some(parent), Some(last)) = (target.parent(), target.last())
        && let Some(members) = root.at(&parent).and_then(Node::as_object)
        && let others = members.keys().filter(|key| Some(parent.child(key)) != at.parent())
        && let Some(near) = nearest(&last, others.map(String::as_str))
    {
        return Some(Settling::update(at, Node::String(parent.child(near).to_string())));
    }
    let holder = at.parent()?;
    let around = holder.parent()?.last().unwrap_or_default();
    let is_part = holder.last().is_some_and(|last| last == "requestBody") || PARTS.contains(&around.as_str());
    Some(Settling::remove(if is_part { holder } else { at.clone() }))
}

/// The nearest word, or none. Where there is a list of words, it is about the first that is none of them.
fn word(root: &Node, at: &Pointer, words: &[&str], without: WithoutWord) -> Option<Settling> {
    let is_strange = |item: &Node| item.as_str().is_some_and(|text| !words.contains(&text));
    let at = match root.at(at)? {
        Node::Array(items) => at.item(items.iter().position(is_strange)?),
        _ => at.clone(),
    };
    Some(match (nearest(root.at(&at)?.as_str()?, words.iter().copied()), without) {
        (Some(word), _) => Settling::update(&at, Node::String(word.to_owned())),
        (None, WithoutWord::Remove) => Settling::remove(at),
        (None, WithoutWord::RemoveHolder) => Settling::remove(at.parent()?),
    })
}

/// A bare name becomes a reference to the component.
fn spell(root: &Node, at: &Pointer) -> Option<Settling> {
    let name = root.at(at)?.as_str()?;
    let parents = [Pointer::root().child("components").child("schemas"), Pointer::root().child("definitions")];
    let target = parents.iter().map(|parent| parent.child(name)).find(|target| root.at(target).is_some())?;
    Some(Settling::update(at, Node::String(target.to_string())))
}

/// An operation is called by its method and path; where that is taken, it goes without an id.
fn rename(whole: &Whole<'_>, at: &Pointer) -> Option<Settling> {
    let operation = at.parent()?;
    let (method, path) = (operation.last()?, operation.parent()?.last()?);
    let words = path.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = std::iter::once(method.as_str()).chain(words).collect::<Vec<_>>().join("_");
    let is_free = !whole.ids.contains(id.as_str());
    Some(if is_free { Settling::update(at, Node::String(id)) } else { Settling::remove(at.clone()) })
}

fn respond(root: &Node, at: &Pointer) -> Option<Settling> {
    let operation = if at.last()? == "responses" { at.parent()? } else { at.clone() };
    // Ranges came with 3.0.
    let status = if root.get("swagger").is_some() { "200" } else { "2XX" };
    let response = object([("description", Node::String("Any success.".to_owned()))]);
    Some(Settling::update(&operation, object([("responses", object([(status, response)]))])))
}

/// The parameters that the path of an operation holds and nothing declares are strings.
fn declare(root: &Node, at: &Pointer) -> Option<Settling> {
    let item = at.parent()?;
    let declared: HashSet<&str> = [root.at(at)?, root.at(&item)?]
        .into_iter()
        .filter_map(|holder| holder.get("parameters")?.as_array())
        .flatten()
        .filter_map(|parameter| target(root, parameter))
        .filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("path"))
        .filter_map(|parameter| parameter.get("name")?.as_str())
        .collect();
    let text = |text: &str| Node::String(text.to_owned());
    let path = item.last()?;
    let names = path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    let missing = names.filter(|name| !declared.contains(name)).map(|name| {
        let kind = match root.get("swagger") {
            Some(_) => ("type", text("string")),
            None => ("schema", object([("type", text("string"))])),
        };
        object([("name", text(name)), ("in", text("path")), ("required", Node::Bool(true)), kind])
    });
    let missing: Vec<Node> = missing.collect();
    (!missing.is_empty()).then(|| Settling::update(at, object([("parameters", Node::Array(missing))])))
}

fn target<'t>(root: &'t Node, node: &'t Node) -> Option<&'t Node> {
    match node.get("$ref").and_then(Node::as_str) {
        Some(text) => root.at(&Pointer::parse(text.strip_prefix('#')?)?),
        None => Some(node),
    }
}

/// What was read in place of a field that is not there.
fn fill(root: &Node, at: &Pointer) -> Option<Settling> {
    let node = root.at(at)?;
    let lacks = |key: &str| node.get(key).is_none();
    let is_required = node.get("required").and_then(Node::as_bool) == Some(true);
    let value = match at.parent()?.last()?.as_str() {
        "responses" if lacks("description") => object([("description", Node::String(String::new()))]),
        "parameters" if node.get("in").and_then(Node::as_str) == Some("path") && !is_required => {
            object([("required", Node::Bool(true))])
        }
        "parameters" if root.get("swagger").is_none() && lacks("schema") && lacks("content") && lacks("type") => {
            object([("schema", Node::Object(crate::source::Object::new()))])
        }
        _ => return None,
    };
    Some(Settling::update(at, value))
}
