//! The headers of answers, read as the types that the API describes.

use std::fmt;
use std::marker::PhantomData;

use http::{HeaderMap, header};

use super::codec::{Decode, from_json};
use super::decode_error::DecodeError;
use super::error::Error;
use super::json::{self, Value};
use super::response::Response;

/// A header that answers may have, with values of the type `T`: what [`Response::header`] and [`Error::header`] read.
pub struct Header<T> {
    name: &'static str,
    shape: Shape,
    values: PhantomData<fn() -> T>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// As it is.
    Text,
    /// Items with commas between them.
    List,
    /// Members with commas between them: `a=1,b=2` where they are exploded, else `a,1,b,2`.
    Object { explode: bool },
    /// As JSON.
    Json,
}

impl<T> Header<T> {
    /// A text, a number or a boolean.
    pub const fn text(name: &'static str) -> Self {
        Self::new(name, Shape::Text)
    }

    /// A list of them.
    pub const fn list(name: &'static str) -> Self {
        Self::new(name, Shape::List)
    }

    /// An object whose members are such values: `a=1,b=2` where it is exploded, else `a,1,b,2`.
    pub const fn object(name: &'static str, explode: bool) -> Self {
        Self::new(name, Shape::Object { explode })
    }

    /// A value that is written as JSON.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Shape::Json)
    }

    const fn new(name: &'static str, shape: Shape) -> Self {
        Self { name, shape, values: PhantomData }
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: Decode> Header<T> {
    /// The value among `headers`; `None` where it is not there. Lines of one list or object are read as one.
    ///
    /// # Errors
    /// Where the value is not what the API describes.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, DecodeError> {
        let lines = headers.get_all(self.name).iter().map(|line| std::str::from_utf8(line.as_bytes()));
        let lines: Vec<&str> =
            lines.collect::<Result<_, _>>().map_err(|_| DecodeError::unexpected("this is not UTF-8"))?;
        let Some(first) = lines.first() else { return Ok(None) };
        // A cookie may hold commas, so each line of it is a value.
        let is_whole = self.name.eq_ignore_ascii_case(header::SET_COOKIE.as_str());
        let items = || lines.iter().flat_map(|line| if is_whole { vec![*line] } else { items(line) });
        let value = match self.shape {
            Shape::Text if is_whole => Value::from(*first),
            Shape::Text => return from_texts(Value::from(lines.join(", ").as_str())).map(Some),
            Shape::Json => return from_json(lines.join(", ").as_bytes()).map(Some),
            Shape::List => Value::Array(items().map(Value::from).collect()),
            Shape::Object { explode } => Value::Object(members(&items().collect::<Vec<_>>(), explode)?),
        };
        from_texts(value).map(Some)
    }
}

/// The items between commas, without the spaces around them. No text is no item.
fn items(line: &str) -> Vec<&str> {
    if line.trim().is_empty() { Vec::new() } else { line.split(',').map(str::trim).collect() }
}

fn members<'t>(items: &[&'t str], explode: bool) -> Result<json::Members<'t>, DecodeError> {
    let pairs = match explode {
        true => items.iter().map(|item| item.split_once('=')).collect::<Option<Vec<_>>>(),
        false => items.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect(),
    };
    let pairs = pairs.ok_or_else(|| DecodeError::unexpected("a member has no value"))?;
    Ok(pairs.into_iter().map(|(key, value)| (key.into(), Value::from(value))).collect())
}

/// Reads texts as `T`. A header does not say which of them are numbers or booleans: those are that `T` does not take as
/// texts.
fn from_texts<T: Decode>(mut value: Value<'_>) -> Result<T, DecodeError> {
    loop {
        let error = match T::decode(value.clone()) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let Some(part) = at(&mut value, &error.path()) else { return Err(error) };
        *part = match part {
            Value::String(text) => match json::read(text.as_bytes()) {
                Ok(Value::Number(number)) => Value::Number(number),
                Ok(Value::Bool(flag)) => Value::Bool(flag),
                _ => return Err(error),
            },
            _ => return Err(error),
        };
    }
}

/// What stands at a JSON pointer of at most one step.
fn at<'v, 't>(value: &'v mut Value<'t>, path: &str) -> Option<&'v mut Value<'t>> {
    let Some(step) = path.strip_prefix('/') else { return Some(value) };
    match value {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(members) => {
            let key = step.replace("~1", "/").replace("~0", "~");
            members.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value)
        }
        _ => None,
    }
}

impl<T> Response<T> {
    /// The value of a header that the API describes; `None` where the answer does not have it.
    ///
    /// # Errors
    /// Where the value is not what the API describes.
    pub fn header<H: Decode>(&self, header: &Header<H>) -> Result<Option<H>, DecodeError> {
        header.read(self.headers())
    }
}

impl Error {
    /// The value of a header that the API describes; `None` where there is no answer, or where it does not have it.
    ///
    /// # Errors
    /// Where the value is not what the API describes.
    pub fn header<H: Decode>(&self, header: &Header<H>) -> Result<Option<H>, DecodeError> {
        self.headers().map_or(Ok(None), |headers| header.read(headers))
    }
}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("name", &self.name).field("shape", &self.shape).finish()
    }
}
