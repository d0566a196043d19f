//! The value of a scenario's XML, read on its own: the scenarios are trusted, so this is short.

use generator::ir::{Api, XmlContent, XmlElement, XmlPlace};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::{Map, Value};

#[derive(Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

/// The value that the XML stands for; `None` where it is no XML.
pub(super) fn value(api: &Api, root: &XmlElement, xml: &[u8]) -> Option<Value> {
    Some(content(api, &root.content, &parse(std::str::from_utf8(xml).ok()?)?))
}

fn parse(xml: &str) -> Option<Node> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let local = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let attributes = start.attributes().filter_map(Result::ok);
                let attributes = attributes.map(|one| (local(one.key.local_name().as_ref()), local(&one.value)));
                let (name, attributes) = (local(start.local_name().as_ref()), attributes.collect());
                open.push(Node { name, attributes, ..Node::default() });
            }
            Event::End(_) => {
                let node = open.pop()?;
                open.last_mut()?.children.push(node);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.decode().ok()?),
            Event::Eof => return open.pop()?.children.pop(),
            _ => {}
        }
    }
}

fn content(api: &Api, content: &XmlContent, node: &Node) -> Value {
    match content {
        XmlContent::Text | XmlContent::Any => Value::String(node.text.clone()),
        XmlContent::Bool | XmlContent::Number => scalar(content, &node.text),
        XmlContent::List(item) => Value::Array(items(api, item, node)),
        XmlContent::Map(values) => Value::Object(
            node.children.iter().map(|child| (child.name.clone(), self::content(api, values, child))).collect(),
        ),
        XmlContent::Record(id) => {
            let table = api.xml.get(id);
            let fields = table.into_iter().flat_map(|table| &table.fields);
            let members: Map<String, Value> =
                fields.filter_map(|(member, place)| Some((member.clone(), placed(api, place, node)?))).collect();
            Value::Object(members)
        }
    }
}

fn placed(api: &Api, place: &XmlPlace, node: &Node) -> Option<Value> {
    match place {
        XmlPlace::Attribute(element) => {
            let (_, text) = node.attributes.iter().find(|(name, _)| *name == element.name.local)?;
            Some(scalar(&element.content, text))
        }
        XmlPlace::Element(element) => {
            let child = node.children.iter().find(|child| child.name == element.name.local)?;
            Some(content(api, &element.content, child))
        }
        XmlPlace::Items(element) => Some(Value::Array(items(api, element, node))),
        XmlPlace::OptionalItems(element) => {
            let items = items(api, element, node);
            (!items.is_empty()).then_some(Value::Array(items))
        }
        XmlPlace::Text(kind) | XmlPlace::Cdata(kind) => Some(scalar(kind, &node.text)),
    }
}

fn items(api: &Api, item: &XmlElement, node: &Node) -> Vec<Value> {
    let children = node.children.iter().filter(|child| child.name == item.name.local);
    children.map(|child| content(api, &item.content, child)).collect()
}

fn scalar(content: &XmlContent, text: &str) -> Value {
    let parsed = match content {
        XmlContent::Bool | XmlContent::Number => serde_json::from_str(text.trim()).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}
