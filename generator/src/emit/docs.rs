//! Documentation: the words of the description, made harmless, and the facts that follow them.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::Context;
use crate::ir::{Constraint, Docs, Field, Literal, Operation, Param, PathPart, PathTemplate, Presence, TypeId};
use crate::markdown::{self, Target};
use crate::name::Ident;

/// Doc attributes, one a line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The same for the module that they stand in.
pub(super) fn inner_attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// The documentation of a type.
pub(super) fn of_type(cx: Context<'_>, id: TypeId) -> TokenStream {
    let def = &cx.api.types[id];
    let origin = format!("Schema {}.", code(&def.origin.to_string()));
    let text = paragraphs(&def.docs, &[facts(&def.docs), origin], Target::Rustdoc);
    let deprecated = deprecated(&def.docs);
    let docs = attributes(&text);
    quote!(#docs #deprecated)
}

/// The documentation of a field; none where there is nothing to say that its name does not.
pub(super) fn of_field(field: &Field, name: &Ident) -> TokenStream {
    let mut text = described(&field.docs, &[facts(&field.docs), default(&field.presence)]);
    if text.is_empty() && name.as_str() != field.wire {
        text = format!("The property {}.", code(&field.wire));
    }
    let deprecated = deprecated(&field.docs);
    let docs = attributes(&text);
    quote!(#docs #deprecated)
}

/// The documentation of a parameter's setter.
pub(super) fn of_param(param: &Param) -> TokenStream {
    let mut text = described(&param.docs, &[facts(&param.docs), default(&param.presence)]);
    if text.is_empty() {
        text = format!("The parameter {}.", code(&param.wire));
    }
    let deprecated = deprecated(&param.docs);
    let docs = attributes(&text);
    quote!(#docs #deprecated)
}

fn default(presence: &Presence) -> String {
    match presence {
        Presence::Defaulted(value) => format!("The server takes {} where it is left out.", code(&json(value))),
        Presence::Required | Presence::Preset(_) | Presence::Optional => String::new(),
    }
}

/// The documentation of the method of an operation; `arguments` are the parameters that it takes.
pub(super) fn of_operation(cx: Context<'_>, operation: &Operation, arguments: &[(&Param, &Ident)]) -> TokenStream {
    let request = code(&format!("{} {}", operation.method, path(&operation.path)));
    let arguments: Vec<String> = arguments.iter().map(|(param, name)| argument(param, name)).collect();
    let servers = super::server::sentence(&operation.servers);
    let facts = [arguments.join("\n"), scopes(cx, operation), servers, request];
    let text = paragraphs(&operation.docs, &facts, Target::Rustdoc);
    let deprecated = deprecated(&operation.docs);
    let docs = attributes(&text);
    quote!(#docs #deprecated)
}

/// The scopes that a token must have.
fn scopes(cx: Context<'_>, operation: &Operation) -> String {
    let sentences = operation.auth.scopes.iter().map(|(scheme, scopes)| {
        let scopes: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
        format!("Scopes of {}: {}.", code(&cx.api.schemes[*scheme].key), scopes.join(", "))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// An argument as an item of a list; what follows its first line is indented below it.
fn argument(param: &Param, name: &Ident) -> String {
    let text = described(&param.docs, &[facts(&param.docs)]);
    let text = if text.is_empty() { format!("the parameter {}", code(&param.wire)) } else { text };
    let indented = text.replace('\n', "\n  ").replace("\n  \n", "\n\n");
    let separator = if markdown::opens_with_text(&text) { " " } else { "\n\n  " };
    format!("* `{name}`:{separator}{indented}")
}

/// Documentation that is one text, or what stands in for it.
pub(super) fn of_text(docs: &Docs, otherwise: &str) -> TokenStream {
    let text = paragraphs(docs, &[], Target::Rustdoc);
    attributes(if text.is_empty() { otherwise } else { &text })
}

/// Summary and description, unless one says the other, then what follows; empty parts are left out.
pub(super) fn paragraphs(docs: &Docs, rest: &[String], target: Target) -> String {
    let clean = |text: &String| markdown::render(text, target).trim().to_owned();
    let (summary, description) = (docs.summary.as_ref().map(clean), docs.description.as_ref().map(clean));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(summary.filter(|summary| description.as_ref().is_none_or(|text| !text.starts_with(summary.as_str()))));
    parts.extend(description);
    parts.extend(docs.external.as_ref().map(|link| external(link, target)));
    parts.extend(rest.iter().cloned());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What is said of a value, and its facts: behind a short sentence they stand in its line, where a reader sees both.
pub(super) fn described(docs: &Docs, facts: &[String]) -> String {
    const SHORT: usize = 160;
    let facts = facts.iter().filter(|fact| !fact.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let text = paragraphs(docs, &[], Target::Rustdoc);
    // A backtick that closes nothing would take the facts for code.
    let is_closed = !text.contains("``") && text.matches('`').count().is_multiple_of(2);
    let is_short = text.len() <= SHORT && !text.contains('\n') && is_closed && markdown::opens_with_text(&text);
    match (text.is_empty() || facts.is_empty(), is_short) {
        (true, _) => text + &facts,
        (false, true) if text.ends_with(['.', '!', '?', ':']) => format!("{text} {facts}"),
        (false, true) => format!("{text}. {facts}"),
        (false, false) => format!("{text}\n\n{facts}"),
    }
}

fn external((url, text): &(String, Option<String>), target: Target) -> String {
    let text = text.as_deref().map(|text| format!("{}: ", markdown::summary(text).trim_end_matches('.')));
    markdown::render(&format!("{}<{url}>", text.unwrap_or_default()), target).trim().to_owned()
}

pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    // The attribute would make the crate warn about its own use of the item; a line in the documentation does not.
    if docs.deprecated { attributes("\n**Deprecated.**") } else { TokenStream::new() }
}

/// Constraints and an example, as one line.
pub(super) fn facts(docs: &Docs) -> String {
    let mut all = constraints(&docs.constraints);
    all.extend(docs.examples.first().map(|example| format!("Example: {}.", code(&json(example)))));
    all.join(" ")
}

/// Constraints as sentences: the bounds first, as ranges where there are two of a kind.
fn constraints(all: &[Constraint]) -> Vec<String> {
    let (mut value, mut length, mut items, mut properties) = <[Bounds; 4]>::default().into();
    let mut others = Vec::new();
    for constraint in all {
        match constraint {
            Constraint::Minimum { value: bound, exclusive } => value.least = Some((json(bound), *exclusive)),
            Constraint::Maximum { value: bound, exclusive } => value.most = Some((json(bound), *exclusive)),
            Constraint::MinLength(count) => length.least = Some((count.to_string(), false)),
            Constraint::MaxLength(count) => length.most = Some((count.to_string(), false)),
            Constraint::MinItems(count) => items.least = Some((count.to_string(), false)),
            Constraint::MaxItems(count) => items.most = Some((count.to_string(), false)),
            Constraint::MinProperties(count) => properties.least = Some((count.to_string(), false)),
            Constraint::MaxProperties(count) => properties.most = Some((count.to_string(), false)),
            Constraint::MultipleOf(value) => others.push(format!("A multiple of {}.", code(&json(value)))),
            Constraint::UniqueItems => others.push("No item stands twice.".to_owned()),
            Constraint::Pattern(pattern) => others.push(format!("Pattern: {}.", code(pattern))),
            Constraint::Names(names) => {
                let names: Vec<String> = names.iter().map(|name| code(name)).collect();
                others.push(format!("Keys: {}.", names.join(", ")));
            }
            Constraint::NamePattern(pattern) => others.push(format!("Pattern of the keys: {}.", code(pattern))),
            Constraint::NullByAbsence => others.push("May be null: then it is left out.".to_owned()),
            Constraint::Format(format) => others.push(format!("Format: {}.", code(format))),
            Constraint::Encoding(encoding) => others.push(format!("Encoding: {}.", code(encoding))),
            Constraint::MediaType(media) => others.push(format!("Media type: {}.", code(media))),
        }
    }
    let counted = [(length, " characters"), (items, " items"), (properties, " properties")];
    let bounds = std::iter::once((value, "")).chain(counted).filter_map(|(bounds, unit)| bounds.sentence(unit));
    bounds.chain(others).collect()
}

/// What a number lies between; each bound as text, and whether it is excluded.
#[derive(Default)]
struct Bounds {
    least: Option<(String, bool)>,
    most: Option<(String, bool)>,
}

impl Bounds {
    fn sentence(self, unit: &str) -> Option<String> {
        let least =
            |(bound, excluded): (String, bool)| format!("{} {bound}", if excluded { "more than" } else { "at least" });
        let most =
            |(bound, excluded): (String, bool)| format!("{} {bound}", if excluded { "less than" } else { "at most" });
        let text = match (self.least, self.most) {
            (None, None) => return None,
            (Some((least, false)), Some((most, false))) if least == most => format!("exactly {least}"),
            (Some((least, false)), Some((most, false))) if unit.is_empty() => format!("from {least} to {most}"),
            (Some((least, false)), Some((most, false))) => format!("{least} to {most}"),
            (lower, upper) => lower.map(least).into_iter().chain(upper.map(most)).collect::<Vec<_>>().join(" and "),
        };
        let mut text = format!("{text}{unit}.");
        text[..1].make_ascii_uppercase();
        Some(text)
    }
}

/// Text as inline code. Backticks inside call for more of them around.
pub(super) fn code(text: &str) -> String {
    let text = markdown::visible(text).replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text of the description as one harmless line.
pub(super) fn line(text: &str) -> String {
    markdown::render(&text.split_whitespace().collect::<Vec<_>>().join(" "), Target::Rustdoc).trim().to_owned()
}

/// A path template as the description writes it.
pub(super) fn path(template: &PathTemplate) -> String {
    let parts = template.parts.iter().map(|part| match part {
        PathPart::Text(text) => text.clone(),
        PathPart::Param(name) => format!("{{{name}}}"),
    });
    parts.collect()
}

/// A value as JSON, an integer with all its digits.
pub(super) fn json(value: &Literal) -> String {
    match value {
        Literal::Null => Value::Null.to_string(),
        Literal::Bool(value) => Value::from(*value).to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => Value::from(*value).to_string(),
        Literal::String(text) => Value::from(text.as_str()).to_string(),
        Literal::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Literal::Map(members) => {
            let members = members.iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), json(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}
