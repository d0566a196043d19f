//! How values stand in XML: what a JSON value does not tell.

use super::TypeId;

/// The name of an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlName {
    /// The name without a prefix.
    pub local: String,
    /// The namespace, with the prefix that stands for it where it has one.
    pub namespace: Option<(String, Option<String>)>,
}

/// What stands in an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlContent {
    /// A text.
    Text,
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// Anything: XML does not tell what.
    Any,
    /// The members of an object, by the table of its type.
    Record(TypeId),
    /// The items of a list, each an element.
    List(Box<XmlElement>),
    /// The members of an object with free names, each an element.
    Map(Box<XmlContent>),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlElement {
    /// Its name.
    pub name: XmlName,
    /// What stands in it.
    pub content: XmlContent,
}

/// Where the members of an object stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlRecord {
    /// The members by their names.
    pub fields: Vec<(String, XmlPlace)>,
    /// What the elements hold that are no field, where they are kept.
    pub rest: Option<XmlContent>,
}

/// Where a member of an object stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlPlace {
    /// In an attribute.
    Attribute(XmlElement),
    /// In an element.
    Element(XmlElement),
    /// In elements, one for each item of a list that must be there.
    Items(XmlElement),
    /// In elements, one for each item of a list that may be missing.
    OptionalItems(XmlElement),
    /// In the text between the tags.
    Text(XmlContent),
    /// In the same, written as `CDATA`.
    Cdata(XmlContent),
}

impl XmlPlace {
    /// What stands there.
    pub fn content(&self) -> &XmlContent {
        match self {
            Self::Attribute(element) | Self::Element(element) | Self::Items(element) | Self::OptionalItems(element) => {
                &element.content
            }
            Self::Text(content) | Self::Cdata(content) => content,
        }
    }

    /// The same, to be changed.
    pub fn content_mut(&mut self) -> &mut XmlContent {
        match self {
            Self::Attribute(element) | Self::Element(element) | Self::Items(element) | Self::OptionalItems(element) => {
                &mut element.content
            }
            Self::Text(content) | Self::Cdata(content) => content,
        }
    }
}
