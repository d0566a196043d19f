//! One Rust namespace.

use std::collections::HashMap;

use proc_macro2::{Ident, Span};

use super::words::{Case, escape_keyword};
use crate::ir::Origin;

/// The names of one namespace and what they stand for.
pub(super) struct Scope {
    case: Case,
    taken: HashMap<String, Option<Origin>>,
}

/// A name that was given, and how.
pub(super) struct Given {
    pub(super) name: Ident,
    /// Set where only a number told it from the name of the thing that comes from there.
    pub(super) numbered: Option<Option<Origin>>,
}

impl Scope {
    /// An empty scope whose names have that case; `reserved` are names that emitted code itself uses there.
    pub(super) fn new(case: Case, reserved: &[&str]) -> Self {
        Self { case, taken: reserved.iter().map(|name| ((*name).to_owned(), None)).collect() }
    }

    /// Gives the first free name of `candidates`, which are in any case and spelling.
    pub(super) fn claim<'a>(&mut self, origin: &Origin, candidates: impl IntoIterator<Item = &'a str>) -> Given {
        self.claim_as(self.case, origin, candidates)
    }

    /// The same in another case: a static and a tuple struct share the namespace of values, and `F` can be either.
    pub(super) fn claim_as<'a>(
        &mut self,
        case: Case,
        origin: &Origin,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Given {
        let mut first = None;
        let mut spelled = Vec::new();
        for text in candidates {
            let name = case.apply(text);
            if let Some(name) = self.take(&name, origin) {
                return Given { name, numbered: None };
            }
            spelled.push(case.apply_spelled(text));
            first.get_or_insert(name);
        }
        // A name that emitted code uses itself is a collision with no other thing: an underscore tells it apart.
        let first = first.unwrap_or_else(|| case.apply(""));
        if let Some(None) = self.taken.get(&first) {
            spelled.push(format!("{first}_"));
        }
        for name in spelled {
            if let Some(name) = self.take(&name, origin) {
                return Given { name, numbered: None };
            }
        }
        let other = self.taken.get(&first).cloned().flatten();
        let mut number = 2;
        loop {
            if let Some(name) = self.take(&case.numbered(&first, number), origin) {
                return Given { name, numbered: Some(other) };
            }
            number += 1;
        }
    }

    /// Gives exactly that name where it is free: the user chose it.
    pub(super) fn claim_exactly(&mut self, origin: &Origin, name: &str) -> Option<Ident> {
        self.take(name, origin)
    }

    fn take(&mut self, name: &str, origin: &Origin) -> Option<Ident> {
        let name = escape_keyword(name);
        if self.taken.contains_key(&name) {
            return None;
        }
        let ident = Ident::new(&name, Span::call_site());
        self.taken.insert(name, Some(origin.clone()));
        Some(ident)
    }
}
