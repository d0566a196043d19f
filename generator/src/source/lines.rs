//! Offsets as lines and columns, for texts of which many are asked.

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// How many characters stand before each block of [`BLOCK`] bytes; empty where each is one byte.
    before: Vec<usize>,
}

const BLOCK: usize = 1024;

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(count);
                count += characters(block);
            }
            before.push(count);
        }
        Self { starts, before }
    }

    /// The line and column of an offset, both from 1 on, the column in characters.
    pub(super) fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        (line, self.count(text, offset) - self.count(text, start) + 1)
    }

    /// How many characters stand before an offset.
    fn count(&self, text: &str, offset: usize) -> usize {
        match self.before.get(offset / BLOCK) {
            Some(before) => before + characters(&text.as_bytes()[offset - offset % BLOCK..offset]),
            None => offset,
        }
    }
}

/// How many characters begin in the bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_character() {
        let text = format!("ab\nä{}ü\n", "é".repeat(3_000));
        let lines = Lines::of(&text);
        for offset in [0, 2, 3, 5, 1025, 6_001, text.len() - 3, text.len()] {
            assert_eq!(lines.position(&text, offset), super::super::position(&text, offset), "{offset}");
        }
    }
}
