//! Operations: what a client can ask of a server.

use super::{Docs, GroupId, Literal, Origin, Presence, SchemeId, Type, XmlElement};

/// A base URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The server object.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// What the author calls it.
    pub name: Option<String>,
    /// The URL as written: absolute or relative, with variables in braces.
    pub url: String,
    /// The variables, in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable in a base URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// What the description says about it.
    pub docs: Docs,
    /// Its value where none is given; without one, it must be given.
    pub default: Option<String>,
    /// The values that it may have; any where none is listed.
    pub values: Vec<String>,
}

impl Server {
    /// The URL with the variables at their defaults; those without one stay as they are.
    pub fn default_url(&self) -> String {
        self.variables.iter().fold(self.url.clone(), |url, variable| match &variable.default {
            Some(default) => url.replace(&format!("{{{}}}", variable.name), default),
            None => url,
        })
    }

    /// Whether the two lead to the same place.
    pub fn is_like(&self, other: &Self) -> bool {
        let values = |server: &Self| {
            let all = server.variables.iter();
            all.map(|variable| (variable.name.clone(), variable.default.clone())).collect::<Vec<_>>()
        };
        self.url == other.url && values(self) == values(other)
    }
}

/// A way to authenticate.
#[derive(Clone, Debug)]
pub struct AuthScheme {
    /// The component that declares it.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Its key in the description.
    pub key: String,
    /// What it is.
    pub kind: SchemeKind,
}

/// What a way to authenticate is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer <token>`, with the token's format where it is stated.
    Bearer(Option<String>),
    /// `Authorization: Basic <user and password>`.
    Basic,
    /// `Authorization: <scheme> …`, for any other scheme of HTTP.
    Http(String),
    /// A key in a header, a query parameter or a cookie of that name.
    ApiKey(KeyPlace, String),
    /// Bearer tokens by the flows of OAuth 2.
    OAuth2(Vec<Flow>),
    /// Bearer tokens by OpenID Connect; the URL describes its server.
    OpenIdConnect(String),
    /// A certificate that the transport shows.
    MutualTls,
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum KeyPlace {
    Header,
    Query,
    Cookie,
}

/// A way to come by a token of OAuth 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Which one it is.
    pub kind: FlowKind,
    /// Where a token is fetched; `None` for the implicit flow.
    pub token_url: Option<String>,
    /// The scopes that there are, each with its description.
    pub scopes: Vec<(String, String)>,
}

/// The flows of OAuth 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FlowKind {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
}

impl AuthScheme {
    /// The flow by which a client fetches tokens on its own, where there is one.
    pub fn client_credentials(&self) -> Option<&Flow> {
        match &self.kind {
            SchemeKind::OAuth2(flows) => flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials),
            _ => None,
        }
    }
}

/// Operations that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The tag, as the description writes it; `None` for operations without one.
    pub tag: Option<String>,
    /// What the description says about it.
    pub docs: Docs,
}

/// Something that a client can ask of the server.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation object.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// The `operationId` as written.
    pub id: Option<String>,
    /// The group that it belongs to.
    pub group: GroupId,
    /// The request method, spelled as it is sent.
    pub method: String,
    /// The path.
    pub path: PathTemplate,
    /// Parameters, in document order.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// Documented successes, in document order. A status that brings several media types stands once for each, the common
    /// one first.
    pub success: Vec<ResponseCase>,
    /// Documented failures, in the same way.
    pub failure: Vec<ResponseCase>,
    /// What it demands of the caller.
    pub auth: AuthRequirement,
    /// Where it is, if not where the others are.
    pub servers: Vec<Server>,
}

/// A path with parameters in it.
#[derive(Clone, Debug, Default)]
pub struct PathTemplate {
    /// Literal text and parameters, in order.
    pub parts: Vec<PathPart>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text that stands as it is.
    Text(String),
    /// The value of the path parameter of that wire name.
    Param(String),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// The parameter object.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes, and how it is spelled there.
    pub place: Place,
    /// What is percent-encoded, where its place has an encoding at all.
    pub escaping: Escaping,
    /// Its values.
    pub ty: Type,
    /// Whether it must be given.
    pub presence: Presence,
    /// A value that stands for it in an example.
    pub example: Option<Literal>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path(Style),
    /// Into the query.
    Query(Style),
    /// Into a header.
    Header(Style),
    /// Into a cookie.
    Cookie(Style),
    /// It is the whole query: a form (`Form`), a text (`Simple`) or JSON.
    QueryString(Style),
}

impl Place {
    /// What a reader calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path(_) => "path",
            Self::Query(_) => "query",
            Self::Header(_) => "header",
            Self::Cookie(_) => "cookie",
            Self::QueryString(_) => "query string",
        }
    }

    /// How values are spelled there.
    pub fn style(self) -> Style {
        match self {
            Self::Path(style)
            | Self::Query(style)
            | Self::Header(style)
            | Self::Cookie(style)
            | Self::QueryString(style) => style,
        }
    }
}

/// What is percent-encoded in a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Escaping {
    /// All but unreserved characters.
    #[default]
    All,
    /// All but unreserved and reserved ones: `allowReserved`.
    AllowReserved,
}

/// How a value is spelled. Only combinations that OpenAPI defines can be built by `lower`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Style {
    Simple {
        explode: bool,
    },
    Label {
        explode: bool,
    },
    Matrix {
        explode: bool,
    },
    Form {
        explode: bool,
    },
    SpaceDelimited,
    PipeDelimited,
    DeepObject {
        lists: Lists,
    },
    /// `color=blue; color=black` without percent-encoding.
    Cookie {
        explode: bool,
    },
    /// The JSON text of the value.
    Json,
}

/// What a list of plain values inside `deepObject` looks like, of which OpenAPI says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lists {
    /// `color[]=blue&color[]=black`.
    #[default]
    Brackets,
    /// `color=blue&color=black`.
    Repeat,
    /// `color[0]=blue&color[1]=black`.
    Indexed,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The request body object.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Whether it must be given.
    pub required: bool,
    /// What is sent, in the common way.
    pub content: Content,
    /// What may be sent in its place.
    pub others: Vec<Content>,
}

impl Body {
    /// Everything that may be sent, the common way first.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        std::iter::once(&self.content).chain(&self.others)
    }

    /// The parts that it is made of, in the one representation that has parts.
    pub fn parts(&self) -> Option<&[Part]> {
        self.contents().find_map(|content| match &content.representation {
            Representation::Multipart(parts) => Some(parts.as_slice()),
            _ => None,
        })
    }
}

/// A representation of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type as written.
    pub media: String,
    /// Further media types of answers with the same values, which nothing but their bytes tells apart.
    pub alike: Vec<String>,
    /// How values become bytes.
    pub representation: Representation,
    /// The values.
    pub ty: Type,
}

impl Content {
    /// Its media types, the preferred one first.
    pub fn medias(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.media).chain(&self.alike).map(String::as_str)
    }

    /// The types of the values that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match &self.representation {
            Representation::Multipart(parts) => parts.iter().flat_map(Part::types).collect(),
            _ => vec![&self.ty],
        }
    }
}

/// The media types of parts that are told apart by their order. Of several in one text, the caller chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartMedia {
    /// Those of the first parts.
    pub first: Vec<String>,
    /// That of the parts behind them, where it is stated.
    pub further: Option<String>,
}

/// How values become bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Representation {
    /// JSON.
    Json,
    /// The pairs of a form. The members that are listed have a spelling of their own.
    Form(Vec<FormField>),
    /// Parts that have names.
    Multipart(Vec<Part>),
    /// Parts that are told apart by their order.
    OrderedParts(PartMedia),
    /// The text of the value.
    Text,
    /// Bytes.
    Bytes,
    /// Server-sent events, each of which says a value.
    Events,
    /// Server-sent events, each of which is a value: an object of its fields.
    EventFields,
    /// JSON texts, one after the other. In a request they are there as a list.
    JsonItems,
    /// XML with this root.
    Xml(XmlElement),
}

impl Representation {
    /// Whether values come one after the other.
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Events | Self::EventFields | Self::JsonItems)
    }
}

/// How a member of a form is spelled.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// The style, as in a query.
    pub style: Style,
    /// What is percent-encoded.
    pub escaping: Escaping,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The property's schema.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub value: PartValue,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its headers, beside the content type.
    pub headers: Vec<PartHeader>,
}

impl Part {
    fn types(&self) -> Vec<&Type> {
        let value = match &self.value {
            PartValue::File(_) | PartValue::Files(_) => None,
            PartValue::Plain(ty) | PartValue::Typed(_, ty) | PartValue::Base64(_, ty) | PartValue::Styled(_, ty) => {
                Some(ty)
            }
        };
        value.into_iter().chain(self.headers.iter().map(|header| &header.ty)).collect()
    }
}

/// What a part of a form holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PartValue {
    /// Content of one of these media types.
    File(String),
    /// Several contents of one of these media types, each a part.
    Files(String),
    /// A value: a text as it is, an object as JSON, a list as a part for each item.
    Plain(Type),
    /// A value in that media type.
    Typed(String, Type),
    /// A text that is base64 of content in that media type.
    Base64(String, Type),
    /// A value in a style of a query.
    Styled(Style, Type),
}

/// A header of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartHeader {
    /// Its name.
    pub wire: String,
    /// What the description says about it.
    pub docs: Docs,
    /// Its values.
    pub ty: Type,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseCase {
    /// The response object.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// The statuses that it stands for.
    pub status: StatusKey,
    /// Headers that it declares.
    pub headers: Vec<HeaderField>,
    /// Its body; `None` where there is none.
    pub content: Option<Content>,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderField {
    /// The header object.
    pub origin: Origin,
    /// Its name.
    pub wire: String,
    /// What the description says about it.
    pub docs: Docs,
    /// Whether every such answer has it.
    pub required: bool,
    /// How values are written.
    pub shape: HeaderShape,
    /// The values.
    pub ty: Type,
}

impl HeaderField {
    /// Whether the two are read alike.
    pub fn is_like(&self, other: &Self) -> bool {
        self.wire.eq_ignore_ascii_case(&other.wire) && self.shape == other.shape && self.ty == other.ty
    }
}

/// How the value of a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderShape {
    /// As it is.
    Text,
    /// Items with commas between them.
    List,
    /// Members with commas between them.
    Object {
        /// Whether an equals sign and no comma stands between name and value.
        explode: bool,
    },
    /// As JSON.
    Json,
}

/// The statuses that a response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status.
    Exact(u16),
    /// A hundred of them: `4` is `4XX`.
    Range(u8),
    /// Every status that no other response stands for.
    Default,
}

/// What an operation demands: one of the alternatives, each of them all of its schemes. Empty: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthRequirement {
    /// The alternatives, the preferred one first; an empty one means that no credential is needed.
    pub alternatives: Vec<Vec<SchemeId>>,
    /// The scopes that a token must have, by scheme.
    pub scopes: Vec<(SchemeId, Vec<String>)>,
}
