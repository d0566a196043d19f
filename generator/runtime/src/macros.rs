//! One line per list of types, in place of derives and of code that is the same for each type.

#![allow(unused_macros, unused_imports, reason = "a client uses the macros that its API needs")]

/// Declares modules of models that stand in only where one of the features is on, and exports what they hold:
/// `models! { any(feature = "cats", feature = "dogs"); paw; tail; }`.
macro_rules! models {
    (any $features:tt; $($module:ident;)*) => {$(
        #[cfg(any $features)]
        mod $module;
        #[cfg(any $features)]
        pub use self::$module::*;
    )*};
}

/// Declares records, which are read and written as JSON, compared and printed:
///
/// ```text
/// records! {
///     /// What a cat is.
///     pub struct Cat {
///         pub id: u64,
///         pub owner_id: Option<u64> = "ownerId",
///         pub parent: Option<u64> = null,
///         pub token: String = "accessToken" as secret,
///     }
///     constants! { "kind": "cat" }
///     flattened! { pub shape: Shape }
///     rest! { pub additional_properties: BTreeMap<String, i64> }
/// }
/// ```
///
/// A field reads the member of its own name or of the one given. One that is `null` is written as null where it is
/// absent, one that is `secret` is hidden from `Debug`. Constants have one value, and those behind whose name `maybe` stands
/// need not be there; a flattened field lies in the same object, and the rest keeps members that no field reads.
macro_rules! records {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$doc:meta])* pub $field:ident: $ty:ty $(= $member:literal $(as $how:ident)*)?),* $(,)?
        }
        $(constants! { $($key:literal $($maybe:ident)?: $constant:expr),* $(,)? })?
        $(flattened! { $(#[$kind_doc:meta])* pub $kind:ident: $kind_ty:ty $(,)? })?
        $(rest! { $(#[$rest_doc:meta])* pub $rest:ident: $rest_ty:ty $(,)? })?
    )*) => {$(
        $(#[$meta])*
        #[allow(missing_docs, reason = "a field of which the description says nothing has its name alone")]
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $ty,)*
            $($(#[$kind_doc])* pub $kind: $kind_ty,)?
            $($(#[$rest_doc])* pub $rest: $rest_ty,)?
        }

        impl $name {
            /// The members that the fields read: what is given comes before the field's own name.
            const MEMBERS: &'static [&'static str] = &[$([$($member,)? ::core::stringify!($field)][0]),*];
        }

        #[allow(clippy::disallowed_names, reason = "the description names the fields")]
        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                let mut object = $crate::runtime::Object::with_fields(value, Self::MEMBERS)?;
                object.constants(&[$($((
                    $key,
                    $crate::runtime::Value::from($constant),
                    $crate::runtime::records!(@demanded $($maybe)?),
                )),*)?])?;
                object.demand(&[$($($(($member, $crate::runtime::Mark::$how),)*)?)*]);
                $(let $kind = object.others()?;)?
                $crate::runtime::read_fields!(object: $($field)*);
                $(let $rest = object.rest()?;)?
                ::core::result::Result::Ok(Self { $($kind,)? $($field,)* $($rest,)? })
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                let mut object = $crate::runtime::Fields::with_fields(Self::MEMBERS);
                object.constants([$($(($key, $crate::runtime::Value::from($constant))),*)?]);
                $(object.next_field(&self.$field); $($(object.$how();)*)?)*
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
                $crate::runtime::debug(::core::stringify!($name), self, f)
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
    (@demanded) => { true };
    (@demanded maybe) => { false };
}

/// Reads fields of a record, as many at once as there are: each `?` makes a path of its own that drops what was read
/// before, and a compiler looks at all of them.
macro_rules! read_fields {
    ($object:ident:) => {};
    ($object:ident:
        $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident
        $i:ident $j:ident $k:ident $l:ident $m:ident $n:ident $o:ident $p:ident $($more:ident)*
    ) => {
        let ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k, $l, $m, $n, $o, $p) = $object.next_fields()?;
        $crate::runtime::read_fields!($object: $($more)*);
    };
    ($object:ident: $a:ident $b:ident $c:ident $d:ident $($more:ident)*) => {
        let ($a, $b, $c, $d) = $object.next_fields()?;
        $crate::runtime::read_fields!($object: $($more)*);
    };
    ($object:ident: $a:ident $($more:ident)*) => {
        let $a = $object.next_field()?;
        $crate::runtime::read_fields!($object: $($more)*);
    };
}

/// Gives records a `new` that takes what must be there, and a setter for each field that may be left out:
///
/// ```text
/// setters! {
///     impl Cat(id: u64) { name: impl Into<String>, age: u8 } maybe { owner: u64 } preset { kind: "cat" } rest { more }
/// }
/// ```
///
/// Where a field tells null from absent, its setter takes both: it is one of `maybe`.
macro_rules! setters {
    ($(
        impl $name:ident($($required:ident: $required_ty:ty),* $(,)?)
        $({ $($optional:ident: $optional_ty:ty),* $(,)? })?
        $(maybe { $($maybe:ident: $maybe_ty:ty),* $(,)? })?
        $(preset { $($preset:ident: $value:expr),* $(,)? })?
        $(rest { $rest:ident $(,)? })?
    )*) => {$(
        #[allow(
            clippy::disallowed_names,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            reason = "the description names the fields"
        )]
        impl $name {
            /// A value of what must be there; the rest is left out.
            pub fn new($($required: $required_ty),*) -> Self {
                Self {
                    $($required: ::core::convert::Into::into($required),)*
                    $($($optional: ::core::option::Option::None,)*)?
                    $($($maybe: $crate::runtime::Maybe::Absent,)*)?
                    $($($preset: ::core::convert::Into::into($value),)*)?
                    $($rest: ::core::default::Default::default(),)?
                }
            }

            $($(
                #[doc = ::core::concat!("Sets [`", ::core::stringify!($optional), "`](Self::", ::core::stringify!($optional), ").")]
                pub fn $optional(mut self, $optional: $optional_ty) -> Self {
                    self.$optional = ::core::option::Option::Some(::core::convert::Into::into($optional));
                    self
                }
            )*)?

            $($(
                #[doc = ::core::concat!("Sets [`", ::core::stringify!($maybe), "`](Self::", ::core::stringify!($maybe), ").")]
                pub fn $maybe(mut self, $maybe: impl ::core::convert::Into<$crate::runtime::Maybe<$maybe_ty>>) -> Self {
                    self.$maybe = ::core::convert::Into::into($maybe);
                    self
                }
            )*)?
        }

        $crate::runtime::setters!(@default $name $($required)*);
    )*};
    (@default $name:ident) => {
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($required:ident)+) => {};
}

/// Declares unions, read and written as JSON, whose variants a property tells apart: each with the values that select
/// it, the first of which is written.
///
/// ```text
/// tagged_unions! {
///     pub enum Pet {
///         Cat(Cat) = "cat" | "kitten",
///         Dog(Dog) = "dog",
///     }
///     tag! { "kind" }
/// }
/// ```
macro_rules! tagged_unions {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $variant:ident($ty:ty $(,)?) = $first:literal $(| $more:literal)*),* $(,)?
        }
        tag! { $tag:literal }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant($ty),)*
            /// A value that fits no variant of the description, as it was received.
            UnknownVariant($crate::runtime::Unknown),
        }

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

/// Declares unions of what events say, by their names: `event_unions! { pub enum Watch { Born(Pet) = "born" } }`.
macro_rules! event_unions {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident($ty:ty $(,)?) = $event:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant($ty),)*
            /// An event of a name that the description does not list, as the object of its fields.
            UnknownVariant($crate::runtime::Unknown),
        }

        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                let (event, data) = $crate::runtime::event_fields(&value)?;
                match event {
                    $($event => $crate::runtime::event_data(data).map(Self::$variant),)*
                    _ => ::core::result::Result::Ok(Self::UnknownVariant($crate::runtime::Unknown::tagged(value))),
                }
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::event($event, value),)*
                    Self::UnknownVariant(value) => $crate::runtime::Encode::encode(value),
                }
            }
        }

        $crate::runtime::serde_traits!($name);
    )*};
}

/// Declares unions, read and written as JSON, whose variants are tried in order, each with the name that an error gives
/// it: `unions! { pub enum Id { Number(i64) = "number", Text(String) = "text" } }`.
macro_rules! unions {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident($ty:ty $(,)?) = $text:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant($ty),)*
            /// A value that fits no variant of the description, as it was received.
            UnknownVariant($crate::runtime::Unknown),
        }

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

/// Declares enumerations of strings, read and written as JSON and as text:
/// `string_enumerations! { pub enum Color { Red = "red", DarkRed = "dark-red" } }`.
macro_rules! string_enumerations {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = $crate::runtime::value_docs!($text $(#[$doc])*)]
                $variant,
            )*
            /// A value that the description does not list, as it was received.
            UnknownValue(::std::string::String),
        }

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

/// What is said of a value of which the description says nothing.
macro_rules! value_docs {
    ($value:literal) => {
        ::core::concat!(" The value `", ::core::stringify!($value), "`.")
    };
    ($value:literal $(#[$doc:meta])+) => {
        ""
    };
}

/// Declares enumerations of integers, read and written as JSON and as numbers:
/// `integer_enumerations! { pub enum Level { Low = 1, High = 2 } }`.
macro_rules! integer_enumerations {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $number:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = $crate::runtime::value_docs!($number $(#[$doc])*)]
                $variant,
            )*
            /// A value that the description does not list, as it was received.
            UnknownValue(i64),
        }

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

/// Declares enumerations of scalars of several kinds, read and written as JSON:
/// `enumerations! { pub enum Size { Auto = "auto", N1 = 1, Half = 0.5 } }`.
macro_rules! enumerations {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $scalar:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = $crate::runtime::value_docs!($scalar $(#[$doc])*)]
                $variant,
            )*
            /// A value that the description does not list, as it was received.
            UnknownValue($crate::runtime::Json),
        }

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

/// Declares structs of one value, read and written as that value: `newtypes! { pub struct Path(pub Vec<Path>); }`.
macro_rules! newtypes {
    ($($(#[$meta:meta])* pub struct $name:ident(pub $ty:ty $(,)?);)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(pub $ty);

        impl $crate::runtime::Decode for $name {
            fn decode(value: $crate::runtime::Value<'_>) -> ::core::result::Result<Self, $crate::runtime::DecodeError> {
                $crate::runtime::Decode::decode(value).map(Self)
            }
        }

        impl $crate::runtime::Encode for $name {
            fn encode(&self) -> $crate::runtime::Value<'_> {
                $crate::runtime::Encode::encode(&self.0)
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
    enumerations, event_unions, integer_enumerations, models, newtypes, read_fields, records, serde_traits, setters,
    string_enumerations, tagged_unions, unions, value_docs,
};
