//! Bodies of several parts (RFC 2046, and RFC 7578 for forms).

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderName;
use http_body::{Frame, SizeHint};

use super::codec::Encode;
use super::file::File;
use super::json::{self, Value};
use super::request::Request;
use super::style::{self, Fault, Style};
use super::transport::{Body, TransportError};

/// A body that is put together of parts. The first part that cannot be sent is remembered, and the call ends with its
/// error before anything is sent.
pub struct Multipart {
    /// The parts, each with its place among the `names`.
    parts: Vec<(usize, Part)>,
    /// The names of parts in the order in which they are sent.
    names: &'static [&'static str],
    /// Further headers, by the name of their part.
    headers: Vec<(&'static str, String)>,
    error: Option<String>,
}

struct Part {
    /// The name in a form; `None` where only the order counts.
    name: Option<Cow<'static, str>>,
    file_name: Option<String>,
    media: Option<Cow<'static, str>>,
    /// Whether the media type is that of its place, where the API describes one for it.
    is_open: bool,
    /// Whether the content is base64, which few receivers take for granted.
    is_base64: bool,
    body: Body,
}

impl Multipart {
    /// A body without parts, which is a body all the same.
    pub fn new() -> Self {
        Self::in_order(&[])
    }

    /// A body whose parts are sent in the order of `names`, in whatever order they are added: the order of a form can
    /// matter to a server. Amazon S3 reads nothing that follows the file.
    pub fn in_order(names: &'static [&'static str]) -> Self {
        Self { parts: Vec::new(), names, headers: Vec::new(), error: None }
    }

    /// Adds a value under a name: a text, number or boolean as text, an object as JSON, and the items of a list each by
    /// this rule, where a list inside is JSON. Nothing is added for what is absent or null.
    pub fn value(mut self, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        if !value.is_omitted() {
            let added = self.add_items(name, &value.encode(), None, false);
            self.keep(name, added);
        }
        self
    }

    /// Adds a value under a name, as the media type says: JSON for its media types, and the text otherwise.
    pub fn value_as(mut self, name: &'static str, media: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        if !value.is_omitted() {
            let added = self.add_items(name, &value.encode(), Some(media), false);
            self.keep(name, added);
        }
        self
    }

    /// Adds a text that is base64, and says so.
    pub fn base64(mut self, name: &'static str, media: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        if !value.is_omitted() {
            let added = self.add_items(name, &value.encode(), Some(media), true);
            self.keep(name, added);
        }
        self
    }

    /// Adds a value as a parameter of a query is spelled: a part for each pair. Nothing is percent-encoded.
    pub fn styled(mut self, name: &'static str, style: Style, value: &(impl Encode + ?Sized)) -> Self {
        if value.is_omitted() {
            return self;
        }
        match style.pairs(name, &value.encode()) {
            Ok(pairs) => {
                pairs.into_iter().for_each(|(key, text)| self.push(Some(name), Part::text(key.into(), text)));
            }
            Err(fault) => self.keep(name, Err(fault)),
        }
        self
    }

    /// Adds content under a name. `allowed` are the media types that the API describes; of several the caller states
    /// one by [`File::content_type`].
    pub fn file(mut self, name: &'static str, allowed: &'static str, file: impl Into<File>) -> Self {
        self.add_file(Some(name), allowed, file.into());
        self
    }

    /// Adds several contents under one name.
    pub fn files(
        mut self,
        name: &'static str,
        allowed: &'static str,
        files: impl IntoIterator<Item = impl Into<File>>,
    ) -> Self {
        for file in files {
            self.add_file(Some(name), allowed, file.into());
        }
        self
    }

    /// Adds content without a name, for bodies whose parts are told apart by their order.
    pub fn part(mut self, file: impl Into<File>) -> Self {
        self.add_file(None, "application/octet-stream", file.into());
        self
    }

    /// Adds a value as JSON without a name.
    pub fn json_part(mut self, value: &(impl Encode + ?Sized)) -> Self {
        match json::write(&value.encode()) {
            Some(text) => {
                let part = Part::nameless(text.into());
                self.push(None, Part { media: Some(JSON.into()), is_open: true, ..part });
            }
            None => self.keep("", Err("a number is not finite")),
        }
        self
    }

    /// Adds a body of parts as one part, without a name.
    pub fn nested(mut self, subtype: &str, inner: Self) -> Self {
        match inner.finish(subtype) {
            Ok((body, media)) => self.push(None, Part { media: Some(media.into()), ..Part::nameless(body) }),
            Err(error) => _ = self.error.get_or_insert(error),
        }
        self
    }

    /// Adds a header to the parts of that name.
    pub fn header(mut self, part: &'static str, name: &'static str, value: &(impl Encode + ?Sized)) -> Self {
        if value.is_omitted() || name.eq_ignore_ascii_case("content-type") {
            return self;
        }
        let text = style::header(Style::Simple { explode: false }.into(), &value.encode());
        let line = text.and_then(|text| match (HeaderName::try_from(name), text) {
            (_, None) => Ok(None),
            (Ok(_), Some(text)) => style::header_value(&text).map(|_| Some(format!("{name}: {text}\r\n"))),
            (Err(_), _) => Err("HTTP forbids the name of a header of it"),
        });
        match line {
            Ok(line) => self.headers.extend(line.map(|line| (part, line))),
            Err(fault) => self.keep(part, Err(fault)),
        }
        self
    }

    fn keep(&mut self, name: &str, added: Result<(), Fault>) {
        if let Err(fault) = added {
            self.error.get_or_insert_with(|| format!("the part `{name}` cannot be sent: {fault}"));
        }
    }

    /// Adds a part that belongs to the name.
    fn push(&mut self, name: Option<&str>, part: Part) {
        let place = self.names.iter().position(|known| Some(*known) == name).unwrap_or(self.names.len());
        self.parts.push((place, part));
    }

    fn add_file(&mut self, name: Option<&'static str>, allowed: &'static str, file: File) {
        let Some(media) = file.media(allowed) else {
            let fault = format!("it needs a content type of `{allowed}`: give it by `File::content_type`");
            let name = name.unwrap_or_default();
            self.error.get_or_insert_with(|| format!("the part `{name}` cannot be sent: {fault}"));
            return;
        };
        if style::header_value(&media).is_err() {
            return self.keep(name.unwrap_or_default(), Err("HTTP forbids its media type"));
        }
        // Receivers of forms know a file by its name, so one without a name is called by a common one.
        let file_name = file.name.or_else(|| name.map(|_| "file".to_owned()));
        let (own, is_open) = (name.map(Cow::Borrowed), file.content_type.is_none());
        self.push(name, Part { name: own, file_name, media: Some(media), is_open, is_base64: false, body: file.body });
    }

    /// Adds a value, or each item of a list.
    fn add_items(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        media: Option<&'static str>,
        is_base64: bool,
    ) -> Result<(), Fault> {
        let is_json = media.is_some_and(is_json_media);
        match value {
            Value::Null => Ok(()),
            Value::Array(items) if !is_json => items.iter().try_for_each(|item| self.add(name, item, media, is_base64)),
            value => self.add(name, value, media, is_base64),
        }
    }

    fn add(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        media: Option<&'static str>,
        is_base64: bool,
    ) -> Result<(), Fault> {
        let is_json = media.is_some_and(is_json_media);
        let text = match value {
            value if is_json => Some(style::json_text(value)?),
            value => style::text(value)?,
        };
        let structured = matches!(value, Value::Array(_) | Value::Object(_));
        let media = media.or(if structured { Some(JSON) } else { None });
        if let Some(text) = text {
            let part = Part::text(name.into(), text.into_owned());
            self.push(Some(name), Part { media: media.map(Cow::Borrowed), is_base64, ..part });
        }
        Ok(())
    }

    /// The same, where parts that do not state their media type have the one of their place: one of `first`, or `further`
    /// behind these.
    fn by_place(mut self, first: &[&'static str], further: Option<&'static str>) -> Self {
        for (index, (_, part)) in self.parts.iter_mut().enumerate().filter(|(_, (_, part))| part.is_open) {
            let Some(described) = first.get(index).copied().or(further) else { continue };
            let is_json = part.media.as_deref() == Some(JSON);
            if described.contains([',', '*']) && !is_json {
                let fault = format!("part {} needs a content type of `{described}`", index + 1);
                self.error.get_or_insert_with(|| format!("{fault}: give it by `File::content_type`"));
            } else if !is_json || is_json_media(described) {
                part.media = Some(described.into());
            }
        }
        self
    }

    /// The body and its content type.
    pub(super) fn finish(mut self, subtype: &str) -> Result<(Body, String), String> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // Parts of one name stay as they were added.
        self.parts.sort_by_key(|(place, _)| *place);
        let boundary = boundary();
        let mut segments = VecDeque::new();
        for (_, part) in self.parts {
            let more = self.headers.iter().filter(|(name, _)| part.name.as_deref() == Some(name));
            let more: String = more.map(|(_, line)| line.as_str()).collect();
            segments.push_back(Body::full(part.head(&boundary, &more)));
            segments.push_back(part.body);
            segments.push_back(Body::full("\r\n"));
        }
        segments.push_back(Body::full(format!("--{boundary}--\r\n")));
        Ok((Segments(segments).into_body(), format!("multipart/{subtype}; boundary={boundary}")))
    }
}

impl Part {
    fn nameless(body: Body) -> Self {
        Self { name: None, file_name: None, media: None, is_open: false, is_base64: false, body }
    }

    fn text(name: Cow<'static, str>, text: String) -> Self {
        Self { name: Some(name), ..Self::nameless(Body::full(text)) }
    }

    /// The delimiter and the headers. A part without a media type is plain text, as everywhere in MIME.
    fn head(&self, boundary: &str, more: &str) -> String {
        let mut head = format!("--{boundary}\r\n");
        if let Some(name) = &self.name {
            head += &format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
            if let Some(file_name) = &self.file_name {
                head += &format!("; filename=\"{}\"", quoted(file_name));
            }
            head += "\r\n";
        }
        if let Some(media) = &self.media {
            head += &format!("Content-Type: {media}\r\n");
        }
        if self.is_base64 {
            head += "Content-Transfer-Encoding: base64\r\n";
        }
        head + more + "\r\n"
    }
}

/// JSON, which a part holds where nothing else is known of a value.
const JSON: &str = "application/json";

fn is_json_media(media: &str) -> bool {
    media.split(';').next().is_some_and(|media| media.trim_end().ends_with("json")) && !media.contains([',', '*'])
}

/// A name between quotation marks, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text that no content has in it, by chance of 2^-128. The keys of hash maps are random numbers of the system.
fn boundary() -> String {
    format!("{:016x}{:016x}", RandomState::new().hash_one(0), RandomState::new().hash_one(1))
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart").field("parts", &self.parts.len()).field("error", &self.error).finish()
    }
}

impl Request {
    /// Sets the body to a form of parts, `multipart/form-data`.
    pub fn multipart(self, form: Multipart) -> Self {
        self.multipart_as("form-data", form)
    }

    /// Sets the body to parts that are told apart by their order. A part that does not state its media type has the one of
    /// its place: one of `first`, or `further` behind these.
    pub fn ordered_parts(
        self,
        subtype: &str,
        first: &[&'static str],
        further: Option<&'static str>,
        parts: Multipart,
    ) -> Self {
        self.multipart_as(subtype, parts.by_place(first, further))
    }

    /// Sets the body to parts of another kind, such as `mixed`.
    pub fn multipart_as(mut self, subtype: &str, form: Multipart) -> Self {
        match form.finish(subtype) {
            Ok((body, media)) => self.0.body = Some((body, media.into())),
            Err(error) => self.0.fail(error),
        }
        self
    }
}

/// Bodies one after the other. Its length is known when all of theirs are.
struct Segments(VecDeque<Body>);

/// Up to this length, parts that are there already are joined, so that the request can be sent again.
const JOINED: u64 = 1 << 20;

impl Segments {
    fn into_body(self) -> Body {
        let is_short = http_body::Body::size_hint(&self).exact().is_some_and(|length| length <= JOINED);
        let all: Option<Vec<Bytes>> = self.0.iter().map(Body::as_bytes).collect();
        match all {
            Some(all) if is_short => Body::full(all.concat()),
            _ => Body::stream(self),
        }
    }
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(None) => _ = self.0.pop_front(),
                // What a stream says behind its content is no part of this one.
                Poll::Ready(Some(Ok(frame))) if !frame.is_data() => {}
                other => return other,
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let length = self
            .0
            .iter()
            .map(|body| body.size_hint().exact())
            .try_fold(0_u64, |sum, length| length.and_then(|length| sum.checked_add(length)));
        length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
