//! How parameters are spelled in a path, a query, a header or a cookie.
//!
//! Where OpenAPI leaves a case open, this is what is done: a null is left out, wherever it stands; a list or an object
//! inside a list or an object is spelled as its JSON text, except that `deepObject` goes on with brackets: `[key]` for
//! the members of an object, and for the items of a list what the style says.

use std::borrow::Cow;

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::json::{self, Number, Value};

/// How a list or an object becomes text. The names are those of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `blue,black`, in a path or a header.
    Simple {
        /// Whether an object is `R=100,G=200` rather than `R,100,G,200`.
        explode: bool,
    },
    /// `.blue,black`, in a path.
    Label {
        /// Whether a list is `.blue.black`, and an object `.R=100.G=200`.
        explode: bool,
    },
    /// `;color=blue,black`, in a path.
    Matrix {
        /// Whether each item has its own `;color=`, and each member of an object its own `;R=`.
        explode: bool,
    },
    /// `color=blue,black`, in a query or a cookie.
    Form {
        /// Whether each item has its own `color=`, and each member of an object its own `R=`.
        explode: bool,
    },
    /// `color=blue%20black`, in a query.
    SpaceDelimited,
    /// `color=blue%7Cblack`, in a query.
    PipeDelimited,
    /// `color[R]=100&color[G]=200`, in a query. A list inside is `color[R][]=100&color[R][]=150`.
    DeepObject,
    /// The same, but a list inside is `color[R]=100&color[R]=150`.
    DeepObjectRepeated,
    /// The same, but a list inside is `color[R][0]=100&color[R][1]=150`.
    DeepObjectIndexed,
    /// `color=blue; color=black` without percent-encoding, in a cookie.
    Cookie {
        /// Whether each item has its own `color=`, and each member of an object its own `R=`.
        explode: bool,
    },
    /// The JSON text, anywhere.
    Json,
}

impl Style {
    /// The pairs of a name and a text that a value is spelled as, without any percent-encoding. The error says what is
    /// wrong, without the value.
    pub fn pairs(self, name: &str, value: &Value<'_>) -> Result<Vec<(String, String)>, &'static str> {
        let mut pairs = Vec::new();
        if let (Some(lists), Value::Object(_) | Value::Array(_)) = (self.lists(), value) {
            Brackets { open: "[", close: "]", lists, key: plain, value: plain }.spell(name, value, &mut pairs)?;
        } else {
            let flat = Flat::of(self, value)?;
            let (explode, separator) = match self {
                Self::Form { explode } => (explode, ","),
                Self::SpaceDelimited => (false, " "),
                Self::PipeDelimited => (false, "|"),
                Self::Json => (false, ","),
                _ if self.lists().is_some() => (false, ","),
                _ => return Err(WRONG_PLACE),
            };
            let flat = flat.pairs(name, explode, separator, plain);
            pairs.extend(flat.into_iter().map(|(key, text)| (key.into_owned().into(), text)));
        }
        Ok(pairs.into_iter().map(|(key, text)| (key.into_owned(), text)).collect())
    }

    /// The same style, with all but unreserved characters percent-encoded, where the place has an encoding at all.
    pub const fn encoded(self) -> Spelling {
        Spelling { style: self, escaping: Escaping::All }
    }

    /// How lists inside `deepObject` are written; `None` for the other styles.
    fn lists(self) -> Option<Lists> {
        match self {
            Self::DeepObject => Some(Lists::Bracketed),
            Self::DeepObjectRepeated => Some(Lists::Repeated),
            Self::DeepObjectIndexed => Some(Lists::Indexed),
            _ => None,
        }
    }

    /// The same style, with `allowReserved`.
    pub const fn allow_reserved(self) -> Spelling {
        Spelling { style: self, escaping: Escaping::AllowReserved }
    }
}

/// A style, and what is percent-encoded in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    style: Style,
    escaping: Escaping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escaping {
    All,
    AllowReserved,
}

impl From<Style> for Spelling {
    fn from(style: Style) -> Self {
        style.encoded()
    }
}

/// Members of a form that are spelled alike: how, and their names.
pub type FormFields = (Spelling, &'static [&'static str]);

/// What is wrong with a parameter, in words that do not hold its value.
pub(super) type Fault = &'static str;

const WRONG_PLACE: Fault = "its style does not belong in this place";
const NOT_FINITE: Fault = "a number is not finite";

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const RESERVED_IN_LABEL: &AsciiSet = &RESERVED.add(b'.');

/// What `allowReserved` leaves to encode in a path segment, whatever is done about percent signs.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED
    .remove(b'%')
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same in a query. A `#` would end it, so it is encoded also there.
const RESERVED_IN_QUERY: &AsciiSet = &RESERVED_IN_PATH.remove(b'/').remove(b'?').remove(b'[').remove(b']');

/// The same in a cookie, where a semicolon or a comma would begin another one.
const RESERVED_IN_COOKIE: &AsciiSet = &RESERVED_IN_QUERY.add(b';').add(b',');

/// `text` with all but unreserved characters percent-encoded.
pub(super) fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// The same for a part of a label, which a dot would divide.
fn encode_in_label(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED_IN_LABEL).into()
}

fn encode_in_path(text: &str) -> Cow<'_, str> {
    keep_reserved(text, RESERVED_IN_PATH)
}

fn encode_in_query(text: &str) -> Cow<'_, str> {
    keep_reserved(text, RESERVED_IN_QUERY)
}

fn encode_in_cookie(text: &str) -> Cow<'_, str> {
    keep_reserved(text, RESERVED_IN_COOKIE)
}

/// `text` with the characters of `set` percent-encoded, and percent signs where no escape follows them.
fn keep_reserved<'t>(text: &'t str, set: &'static AsciiSet) -> Cow<'t, str> {
    let mut parts = text.split('%');
    let mut all = Cow::from(utf8_percent_encode(parts.next().unwrap_or_default(), set));
    for part in parts {
        let is_escape = part.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        let all = all.to_mut();
        all.push_str(if is_escape { "%" } else { "%25" });
        all.extend(utf8_percent_encode(part, set));
    }
    all
}

impl Spelling {
    fn escape(self, reserved: Escape) -> Escape {
        self.escape_or(encode, reserved)
    }

    fn escape_or(self, all: Escape, reserved: Escape) -> Escape {
        match self.escaping {
            Escaping::All => all,
            Escaping::AllowReserved => reserved,
        }
    }
}

/// The text of a path parameter, percent-encoded. It is empty for what has no text.
pub(super) fn path(name: &str, spelling: Spelling, value: &Value<'_>) -> Result<String, Fault> {
    let flat = Flat::of(spelling.style, value)?;
    let escape = spelling.escape(encode_in_path);
    Ok(match spelling.style {
        Style::Simple { explode } => flat.joined(explode, ",", escape),
        Style::Json => flat.joined(false, ",", escape),
        Style::Label { .. } if flat.is_empty() => String::new(),
        Style::Label { explode: true } if !matches!(flat, Flat::Text(_)) => {
            format!(".{}", flat.joined(true, ".", spelling.escape_or(encode_in_label, encode_in_path)))
        }
        Style::Label { explode } => format!(".{}", flat.joined(explode, ",", escape)),
        Style::Matrix { explode } => {
            let pairs = flat.pairs(name, explode, ",", escape);
            pairs
                .iter()
                .map(|(key, value)| format!(";{key}{}{value}", if value.is_empty() { "" } else { "=" }))
                .collect()
        }
        _ => return Err(WRONG_PLACE),
    })
}

/// The pairs of a query parameter, percent-encoded: `color=blue&color=black`. Empty for what is left out.
pub(super) fn query(name: &str, spelling: Spelling, value: &Value<'_>) -> Result<String, Fault> {
    let escape = spelling.escape(encode_in_query);
    if let (Some(lists), Value::Object(_) | Value::Array(_)) = (spelling.style.lists(), value) {
        let mut pairs = Vec::new();
        Brackets { open: "%5B", close: "%5D", lists, key: encode, value: escape }.spell(
            &encode(name),
            value,
            &mut pairs,
        )?;
        return Ok(joined_pairs(&pairs));
    }
    let flat = Flat::of(spelling.style, value)?;
    let pairs = match spelling.style {
        Style::Form { explode } => flat.pairs(name, explode, ",", escape),
        Style::SpaceDelimited => flat.pairs(name, false, "%20", escape),
        Style::PipeDelimited => flat.pairs(name, false, "%7C", escape),
        Style::Json => flat.pairs(name, false, ",", escape),
        style if style.lists().is_some() => flat.pairs(name, false, ",", escape),
        _ => return Err(WRONG_PLACE),
    };
    Ok(joined_pairs(&pairs))
}

/// A value that is the whole query: the pairs of a form, or one text, percent-encoded.
pub(super) fn query_string(style: Style, value: &Value<'_>) -> Result<String, Fault> {
    let flat = Flat::of(style, value)?;
    match style {
        Style::Form { .. } => form(value, &[]),
        Style::Simple { .. } | Style::Json => Ok(flat.joined(false, ",", encode)),
        _ => Err(WRONG_PLACE),
    }
}

/// The pairs of an `application/x-www-form-urlencoded` body. `fields` are the members whose spelling the API
/// describes. Of the others, a list is one pair an item, and an object is its JSON text.
pub(super) fn form(value: &Value<'_>, fields: &[FormFields]) -> Result<String, Fault> {
    let Value::Object(members) = value else { return Err("a form is made of the members of an object") };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let described = fields.iter().find(|(_, names)| names.contains(&&**name)).map(|(spelling, _)| *spelling);
        let spelling = described.unwrap_or(match value {
            Value::Object(_) => Style::Json.into(),
            _ => Style::Form { explode: true }.into(),
        });
        if *value != Value::Null {
            pairs.push(query(name, spelling, value)?);
        }
    }
    pairs.retain(|pairs| !pairs.is_empty());
    Ok(pairs.join("&"))
}

/// The text of a header, as it is. `None` for what is left out.
pub(super) fn header(Spelling { style, .. }: Spelling, value: &Value<'_>) -> Result<Option<String>, Fault> {
    let flat = Flat::of(style, value)?;
    let explode = match style {
        Style::Simple { explode } => explode,
        Style::Json => false,
        _ => return Err(WRONG_PLACE),
    };
    Ok(if flat.is_empty() { None } else { Some(flat.joined(explode, ",", plain)) })
}

/// The cookies of a parameter: `color=blue`. Only the form style is percent-encoded.
pub(super) fn cookie(name: &str, spelling: Spelling, value: &Value<'_>) -> Result<Vec<String>, Fault> {
    let flat = Flat::of(spelling.style, value)?;
    Ok(match spelling.style {
        Style::Form { explode } => {
            match joined_pairs(&flat.pairs(name, explode, ",", spelling.escape(encode_in_cookie))) {
                pairs if pairs.is_empty() => Vec::new(),
                pairs => vec![pairs],
            }
        }
        Style::Cookie { .. } | Style::Json => {
            let explode = spelling.style == Style::Cookie { explode: true };
            let pairs = flat.pairs(name, explode, ",", plain);
            for (key, value) in &pairs {
                check_cookie(key)?;
                check_cookie(value)?;
            }
            pairs.iter().map(|(key, value)| format!("{key}={value}")).collect()
        }
        _ => return Err(WRONG_PLACE),
    })
}

/// `text` as the value of a header that no log may show. Bytes beyond ASCII have no agreed meaning there, and a receiver
/// strips spaces at the ends, so that it would see another value.
pub(super) fn header_value(text: &str) -> Result<HeaderValue, Fault> {
    if text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
        return Err("a header cannot carry a line break or a control character");
    }
    if !text.is_ascii() {
        return Err("a header cannot carry characters beyond ASCII");
    }
    if text.trim_matches([' ', '\t']).len() != text.len() {
        return Err("a header cannot carry spaces at its ends");
    }
    let mut value = HeaderValue::from_str(text).map_err(|_| "a header cannot carry its characters")?;
    value.set_sensitive(true);
    Ok(value)
}

/// Refuses what would end a cookie and begin another, or another header.
pub(super) fn check_cookie(text: &str) -> Result<(), Fault> {
    match text.bytes().any(|byte| byte == b';' || byte.is_ascii_control()) {
        true => Err("a cookie cannot carry a semicolon or a control character"),
        false => Ok(()),
    }
}

/// `text` as it is.
fn plain(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn joined_pairs(pairs: &[(Cow<'_, str>, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

/// How `deepObject` writes a list of plain values, of which OpenAPI says nothing.
#[derive(Clone, Copy)]
enum Lists {
    /// `color[]=blue`, as Rails, PHP, `qs` and Stripe read it.
    Bracketed,
    /// `color=blue`.
    Repeated,
    /// `color[0]=blue`. So are lists in any case whose items are lists or objects.
    Indexed,
}

/// How `deepObject` writes its brackets and what they hold.
struct Brackets {
    open: &'static str,
    close: &'static str,
    lists: Lists,
    key: Escape,
    value: Escape,
}

impl Brackets {
    /// The pairs of an object or a list below `prefix`.
    fn spell(
        &self,
        prefix: &str,
        value: &Value<'_>,
        pairs: &mut Vec<(Cow<'static, str>, String)>,
    ) -> Result<(), Fault> {
        let inside = |key: &str| format!("{prefix}{}{key}{}", self.open, self.close);
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    self.spell(&inside(&(self.key)(key)), value, pairs)?;
                }
            }
            Value::Array(items) => {
                let is_plain = |item: &Value<'_>| !matches!(item, Value::Object(_) | Value::Array(_));
                let lists = if items.iter().all(is_plain) { self.lists } else { Lists::Indexed };
                for (index, item) in items.iter().enumerate() {
                    let prefix = match lists {
                        Lists::Bracketed => inside(""),
                        Lists::Repeated => prefix.to_owned(),
                        Lists::Indexed => inside(&index.to_string()),
                    };
                    self.spell(&prefix, item, pairs)?;
                }
            }
            value => {
                pairs.extend(text(value)?.map(|text| (prefix.to_owned().into(), (self.value)(&text).into_owned())))
            }
        }
        Ok(())
    }
}

/// A parameter whose items and members are plain text, not encoded yet.
enum Flat<'v> {
    Text(Cow<'v, str>),
    List(Vec<Cow<'v, str>>),
    Pairs(Vec<(&'v str, Cow<'v, str>)>),
}

/// How a text is escaped for its place.
type Escape = for<'t> fn(&'t str) -> Cow<'t, str>;

impl<'v> Flat<'v> {
    fn of(style: Style, value: &'v Value<'_>) -> Result<Self, Fault> {
        Ok(match value {
            _ if style == Style::Json => Self::Text(json_text(value)?),
            Value::Null => Self::List(Vec::new()),
            Value::Array(items) => {
                Self::List(items.iter().filter_map(|item| text(item).transpose()).collect::<Result<_, _>>()?)
            }
            Value::Object(members) => {
                let pair = |(key, value): &'v (Cow<'_, str>, Value<'_>)| match text(value) {
                    Ok(value) => value.map(|value| Ok((key.as_ref(), value))),
                    Err(fault) => Some(Err(fault)),
                };
                Self::Pairs(members.iter().filter_map(pair).collect::<Result<_, _>>()?)
            }
            scalar => Self::Text(text(scalar)?.unwrap_or_default()),
        })
    }

    /// Whether there is nothing to spell. An empty text is something.
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Pairs(pairs) => pairs.is_empty(),
        }
    }

    /// The value as one text, with `separator` between its parts.
    fn joined(&self, explode: bool, separator: &str, escape: Escape) -> String {
        match self {
            Self::Text(text) => escape(text).into_owned(),
            Self::List(items) => items.iter().map(|item| escape(item)).collect::<Vec<_>>().join(separator),
            Self::Pairs(pairs) => {
                let between = if explode { "=" } else { separator };
                let pair = |(key, value): &(&str, Cow<'_, str>)| format!("{}{between}{}", escape(key), escape(value));
                pairs.iter().map(pair).collect::<Vec<_>>().join(separator)
            }
        }
    }

    /// The value as named pairs: one where it is not exploded, with `separator` between its parts.
    fn pairs<'p>(
        &'p self,
        name: &'p str,
        explode: bool,
        separator: &str,
        escape: Escape,
    ) -> Vec<(Cow<'p, str>, String)> {
        match self {
            flat if flat.is_empty() => Vec::new(),
            Self::List(items) if explode => {
                items.iter().map(|item| (escape(name), escape(item).into_owned())).collect()
            }
            Self::Pairs(pairs) if explode => {
                pairs.iter().map(|(key, value)| (escape(key), escape(value).into_owned())).collect()
            }
            flat => vec![(escape(name), flat.joined(false, separator, escape))],
        }
    }
}

/// The text of an item or member; `None` for null.
pub(super) fn text<'v>(value: &'v Value<'_>) -> Result<Option<Cow<'v, str>>, Fault> {
    Ok(match value {
        Value::Null => None,
        Value::Bool(true) => Some("true".into()),
        Value::Bool(false) => Some("false".into()),
        Value::Number(Number::Float(number)) if !number.is_finite() => return Err(NOT_FINITE),
        Value::Number(number) => Some(number.to_string().into()),
        Value::String(text) => Some(Cow::Borrowed(text)),
        nested => Some(json_text(nested)?),
    })
}

pub(super) fn json_text(value: &Value<'_>) -> Result<Cow<'static, str>, Fault> {
    let bytes = json::write(value).ok_or(NOT_FINITE)?;
    Ok(String::from_utf8(bytes).unwrap_or_default().into())
}
