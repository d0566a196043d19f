//! References across files: one tree out of many, and every reference an internal pointer that leads somewhere.
//!
//! References are followed by the grammar of OpenAPI, from the entry on, so that only what is a reference is taken for one
//! and data that looks like one is left alone. Another file is attached under the root key `x-bundled`, by its path.
//! Only files below the folder of the description are ever asked for; what a path names is decided here, and where it
//! really lies by [`Documents`].

mod files;
mod follow;
mod names;
mod path;
mod target;
#[cfg(test)]
mod tests;

use std::rc::Rc;

pub use files::Files;

use crate::Input;
use crate::diagnostic::{Diagnostics, Refused};
use crate::source::{Node, Object, Pointer, Sources};

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
    /// It is larger than [`crate::source::LARGEST`].
    TooLarge,
    /// The system's words, or another reason.
    Other(String),
}

impl ReadError {
    /// The reason, as a clause.
    pub fn text(&self) -> String {
        match self {
            Self::NotFound => "there is no such file".to_owned(),
            Self::Folder => "it is a folder".to_owned(),
            Self::Outside => "it lies outside of the folder of the description".to_owned(),
            Self::TooLarge => "it is too large".to_owned(),
            Self::Other(why) => why.clone(),
        }
    }
}

/// The key of the root that holds the other files.
const BUNDLED: &str = "x-bundled";

/// Reads the entry.
///
/// # Errors
///
/// [`Refused`] when it cannot be read, or when `diagnostics` holds an error.
pub fn open<'i>(
    input: &'i Input<'i>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Files<'i>, Refused> {
    let files = Files::open(input, sources, diagnostics)?;
    diagnostics.bail()?;
    Ok(files)
}

/// Reads every file that the entry refers to, and turns every reference into one inside the tree.
///
/// # Errors
///
/// [`Refused`] when `diagnostics` holds an error.
pub fn follow(files: Files<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Node, Refused> {
    let (files, texts) = follow::follow(files, sources, diagnostics);
    diagnostics.bail()?;
    Ok(assemble(files, texts))
}

/// Attaches the other files to the entry and writes the references anew.
fn assemble(files: Vec<files::File>, texts: Vec<(Pointer, String)>) -> Node {
    let mut files = files.into_iter();
    let mut whole = files.next().map_or(Node::Null, |entry| owned(entry.root));
    let others: Vec<(String, Node)> = files.filter_map(|file| Some((file.prefix.last()?, owned(file.root)))).collect();
    if let (Node::Object(root), false) = (&mut whole, others.is_empty()) {
        match root.get_or_insert(BUNDLED, Node::Object(Object::new())) {
            Node::Object(bundled) => bundled.extend(others),
            taken => *taken = Node::Object(others.into_iter().collect()),
        }
    }
    for (at, text) in texts {
        if let Some(node) = whole.at_mut(&at) {
            *node = Node::String(text);
        }
    }
    whole
}

fn owned(root: Rc<Node>) -> Node {
    Rc::try_unwrap(root).unwrap_or_else(|shared| (*shared).clone())
}
