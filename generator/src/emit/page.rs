//! README.md and the pages under `docs/`.

use super::Context;

pub(super) fn pages(cx: Context<'_>) -> Vec<(String, String)> {
    let text = format!("# {}\n", crate::markdown::summary(&cx.api.title));
    vec![("README.md".to_owned(), text)]
}
