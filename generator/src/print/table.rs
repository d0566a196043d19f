//! Macro calls that hold tables: `records! { Cat { id: "id", name: "name" } rest { more } }`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// How long a line may be, the limit of `prettyplease` a little shortened.
const WIDTH: usize = 100;

/// The lines between the braces of a call that holds tables, each indented by `indent`; `None` where it holds none.
pub(super) fn lines(tokens: &TokenStream, indent: &str) -> Option<String> {
    let mut out = String::new();
    let mut line = indent.to_owned();
    let mut tables = 0;
    for tree in tokens.clone() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                tables += 1;
                table(&mut out, &mut line, &entries(&group.stream()), indent);
            }
            TokenTree::Punct(_) | TokenTree::Group(_) => return None,
            word => {
                // A name begins a table of its own, a word goes on with the one before.
                let text = word.to_string();
                if line.ends_with('}') && text.starts_with(|c: char| c.is_uppercase()) {
                    end(&mut out, &mut line, indent);
                }
                if line.len() > indent.len() {
                    line.push(' ');
                }
                line.push_str(&text);
            }
        }
    }
    end(&mut out, &mut line, indent);
    (tables > 0).then_some(out)
}

/// Writes a table behind what stands on the line: on the same line where it fits, else filled into lines of its own.
fn table(out: &mut String, line: &mut String, entries: &[String], indent: &str) {
    let inside = entries.join(", ");
    if line.len() + inside.len() + 5 <= WIDTH {
        line.push_str(&if inside.is_empty() { " {}".to_owned() } else { format!(" {{ {inside} }}") });
        return;
    }
    line.push_str(" {");
    end(out, line, indent);
    line.push_str("    ");
    let start = line.len();
    for entry in entries {
        if line.len() > start && line.len() + entry.len() + 2 > WIDTH {
            end(out, line, indent);
            line.push_str("    ");
        }
        if line.len() > start {
            line.push(' ');
        }
        line.push_str(entry);
        line.push(',');
    }
    end(out, line, indent);
    line.push('}');
}

fn end(out: &mut String, line: &mut String, indent: &str) {
    if line.len() > indent.len() {
        out.push_str(line);
        out.push('\n');
    }
    line.clear();
    line.push_str(indent);
}

/// The entries of a table: what stands between its commas.
fn entries(tokens: &TokenStream) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = String::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(std::mem::take(&mut entry)),
            TokenTree::Punct(punct) if punct.as_char() == ':' => entry.push(':'),
            tree => {
                if !entry.is_empty() && !entry.ends_with('-') {
                    entry.push(' ');
                }
                entry.push_str(&tree.to_string());
            }
        }
    }
    entries.extend((!entry.is_empty()).then_some(entry));
    entries
}
