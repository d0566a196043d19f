//! Which diagnostics an overlay could settle, and how: one table, by the name of the code.

use super::{Code, Diagnostic};
use crate::source::{Pointer, Sources};

/// What an overlay does about a diagnostic, seen from its place. Nothing here changes how the description is read,
/// unless the place can only be a slip of the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Take away what is there.
    Remove,
    /// Take away what holds it.
    RemoveHolder,
    /// Take away this member of what is there.
    RemoveMember(&'static str),
    /// Take away what stands beside the reference without an effect.
    RemoveSiblings,
    /// Take away the name from its list.
    RemoveName,
    /// Let the reference lead to the component that has nearly that name; else let it go.
    Retarget,
    /// Write out the reference to the component of that name.
    Spell,
    /// Write the nearest of these words; else take it away, if it can go.
    Word(&'static [&'static str], WithoutWord),
    /// Give the operation an id that no other one has.
    Rename,
    /// Document that any success is one.
    Respond,
    /// Declare the parameters of the path.
    Declare,
    /// Add what was read.
    Fill,
}

/// What is done where no word is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutWord {
    /// Take it away.
    Remove,
    /// Take away what holds it.
    RemoveHolder,
}

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null"];
const PLACES: &[&str] = &["query", "header", "path", "cookie"];

/// The codes with a remedy, in the order of their names.
pub const REMEDIES: &[(&str, Remedy)] = &[
    ("bad-method", Remedy::Remove),
    ("bad-pattern", Remedy::Remove),
    ("bad-status", Remedy::Remove),
    ("bare-reference", Remedy::Spell),
    ("boolean-required", Remedy::Remove),
    ("dangling-annotation", Remedy::RemoveHolder),
    ("dangling-mapping", Remedy::Remove),
    ("dangling-reference", Remedy::Retarget),
    ("discriminator-unused", Remedy::Remove),
    ("discriminator-without-property", Remedy::Remove),
    ("duplicate-operation-id", Remedy::Rename),
    ("duplicate-parameter", Remedy::Remove),
    ("dynamic-reference", Remedy::Remove),
    ("empty-enumeration", Remedy::Remove),
    ("encoding-not-honoured", Remedy::Remove),
    ("field-without-effect", Remedy::Remove),
    ("filled-field", Remedy::Fill),
    ("keyword-kind", Remedy::Remove),
    ("keyword-not-honoured", Remedy::Remove),
    ("missing-field", Remedy::Remove),
    ("no-responses", Remedy::Respond),
    ("null-value", Remedy::Remove),
    ("one-of-and-any-of", Remedy::RemoveMember("anyOf")),
    ("parameter-not-in-path", Remedy::RemoveHolder),
    ("payload-without-type", Remedy::Remove),
    ("recursive-object", Remedy::RemoveHolder),
    ("reference-cycle", Remedy::Retarget),
    ("reference-outside", Remedy::Retarget),
    ("reference-siblings", Remedy::RemoveSiblings),
    ("remote-reference", Remedy::Retarget),
    ("repeated-key", Remedy::Remove),
    ("required-undeclared", Remedy::RemoveName),
    ("reserved-header", Remedy::Remove),
    ("schema-and-content", Remedy::RemoveMember("content")),
    ("second-body", Remedy::Remove),
    ("second-query", Remedy::Remove),
    ("undeclared-path-parameter", Remedy::Declare),
    ("undeclared-security-scheme", Remedy::RemoveHolder),
    ("undefined-style", Remedy::Remove),
    ("unfitting-style", Remedy::Remove),
    ("unknown-field", Remedy::Remove),
    ("unknown-type", Remedy::Word(TYPES, WithoutWord::Remove)),
    ("unknown-value", Remedy::Word(PLACES, WithoutWord::RemoveHolder)),
    ("without-effect", Remedy::Remove),
    ("wrong-type", Remedy::Remove),
];

/// Mappings of which no member can go unseen: each stands for something.
const MAPS: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "encoding",
    "examples",
    "headers",
    "links",
    "parameters",
    "paths",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// What an overlay can do about a diagnostic, and where it lies in the description; `None` where it can do nothing.
pub fn offered(diagnostic: &Diagnostic, sources: &Sources) -> Option<(Pointer, Remedy)> {
    let at = sources.in_entry(&diagnostic.place)?;
    let remedy = remedy(diagnostic.code, &at)?;
    Some((at, remedy))
}

/// What an overlay can do about a diagnostic of that code at that place of the description; `None` where it cannot.
fn remedy(code: &Code, at: &Pointer) -> Option<Remedy> {
    let (_, remedy) = REMEDIES.iter().find(|(name, _)| *name == code.name)?;
    let (holder, last) = (at.parent()?, at.last().unwrap_or_default());
    let around = holder.last().unwrap_or_default();
    let fits = match code.name {
        "unknown-value" => last == "in",
        "null-value" | "wrong-type" => !MAPS.contains(&around.as_str()),
        "filled-field" => matches!(around.as_str(), "responses" | "parameters"),
        // The same component may be a parameter in one place and a header in another.
        "unknown-field" => !(matches!(last.as_str(), "name" | "in") && is_component(&holder)),
        _ => true,
    };
    let goes = match remedy {
        Remedy::Remove => Some(at),
        Remedy::RemoveHolder => Some(&holder),
        _ => None,
    };
    // References may lead to a component.
    (fits && !goes.is_some_and(is_component)).then_some(*remedy)
}

fn is_component(at: &Pointer) -> bool {
    let steps: Vec<_> = at.steps().collect();
    match steps.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        ["components", _, _] => true,
        [kind, _] => matches!(kind, "definitions" | "parameters" | "responses" | "securityDefinitions"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalog;

    #[test]
    fn every_remedy_is_for_a_code() {
        for (name, _) in REMEDIES {
            assert!(catalog::find(name).is_some(), "{name}");
        }
        assert!(REMEDIES.is_sorted_by_key(|(name, _)| *name));
    }
}
