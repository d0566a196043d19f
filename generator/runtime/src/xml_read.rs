//! XML as it comes: texts to elements, and elements to the tree that types are read from.
//!
//! A document type declaration is refused, so nothing is ever expanded or fetched, and depth and size are bounded.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;

use super::decode_error::DecodeError;
use super::json::{Members, Value};
use super::xml::{Content, INSTANCE, Name, Place, Record, is_char, scalar};

/// How deep elements may nest.
const DEEPEST: usize = 128;
/// How many elements there may be.
const MOST_ELEMENTS: usize = 1 << 20;
/// How many attributes an element may have.
const MOST_ATTRIBUTES: usize = 1 << 10;
/// How many namespaces an element may declare.
const MOST_NAMESPACES: usize = 1 << 6;

/// An element.
#[derive(Default)]
struct Node {
    name: Box<str>,
    namespace: Option<Box<str>>,
    attributes: Vec<Attribute>,
    text: String,
    children: Vec<Node>,
    is_nil: bool,
}

struct Attribute {
    name: Box<str>,
    namespace: Option<Box<str>>,
    value: String,
}

/// Reads the root element as a value, by what the table says of its content.
pub(super) fn read(text: &[u8], content: &Content) -> Result<Value<'static>, DecodeError> {
    let text = std::str::from_utf8(text).map_err(|_| DecodeError::unexpected("this is not text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(value(parse(text)?, content))
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// The open elements, the root first.
    open: Vec<Node>,
    root: Option<Node>,
    count: usize,
}

fn parse(text: &str) -> Result<Node, DecodeError> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.resolver_mut().set_max_declarations_per_element(MOST_NAMESPACES);
    let mut reading = Reading::default();
    loop {
        let event = reader.read_event();
        let at = |cut| {
            let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            let before = text.as_bytes().get(..offset).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            DecodeError::not_xml(line, column, cut)
        };
        match event {
            Ok(Event::Eof) => return reading.root.filter(|_| reading.open.is_empty()).ok_or_else(|| at(true)),
            Ok(event) => reading.take(event, reader.resolver())?.ok_or_else(|| at(false))?,
            Err(_) => return Err(at(false)),
        }
    }
}

impl Reading {
    /// Takes the next event; `None` where it is no XML.
    fn take(&mut self, event: Event<'_>, namespaces: &NamespaceResolver) -> Result<Option<()>, DecodeError> {
        match event {
            Event::Start(start) => {
                self.count += 1;
                if self.open.len() >= DEEPEST || self.count > MOST_ELEMENTS {
                    return Err(DecodeError::unexpected("the XML has more elements than the client reads"));
                }
                let Some(node) = node(&start, namespaces)? else { return Ok(None) };
                self.open.push(node);
                // There is one root.
                Ok(self.root.is_none().then_some(()))
            }
            Event::End(_) => {
                let Some(node) = self.open.pop() else { return Ok(None) };
                match self.open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => self.root = Some(node),
                }
                Ok(Some(()))
            }
            Event::Text(text) => Ok(text.xml10_content().ok().and_then(|text| self.text(&text))),
            Event::CData(text) => Ok(text.xml10_content().ok().and_then(|text| self.text(&text))),
            Event::GeneralRef(reference) => match resolve(&reference) {
                Some(text) => Ok(self.text(&text)),
                None => Err(DecodeError::unexpected("the XML has an entity that XML itself does not define")),
            },
            Event::DocType(_) => {
                Err(DecodeError::unexpected("the XML has a document type declaration, which is refused"))
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) | Event::Eof => Ok(Some(())),
        }
    }

    /// Adds text to the open element; outside of the root only white space may stand.
    fn text(&mut self, text: &str) -> Option<()> {
        match self.open.last_mut() {
            _ if !text.chars().all(is_char) => None,
            Some(node) => {
                node.text.push_str(text);
                Some(())
            }
            None => text.trim().is_empty().then_some(()),
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> Option<Cow<'static, str>> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string().into()),
        Ok(None) => resolve_predefined_entity(&reference.decode().ok()?).map(Cow::Borrowed),
        Err(_) => None,
    }
}

/// The element that begins; `None` where it is no XML.
fn node(start: &BytesStart<'_>, namespaces: &NamespaceResolver) -> Result<Option<Node>, DecodeError> {
    let (namespace, local) = namespaces.resolve_element(start.name());
    let (Some(namespace), Some(name)) = (bound(&namespace), text(local.as_ref())) else { return Ok(None) };
    let mut node = Node { name, namespace, ..Node::default() };
    for (index, attribute) in start.attributes().enumerate() {
        if index >= MOST_ATTRIBUTES {
            return Err(DecodeError::unexpected("the XML has more attributes than the client reads"));
        }
        let Ok(attribute) = attribute else { return Ok(None) };
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (namespace, local) = namespaces.resolve_attribute(attribute.key);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok();
        let (Some(namespace), Some(name), Some(value)) = (bound(&namespace), text(local.as_ref()), value) else {
            return Ok(None);
        };
        let value = value.into_owned();
        if namespace.as_deref() == Some(INSTANCE) {
            node.is_nil |= &*name == "nil" && matches!(value.trim(), "true" | "1");
        } else {
            node.attributes.push(Attribute { name, namespace, value });
        }
    }
    Ok(Some(node))
}

/// The namespace of a name, where it has one; `None` where its prefix stands for nothing.
fn bound(namespace: &ResolveResult<'_>) -> Option<Option<Box<str>>> {
    match namespace {
        ResolveResult::Unbound => Some(None),
        ResolveResult::Bound(namespace) => text(namespace.as_ref()).map(Some),
        ResolveResult::Unknown(_) => None,
    }
}

fn text(bytes: &[u8]) -> Option<Box<str>> {
    std::str::from_utf8(bytes).ok().map(Into::into)
}

fn value(node: Node, content: &Content) -> Value<'static> {
    if node.is_nil {
        return Value::Null;
    }
    match content {
        Content::Text | Content::Bool | Content::Number => scalar(node.text.into(), content),
        Content::Any => any(node),
        Content::Record(table) => record(node, table()),
        Content::List(item) => {
            let items = node.children.into_iter().filter(|child| is(child, &item.name));
            Value::Array(items.map(|child| value(child, &item.content)).collect())
        }
        Content::Map(content) => members(node, content),
    }
}

/// A name of the table without a namespace stands for all namespaces, since many descriptions leave them out.
fn matches(name: &Name, local: &str, namespace: Option<&str>) -> bool {
    name.local == local && name.namespace.is_none_or(|wanted| namespace == Some(wanted.uri))
}

fn is(node: &Node, name: &Name) -> bool {
    matches(name, &node.name, node.namespace.as_deref())
}

fn record(node: Node, table: &Record) -> Value<'static> {
    let mut found: Vec<Option<Value<'static>>> = table.fields.iter().map(|_| None).collect();
    for ((_, place), found) in table.fields.iter().zip(&mut found) {
        *found = match place {
            Place::Attribute(name, content) => {
                let mut all = node.attributes.iter();
                let attribute = all.find(|one| matches(name, &one.name, one.namespace.as_deref()));
                attribute.map(|attribute| scalar(attribute.value.as_str().into(), content))
            }
            // White space alone is no number, so it is none that is missing or wrong.
            Place::Text(Content::Bool | Content::Number) if node.text.trim().is_empty() => None,
            Place::Text(content) | Place::Cdata(content) => Some(scalar(node.text.as_str().into(), content)),
            Place::Items(..) => Some(Value::Array(Vec::new())),
            Place::Element(..) | Place::OptionalItems(..) => None,
        };
    }
    let mut rest = Members::new();
    for child in node.children {
        let place = table.fields.iter().zip(&mut found).find_map(|((_, place), found)| match place {
            Place::Element(name, content) if is(&child, name) => Some((false, content, found)),
            Place::Items(name, content) | Place::OptionalItems(name, content) if is(&child, name) => {
                Some((true, content, found))
            }
            _ => None,
        });
        match (place, &table.rest) {
            (Some((false, content, found)), _) => *found = Some(value(child, content)),
            (Some((true, content, found)), _) => {
                let item = value(child, content);
                match found {
                    Some(Value::Array(items)) => items.push(item),
                    _ => *found = Some(Value::Array(vec![item])),
                }
            }
            (None, Some(content)) => rest.push((Cow::Owned(child.name.to_string()), value(child, content))),
            (None, None) => {}
        }
    }
    let named = table.fields.iter().zip(found);
    let named = named.filter_map(|((member, _), value)| Some((Cow::Borrowed(*member), value?)));
    Value::Object(named.chain(rest).collect())
}

/// The elements inside as the members of an object; of several that are called alike the last one stays.
fn members(node: Node, content: &Content) -> Value<'static> {
    let mut members = std::collections::BTreeMap::new();
    let mut order = Vec::new();
    for child in node.children {
        let name = child.name.to_string();
        if members.insert(name.clone(), value(child, content)).is_none() {
            order.push(name);
        }
    }
    let member = |name: String| members.remove(&name).map(|value| (Cow::Owned(name), value));
    Value::Object(order.into_iter().filter_map(member).collect())
}

fn any(node: Node) -> Value<'static> {
    if node.children.is_empty() && node.attributes.is_empty() {
        return Value::String(node.text.into());
    }
    let mut members: std::collections::BTreeMap<String, Vec<Value<'static>>> = std::collections::BTreeMap::new();
    for attribute in node.attributes {
        members.entry(attribute.name.into()).or_default().push(Value::String(attribute.value.into()));
    }
    for child in node.children {
        members.entry(child.name.to_string()).or_default().push(any(child));
    }
    let member = |(name, mut values): (String, Vec<Value<'static>>)| {
        let value = if values.len() == 1 { values.pop().unwrap_or_default() } else { Value::Array(values) };
        (Cow::Owned(name), value)
    };
    Value::Object(members.into_iter().map(member).collect())
}
