//! XML bodies. They become the same tree as JSON, and come of it; tables say what XML itself does not tell: what is an
//! attribute, what is a list, and whether a text is a number.

use std::borrow::Cow;

use bytes::Bytes;

use super::codec::{Decode, Encode};
use super::decode_error::DecodeError;
use super::json::{Kind, Members, Value};
use super::request::Request;
use super::response::{Read, Response, Unread};
use super::style::{self, Fault};
use super::transport::Body;
use super::xml_read;

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    pub(super) local: &'static str,
    pub(super) namespace: Option<Namespace>,
}

/// A namespace, and the prefix that stands for it in what is sent. What is received may have any prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Namespace {
    prefix: Option<&'static str>,
    pub(super) uri: &'static str,
}

impl Name {
    /// A name without a namespace: what is received may have any.
    pub const fn new(local: &'static str) -> Self {
        Self { local, namespace: None }
    }

    /// The name in the namespace that is the default one from this element on.
    pub const fn within(self, uri: &'static str) -> Self {
        Self { namespace: Some(Namespace { prefix: None, uri }), ..self }
    }

    /// The name in a namespace that has a prefix.
    pub const fn prefixed(self, prefix: &'static str, uri: &'static str) -> Self {
        Self { namespace: Some(Namespace { prefix: Some(prefix), uri }), ..self }
    }
}

/// What stands in an element or attribute.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// Anything: an element without attributes and elements inside is a text, any other an object, and what is there
    /// several times is a list.
    Any,
    /// The members of an object, each in its place.
    Record(fn() -> &'static Record),
    /// The items of a list, each an element.
    List(&'static Element),
    /// The members of an object with free names, each an element of that content.
    Map(&'static Content),
}

impl Content {
    /// The members of a model.
    pub const fn of<T: XmlRecord>() -> Self {
        Self::Record(T::xml)
    }
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// What stands in it.
    pub content: Content,
}

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Those that the description names, and where each stands.
    pub fields: &'static [(&'static str, Place)],
    /// What the elements hold that no field reads, where they are kept.
    pub rest: Option<Content>,
}

/// Where a member of an object stands.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In an attribute.
    Attribute(Name, Content),
    /// In an element.
    Element(Name, Content),
    /// In elements, one for each item of a list. Where there is none the list is empty.
    Items(Name, Content),
    /// The same, for a list that may be missing: where there is no element there is no list.
    OptionalItems(Name, Content),
    /// In the text between the tags.
    Text(Content),
    /// The same, written as `CDATA`.
    Cdata(Content),
}

/// A type whose values are the content of an element.
pub trait XmlRecord {
    /// The table of the type.
    fn xml() -> &'static Record;
}

/// A call whose answer is XML.
pub trait XmlAnswer {
    /// What stands in the root element.
    const CONTENT: Content;
}

/// A way to read answers: as XML, by the table of the call `C`.
#[derive(Debug)]
pub struct Xml<C>(std::marker::PhantomData<C>);

impl<T: Decode, C: XmlAnswer> Read<T> for Xml<C> {
    fn read(answer: Unread) -> Result<T, DecodeError> {
        match T::absent() {
            Some(absent) if answer.response().body().is_empty() => Ok(absent),
            _ => answer.response().xml(&C::CONTENT),
        }
    }
}

impl Response<Bytes> {
    /// Reads the body as XML. The name of the root element does not matter.
    pub fn xml<T: Decode>(&self, content: &Content) -> Result<T, DecodeError> {
        T::decode(xml_read::read(self.body(), content)?)
    }
}

impl Request {
    /// Sets the body, as XML. An absent value leaves the request without a body.
    pub fn xml(mut self, media: &'static str, root: &Element, body: &dyn Encode) -> Self {
        if body.is_omitted() {
            return self;
        }
        match to_xml(root, body) {
            Ok(text) => self.0.body = Some((Body::full(text), media.into())),
            Err(fault) => self.0.fail(format!("the body cannot be sent: {fault}")),
        }
        self
    }
}

/// The namespace of `nil`, which says that an element is null.
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a value as XML, or says why there is none of it.
pub fn to_xml(root: &Element, value: &dyn Encode) -> Result<String, &'static str> {
    let mut writer = Writer { text: DECLARATION.to_owned(), scope: Vec::new() };
    writer.element(root.name.local, root.name.namespace, &root.content, &value.encode())?;
    Ok(writer.text)
}

struct Writer {
    text: String,
    /// The namespaces that the open elements declare, the innermost one last.
    scope: Vec<Namespace>,
}

impl Writer {
    fn element(
        &mut self,
        local: &str,
        namespace: Option<Namespace>,
        content: &Content,
        value: &Value<'_>,
    ) -> Result<(), Fault> {
        let outer = self.scope.len();
        self.text.push('<');
        let start = self.text.len();
        self.qualified(local, namespace)?;
        let name = self.text.get(start..).unwrap_or_default().to_owned();
        self.declare(namespace);
        if let (Content::Record(record), Value::Object(members)) = (content, value) {
            self.attributes(record(), members)?;
        }
        if *value == Value::Null {
            self.text.push_str(" xmlns:xsi=\"");
            self.text.push_str(INSTANCE);
            self.text.push_str("\" xsi:nil=\"true\"");
        }
        self.text.push('>');
        let inside = self.text.len();
        self.content(content, value)?;
        if self.text.len() == inside {
            self.text.pop();
            self.text.push_str("/>");
        } else {
            self.text.extend(["</", &name, ">"]);
        }
        self.scope.truncate(outer);
        Ok(())
    }

    fn qualified(&mut self, local: &str, namespace: Option<Namespace>) -> Result<(), Fault> {
        if !is_name(local) {
            return Err("a name in it is none that XML allows");
        }
        if let Some(prefix) = namespace.and_then(|namespace| namespace.prefix) {
            self.text.extend([prefix, ":"]);
        }
        self.text.push_str(local);
        Ok(())
    }

    /// Declares a namespace, unless an open element has done so.
    fn declare(&mut self, namespace: Option<Namespace>) {
        let Some(namespace) = namespace else { return };
        let known = self.scope.iter().rev().find(|known| known.prefix == namespace.prefix);
        if known == Some(&namespace) {
            return;
        }
        self.text.push_str(" xmlns");
        if let Some(prefix) = namespace.prefix {
            self.text.extend([":", prefix]);
        }
        self.text.push_str("=\"");
        // The table was checked when it was made.
        _ = escape(&mut self.text, namespace.uri, true);
        self.text.push('"');
        self.scope.push(namespace);
    }

    fn attributes(&mut self, record: &Record, members: &Members<'_>) -> Result<(), Fault> {
        for (member, place) in record.fields {
            let Place::Attribute(name, _) = place else { continue };
            let Some(value) = find(members, member) else { continue };
            let Some(text) = style::text(value)? else { continue };
            self.declare(name.namespace);
            self.text.push(' ');
            self.qualified(name.local, name.namespace)?;
            self.text.push_str("=\"");
            escape(&mut self.text, &text, true)?;
            self.text.push('"');
        }
        Ok(())
    }

    fn content(&mut self, content: &Content, value: &Value<'_>) -> Result<(), Fault> {
        match (content, value) {
            (_, Value::Null) => Ok(()),
            (Content::Record(record), Value::Object(members)) => self.members(record(), members),
            (Content::List(item), Value::Array(items)) => items
                .iter()
                .try_for_each(|value| self.element(item.name.local, item.name.namespace, &item.content, value)),
            (Content::Map(content), Value::Object(members)) => {
                members.iter().try_for_each(|(key, value)| self.free(key, content, value))
            }
            // A value that the table does not describe, such as one of an unknown variant.
            (_, Value::Object(members)) => {
                members.iter().try_for_each(|(key, value)| self.free(key, &Content::Any, value))
            }
            (_, Value::Array(items)) => {
                items.iter().try_for_each(|value| self.element("item", None, &Content::Any, value))
            }
            (_, scalar) => {
                let text = style::text(scalar)?.unwrap_or_default();
                escape(&mut self.text, &text, false)
            }
        }
    }

    fn members(&mut self, record: &Record, members: &Members<'_>) -> Result<(), Fault> {
        for (member, place) in record.fields {
            let Some(value) = find(members, member) else { continue };
            match place {
                Place::Attribute(..) => {}
                Place::Element(name, content) => self.element(name.local, name.namespace, content, value)?,
                Place::Items(name, content) | Place::OptionalItems(name, content) => {
                    for value in items(value) {
                        self.element(name.local, name.namespace, content, value)?;
                    }
                }
                Place::Text(content) => self.content(content, value)?,
                Place::Cdata(_) => self.cdata(&style::text(value)?.unwrap_or_default())?,
            }
        }
        let further = |key: &str| record.fields.iter().all(|(member, _)| *member != key);
        let content = record.rest.as_ref().unwrap_or(&Content::Any);
        members.iter().filter(|(key, _)| further(key)).try_for_each(|(key, value)| self.free(key, content, value))
    }

    /// A member whose name no table has.
    fn free(&mut self, key: &str, content: &Content, value: &Value<'_>) -> Result<(), Fault> {
        match (content, value) {
            (Content::Any, Value::Array(items)) => {
                items.iter().try_for_each(|value| self.element(key, None, content, value))
            }
            _ => self.element(key, None, content, value),
        }
    }

    fn cdata(&mut self, text: &str) -> Result<(), Fault> {
        if !text.chars().all(is_char) {
            return Err(FORBIDDEN);
        }
        self.text.push_str("<![CDATA[");
        self.text.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
        self.text.push_str("]]>");
        Ok(())
    }
}

const FORBIDDEN: Fault = "it has a character that XML cannot say";

fn find<'v, 'a>(members: &'v Members<'a>, name: &str) -> Option<&'v Value<'a>> {
    members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The items of a list; none for null.
fn items<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match value.kind() {
        Kind::Null => &[],
        _ => match value {
            Value::Array(items) => items,
            one => std::slice::from_ref(one),
        },
    }
}

/// Writes a text so that a reader has it as it was: a reader turns a bare `\r` into `\n`, and the white space of
/// attributes into blanks.
fn escape(out: &mut String, text: &str, in_attribute: bool) -> Result<(), Fault> {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            character if is_char(character) => out.push(character),
            _ => return Err(FORBIDDEN),
        }
    }
    Ok(())
}

/// Whether XML 1.0 has the character.
pub(super) fn is_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether XML allows the name, which has no prefix. The tables of characters are those of XML 1.0, fifth edition, with
/// Rust's idea of a letter in their place.
fn is_name(name: &str) -> bool {
    let is_start = |character: char| character.is_alphabetic() || character == '_';
    let is_further = |character: char| is_start(character) || character.is_numeric() || "-.\u{b7}".contains(character);
    name.starts_with(is_start) && name.chars().all(is_further)
}

/// A text as the value that the table says it is; the type reports what is none.
pub(super) fn scalar(text: Cow<'_, str>, content: &Content) -> Value<'static> {
    let value = match content {
        Content::Bool => match text.trim() {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        Content::Number => number(text.trim()),
        _ => None,
    };
    value.unwrap_or_else(|| Value::String(Cow::Owned(text.into_owned())))
}

fn number(text: &str) -> Option<Value<'static>> {
    use super::json::Number;

    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let integer = || text.parse().map(Number::Unsigned).or_else(|_| text.parse::<i64>().map(Number::from)).ok();
    let float = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(Number::Float);
    is_plain.then(|| integer().or_else(float)).flatten().map(Value::Number)
}
