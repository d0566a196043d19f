//! The types of other crates that strings may stand for: what each needs of the runtime and of Cargo.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Calendar, Scalar, Text, Type, walk};

/// A crate whose types the client has, and the module of the runtime that reads them.
struct Library {
    module: &'static str,
    dependency: Option<(&'static str, &'static str)>,
}

const CHRONO: Library = Library {
    module: "format_chrono",
    dependency: Some(("chrono", r#"{ version = "0.4", default-features = false, features = ["alloc"] }"#)),
};

const JIFF: Library = Library {
    module: "format_jiff",
    dependency: Some(("jiff", r#"{ version = "0.2", default-features = false, features = ["alloc"] }"#)),
};

const TIME: Library = Library {
    module: "format_time",
    dependency: Some((
        "time",
        r#"{ version = "0.3", default-features = false, features = ["formatting", "parsing"] }"#,
    )),
};

const UUID: Library =
    Library { module: "format_uuid", dependency: Some(("uuid", r#"{ version = "1", default-features = false }"#)) };

const URL: Library = Library { module: "format_url", dependency: Some(("url", r#""2""#)) };

const DECIMAL: Library = Library {
    module: "format_decimal",
    dependency: Some(("rust_decimal", r#"{ version = "1", default-features = false }"#)),
};

/// Every client depends on `bytes`.
const BYTES: Library = Library { module: "format_bytes", dependency: None };

fn library(text: Text) -> &'static Library {
    match text {
        Text::DateTime(calendar) | Text::LocalDateTime(calendar) | Text::Date(calendar) | Text::Time(calendar) => {
            match calendar {
                Calendar::Chrono => &CHRONO,
                Calendar::Jiff => &JIFF,
                Calendar::Time => &TIME,
            }
        }
        Text::Duration => &JIFF,
        Text::Uuid => &UUID,
        Text::Url => &URL,
        Text::Decimal => &DECIMAL,
        Text::Bytes => &BYTES,
    }
}

/// The type by its path.
pub(super) fn path(text: Text) -> TokenStream {
    match text {
        Text::DateTime(Calendar::Chrono) => quote!(chrono::DateTime<chrono::FixedOffset>),
        Text::DateTime(Calendar::Jiff) => quote!(jiff::Timestamp),
        Text::DateTime(Calendar::Time) => quote!(time::OffsetDateTime),
        Text::LocalDateTime(Calendar::Chrono) => quote!(chrono::NaiveDateTime),
        Text::LocalDateTime(Calendar::Jiff) => quote!(jiff::civil::DateTime),
        Text::LocalDateTime(Calendar::Time) => quote!(time::PrimitiveDateTime),
        Text::Date(Calendar::Chrono) => quote!(chrono::NaiveDate),
        Text::Date(Calendar::Jiff) => quote!(jiff::civil::Date),
        Text::Date(Calendar::Time) => quote!(time::Date),
        Text::Time(Calendar::Chrono) => quote!(chrono::NaiveTime),
        Text::Time(Calendar::Jiff) => quote!(jiff::civil::Time),
        Text::Time(Calendar::Time) => quote!(time::Time),
        Text::Duration => quote!(jiff::Span),
        Text::Uuid => quote!(uuid::Uuid),
        Text::Url => quote!(url::Url),
        Text::Decimal => quote!(rust_decimal::Decimal),
        Text::Bytes => quote!(bytes::Bytes),
    }
}

/// A text of the kind, for an example.
pub(super) fn sample(text: Text) -> &'static str {
    match text {
        Text::DateTime(_) => "2030-01-31T12:00:00Z",
        Text::LocalDateTime(_) => "2030-01-31T12:00:00",
        Text::Date(_) => "2030-01-31",
        Text::Time(_) => "12:00:00",
        Text::Duration => "PT1H30M",
        Text::Uuid => "123e4567-e89b-12d3-a456-426614174000",
        Text::Url => "https://example.com",
        Text::Decimal => "12.50",
        Text::Bytes => "ZXhhbXBsZQ==",
    }
}

/// Whether any string of the API stands for something else.
pub(super) fn is_used(api: &Api) -> bool {
    any(api, &|scalar| matches!(scalar, Scalar::Text(_)))
}

/// Whether the API needs that module of the runtime for its strings.
pub(super) fn needs(api: &Api, module: &str) -> bool {
    any(api, &|scalar| matches!(scalar, Scalar::Text(text) if library(text).module == module))
}

/// Whether any integer of the API stands for a time.
pub(super) fn has_unix_times(api: &Api) -> bool {
    any(api, &|scalar| scalar == Scalar::UnixTime)
}

/// The dependencies of the types that the API needs, each with its requirement.
pub(super) fn dependencies(api: &Api) -> Vec<(&'static str, &'static str)> {
    let all = [&CHRONO, &DECIMAL, &JIFF, &TIME, &URL, &UUID].into_iter();
    all.filter(|library| needs(api, library.module)).filter_map(|library| library.dependency).collect()
}

fn any(api: &Api, is: &dyn Fn(Scalar) -> bool) -> bool {
    let is = |ty: &Type| matches!(ty, Type::Scalar(scalar) if is(*scalar));
    walk::types(api).any(|ty| walk::some(ty, &is))
}
