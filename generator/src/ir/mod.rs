//! The intermediate representation: what an API means, and nothing of how a document says it or how Rust writes it.
//!
//! Data only. Sum types say what can be; ids are newtypes; the order is the document's.

mod dump;
mod id;
mod literal;
mod operation;
mod payload;
mod types;
pub mod walk;
mod xml;

pub use dump::dump;
pub(crate) use id::ids;
pub use id::{GroupId, Id, IdMap, OperationId, PayloadId, SchemeId, TypeId};
pub use literal::Literal;
pub use operation::{
    AuthRequirement, AuthScheme, Body, Content, Escaping, Flow, FlowKind, FormField, Group, HeaderField, HeaderShape,
    KeyPlace, Lists, Operation, Param, Part, PartHeader, PartMedia, PartValue, PathPart, PathTemplate, Place,
    Representation, ResponseCase, SchemeKind, Server, ServerVariable, StatusKey, Style,
};
pub use payload::{Cause, Payload};
pub use types::{
    Access, Calendar, Constant, Constraint, Enumeration, EnumerationValue, Field, Fixed, Float, Integer, Presence,
    Record, Repr, Rest, Scalar, Shape, Tag, Test, Text, Tuple, Type, TypeDef, Union, Variant,
};
pub use xml::{XmlContent, XmlElement, XmlName, XmlPlace, XmlRecord};

use std::collections::BTreeMap;

use crate::source::Pointer;

/// An API: all that a client of it needs to know.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The title, as the description writes it.
    pub title: String,
    /// The version of the API (not of OpenAPI).
    pub version: String,
    /// What the description says about the whole.
    pub docs: Docs,
    /// Base URLs, in document order.
    pub servers: Vec<Server>,
    /// Ways to authenticate.
    pub schemes: IdMap<SchemeId, AuthScheme>,
    /// Operations that belong together: the tags, in order of appearance.
    pub groups: IdMap<GroupId, Group>,
    /// Named types.
    pub types: IdMap<TypeId, TypeDef>,
    /// Where the members of types stand in XML, for those that XML bodies hold.
    pub xml: BTreeMap<TypeId, XmlRecord>,
    /// Operations.
    pub operations: IdMap<OperationId, Operation>,
    /// What the server sends on its own: webhooks, then callbacks.
    pub payloads: IdMap<PayloadId, Payload>,
}

/// What a description says to people about one thing. All text is CommonMark from an untrusted author.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A short summary or title.
    pub summary: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// A link to more, with its text.
    pub external: Option<(String, Option<String>)>,
    /// Example values, the first one the most telling.
    pub examples: Vec<Literal>,
    /// What values must satisfy; told to readers, never enforced by the client.
    pub constraints: Vec<Constraint>,
}

/// Where the name of a thing comes from: `name` turns it into a Rust identifier.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NameHint {
    /// A key that the author chose, such as the key of a component.
    Key(String),
    /// The key under which the components list a schema that another file has.
    Listed(String),
    /// No key: a reference names it by its place in something else, such as a property or a response.
    Place,
    /// No key: it is a part of another type, known by its role there.
    PartOf(TypeId, Role),
    /// No key: it is a part of an operation.
    OfOperation(OperationId, Role),
    /// No key: it is a part of what the server sends on its own.
    OfPayload(PayloadId, Role),
    /// No key: it is a part of an item that stands under `components`, such as a response.
    OfComponent(String, Role),
}

/// What an anonymous thing is to the thing that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The value of a property.
    Property(String),
    /// The item of a list.
    Item,
    /// The value of a map.
    Value,
    /// A variant of a union, by its tag or position.
    Variant(String),
    /// The value at that place of a tuple, counted from zero.
    Place(usize),
    /// The part that varies in a record with a union beside its properties.
    Kind,
    /// What a merge patch says of it.
    Patch,
    /// A parameter.
    Parameter(String),
    /// The request body.
    Request,
    /// The request body in that further media type.
    RequestAs(String),
    /// The body of a success; with the status where there are several.
    Response(Option<StatusKey>),
    /// The body of an answer in that further media type.
    ResponseAs(StatusKey, String),
    /// The body of a failure.
    Failure(StatusKey),
    /// The body of what the server sends on its own.
    Payload,
}

/// The place in the description that a thing comes from.
pub type Origin = Pointer;
