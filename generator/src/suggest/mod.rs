//! Diagnostics to an overlay that settles them.

mod settle;

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, remedy};
use crate::overlay::{Target, push_key, push_literal};
use crate::source::{Node, Object, Pointer, Sources, to_text};

use settle::{Settling, Whole, settle};

/// An overlay with an action for each diagnostic that one can settle, as YAML; `None` where none of them can be. `entry`
/// is the description that is called `name`, with the overlays that it has already; it is changed.
pub fn suggest(entry: &mut Node, name: &str, said: &Diagnostics, sources: &Sources) -> Option<String> {
    let mut settlings: Vec<(Settling, String)> = Vec::new();
    let mut known = HashSet::new();
    let whole = Whole::of(entry);
    for (_, said) in said.iter() {
        let offered = remedy::offered(said, sources);
        for settling in offered.into_iter().flat_map(|(at, remedy)| settle(remedy, &whole, &at)) {
            if known.insert((settling.at.clone(), settling.update.as_ref().map(to_text))) {
                settlings.push((settling, format!("{}: {}", said.code.name, said.message)));
            }
        }
    }
    // From the end to the start, so that no removal shifts what a later action is about; what is inside of something
    // that is removed comes before it.
    settlings.sort_by(|(left, _), (right, _)| {
        in_order(&right.at, &left.at).then_with(|| left.is_removal().cmp(&right.is_removal()))
    });
    let mut target = Target::new(entry, name);
    let mut actions = Vec::new();
    for (settling, why) in settlings {
        let path = path_to(target.root(), &settling.at);
        if target.change(&path, settling.update.as_ref()) {
            actions.push(written(path, settling, why));
        }
    }
    (!actions.is_empty()).then(|| to_text(&overlay(name, actions)))
}

/// The order of two places in a document whose lists are in order.
fn in_order(left: &Pointer, right: &Pointer) -> Ordering {
    let steps = |at: &Pointer| -> Vec<(Option<usize>, String)> {
        at.steps().map(|step| (step.parse().ok(), step.into_owned())).collect()
    };
    steps(left).cmp(&steps(right))
}

fn written(path: String, settling: Settling, why: String) -> Node {
    let change = match settling.update {
        Some(value) => ("update", value),
        None => ("remove", Node::Bool(true)),
    };
    object([("target", Node::String(path)), ("description", Node::String(why)), change])
}

fn overlay(name: &str, actions: Vec<Node>) -> Node {
    let text = |text: &str| Node::String(text.to_owned());
    let title = format!("Suggested corrections of {name}");
    let info = object([("title", Node::String(title)), ("version", text("1.0.0"))]);
    object([("overlay", text("1.1.0")), ("info", info), ("actions", Node::Array(actions))])
}

fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Object>())
}

/// A path that selects the place alone: an item by what tells it from the others, where anything does.
fn path_to(root: &Node, at: &Pointer) -> String {
    let mut path = "$".to_owned();
    let mut node = Some(root);
    for step in at.steps() {
        if let Some(Node::Array(items)) = node {
            let item = step.parse().ok().and_then(|index: usize| items.get(index));
            match item.and_then(|item| telling(items, item)) {
                Some(filter) => path.push_str(&format!("[?{filter}]")),
                None => path.push_str(&format!("[{step}]")),
            }
            node = item;
        } else {
            push_key(&mut path, &step);
            node = node.and_then(|node| node.get(&step));
        }
    }
    path
}

/// The test that one item of a list alone passes.
fn telling(items: &[Node], item: &Node) -> Option<String> {
    let is_only = |same: &dyn Fn(&Node) -> bool| items.iter().filter(|other| same(other)).count() == 1;
    if let Node::String(text) = item {
        return is_only(&|other| other == item).then(|| format!("@=={}", quoted(text)));
    }
    let keys: [&[&str]; 4] = [&["$ref"], &["name", "in"], &["name"], &["url"]];
    let fits = |keys: &&&[&str]| {
        keys.iter().all(|key| item.get(key).and_then(Node::as_str).is_some())
            && is_only(&|other| keys.iter().all(|key| other.get(key) == item.get(key)))
    };
    let tests = keys.iter().find(fits)?.iter().map(|key| {
        let mut test = "@".to_owned();
        push_key(&mut test, key);
        format!("{test}=={}", quoted(item.get(key).and_then(Node::as_str).unwrap_or_default()))
    });
    Some(tests.collect::<Vec<_>>().join(" && "))
}

fn quoted(text: &str) -> String {
    let mut literal = String::new();
    push_literal(&mut literal, text);
    literal
}
