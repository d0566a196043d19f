//! What becomes of every field of every object, as rows.

use super::{Field, Kind, Object};
use crate::disposition::{Disposition, Row};

/// Every field of every object, in the order in which a document leads to them. The fields of an object that stands only
/// where the client does not look share the fate of what holds it.
pub fn rows() -> Vec<Row> {
    let mut order = vec![(Object::Document, Disposition::Honoured)];
    let mut next = 0;
    while let Some((object, fate)) = order.get(next).copied() {
        next += 1;
        for (kind, disposition) in object.grammar().values() {
            let Some(inner) = kind.object() else { continue };
            let disposition = if fate.code().is_some() { fate } else { disposition };
            match order.iter_mut().find(|(known, _)| *known == inner) {
                Some((_, fate)) if fate.code().is_some() && disposition.code().is_none() => {
                    *fate = disposition;
                    // What it holds was seen through eyes that did not look; it is seen again.
                    next = 0;
                }
                Some(_) => {}
                None => order.push((inner, disposition)),
            }
        }
    }
    order.into_iter().flat_map(|(object, fate)| object.rows(fate)).collect()
}

impl Object {
    fn rows(self, fate: Disposition) -> Vec<Row> {
        let grammar = self.grammar();
        let of = |disposition: Disposition| if fate.code().is_some() { fate } else { disposition };
        let row = |name, kind: &Kind, versions, disposition| {
            let kind = kind.words();
            Row { object: self.title(), name, kind, versions, disposition: of(disposition) }
        };
        let keys = grammar.pattern.iter();
        let keys = keys.map(|(pattern, kind)| row(pattern.words(), kind, "all", Disposition::Honoured));
        let fields = grammar.fields.iter();
        let fields = fields.map(|field| row(field.name, &field.kind, field.versions.range(), field.disposition));
        fields.chain(keys).collect()
    }

    /// Its name in the specification: `Path Item`.
    fn title(self) -> String {
        let mut title = String::new();
        let mut before = '\0';
        for character in format!("{self:?}").chars() {
            if character.is_uppercase() && before.is_lowercase() {
                title.push(' ');
            }
            title.push(character);
            before = character;
        }
        title
    }
}

impl super::Grammar {
    /// What its values are, and what becomes of them.
    fn values(&'static self) -> impl Iterator<Item = (&'static Kind, Disposition)> {
        let keys = self.pattern.iter().map(|(_, kind)| (kind, Disposition::Honoured));
        self.fields.iter().map(|field: &Field| (&field.kind, field.disposition)).chain(keys)
    }
}

impl Kind {
    /// The object that it is made of.
    fn object(&self) -> Option<Object> {
        match self {
            Self::Object(object) => Some(*object),
            Self::List(inner) | Self::Map(inner) => inner.object(),
            Self::Text | Self::Prose | Self::Word(_) | Self::Bool | Self::Any | Self::Schema => None,
        }
    }
}
