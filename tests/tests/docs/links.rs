//! Links that resolve.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag};

use crate::page;

/// The anchors of a page as the common viewers of Markdown make them: lower case, hyphens for spaces, no other
/// punctuation, and a number where an earlier heading has the same text.
fn anchors(text: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let anchor = |heading: String| {
        let slug: String = heading
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let count = seen.entry(slug.clone()).or_default();
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    };
    page::headings(text).into_iter().map(anchor).collect()
}

/// What is wrong with a link in a page.
fn fault(page: &str, link: &str) -> Option<String> {
    if link.starts_with("https://") {
        return None;
    }
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = if file.is_empty() { page::root().join(page) } else { page::root().join(folder).join(file) };
    let Ok(text) = std::fs::read_to_string(&target) else { return Some("there is no such file".to_owned()) };
    let anchor = anchor?;
    (!anchors(&text).iter().any(|found| found == anchor)).then(|| format!("there is no heading for `#{anchor}`"))
}

#[test]
fn every_link_leads_somewhere() {
    for page in page::all() {
        let text = page::read(&page);
        let links: Vec<String> = page::events(&text)
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                _ => None,
            })
            .collect();
        assert!(links.len() > 3, "{page} has {} links", links.len());
        for link in links {
            let fault = fault(&page, &link);
            assert_eq!(fault, None, "{page}: {link}");
        }
    }
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let page = "docs/AuthenticationApi.md";
    assert_eq!(fault(page, "../README.md#httpbearer"), None);
    assert_eq!(fault(page, "#logout"), None);
    assert!(fault(page, "README.md").is_some());
    assert!(fault(page, "#logout-1").is_some());
    assert!(fault(page, "../README.md#logout").is_some());
}
