//! Lists whose places have types of their own.

use super::codec::{Decode, Encode};
use super::decode_error::{DecodeError, Reason};
use super::json::Value;
use super::union::{LOST, misfits};

/// A list that begins with places of their own types and goes on with items of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Prefixed<P, I> {
    /// The places at the beginning: a tuple.
    pub prefix: P,
    /// The items behind them.
    pub items: Vec<I>,
}

/// The places alone, without further items.
impl<P: Tuple, I> From<P> for Prefixed<P, I> {
    fn from(prefix: P) -> Self {
        Self { prefix, items: Vec::new() }
    }
}

impl<P: Tuple + Decode, I: Decode> Decode for Prefixed<P, I> {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        let mut first = list(value)?;
        let further = first.split_off(P::LENGTH.min(first.len()));
        let prefix = P::decode(Value::Array(first))?;
        let items = further.into_iter().enumerate();
        let items = items.map(|(index, item)| I::decode(item).map_err(|error| error.inside_list(P::LENGTH + index)));
        Ok(Self { prefix, items: items.collect::<Result<_, _>>()? })
    }
}

impl<P: Tuple + Encode, I: Encode> Encode for Prefixed<P, I> {
    fn encode(&self) -> Value<'_> {
        let mut all = self.prefix.encode();
        match &mut all {
            Value::Array(places) if !self.items.is_empty() => {
                // Items can stand behind the places only where there is something in each of these.
                places.resize(P::LENGTH, Value::Null);
                places.extend(self.items.iter().map(I::encode));
            }
            _ => {}
        }
        all
    }
}

/// A tuple that is a list in JSON. A place that may be missing is a [`Maybe`](super::Maybe).
pub trait Tuple {
    /// How many places it has.
    const LENGTH: usize;
}

macro_rules! tuples {
    ($($place:ident)*; $next:ident $($more:ident)*) => {
        tuples!(@implement $($place)* $next);
        tuples!($($place)* $next; $($more)*);
    };
    ($($place:ident)*;) => {};
    (@implement $($place:ident)+) => {
        impl<$($place),+> Tuple for ($($place,)+) {
            const LENGTH: usize = [$(stringify!($place)),+].len();
        }

        impl<$($place: Decode),+> Decode for ($($place,)+) {
            fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
                let mut places = Places { items: list(value)?.into_iter(), read: 0 };
                Ok(($(places.next::<$place>()?,)+))
            }
        }

        impl<$($place: Encode),+> Encode for ($($place,)+) {
            #[allow(non_snake_case, reason = "the places are named after their types")]
            fn encode(&self) -> Value<'_> {
                let ($($place,)+) = self;
                list_of(&[$($place),+])
            }
        }
    };
}

tuples!(; A B C D E F G H I J K L);

fn list(value: Value<'_>) -> Result<Vec<Value<'_>>, DecodeError> {
    match value {
        Value::Array(items) => Ok(items),
        other => Err(DecodeError::mismatch("an array", other.kind())),
    }
}

/// A list that ends where no further place says anything.
fn list_of<'v>(places: &[&'v dyn Encode]) -> Value<'v> {
    let length = places.iter().rposition(|place| !place.is_absent()).map_or(0, |last| last + 1);
    Value::Array(places.iter().take(length).map(|place| (**place).encode()).collect())
}

/// The places of a list while they are read. Further items are ignored, as unknown members of an object are.
struct Places<'v> {
    items: std::vec::IntoIter<Value<'v>>,
    read: usize,
}

impl Places<'_> {
    fn next<T: Decode>(&mut self) -> Result<T, DecodeError> {
        let place = self.read;
        self.read += 1;
        match self.items.next() {
            Some(item) => T::decode(item).map_err(|error| error.inside_list(place)),
            None => T::absent().ok_or_else(|| DecodeError::new(Reason::Missing).inside_list(place)),
        }
    }
}

impl Drop for Places<'_> {
    fn drop(&mut self) {
        misfits(|| self.items.len().saturating_mul(LOST));
    }
}
