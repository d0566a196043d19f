//! Operations as data: what each sends, and what may come back.

// A client uses the macros that its API needs; one without documented failures has no use for `failures!`.
#![allow(unused_macros, unused_imports)]

/// Declares operations, and for each the call that its method returns, which is awaited:
///
/// ```text
/// operations! {
///     Cats::find -> Find: "GET" "/cats/{id}", accept "application/json", security [["key"], []] => Cat, CatsFailure;
///     Cats::tell -> Tell: "POST" "/cats", form { Style::DeepObject.encoded() => ["owner"] } => String as Text;
/// }
/// ```
///
/// Before `=>` stands what is sent, as in [`Operation`](crate::runtime::Operation), behind it what comes back: the
/// success, how it is read where its type does not say so, and the failure where one is documented.
macro_rules! operations {
    ($(
        $group:ident::$method:ident -> $call:ident: $verb:literal $path:literal
        $(, accept $accept:literal)?
        $(, security [$([$($scheme:literal),*]),*])?
        $(, servers $servers:ident)?
        $(, form { $($spelling:expr => [$($field:literal),*]),* })?
        => $success:ty $(as $read:ident)? $(, $failure:ty)?;
    )*) => {$(
        #[doc = ::core::concat!(
            "A call of [`", ::core::stringify!($group), "::", ::core::stringify!($method),
            "`]: set its options, then await it."
        )]
        #[must_use = "a request is sent when it is awaited"]
        #[derive(Debug)]
        pub struct $call($crate::runtime::Request);

        impl $call {
            const OPERATION: &'static $crate::runtime::Operation = &$crate::runtime::Operation {
                id: ::core::stringify!($method),
                method: $verb,
                path: $path,
                accept: $crate::runtime::operations!(@accept $($accept)?),
                security: &[$($(&[$($scheme),*]),*)?],
                servers: $crate::runtime::operations!(@servers $($servers)?),
                form: &[$($(($spelling, &[$($field),*])),*)?],
            };

            /// Sends the request and keeps the status and headers of the answer.
            pub fn send(
                self,
            ) -> $crate::runtime::Call<
                $crate::runtime::Response<$success>,
                $crate::runtime::operations!(@failure $($failure)?),
            > {
                self.0.call_with_response_as::<$crate::runtime::operations!(@read $call $($read)?), _, _>()
            }

            /// Limits the time that the whole call may take, in place of the client's own limit.
            pub fn timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.timeout(limit))
            }
        }

        impl ::core::future::IntoFuture for $call {
            type Output = ::core::result::Result<
                $success,
                $crate::runtime::OperationError<$crate::runtime::operations!(@failure $($failure)?)>,
            >;
            type IntoFuture = $crate::runtime::Call<$success, $crate::runtime::operations!(@failure $($failure)?)>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.call_as::<$crate::runtime::operations!(@read $call $($read)?), _, _>()
            }
        }
    )*};
    (@accept) => { ::core::option::Option::None };
    (@accept $accept:literal) => { ::core::option::Option::Some($accept) };
    (@servers) => { &[] };
    (@servers $servers:ident) => { $servers };
    (@failure) => { ::core::convert::Infallible };
    (@failure $failure:ty) => { $failure };
    (@read $call:ident) => { $crate::runtime::Own };
    (@read $call:ident Xml) => { $crate::runtime::Xml<$call> };
    (@read $call:ident $read:ident) => { $crate::runtime::$read };
}

/// Declares the failures that a description documents, each with the statuses that select it, and the error that
/// carries them:
///
/// ```text
/// failures! {
///     pub enum CatsFailure {
///         NotFound(Problem) = 404,
///         Gone = 410,
///         Other(Problem) = _,
///     }
///     error! { CatsError }
/// }
/// ```
///
/// The first that fits is taken, and its body is read as JSON.
macro_rules! failures {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident $(($ty:ty $(,)?))? = $status:pat),* $(,)? }
        error! { $error:ident }
    )*) => {$(
        #[doc = ::core::concat!(
            "A failure that the description documents: the typed view of [`", ::core::stringify!($error), "`]."
        )]
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant $(($ty))?,)*
        }

        impl $crate::runtime::Failure for $name {
            fn read(
                answer: &$crate::runtime::Response<::bytes::Bytes>,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::runtime::DecodeError> {
                ::core::result::Result::Ok(::core::option::Option::Some(match answer.status().as_u16() {
                    $($status => Self::$variant $((answer.json::<$ty>()?))?,)*
                    #[allow(unreachable_patterns, reason = "a description may document every status")]
                    _ => return ::core::result::Result::Ok(::core::option::Option::None),
                }))
            }
        }

        /// Why a call failed, with the documented failure where it is one.
        pub type $error = $crate::runtime::OperationError<$name>;
    )*};
}

/// Declares what callers choose among, each a media type: `media_types! { pub enum Image { Png = "image/png" } }`.
macro_rules! media_types {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($variant:ident = $media:literal),* $(,)? }
    )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = ::core::concat!("`", $media, "`")] $variant,)*
        }

        impl $name {
            /// The media type.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $media,)*
                }
            }
        }
    )*};
}

pub(crate) use {failures, media_types, operations};
