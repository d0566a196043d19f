//! How long files and functions are. Lines are counted as an editor shows them, comments included. A table of data is no
//! function, however long it is, and the table that a test walks over is no part of the test.

use std::collections::BTreeSet;

use crate::source::File;

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 60;
/// What is emitted in longer pieces is behaviour, and belongs in the runtime.
const LONGEST_QUOTE: usize = 30;

/// Faults of a file.
pub(crate) fn check(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = file.text.lines().count();
    if lines > LONGEST_FILE {
        faults.push(format!("{}: {lines} lines; divide it by concept", file.path));
    }
    let data = data(&file.text);
    for Function { name, first, last } in functions(&file.text) {
        let mut lines = last - first + 1;
        if file.test || in_tests(&file.text, first) {
            lines -= data.range(first..=last).count();
        }
        if lines > LONGEST_FUNCTION {
            faults.push(format!("{}:{first}: `{name}` has {lines} lines; divide it", file.path));
        }
    }
    for (first, last) in quotes(&file.text) {
        let lines = last - first + 1;
        if lines > LONGEST_QUOTE {
            faults.push(format!(
                "{}:{first}: a `quote!` of {lines} lines; move what it does into the runtime",
                file.path
            ));
        }
    }
    faults
}

/// Whether the line stands below the tests' module of its file, which is the last thing in it.
fn in_tests(text: &str, line: usize) -> bool {
    text.lines().take(line).any(|line| line == "mod tests {")
}

/// The bodies of `quote!`, by the lines of their braces.
fn quotes(text: &str) -> Vec<(usize, usize)> {
    let tokens = tokens(text);
    let mut quotes = Vec::new();
    for (place, three) in tokens.windows(3).enumerate() {
        let [Token { text: "quote", line: first }, Token { text: "!", .. }, Token { text: "{", .. }] = *three else {
            continue;
        };
        let mut depth = 0usize;
        for token in &tokens[place + 2..] {
            depth = match token.text {
                "{" => depth + 1,
                "}" => depth - 1,
                _ => continue,
            };
            if depth == 0 {
                quotes.push((first, token.line));
                break;
            }
        }
    }
    quotes
}

#[derive(Debug, PartialEq)]
struct Function<'t> {
    name: &'t str,
    first: usize,
    last: usize,
}

/// Functions with a body, from the line of `fn` to that of the last brace; those inside of others too.
///
/// The syntax tree knows no lines, so they are found among the tokens.
fn functions(text: &str) -> Vec<Function<'_>> {
    let tokens = tokens(text);
    let mut functions = Vec::new();
    for (place, pair) in tokens.windows(2).enumerate() {
        let [Token { text: "fn", line: first }, Token { text: name, .. }] = *pair else { continue };
        if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            // The type of a function has no name.
            continue;
        }
        let mut depth = 0usize;
        for token in &tokens[place..] {
            match token.text {
                "{" => depth += 1,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => continue,
            }
            if depth == 0 {
                functions.push(Function { name, first, last: token.line });
                break;
            }
        }
    }
    functions
}

struct Token<'t> {
    text: &'t str,
    line: usize,
}

/// Words and single characters of code, each with its line. Comments, strings and characters are left out, and so is what
/// stands in round or square brackets: a `;` or `{` there ends no signature.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    let mut brackets = 0usize;
    while let Some(next) = text[at..].chars().next() {
        let length = length(&text[at..], next);
        let piece = &text[at..at + length];
        match next {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            _ if piece.trim().is_empty() || piece.starts_with("//") || piece.starts_with("/*") => {}
            '"' | '\'' | '#' => {}
            _ => tokens.push((Token { text: piece, line }, brackets)),
        }
        line += piece.matches('\n').count();
        at += length;
    }
    signatures(tokens)
}

/// Lines that begin inside of a list or of a text.
fn data(text: &str) -> BTreeSet<usize> {
    let mut data = BTreeSet::new();
    let (mut at, mut line, mut lists) = (0, 1, 0usize);
    while let Some(next) = text[at..].chars().next() {
        let length = length(&text[at..], next);
        let piece = &text[at..at + length];
        let is_text = piece.ends_with(['"', '#']) && length > 1;
        match next {
            '[' => lists += 1,
            ']' => lists = lists.saturating_sub(1),
            _ => {}
        }
        for _ in piece.matches('\n') {
            line += 1;
            if lists > 0 || is_text {
                data.insert(line);
            }
        }
        at += length;
    }
    data
}

/// Functions may stand in brackets, in the body of a closure: only between `fn` and its body do brackets hide anything.
fn signatures(tokens: Vec<(Token<'_>, usize)>) -> Vec<Token<'_>> {
    let mut within: Option<usize> = None;
    let mut kept = Vec::with_capacity(tokens.len());
    for (token, brackets) in tokens {
        match within {
            Some(outside) if brackets > outside => continue,
            Some(_) if matches!(token.text, "{" | ";") => within = None,
            None if token.text == "fn" => within = Some(brackets),
            _ => {}
        }
        kept.push(token);
    }
    kept
}

/// How long the token is that the text starts with.
fn length(text: &str, first: char) -> usize {
    let rest = || text.len();
    match first {
        '/' if text.starts_with("//") => text.find('\n').unwrap_or_else(rest),
        '/' if text.starts_with("/*") => block_comment(text),
        '"' => string(text),
        '\'' => character(text),
        _ if first.is_alphabetic() || first == '_' => {
            let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or_else(rest);
            let after = &text[word..];
            let hashes = after.len() - after.trim_start_matches('#').len();
            match &text[..word] {
                "r" | "br" | "cr" if after[hashes..].starts_with('"') => word + raw_string(after, hashes),
                _ => word,
            }
        }
        _ => first.len_utf8(),
    }
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let step = match rest {
            [b'/', b'*', ..] => {
                depth += 1;
                2
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str, hashes: usize) -> usize {
    let end = format!("\"{}", "#".repeat(hashes));
    text[hashes + 1..].find(&end).map_or(text.len(), |at| hashes + 1 + at + end.len())
}

/// A character, or the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            characters.next();
            characters.find(|(_, character)| *character == '\'').map_or(text.len(), |(at, _)| at + 1)
        }
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_among_all_that_looks_like_one() {
        let text = r##"
            // fn comment() {}
            /* fn comment() { /* nested */ } */
            const A: &str = "fn string() { \" {";
            const B: &str = r#"fn raw() { " "#;
            type Pointer = fn(u8) -> [u8; 2];
            trait T<'a> {
                fn declared(&'a self, x: [u8; 3]);
                fn short<'b>(&'b self) -> impl Fn([u8; 2]) -> bool { let c = '{'; let d = '\''; let e = b'}'; }
            }
            fn long(
                x: u8,
            ) where
                [u8; 4]: Sized,
            {
                run(|| {
                    fn inner() {
                    }
                });
            }
        "##;
        let found: Vec<_> = functions(text).into_iter().map(|f| (f.name, f.first, f.last)).collect();
        assert_eq!(found, [("short", 9, 9), ("long", 11, 20), ("inner", 17, 18)]);
    }

    #[test]
    fn what_is_too_long_is_found_and_a_table_is_not() {
        let body = |lines: usize| "    x();\n".repeat(lines);
        let check = |text: String| check(&File::new("a.rs", &text));
        assert_eq!(check(format!("fn f() {{\n{}}}\n", body(58))), [""; 0]);
        assert_eq!(check(format!("\nfn f() {{\n{}}}\n", body(59))), ["a.rs:2: `f` has 61 lines; divide it"]);
        assert_eq!(check(format!("static T: &[u8] = &[\n{}];\n", "1,\n".repeat(100))), [""; 0]);
        let quoted = |lines: usize| format!("fn f() {{\n    quote! {{\n{}    }}\n}}\n", body(lines));
        assert_eq!(check(quoted(28)), [""; 0]);
        assert_eq!(check(quoted(29)), ["a.rs:2: a `quote!` of 31 lines; move what it does into the runtime"]);
        let table = format!("    for x in [\n{}    ] {{\n{}    }}\n", "1,\n".repeat(200), body(40));
        assert!(check(format!("fn f() {{\n{table}}}\n")).len() == 1);
        assert_eq!(check(format!("mod tests {{\nfn f() {{\n{table}}}\n}}\n")), [""; 0]);
        let text = format!("    g(r#\"{}\"#);\n", "a\n".repeat(200));
        assert_eq!(check(format!("mod tests {{\nfn f() {{\n{text}}}\n}}\n")), [""; 0]);
        assert!(check(format!("mod tests {{\nfn f() {{\n{text}{}}}\n}}\n", body(60))).len() == 1);
        assert_eq!(check("\n".repeat(601)), ["a.rs: 601 lines; divide it by concept"]);
    }

    /// The tokens and the syntax tree must agree on what functions there are.
    #[test]
    fn no_function_of_the_project_is_missed() {
        use syn::visit::Visit;

        struct Count(usize);
        impl<'ast> Visit<'ast> for Count {
            fn visit_block(&mut self, block: &'ast syn::Block) {
                syn::visit::visit_block(self, block);
            }
            fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
                self.0 += 1;
                syn::visit::visit_item_fn(self, item);
            }
            fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
                self.0 += 1;
                syn::visit::visit_impl_item_fn(self, item);
            }
            fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
                self.0 += usize::from(item.default.is_some());
                syn::visit::visit_trait_item_fn(self, item);
            }
        }
        for file in &crate::source::Tree::of_the_project().files {
            let mut count = Count(0);
            count.visit_file(&file.syntax);
            // Those in macros are no functions for the tree.
            assert!(functions(&file.text).len() >= count.0, "{}", file.path);
        }
    }
}
