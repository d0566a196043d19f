//! Texts that are URLs.

use url::Url;

use super::formatted::Format;

impl Format for Url {
    const MISFIT: &'static str = "this text is no absolute URL";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}
