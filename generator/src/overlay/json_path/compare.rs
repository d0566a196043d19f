//! What filters compare, and the patterns that they match.

use std::cmp::Ordering;

use regex::Regex;

use super::Comparison;
use crate::source::{Node, Number};

/// Compares two values, each of which may be missing.
pub(super) fn compare(left: Option<&Node>, comparison: Comparison, right: Option<&Node>) -> bool {
    let equal = || match (left, right) {
        (Some(left), Some(right)) => same(left, right),
        (left, right) => left.is_none() && right.is_none(),
    };
    let order = || order(left?, right?);
    match comparison {
        Comparison::Equal => equal(),
        Comparison::NotEqual => !equal(),
        Comparison::Less => order() == Some(Ordering::Less),
        Comparison::Greater => order() == Some(Ordering::Greater),
        Comparison::LessOrEqual => order() == Some(Ordering::Less) || equal(),
        Comparison::GreaterOrEqual => order() == Some(Ordering::Greater) || equal(),
    }
}

/// Whether two values are the same: numbers by what they stand for, mappings whatever their order.
fn same(left: &Node, right: &Node) -> bool {
    match (left, right) {
        (Node::Number(left), Node::Number(right)) => numbers(*left, *right) == Some(Ordering::Equal),
        (Node::Array(left), Node::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Node::Object(left), Node::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        (left, right) => left == right,
    }
}

fn order(left: &Node, right: &Node) -> Option<Ordering> {
    match (left, right) {
        (Node::Number(left), Node::Number(right)) => numbers(*left, *right),
        (Node::String(left), Node::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn numbers(left: Number, right: Number) -> Option<Ordering> {
    match (left.as_integer(), right.as_integer()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_float().partial_cmp(&right.as_float()),
    }
}

/// A pattern of RFC 9485; `None` where it is none.
pub(super) fn compile(pattern: &str, whole: bool) -> Option<Regex> {
    let mut text = String::from(if whole { r"\A(?:" } else { "(?:" });
    let (mut escaped, mut class) = (false, false);
    for character in pattern.chars() {
        match character {
            // A dot is any character but the two that end lines.
            '.' if !escaped && !class => text.push_str(r"[^\n\r]"),
            _ => {
                class = match character {
                    '[' if !escaped => true,
                    ']' if !escaped => false,
                    _ => class,
                };
                text.push(character);
            }
        }
        escaped = character == '\\' && !escaped;
    }
    text.push_str(if whole { r")\z" } else { ")" });
    Regex::new(&text).ok()
}
