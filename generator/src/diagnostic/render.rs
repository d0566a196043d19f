//! Diagnostics as text: for people, for programs, for GitHub.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Mark, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Level, Place, remedy};
use crate::source::Sources;

/// How many of one code are shown before the rest is counted.
const MOST_OF_A_CODE: usize = 3;
/// How much of a line is shown on either side of what is meant.
const WINDOW: usize = 100;

/// For people, as rustc writes it. Beyond three of a code, the rest is counted.
pub fn human(said: &Diagnostics, sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let mut text = String::new();
    let sorted = sorted(said, sources);
    for (level, diagnostic) in &sorted {
        let count = shown.entry(diagnostic.code.name).or_default();
        *count += 1;
        if *level == Level::Error || *count <= MOST_OF_A_CODE {
            let _ = writeln!(text, "{}\n", renderer.render(&[group(*level, diagnostic, sources)]));
        }
    }
    let mut folded: Vec<_> = shown
        .into_iter()
        .filter(|(code, count)| {
            *count > MOST_OF_A_CODE
                && sorted.iter().any(|(level, one)| one.code.name == *code && *level != Level::Error)
        })
        .collect();
    folded.sort_unstable();
    for (code, count) in folded {
        let _ = writeln!(text, "warning[{code}]: and {} more of this code\n", count - MOST_OF_A_CODE);
    }
    text
}

fn group<'a>(level: Level, diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let mark = if level == Level::Error { Mark::ERROR } else { Mark::WARNING };
    let message = annotate_snippets::normalize_untrusted_str(&diagnostic.message);
    let mut group = Group::with_title(mark.primary_title(message).id(diagnostic.code.name));
    match snippet(&diagnostic.place, None, sources) {
        Some((origin, snippet)) => group = group.elements(origin).element(snippet),
        // A whole file has no line to show; its name is the place.
        None => match file_of(&diagnostic.place) {
            "" => {}
            file => group = group.element(Origin::path(file)),
        },
    }
    for (place, what) in &diagnostic.related {
        if let Some((origin, snippet)) = snippet(place, Some(what), sources) {
            group = group.elements(origin).element(snippet);
        }
    }
    group.element(Mark::HELP.message(annotate_snippets::normalize_untrusted_str(&help(diagnostic, sources))))
}

/// What to do next. Where an overlay could do it, that is said too.
fn help(diagnostic: &Diagnostic, sources: &Sources) -> String {
    match remedy::offered(diagnostic, sources) {
        Some(_) => {
            let end = if diagnostic.help.ends_with('?') { "" } else { ";" };
            format!("{}{end} `--suggest-overlay FILE` has an action for it", diagnostic.help)
        }
        None => diagnostic.help.clone(),
    }
}

/// The line of a place with the place marked; of a long line no more than what stands around it.
fn snippet<'a>(
    place: &Place,
    label: Option<&'a str>,
    sources: &'a Sources,
) -> Option<(Option<Origin<'a>>, Snippet<'a, Annotation<'a>>)> {
    let (file, span) = sources.locate(place)?;
    let text = sources.text(file)?;
    let span = span?;
    let start = span.start.min(text.len());
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let from = boundary(text, line.max(start.saturating_sub(WINDOW)));
    let to = boundary(text, end.min(start + WINDOW));
    let marked = start - from..boundary(text, span.end.clamp(start, to)) - from;
    let (number, column) = sources.position(file, start);
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let snippet = Snippet::source(&text[from..to]).line_start(number).annotation(kind.span(marked).label(label));
    // The renderer counts columns in what it is shown, so a line that is cut has its place stated apart.
    Some(if from == line {
        (None, snippet.path(file))
    } else {
        (Some(Origin::path(file).line(number).char_column(column)), snippet)
    })
}

fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// For programs: an object a line.
pub fn json(said: &Diagnostics, sources: &Sources) -> String {
    let mut text = String::new();
    for (level, diagnostic) in sorted(said, sources) {
        let spot = Spot::of(&diagnostic.place, sources);
        let pointer = match &diagnostic.place {
            Place::Node(pointer, _) => Some(pointer.to_string()),
            Place::Written(written, _) => Some(written.1.to_string()),
            Place::File(_) | Place::Text(..) => None,
        };
        let related = diagnostic.related.iter().map(|(place, what)| {
            let spot = Spot::of(place, sources);
            serde_json::json!({ "file": spot.file, "line": spot.start.0, "column": spot.start.1, "message": what })
        });
        let object = serde_json::json!({
            "code": diagnostic.code.name, "level": word(level), "message": diagnostic.message, "file": spot.file,
            "line": spot.start.0, "column": spot.start.1, "end_line": spot.end.0, "end_column": spot.end.1,
            "pointer": pointer, "help": help(diagnostic, sources), "related": related.collect::<Vec<_>>(),
        });
        let _ = writeln!(text, "{object}");
    }
    text
}

/// For GitHub: workflow commands, which it shows on the lines of a pull request.
pub fn github(said: &Diagnostics, sources: &Sources) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut text = String::new();
    for (level, diagnostic) in sorted(said, sources) {
        let spot = Spot::of(&diagnostic.place, sources);
        let _ = writeln!(
            text,
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            word(level),
            property(&spot.file),
            spot.start.0,
            spot.end.0,
            spot.start.1,
            spot.end.1,
            property(diagnostic.code.name),
            data(&format!("{}\n{}", diagnostic.message, help(diagnostic, sources))),
        );
    }
    text
}

fn word(level: Level) -> &'static str {
    if level == Level::Error { "error" } else { "warning" }
}

/// A place as numbers.
struct Spot {
    file: String,
    start: (usize, usize),
    end: (usize, usize),
}

impl Spot {
    fn of(place: &Place, sources: &Sources) -> Self {
        let (file, span) = match sources.locate(place) {
            Some((file, span)) => (file.to_owned(), span.unwrap_or_default()),
            None => (file_of(place).to_owned(), Range::default()),
        };
        Self { start: sources.position(&file, span.start), end: sources.position(&file, span.end), file }
    }
}

fn file_of(place: &Place) -> &str {
    match place {
        Place::File(name) | Place::Text(name, _) => name,
        Place::Written(written, _) => &written.0,
        Place::Node(..) => "",
    }
}

/// In the order of the files and their texts; what has no place comes first.
fn sorted<'d>(said: &'d Diagnostics, sources: &Sources) -> Vec<(Level, &'d Diagnostic)> {
    let mut all: Vec<_> = said
        .iter()
        .map(|(level, diagnostic)| {
            let place = sources.locate(&diagnostic.place);
            let key = place.map(|(file, span)| (sources.order(file), span.map(|span| span.start)));
            (key, level, diagnostic)
        })
        .collect();
    all.sort_by_key(|(key, _, _)| *key);
    all.into_iter().map(|(_, level, diagnostic)| (level, diagnostic)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalog::source as catalog;

    /// What people see of a fault at `offset` of a text.
    fn check(text: &str, offset: usize, expect: &[&str]) {
        let mut sources = Sources::default();
        sources.add("spec/a.yaml", text);
        let mut said = Diagnostics::default();
        said.push(catalog::syntax_error("spec/a.yaml", offset, "a fault"));
        let shown = human(&said, &sources, false);
        for part in expect {
            assert!(shown.contains(part), "{part:?} is not in\n{shown}");
        }
    }

    #[test]
    fn a_place_is_a_line_and_a_column_of_the_file() {
        check("a: 1\nb: [\n", 8, &["error[syntax-error]: a fault", "--> spec/a.yaml:2:4", "2 | b: [", "= help: "]);
        check(&"x".repeat(5_000), 4_000, &["spec/a.yaml:1:4001"]);
    }

    #[test]
    fn a_whole_file_is_named() {
        let mut said = Diagnostics::default();
        said.push(catalog::empty_document("spec/a.yaml"));
        assert!(human(&said, &Sources::default(), false).contains("--> spec/a.yaml"));
    }

    #[test]
    fn github_reads_no_line_break_and_no_property_in_a_message() {
        let mut sources = Sources::default();
        sources.add("a,b.yaml", "x");
        let mut said = Diagnostics::default();
        said.push(catalog::syntax_error("a,b.yaml", 0, "50%\nof"));
        let shown = github(&said, &sources);
        assert!(
            shown.starts_with(
                "::error file=a%2Cb.yaml,line=1,endLine=1,col=1,endColumn=1,title=syntax-error::50%25%0Aof"
            )
        );
        assert_eq!(shown.lines().count(), 1);
    }
}
