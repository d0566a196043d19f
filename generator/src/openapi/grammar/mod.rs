//! What the objects of an OpenAPI document look like: one table, in [`table`], and the terms that it is written in.
//!
//! The table drives everything: which fields are known, in which versions, what their values are, what happens when
//! one is missing, where references may stand, where schemas begin, and what of it the typed side takes.

mod rows;
mod swagger;
mod table;

use super::version::Version;
use crate::disposition::Disposition;

pub use rows::rows;

/// An object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names are those of the specification; `Swagger` stands before those of 2.0 alone.
pub(crate) enum Object {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Webhooks,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    DeviceAuthorizationFlow,
    SecurityRequirement,
    SwaggerDocument,
    SwaggerPaths,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerResponses,
    SwaggerResponse,
    SwaggerHeader,
    SwaggerSecurityScheme,
}

/// What the table says about an object.
pub(crate) struct Grammar {
    /// What a message calls it: `a parameter`.
    pub(super) name: &'static str,
    /// Its fields by name.
    pub(super) fields: &'static [Field],
    /// What its other keys are, where it may have other keys.
    pub(super) pattern: Option<(Pattern, Kind)>,
    /// Whether keys that start with `x-` are extensions of it.
    pub(super) extensible: bool,
    /// In which versions a reference may stand in its place.
    pub(super) referable: Versions,
    /// Whether the typed side says where it stands.
    pub(super) origin: bool,
}

impl Grammar {
    /// Whether a reference may stand in its place in any version.
    pub(super) fn may_be_referred_to(&self) -> bool {
        self.referable != Versions::NONE
    }

    /// What the value of a key is; `None` for an extension, and for a key that is none of the object's.
    pub(crate) fn kind_of(&self, key: &str) -> Option<Kind> {
        if let Some(field) = self.field(key) {
            return Some(field.kind);
        }
        if self.extensible && key.starts_with("x-") {
            return None;
        }
        match &self.pattern {
            Some((_, kind)) => Some(*kind),
            None => self.field_in_other_case(key).map(|field| field.kind),
        }
    }

    /// The field of that name.
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field whose name differs from `name` in case only.
    pub(super) fn field_in_other_case(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// What the keys of an object without fixed fields are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Path templates.
    Path,
    /// Statuses, ranges of them.
    Status,
    /// Names of webhooks.
    Webhook,
    /// Runtime expressions.
    Expression,
    /// Names of security schemes.
    Scheme,
}

impl Pattern {
    /// What a table calls such a key.
    fn words(self) -> &'static str {
        match self {
            Self::Path => "<path>",
            Self::Status => "<status>",
            Self::Webhook => "<webhook>",
            Self::Expression => "<expression>",
            Self::Scheme => "<scheme>",
        }
    }
}

/// A field of an object.
pub(crate) struct Field {
    /// Its name.
    pub(super) name: &'static str,
    /// What its value is.
    pub(super) kind: Kind,
    /// The versions that have it.
    pub(super) versions: Versions,
    /// The versions in which it must be there.
    pub(super) required: Versions,
    /// What is done where it is not there.
    pub(super) missing: Missing,
    /// What the typed side takes of it.
    pub(super) typed: Typed,
    /// What becomes of it.
    pub(super) disposition: Disposition,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A string.
    Text,
    /// A string for readers only; anything else is left out without loss.
    Prose,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A boolean.
    Bool,
    /// Data of the API: neither looked into nor taken.
    Any,
    /// A schema: not looked into, taken as a handle.
    Schema,
    /// An object of OpenAPI.
    Object(Object),
    /// A list.
    List(&'static Kind),
    /// A mapping whose keys the author chooses.
    Map(&'static Kind),
}

impl Kind {
    /// What a message calls a value of the kind.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Text | Self::Prose | Self::Word(_) => "a string",
            Self::Bool => "a boolean",
            Self::Any => "a value",
            Self::Schema => "a schema",
            Self::Object(object) => object.grammar().name,
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// What is done where a field is not there.
pub(crate) enum Missing {
    /// Nothing.
    Accept,
    /// The field is read as this string.
    Text(&'static str),
    /// The field is read as an empty mapping.
    Empty,
    /// The object is left out, which loses nothing but words.
    LeaveOut,
    /// The object cannot be read.
    Refuse,
}

/// What the typed side takes of a field.
pub(crate) enum Typed {
    /// The field, as `openapiv3` knows it.
    Kept,
    /// The extension `x-codegen-<name>`, since `openapiv3` does not know the field.
    Extra,
    /// The field and the extension, since `openapiv3` cannot say whether it was written.
    Both,
    /// Nothing: it is read from the tree where it is needed, or not at all.
    Dropped,
}

/// A set of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Versions(u8);

impl Versions {
    const NONE: Self = Self(0);
    const V2_0: Self = Self(1 << Version::V2_0 as u8);
    const V3_0: Self = Self(1 << Version::V3_0 as u8);
    pub(super) const SINCE_3_2: Self = Self(1 << Version::V3_2 as u8);
    const SINCE_3_1: Self = Self(1 << Version::V3_1 as u8 | Self::SINCE_3_2.0);
    const V3: Self = Self(Self::V3_0.0 | Self::SINCE_3_1.0);
    const ANY: Self = Self(Self::V2_0.0 | Self::V3.0);
    const UNTIL_3_1: Self = Self(Self::V3.0 & !Self::SINCE_3_2.0);

    /// Whether the version is among them.
    pub(super) fn contains(self, version: Version) -> bool {
        self.0 & (1 << version as u8) != 0
    }

    /// The versions as a column of a table has them.
    fn range(self) -> &'static str {
        match self {
            Self::ANY | Self::V3 => "all",
            Self::V3_0 => "3.0",
            Self::UNTIL_3_1 => "3.0 and 3.1",
            Self::SINCE_3_1 => "3.1 and later",
            Self::SINCE_3_2 => "3.2",
            _ => "none",
        }
    }

    /// The versions as a message lists them.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::SINCE_3_1 => "OpenAPI 3.1 and later",
            Self::SINCE_3_2 => "OpenAPI 3.2",
            _ => "another version of OpenAPI",
        }
    }
}
