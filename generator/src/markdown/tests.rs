use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::*;

#[track_caller]
fn check(input: &str, expect: &str) {
    assert_eq!(render(input, Target::Rustdoc), expect, "for {input:?}");
    harmless(expect).unwrap();
}

/// What rustdoc would take for dangerous in `text`.
fn harmless(text: &str) -> Result<(), String> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut broken = Vec::new();
    let callback = |link: pulldown_cmark::BrokenLink<'_>| {
        broken.push(link.reference.to_string());
        None
    };
    for event in Parser::new_with_broken_link_callback(text, options, Some(callback)) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("html: {html}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
            Event::Start(Tag::CodeBlock(kind)) => return Err(format!("code block: {kind:?}")),
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) => return Err("image or footnote".to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.contains('@') => {
                let scheme = dest_url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                if !matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
                    return Err(format!("link: {dest_url}"));
                }
            }
            _ => {}
        }
    }
    if !broken.is_empty() {
        return Err(format!("rustdoc would look for {broken:?}"));
    }
    let bad_line = text.lines().find(|line| line.ends_with(' ') || line.contains(['\t', '\r']));
    match bad_line {
        Some(line) => Err(format!("line {line:?}")),
        None if !shows_all(text) => Err("hidden characters".to_owned()),
        None => Ok(()),
    }
}

#[test]
fn plain_text_comes_out_as_it_came_in() {
    for text in [
        "Expire all of the tokens associated with a specific Application",
        "The application's ID or UID, e.g. `app_id`; don't use app_id_2 or __init.",
        "Logout an app token.\n\nTrying to log out other tokens will fail.",
        "3 * 4 = 12 & a < b > c, 50% [sic (~5 min) foo_ \"quoted\" #1 a|b C:\\dir ~user $HOME {x} f(x) x^2",
        "- one\n- two\n  - three\n\n1. first\n2. second",
        "* not quite a list*",
        "> quoted\n>\n> again",
        "**bold** and *soft* and ~~gone~~ and **_both_** and `a | b`",
        "| a | b |\n| --- | --: |\n| 1 | x \\| y |",
        "# Title\n\n## Part",
        "- [ ] open\n- [x] done",
        "See <https://example.com/a_b?c=d&e=f> or [the guide](https://example.com/(x\\)).",
        "Größe, 大小, \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    ] {
        let rendered = render(text, Target::Rustdoc);
        if text.contains("(x\\)") || text.starts_with("* not") {
            harmless(&rendered).unwrap();
        } else {
            assert_eq!(rendered, text);
        }
    }
}

#[test]
fn code_is_plain_text() {
    check("```rust\nfn main() {}\n```", "```text\nfn main() {}\n```");
    check("~~~rust,no_run\nx  \n\n~~~", "```text\nx\n```");
    check("    #![feature(x)]\n\n\tb", "```text\n#![feature(x)]\n\nb\n```");
    check("```\nunclosed", "```text\nunclosed\n```");
    check("~~~~\n```rust\nx\n```\n~~~~", "````text\n```rust\nx\n```\n````");
    check("- a\n\n  ```rust\n  x\n  ```\n- b", "- a\n\n  ```text\n  x\n  ```\n\n- b");
    check("- a\n  - b\n\n        code", "- a\n  - b\n\n    ```text\n    code\n    ```");
    check("> ```sh\n> x", "> ```text\n> x\n> ```");
    check("```", "```text\n```");
    check("`` a`b `` ` ``` `", "``a`b`` ` ``` `");
}

#[test]
fn html_is_text() {
    check("<script>alert(1)</script>", "\\<script>alert(1)\\</script>");
    check("a <b>bold</b> <!-- c -->", "a \\<b>bold\\</b> \\<!-- c -->");
    check(
        "<details>\n<summary>S</summary>\n\n*x*\n</details>",
        "\\<details>\n\\<summary>S\\</summary>\n\n*x*\n\n\\</details>",
    );
    check("<!-- a\n\nb -->", "\\<!-- a\n\nb -->");
    check("&lt;b&gt; &amp;lt; &copy;", "\\<b> \\&lt; ©");
    check("- a\n  <div>\n  b", "- a\n  \\<div>\n  b");
    check("a List<String> b", "a List\\<String> b");
}

#[test]
fn only_web_links_stay() {
    check("[a](javascript:x) [b](/c) [d](crate::Foo) [e](data:text/html,x)", "a b d e");
    check("[Foo]: javascript:alert(1)\n\n[Foo] and [Bar] and [x][y]", "Foo and \\[Bar] and \\[x]\\[y]");
    check("[x]\n\n[x]: https://example.com \"title\"", "[x](https://example.com)");
    check("[`Vec`] and [`Vec`](Vec)", "\\[`Vec`] and `Vec`");
    check(
        "![logo](https://example.com/x.png) ![](https://e.org/y) ![z](z.png)",
        "[logo](https://example.com/x.png) <https://e.org/y> z",
    );
    check("[![a](https://a.b/i)](https://a.b/c)", "[a](https://a.b/c)");
    check(
        "Go to https://example.com/a_b. Or (http://x.y/z), <me@example.com>",
        "Go to <https://example.com/a_b>. Or (<http://x.y/z>), <me@example.com>",
    );
    check("<javascript:alert(1)> <mailto:a@b.c> [m](mailto:a@b.c)", "javascript:alert(1) <a@b.c> [m](mailto:a@b.c)");
    check("[a](<https://e.org/a b\\>`|>)", "[a](https://e.org/a%20b%3E%60%7C)");
    check("Yes![a](https://e.org) \\![a](https://e.org)", "Yes[a](https://e.org) \\![a](https://e.org)");
    check("a[0] and [0, 1)", "a\\[0] and [0, 1)");
    check("Note[^1].\n\n[^1]: The *note*.", "Note\\[^1].\n\n\\[^1]: The *note*.");
}

#[test]
fn nothing_is_hidden() {
    check("a\u{202e}b\u{2066}\u{200b}\u{0}\u{feff}\u{2028}", "a\\u{202e}b\\u{2066}\\u{200b}\\u{0}\\u{feff}\\u{2028}");
    check("&#x202e; `\u{202e}` &#13;", "\\u{202e} `\\u{202e}` \\u{d}");
    check("a\r\nb\rc", "a\nb\\u{d}c");
    check("a\tb  \nc", "a   b\\\nc");
    check("a\u{200d}b", "a\\u{200d}b");
    check("x */ y /* z */ #![feature(a)]", "x */ y /* z \\*/ #!\\[feature(a)]");
}

#[test]
fn text_that_looks_like_a_block_stays_text() {
    check("\\# a\n\\- b\n1\\. c\n\\> d\n\\=\n\\---", "\\# a\n\\- b\n1\\. c\n\\> d\n\\=\n\\---");
    check("\\*a\\* \\_b\\_ \\`c\\`", "\\*a\\* \\_b\\_ \\`c\\`");
    check("***\na", "___\n\na");
    check("- a\n\n* b", "- a\n\n* b");
    check("- * -", "+ - -");
    check("1. a\n\n2) b", "1. a\n\n2) b");
    check("***a***", "_**a**_");
    check("a\n===\n\nb c\nd\n---", "# a\n\n## b c d");
}

#[test]
fn headings_in_a_page_are_bold() {
    let page = |text| render(text, Target::Page);
    assert_eq!(page("# a\n## **b** `c`\n###### d"), "**a**\n\n**b `c`**\n\n**d**");
    assert_eq!(page("> # a\n\n- # a"), "> **a**\n\n- **a**");
}

#[test]
fn a_cell_says_all() {
    let check = |text, expect| assert_eq!(cell(text), expect, "for {text:?}");
    check("Logout an app token.\n\nTrying others will fail.", "Logout an app token. Trying others will fail.");
    check("# T\n\n- a | b\n- *c*\n\n```\nx\n  y\n```", "T a \\| b *c* `x y`");
    check("| h | i |\n|---|---|\n| j | [k](https://e.org) |", "h i j [k](https://e.org)");
    check("- [ ] do", "do");
    check("   \n", "");
}

#[test]
fn a_summary_is_one_line() {
    let check = |text, expect| assert_eq!(summary(text), expect, "for {text:?}");
    check("Logout an app token.\n\nTrying to log out other tokens will fail.", "Logout an app token.");
    check("Uses e.g. *this*. Then that.", "Uses e.g. this.");
    check("# Title\n\nOne\ntwo | `a|b` [x](http://y) <i>.\nMore", "One two \\| `a\\|b` x \\<i>.");
    check("# Title", "Title");
    check("- point", "point");
    check("```\ncode\n```", "");
    check("Version 1.2 of https://e.org/x. Next", "Version 1.2 of <https://e.org/x>. Next");
    check("> # q", "q");
    check("\\``` code. Y", "\\``` code.");
}

#[test]
fn hostile_sizes_end_soon() {
    // A quarter of a megabyte: what takes more than linear time shows in it just as well, and tests run unoptimised.
    let size = 1 << 18;
    let wide = format!("{}\n{}\n{}", "|a".repeat(10_000), "|-".repeat(10_000), "|b\n".repeat(25_000));
    let nested: String = (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let staircase = format!("{nested}{}", "\n".repeat(size / 2));
    let emphasis = format!("{}{}", "*a ".repeat(size / 6), "a* ".repeat(size / 6));
    let texts = [
        "[".repeat(size),
        ">".repeat(size),
        "*".repeat(size),
        "_a ".repeat(size / 3),
        "`".repeat(size),
        "<".repeat(size),
        "- ".repeat(size / 2),
        "[a](".repeat(size / 4),
        "![".repeat(size / 2),
        "&lt;".repeat(size / 4),
        "http://".repeat(size / 7),
        "a](b".repeat(size / 4),
        "<a ".repeat(size / 3),
        "`a``b".repeat(size / 5),
        "\\".repeat(size),
        "<!--".repeat(size / 4),
        "[a]: b\n".repeat(size / 7),
        "[^a]: b\n[^a]\n".repeat(size / 13),
        "> a\n\n".repeat(size / 5),
        "a\n".repeat(size / 2),
        "1. a\n   1. b\n".repeat(size / 13),
        "**a _b ".repeat(size / 7),
        "~~a~ ".repeat(size / 5),
        "x".repeat(size),
        wide,
        staircase,
        emphasis,
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let rendered = render(&text, Target::Rustdoc);
        let time = start.elapsed();
        let first: String = text.chars().take(12).collect();
        assert!(time.as_secs() < 10, "{first:?} took {time:?}");
        harmless(&rendered).unwrap();
    }
}

/// Text that is mostly punctuation which means something.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b c",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "~~~",
        "```rust\n",
        "#",
        "## ",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[a](http://b.c)",
        "[x]: ",
        "[^1]",
        "[^1]: ",
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>\n",
        "<!--",
        "-->",
        "<script>",
        "&lt;",
        "&#32;",
        "&#10;",
        "&amp;",
        "&",
        ";",
        "|",
        "| a | b |\n|---|---|\n",
        "---",
        "===",
        "\\",
        "!",
        ".",
        ":",
        "http://a.b/c",
        "https://x.y?a&lt;=1",
        "javascript:",
        "<me@b.c>",
        "\u{202e}",
        "\u{200d}",
        "é",
        "\r",
        "\r\n",
        "\0",
        "[ ] ",
        "[x] ",
        "'",
        "\"",
        "=",
        "-",
        "+",
        "5",
        "\u{a0}",
        "\u{3000}",
        "“",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_comes_out_harmless(text in markdown()) {
        prop_harmless(&text)?;
    }

    #[test]
    fn plain_text_is_what_would_be_written(lines in prop::collection::vec("[a-zA-Z]( ?[a-zA-Z0-9,.;:?'()/%\"+=-]){0,12}", 1..4), gap in "\n{1,2}") {
        let text = lines.join(&gap);
        prop_assume!(plain::is_plain(&text));
        prop_assert_eq!(&rewritten(&text, Target::Rustdoc), &text);
        prop_assert_eq!(&rewritten(&text, Target::Page), &text);
        prop_assert_eq!(read::blocks(&text), read::parsed(&text));
        if !text.contains('\n') {
            prop_assert_eq!(&one_line(&text), &text);
        }
    }

    #[test]
    fn any_text_comes_out_harmless(text in any::<String>()) {
        prop_harmless(&text)?;
    }
}

/// The gate must not refuse what a description can become.
fn passes_the_gate(rendered: &str) -> Result<(), TestCaseError> {
    let lines = rendered.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let file: syn::File = syn::parse_quote! { #(#[doc = #lines])* pub struct A; };
    crate::gate::check("a.rs", &file).map_err(|violation| TestCaseError::fail(violation.to_string()))
}

fn prop_harmless(text: &str) -> Result<(), TestCaseError> {
    for target in [Target::Rustdoc, Target::Page] {
        let once = render(text, target);
        harmless(&once).map_err(TestCaseError::fail)?;
        passes_the_gate(&once)?;
        prop_assert_eq!(&render(&once, target), &once);
        let source = visible::lines(text);
        if let Some(read) = read::blocks(&source) {
            let meant = target.fit(read);
            let kept = read::blocks(&once).unwrap();
            prop_assert!(
                kept == meant
                    || kept == tree::loosen(meant.clone())
                    || kept == tree::unmark(tree::loosen(meant.clone())),
                "not kept: {:?}",
                once
            );
        }
    }
    for line in [summary(text), cell(text)] {
        prop_assert!(!line.contains('\n'));
        harmless(&line).map_err(TestCaseError::fail)?;
    }
    Ok(())
}
