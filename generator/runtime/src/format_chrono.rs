//! Dates and times as types of `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat};

use super::formatted::Format;

impl Format for DateTime<FixedOffset> {
    const MISFIT: &'static str = "this text is no date and time of RFC 3339";

    fn parse(text: &str) -> Option<Self> {
        Self::parse_from_rfc3339(text).ok()
    }

    fn text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl Format for NaiveDateTime {
    const MISFIT: &'static str = "this text is no date and time without an offset";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn text(&self) -> String {
        format!("{}T{}", self.date(), self.time())
    }
}

impl Format for NaiveDate {
    const MISFIT: &'static str = "this text is no date";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Format for NaiveTime {
    const MISFIT: &'static str = "this text is no time without an offset";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
