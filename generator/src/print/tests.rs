use expect_test::{Expect, expect};

use super::*;

/// Checks the text of a file, and that the text reads as the same file.
#[track_caller]
fn check(input: &str, expect: Expect) {
    let file = syn::parse_file(input).unwrap();
    let text = source(file.clone());
    expect.assert_eq(&text);
    let again = syn::parse_file(&text).unwrap();
    assert_eq!(prettyplease::unparse(&again), prettyplease::unparse(&file));
    assert_eq!(source(again), text);
}

#[test]
fn an_emitted_module_reads_as_written_by_hand() {
    check(
        include_str!("../gate/sample.txt"),
        expect![[r#"
            //! Calls of the tag `Authentication`.

            use bytes::Bytes;

            use crate::models;
            use crate::runtime::{self, DecodeError, Response};

            /// Doc.
            #[derive(Clone, Copy, Debug)]
            pub struct Authentication<'a> {
                client: &'a Client,
            }

            impl Authentication<'_> {
                /// Expire all of the tokens associated with a specific Application.
                ///
                /// `POST /api/v1/auth/app/{app_id}/expire-all/`
                pub fn expire_all(
                    self,
                    app_id: impl Into<String>,
                    body: models::ApplicationTokenExpireIn,
                ) -> ExpireAll {
                    let request = self.client.request(ExpireAll::OPERATION);
                    ExpireAll(request.path("app_id", &app_id.into()).json(&body))
                }

                pub fn logout(self) -> Logout {
                    Logout(self.client.request(Logout::OPERATION))
                }
            }

            runtime::operations! {
                Authentication::expire_all -> ExpireAll:
                    "POST" "/api/v1/auth/app/{app_id}/expire-all/", accept "application/json",
                    security [["HTTPBearer"], []], form {
                    runtime::Style::DeepObject.encoded() => ["metadata", "expand"],
                    runtime::Style::Form { explode: false }.encoded() => ["flat"] }
                    => Vec<models::A>, AuthenticationFailure;
                Authentication::logout -> Logout: "POST" "/logout/" => () as Text;
            }

            runtime::failures! {
                pub enum AuthenticationFailure {
                    /// 401.
                    Unauthorized(models::HttpErrorOut) = 401,
                    Other = 400..=499,
                    Rest = _,
                }
                error! { AuthenticationError }
            }

            impl runtime::Failure for OtherFailure {
                fn read(answer: &Response<Bytes>) -> Result<Option<Self>, DecodeError> {
                    Ok(
                        Some(
                            match answer.status().as_u16() {
                                401 => Self::Unauthorized(answer.json()?),
                                _ => return Ok(None),
                            },
                        ),
                    )
                }
            }

            pub type OtherError = runtime::OperationError<OtherFailure>;
        "#]],
    );
}

#[test]
fn lines_that_belong_together_stand_together() {
    check(
        "#![forbid(unsafe_code)] mod a; mod b; pub mod c; /** D. */ pub mod d; use std::fmt; use bytes::B; use super::*; pub use a::X; pub use b::Y;
         impl<T> I for X<T> where T: Z { type A = u8; type B = u8; const C: u8 = 1; const D: u8 = 2; fn f() {} fn g() {} }",
        expect![[r#"
            #![forbid(unsafe_code)]

            mod a;
            mod b;

            pub mod c;

            /// D.
            pub mod d;

            use std::fmt;

            use bytes::B;

            use super::*;

            pub use a::X;
            pub use b::Y;

            impl<T> I for X<T>
            where
                T: Z,
            {
                type A = u8;
                type B = u8;

                const C: u8 = 1;
                const D: u8 = 2;

                fn f() {}

                fn g() {}
            }
        "#]],
    );
}

#[test]
fn modules_inside_are_spaced_and_texts_are_left_alone() {
    check(
        "mod a { mod b { const S: &str = \"}\n\nmod a {\n  x \n\"; struct A; impl A { fn f() { \"fn g() {\n}\n\" } fn g() {} } } struct B; }",
        expect![[r#"
            mod a {
                mod b {
                    const S: &str = "}

            mod a {
              x 
            ";

                    struct A;

                    impl A {
                        fn f() {
                            "fn g() {
            }
            "
                        }

                        fn g() {}
                    }
                }

                struct B;
            }
        "#]],
    );
}

#[test]
fn macro_entries_stand_in_lines() {
    check(
        "x::unions! { A, B } x::records!(C); mod a { x::records! { Aaaaaaaaaaaaaaaaaaaaaaaaaaa, Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, Ccccccccccccccccccccccc } } x::empty! {}",
        expect![[r#"
            x::unions! {
                A, B
            }

            x::records!(C);

            mod a {
                x::records! {
                    Aaaaaaaaaaaaaaaaaaaaaaaaaaa,
                    Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
                    Ccccccccccccccccccccccc
                }
            }

            x::empty! {}
        "#]],
    );
}

#[test]
fn a_file_ends_with_one_line_end_and_may_be_empty() {
    let texts = ["", "//! Doc.", "struct A;"].map(|text| source(syn::parse_file(text).unwrap()));
    assert_eq!(texts, ["", "//! Doc.\n", "struct A;\n"]);
}

#[test]
fn a_program_has_a_blank_line_between_steps() {
    let tokens = |text: &str| text.parse::<TokenStream>().unwrap();
    let imports = tokens("use a::Client;");
    let main = tokens("#[tokio::main] async fn main() -> Result<(), Error> {}");
    let steps = ["let client = f()?; let x = 1;", "", "client.logout().await?; Ok(())"].map(tokens);
    expect![[r#"
        use a::Client;

        #[tokio::main]
        async fn main() -> Result<(), Error> {
            let client = f()?;
            let x = 1;

            client.logout().await?;
            Ok(())
        }
    "#]]
    .assert_eq(&program(imports.clone(), main.clone(), &steps).unwrap());
    assert!(program(imports, main, &[tokens("let")]).is_err());
}

#[test]
fn a_type_reads_as_in_a_signature() {
    let check = |text: &str, expected| assert_eq!(ty(&text.parse().unwrap()), expected);
    check("()", "()");
    check("(A,)", "(A,)");
    check("(A, runtime :: Maybe < B > ,)", "(A, runtime::Maybe<B>)");
    check("runtime::Prefixed<(A, ), Map<String, (A, B,)>>", "runtime::Prefixed<(A,), Map<String, (A, B)>>");
    check("(Map<String, (A,)>,)", "(Map<String, (A,)>,)");
    check("Option < models :: A >", "Option<models::A>");
    let long =
        "std::collections::BTreeMap<String, (std::collections::BTreeMap<String, Vec<models::AVeryLongName>>, i64)>";
    check(long, long);
}

/// Inside of a macro call the formatter itself keeps what it is given, so that only the second text can be compared.
#[track_caller]
fn check_declarations(input: &str, expect: Expect) {
    let text = source(syn::parse_file(input).unwrap());
    expect.assert_eq(&text);
    assert_eq!(source(syn::parse_file(&text).unwrap()), text);
}

#[test]
fn declarations_in_macro_calls_read_as_any_other() {
    check_declarations(
        r#"runtime::records! { #[doc = " A."] #[doc = " B."] pub struct Cat { #[doc = " C."] pub id: u64, pub owner: Option<Vec<u64>> = "ownerId" as null, pub last: String }
            constants! { "kind": "cat", "type" maybe: "pet" } flattened! { #[doc = " D."] pub shape: Shape }
            pub struct Dog {} rest! { pub more: std::collections::BTreeMap<String, i64> } pub struct Cow { pub a: u8 } }"#,
        expect![[r#"
            runtime::records! {
                /// A.
                /// B.
                pub struct Cat {
                    /// C.
                    pub id: u64,
                    pub owner: Option<Vec<u64>> = "ownerId" as null,
                    pub last: String,
                }
                constants! { "kind": "cat", "type" maybe: "pet" }
                flattened! {
                    /// D.
                    pub shape: Shape,
                }

                pub struct Dog {}
                rest! {
                    pub more: std::collections::BTreeMap<String, i64>,
                }

                pub struct Cow {
                    pub a: u8,
                }
            }
        "#]],
    );
    check_declarations(
        r#"runtime::tagged_unions! { pub enum Pet { #[doc = " C."] Cat(Box<Cat>) = "cat" | "kitten", Dog(Dog) = "dog" } tag! { "kind" } }
           runtime::integer_enumerations! { pub enum Level { Low = -1, High = 2 } }"#,
        expect![[r#"
            runtime::tagged_unions! {
                pub enum Pet {
                    /// C.
                    Cat(Box<Cat>) = "cat" | "kitten",
                    Dog(Dog) = "dog",
                }
                tag! { "kind" }
            }

            runtime::integer_enumerations! {
                pub enum Level {
                    Low = -1,
                    High = 2,
                }
            }
        "#]],
    );
    check_declarations(
        r#"runtime::setters! { impl Cat(id: u64, name: impl Into<String>) { owner: impl Into<String>, a: std::collections::BTreeMap<String, i64> } maybe { b: u8 } preset { kind: "cat", d: -1 } rest { more }
           impl Dog() impl Cow(a_required_one: Vec<AnimalWithALongName>, another_required_one: Vec<AnimalWithALongName>) { x: u8 } }"#,
        expect![[r#"
            runtime::setters! {
                impl Cat(id: u64, name: impl Into<String>) {
                    owner: impl Into<String>, a: std::collections::BTreeMap<String, i64>
                } maybe { b: u8 } preset { kind: "cat", d: -1 } rest { more }

                impl Dog()

                impl Cow(
                    a_required_one: Vec<AnimalWithALongName>,
                    another_required_one: Vec<AnimalWithALongName>,
                ) { x: u8 }
            }
        "#]],
    );
}
