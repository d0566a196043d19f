//! The nearest known name to one that is not known: what "did you mean" offers.

/// Names longer than this are never compared, so that a hostile one costs nothing.
const LONGEST: usize = 100;

/// The one of `known` that a slip of the pen most likely turned into `wanted`; `None` when none is near.
///
/// Case and the choice between `-` and `_` do not count. Of equally near names the first is taken.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |name: &str| name.to_lowercase().replace('_', "-");
    if wanted.len() > LONGEST {
        return None;
    }
    let folded = fold(wanted);
    let limit = folded.chars().count().div_ceil(3);
    known
        .into_iter()
        .filter(|name| name.len() <= LONGEST)
        .map(|name| (strsim::damerau_levenshtein(&folded, &fold(name)), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &str, known: &[&str], expect: Option<&str>) {
        assert_eq!(nearest(wanted, known.iter().copied()), expect, "{wanted}");
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        check("licence", &["name", "license"], Some("license"));
        check("nmae", &["name", "names"], Some("name"));
        check("rust_version", &["version", "rust-version"], Some("rust-version"));
        check("NAME", &["version", "name"], Some("name"));
        check("colour", &["name", "version", "license"], None);
        check("", &["a"], None);
        check(&"x".repeat(1_000_000), &["x"], None);
    }
}
