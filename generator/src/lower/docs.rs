//! What a description says to people, and the values that it states.

use crate::ir::{Constraint, Docs, Literal};
use crate::schema::Schema;
use crate::source::{Node, Number};

/// The documentation of a schema.
pub(super) fn of(schema: &Schema<'_>) -> Docs {
    Docs {
        summary: schema.title.map(str::to_owned),
        description: schema.description.map(str::to_owned),
        deprecated: schema.deprecated,
        external: schema.external_docs.map(|(url, text)| (url.to_owned(), text.map(str::to_owned))),
        examples: schema.examples.iter().copied().map(literal).collect(),
        constraints: constraints(schema),
    }
}

/// The documentation of what has one text.
pub(super) fn of_text(description: Option<&String>) -> Docs {
    Docs { description: description.cloned(), ..Docs::default() }
}

/// The documentation where a schema is used through a reference: its own words, else the target's.
pub(super) fn of_use(own: &Schema<'_>, target: &Schema<'_>) -> Docs {
    let (own, target) = (of(own), of(target));
    Docs {
        summary: own.summary.or(target.summary),
        description: own.description.or(target.description),
        deprecated: own.deprecated || target.deprecated,
        external: own.external.or(target.external),
        examples: if own.examples.is_empty() { target.examples } else { own.examples },
        constraints: if own.constraints.is_empty() { target.constraints } else { own.constraints },
    }
}

/// The documentation where a schema is used that is a type of its own: its own words alone, since the type has the rest.
pub(super) fn of_own(own: &Schema<'_>, target: &Schema<'_>) -> Docs {
    let words = if own.pointer == target.pointer { Docs::default() } else { of(own) };
    Docs { deprecated: own.deprecated || target.deprecated, ..words }
}

fn constraints(schema: &Schema<'_>) -> Vec<Constraint> {
    let mut all = Vec::new();
    if let Some((value, exclusive)) = schema.bounds.minimum {
        all.push(Constraint::Minimum { value: literal(value), exclusive });
    }
    if let Some((value, exclusive)) = schema.bounds.maximum {
        all.push(Constraint::Maximum { value: literal(value), exclusive });
    }
    all.extend(schema.multiple_of.map(|value| Constraint::MultipleOf(literal(value))));
    all.extend(schema.length.0.map(Constraint::MinLength));
    all.extend(schema.length.1.map(Constraint::MaxLength));
    all.extend(schema.item_count.0.map(Constraint::MinItems));
    all.extend(schema.item_count.1.map(Constraint::MaxItems));
    if schema.unique_items {
        all.push(Constraint::UniqueItems);
    }
    all.extend(schema.property_count.0.map(Constraint::MinProperties));
    all.extend(schema.property_count.1.map(Constraint::MaxProperties));
    all.extend(schema.property_names.into_iter().flat_map(names));
    all.extend(schema.pattern.map(|pattern| Constraint::Pattern(pattern.to_owned())));
    all.extend(schema.format.map(|format| Constraint::Format(format.to_owned())));
    all.extend(schema.content_encoding.map(|encoding| Constraint::Encoding(encoding.to_owned())));
    all.extend(schema.content_media_type.map(|media| Constraint::MediaType(media.to_owned())));
    all
}

/// What `propertyNames` says that a reader can use.
fn names(schema: &Node) -> impl Iterator<Item = Constraint> {
    let listed = schema.get("enum").and_then(Node::as_array);
    let listed = listed.map(|values| values.iter().filter_map(Node::as_str).map(str::to_owned).collect());
    let pattern = schema.get("pattern").and_then(Node::as_str).map(str::to_owned);
    listed.map(Constraint::Names).into_iter().chain(pattern.map(Constraint::NamePattern))
}

/// Whether the documentation has everything that `propertyNames` says; that names are strings goes without saying.
pub(super) fn says_all_of_names(schema: &Node) -> bool {
    const TOLD: [&str; 7] = ["$comment", "description", "enum", "example", "pattern", "title", "type"];
    schema.as_object().is_none_or(|members| members.keys().all(|keyword| TOLD.contains(&keyword.as_str())))
}

/// A value of the document as a literal. A whole number that is written as a fraction is an integer.
pub(super) fn literal(node: &Node) -> Literal {
    match node {
        Node::Null => Literal::Null,
        Node::Bool(value) => Literal::Bool(*value),
        Node::Number(number) => match (number.as_integer(), number) {
            (Some(value), _) => Literal::Integer(value),
            (None, Number::Integer(value)) => Literal::Integer(*value),
            (None, Number::Float(value)) => Literal::Float(*value),
        },
        Node::String(text) => Literal::String(text.clone()),
        Node::Array(items) => Literal::List(items.iter().map(literal).collect()),
        Node::Object(members) => {
            Literal::Map(members.iter().map(|(key, value)| (key.clone(), literal(value))).collect())
        }
    }
}
