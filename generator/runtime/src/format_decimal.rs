//! Texts that are decimal numbers.

use rust_decimal::Decimal;

use super::formatted::Format;

impl Format for Decimal {
    const MISFIT: &'static str = "this text is no decimal number of at most 28 digits";

    fn parse(text: &str) -> Option<Self> {
        Self::from_str_exact(text).ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
