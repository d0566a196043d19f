//! The files that a description is made of, each read once.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::names::Names;
use super::{BUNDLED, ReadError};
use crate::Input;
use crate::diagnostic::catalog::source as reading;
use crate::diagnostic::{Diagnostics, Refused};
use crate::source::{self, Node, Pointer, Sources};

/// How many files a description may have.
const MOST_FILES: usize = 2_000;

/// A file in [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FileId(usize);

impl FileId {
    /// The entry.
    pub(super) const ENTRY: Self = Self(0);
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Its path in the folder of the description.
    pub(super) path: String,
    /// What it says. It does not change while references are followed, so the address of a node is its identity.
    pub(super) root: Rc<Node>,
    /// Where it lies in the whole.
    pub(super) prefix: Pointer,
    names: OnceCell<Names>,
}

impl File {
    /// The names that its schemas give themselves.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.root))
    }

    /// The URI by which the file calls itself: `$self` of OpenAPI 3.2, or `$id` of a schema.
    pub(super) fn own_uri(&self) -> Option<&str> {
        ["$self", "$id"].into_iter().find_map(|key| self.root.get(key)?.as_str())
    }
}

/// How the content of a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// As JSON or YAML.
    Document,
    /// As one string, unless its name says that it is a document.
    Text,
}

/// Why a file that a reference names is not there.
#[derive(Clone, Debug)]
pub(super) enum Missing {
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// Its content is at fault, which was told.
    Told,
    /// There are too many.
    TooMany(usize),
}

/// The files of a description, each read when it is first referred to.
pub struct Files<'i> {
    input: &'i Input<'i>,
    list: Vec<File>,
    by_path: HashMap<String, Result<FileId, Missing>>,
}

impl<'i> Files<'i> {
    /// Reads the entry.
    pub(super) fn open(
        input: &'i Input<'i>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Refused> {
        let mut files = Self { input, list: Vec::new(), by_path: HashMap::new() };
        match files.load(input.entry, Content::Document, sources, diagnostics) {
            Ok(_) => Ok(files),
            Err(missing) => {
                if let Missing::Unreadable(why) = missing {
                    diagnostics.push(reading::unreadable_file(&files.shown(input.entry), &why));
                }
                Err(Refused)
            }
        }
    }

    /// What the entry says. It may be changed until references are followed.
    pub fn entry(&mut self) -> &mut Node {
        Rc::make_mut(&mut self.list[FileId::ENTRY.0].root)
    }

    /// The file at a path of the folder, which is read at its first use.
    pub(super) fn load(
        &mut self,
        path: &str,
        content: Content,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, Missing> {
        if let Some(known) = self.by_path.get(path) {
            return known.clone();
        }
        if self.by_path.len() >= MOST_FILES {
            return Err(Missing::TooMany(MOST_FILES));
        }
        let read = match self.input.documents.read(path) {
            Ok(bytes) => self.read(path, bytes, content, sources, diagnostics),
            Err(ReadError::TooLarge) => {
                diagnostics.push(reading::document_too_large(&self.input.shown(path), source::LARGEST >> 20));
                Err(Missing::Told)
            }
            Err(why) => Err(Missing::Unreadable(why.text())),
        };
        self.by_path.insert(path.to_owned(), read.clone());
        read
    }

    fn read(
        &mut self,
        path: &str,
        bytes: Vec<u8>,
        content: Content,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, Missing> {
        let name = self.shown(path);
        let root = match source::decode(&name, bytes) {
            Ok(text) => {
                let root = match content {
                    Content::Text if !is_document(path) => Some(Node::String(text.clone())),
                    _ => source::read(&name, &text, diagnostics),
                };
                sources.add(&name, text);
                root
            }
            Err(fault) => {
                sources.add(&name, "");
                diagnostics.push(*fault);
                None
            }
        };
        let id = self.add(path, root.ok_or(Missing::Told)?);
        sources.enter(&self[id].prefix, &name, &Pointer::root());
        Ok(id)
    }

    /// What a file is called where it is shown.
    pub(super) fn shown(&self, path: &str) -> String {
        self.input.shown(path)
    }

    /// The files without their names, the entry first.
    pub(super) fn into_list(self) -> Vec<File> {
        self.list
    }

    fn add(&mut self, path: &str, root: Node) -> FileId {
        let id = FileId(self.list.len());
        let prefix = match id {
            FileId::ENTRY => Pointer::root(),
            _ => Pointer::root().child(BUNDLED).child(self.free_key(path)),
        };
        self.list.push(File { path: path.to_owned(), root: Rc::new(root), prefix, names: OnceCell::new() });
        id
    }

    /// The key under which a file is attached: its path, unless the entry has that key already.
    fn free_key(&self, path: &str) -> String {
        let taken = self.list.first().and_then(|entry| entry.root.get(BUNDLED));
        let mut key = path.to_owned();
        while taken.is_some_and(|taken| taken.get(&key).is_some()) {
            key.push('\'');
        }
        key
    }
}

impl std::ops::Index<FileId> for Files<'_> {
    type Output = File;

    fn index(&self, id: FileId) -> &File {
        &self.list[id.0]
    }
}

/// Whether the name of a file says that it holds JSON or YAML.
fn is_document(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["json", "yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
