//! The walk from reference to reference, by the grammar: what is a reference follows from where it stands.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::files::{Content, File, FileId, Files};
use super::names::within;
use super::path;
use super::target::{Lost, Scope, Target};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::bundle as catalog;
use crate::openapi::grammar::{Kind, Object};
use crate::schema::holds::{Holds, holds};
use crate::source::{Node, Pointer, Sources};

/// For how many references that lead to nothing a suggestion is sought.
const SUGGESTIONS: usize = 100;

/// Follows every reference from the entry on. Yields the files, and the references whose text must change in the whole.
pub(super) fn follow(
    files: Files<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> (Vec<File>, Vec<(Pointer, String)>) {
    let entry = match files[FileId::ENTRY].root.get("swagger") {
        Some(_) => Object::SwaggerDocument,
        None => Object::Document,
    };
    let mut follow = Follow {
        files,
        sources,
        diagnostics,
        suggestions: SUGGESTIONS,
        seen: HashSet::new(),
        queue: vec![(Target { file: FileId::ENTRY, at: Pointer::root() }, Kind::Object(entry))],
        aliases: Vec::new(),
        texts: Vec::new(),
    };
    while let Some((target, kind)) = follow.queue.pop() {
        let root = Rc::clone(&follow.files[target.file].root);
        if let Some(node) = root.at(&target.at) {
            let scope = follow.scope(&root, &target);
            follow.visit(&scope, &mut target.at.as_str().to_owned(), node, kind);
        }
    }
    follow.report_cycles();
    (follow.files.into_list(), follow.texts)
}

/// What is known while references are followed.
pub(super) struct Follow<'i, 'r> {
    pub(super) files: Files<'i>,
    pub(super) sources: &'r mut Sources,
    pub(super) diagnostics: &'r mut Diagnostics,
    /// How many suggestions may still be sought.
    pub(super) suggestions: usize,
    /// What was visited or waits in the queue, as what. A node is known by its address: no file changes meanwhile.
    seen: HashSet<(usize, Kind)>,
    queue: Vec<(Target, Kind)>,
    aliases: Vec<Alias>,
    texts: Vec<(Pointer, String)>,
}

/// A reference that leads to a reference.
struct Alias {
    /// The address of the node that holds it, and of the one that it leads to.
    from: usize,
    to: usize,
    /// Where its text stands in the whole, and where it leads.
    at: Pointer,
    target: Pointer,
}

impl Follow<'_, '_> {
    /// What references at a place are relative to.
    fn scope(&self, root: &Node, target: &Target) -> Scope {
        let own = self.files[target.file].own_uri().map(str::to_owned);
        let mut scope = Scope { file: target.file, resource: Pointer::root(), base: own };
        let (mut node, mut at) = (root, Pointer::root());
        for step in target.at.steps() {
            at = at.child(&step);
            match node.at(&Pointer::root().child(&step)) {
                Some(below) => node = below,
                None => break,
            }
            if at != target.at
                && let Some(inner) = scope.inside(node, at.as_str())
            {
                scope = inner;
            }
        }
        scope
    }

    fn visit(&mut self, scope: &Scope, at: &mut String, node: &Node, kind: Kind) {
        if kind == Kind::Any {
            return;
        }
        if matches!(kind, Kind::Schema | Kind::Object(_)) && !self.seen.insert((address(node), kind)) {
            return;
        }
        let inner = if kind == Kind::Schema { scope.inside(node, at) } else { None };
        let scope = inner.as_ref().unwrap_or(scope);
        if let Some(text) = node.get("$ref").and_then(Node::as_str) {
            self.reference(scope, at, node, text, kind);
        }
        match (kind, node) {
            (Kind::Schema, Node::Object(members)) => {
                for (keyword, value) in members {
                    within(at, keyword, |at| self.keyword(scope, at, keyword, value));
                }
            }
            (Kind::Object(object), Node::Object(members)) => {
                let grammar = object.grammar();
                for (key, value) in members {
                    if let Some(kind) = grammar.kind_of(key) {
                        within(at, key, |at| self.visit(scope, at, value, kind));
                    }
                }
            }
            (Kind::Map(kind), Node::Object(_)) | (Kind::List(kind), Node::Array(_)) => {
                self.each(scope, at, node, *kind);
            }
            _ => {}
        }
    }

    fn keyword(&mut self, scope: &Scope, at: &mut String, keyword: &str, value: &Node) {
        match (holds(keyword), value) {
            (Holds::Schema | Holds::Schemas, Node::Object(_)) => self.visit(scope, at, value, Kind::Schema),
            (Holds::Schemas, Node::Array(_)) => self.each(scope, at, value, Kind::Schema),
            (Holds::Named, Node::Object(_)) => {
                if let Some(text) = value.get("$ref").and_then(Node::as_str) {
                    self.reference(scope, at, value, text, Kind::Map(&Kind::Schema));
                }
                self.each(scope, at, value, Kind::Schema);
            }
            (Holds::Discriminator, Node::Object(members)) => {
                if let Some(Node::Object(mapping)) = members.get("mapping") {
                    for (tag, name) in mapping {
                        within(at, "mapping", |at| within(at, tag, |at| self.mapping(scope, at, name)));
                    }
                }
                if let Some(name) = members.get("defaultMapping") {
                    within(at, "defaultMapping", |at| self.mapping(scope, at, name));
                }
            }
            (Holds::Data, Node::String(text)) if keyword == "$dynamicRef" => self.dynamic(scope, at, text),
            _ => {}
        }
    }

    fn each(&mut self, scope: &Scope, at: &mut String, node: &Node, kind: Kind) {
        match node {
            Node::Object(members) => {
                for (key, value) in members {
                    within(at, key, |at| self.visit(scope, at, value, kind));
                }
            }
            Node::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    within(at, &index.to_string(), |at| self.visit(scope, at, item, kind));
                }
            }
            _ => {}
        }
    }

    /// The reference `text`, which the node at `at` holds.
    fn reference(&mut self, scope: &Scope, at: &mut String, holder: &Node, text: &str, kind: Kind) {
        let place = within(at, "$ref", |at| self.place(scope, at));
        let content = match kind {
            Kind::Text | Kind::Prose | Kind::Word(_) | Kind::Bool => Content::Text,
            _ => Content::Document,
        };
        match self.find(scope, text, content, &place) {
            Ok(target) => self.lead(target, text, place, kind, Some(holder)),
            Err(Lost::Because(diagnostic)) if is_annotation(kind) => {
                self.diagnostics.push(catalog::dangling_annotation(*diagnostic));
            }
            Err(Lost::Because(diagnostic)) => self.diagnostics.push(*diagnostic),
            Err(Lost::Told) => {}
        }
    }

    /// What a discriminator's mapping names: a component, or what a reference would.
    fn mapping(&mut self, scope: &Scope, at: &str, name: &Node) {
        let Some(text) = name.as_str() else { return };
        let place = self.place(scope, at);
        let found = match self.component(scope.file, text) {
            Some(target) => Ok(target),
            None if text.contains(['#', '/', '.']) => self.find(scope, text, Content::Document, &place),
            None => Err(Lost::Told),
        };
        match found {
            Ok(target) => self.lead(target, text, place, Kind::Schema, None),
            Err(_) => self.diagnostics.push(catalog::dangling_mapping(&place, text)),
        }
    }

    /// A reference whose target depends on the way on which it is reached, unless there is only one. Where what it names
    /// bears no dynamic anchor, it is a reference as any other.
    fn dynamic(&mut self, scope: &Scope, at: &str, text: &str) {
        let place = self.place(scope, at);
        let name = text.split_once('#').map_or("", |(_, name)| name);
        match self.find(scope, text, Content::Document, &place) {
            Ok(target) => {
                let bearers = |file: FileId| self.files[file].names().dynamic(name);
                let own = bearers(target.file).any(|at| *at == target.at);
                let elsewhere = if target.file == scope.file { 0 } else { bearers(scope.file).count() };
                match bearers(target.file).count() + elsewhere {
                    all if own && all > 1 => self.diagnostics.push(catalog::dynamic_reference(&place, text, all)),
                    _ => self.lead(target, text, place, Kind::Schema, None),
                }
            }
            Err(Lost::Because(diagnostic)) => self.diagnostics.push(*diagnostic),
            Err(Lost::Told) => {}
        }
    }

    /// Notes that the reference `text` at `place` leads to `target`, and that this must be visited.
    fn lead(&mut self, target: Target, text: &str, place: Pointer, kind: Kind, holder: Option<&Node>) {
        let file = &self.files[target.file];
        let Some(node) = file.root.at(&target.at) else { return };
        let address = address(node);
        let is_alias = node.get("$ref").is_some_and(|next| next.as_str().is_some());
        let written = text.strip_prefix('#').and_then(|rest| rest.strip_prefix(file.prefix.as_str()));
        if let (true, Some(holder)) = (is_alias, holder) {
            let (from, target) = (self::address(holder), file.prefix.join(&target.at));
            self.aliases.push(Alias { from, to: address, at: place.clone(), target });
        }
        if written != Some(target.at.as_str()) {
            self.texts.push((place, format!("#{}{}", file.prefix.as_str(), target.at.as_str())));
        }
        if !self.seen.contains(&(address, kind)) {
            self.queue.push((target, kind));
        }
    }

    /// The place in the whole of what lies at `at` in the file of `scope`.
    fn place(&self, scope: &Scope, at: &str) -> Pointer {
        let at = Pointer::parse(at).unwrap_or_default();
        self.files[scope.file].prefix.join(&at)
    }

    /// Says which references lead to each other alone, once for each ring of them.
    fn report_cycles(&mut self) {
        let next: HashMap<usize, &Alias> = self.aliases.iter().map(|alias| (alias.from, alias)).collect();
        let mut done: HashSet<usize> = HashSet::new();
        for start in &self.aliases {
            let mut passed: Vec<&Alias> = Vec::new();
            let mut here = start.from;
            while let Some(alias) = next.get(&here).filter(|_| done.insert(here)) {
                passed.push(alias);
                here = alias.to;
            }
            // Where the way ends at a step of its own, the steps from there on are a ring.
            if let Some(ring) = passed.iter().position(|alias| alias.from == here) {
                let steps: Vec<String> = passed[ring..].iter().map(|alias| alias.target.to_string()).collect();
                self.diagnostics.push(catalog::reference_cycle(&passed[ring].at, &steps));
            }
        }
    }
}

impl Scope {
    /// The scope inside of a schema, where the schema has an `$id`.
    fn inside(&self, node: &Node, at: &str) -> Option<Self> {
        let id = node.get("$id")?.as_str().filter(|id| !id.starts_with('#'))?;
        let base = path::join(self.base.as_deref().unwrap_or_default(), id);
        Some(Self { file: self.file, resource: Pointer::parse(at)?, base: Some(base) })
    }
}

/// Whether the client is the same without what stands there.
fn is_annotation(kind: Kind) -> bool {
    matches!(kind, Kind::Prose | Kind::Object(Object::Example | Object::Link | Object::ExternalDocs))
}

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node) as usize
}
