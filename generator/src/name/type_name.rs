//! What a type is called: its key, or what it is a part of and its role there.

use std::borrow::Cow;

use super::status::{media_words, status_name};
use super::words::{Case, join, join_all, words};
use super::{Ident, Names};
use crate::ir::{self, Api, NameHint, Operation, Origin, Role, Shape, TypeDef, TypeId};

/// The names of a type, in order of preference.
pub(super) fn candidates(api: &Api, names: &Names, def: &TypeDef) -> Vec<String> {
    match &def.hint {
        NameHint::Listed(key) => vec![key.clone()],
        NameHint::Key(key) => keyed(api, names, &def.origin, key),
        NameHint::Place => vec![by_place(api, names, &def.origin)],
        NameHint::PartOf(parent, role) => part(api, names, def, *parent, role),
        NameHint::OfOperation(operation, role) => {
            let full = &names.of_operation(*operation).full;
            let group = names.of_group(api.operations[*operation].group).name.to_string();
            let text = role_text(role);
            let mut all = vec![join_all(full, &text)];
            all.extend(join(&group, full).map(|whole| join_all(&whole, &text)));
            all.push(join_all(full, &format!("{text} {}", noun(role))));
            all
        }
        NameHint::OfPayload(payload, role) => joined(&names.of_payload(*payload).full, &role_text(role), role),
        NameHint::OfComponent(key, role) => joined(key, &role_text(role), role),
    }
}

/// A part of a whole. Where the whole says already what the part is called, a noun says what it is to the whole.
fn joined(whole: &str, part: &str, role: &Role) -> Vec<String> {
    let with_noun = join_all(whole, &format!("{part} {}", noun(role)));
    match join(whole, part) {
        Some(short) => vec![short, join_all(whole, part), with_noun],
        None => vec![join_all(whole, noun(role)), join_all(whole, part), with_noun],
    }
}

/// A component by its key; a schema of another file also by its holder there, and by the file.
fn keyed(api: &Api, names: &Names, origin: &Origin, key: &str) -> Vec<String> {
    let mut all = vec![key.to_owned()];
    let steps: Vec<Cow<'_, str>> = origin.steps().collect();
    match steps.as_slice() {
        [first, _, _] if first == "components" => {}
        [_, _, .., holder, _] => all.extend([join_all(holder, key), by_place(api, names, origin)]),
        _ => all.push(by_place(api, names, origin)),
    }
    all
}

fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands at a place: the component, operation or file, and the way from there.
fn by_place(api: &Api, names: &Names, origin: &Origin) -> String {
    let steps: Vec<Cow<'_, str>> = origin.steps().collect();
    let operation =
        api.operations.iter().find_map(|(id, operation)| Some((id, origin.strip_prefix(&operation.origin)?)));
    if let Some((id, way)) = operation {
        let full = &names.of_operation(id).full;
        let text = |way: &Origin| way_text(&way.steps().collect::<Vec<_>>());
        return match parameter(&api.operations[id], origin) {
            Some((name, way)) => join_all(full, &format!("{name} {}", text(&way))),
            None => join_all(full, &text(&way)),
        };
    }
    match steps.as_slice() {
        [first, file, way @ ..] if first == "x-bundled" => {
            let stem = file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            join_all(stem, &way_text(way))
        }
        [_, _, key, way @ ..] => join_all(key, &way_text(way)),
        _ => way_text(&steps),
    }
}

/// The name of the parameter that a place belongs to, and the way from there; with where it goes, if another one has the
/// same name.
fn parameter(operation: &Operation, origin: &Origin) -> Option<(String, Origin)> {
    let mut params = operation.params.iter();
    let (param, way) = params.find_map(|param| Some((param, origin.strip_prefix(&param.origin)?)))?;
    let is_alone = operation.params.iter().filter(|other| other.wire == param.wire).count() == 1;
    let name = if is_alone { param.wire.clone() } else { format!("{} {}", param.wire, param.place.name()) };
    Some((name, way))
}

/// The names and roles on a way.
fn way_text(way: &[Cow<'_, str>]) -> String {
    let mut text = Vec::new();
    let mut steps = way.iter().map(AsRef::as_ref);
    while let Some(step) = steps.next() {
        match step {
            "properties" | "patternProperties" | "definitions" | "$defs" | "schemas" | "headers" => {
                text.extend(steps.next().map(str::to_owned));
            }
            "responses" => {
                let status = steps.next().and_then(|status| status.parse().ok());
                text.extend(
                    status
                        .filter(|status| !(200..300).contains(status))
                        .map(|status| status_name(crate::ir::StatusKey::Exact(status))),
                );
                text.push("response".to_owned());
            }
            "requestBody" => text.push("request".to_owned()),
            "parameters" => text.push("parameter".to_owned()),
            "additionalProperties" => text.push("value".to_owned()),
            "items" => text.push("item".to_owned()),
            "oneOf" | "anyOf" => text.push("variant".to_owned()),
            "allOf" => text.push("part".to_owned()),
            "content" => _ = steps.next(),
            "schema" => {}
            step if is_index(step) => {}
            step => text.push(step.to_owned()),
        }
    }
    text.join(" ")
}

/// A part of a type.
fn part(api: &Api, names: &Names, def: &TypeDef, parent: TypeId, role: &Role) -> Vec<String> {
    let whole = names.of_type(parent).name.to_string();
    let text = variant(api, names, def, parent, role).unwrap_or_else(|| role_text(role));
    let mut all = Vec::new();
    if matches!(role, Role::Variant(_)) && opens_alike(&whole, &text) {
        all.extend([text.clone(), format!("{text} {}", noun(role))]);
    }
    all.extend(joined(&whole, &text, role));
    // What a component brings through `allOf` may be called by it.
    let steps: Vec<Cow<'_, str>> = def.origin.steps().collect();
    if let [first, _, key, ..] = steps.as_slice()
        && first == "components"
        && Case::Camel.apply(key) != whole
    {
        all.extend(join(key, &text));
    }
    all
}

/// What the variant is called of which a type is the value.
///
/// Variants of one schema of several types come from one place, so the word counts too.
fn variant(api: &Api, names: &Names, def: &TypeDef, parent: TypeId, role: &Role) -> Option<String> {
    let Shape::Union(union) = &api.types[parent].shape else { return None };
    let is_called = |name: &str| matches!(role, Role::Variant(word) if word == name);
    let is_it = |variant: &ir::Variant| variant.origin == def.origin && is_called(&variant.name);
    let place = union.variants.iter().position(is_it)?;
    names.of_type(parent).members.get(place).map(Ident::to_string)
}

/// Whether two names start with the same word: the second one then says itself what it belongs to.
fn opens_alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    other.len() > 1 && one.first().is_some_and(|first| other.first() == Some(first))
}

pub(super) fn role_text(role: &Role) -> String {
    match role {
        Role::Property(name) | Role::Parameter(name) | Role::Variant(name) => name.clone(),
        Role::Item => "item".to_owned(),
        Role::Value => "value".to_owned(),
        Role::Kind => "kind".to_owned(),
        Role::Patch => "patch".to_owned(),
        Role::Place(place) => ordinal(*place),
        Role::Request => "request".to_owned(),
        Role::RequestAs(media) => format!("{} request", media_words(media)),
        Role::ResponseAs(status, media) => format!("{} {}", status_name(*status), media_words(media)),
        Role::Response(None) => "response".to_owned(),
        Role::Response(Some(status)) => format!("{} response", status_name(*status)),
        Role::Failure(status) => status_name(*status),
        Role::Payload => "payload".to_owned(),
    }
}

/// What a part is to its whole, where the name of its role is not enough.
fn noun(role: &Role) -> &'static str {
    match role {
        Role::Property(_) => "field",
        Role::Parameter(_) => "parameter",
        Role::Variant(_) | Role::Kind => "variant",
        Role::Patch => "patch",
        Role::Item | Role::Value | Role::Place(_) => "element",
        Role::Request | Role::RequestAs(_) | Role::Response(_) | Role::ResponseAs(..) | Role::Payload => "body",
        Role::Failure(_) => "failure",
    }
}

/// Places of a tuple, counted from zero.
fn ordinal(place: usize) -> String {
    const FIRST: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    FIRST.get(place).map_or_else(|| format!("item {}", place + 1), |word| (*word).to_owned())
}
