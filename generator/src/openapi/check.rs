//! Reads a document by the grammar: says what is wrong with it, and yields the typed side of it.
//!
//! Both come from one walk, so that a value is never reported in one way and read in another. What the walk yields is
//! made of the fields that the grammar names, each of the kind that it demands, with every reference replaced by its
//! target and every schema by a handle: whatever the document, `openapiv3` can read it.

use std::collections::{HashMap, HashSet};

use super::grammar::{Field, Kind, Missing, Object, Pattern, Typed};
use super::keys::{self, StatusKey};
use super::lift::Edit;

use super::version::Version;
use super::{ORIGIN, SCHEMA, extra_name};
use super::{rules, scalar};
use crate::diagnostic::catalog::openapi as say;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::disposition::Disposition;
use crate::nearest::nearest;
use crate::source::{self, Node, Pointer};

/// How many nodes the walk may visit or copy: GitHub's description needs a tenth of it.
const WORK: usize = 4_000_000;

/// How deep the typed side may be: a header of a part of a body of a response of a callback stands 24 deep.
const DEPTH: usize = 64;

/// How many misspelled words a suggestion is sought for.
const SUGGESTIONS: usize = 200;

/// What the walk over a document yields.
pub(super) struct Reading {
    /// The document as `openapiv3` is to read it.
    pub(super) typed: Node,
    /// What must change in the tree for it to say what was read.
    pub(super) edits: Vec<Edit>,
    /// Where schemas begin, in the order in which they were met.
    pub(super) schemas: Vec<Pointer>,
}

/// Checks the document. `None` when nothing of it can be read; then the diagnostics say why.
pub(super) fn check(root: &Node, version: Version, diagnostics: &mut Diagnostics) -> Option<Reading> {
    let (document, schemes) = match version {
        Version::V2_0 => (Object::SwaggerDocument, root.get("securityDefinitions")),
        _ => (Object::Document, root.get("components").and_then(|components| components.get("securitySchemes"))),
    };
    let mut walk = Walk {
        root,
        version,
        diagnostics,
        schemes: schemes.and_then(Node::as_object),
        at: String::new(),
        quiet: false,
        depth: 0,
        work: 0,
        exhausted: false,
        suggestions: SUGGESTIONS,
        met: HashMap::new(),
        misplaced: HashSet::new(),
        edits: Vec::new(),
        schemas: Vec::new(),
    };
    let typed = walk.value(&Kind::Object(document), root, Slot::Field)?;
    Some(Reading { typed, edits: walk.edits, schemas: walk.schemas })
}

/// The walk over a document, at one place of it.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Node,
    pub(super) version: Version,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The security schemes that the document declares.
    pub(super) schemes: Option<&'a source::Object>,
    /// The text of the pointer to the place.
    pub(super) at: String,
    /// Whether the place was visited before, so that all was said about it.
    pub(super) quiet: bool,
    depth: usize,
    work: usize,
    exhausted: bool,
    suggestions: usize,
    /// What was met at which place, read as which object.
    met: HashMap<(Object, String), Met>,
    /// Where references stand that OpenAPI does not know there.
    pub(super) misplaced: HashSet<String>,
    edits: Vec<Edit>,
    schemas: Vec<Pointer>,
}

/// How far the walk is with an object that references can lead to.
enum Met {
    /// It is inside of it.
    Open,
    /// It was there, and said all about it.
    Checked,
    /// It was led there by a reference, read it, and needed that much work.
    Read(Option<Node>, usize),
}

/// Where a value stands, which decides what a null means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// It is a field of an object.
    Field,
    /// It is a member of a mapping whose keys the author chose.
    Member,
    /// It is an item of a list.
    Item,
}

impl<'a> Walk<'a> {
    /// Reads a value; `None` when it is left out, and then all is said about it.
    pub(super) fn value(&mut self, kind: &Kind, node: &'a Node, slot: Slot) -> Option<Node> {
        if !self.enter() {
            return None;
        }
        let read = self.value_inside(kind, node, slot);
        self.depth -= 1;
        read
    }

    fn value_inside(&mut self, kind: &Kind, node: &'a Node, slot: Slot) -> Option<Node> {
        match (kind, node) {
            (Kind::Any, _) => return None,
            (Kind::Schema, node) if *node != Node::Null || slot == Slot::Member => return Some(self.schema()),
            (_, Node::Null) => return self.null(kind, slot),
            _ => {}
        }
        if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
            return self.reference(kind, reference, node);
        }
        match kind {
            Kind::Object(object) => self.object_here(*object, node),
            Kind::List(items) => self.list(items, node),
            Kind::Map(values) => self.map(values, node),
            Kind::Text | Kind::Prose | Kind::Bool | Kind::Word(_) => scalar::read(self, kind, node),
            Kind::Any | Kind::Schema => None,
        }
    }

    /// An object where it stands itself: said once, however often references lead to it.
    fn object_here(&mut self, object: Object, node: &'a Node) -> Option<Node> {
        if !object.grammar().may_be_referred_to() {
            return self.object(object, node);
        }
        let key = (object, self.at.clone());
        match self.met.get(&key) {
            Some(Met::Read(read, work)) => {
                let (read, work) = (read.clone(), *work);
                self.spend(work);
                read
            }
            Some(Met::Open) => self.object(object, node),
            Some(Met::Checked) => self.quietly(|walk| walk.object(object, node)),
            None => {
                self.met.insert(key.clone(), Met::Open);
                let read = self.object(object, node);
                self.met.insert(key, Met::Checked);
                read
            }
        }
    }

    /// The object `node` at the place `target`, which a reference leads to.
    pub(super) fn object_at(&mut self, object: Object, target: &str, node: &'a Node) -> Option<Node> {
        let key = (object, target.to_owned());
        let known = match self.met.get(&key) {
            Some(Met::Open) => {
                self.say(|at| say::recursive_object(at, object.grammar().name));
                return None;
            }
            Some(Met::Read(read, work)) => {
                let (read, work) = (read.clone(), *work);
                self.spend(work);
                return read;
            }
            Some(Met::Checked) => true,
            None => false,
        };
        self.met.insert(key.clone(), Met::Open);
        let before = self.work;
        let read = self.elsewhere(target, |walk| {
            let quiet = walk.quiet;
            walk.quiet |= known;
            let read = match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => walk.reference(&Kind::Object(object), reference, node),
                None if *node == Node::Null => walk.null(&Kind::Object(object), Slot::Member),
                None => walk.object(object, node),
            };
            walk.quiet = quiet;
            read
        });
        self.met.insert(key, Met::Read(read.clone(), self.work - before + 1));
        read
    }

    fn object(&mut self, object: Object, node: &'a Node) -> Option<Node> {
        let grammar = object.grammar();
        let members = match node {
            Node::Object(members) => members,
            Node::Array(items) if items.is_empty() => {
                self.say(|at| say::loose_type(at, grammar.name, "an empty list", "an empty mapping"));
                self.replace(Node::Object(source::Object::new()));
                EMPTY.as_object()?
            }
            other => {
                self.say(|at| say::wrong_type(at, &format!("{}, which is a mapping", grammar.name), other.kind()));
                return None;
            }
        };
        let mut read = source::Object::with_capacity(members.len().min(grammar.fields.len()) + 2);
        for (key, value) in members {
            self.member(object, members, key, value, &mut read);
        }
        if !self.fill(object, members, &mut read) || !rules::apply(self, object, members, &mut read) {
            return None;
        }
        if grammar.origin {
            read.insert(ORIGIN.to_owned(), Node::String(self.at.clone()));
        }
        Some(Node::Object(read))
    }

    /// A member of an object: a field, a key of its pattern, an extension, or nothing known.
    pub(super) fn member(
        &mut self,
        object: Object,
        members: &'a source::Object,
        key: &'a str,
        node: &'a Node,
        read: &mut source::Object,
    ) {
        let grammar = object.grammar();
        if let Some(field) = grammar.field(key) {
            return self.under(key, |walk| walk.field(field, node, read));
        }
        if grammar.extensible && key.starts_with("x-") {
            return;
        }
        if let Some((pattern, kind)) = &grammar.pattern {
            return self.under(key, |walk| walk.patterned(*pattern, kind, key, node, members, read));
        }
        if let Some(field) = grammar.field_in_other_case(key)
            && !members.contains_key(field.name)
            && !read.contains_key(field.name)
        {
            return self.under(key, |walk| {
                walk.say(|at| say::loose_spelling(Place::key(at), key, field.name));
                walk.field(field, node, read);
            });
        }
        if object == Object::PathItem && node.get("responses").is_some() {
            return self.under(key, |walk| walk.method(key, node, read));
        }
        self.under(key, |walk| {
            let meant = walk.suggest(key, grammar.fields.iter().map(|field| field.name));
            walk.say(|at| say::unknown_field(at, grammar.name, key, meant));
        });
    }

    /// An operation under a method that is no field of path items.
    fn method(&mut self, key: &str, node: &'a Node, read: &mut source::Object) {
        let method = key.to_ascii_uppercase();
        self.say(|at| say::loose_spelling(Place::key(at), key, &format!("additionalOperations/{method}")));
        let Some(operation) = self.value(&Kind::Object(Object::Operation), node, Slot::Field) else { return };
        let all = read.get_or_insert(&extra_name("additionalOperations"), Node::Object(source::Object::new()));
        if let Node::Object(all) = all {
            all.insert(method, operation);
        }
    }

    fn field(&mut self, field: &'static Field, node: &'a Node, read: &mut source::Object) {
        if let Disposition::Unsupported(what) = field.disposition {
            return self.say(|at| say::unsupported_construct(Place::key(at), what));
        }
        if matches!(field.disposition, Disposition::Unused) && !node.is_blank() {
            self.say(say::without_effect);
        }
        self.field_value(field, node, read);
    }

    fn field_value(&mut self, field: &'static Field, node: &'a Node, read: &mut source::Object) {
        if !field.versions.contains(self.version) {
            let version = self.version.as_str();
            self.say(|at| say::field_of_another_version(at, field.name, field.versions.words(), version));
        }
        // A required field that is null is as good as missing, and reported as that.
        if *node == Node::Null && field.required.contains(self.version) {
            return;
        }
        let Some(value) = self.value(&field.kind, node, Slot::Field) else { return };
        match field.typed {
            Typed::Kept => read.insert(field.name.to_owned(), value),
            Typed::Extra => read.insert(extra_name(field.name), value),
            Typed::Both => {
                read.insert(extra_name(field.name), value.clone());
                read.insert(field.name.to_owned(), value)
            }
            Typed::Dropped => None,
        };
    }

    /// Fills the fields that are not there; `false` when the object cannot be read without one.
    fn fill(&mut self, object: Object, members: &'a source::Object, read: &mut source::Object) -> bool {
        let grammar = object.grammar();
        let mut complete = true;
        for field in grammar.fields {
            if matches!(field.missing, Missing::Accept) || read.contains_key(field.name) {
                continue;
            }
            // A value that is there but could not be read was reported already.
            let reported = members.get(field.name).is_some_and(|node| *node != Node::Null);
            let demanded = field.required.contains(self.version) && !reported;
            match field.missing {
                Missing::Accept => {}
                Missing::Text(text) => {
                    if demanded {
                        self.say(|at| say::filled_field(at, grammar.name, field.name, &format!("read as `{text}`")));
                    }
                    read.insert(field.name.to_owned(), Node::String(text.to_owned()));
                    self.edit(field.name, Node::String(text.to_owned()));
                }
                Missing::Empty => {
                    if demanded {
                        self.say(|at| say::filled_field(at, grammar.name, field.name, "read as an empty one"));
                    }
                    self.edit(field.name, Node::Object(source::Object::new()));
                    let value = self
                        .under(field.name, |walk| walk.quietly(|walk| walk.value(&field.kind, &EMPTY, Slot::Field)));
                    read.extend(value.map(|value| (field.name.to_owned(), value)));
                }
                Missing::LeaveOut => {
                    if demanded {
                        let reading = format!("{} is left out", grammar.name);
                        self.say(|at| say::filled_field(at, grammar.name, field.name, &reading));
                    }
                    complete = false;
                }
                Missing::Refuse => {
                    if demanded {
                        self.say(|at| say::missing_field(at, grammar.name, field.name));
                    }
                    complete = false;
                }
            }
        }
        complete
    }

    /// A key of paths, responses, a callback or a security requirement.
    fn patterned(
        &mut self,
        pattern: Pattern,
        kind: &Kind,
        key: &'a str,
        node: &'a Node,
        members: &'a source::Object,
        read: &mut source::Object,
    ) {
        let meant = match pattern {
            Pattern::Path => keys::path(key),
            Pattern::Status => match keys::status(key) {
                StatusKey::Exact => key.into(),
                StatusKey::Spelled(meant) => meant,
                StatusKey::Bad => return self.say(|at| say::bad_status(at, key)),
            },
            Pattern::Scheme => {
                if !self.schemes.is_some_and(|schemes| schemes.contains_key(key)) {
                    self.undeclared(key);
                }
                key.into()
            }
            Pattern::Webhook | Pattern::Expression => key.into(),
        };
        if meant != key {
            if members.contains_key(meant.as_ref()) || read.contains_key(meant.as_ref()) {
                return self.say(|at| say::repeated_key(at, key, &meant));
            }
            self.say(|at| say::loose_spelling(Place::key(at), key, &meant));
        }
        if let Some(value) = self.value(kind, node, Slot::Member) {
            read.insert(meant.into_owned(), value);
        }
    }

    fn undeclared(&mut self, key: &str) {
        let known = self.schemes.into_iter().flat_map(|schemes| schemes.keys()).take(1000).map(String::as_str);
        let meant = self.suggest(key, known);
        self.say(|at| say::undeclared_security_scheme(at, key, meant));
    }

    fn list(&mut self, kind: &Kind, node: &'a Node) -> Option<Node> {
        let Node::Array(items) = node else {
            // One item without the brackets is what people write; what it is will be said of the item itself.
            self.say(|at| say::loose_type(at, "a list", node.kind(), "a list of this one item"));
            let item = self.value(kind, node, Slot::Item)?;
            return Some(Node::Array(vec![item]));
        };
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            read.extend(self.under(&index.to_string(), |walk| walk.value(kind, item, Slot::Item)));
        }
        Some(Node::Array(read))
    }

    fn map(&mut self, kind: &Kind, node: &'a Node) -> Option<Node> {
        let members = match node {
            Node::Object(members) => members,
            Node::Array(items) if items.is_empty() => {
                self.say(|at| say::loose_type(at, "a mapping", "an empty list", "an empty mapping"));
                self.replace(Node::Object(source::Object::new()));
                return Some(Node::Object(source::Object::new()));
            }
            other => {
                self.say(|at| say::wrong_type(at, "a mapping", other.kind()));
                return None;
            }
        };
        let mut read = source::Object::with_capacity(members.len());
        for (key, value) in members {
            if let Some(value) = self.under(key, |walk| walk.value(kind, value, Slot::Member)) {
                read.insert(key.clone(), value);
            }
        }
        Some(Node::Object(read))
    }

    /// A null: as a field nothing, as a member of a mapping an empty value.
    fn null(&mut self, kind: &Kind, slot: Slot) -> Option<Node> {
        let empty = match kind {
            Kind::Object(_) | Kind::Map(_) => Node::Object(source::Object::new()),
            Kind::List(_) => Node::Array(Vec::new()),
            Kind::Text | Kind::Prose => Node::String(String::new()),
            Kind::Bool | Kind::Word(_) | Kind::Any | Kind::Schema => Node::Null,
        };
        if slot != Slot::Member || empty == Node::Null {
            self.say(|at| say::null_value(at, "if it were not there"));
            self.remove();
            return None;
        }
        self.say(|at| say::null_value(at, "an empty one"));
        self.replace(empty.clone());
        match kind {
            Kind::Object(object) => self.object_here(*object, &EMPTY),
            _ => Some(empty),
        }
    }

    fn schema(&mut self) -> Node {
        if !self.quiet {
            self.schemas.push(self.here());
        }
        handle(&self.at)
    }

    /// The place.
    pub(super) fn here(&self) -> Pointer {
        Pointer::parse(&self.at).unwrap_or_default()
    }

    /// Says something about the place, unless it was said before.
    pub(super) fn say(&mut self, diagnostic: impl FnOnce(&Pointer) -> Diagnostic) {
        if !self.quiet {
            let diagnostic = diagnostic(&self.here());
            self.diagnostics.push(diagnostic);
        }
    }

    /// The known word that `word` was probably meant to be; sought only as often as someone reads it.
    pub(super) fn suggest<'c>(&mut self, word: &str, known: impl Iterator<Item = &'c str>) -> Option<&'c str> {
        if self.quiet || self.suggestions == 0 {
            return None;
        }
        self.suggestions -= 1;
        nearest(word, known)
    }

    /// Goes to the member `step` of the place and back.
    pub(super) fn under<T>(&mut self, step: &str, visit: impl FnOnce(&mut Self) -> T) -> T {
        let end = self.at.len();
        self.at.push('/');
        for character in step.chars() {
            match character {
                '~' => self.at.push_str("~0"),
                '/' => self.at.push_str("~1"),
                other => self.at.push(other),
            }
        }
        let result = visit(self);
        self.at.truncate(end);
        result
    }

    /// Goes to the place `target` and back.
    pub(super) fn elsewhere<T>(&mut self, target: &str, visit: impl FnOnce(&mut Self) -> T) -> T {
        let here = std::mem::replace(&mut self.at, target.to_owned());
        let result = visit(self);
        self.at = here;
        result
    }

    pub(super) fn quietly<T>(&mut self, visit: impl FnOnce(&mut Self) -> T) -> T {
        let quiet = std::mem::replace(&mut self.quiet, true);
        let result = visit(self);
        self.quiet = quiet;
        result
    }

    /// Notes that the tree must say `node` at the place.
    pub(super) fn replace(&mut self, node: Node) {
        self.edits.push(Edit::Set(self.here(), node));
    }

    /// Notes that the tree must say `node` in the field `name` of the object at the place.
    pub(super) fn edit(&mut self, name: &str, node: Node) {
        self.edits.push(Edit::Set(self.here().child(name), node));
    }

    /// Notes that the tree must not have the field at the place.
    pub(super) fn remove(&mut self) {
        self.edits.push(Edit::Remove(self.here()));
    }

    fn enter(&mut self) -> bool {
        self.spend(1);
        if self.depth == DEPTH {
            self.exhaust();
        }
        if self.exhausted {
            return false;
        }
        self.depth += 1;
        true
    }

    fn spend(&mut self, work: usize) {
        self.work += work;
        if self.work > WORK {
            self.exhaust();
        }
    }

    fn exhaust(&mut self) {
        if !std::mem::replace(&mut self.exhausted, true) {
            let diagnostic = say::expansion_too_large(&self.here());
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The handle that stands for the schema at that place.
pub(super) fn handle(at: &str) -> Node {
    Node::Object(source::Object::from_iter([(SCHEMA.to_owned(), Node::String(at.to_owned()))]))
}

static EMPTY: std::sync::LazyLock<Node> = std::sync::LazyLock::new(|| Node::Object(source::Object::new()));
