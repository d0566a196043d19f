//! Text that Markdown leaves alone, which most descriptions are: it need be neither read nor written.

/// Whether `text` is paragraphs without any markup, written as they would be written again: each line begins with a
/// letter, and no character in it means anything to Markdown where it stands.
pub(super) fn is_plain(text: &str) -> bool {
    let is_address = text.contains("://") || text.contains("www.") || text.contains("mailto:");
    !is_address && text.split("\n\n").all(|paragraph| paragraph.split('\n').all(is_plain_line))
}

fn is_plain_line(line: &str) -> bool {
    let is_plain_byte = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;:?'()/%\"-+=".contains(&byte);
    line.starts_with(|c: char| c.is_ascii_alphabetic())
        && !line.ends_with(' ')
        && !line.contains("  ")
        && line.bytes().all(is_plain_byte)
}
