//! JSON Pointer, RFC 6901.

use std::borrow::Cow;
use std::fmt;

/// A place in a tree, as the text of a JSON Pointer: empty for the root, else `/` and escaped steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The root of a document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Reads the text of a pointer; `None` when it is neither empty nor starts with a slash.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer to the member `step` (a key or the digits of an index) of what this one points to.
    #[must_use]
    pub fn child(&self, step: impl AsRef<str>) -> Self {
        let step = step.as_ref();
        let mut text = String::with_capacity(self.0.len() + step.len() + 1);
        text.push_str(&self.0);
        push_step(&mut text, step);
        Self(text)
    }

    /// The pointer to item `index` of the list that this one points to.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.child(index.to_string())
    }

    /// The pointer to what holds this place; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The last step, unescaped; `None` at the root.
    pub fn last(&self) -> Option<String> {
        self.0.rfind('/').map(|start| unescape(&self.0[start + 1..]).into_owned())
    }

    /// The steps from the root, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// What follows `prefix`, where this pointer lies at or below it.
    pub fn strip_prefix(&self, prefix: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&prefix.0)?;
        Self::parse(rest)
    }

    /// This pointer continued by the steps of `rest`.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The text, as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    /// Writes the pointer as a URI fragment shows it: `#/components/schemas/Pet`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Lengthens the text of a pointer by a step.
pub(crate) fn push_step(text: &mut String, step: &str) {
    text.push('/');
    if !step.contains(['~', '/']) {
        return text.push_str(step);
    }
    for character in step.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_survive_escaping() {
        let pointer = Pointer::root().child("paths").child("/a~b").item(3);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b/3");
        assert_eq!(pointer.steps().collect::<Vec<_>>(), ["paths", "/a~b", "3"]);
        assert_eq!(pointer.last().as_deref(), Some("3"));
        assert_eq!(pointer.parent().and_then(|p| p.last()).as_deref(), Some("/a~b"));
    }

    #[test]
    fn a_prefix_ends_at_a_step() {
        let long = Pointer::root().child("ab").child("c");
        assert_eq!(long.strip_prefix(&Pointer::root().child("a")), None);
        assert_eq!(long.strip_prefix(&Pointer::root().child("ab")), Some(Pointer::root().child("c")));
    }
}
