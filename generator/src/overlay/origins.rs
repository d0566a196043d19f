//! Where each node of a tree comes from while overlays change the tree.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::source::{Pointer, Sources};

/// Where a node is written.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// In that file, at that place.
    File(Rc<str>, Pointer),
    /// Where these parts of a tree come from that were copied: what lies at the second place comes from the first.
    Copied(Rc<Origins>, Pointer),
}

impl Origin {
    pub(super) fn child(&self, step: &str) -> Self {
        match self {
            Self::File(file, at) => Self::File(Rc::clone(file), at.child(step)),
            Self::Copied(origins, at) => Self::Copied(Rc::clone(origins), at.child(step)),
        }
    }
}

/// The places of nodes that are written elsewhere than where the node around them suggests.
#[derive(Clone, Debug)]
pub(super) struct Origins(BTreeMap<Pointer, (Rc<str>, Pointer)>);

impl Origins {
    /// Every node comes from `file`, where it stands.
    pub(super) fn of(file: &str) -> Self {
        Self(BTreeMap::from([(Pointer::root(), (Rc::from(file), Pointer::root()))]))
    }

    /// What lies at `at` now comes from `origin`.
    pub(super) fn set(&mut self, at: &Pointer, origin: &Origin) {
        self.forget(at);
        match origin {
            Origin::File(file, place) => _ = self.0.insert(at.clone(), (Rc::clone(file), place.clone())),
            Origin::Copied(origins, from) => {
                self.0.extend(origins.part(from).into_iter().map(|(rest, written)| (at.join(&rest), written)));
            }
        }
    }

    /// Nothing lies at `at` any longer.
    pub(super) fn forget(&mut self, at: &Pointer) {
        for (rest, _) in self.below(at) {
            self.0.remove(&at.join(&rest));
        }
    }

    /// The items of the list at `list` are now those that had the indices `kept`.
    pub(super) fn keep_items(&mut self, list: &Pointer, kept: &[usize], length: usize) {
        let first = kept.iter().enumerate().take_while(|(new, old)| new == *old).count();
        let moved: Vec<_> = kept.iter().skip(first).map(|old| self.part(&list.item(*old))).collect();
        for old in first..length {
            self.forget(&list.item(old));
        }
        for (index, part) in moved.into_iter().enumerate() {
            let at = list.item(first + index);
            self.0.extend(part.into_iter().map(|(rest, written)| (at.join(&rest), written)));
        }
    }

    /// Where the node at `at` is written.
    pub(super) fn find(&self, at: &Pointer) -> (Rc<str>, Pointer) {
        let mut prefix = at.clone();
        loop {
            if let (Some((file, place)), Some(rest)) = (self.0.get(&prefix), at.strip_prefix(&prefix)) {
                return (Rc::clone(file), place.join(&rest));
            }
            match prefix.parent() {
                Some(parent) => prefix = parent,
                None => return (Rc::from(""), at.clone()),
            }
        }
    }

    /// Tells where the nodes of the description come from.
    pub(super) fn tell(&self, sources: &mut Sources) {
        for (at, (file, place)) in &self.0 {
            sources.enter(at, file, place);
        }
    }

    /// Where the node at `at` and those below it come from, each by the steps from `at` on.
    fn part(&self, at: &Pointer) -> Vec<(Pointer, (Rc<str>, Pointer))> {
        let mut part = self.below(at);
        if part.first().is_none_or(|(rest, _)| *rest != Pointer::root()) {
            part.insert(0, (Pointer::root(), self.find(at)));
        }
        part
    }

    fn below(&self, at: &Pointer) -> Vec<(Pointer, (Rc<str>, Pointer))> {
        let from_here = self.0.range(at.clone()..).take_while(|(place, _)| place.as_str().starts_with(at.as_str()));
        from_here.filter_map(|(place, written)| Some((place.strip_prefix(at)?, written.clone()))).collect()
    }
}
