//! References across files: one tree out of many, and every reference an internal pointer that leads somewhere.
//!
//! Another file is attached under the root key `x-bundled`, by its path. Only files below the folder of the description
//! are ever asked for; what a path names is decided here, and where it really lies by [`Documents`].

use std::collections::HashMap;

use crate::Input;
use crate::diagnostic::catalog::{bundle as catalog, source as reading};
use crate::diagnostic::{Diagnostics, Place, Refused};
use crate::source::{self, Node, Object, Pointer, Sources};

/// The files that a description may be made of.
pub trait Documents {
    /// The bytes of the file at `path`, which is relative to the folder of the description, normalised and
    /// separated by `/`.
    ///
    /// # Errors
    ///
    /// When the file is not there, not a file, or not one that may be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is none.
    NotFound,
    /// It is a folder.
    Folder,
    /// It lies outside of the description's folder.
    Outside,
    /// It is larger than [`source::LARGEST`].
    TooLarge,
    /// The system's words, or another reason.
    Other(String),
}

impl ReadError {
    fn text(self) -> String {
        match self {
            Self::NotFound => "there is no such file".to_owned(),
            Self::Folder => "it is a folder".to_owned(),
            Self::Outside => "it lies outside of the folder of the description".to_owned(),
            Self::TooLarge => "it is too large".to_owned(),
            Self::Other(why) => why,
        }
    }
}

/// The key of the root that holds the other files.
const BUNDLED: &str = "x-bundled";
/// How many files a description may have.
const MOST_FILES: usize = 2_000;

/// Reads the entry and every file that it refers to, and turns every reference into one inside the tree.
pub fn load(input: &Input<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Node, Refused> {
    let shown = |path: &str| match input.folder.trim_end_matches('/') {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    };
    let name = shown(input.entry);
    let mut tree =
        document(input, input.entry, &name, Place::File(name.clone()), sources, diagnostics).ok_or(Refused)?;
    sources.enter(&Pointer::root(), &name, &Pointer::root());
    diagnostics.bail()?;

    let mut bundle = Bundle { prefixes: HashMap::from([(input.entry.to_owned(), Pointer::root())]), queue: Vec::new() };
    bundle.rewrite(&mut tree, &Pointer::root(), input.entry, diagnostics);
    let mut others = Object::new();
    while let Some((path, at)) = bundle.queue.pop() {
        let name = shown(&path);
        let Some(mut other) = document(input, &path, &name, at, sources, diagnostics) else { continue };
        let prefix = Pointer::root().child(BUNDLED).child(&path);
        sources.enter(&prefix, &name, &Pointer::root());
        bundle.rewrite(&mut other, &prefix, &path, diagnostics);
        others.insert(path, other);
    }
    if let (Node::Object(root), false) = (&mut tree, others.is_empty()) {
        root.insert(BUNDLED.to_owned(), Node::Object(others));
    }
    check(&tree, diagnostics);
    diagnostics.bail()?;
    Ok(tree)
}

fn document(
    input: &Input<'_>,
    path: &str,
    name: &str,
    at: Place,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let bytes = match input.documents.read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::TooLarge) => {
            diagnostics.push(reading::document_too_large(name, source::LARGEST >> 20));
            return None;
        }
        Err(why) => {
            diagnostics.push(reading::unreadable_file(at, name, &why.text()));
            return None;
        }
    };
    match source::decode(name, &bytes) {
        Ok(text) => {
            sources.add(name, text);
            source::read(name, text, diagnostics)
        }
        Err(fault) => {
            sources.add(name, "");
            diagnostics.push(*fault);
            None
        }
    }
}

struct Bundle {
    /// Where each file lies in the tree, by its path.
    prefixes: HashMap<String, Pointer>,
    /// Files that were named and are not read yet, each with the first place that names it.
    queue: Vec<(String, Place)>,
}

impl Bundle {
    /// Turns the references of a file that lies at `prefix` into pointers from the root.
    fn rewrite(&mut self, node: &mut Node, prefix: &Pointer, path: &str, diagnostics: &mut Diagnostics) {
        let mut rewrite = |at: &Pointer, text: &mut String| match self.target(text, path, at) {
            Ok(target) => *text = target,
            Err(fault) => diagnostics.push(*fault),
        };
        walk(node, prefix, false, &mut rewrite);
    }

    fn target(&mut self, text: &str, path: &str, at: &Pointer) -> Result<String, Box<crate::diagnostic::Diagnostic>> {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let prefix = if file.is_empty() {
            self.prefixes.get(path).cloned().unwrap_or_default()
        } else {
            let file = resolve(file, path).map_err(|why| {
                Box::new(match why {
                    NoPath::Remote => catalog::remote_reference(at, text),
                    NoPath::Outside => catalog::reference_outside(at, text),
                })
            })?;
            if self.prefixes.len() >= MOST_FILES && !self.prefixes.contains_key(&file) {
                return Err(Box::new(catalog::too_many_files(at, MOST_FILES)));
            }
            let queue = &mut self.queue;
            let entry = self.prefixes.entry(file.clone());
            entry
                .or_insert_with(|| {
                    queue.push((file.clone(), Place::value(at)));
                    Pointer::root().child(BUNDLED).child(&file)
                })
                .clone()
        };
        let fragment = percent_decode(fragment);
        match Pointer::parse(&fragment) {
            Some(pointer) => Ok(format!("#{}", prefix.join(&pointer).as_str())),
            None => Err(Box::new(catalog::anchor_reference(at, text))),
        }
    }
}

enum NoPath {
    Remote,
    Outside,
}

/// The path of a file that a reference names from `base`, below the folder of the description.
fn resolve(file: &str, base: &str) -> Result<String, NoPath> {
    let file = percent_decode(file);
    let scheme = file
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)));
    if scheme || file.starts_with("//") {
        return Err(NoPath::Remote);
    }
    if file.starts_with('/') || file.contains(['\\', '\0', '?']) {
        return Err(NoPath::Outside);
    }
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in file.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop().ok_or(NoPath::Outside)?,
            step => steps.push(step),
        }
    }
    Ok(steps.join("/"))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Visits the text of each reference. Values that are data and not structure hold none, whatever they look like.
fn walk(node: &mut Node, at: &Pointer, names: bool, visit: &mut impl FnMut(&Pointer, &mut String)) {
    match node {
        Node::Object(members) => {
            for (key, value) in members {
                let at = at.child(key);
                match value {
                    Node::String(text) if key == "$ref" && !names => visit(&at, text),
                    _ if !names && is_data(key) => {}
                    value => walk(value, &at, !names && holds_names(key), visit),
                }
            }
        }
        Node::Array(items) => {
            items.iter_mut().enumerate().for_each(|(index, item)| walk(item, &at.item(index), false, visit));
        }
        _ => {}
    }
}

/// Keys whose values are examples and other data.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "default" | "enum" | "const" | "mapping") || key.starts_with("x-") && key != BUNDLED
}

/// Keys whose members have names that the author chose.
fn holds_names(key: &str) -> bool {
    matches!(key, "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas")
}

/// Says which references lead nowhere, and which lead to each other alone.
fn check(tree: &Node, diagnostics: &mut Diagnostics) {
    let mut references = Vec::new();
    // The walk changes nothing here; it is the same one, so that both see the same references.
    walk(&mut tree.clone(), &Pointer::root(), false, &mut |at, text| references.push((at.clone(), text.clone())));
    let mut cyclic: Vec<Pointer> = Vec::new();
    for (at, text) in &references {
        let Some(target) = text.strip_prefix('#').and_then(Pointer::parse) else { continue };
        if is_in_missing_file(tree, &target) {
            continue;
        }
        if tree.at(&target).is_none() {
            diagnostics.push(catalog::dangling_reference(at, text, similar(tree, &target).as_deref()));
            continue;
        }
        let chain = chain(tree, &target);
        if chain.last().and_then(|last| reference(tree, last)).is_some_and(|next| chain.contains(&next))
            && !cyclic.contains(&target)
        {
            diagnostics.push(catalog::reference_cycle(at, &chain));
            cyclic.extend(chain);
        }
    }
}

/// Whether a place lies in a file that could not be read, which was told where the file is named.
fn is_in_missing_file(tree: &Node, target: &Pointer) -> bool {
    let mut steps = target.steps();
    let bundled = steps.next().is_some_and(|step| step == BUNDLED);
    bundled && steps.next().is_some_and(|file| tree.get(BUNDLED).and_then(|files| files.get(&file)).is_none())
}

fn reference(tree: &Node, at: &Pointer) -> Option<Pointer> {
    tree.at(at)?.get("$ref")?.as_str()?.strip_prefix('#').and_then(Pointer::parse)
}

/// The nodes that a reference passes through, up to the first that is none or that was passed before.
fn chain(tree: &Node, start: &Pointer) -> Vec<Pointer> {
    const LONGEST: usize = 64;
    let mut chain = vec![start.clone()];
    while let Some(next) = chain.last().and_then(|last| reference(tree, last)) {
        if chain.contains(&next) || chain.len() == LONGEST {
            break;
        }
        chain.push(next);
    }
    chain
}

/// The pointer that was probably meant: the nearest name beside the one that is not there.
fn similar(tree: &Node, target: &Pointer) -> Option<String> {
    let (parent, last) = (target.parent()?, target.last()?);
    let members = tree.at(&parent)?.as_object()?;
    let nearest = crate::nearest::nearest(&last, members.keys().map(String::as_str))?;
    Some(parent.child(nearest).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_folder() {
        let check = |file: &str, base: &str, expect: Option<&str>| {
            assert_eq!(resolve(file, base).ok().as_deref(), expect, "{file} from {base}");
        };
        check("pets.yaml", "openapi.yaml", Some("pets.yaml"));
        check("./a/../b.yaml", "openapi.yaml", Some("b.yaml"));
        check("../b.yaml", "schemas/pet.yaml", Some("b.yaml"));
        check("a%20b.yaml", "openapi.yaml", Some("a b.yaml"));
        for hostile in ["../x", "a/../../x", "%2e%2e/x", "/etc/passwd", "..\\x", "a?b"] {
            check(hostile, "openapi.yaml", None);
        }
        for remote in ["https://example.com/x", "file:///etc/passwd", "//host/x", "data:x"] {
            assert!(matches!(resolve(remote, "openapi.yaml"), Err(NoPath::Remote)), "{remote}");
        }
    }
}
