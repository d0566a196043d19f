//! The hand-written part of every generated client.
