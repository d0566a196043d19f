//! The members of a mapping.

use std::collections::HashMap;
use std::{iter, slice, vec};

use super::Node;

/// From how many members on a mapping has an index. Most have fewer, and comparing their keys takes less time and
/// memory than hashing them.
const MANY: usize = 16;

/// The members of a mapping, in the order of the text. Two mappings are equal when their members are, in any order.
#[derive(Clone, Debug)]
pub struct Object(Members);

type Member = (String, Node);

#[derive(Clone, Debug)]
enum Members {
    Few(Vec<Member>),
    Many(Box<Indexed>),
}

#[derive(Clone, Debug)]
struct Indexed {
    members: Vec<Member>,
    places: HashMap<String, usize>,
}

impl Object {
    /// A mapping without members.
    pub const fn new() -> Self {
        Self(Members::Few(Vec::new()))
    }

    /// The same, with room for so many.
    pub fn with_capacity(members: usize) -> Self {
        Self(Members::Few(Vec::with_capacity(members)))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Node> {
        Some(&self.members()[self.place(key)?].1)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let place = self.place(key)?;
        Some(&mut self.members_mut()[place].1)
    }

    /// Whether there is a member with that key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    /// Gives a member its value, and returns the one that it had. A new member is the last.
    pub fn insert(&mut self, key: String, value: Node) -> Option<Node> {
        match self.get_mut(&key) {
            Some(known) => Some(std::mem::replace(known, value)),
            None => {
                self.push(key, value);
                None
            }
        }
    }

    /// The value of a member, which gets this one where it is missing.
    pub fn get_or_insert(&mut self, key: &str, value: Node) -> &mut Node {
        let place = self.place(key).unwrap_or_else(|| {
            self.push(key.to_owned(), value);
            self.len() - 1
        });
        &mut self.members_mut()[place].1
    }

    /// Takes a member out; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let place = self.place(key)?;
        match &mut self.0 {
            Members::Few(members) => Some(members.remove(place).1),
            Members::Many(indexed) => {
                indexed.places.remove(key);
                indexed.places.values_mut().filter(|other| **other > place).for_each(|other| *other -= 1);
                Some(indexed.members.remove(place).1)
            }
        }
    }

    /// Takes out the members whose keys are not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        let mut members = std::mem::take(self).into_members();
        members.retain(|(key, _)| keep(key));
        *self = Self::of(members);
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.members().iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Node> {
        self.members().iter().map(|(_, value)| value)
    }

    /// The members.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Node)> {
        self.into_iter()
    }

    /// The members, to change their values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut Node)> {
        self.members_mut().iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Adds a member whose key is new.
    fn push(&mut self, key: String, value: Node) {
        match &mut self.0 {
            Members::Few(members) if members.len() + 1 < MANY => members.push((key, value)),
            Members::Few(members) => {
                members.push((key, value));
                *self = Self::of(std::mem::take(members));
            }
            Members::Many(indexed) => {
                indexed.places.insert(key.clone(), indexed.members.len());
                indexed.members.push((key, value));
            }
        }
    }

    /// A mapping of members whose keys differ.
    fn of(members: Vec<Member>) -> Self {
        if members.len() < MANY {
            return Self(Members::Few(members));
        }
        let places = members.iter().enumerate().map(|(place, (key, _))| (key.clone(), place)).collect();
        Self(Members::Many(Box::new(Indexed { members, places })))
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.0 {
            Members::Few(members) => members.iter().position(|(known, _)| known == key),
            Members::Many(indexed) => indexed.places.get(key).copied(),
        }
    }

    fn members(&self) -> &[Member] {
        match &self.0 {
            Members::Few(members) => members,
            Members::Many(indexed) => &indexed.members,
        }
    }

    fn members_mut(&mut self) -> &mut [Member] {
        match &mut self.0 {
            Members::Few(members) => members,
            Members::Many(indexed) => &mut indexed.members,
        }
    }

    fn into_members(self) -> Vec<Member> {
        match self.0 {
            Members::Few(members) => members,
            Members::Many(indexed) => indexed.members,
        }
    }
}

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Extend<Member> for Object {
    fn extend<I: IntoIterator<Item = Member>>(&mut self, members: I) {
        members.into_iter().for_each(|(key, value)| _ = self.insert(key, value));
    }
}

impl FromIterator<Member> for Object {
    fn from_iter<I: IntoIterator<Item = Member>>(members: I) -> Self {
        let mut object = Self::new();
        object.extend(members);
        object
    }
}

impl<'o> IntoIterator for &'o Object {
    type Item = (&'o String, &'o Node);
    type IntoIter = iter::Map<slice::Iter<'o, Member>, fn(&'o Member) -> (&'o String, &'o Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members().iter().map(|(key, value)| (key, value))
    }
}

impl IntoIterator for Object {
    type Item = Member;
    type IntoIter = vec::IntoIter<Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_members().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Number;

    fn number(value: usize) -> Node {
        Node::Number(Number::Integer(value as i128))
    }

    fn object(keys: impl Iterator<Item = usize>) -> Object {
        keys.map(|key| (key.to_string(), number(key))).collect()
    }

    #[test]
    fn few_members_and_many_are_alike() {
        for length in [0, 1, MANY - 1, MANY, MANY + 1, 100] {
            let mut all = object(0..length);
            assert!((0..length).all(|key| all.get(&key.to_string()) == Some(&number(key))), "{length}");
            assert_eq!((all.len(), all.get("x")), (length, None));
            assert!(all.keys().map(String::as_str).eq((0..length).map(|key| key.to_string())));
            assert_eq!(all, object((0..length).rev()));
            assert_ne!(all, object(1..=length + 1));

            assert_eq!(all.insert("0".to_owned(), Node::Null).is_some(), length > 0);
            assert_eq!(*all.get_or_insert("y", Node::Null), Node::Null);
            assert_eq!(all.remove("0"), Some(Node::Null));
            assert_eq!(all.remove("0"), None);
            let rest = (1..length).map(|key| key.to_string()).chain(["y".to_owned()]);
            assert!(all.keys().cloned().eq(rest), "{length}: {all:?}");
            assert!((1..length).all(|key| all.get(&key.to_string()) == Some(&number(key))), "{length}");
            all.retain(|key| key == "y" || key == "1");
            assert_eq!((all.len(), all.get("2")), (length.clamp(1, 2), None), "{length}: {all:?}");
        }
    }

    #[test]
    fn a_node_is_small() {
        assert_eq!(size_of::<Node>(), 32);
    }
}
