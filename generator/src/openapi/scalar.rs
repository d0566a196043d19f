//! Strings, booleans and words, and what is made of values that are something else.

use super::check::Walk;
use super::grammar::Kind;
use crate::diagnostic::Place;
use crate::diagnostic::catalog::openapi as say;
use crate::source::{Node, Number};

/// Reads a string, a boolean or one of a few words; `None` when it is left out, and then all is said about it.
pub(super) fn read(walk: &mut Walk<'_>, kind: &Kind, node: &Node) -> Option<Node> {
    match kind {
        Kind::Bool => boolean(walk, node),
        Kind::Word(allowed) => word(walk, allowed, node),
        Kind::Prose if !matches!(node, Node::String(_) | Node::Number(_) | Node::Bool(_)) => {
            walk.say(|at| say::loose_type(at, "a string", node.kind(), "if it were not there"));
            walk.remove();
            None
        }
        _ => text(walk, node),
    }
}

fn text(walk: &mut Walk<'_>, node: &Node) -> Option<Node> {
    let text = match node {
        Node::String(_) => return Some(node.clone()),
        Node::Number(Number::Integer(value)) => value.to_string(),
        Node::Number(Number::Float(value)) => format!("{value:?}"),
        Node::Bool(value) => value.to_string(),
        other => {
            walk.say(|at| say::wrong_type(at, "a string", other.kind()));
            return None;
        }
    };
    walk.say(|at| say::loose_type(at, "a string", node.kind(), &format!("`{text}`")));
    walk.replace(Node::String(text.clone()));
    Some(Node::String(text))
}

fn boolean(walk: &mut Walk<'_>, node: &Node) -> Option<Node> {
    let value = match node {
        Node::Bool(_) => return Some(node.clone()),
        Node::String(text) if text.eq_ignore_ascii_case("true") => true,
        Node::String(text) if text.eq_ignore_ascii_case("false") => false,
        other => {
            walk.say(|at| say::wrong_type(at, "a boolean", other.kind()));
            return None;
        }
    };
    walk.say(|at| say::loose_type(at, "a boolean", node.kind(), &format!("`{value}`")));
    walk.replace(Node::Bool(value));
    Some(Node::Bool(value))
}

fn word(walk: &mut Walk<'_>, allowed: &'static [&'static str], node: &Node) -> Option<Node> {
    let Node::String(text) = node else {
        walk.say(|at| say::wrong_type(at, "a string", node.kind()));
        return None;
    };
    if allowed.contains(&text.as_str()) {
        return Some(node.clone());
    }
    let Some(meant) = allowed.iter().find(|word| word.eq_ignore_ascii_case(text.trim())) else {
        let meant = walk.suggest(text, allowed.iter().copied());
        walk.say(|at| say::unknown_value(at, text, allowed, meant));
        return None;
    };
    walk.say(|at| say::loose_spelling(Place::value(at), text, meant));
    walk.replace(Node::String((*meant).to_owned()));
    Some(Node::String((*meant).to_owned()))
}
