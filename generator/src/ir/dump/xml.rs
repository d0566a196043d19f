//! Where things stand in XML, as text.

use super::Dump;
use super::label::plain;
use crate::ir::{TypeId, XmlContent, XmlElement, XmlName, XmlPlace, XmlRecord};

impl Dump {
    pub(super) fn xml(&mut self, id: TypeId, table: &XmlRecord) {
        let XmlRecord { fields, rest } = table;
        let label = self.labels.ty(id).to_owned();
        self.line(0, format_args!("xml of {label}"));
        for (member, place) in fields {
            let place = match place {
                XmlPlace::Attribute(element) => format!("attribute {}", self.element(element)),
                XmlPlace::Element(element) => format!("element {}", self.element(element)),
                XmlPlace::Items(element) => format!("elements {}", self.element(element)),
                XmlPlace::OptionalItems(element) => format!("elements, if any, {}", self.element(element)),
                XmlPlace::Text(content) => self.xml_content(content),
                XmlPlace::Cdata(content) => format!("CDATA, {}", self.xml_content(content)),
            };
            self.line(1, format_args!("{}: {place}", plain(member)));
        }
        if let Some(rest) = rest {
            let rest = self.xml_content(rest);
            self.line(1, format_args!("*: {rest}"));
        }
    }

    /// An element as `<prefix:name namespace> of content`.
    pub(super) fn element(&self, element: &XmlElement) -> String {
        let XmlElement { name: XmlName { local, namespace }, content } = element;
        let content = self.xml_content(content);
        match namespace {
            None => format!("<{local}> of {content}"),
            Some((uri, None)) => format!("<{local} {uri:?}> of {content}"),
            Some((uri, Some(prefix))) => format!("<{prefix}:{local} {uri:?}> of {content}"),
        }
    }

    fn xml_content(&self, content: &XmlContent) -> String {
        match content {
            XmlContent::Text => "text".to_owned(),
            XmlContent::Bool => "boolean".to_owned(),
            XmlContent::Number => "number".to_owned(),
            XmlContent::Any => "anything".to_owned(),
            XmlContent::Record(id) => self.labels.ty(*id).to_owned(),
            XmlContent::List(item) => format!("list of {}", self.element(item)),
            XmlContent::Map(content) => format!("map of {}", self.xml_content(content)),
        }
    }
}
