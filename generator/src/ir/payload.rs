//! Payloads: what a server sends on its own, to a receiver of the caller's.

use super::{Content, Docs, OperationId, Origin, StatusKey};

/// What a server sends on its own.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The operation object that describes it.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// The key of the webhook or callback.
    pub key: String,
    /// The `operationId` as written.
    pub id: Option<String>,
    /// Why it is sent.
    pub cause: Cause,
    /// The method of the request that brings it.
    pub method: String,
    /// Its body.
    pub content: Content,
    /// The parameters that the request has beside the body, by name.
    pub params: Vec<String>,
    /// The statuses that the receiver may answer with.
    pub answers: Vec<StatusKey>,
}

/// Why a payload is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Something happened that the receiver is registered for.
    Webhook,
    /// An operation was called.
    Callback {
        /// The first operation that leads to it.
        operation: OperationId,
        /// Where it goes: an expression over the call, as written.
        to: String,
    },
}
