//! The table of every object of OpenAPI 3.0, 3.1 and 3.2.
//!
//! What becomes of a field is `.is(…)`; without it the client honours the field, or shows it where it is prose.

use super::Kind::{Any, Bool, List, Map, Prose, Schema, Text, Word};
use super::{Field, Grammar, Kind, Missing, Object, Pattern, Typed, Versions, swagger};
use crate::disposition::Disposition::{self, Documented, Honoured, Unsupported, Unused};

impl Object {
    /// What the table says about the object.
    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::Document => &DOCUMENT,
            Self::Info => &INFO,
            Self::Contact => &CONTACT,
            Self::License => &LICENSE,
            Self::Server => &SERVER,
            Self::ServerVariable => &SERVER_VARIABLE,
            Self::Components => &COMPONENTS,
            Self::Webhooks => &WEBHOOKS,
            Self::Paths => &PATHS,
            Self::PathItem => &PATH_ITEM,
            Self::Operation => &OPERATION,
            Self::ExternalDocs => &EXTERNAL_DOCS,
            Self::Parameter => &PARAMETER,
            Self::RequestBody => &REQUEST_BODY,
            Self::MediaType => &MEDIA_TYPE,
            Self::Encoding => &ENCODING,
            Self::Responses => &RESPONSES,
            Self::Response => &RESPONSE,
            Self::Callback => &CALLBACK,
            Self::Example => &EXAMPLE,
            Self::Link => &LINK,
            Self::Header => &HEADER,
            Self::Tag => &TAG,
            Self::SecurityScheme => &SECURITY_SCHEME,
            Self::OAuthFlows => &OAUTH_FLOWS,
            Self::ImplicitFlow => &IMPLICIT_FLOW,
            Self::PasswordFlow => &PASSWORD_FLOW,
            Self::ClientCredentialsFlow => &CLIENT_CREDENTIALS_FLOW,
            Self::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
            Self::DeviceAuthorizationFlow => &DEVICE_AUTHORIZATION_FLOW,
            Self::SecurityRequirement => &SECURITY_REQUIREMENT,
            Self::SwaggerDocument => &swagger::DOCUMENT,
            Self::SwaggerPaths => &swagger::PATHS,
            Self::SwaggerPathItem => &swagger::PATH_ITEM,
            Self::SwaggerOperation => &swagger::OPERATION,
            Self::SwaggerParameter => &swagger::PARAMETER,
            Self::SwaggerResponses => &swagger::RESPONSES,
            Self::SwaggerResponse => &swagger::RESPONSE,
            Self::SwaggerHeader => &swagger::HEADER,
            Self::SwaggerSecurityScheme => &swagger::SECURITY_SCHEME,
        }
    }
}

static DOCUMENT: Grammar = object(
    "the document",
    &[
        field("openapi", Text).required(Missing::Refuse),
        field("$self", Text).since(Versions::SINCE_3_2).typed(Typed::Dropped),
        field("info", of(Object::Info)).required(Missing::Empty),
        field("jsonSchemaDialect", Text).since(Versions::SINCE_3_1).typed(Typed::Extra).is(Unused),
        field("servers", List(&of(Object::Server))),
        field("paths", of(Object::Paths)).required_in(Versions::V3_0, Missing::Empty),
        field("webhooks", Map(&of(Object::PathItem))).since(Versions::SINCE_3_1).typed(Typed::Extra),
        // What those write who describe webhooks in 3.0.
        field("x-webhooks", of(Object::Webhooks)).typed(Typed::Extra),
        field("components", of(Object::Components)),
        field("security", List(&of(Object::SecurityRequirement))),
        field("tags", List(&of(Object::Tag))),
        field("externalDocs", of(Object::ExternalDocs)).is(Documented),
    ],
);

static INFO: Grammar = object(
    "the info",
    &[
        field("title", Text).required(Missing::Text("API")).is(Documented),
        field("summary", Prose).since(Versions::SINCE_3_1).typed(Typed::Extra).is(Unused),
        field("description", Prose),
        field("termsOfService", Prose).is(Unused),
        field("contact", of(Object::Contact)).is(Unused),
        field("license", of(Object::License)).is(Unused),
        field("version", Text).required(Missing::Text("0")).is(Documented),
    ],
);

static CONTACT: Grammar = object("a contact", &[field("name", Prose), field("url", Prose), field("email", Prose)]);

static LICENSE: Grammar = object(
    "a license",
    &[
        field("name", Text).required(Missing::LeaveOut),
        field("identifier", Text).since(Versions::SINCE_3_1).typed(Typed::Extra),
        field("url", Prose),
    ],
);

static SERVER: Grammar = object(
    "a server",
    &[
        field("url", Text).required(Missing::Text("/")),
        field("description", Prose),
        field("name", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra),
        field("variables", Map(&of(Object::ServerVariable))),
    ],
)
.with_origin();

static SERVER_VARIABLE: Grammar = object(
    "a server variable",
    &[
        field("enum", List(&Text)),
        // Where it is missing, a rule fills it.
        field("default", Text),
        field("description", Prose),
    ],
);

/// Parts that are only ever referred to stand in the typed side where the reference stood.
static COMPONENTS: Grammar = object(
    "the components",
    &[
        field("schemas", Map(&Schema)),
        field("responses", Map(&of(Object::Response))).typed(Typed::Dropped),
        field("parameters", Map(&of(Object::Parameter))).typed(Typed::Dropped),
        field("examples", Map(&of(Object::Example))).typed(Typed::Dropped).is(Unused),
        field("requestBodies", Map(&of(Object::RequestBody))).typed(Typed::Dropped),
        field("headers", Map(&of(Object::Header))).typed(Typed::Dropped),
        field("securitySchemes", Map(&of(Object::SecurityScheme))),
        field("links", Map(&of(Object::Link))).typed(Typed::Dropped).is(Unused),
        field("callbacks", Map(&of(Object::Callback))).typed(Typed::Dropped).is(Unused),
        field("pathItems", Map(&of(Object::PathItem))).since(Versions::SINCE_3_1).typed(Typed::Dropped),
        field("mediaTypes", Map(&of(Object::MediaType))).since(Versions::SINCE_3_2).typed(Typed::Dropped),
    ],
);

/// Webhooks among extensions, where keys that start with `x-` are extensions too.
static WEBHOOKS: Grammar = object("the webhooks", &[]).pattern(Pattern::Webhook, of(Object::PathItem));

static PATHS: Grammar = object("the paths", &[]).pattern(Pattern::Path, of(Object::PathItem));

static PATH_ITEM: Grammar = object(
    "a path item",
    &[
        field("summary", Prose).is(Unused),
        field("description", Prose).is(Unused),
        field("get", of(Object::Operation)),
        field("put", of(Object::Operation)),
        field("post", of(Object::Operation)),
        field("delete", of(Object::Operation)),
        field("options", of(Object::Operation)),
        field("head", of(Object::Operation)),
        field("patch", of(Object::Operation)),
        field("trace", of(Object::Operation)),
        field("query", of(Object::Operation)).since(Versions::SINCE_3_2).typed(Typed::Extra),
        field("additionalOperations", Map(&of(Object::Operation))).since(Versions::SINCE_3_2).typed(Typed::Extra),
        field("servers", List(&of(Object::Server))),
        field("parameters", List(&of(Object::Parameter))),
    ],
)
.referable(Versions::V3)
.with_origin();

static OPERATION: Grammar = object(
    "an operation",
    &[
        field("tags", List(&Text)),
        field("summary", Prose),
        field("description", Prose),
        field("externalDocs", of(Object::ExternalDocs)).is(Documented),
        field("operationId", Text),
        field("parameters", List(&of(Object::Parameter))),
        field("requestBody", of(Object::RequestBody)),
        field("responses", of(Object::Responses)).required_in(Versions::V3_0, Missing::Empty),
        field("callbacks", Map(&of(Object::Callback))),
        field("deprecated", Bool).is(Documented),
        field("security", List(&of(Object::SecurityRequirement))),
        field("servers", List(&of(Object::Server))),
    ],
)
.with_origin();

static EXTERNAL_DOCS: Grammar = object(
    "external docs",
    &[field("description", Prose), field("url", Text).required(Missing::LeaveOut).is(Documented)],
);

static PARAMETER: Grammar = object(
    "a parameter",
    &[
        field("name", Text).required(Missing::Refuse),
        field("in", Word(&["query", "header", "path", "cookie", "querystring"])).required(Missing::Refuse),
        field("description", Prose),
        field("required", Bool),
        field("deprecated", Bool).is(Documented),
        field("allowEmptyValue", Bool).is(Unused),
        field("style", Word(STYLES)),
        field("explode", Bool),
        field("allowReserved", Bool),
        field("schema", Schema),
        field("content", Map(&of(Object::MediaType))),
        field("example", Any).is(Documented),
        field("examples", Map(&of(Object::Example))).typed(Typed::Dropped).is(Documented),
    ],
)
.referable(Versions::V3)
.with_origin();

static REQUEST_BODY: Grammar = object(
    "a request body",
    &[
        field("description", Prose),
        field("content", Map(&of(Object::MediaType))).required(Missing::Empty),
        field("required", Bool),
    ],
)
.referable(Versions::V3)
.with_origin();

static MEDIA_TYPE: Grammar = object(
    "a media type",
    &[
        field("schema", Schema),
        field("itemSchema", Schema).since(Versions::SINCE_3_2).typed(Typed::Extra),
        field("example", Any).is(Unused),
        field("examples", Map(&of(Object::Example))).typed(Typed::Dropped).is(Unused),
        field("encoding", Map(&of(Object::Encoding))),
        field("prefixEncoding", List(&of(Object::Encoding))).since(Versions::SINCE_3_2).typed(Typed::Extra),
        field("itemEncoding", of(Object::Encoding)).since(Versions::SINCE_3_2).typed(Typed::Extra),
    ],
)
.referable(Versions::SINCE_3_2)
.with_origin();

static ENCODING: Grammar = object(
    "an encoding",
    &[
        field("contentType", Text),
        field("headers", Map(&of(Object::Header))),
        field("style", Word(STYLES)),
        field("explode", Bool).typed(Typed::Both),
        field("allowReserved", Bool),
        unsupported("encoding", "nested encoding"),
        unsupported("prefixEncoding", "encoding by position (prefixEncoding)"),
        unsupported("itemEncoding", "encoding by position (itemEncoding)"),
    ],
)
.with_origin();

static RESPONSES: Grammar =
    object("the responses", &[field("default", of(Object::Response))]).pattern(Pattern::Status, of(Object::Response));

static RESPONSE: Grammar = object(
    "a response",
    &[
        field("summary", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
        field("description", Prose).required_in(Versions::UNTIL_3_1, Missing::Text("")),
        field("headers", Map(&of(Object::Header))),
        field("content", Map(&of(Object::MediaType))),
        field("links", Map(&of(Object::Link))).typed(Typed::Dropped).is(Unused),
    ],
)
.referable(Versions::V3)
.with_origin();

static CALLBACK: Grammar =
    object("a callback", &[]).pattern(Pattern::Expression, of(Object::PathItem)).referable(Versions::V3);

static EXAMPLE: Grammar = object(
    "an example",
    &[
        field("summary", Prose).is(Unused),
        field("description", Prose).is(Unused),
        field("value", Any).is(Documented),
        field("externalValue", Prose).is(Unused),
        field("dataValue", Any).since(Versions::SINCE_3_2).is(Unused),
        field("serializedValue", Prose).since(Versions::SINCE_3_2).is(Unused),
    ],
)
.referable(Versions::V3);

static LINK: Grammar = object(
    "a link",
    &[
        field("operationRef", Text),
        field("operationId", Text),
        field("parameters", Map(&Any)),
        field("requestBody", Any),
        field("description", Prose),
        field("server", of(Object::Server)),
    ],
)
.referable(Versions::V3);

static HEADER: Grammar = object(
    "a header",
    &[
        field("description", Prose),
        field("required", Bool).is(Documented),
        field("deprecated", Bool).is(Documented),
        field("allowEmptyValue", Bool).typed(Typed::Dropped).is(Unused),
        field("allowReserved", Bool).typed(Typed::Dropped).is(Unused),
        field("style", Word(STYLES)).is(Unused),
        field("explode", Bool).typed(Typed::Extra),
        field("schema", Schema),
        field("content", Map(&of(Object::MediaType))),
        field("example", Any).is(Unused),
        field("examples", Map(&of(Object::Example))).typed(Typed::Dropped).is(Unused),
    ],
)
.referable(Versions::V3)
.with_origin();

static TAG: Grammar = object(
    "a tag",
    &[
        field("name", Text).required(Missing::LeaveOut),
        field("summary", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
        field("description", Prose),
        field("externalDocs", of(Object::ExternalDocs)).is(Documented),
        field("parent", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
        field("kind", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
    ],
)
.with_origin();

static SECURITY_SCHEME: Grammar = object(
    "a security scheme",
    &[
        field("type", Word(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"])).required(Missing::Refuse),
        field("description", Prose),
        field("name", Text),
        field("in", Word(&["query", "header", "cookie"])),
        field("scheme", Text),
        field("bearerFormat", Prose),
        field("flows", of(Object::OAuthFlows)),
        field("openIdConnectUrl", Text).is(Documented),
        field("oauth2MetadataUrl", Prose).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
        field("deprecated", Bool).since(Versions::SINCE_3_2).typed(Typed::Extra).is(Unused),
    ],
)
.referable(Versions::V3)
.with_origin();

static OAUTH_FLOWS: Grammar = object(
    "the OAuth flows",
    &[
        field("implicit", of(Object::ImplicitFlow)).is(Unused),
        field("password", of(Object::PasswordFlow)).is(Unused),
        field("clientCredentials", of(Object::ClientCredentialsFlow)),
        field("authorizationCode", of(Object::AuthorizationCodeFlow)).is(Unused),
        field("deviceAuthorization", of(Object::DeviceAuthorizationFlow))
            .since(Versions::SINCE_3_2)
            .typed(Typed::Extra)
            .is(Unused),
    ],
);

static IMPLICIT_FLOW: Grammar =
    object("an OAuth flow", &[AUTHORIZATION_URL.required(Missing::Text("")), TOKEN_URL, REFRESH_URL, SCOPES]);
static PASSWORD_FLOW: Grammar =
    object("an OAuth flow", &[AUTHORIZATION_URL, TOKEN_URL.required(Missing::Text("")), REFRESH_URL, SCOPES]);
static CLIENT_CREDENTIALS_FLOW: Grammar =
    object("an OAuth flow", &[AUTHORIZATION_URL, TOKEN_URL.required(Missing::Text("")), REFRESH_URL, SCOPES]);
static AUTHORIZATION_CODE_FLOW: Grammar = object(
    "an OAuth flow",
    &[AUTHORIZATION_URL.required(Missing::Text("")), TOKEN_URL.required(Missing::Text("")), REFRESH_URL, SCOPES],
);
static DEVICE_AUTHORIZATION_FLOW: Grammar = object(
    "an OAuth flow",
    &[
        field("deviceAuthorizationUrl", Text).required(Missing::Text("")),
        TOKEN_URL.required(Missing::Text("")),
        REFRESH_URL,
        SCOPES,
    ],
);

const AUTHORIZATION_URL: Field = field("authorizationUrl", Text).is(Unused);
const TOKEN_URL: Field = field("tokenUrl", Text);
const REFRESH_URL: Field = field("refreshUrl", Text).is(Unused);
const SCOPES: Field = field("scopes", Map(&Text)).required(Missing::Empty);

static SECURITY_REQUIREMENT: Grammar =
    Grammar { extensible: false, ..object("a security requirement", &[]).pattern(Pattern::Scheme, List(&Text)) };

/// Every style there is; which of them fit depends on the place.
const STYLES: &[&str] =
    &["simple", "form", "matrix", "label", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Grammar {
    Grammar { name, fields, pattern: None, extensible: true, referable: Versions::NONE, origin: false }
}

impl Grammar {
    pub(super) const fn pattern(self, keys: Pattern, values: Kind) -> Self {
        Self { pattern: Some((keys, values)), ..self }
    }

    pub(super) const fn referable(self, versions: Versions) -> Self {
        Self { referable: versions, ..self }
    }

    pub(super) const fn with_origin(self) -> Self {
        Self { origin: true, ..self }
    }
}

pub(super) const fn of(object: Object) -> Kind {
    Kind::Object(object)
}

/// A field that the client honours, or shows to its reader where it is prose.
pub(super) const fn field(name: &'static str, kind: Kind) -> Field {
    let disposition = match kind {
        Prose => Documented,
        _ => Honoured,
    };
    let (versions, required) = (Versions::ANY, Versions::NONE);
    Field { name, kind, versions, required, missing: Missing::Accept, typed: Typed::Kept, disposition }
}

/// A field of 3.2 that cannot be expressed yet.
const fn unsupported(name: &'static str, what: &'static str) -> Field {
    field(name, Any).since(Versions::SINCE_3_2).typed(Typed::Dropped).is(Unsupported(what))
}

impl Field {
    pub(super) const fn required(self, missing: Missing) -> Self {
        self.required_in(Versions::ANY, missing)
    }

    pub(super) const fn required_in(mut self, versions: Versions, missing: Missing) -> Self {
        self.required = versions;
        self.missing = missing;
        self
    }

    pub(super) const fn since(mut self, versions: Versions) -> Self {
        self.versions = versions;
        self
    }

    pub(super) const fn typed(mut self, typed: Typed) -> Self {
        self.typed = typed;
        self
    }

    const fn is(mut self, disposition: Disposition) -> Self {
        self.disposition = disposition;
        self
    }
}
