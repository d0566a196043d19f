//! Names: the only place where a Rust identifier is made.
//!
//! # How names come about
//!
//! Each Rust namespace is a `Scope`. Components enter it before inline types, else things enter in document order. A name
//! that is taken is never given twice, and what needs a second choice never takes another's first: so what joins later
//! renames nothing but what it collides with. For each thing the first free one of these is taken:
//!
//! | thing | names, in order of preference |
//! |---|---|
//! | anything | the override in `[names]` of `codegen.toml`, by pointer |
//! | component | its key: `HTTPValidationError` is `HttpValidationError` |
//! | schema of another file | the key of the component that it is, else its own key, then with what holds it there |
//! | inline type | its parent and its role: `PetOwner`, `CreatePetRequest`, `ListPetsResponse`, `PetKind` |
//! | field, parameter | its wire name in snake case |
//! | enum value | its `x-enum-varnames` entry, else the value: `in-progress` is `InProgress` |
//! | header of an answer | its wire name: `headers::X_RATE_LIMIT`; where it has another type elsewhere, behind the operation |
//! | server | its name, else what describes it in a few words, else its URL: `Server::production()` |
//! | union variant | its tag, else its component's key, else its title, else what tells it from the others |
//! | group | its tag; operations without one are in `api` |
//! | operation | its `operationId` without path, class and group, else method and path (`operation_id`) |
//! | payload | the key of its webhook or callback, behind the operation or before the method where that is taken |
//! | request type | the operation in camel case: `expire_all` is `ExpireAll` |
//! | types of an operation | the whole id and the role: `repos/list` has `ReposListResponse` |
//! | body | `<Operation>Body` where there is a choice, `<Operation>Form` where it has parts |
//! | failures | `AuthenticationFailure` where a group has one set, else `<Operation>Failure`; `…Error` wraps it |
//!
//! What tells variants apart is a constant, a property that only one of them has, their items, their format, their JSON
//! type. `GET /pets/{id}/owner` without an id is `get_pets_owner`, and `get_owner` in the group `pets`.
//!
//! A role does not repeat how its parent's name ends (`account_number` of `Account` is `AccountNumber`), and where it is
//! all repetition a noun stands for it (`error` of `ApiError` is `ApiErrorField`).
//!
//! Where several things of one namespace want the same name, the one gets it that is written just so, then the one with the
//! fewest symbols, then the first. The others are qualified: by a noun for their role or by what holds them; then the
//! symbols that made two names equal are spelled out (`a-b` is `a_minus_b`), then the style is told (`ASC` beside `asc` is
//! `AscUppercase`), and only then a number is added, with a warning that names both origins and the line to paste.
//!
//! Words are divided as `heck` divides them, but for `OAuth`, `IPv4`, `iOS` and plurals such as `userIDs`. Characters that
//! no identifier has are dropped where letters or digits remain, and spelled out where none do (`+` is `plus`, an emoji its
//! code point); signs in front are always spelled (`-1` is `Minus1`), marks on Latin letters go (`größe` is `grosse`).
//! Digits that are apart stay apart (`1.0` is `N1_0`). A name that starts with a digit gets the prefix `N` or `n`. Keywords
//! get a trailing underscore, and so do names that the emitted code itself needs and modules that Windows has no files for.

mod assign;
mod ident;
mod keywords;
mod operation_id;
mod operations;
mod payloads;
mod scope;
mod server;
mod status;
mod symbols;
mod type_name;
mod types;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::NameOverride;
use crate::facts::ErrorSetId;
use crate::ir::{GroupId, Id, OperationId, PayloadId, SchemeId, TypeId};
use crate::source::Pointer;

pub use assign::assign;
pub use ident::Ident;
pub use keywords::is_identifier;

/// What code that uses a crate calls it.
pub fn of_crate(package: &str) -> Ident {
    Ident::new(&package.replace('-', "_"))
}

/// The name of what every crate has, as a part of the runtime: it is a Rust identifier as it stands in the sources.
pub(crate) fn of_runtime(name: &'static str) -> Ident {
    Ident::new(name)
}

/// Features that every crate has, whatever its tags are called.
const FEATURES: [&str; 8] =
    ["default", "http2", "native-tls", "payloads", "reqwest", "rustls", "tags", "unreferenced-models"];

/// The Cargo feature of a group.
fn of_feature(module: &Ident) -> String {
    let name = module.to_string().replace('_', "-");
    let name = name.trim_end_matches('-');
    // No other one has an underscore in it.
    if FEATURES.contains(&name) { format!("tag_{name}") } else { name.to_owned() }
}

/// Overrides by the pointer of what they name, as `codegen.toml` states them.
pub type Overrides = BTreeMap<Pointer, NameOverride>;

/// The name of everything that emitted code declares.
#[derive(Debug, Default)]
pub struct Names {
    types: Vec<TypeNames>,
    /// The names of all types.
    models: HashSet<String>,
    groups: Vec<GroupNames>,
    operations: Vec<OperationNames>,
    payloads: Vec<PayloadNames>,
    error_sets: HashMap<ErrorSetId, ErrorSetNames>,
    schemes: HashMap<SchemeId, SchemeNames>,
    /// The statics of the headers of answers, in the order of the facts.
    pub headers: Vec<Ident>,
    /// The function that gives each server, in the order of the servers.
    pub servers: Vec<Ident>,
    /// The variables in the URLs of the servers, each with the method that sets it.
    pub server_variables: Vec<(String, Ident)>,
}

/// The names that a way to authenticate brings.
#[derive(Debug)]
pub struct SchemeNames {
    /// The method of the builder that takes a credential.
    pub method: Ident,
    /// The method of the builder that takes an id and a secret, by which the client fetches tokens.
    pub client: Ident,
}

/// The names that a type brings.
#[derive(Debug)]
pub struct TypeNames {
    /// The type.
    pub name: Ident,
    /// The module under `models` that declares it, which is the name of its file.
    pub module: Ident,
    /// Its fields, variants or values, in order.
    pub members: Vec<Ident>,
    /// The field of a record that holds the union beside its properties.
    pub kind: Option<Ident>,
    /// The field of a record that keeps free properties.
    pub rest: Option<Ident>,
}

/// The names that a group brings.
#[derive(Debug)]
pub struct GroupNames {
    /// The module at the root, which is the name of its file, and the method of the client.
    pub module: Ident,
    /// The type that holds its operations.
    pub name: Ident,
    /// The Cargo feature that brings it in, where groups have features: the module, with hyphens.
    pub feature: String,
    /// The name of its page, without the extension.
    pub page: String,
}

/// The names that an operation brings.
#[derive(Debug)]
pub struct OperationNames {
    /// The method of its group.
    pub method: Ident,
    /// The type of a call.
    pub request: Ident,
    /// The static of the servers that it has of its own; operations of a group that have the same share it.
    pub servers: Option<Ident>,
    /// Its parameters, in order; setters have the same names.
    pub params: Vec<Ident>,
    /// The argument that takes the body.
    pub body: Ident,
    /// The type that chooses among several representations of the body.
    pub body_type: Ident,
    /// The variants of that type, in order.
    pub body_variants: Vec<Ident>,
    /// The type that a body of parts is put together by.
    pub form: Ident,
    /// The parts of that type, each with its headers.
    pub parts: Vec<(Ident, Vec<Ident>)>,
    /// The setter that chooses a media type of the answer.
    pub accept: Ident,
    /// The type of what it chooses among.
    pub media_type: Ident,
    /// The variants of that type, in order.
    pub media_variants: Vec<Ident>,
    /// The type of its successes, where there are several.
    pub success: Ident,
    /// The variants of that type, in order.
    pub success_variants: Vec<Ident>,
    /// What its types are named by, in words: unlike the method's name it does not rely on the group's.
    full: String,
}

/// The names that a payload brings.
#[derive(Debug)]
pub struct PayloadNames {
    /// The static that reads it.
    pub constant: Ident,
    /// What its types are named by, in words.
    full: String,
}

/// The names that a set of failures brings.
#[derive(Debug)]
pub struct ErrorSetNames {
    /// The enum of documented failures.
    pub failure: Ident,
    /// The error that carries one.
    pub error: Ident,
    /// Its variants, in order.
    pub variants: Vec<Ident>,
}

impl Names {
    /// The names of a type.
    pub fn of_type(&self, id: TypeId) -> &TypeNames {
        &self.types[id.index()]
    }

    /// The names of a group.
    pub fn of_group(&self, id: GroupId) -> &GroupNames {
        &self.groups[id.index()]
    }

    /// The names of an operation.
    pub fn of_operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// The names of a payload.
    pub fn of_payload(&self, id: PayloadId) -> &PayloadNames {
        &self.payloads[id.index()]
    }

    /// The names of a set of failures.
    pub fn of_error_set(&self, id: ErrorSetId) -> &ErrorSetNames {
        &self.error_sets[&id]
    }

    /// The names of a way to authenticate.
    pub fn of_scheme(&self, id: SchemeId) -> &SchemeNames {
        &self.schemes[&id]
    }

    /// Whether a model is called so; emitted code then writes the standard library's path in full.
    pub fn is_model(&self, name: &str) -> bool {
        self.models.contains(name)
    }
}
