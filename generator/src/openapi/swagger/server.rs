//! `schemes`, `host` and `basePath` as servers.

use super::Lift;
use crate::diagnostic::Place;
use crate::diagnostic::catalog::swagger as say;
use crate::source::{Node, Object, Pointer};

/// The servers of the document. The one that is spoken to over https comes first, since it is the one to prefer.
pub(super) fn servers(lift: &mut Lift<'_, '_>) -> Node {
    let root = Pointer::root();
    if lift.old.get("host").is_some() {
        lift.origins.push((root.child("servers"), root.child("host")));
    }
    let schemes = schemes(lift, lift.old, &root);
    urls(lift.old, &schemes)
}

/// The servers of an operation that is reached in other ways than the document; `None` where it is not.
pub(super) fn of_operation(lift: &mut Lift<'_, '_>, operation: &Node, old: &Pointer, new: &Pointer) -> Option<Node> {
    operation.get("schemes")?;
    let own = schemes(lift, operation, old);
    let general: Vec<&str> = supported(lift.old).collect();
    let preferred = if general.contains(&"https") { "https" } else { general.first().copied().unwrap_or("https") };
    if own.is_empty() || own.iter().any(|scheme| scheme == preferred) {
        return None;
    }
    lift.origins.push((new.child("servers"), old.child("schemes")));
    Some(urls(lift.old, &own))
}

/// The schemes that can be spoken; the others are reported.
fn schemes(lift: &mut Lift<'_, '_>, node: &Node, at: &Pointer) -> Vec<String> {
    let all = node.get("schemes").and_then(Node::as_array).unwrap_or_default();
    for (index, scheme) in all.iter().enumerate() {
        if let Some(scheme @ ("ws" | "wss")) = scheme.as_str() {
            let at = at.child("schemes").item(index);
            lift.diagnostics.push(say::not_expressible(Place::value(&at), &format!("the scheme `{scheme}`")));
        }
    }
    let mut known: Vec<String> = supported(node).map(str::to_owned).collect();
    // A stable sort, so that the order of the document decides about the rest.
    known.sort_by_key(|scheme| scheme != "https");
    known.dedup();
    known
}

fn supported(node: &Node) -> impl Iterator<Item = &str> {
    let all = node.get("schemes").and_then(Node::as_array).unwrap_or_default();
    all.iter().filter_map(Node::as_str).filter(|scheme| matches!(*scheme, "http" | "https"))
}

fn urls(document: &Node, schemes: &[String]) -> Node {
    let text = |field: &str| document.get(field).and_then(Node::as_str).unwrap_or_default().trim();
    let (host, path) = (text("host").trim_end_matches('/'), text("basePath").trim_matches('/'));
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    let urls: Vec<String> = match (host, schemes) {
        ("", _) if path.is_empty() => vec!["/".to_owned()],
        ("", _) => vec![path],
        (host, _) if host.contains("://") => vec![format!("{host}{path}")],
        (host, []) => vec![format!("https://{host}{path}")],
        (host, schemes) => schemes.iter().map(|scheme| format!("{scheme}://{host}{path}")).collect(),
    };
    let server = |url| Node::Object(Object::from_iter([("url".to_owned(), Node::String(url))]));
    Node::Array(urls.into_iter().map(server).collect())
}
