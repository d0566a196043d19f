//! One line per list of types, in place of derives and of code that is the same for each type.

// A client uses the macros that its API needs; one without unions has no use for `unions!`.
#![allow(unused_macros, unused_imports)]

/// Makes operations awaitable: `operations! { Logout => (), AuthenticationFailure; }` for `struct Logout(Request)`. Behind
/// `as` stands how a success is read where its type does not say so.
macro_rules! operations {
    ($($call:ident => $success:ty $(as $read:ident)?, $failure:ty);* $(;)?) => {$(
        impl $call {
            /// Sends the request and keeps the status and headers of the answer.
            pub fn send(self) -> $crate::runtime::Call<$crate::runtime::Response<$success>, $failure> {
                self.0.call_with_response_as::<$crate::runtime::operations!(@read $($read)?), $success, $failure>()
            }

            /// Limits the time that the whole call may take, in place of the client's own limit.
            pub fn timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }
        }

        impl ::core::future::IntoFuture for $call {
            type Output = ::core::result::Result<$success, $crate::runtime::OperationError<$failure>>;
            type IntoFuture = $crate::runtime::Call<$success, $failure>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.call_as::<$crate::runtime::operations!(@read $($read)?), $success, $failure>()
            }
        }
    )*};
    (@read) => { $crate::runtime::Own };
    (@read $read:ident) => { $crate::runtime::$read };
}

/// Makes records readable and writable as JSON, comparable and printable: each field with the name of its member.
///
/// ```text
/// records! {
///     Cat { id: "id", parent: "parentId" null, token: "token" secret }
///         constants { "kind": "cat" } flattened { shape } rest { additional_properties }
/// }
/// ```
///
/// A field that is `null` is written as null where it is absent, one that is `secret` is hidden from `Debug`. Constants
/// have one value, a flattened field lies in the same object, and the rest keeps members that no field reads.
macro_rules! records {
    ($(
        $name:ident { $($field:ident: $member:literal $($how:ident)*),* $(,)? }
        $(constants { $($key:literal: $constant:expr),* $(,)? })?
        $(flattened { $kind:ident $(,)? })?
        $(rest { $rest:ident $(,)? })?
    );* $(;)?) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                let mut object = $crate::runtime::Object::with_fields(value, &[$($member),*])?;
                object.constants(&[$($(($key, $crate::runtime::Value::from($constant))),*)?])?;
                ::core::result::Result::Ok(Self {
                    $($kind: object.others()?,)?
                    $($field: object.field($member)?,)*
                    $($rest: object.rest()?,)?
                })
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                let mut object = $crate::runtime::Fields::default();
                object.constants([$($(($key, $crate::runtime::Value::from($constant))),*)?]);
                $(object.field($member, &self.$field); $(object.$how($member);)*)*
                $(object.others(&self.$kind);)?
                $(object.rest(&self.$rest);)?
                object.finish()
            }
        }

        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::eq(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::debug(stringify!($name), self, f)
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes unions readable and writable as JSON whose variants a property tells apart: each with the values that select
/// it, the first of which is written: `tagged_unions! { Pet by "kind" { Cat: "cat" | "kitten", Dog: "dog" } }`.
macro_rules! tagged_unions {
    ($($name:ident by $tag:literal { $($variant:ident: $first:literal $(| $more:literal)*),* $(,)? })*) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                match value.tag($tag) {
                    $(::core::option::Option::Some($first $(| $more)*) => {
                        $crate::runtime::Decode::decode(value).map(Self::$variant)
                    })*
                    _ => ::core::result::Result::Ok(Self::UnknownVariant($crate::runtime::Unknown::tagged(value))),
                }
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::tagged($tag, &[$first $(, $more)*], value),)*
                    Self::UnknownVariant(value) => $crate::runtime::Encode::encode(value),
                }
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes unions readable and writable as JSON whose variants are tried in order, each with the name that an error gives
/// it: `unions! { Id { Number: "number", Text: "text" } }`.
macro_rules! unions {
    ($($name:ident { $($variant:ident: $text:literal),* $(,)? })*) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                let mut trial = $crate::runtime::Trial::new(value);
                $(trial.attempt($text, Self::$variant);)*
                ::core::result::Result::Ok(trial.finish(Self::UnknownVariant))
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::Encode::encode(value),)*
                    Self::UnknownVariant(value) => $crate::runtime::Encode::encode(value),
                }
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes enumerations of strings readable and writable as JSON and as text:
/// `string_enumerations! { Color { Red = "red", DarkRed = "dark-red" } }`.
macro_rules! string_enumerations {
    ($($name:ident { $($variant:ident = $text:literal),* $(,)? })*) => {$(
        impl $name {
            /// The text that the API uses for this value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::UnknownValue(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::UnknownValue($crate::runtime::unlisted(other).into()),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                $crate::runtime::decode_string(&value).map(Self::from)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::Value::from(self.as_str())
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes enumerations of integers readable and writable as JSON and as numbers:
/// `integer_enumerations! { Level { Low = 1, High = 2 } }`.
macro_rules! integer_enumerations {
    ($($name:ident { $($variant:ident = $number:literal),* $(,)? })*) => {$(
        impl $name {
            /// The number that the API uses for this value.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::UnknownValue(number) => *number,
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    other => Self::UnknownValue($crate::runtime::unlisted(other)),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                <i64 as $crate::runtime::Decode>::decode(value).map(Self::from)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::Value::from(self.as_i64())
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes enumerations of scalars of several kinds readable and writable as JSON:
/// `enumerations! { Size { Auto = "auto", N1 = 1, Half = 0.5 } }`.
macro_rules! enumerations {
    ($($name:ident { $($variant:ident = $scalar:literal),* $(,)? })*) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                $(
                    if value.is_scalar(&$crate::runtime::Value::from($scalar)) {
                        return ::core::result::Result::Ok(Self::$variant);
                    }
                )*
                ::core::result::Result::Ok(Self::UnknownValue($crate::runtime::unlisted(value.into_json())))
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                match self {
                    $(Self::$variant => $crate::runtime::Value::from($scalar),)*
                    Self::UnknownValue(value) => $crate::runtime::Value::from(value),
                }
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Forwards serde's traits to `Decode` and `Encode`, so that models work wherever serde does.
macro_rules! serde_traits {
    ($($name:ty),* $(,)?) => {$(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::deserialize(deserializer)
            }
        }
    )*};
}

pub(crate) use {
    enumerations, integer_enumerations, operations, records, serde_traits, string_enumerations, tagged_unions, unions,
};
