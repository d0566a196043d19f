//! XML, both ways: what is written, what is read, and what is refused.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::{
    self, Content, Decode, Element, Encode, Json, Maybe, Name, Place, Record, Response, XmlRecord, to_xml,
};

runtime::records! {
    /// What an animal is.
    pub struct Animal {
        pub id: i64,
        pub names: Vec<String>,
        pub tags: Option<Vec<String>>,
        pub wild: Option<bool>,
        pub note: Maybe<String>,
        pub weight: Option<f64>,
        pub parent: Option<Box<Animal>>,
    }
    rest! { pub others: BTreeMap<String, String> }

    /// A text with an attribute.
    pub struct Line {
        pub language: Option<String>,
        pub text: String,
        pub raw: Option<String>,
    }
}

const OF: &str = "http://example.com/of";

macro_rules! tables {
    ($($name:ident { $($member:literal: $place:expr),* $(,)? } rest $rest:expr;)*) => {$(
        impl XmlRecord for $name {
            fn xml() -> &'static Record {
                static TABLE: Record = Record { fields: &[$(($member, $place)),*], rest: $rest };
                &TABLE
            }
        }
    )*};
}

tables! {
    Animal {
        "id": Place::Attribute(Name::new("no"), Content::Number),
        "names": Place::Items(Name::new("name").prefixed("o", OF), Content::Text),
        "tags": Place::Element(
            Name::new("tags"),
            Content::List(&Element { name: Name::new("tag"), content: Content::Text })
        ),
        "wild": Place::Element(Name::new("wild"), Content::Bool),
        "note": Place::Element(Name::new("note"), Content::Text),
        "weight": Place::Element(Name::new("weight"), Content::Number),
        "parent": Place::Element(Name::new("parent"), Content::Record(<Animal as XmlRecord>::xml)),
    } rest Some(Content::Text);
    Line {
        "language": Place::Attribute(Name::new("lang").prefixed("o", OF), Content::Text),
        "text": Place::Text(Content::Text),
    } rest None;
}

const ANIMAL: Element = Element { name: Name::new("animal"), content: Content::Record(<Animal as XmlRecord>::xml) };
const LINE: Element =
    Element { name: Name::new("line").within(OF), content: Content::Record(<Line as XmlRecord>::xml) };

/// What stands behind the declaration, or why nothing is written.
fn write(root: &Element, json: &str) -> String {
    let value: Json = serde_json::from_str(json).unwrap();
    match to_xml(root, &value) {
        Ok(text) => text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().to_owned(),
        Err(fault) => fault.to_owned(),
    }
}

/// Reads a body and writes it as JSON, or says why it cannot be read.
fn read<T: Decode + Encode>(content: &Content, body: &[u8]) -> String {
    let response = Response::new(StatusCode::OK, HeaderMap::new(), Bytes::copy_from_slice(body));
    match response.xml::<T>(content) {
        Ok(value) => serde_json::to_string(&value.encode()).unwrap(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn values_go_both_ways() {
    let animals: [(&str, &str); 7] = [
        (r#"{"names":[]}"#, "<animal/>"),
        (
            r#"{"id":-3,"names":["a<&>\"'b"]}"#,
            r#"<animal no="-3"><o:name xmlns:o="http://example.com/of">a&lt;&amp;&gt;"'b</o:name></animal>"#,
        ),
        (r#"{"id":1,"names":[],"tags":[]}"#, r#"<animal no="1"><tags/></animal>"#),
        (
            r#"{"id":1,"names":[],"tags":["x",""],"wild":false,"weight":0.5}"#,
            r#"<animal no="1"><tags><tag>x</tag><tag/></tags><wild>false</wild><weight>0.5</weight></animal>"#,
        ),
        (
            r#"{"id":1,"names":[],"note":null}"#,
            r#"<animal no="1"><note xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></animal>"#,
        ),
        (r#"{"id":1,"names":[],"parent":{"id":2,"names":[]}}"#, r#"<animal no="1"><parent no="2"/></animal>"#),
        (r#"{"id":1,"names":[],"colour":"red\r"}"#, r#"<animal no="1"><colour>red&#13;</colour></animal>"#),
    ];
    for (json, xml) in animals {
        assert_eq!(write(&ANIMAL, json), xml);
        let expect = if json.contains("id") { json } else { "at /id: this member is missing" };
        assert_eq!(read::<Animal>(&ANIMAL.content, xml.as_bytes()), expect, "{xml}");
    }
    let line = r#"{"language":"a\"\n\tb","text":" x\n"}"#;
    let xml = "<line xmlns=\"http://example.com/of\" xmlns:o=\"http://example.com/of\" o:lang=\"a&quot;&#10;&#9;b\"> x\n</line>";
    assert_eq!(write(&LINE, line), xml);
    assert_eq!(read::<Line>(&LINE.content, xml.as_bytes()), line);
}

#[test]
fn what_xml_cannot_say_is_refused() {
    for (json, fault) in [
        (r#"{"text":"\u0001"}"#, "it has a character that XML cannot say"),
        (r#"{"text":"a","b c":1}"#, "a name in it is none that XML allows"),
        (r#"{"text":"a","<x>":1}"#, "a name in it is none that XML allows"),
    ] {
        assert_eq!(write(&LINE, json), fault);
    }
}

#[test]
fn readers_are_patient() {
    for (xml, expect) in [
        // Other prefixes, a default namespace, comments, instructions, CDATA, references, white space, unknown elements.
        (
            r#"<?xml version='1.0'?><!-- a --><z:animal xmlns:z="http://example.com/of" no=" 1 "><?p i?>
              <z:name>a&#x42;<![CDATA[<c>]]>&amp;</z:name><name>no</name><wild> 1 </wild></z:animal>"#,
            r#"{"id":1,"names":["aB<c>&"],"wild":true,"name":"no"}"#,
        ),
        ("\u{feff}<other no='2'><weight>+1e2</weight></other>", r#"{"id":2,"names":[],"weight":100.0}"#),
        ("<a no='1' more='x'><tags><tag>t</tag><x/></tags></a>", r#"{"id":1,"names":[],"tags":["t"]}"#),
        ("<a no='one'/>", "at /id: expected a 64-bit integer, found a string"),
        (
            "<a no='1'><parent no='1'><weight>NaN</weight></parent></a>",
            "at /parent/weight: expected a number, found a string",
        ),
        ("<a no='1'><tags/><wild/></a>", "at /wild: expected a boolean, found a string"),
    ] {
        assert_eq!(read::<Animal>(&ANIMAL.content, xml.as_bytes()), expect, "{xml}");
    }
    let any = "<a x='1'><b>c</b><b/><d><e>1</e></d></a>";
    assert_eq!(read::<Json>(&Content::Any, any.as_bytes()), r#"{"b":["c",""],"d":{"e":"1"},"x":"1"}"#);
    let map = "<a><x>1</x><y>2</y><x>3</x></a>";
    assert_eq!(read::<Json>(&Content::Map(&Content::Number), map.as_bytes()), r#"{"x":3,"y":2}"#);
}

#[test]
fn hostile_texts_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    let deep = "<a>".repeat(100_000);
    let wide = format!("<a{}/>", (0..2000).map(|number| format!(" a{number}=''")).collect::<String>());
    let spaces = format!("<a{}/>", (0..2000).map(|number| format!(" xmlns:a{number}='u'")).collect::<String>());
    for (xml, expect) in [
        (bomb, "the XML has a document type declaration, which is refused"),
        ("<a>&b;</a>", "the XML has an entity that XML itself does not define"),
        ("<a b='&c;'/>", "this is not XML, at line 1 column 13"),
        (&deep, "the XML has more elements than the client reads"),
        (&wide, "the XML has more attributes than the client reads"),
        ("", "the XML ends early, at line 1 column 1"),
        ("<a>\n<b>", "the XML ends early, at line 2 column 4"),
        ("<a></b>", "this is not XML, at line 1 column 8"),
        ("<a/><a/>", "this is not XML, at line 1 column 9"),
        ("<a/>x", "this is not XML, at line 1 column 6"),
        ("<p:a/>", "this is not XML, at line 1 column 7"),
        ("<a b='1' b='2'/>", "this is not XML, at line 1 column 17"),
        ("<a>&#1;</a>", "this is not XML, at line 1 column 8"),
        ("{\"a\":1}", "this is not XML, at line 1 column 8"),
    ] {
        assert_eq!(read::<Json>(&Content::Any, xml.as_bytes()), expect, "{:.60}", xml);
    }
    assert!(read::<Json>(&Content::Any, spaces.as_bytes()).starts_with("this is not XML"));
    assert_eq!(read::<Json>(&Content::Any, b"<a>\xff</a>"), "this is not text in UTF-8");
}
