//! Payloads: what a server sends on its own, read as the types that the API describes.

use std::fmt;
use std::marker::PhantomData;

use super::codec::{Decode, from_json};
use super::decode_error::DecodeError;
use super::response::read_text;

/// The body of a webhook or callback, which a server of yours receives: [`Payload::read`] makes a `T` of it.
pub struct Payload<T> {
    name: &'static str,
    method: &'static str,
    form: Form,
    value: PhantomData<fn() -> T>,
}

/// How the value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Text,
}

impl<T> Payload<T> {
    /// A payload in JSON.
    pub const fn json(name: &'static str, method: &'static str) -> Self {
        Self { name, method, form: Form::Json, value: PhantomData }
    }

    /// A payload that is a text.
    pub const fn text(name: &'static str, method: &'static str) -> Self {
        Self { name, method, form: Form::Text, value: PhantomData }
    }

    /// What the API calls the webhook or callback.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The method of the request that brings it.
    pub fn method(&self) -> &'static str {
        self.method
    }
}

impl<T: Decode> Payload<T> {
    /// Reads the body of the request. It proves nothing about who sent it: check a signature first, over the same bytes.
    pub fn read(&self, body: impl AsRef<[u8]>) -> Result<T, DecodeError> {
        match self.form {
            Form::Json => from_json(body.as_ref()),
            Form::Text => read_text(body.as_ref()),
        }
    }
}

impl<T> fmt::Debug for Payload<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("name", &self.name).field("method", &self.method).finish()
    }
}
