//! Anchors: where a link into a page leads.

use std::collections::HashMap;

use super::Context;
use crate::emit::operations_of;
use crate::ir::GroupId;

/// The sections of an operation, in order.
pub(super) const SECTIONS: [&str; 6] =
    ["Example", "Parameters", "Return type", "Authorization", "HTTP request headers", "HTTP response details"];

/// The anchors of the headings of a page, given in the order of the headings, as the viewers of Markdown make them: the
/// text in lower case, hyphens for spaces, no other punctuation, and a number where an earlier heading has the same.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, usize>);

impl Anchors {
    /// The anchor of the next heading.
    pub(super) fn of(&mut self, heading: &str) -> String {
        let kept = |c: char| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c => c.is_alphanumeric().then_some(c),
        };
        let slug: String = heading.trim().to_lowercase().chars().filter_map(kept).collect();
        let mut anchor = slug.clone();
        while self.0.contains_key(&anchor) {
            let count = self.0.entry(slug.clone()).or_insert(0);
            *count += 1;
            anchor = format!("{slug}-{count}");
        }
        self.0.insert(anchor.clone(), 0);
        anchor
    }
}

/// The anchors of the operations of a group in its page.
pub(super) fn of_operations(cx: Context<'_>, id: GroupId) -> Vec<String> {
    let mut anchors = Anchors::default();
    anchors.of(&cx.names.of_group(id).name.to_string());
    let operation = |id| {
        let anchor = anchors.of(&cx.names.of_operation(id).method.to_string());
        SECTIONS.iter().for_each(|section| drop(anchors.of(section)));
        anchor
    };
    operations_of(cx, id).map(operation).collect()
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn anchors_are_those_of_viewers() {
        let mut anchors = Anchors::default();
        let all = ["logout", "HTTP request headers", "Example", "example", "Example 1", "`example-1`", "Ünï, c*!"];
        let expected =
            ["logout", "http-request-headers", "example", "example-1", "example-1-1", "example-1-2", "ünï-c"];
        assert_eq!(all.map(|heading| anchors.of(heading)), expected);
    }
}
