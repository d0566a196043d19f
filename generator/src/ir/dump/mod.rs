//! The text form of the IR, for golden tests and `--emit ir`.
//!
//! A line for each type, field, operation, parameter and response, in the order of the document, and what is said about
//! it on indented lines below. Ids are shown as labels. Every struct is taken apart field by field, so that nothing can
//! be added to the IR without a decision about its text; an origin is left out where it is the obvious one.
//!
//! ```text
//! record Pet
//!   id: i64
//!   name?: string | null
//!
//! operation GET /pets/{id}
//!   path id: i64, simple
//!   success 200: Pet, json "application/json"
//! ```

mod label;
mod operation;
mod types;
mod xml;

use std::fmt::{self, Display, Write as _};

use super::{
    Api, AuthScheme, Constraint, Docs, Flow, Group, KeyPlace, Literal, Origin, SchemeKind, Server, ServerVariable,
};
use label::{Labels, plain};

/// Writes the API as stable, line-oriented text.
pub fn dump(api: &Api) -> String {
    let mut dump = Dump { labels: Labels::of(api), text: String::new() };
    let Api { title, version, docs, servers, schemes, groups, types, xml, operations, payloads } = api;
    dump.line(0, format_args!("api {title:?} {version:?}"));
    dump.docs(1, docs);
    servers.iter().for_each(|server| dump.server(0, server));
    schemes.values().for_each(|scheme| dump.scheme(scheme));
    groups.values().for_each(|group| dump.group(group));
    types.iter().for_each(|(id, def)| dump.type_def(id, def));
    xml.iter().for_each(|(id, table)| dump.xml(*id, table));
    operations.iter().for_each(|(id, operation)| dump.operation(id, operation));
    payloads.iter().for_each(|(id, payload)| dump.payload(id, payload));
    dump.text
}

struct Dump {
    labels: Labels,
    text: String,
}

impl Dump {
    /// Writes a line, with two spaces for each step of depth and an empty line in front of what stands at the margin.
    fn line(&mut self, depth: usize, text: fmt::Arguments<'_>) {
        if depth == 0 && !self.text.is_empty() {
            self.text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:1$}{text}", "", 2 * depth);
    }

    fn server(&mut self, depth: usize, server: &Server) {
        let Server { origin: _, docs, name, url, variables } = server;
        match name {
            Some(name) => self.line(depth, format_args!("server {url:?} {name:?}")),
            None => self.line(depth, format_args!("server {url:?}")),
        }
        self.docs(depth + 1, docs);
        for ServerVariable { name, docs, default, values } in variables {
            self.line(depth + 1, format_args!("variable {} {default:?} {values:?}", plain(name)));
            self.docs(depth + 2, docs);
        }
    }

    fn scheme(&mut self, scheme: &AuthScheme) {
        let AuthScheme { origin, docs, key, kind } = scheme;
        let expected = component("securitySchemes", key);
        let at = At { origin, parent: &Origin::root(), expected: Some(expected) };
        self.line(0, format_args!("scheme {}: {}{at}", plain(key), scheme_kind(kind)));
        if let SchemeKind::OAuth2(flows) = kind {
            for Flow { kind, token_url, scopes } in flows {
                self.line(1, format_args!("flow {kind:?} {token_url:?}"));
                scopes.iter().for_each(|(scope, text)| self.line(2, format_args!("scope {} {text:?}", plain(scope))));
            }
        }
        self.docs(1, docs);
    }

    fn group(&mut self, group: &Group) {
        let Group { tag, docs } = group;
        self.line(0, format_args!("group {}", TagName(tag.as_deref())));
        self.docs(1, docs);
    }

    fn docs(&mut self, depth: usize, docs: &Docs) {
        let Docs { summary, description, deprecated, external, examples, constraints } = docs;
        if let Some(text) = summary {
            self.line(depth, format_args!("summary {text:?}"));
        }
        if let Some(text) = description {
            self.line(depth, format_args!("description {text:?}"));
        }
        if *deprecated {
            self.line(depth, format_args!("deprecated"));
        }
        match external {
            Some((url, Some(text))) => self.line(depth, format_args!("see {url:?} {text:?}")),
            Some((url, None)) => self.line(depth, format_args!("see {url:?}")),
            None => {}
        }
        if !constraints.is_empty() {
            let all: Vec<String> = constraints.iter().map(constraint).collect();
            self.line(depth, format_args!("constraints {}", all.join(", ")));
        }
        for example in examples {
            self.line(depth, format_args!("example {}", Json(example)));
        }
    }
}

fn scheme_kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer(None) => "bearer".to_owned(),
        SchemeKind::Bearer(Some(format)) => format!("bearer {format:?}"),
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Http(name) => format!("http {name:?}"),
        SchemeKind::ApiKey(KeyPlace::Header, name) => format!("key in header {name:?}"),
        SchemeKind::ApiKey(KeyPlace::Query, name) => format!("key in query {name:?}"),
        SchemeKind::ApiKey(KeyPlace::Cookie, name) => format!("key in cookie {name:?}"),
        SchemeKind::OAuth2(_) => "oauth2".to_owned(),
        SchemeKind::OpenIdConnect(url) => format!("openid {url:?}"),
        SchemeKind::MutualTls => "mutual tls".to_owned(),
    }
}

fn component(section: &str, key: &str) -> Origin {
    Origin::root().child("components").child(section).child(key)
}

fn constraint(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Minimum { value, exclusive: false } => format!(">= {}", Json(value)),
        Constraint::Minimum { value, exclusive: true } => format!("> {}", Json(value)),
        Constraint::Maximum { value, exclusive: false } => format!("<= {}", Json(value)),
        Constraint::Maximum { value, exclusive: true } => format!("< {}", Json(value)),
        Constraint::MultipleOf(value) => format!("multiple of {}", Json(value)),
        Constraint::MinLength(number) => format!("length >= {number}"),
        Constraint::MaxLength(number) => format!("length <= {number}"),
        Constraint::MinItems(number) => format!("items >= {number}"),
        Constraint::MaxItems(number) => format!("items <= {number}"),
        Constraint::UniqueItems => "unique items".to_owned(),
        Constraint::MinProperties(number) => format!("properties >= {number}"),
        Constraint::MaxProperties(number) => format!("properties <= {number}"),
        Constraint::Pattern(text) => format!("pattern {text:?}"),
        Constraint::Names(names) => format!("names {names:?}"),
        Constraint::NamePattern(text) => format!("names {text:?}"),
        Constraint::Format(text) => format!("format {text:?}"),
        Constraint::Encoding(text) => format!("encoding {text:?}"),
        Constraint::MediaType(text) => format!("media type {text:?}"),
        Constraint::NullByAbsence => "null by absence".to_owned(),
    }
}

/// Where a thing comes from: nothing where that is the expected place, else relative to what holds it where it lies there.
struct At<'a> {
    origin: &'a Origin,
    parent: &'a Origin,
    expected: Option<Origin>,
}

impl Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.expected.as_ref() == Some(self.origin) {
            return Ok(());
        }
        match self.origin.strip_prefix(self.parent) {
            Some(rest) if *self.parent != Origin::root() => write!(f, " at .{}", rest.as_str().escape_debug()),
            _ => write!(f, " at #{}", self.origin.as_str().escape_debug()),
        }
    }
}

/// A tag as the label of its group.
struct TagName<'a>(Option<&'a str>);

impl Display for TagName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(tag) => write!(f, "{tag:?}"),
            None => f.write_str("without a tag"),
        }
    }
}

/// A value on one line: JSON, with the escapes of Rust in strings, and a point in every number that is no integer.
struct Json<'a>(&'a Literal);

impl Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Literal::Null => f.write_str("null"),
            Literal::Bool(value) => write!(f, "{value}"),
            Literal::Integer(value) => write!(f, "{value}"),
            Literal::Float(value) => write!(f, "{value:?}"),
            Literal::String(text) => write!(f, "{text:?}"),
            Literal::List(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{}", if index == 0 { "" } else { ", " }, Json(item))?;
                }
                f.write_char(']')
            }
            Literal::Map(members) => {
                f.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    write!(f, "{}{key:?}: {}", if index == 0 { "" } else { ", " }, Json(value))?;
                }
                f.write_char('}')
            }
        }
    }
}
