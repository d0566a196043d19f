//! JSON Schema as written: OpenAPI 3.0's dialect and 2020-12, read into one flat form.
//!
//! Nothing is interpreted here and nothing is dropped: a keyword is a field of [`Schema`], or what the table of keywords
//! says of it is reported by `lower`, which finds it in [`Schema::unread`]. Every schema is read once; a sub-schema is an id.

pub(crate) mod holds;
mod keywords;
mod read;
mod siblings;
mod types;

use std::collections::HashMap;

use crate::source::{Node, Pointer};

pub use keywords::{Keyword, keyword, rows};
pub use read::read;
pub use types::{JsonType, Types};

/// A schema in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(u32);

/// Every schema of a description.
#[derive(Debug, Default)]
pub struct Schemas<'d> {
    list: Vec<Schema<'d>>,
    /// The JSON types that each comes to.
    types: Vec<Option<Types>>,
    by_pointer: HashMap<Pointer, SchemaId>,
}

impl<'d> Schemas<'d> {
    /// The schema at that place.
    pub fn find(&self, pointer: &Pointer) -> Option<SchemaId> {
        self.by_pointer.get(pointer).copied()
    }

    /// All schemas, in the order in which they were reached: the roots first.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema<'d>)> {
        // The node budget of a document lies far below 2^32.
        (0..).map(SchemaId).zip(&self.list)
    }

    /// Follows references to the schema that they end at.
    pub fn resolve(&self, id: SchemaId) -> SchemaId {
        // The bundle stage refused cycles of references; the bound makes that no matter of trust.
        let mut current = id;
        for _ in 0..self.list.len() {
            match self[current].reference {
                Some(target) => current = target,
                None => break,
            }
        }
        current
    }
}

impl<'d> std::ops::Index<SchemaId> for Schemas<'d> {
    type Output = Schema<'d>;

    fn index(&self, id: SchemaId) -> &Schema<'d> {
        &self.list[id.0 as usize]
    }
}

/// A schema as written. Strings and values borrow from the document.
#[derive(Debug, Default)]
pub struct Schema<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// `true` or `false` in place of a mapping.
    pub boolean: Option<bool>,
    /// The target of `$ref`, where all else that is said only describes. Where more is said, the target is the first
    /// of `all_of`.
    pub reference: Option<SchemaId>,
    /// `type`; empty where it is not stated.
    pub types: Types,
    /// `nullable: true` of 3.0.
    pub nullable: bool,
    /// `format`.
    pub format: Option<&'d str>,
    /// `enum`.
    pub values: Option<&'d [Node]>,
    /// `const`.
    pub constant: Option<&'d Node>,
    /// `default`.
    pub default: Option<&'d Node>,
    /// `title`.
    pub title: Option<&'d str>,
    /// `description`.
    pub description: Option<&'d str>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `example`, then the items of `examples`.
    pub examples: Vec<&'d Node>,
    /// `externalDocs`: the URL and its description.
    pub external_docs: Option<(&'d str, Option<&'d str>)>,

    /// `properties`.
    pub properties: Vec<(&'d str, SchemaId)>,
    /// `required`.
    pub required: Vec<&'d str>,
    /// `additionalProperties`, or 3.1's `unevaluatedProperties` where it stands in its place.
    pub additional: Option<SchemaId>,
    /// `patternProperties`.
    pub patterns: Vec<(&'d str, SchemaId)>,
    /// `propertyNames`, without references.
    pub property_names: Option<&'d Node>,
    /// `items`, or what stands in its place: the items that `prefix_items` does not describe.
    pub items: Option<SchemaId>,
    /// `prefixItems`, or a list under `items`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator<'d>>,

    /// `minimum`, `maximum` and their exclusive forms, in either dialect.
    pub bounds: Bounds<'d>,
    /// `pattern`.
    pub pattern: Option<&'d str>,
    /// `multipleOf`.
    pub multiple_of: Option<&'d Node>,
    /// `minLength` and `maxLength`.
    pub length: (Option<u64>, Option<u64>),
    /// `minItems` and `maxItems`.
    pub item_count: (Option<u64>, Option<u64>),
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties` and `maxProperties`.
    pub property_count: (Option<u64>, Option<u64>),

    /// `contentEncoding`.
    pub content_encoding: Option<&'d str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'d str>,
    /// `contentSchema`, which counts in the data of events alone.
    pub content: Option<SchemaId>,
    /// `x-enum-varnames` or `x-enumNames`.
    pub value_names: Option<&'d [Node]>,
    /// `x-enum-descriptions`.
    pub value_docs: Option<&'d [Node]>,
    /// `xml`.
    pub xml: Option<Xml<'d>>,
    /// Keywords without an effect on the client, by the table of keywords or because they are not in it.
    pub unread: Vec<&'d str>,
}

/// `discriminator`.
#[derive(Debug)]
pub struct Discriminator<'d> {
    /// `propertyName`.
    pub property: &'d str,
    /// `mapping`: a tag and what it names, a component's key or a reference.
    pub mapping: Vec<(&'d str, &'d str)>,
}

/// `xml`: how the values stand in XML.
#[derive(Clone, Debug, Default)]
pub struct Xml<'d> {
    /// `name`.
    pub name: Option<&'d str>,
    /// `namespace`.
    pub namespace: Option<&'d str>,
    /// `prefix`.
    pub prefix: Option<&'d str>,
    /// `attribute`.
    pub attribute: bool,
    /// `wrapped`.
    pub wrapped: bool,
    /// `nodeType` of 3.2.
    pub node_type: Option<&'d str>,
}

/// The bounds of a number, normalised over both dialects.
#[derive(Debug, Default)]
pub struct Bounds<'d> {
    /// The lower bound, and whether it is excluded.
    pub minimum: Option<(&'d Node, bool)>,
    /// The upper bound, and whether it is excluded.
    pub maximum: Option<(&'d Node, bool)>,
}

impl Schema<'_> {
    /// Whether anything but documentation stands beside `$ref`, `nullable` aside.
    pub fn has_structure(&self) -> bool {
        !self.types.is_empty() || !self.all_of.is_empty() || self.restricts()
    }

    /// Whether it says more than its types and what stands in `all_of`.
    pub fn restricts(&self) -> bool {
        self.values.is_some()
            || self.constant.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional.is_some()
            || !self.patterns.is_empty()
            || self.items.is_some()
            || !self.prefix_items.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
    }
}
