/// A module as it is emitted, in one line per item.
const SAMPLE: &str = include_str!("sample.txt");

/// Checks that a file of `source` passes, or is refused with a message that holds `refused`.
#[track_caller]
fn check(source: &str, refused: Option<&str>) {
    let file = syn::parse_file(source).unwrap();
    match (super::check("a.rs", &file), refused) {
        (Ok(()), None) => {}
        (Err(violation), Some(part)) => assert!(violation.to_string().contains(part), "{source}: {violation}"),
        (found, _) => panic!("{source}: {found:?}"),
    }
}

#[test]
fn what_is_emitted_passes() {
    for source in [
        SAMPLE,
        "#![forbid(unsafe_code)] #![warn(missing_docs)] pub mod models; mod runtime; pub use crate::runtime::Client; pub use runtime::Error;",
        "#[cfg(all(feature = \"a\", not(feature = \"b\")))] mod x {} #[allow(deprecated, reason = \"why\")] const X: ::std::primitive::u8 = 1;",
        "fn f<T: runtime::Decode>(x: T) -> ::core::option::Option<T> { let y = T::decode(1)?; String::new(); u64::from(1u8); match x { A::B => None } } enum A { B } use crate::runtime;",
        "use std::fmt; impl fmt::Display for X { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(\"x\") } }",
        "use std::{collections::BTreeMap, sync::Arc}; struct X { #[doc = \" y\"] #[deprecated = \"z\"] y: BTreeMap<String, Arc<u8>> }",
        "#[derive(Default)] enum A { #[default] B } fn f() -> Vec<u8> { vec![u8::MAX, A::B as u8] }",
        "runtime::records! { #[doc = \" x\"] A, Vec::<u8>::new, ::std::vec::Vec<A> } use crate::runtime;",
        "/// Text.\n///\n/// ```text\n/// fn main() {}\n/// ```\n///\n/// - a\n///\n///   b `<c>`\nstruct A;",
        "#[doc(hidden)] pub struct A; use super::*;",
        "#![recursion_limit = \"512\"] struct A;",
    ] {
        check(source, None);
    }
}

#[test]
fn items_are_listed() {
    for (source, part) in [
        ("extern crate std as x;", "an item"),
        ("extern \"C\" { fn f(); }", "an item"),
        ("union A { a: u8 }", "an item"),
        ("trait A {}", "an item"),
        ("static mut A: u8 = 1;", "a mutable static"),
        ("fn main() {}", "a main function"),
        ("mod a { fn main() {} }", "a main function"),
        ("macro_rules! a { () => {} }", "a macro definition"),
        ("unsafe fn a() {}", "unsafe"),
        ("extern \"C\" fn a() {}", "foreign ABI"),
        ("impl A { pub unsafe fn a() {} }", "unsafe"),
        ("unsafe impl Send for A {}", "an unsafe impl"),
        ("fn a() { fn b() { extern crate c; } }", "an item"),
        ("#!/bin/sh\nfn a() {}", "a first line"),
    ] {
        check(source, Some(part));
    }
}

#[test]
fn code_is_data_and_calls() {
    for (source, part) in [
        ("fn a() { unsafe { b() } }", "an expression"),
        ("fn a() { loop {} }", "an expression"),
        ("fn a() { async move { 1 } }", "an expression"),
        ("const A: u8 = const { 1 };", "an expression"),
        ("fn a(x: *const u8) {}", "a type"),
        ("fn a(x: extern \"C\" fn()) {}", "a type"),
        ("fn a() { std::process::exit(1) }", "std::process::exit"),
        ("fn a() { ::std::fs::read(\"x\") }", "std::fs::read"),
        ("fn a() { core::arch::x86_64::_rdtsc() }", "core::arch"),
        ("use std::env;", "std::env"),
        ("use std::{fmt, net::TcpStream};", "std::net::TcpStream"),
        ("use std as x; fn a() { x::fs::read(\"x\") }", "`std`"),
        ("use std::os::unix;", "std::os"),
        ("use std::*;", "`std`"),
        ("use tokio::spawn;", "tokio::spawn"),
        ("use libc;", "libc"),
        ("use tokio::tokio;", "tokio::tokio"),
        ("use tokio::x as tokio; fn f<libc>() {}", "tokio::x"),
        ("use libc::c; fn f<libc>() {}", "libc::c"),
        ("mod std {} fn a() { std::fs::read(\"x\") }", "std::fs"),
        ("fn a() { reqwest::get(\"x\") }", "reqwest::get"),
        ("fn a(x: tokio::Runtime) {}", "tokio"),
        ("fn a() { <u8 as tokio::B>::c() }", "tokio::B"),
        ("impl tokio::A for B {}", "tokio::A"),
        ("fn a() { std::fmtx::b() }", "std::fmtx"),
    ] {
        check(source, Some(part));
    }
}

#[test]
fn macros_are_listed() {
    for (source, part) in [
        ("const A: &str = include_str!(\"/etc/passwd\");", "include_str!"),
        ("const A: &str = env!(\"HOME\");", "env!"),
        ("fn a() { println!(\"x\"); }", "println!"),
        ("std::arch::global_asm!(\"nop\");", "global_asm!"),
        ("operations! { A }", "operations!"),
        ("runtime::operations! { A => std::process::Child }", "std::process::Child"),
        ("runtime::operations! { A => ::std::process::Child }", "std::process::Child"),
        ("runtime::operations! { fn() -> ::tokio::B }", "tokio::B"),
        ("runtime::records! { { unsafe { x() } } }", "unsafe"),
        ("runtime::records! { A { f: env!(\"x\") } }", "env!"),
        ("runtime::records! { ::tokio::spawn(1) }", "tokio::spawn"),
        ("runtime::records! { #[path = \"x\"] A }", "path"),
        ("runtime::records! { #[doc = include_str!(\"x\")] A }", "include_str"),
        ("fn a() { vec![std::env::args()] }", "std::env::args"),
        ("type A = include!(\"x\");", "a type"),
        ("impl A { include!(\"x\"); }", "include!"),
    ] {
        check(source, Some(part));
    }
}

#[test]
fn attributes_are_listed() {
    for (source, part) in [
        ("#[path = \"/etc/passwd\"] mod a;", "path ="),
        ("#[no_mangle] pub fn a() {}", "no_mangle"),
        ("#[unsafe(no_mangle)] pub fn a() {}", "no_mangle"),
        ("#[link(name = \"x\")] mod a {}", "link"),
        ("#[doc = include_str!(\"x\")] struct A;", "include_str"),
        ("#![doc = concat!(\"x\")]", "concat"),
        ("#[derive(serde::Serialize)] struct A;", "serde"),
        ("#![feature(x)]", "feature"),
        ("#![recursion_limit = \"x\"]", "recursion_limit"),
        ("#![recursion_limit = include_str!(\"x\")]", "recursion_limit"),
        ("#[cfg(unix)] mod a {}", "cfg"),
        ("#[cfg_attr(feature = \"x\", path = \"y\")] mod a;", "cfg_attr"),
        ("#[allow(unsafe_code)] mod a {}", "unsafe_code"),
        ("#[allow(warnings)] mod a {}", "warnings"),
        ("#[must_use = env!(\"x\")] struct A;", "must_use"),
        ("struct A { #[serde(skip)] a: u8 }", "serde"),
        ("fn a(#[x] b: u8) {}", "an attribute"),
    ] {
        check(source, Some(part));
    }
}

#[test]
fn docs_are_plain() {
    for (source, part) in [
        ("/// ```\n/// x\n/// ```\nstruct A;", "code"),
        ("/// a\n///\n/// ```rust\n/// x\n/// ```\nstruct A;", "code"),
        ("//! ~~~text,rust\n//! x\nstruct A;", "code"),
        ("#[doc = \" a\\n\\n     x\"] struct A;", "code"),
        ("struct A {\n/// a\n///\n///     x\na: u8 }", "code"),
        ("enum A {\n/// ```sh\nB }", "code"),
        ("impl A {\n/// ```sh\nfn a() {} }", "code"),
        ("/// > ```\nstruct A;", "code"),
        ("/// <b>\nstruct A;", "HTML"),
        ("#[doc = \"a\\u{202e}\"] struct A;", "hidden"),
        ("#[doc = \"a\\0\"] struct A;", "hidden"),
        ("runtime::records! { #[doc = \"```\"] A }", "code"),
    ] {
        check(source, Some(part));
    }
}

#[test]
fn a_violation_names_the_file() {
    let file = syn::parse_file("fn main() {}").unwrap();
    let expect = "src/a.rs: an emitted file must not hold a main function";
    assert_eq!(super::check("src/a.rs", &file).unwrap_err().to_string(), expect);
}
