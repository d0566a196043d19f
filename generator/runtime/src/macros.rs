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

/// Makes each `Record` readable and writable as JSON, by the runtime and by serde.
macro_rules! records {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                $crate::runtime::decode_record(value)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::encode_record(self)
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes each `Union` readable and writable as JSON, by the runtime and by serde.
macro_rules! unions {
    ($($name:ty),* $(,)?) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                <Self as $crate::runtime::Union>::decode(value)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                <Self as $crate::runtime::Union>::encode(self)
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes each `StringEnumeration` readable and writable as JSON and as text.
macro_rules! string_enumerations {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                $crate::runtime::decode_string(&value).map($crate::runtime::StringEnumeration::from_wire)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::Value::from($crate::runtime::StringEnumeration::as_wire(self))
            }
        }

        impl $name {
            /// The text that the API uses for this value.
            pub fn as_str(&self) -> &str {
                $crate::runtime::StringEnumeration::as_wire(self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::runtime::StringEnumeration::from_wire(text)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok($crate::runtime::StringEnumeration::from_wire(text))
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Makes each `IntegerEnumeration` readable and writable as JSON and as a number.
macro_rules! integer_enumerations {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                <i64 as $crate::runtime::Decode>::decode(value).map($crate::runtime::IntegerEnumeration::from_wire)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::Value::from($crate::runtime::IntegerEnumeration::as_wire(self))
            }
        }

        impl $name {
            /// The number that the API uses for this value.
            pub fn as_i64(&self) -> i64 {
                $crate::runtime::IntegerEnumeration::as_wire(self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                $crate::runtime::IntegerEnumeration::from_wire(number)
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

pub(crate) use {integer_enumerations, operations, records, serde_traits, string_enumerations, unions};
