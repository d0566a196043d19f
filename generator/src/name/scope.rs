//! One Rust namespace.

use std::collections::HashMap;

use super::Ident;
use super::keywords::escape;
use super::symbols::{Underscores, style};
use super::words::Case;
use crate::ir::Origin;

/// The names of one namespace and what they stand for.
pub(super) struct Scope {
    case: Case,
    taken: HashMap<String, Option<Taker>>,
}

/// What has a name, and how that is written in the description.
#[derive(Clone)]
struct Taker {
    origin: Origin,
    text: String,
}

/// A name that was given, and how.
pub(super) struct Given {
    pub(super) name: Ident,
    /// Which of the candidates it is; the last one, where it is none as it stands.
    pub(super) choice: usize,
    /// Set where only a number told it from the name of the thing that comes from there.
    pub(super) numbered: Option<Option<Origin>>,
}

impl Scope {
    /// An empty scope whose names have that case; `reserved` are names that emitted code itself uses there.
    pub(super) fn new(case: Case, reserved: &[&str]) -> Self {
        Self { case, taken: reserved.iter().map(|name| ((*name).to_owned(), None)).collect() }
    }

    /// The case of its names.
    pub(super) fn case(&self) -> Case {
        self.case
    }

    /// Takes more names for emitted code itself.
    pub(super) fn reserve(mut self, names: &[&str]) -> Self {
        self.taken.extend(names.iter().map(|name| ((*name).to_owned(), None)));
        self
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
        let candidates: Vec<&str> = candidates.into_iter().collect();
        let last = candidates.len().saturating_sub(1);
        for (choice, text) in candidates.iter().enumerate() {
            if let Some(name) = self.take(&case.apply(text), origin, text) {
                return Given { name, choice, numbered: None };
            }
        }
        let text = candidates.first().copied().unwrap_or_default();
        let first = case.apply(text);
        let taker = self.taken.get(&first).cloned().flatten();
        let spelled = |how| candidates.iter().map(move |text| case.apply_spelled(text, how));
        let mut more: Vec<String> = spelled(Underscores::Divide).collect();
        match &taker {
            // A name that emitted code uses itself is a collision with no other thing: an underscore tells it apart.
            None => more.push(format!("{first}_")),
            Some(other) if other.text != text => more.push(case.apply(&format!("{text} {}", style(text)))),
            Some(_) => {}
        }
        more.extend(spelled(Underscores::Tell));
        for name in more {
            if let Some(name) = self.take(&name, origin, text) {
                return Given { name, choice: last, numbered: None };
            }
        }
        let mut number = 2;
        loop {
            if let Some(name) = self.take(&case.numbered(&first, number), origin, text) {
                return Given { name, choice: last, numbered: Some(taker.map(|other| other.origin)) };
            }
            number += 1;
        }
    }

    /// Gives each of several things its first candidate where it is free, else nothing.
    ///
    /// Where several want the same name, the one gets it that is written just so, then the one with the fewest symbols,
    /// then the first.
    pub(super) fn claim_first(&mut self, wanted: &[(&Origin, &str)]) -> Vec<Option<Ident>> {
        let mut order: Vec<(bool, usize, usize, String)> = Vec::with_capacity(wanted.len());
        for (place, (_, text)) in wanted.iter().enumerate() {
            let symbols = text.chars().filter(|character| !character.is_alphanumeric()).count();
            let name = self.case.apply(text);
            order.push((name != *text, symbols, place, name));
        }
        order.sort_unstable();
        let mut given = vec![None; wanted.len()];
        for (.., place, name) in order {
            if let (Some((origin, text)), Some(slot)) = (wanted.get(place), given.get_mut(place)) {
                *slot = self.take(&name, origin, text);
            }
        }
        given
    }

    /// Gives exactly that name where it is free: the user chose it.
    pub(super) fn claim_exactly(&mut self, origin: &Origin, name: &str) -> Option<Ident> {
        self.take(name, origin, name)
    }

    fn take(&mut self, name: &str, origin: &Origin, text: &str) -> Option<Ident> {
        let name = escape(name);
        if self.taken.contains_key(&name) {
            return None;
        }
        let ident = Ident::new(&name);
        self.taken.insert(name, Some(Taker { origin: origin.clone(), text: text.to_owned() }));
        Some(ident)
    }
}
