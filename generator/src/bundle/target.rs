//! What the text of a reference leads to.

use super::files::{Content, FileId, Files, Missing};
use super::follow::Follow;
use super::names::without_fragment;
use super::path::{self, NoPath};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::bundle as catalog;
use crate::source::{Node, Pointer};

/// Where a reference stands: its file, and the nearest schema around it that has an `$id`.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) file: FileId,
    /// The schema with the `$id`; the root of the file where there is none.
    pub(super) resource: Pointer,
    /// The URI that relative ones refer to, where `$id` or `$self` states one.
    pub(super) base: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) file: FileId,
    pub(super) at: Pointer,
}

/// Why a reference leads to nothing.
pub(super) enum Lost {
    /// For this reason.
    Because(Box<Diagnostic>),
    /// For one that was told already.
    Told,
}

impl Follow<'_, '_> {
    /// Finds out what the reference `text` leads to, which stands at `place` of the whole; reads the file when it is new.
    pub(super) fn find(
        &mut self,
        scope: &Scope,
        text: &str,
        content: Content,
        place: &Pointer,
    ) -> Result<Target, Lost> {
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let other = match uri {
            "" => None,
            uri => match named(&self.files, scope, uri) {
                Some(scope) => Some(scope),
                None => match self.open(scope, uri, text, content, place)? {
                    Opened::File(file) => Some(Scope { file, resource: Pointer::root(), base: None }),
                    Opened::Component(target) => return Ok(target),
                },
            },
        };
        let scope = other.as_ref().unwrap_or(scope);
        within(&self.files, scope, fragment).ok_or_else(|| because(self.dangling(scope, fragment, text, place)))
    }

    /// The schema of that name among the components of the file, or of the entry.
    pub(super) fn component(&self, file: FileId, name: &str) -> Option<Target> {
        let parents = [&["components", "schemas"][..], &["definitions"]];
        let parents = parents.map(|steps| steps.iter().fold(Pointer::root(), |at, step| at.child(step)));
        [file, FileId::ENTRY].into_iter().find_map(|file| {
            let mut places = parents.iter().map(|parent| parent.child(name));
            places.find(|at| self.files[file].root.at(at).is_some()).map(|at| Target { file, at })
        })
    }

    /// The file that `uri` names, or the component whose bare name it is.
    fn open(
        &mut self,
        scope: &Scope,
        uri: &str,
        text: &str,
        content: Content,
        place: &Pointer,
    ) -> Result<Opened, Lost> {
        let path = match path::resolve(&below_own_uri(&self.files, scope, uri), &self.files[scope.file].path) {
            Ok(path) => path,
            Err(NoPath::Remote) => return Err(because(catalog::remote_reference(place, text))),
            Err(NoPath::Query) => return Err(because(catalog::reference_with_query(place, text))),
            Err(NoPath::Outside) => return Err(because(catalog::reference_outside(place, text))),
        };
        let why = match self.files.load(&path, content, self.sources, self.diagnostics) {
            Ok(file) => return Ok(Opened::File(file)),
            Err(Missing::Told) => return Err(Lost::Told),
            Err(Missing::TooMany(limit)) => return Err(because(catalog::too_many_files(place, limit))),
            Err(Missing::Unreadable(why)) => why,
        };
        match self.component(scope.file, text) {
            Some(target) => {
                let meant = self.files[target.file].prefix.join(&target.at);
                self.diagnostics.push(catalog::bare_reference(place, text, &meant));
                Ok(Opened::Component(target))
            }
            None => Err(because(catalog::dangling_file(place, &self.files.shown(&path), &why))),
        }
    }

    fn dangling(&mut self, scope: &Scope, fragment: &str, text: &str, place: &Pointer) -> Diagnostic {
        let Some(pointer) = Pointer::parse(&path::percent_decode(fragment)) else {
            return catalog::dangling_anchor(place, text);
        };
        let similar = match self.suggestions.checked_sub(1) {
            Some(left) => {
                self.suggestions = left;
                similar(&self.files[scope.file].root, &pointer)
            }
            None => None,
        };
        catalog::dangling_reference(place, text, similar.as_deref())
    }
}

enum Opened {
    File(FileId),
    Component(Target),
}

fn because(diagnostic: Diagnostic) -> Lost {
    Lost::Because(Box::new(diagnostic))
}

/// What a fragment names in the resource and the file of `scope`.
fn within(files: &Files<'_>, scope: &Scope, fragment: &str) -> Option<Target> {
    let file = &files[scope.file];
    let decoded = path::percent_decode(fragment);
    let found = |at: Pointer| file.root.at(&at).is_some().then_some(Target { file: scope.file, at });
    for fragment in [fragment, &decoded] {
        let Some(pointer) = Pointer::parse(fragment) else { continue };
        // By the letter a pointer starts at the schema with the `$id`; most authors count from the top of the file.
        if let Some(target) = found(scope.resource.join(&pointer)).or_else(|| found(pointer)) {
            return Some(target);
        }
    }
    if Pointer::parse(&decoded).is_some() {
        return None;
    }
    let at = file.names().anchor(&decoded, &scope.resource)?;
    Some(Target { file: scope.file, at: at.clone() })
}

/// The schema or file that calls itself by the URI.
fn named(files: &Files<'_>, scope: &Scope, uri: &str) -> Option<Scope> {
    let file = &files[scope.file];
    let base = scope.base.as_deref().unwrap_or_default();
    let absolute = path::join(base, uri);
    let here = |resource: Pointer, base: &str| Scope { file: scope.file, resource, base: Some(base.to_owned()) };
    if file.own_uri().is_some_and(|own| without_fragment(own) == absolute) {
        return Some(here(Pointer::root(), &absolute));
    }
    // The names of a file are sought only where somebody may use them.
    if base.is_empty() && !path::has_scheme(uri) {
        return None;
    }
    let resource = file.names().id(&absolute).or_else(|| file.names().id(uri))?;
    Some(here(resource.clone(), &absolute))
}

/// A URL below the one by which the file calls itself is a path beside the file, and so is an absolute path there.
fn below_own_uri(files: &Files<'_>, scope: &Scope, uri: &str) -> String {
    let below = || {
        let own = without_fragment(files[scope.file].own_uri().filter(|own| path::has_scheme(own))?);
        let absolute =
            if uri.starts_with('/') && !uri.starts_with("//") { path::join(own, uri) } else { uri.to_owned() };
        let (folder, _) = own.rsplit_once('/')?;
        Some(absolute.strip_prefix(folder)?.strip_prefix('/')?.to_owned())
    };
    below().unwrap_or_else(|| uri.to_owned())
}

/// The pointer that was probably meant: the nearest name beside the one that is not there.
fn similar(root: &Node, target: &Pointer) -> Option<String> {
    let (parent, last) = (target.parent()?, target.last()?);
    let members = root.at(&parent)?.as_object()?;
    let nearest = crate::nearest::nearest(&last, members.keys().map(String::as_str))?;
    Some(parent.child(nearest).to_string())
}
