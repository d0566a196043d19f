//! Strings that a regular expression takes.

use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// The longest string that is made.
const LONGEST: usize = 4096;

/// Strings that match `pattern`, each with parts repeated as often as one of `repeats` says where the pattern leaves it
/// open; none where the pattern is of a kind that this reader does not know, such as one that looks ahead.
pub(super) fn matching(pattern: &str, repeats: &[usize]) -> Vec<String> {
    let Ok(hir) = Parser::new().parse(pattern) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for repeat in repeats {
        let mut text = String::new();
        if write(&hir, *repeat, &mut text).is_some() && !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

fn write(hir: &Hir, repeat: usize, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(choose(class)?),
        HirKind::Repetition(repetition) => {
            for _ in 0..times(repetition, repeat) {
                write(&repetition.sub, repeat, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, repeat, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, repeat, text))?,
        HirKind::Alternation(parts) => write(parts.get(repeat % parts.len()).or(parts.first())?, repeat, text)?,
    }
    (text.len() <= LONGEST).then_some(())
}

fn times(repetition: &Repetition, repeat: usize) -> usize {
    let least = repetition.min as usize;
    let most = repetition.max.map_or(usize::MAX, |most| most as usize);
    (least + repeat).min(most).min(LONGEST)
}

/// A character of a class: a letter or digit where it has one.
fn choose(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |wanted: &char| ranges.iter().any(|(start, end)| (*start..=*end).contains(wanted));
    ['a', 'A', '1', '0', 'f', '-', '_', ' '].into_iter().find(has).or_else(|| {
        let visible = |character: &char| !character.is_control() && !character.is_whitespace();
        ranges.iter().flat_map(|(start, end)| [*start, *end]).find(visible).or(ranges.first().map(|range| range.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expect: &[&str]) {
        assert_eq!(matching(pattern, &[0, 1]), expect, "{pattern}");
    }

    #[test]
    fn strings_follow_the_pattern() {
        check("^[a-z]{2}$", &["aa"]);
        check("^app_[A-Za-z0-9]+$", &["app_a", "app_aa"]);
        check("^(red|green)$", &["red", "green"]);
        check(r"^\d{3}-?\d*$", &["111", "111-1"]);
        check("x?", &["", "x"]);
        check("(?=a)", &[]);
        check("[^a-zA-Z0-9]", &["-"]);
    }
}
