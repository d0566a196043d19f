//! The part of the client that is the same for every API: requests, answers, errors, and how types become JSON.
//!
//! A user of the client needs [`Client`], [`ClientBuilder`], [`Error`], [`Response`] and [`Maybe`]. The rest is what the
//! code of the operations and models is written on, and what an own [`Transport`] implements.

mod call;
mod client;
mod codec;
mod credential;
mod date;
mod decode_error;
mod error;
mod events;
mod file;
mod follow;
mod format_bytes;
mod format_chrono;
mod format_decimal;
mod format_jiff;
mod format_time;
mod format_unix;
mod format_url;
mod format_uuid;
mod formatted;
mod header;
mod json;
mod macros;
mod maybe;
mod multipart;
mod oauth;
mod object;
mod operation_macros;
mod payload;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod secret;
mod server;
mod stream;
mod style;
mod transport;
mod tuple;
mod union;
mod url;
mod xml;
mod xml_read;

pub use self::call::Call;
pub use self::client::{Api, Client, ClientBuilder};
pub use self::codec::{Decode, Encode, debug, decode_string, deserialize, eq, from_json, serialize};
pub use self::credential::{Credential, TokenProvider};
pub use self::decode_error::DecodeError;
pub use self::error::{Error, ErrorKind, Failure, OperationError};
pub use self::events::{Event, EventFields, Events, event, event_data, event_fields};
pub use self::file::File;
pub use self::formatted::{Format, Formatted};
pub use self::header::Header;
pub use self::json::{Json, Kind, Members, Number, Value};
pub use self::maybe::Maybe;
pub use self::multipart::Multipart;
pub use self::oauth::ClientCredentials;
pub use self::object::{FieldTuple, Fields, Mark, Object};
pub use self::payload::Payload;
pub use self::request::{Operation, Request, RequestBody};
#[cfg(feature = "reqwest")]
pub use self::reqwest_transport::ReqwestTransport;
pub use self::response::{FromResponse, Own, Read, Response, Text, Unread};
pub use self::secret::{Redacted, Secret};
pub use self::server::{Server, ServerUrl, ServerVariable};
pub use self::stream::{ByteStream, FromStream, JsonItems, Streamed};
pub use self::style::{FormFields, Spelling, Style};
pub use self::transport::{Body, BoxError, BoxFuture, Timeouts, Transport, TransportError, TransportErrorKind};
pub use self::tuple::{Prefixed, Tuple};
pub use self::union::{Trial, Unknown, tagged, unlisted};
pub use self::xml::{Content, Element, Name, Place, Record, Xml, XmlAnswer, XmlRecord, to_xml};

#[allow(unused_imports, reason = "a client without any operation, union or enumeration uses none of these")]
pub(crate) use self::{
    macros::{
        enumerations, event_unions, integer_enumerations, models, newtypes, read_fields, records, serde_traits,
        setters, string_enumerations, tagged_unions, unions, value_docs,
    },
    operation_macros::{failures, media_types, operations},
};
