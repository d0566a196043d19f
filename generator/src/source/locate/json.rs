//! The places in a JSON text.

use super::Open;

/// Reads on until the text ends or is no JSON; says which.
pub(super) fn scan(text: &str, open: &mut Open) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'{' | b'[' => _ = open.begin(offset(start)..offset(at), *byte == b'{'),
            b'}' | b']' => open.end(offset(at)),
            b'"' => {
                let Some(end) = string_end(bytes, at) else { return false };
                at = end;
                if open.awaits_key() {
                    open.key(offset(start)..offset(at), None);
                } else {
                    open.add(offset(start)..offset(at), super::NONE);
                }
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if !open.awaits_key() => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                at += bytes.iter().skip(at).take_while(|byte| is_part(byte)).count();
                open.add(offset(start)..offset(at), super::NONE);
            }
            _ => return false,
        }
    }
    open.stack.is_empty()
}

/// Where the string that begins before `at` ends, its quote included.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The text of a string, its quotes and escapes aside.
pub(super) fn unquote(text: &str) -> String {
    let inner = text.trim_matches('"');
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    serde_json::from_str(text).unwrap_or_else(|_| inner.to_owned())
}

/// Documents are smaller than 4 GiB by far.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(super::NONE)
}
