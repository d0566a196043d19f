//! Dates and times as types of `time`.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use super::formatted::Format;

impl Format for OffsetDateTime {
    const MISFIT: &'static str = "this text is no date and time of RFC 3339";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Rfc3339).ok()
    }

    fn text(&self) -> String {
        // RFC 3339 has no years before 0 and no seconds of an offset; the API refuses what is written then.
        self.format(&Rfc3339).unwrap_or_else(|_| self.to_string())
    }
}

impl Format for PrimitiveDateTime {
    const MISFIT: &'static str = "this text is no date and time without an offset";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Iso8601::DATE_TIME).ok()
    }

    fn text(&self) -> String {
        format!("{}T{}", self.date(), self.time().text())
    }
}

impl Format for Date {
    const MISFIT: &'static str = "this text is no date";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Iso8601::DATE).ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Format for Time {
    const MISFIT: &'static str = "this text is no time without an offset";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Iso8601::TIME).ok()
    }

    fn text(&self) -> String {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        let text = format!("{hour:02}:{minute:02}:{second:02}.{nanosecond:09}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
