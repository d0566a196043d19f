//! Dates, times and durations as types of `jiff`.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Timestamp};

use super::formatted::Format;

macro_rules! formats {
    ($($name:ident: $misfit:literal;)*) => {$(
        impl Format for $name {
            const MISFIT: &'static str = $misfit;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn text(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

formats! {
    Timestamp: "this text is no date and time of RFC 3339";
    DateTime: "this text is no date and time without an offset";
    Date: "this text is no date";
    Time: "this text is no time without an offset";
    Span: "this text is no duration of ISO 8601";
}
