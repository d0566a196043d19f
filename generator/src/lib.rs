//! Turns an OpenAPI description into a Rust client crate.
//!
//! Pure: documents come in through [`Documents`], files go out as text. No disk, clock, environment or network is touched.

pub mod diagnostic;
pub mod facts;
pub mod gate;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod name;
pub mod openapi;
pub mod print;
pub mod schema;
pub mod source;
