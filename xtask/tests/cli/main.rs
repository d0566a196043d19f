//! The command line, seen from outside: the built program runs in folders of its own.

mod check;
mod codegen;
mod help;
mod support;
