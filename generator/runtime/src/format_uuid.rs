//! Texts that are UUIDs.

use uuid::Uuid;

use super::formatted::Format;

impl Format for Uuid {
    const MISFIT: &'static str = "this text is no UUID";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
