use super::{JsonPath, push_key, push_literal};
use crate::diagnostic::Diagnostics;
use crate::source::{Node, read};

const TREE: &str = r#"
openapi: 3.1.0
tags: [{name: a}, {name: b}, {name: c}, plain]
paths:
  /pets/{id}: {get: {parameters: [{name: id, in: path}, {name: q, in: query}]}}
  "it's": {get: {deprecated: true, x-big: 18446744073709551616, x-float: 2.0}}
"#;

fn tree() -> Node {
    read("t", TREE, &mut Diagnostics::default()).unwrap()
}

/// The pointers that a path selects.
#[track_caller]
fn check(path: &str, expect: &[&str]) {
    let found = JsonPath::parse(path).unwrap_or_else(|fault| panic!("{path}: {fault:?}")).select(&tree());
    assert_eq!(found.iter().map(|at| at.as_str()).collect::<Vec<_>>(), expect, "{path}");
}

#[test]
fn a_path_selects_places() {
    check("$", &[""]);
    check("$.openapi", &["/openapi"]);
    check("$['openapi', \"openapi\"]", &["/openapi"]);
    check("$.none", &[]);
    check("$.tags[0, -1]", &["/tags/0", "/tags/3"]);
    check("$.tags[1:3]", &["/tags/1", "/tags/2"]);
    check("$.tags[::-2]", &["/tags/3", "/tags/1"]);
    check("$.paths['/pets/{id}'].*", &["/paths/~1pets~1{id}/get"]);
    check("$..name", &["/tags/0/name", "/tags/1/name", "/tags/2/name", ID, Q]);
    check("$..parameters[?@.in=='query' && @['name']=='q'].name", &[Q]);
}

const ID: &str = "/paths/~1pets~1{id}/get/parameters/0/name";
const Q: &str = "/paths/~1pets~1{id}/get/parameters/1/name";

#[test]
fn a_filter_looks_at_each_child() {
    check("$.tags[?@.name]", &["/tags/0", "/tags/1", "/tags/2"]);
    check("$.tags[?!@.name]", &["/tags/3"]);
    check("$.tags[?@=='plain']", &["/tags/3"]);
    check("$.tags[?@.name=='a' || @.name>'b']", &["/tags/0", "/tags/2"]);
    check("$.tags[?(@.name=='a' || @.name=='b') && @.name!='a']", &["/tags/1"]);
    check("$.tags[?@.none==@.nothing]", &["/tags/0", "/tags/1", "/tags/2", "/tags/3"]);
    check("$.tags[?match(@.name, '[ab]') || search(@, 'l.i')]", &["/tags/0", "/tags/1", "/tags/3"]);
    check("$.tags[?match(@.name, 'b.')]", &[]);
    check("$.tags[?length(@)==5]", &["/tags/3"]);
    check("$.paths[?count(@..name)==2]", &["/paths/~1pets~1{id}"]);
    check("$.paths[?value(@..deprecated)==true]", &["/paths/it's"]);
    check("$.tags[?@.name==$.tags[1].name]", &["/tags/1"]);
    // Numbers are compared by what they stand for, and integers exactly.
    check("$.paths[?@.get['x-big']==18446744073709551616]", &["/paths/it's"]);
    check("$.paths[?@.get['x-big']==18446744073709551617]", &[]);
    check("$.paths[?@.get['x-float']==2]", &["/paths/it's"]);
}

#[test]
fn a_fault_has_an_offset() {
    let check = |path: &str, at: usize| assert_eq!(JsonPath::parse(path).unwrap_err().at, at, "{path}");
    check("", 0);
    check("paths", 0);
    check("$.", 2);
    check("$.paths./pets", 8);
    check("$.paths.x-y", 9);
    check("$['a", 4);
    check("$['\\x']", 3);
    check("$[01]", 2);
    check("$[9007199254740992]", 2);
    check("$[?@.a==@..b]", 8);
    check("$[?@.a=='x' && 'y']", 18);
    check("$[?in(@.a, 'x')]", 3);
    check("$ ", 1);
    for deep in [format!("$[?{}", "(".repeat(100_000)), format!("${}", "[?@".repeat(100_000))] {
        assert!(JsonPath::parse(&deep).is_err());
    }
}

#[test]
fn a_key_that_is_written_is_read_again() {
    for key in ["a", "a1", "x-y", "/pets/{id}", "it's", "a\\b", "é", "line\nend", "\u{1}", "", "1", "😀"] {
        let (mut path, mut literal) = ("$".to_owned(), "$[?@==".to_owned());
        push_key(&mut path, key);
        push_literal(&mut literal, key);
        let at =
            JsonPath::parse(&path).unwrap().select(&Node::Object([(key.to_owned(), Node::Null)].into_iter().collect()));
        assert_eq!(at.len(), 1, "{path}");
        let list = Node::Array(vec![Node::String(key.to_owned()), Node::Null]);
        assert_eq!(JsonPath::parse(&format!("{literal}]")).unwrap().select(&list).len(), 1, "{literal}");
    }
}
