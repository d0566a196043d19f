//! The items of streams as they are on the wire: a plain reading of the two formats, for the judge alone.

use super::scenario::Body;

/// An event, or a line of JSON, whose text is the data.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) event: String,
    pub(super) id: String,
    pub(super) data: String,
}

/// The items that the text of a body says.
pub(super) fn items(body: &Body, text: &str) -> Vec<Item> {
    if body.essence() == "text/event-stream" {
        return events(text);
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Item { event: String::new(), id: String::new(), data: line.to_owned() }).collect()
}

/// The events up to the one that ends the stream. An id holds until the next one; one with a NUL in it is none.
fn events(text: &str) -> Vec<Item> {
    let mut id = String::new();
    let mut items = Vec::new();
    for block in text.split("\n\n") {
        let (mut event, mut data) = ("message", Vec::new());
        for line in block.lines() {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => event = value,
                "data" => data.push(value),
                "id" if !value.contains('\0') => value.clone_into(&mut id),
                _ => {}
            }
        }
        match data.join("\n") {
            end if end == "[DONE]" => return items,
            _ if data.is_empty() => {}
            data => items.push(Item { event: event.to_owned(), id: id.clone(), data }),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read() {
        let text = "id: 1\ndata: a\n\nid: 2\0\nevent: x\ndata: b\ndata: c\n\nretry: 5\n\ndata: [DONE]\n\ndata: d\n\n";
        let item = |event: &str, id: &str, data: &str| Item {
            event: event.to_owned(),
            id: id.to_owned(),
            data: data.to_owned(),
        };
        assert_eq!(events(text), [item("message", "1", "a"), item("x", "1", "b\nc")]);
    }
}
