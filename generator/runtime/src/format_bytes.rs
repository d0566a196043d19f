//! Bytes, which are base64 in JSON.

use bytes::Bytes;

use super::credential::{BASE64, base64};
use super::formatted::Format;

impl Format for Bytes {
    const MISFIT: &'static str = "this text is no base64";

    fn parse(text: &str) -> Option<Self> {
        decode(text).map(Self::from)
    }

    fn text(&self) -> String {
        base64(self)
    }
}

/// The bytes of standard base64, whose padding may be missing.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    if padding > 0 && (padding > 2 || text.len() % 4 != 0) || digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.as_bytes().chunks(4) {
        let mut word = 0_u32;
        for digit in group {
            let value = BASE64.iter().position(|known| known == digit)?;
            word = word << 6 | u32::try_from(value).ok()?;
        }
        let [_, first, second, third] = (word << (6 * (4 - group.len()))).to_be_bytes();
        bytes.extend([first, second, third].iter().take(group.len() - 1));
    }
    Some(bytes)
}
