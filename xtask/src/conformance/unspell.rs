//! The values that parameters spell: the other way round from what a client does, for the scenarios say only the spelling.

use generator::ir::{Api, Literal, Presence, Record, Repr, Rest, Scalar, Shape, Style, Type, TypeId};
use serde_json::{Map, Number, Value};

/// How deep the types of parameters may lie in one another.
const DEEPEST: usize = 8;

/// The value of type `ty` that `texts` spell: the parts of an exploded list, else one text. `None` where they do not.
pub(super) fn value(api: &Api, ty: &Type, style: Style, wire: &str, texts: &[String]) -> Option<Value> {
    let (first, ty) = (texts.first()?.as_str(), plain(api, ty));
    let split = |separator: &str, text: &str| text.split(separator).map(decode).collect::<Vec<_>>();
    let one = |text: &str| whole(api, ty, vec![decode(text)]);
    match style {
        Style::Json => serde_json::from_str(&decode(first)).ok(),
        Style::DeepObject { .. } => None,
        Style::SpaceDelimited => whole(api, ty, split(" ", &first.replace("%20", " "))),
        Style::PipeDelimited => whole(api, ty, split("|", &first.replace("%7C", "|"))),
        _ if !is_composite(ty, api) => match style {
            Style::Label { .. } => one(first.strip_prefix('.')?),
            Style::Matrix { .. } => one(first.strip_prefix(&format!(";{wire}="))?),
            _ => one(first),
        },
        Style::Label { explode } => {
            let text = first.strip_prefix('.')?;
            by_explode(api, ty, explode, split(if explode { "." } else { "," }, text))
        }
        Style::Matrix { explode: true } => {
            let parts = split(";", first.strip_prefix(';')?);
            let own = format!("{wire}=");
            by_explode(
                api,
                ty,
                true,
                parts.into_iter().map(|part| part.strip_prefix(&own).map(str::to_owned).unwrap_or(part)).collect(),
            )
        }
        Style::Matrix { explode: false } => {
            by_explode(api, ty, false, split(",", first.strip_prefix(&format!(";{wire}="))?))
        }
        Style::Form { explode: true } | Style::Cookie { explode: true } => by_explode(api, ty, true, texts.to_vec()),
        Style::Simple { explode } | Style::Form { explode } | Style::Cookie { explode } => {
            by_explode(api, ty, explode, split(",", first))
        }
    }
}

fn by_explode(api: &Api, ty: &Type, explode: bool, parts: Vec<String>) -> Option<Value> {
    if explode && !matches!(ty, Type::List(_) | Type::Tuple(_)) {
        let pairs = parts.iter().map(|part| part.split_once('='));
        let parts: Option<Vec<_>> = pairs.collect();
        return object(api, ty, parts?.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
    whole(api, ty, parts)
}

/// A value of parts that stand one after the other; an object has its keys among them.
fn whole(api: &Api, ty: &Type, parts: Vec<String>) -> Option<Value> {
    match ty {
        Type::List(item) => {
            parts.iter().map(|part| scalar(api, item, part, 0)).collect::<Option<_>>().map(Value::Array)
        }
        Type::Tuple(items) => {
            let items = items.places.iter().zip(&parts).map(|(item, part)| scalar(api, item, part, 0));
            items.collect::<Option<_>>().map(Value::Array)
        }
        _ if is_composite(ty, api) => {
            let pairs = parts.chunks(2).filter_map(|pair| match pair {
                [key, value] => Some((key.clone(), value.clone())),
                _ => None,
            });
            object(api, ty, pairs.collect::<Vec<_>>().into_iter())
        }
        _ => scalar(api, ty, parts.first()?, 0),
    }
}

/// An object of the pairs.
pub(super) fn object(api: &Api, ty: &Type, pairs: impl Iterator<Item = (String, String)>) -> Option<Value> {
    let ty = plain(api, ty);
    let member = |(key, text): (String, String)| {
        let value = match ty {
            Type::Map(value) => scalar(api, value, &text, 0)?,
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Record(record) => scalar(api, member_type(record, &key)?, &text, 0)?,
                _ => return None,
            },
            _ => Value::String(text),
        };
        Some((key, value))
    };
    pairs.map(member).collect::<Option<Map<_, _>>>().map(Value::Object)
}

fn member_type<'a>(record: &'a Record, key: &str) -> Option<&'a Type> {
    let field = record.fields.iter().find(|field| field.wire == key);
    field.map(|field| &field.ty).or(match &record.rest {
        Rest::Kept(ty) => Some(ty),
        _ => None,
    })
}

/// The names that a record of that type has for sure, where it is one.
pub(super) fn members<'a>(api: &'a Api, ty: &Type) -> Vec<&'a str> {
    match plain(api, ty) {
        Type::Named(id) => match &api.types[*id].shape {
            Shape::Record(record) => record.fields.iter().map(|field| field.wire.as_str()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether values are objects.
pub(super) fn is_object(api: &Api, ty: &Type) -> bool {
    match plain(api, ty) {
        Type::Map(_) => true,
        Type::Named(id) => matches!(api.types[*id].shape, Shape::Record(_)),
        _ => false,
    }
}

fn is_composite(ty: &Type, api: &Api) -> bool {
    matches!(ty, Type::List(_) | Type::Tuple(_)) || is_object(api, ty)
}

/// A type without the names that are but other names, and without null.
fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    for _ in 0..DEEPEST {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &api.types[*id].shape {
                Shape::Alias(target) => target,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// The scalar that a text spells.
pub(super) fn scalar(api: &Api, ty: &Type, text: &str, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let string = || Value::String(text.to_owned());
    match plain(api, ty) {
        Type::Scalar(Scalar::String) | Type::Any => Some(string()),
        Type::Scalar(Scalar::Bool) => text.parse().ok().map(Value::Bool),
        Type::Scalar(Scalar::Integer(_) | Scalar::Float(_) | Scalar::UnixTime) => number(text),
        Type::Named(id) => named(api, *id, text, depth),
        _ => None,
    }
}

fn named(api: &Api, id: TypeId, text: &str, depth: usize) -> Option<Value> {
    let string = || Value::String(text.to_owned());
    match &api.types[id].shape {
        Shape::Enumeration(enumeration) => match enumeration.repr {
            Repr::String => Some(string()),
            Repr::Integer(_) => number(text),
            Repr::Mixed => Some(number(text).or_else(|| text.parse().ok().map(Value::Bool)).unwrap_or_else(string)),
        },
        // A text fits every other kind of text too, so it is tried last.
        Shape::Union(union) => {
            let mut all: Vec<Value> =
                union.variants.iter().filter_map(|variant| scalar(api, &variant.ty, text, depth + 1)).collect();
            all.sort_by_key(Value::is_string);
            all.into_iter().next()
        }
        Shape::Alias(_) | Shape::Record(_) => None,
    }
}

fn number(text: &str) -> Option<Value> {
    let integer = text.parse::<i64>().ok().map(Value::from);
    integer.or_else(|| text.parse().ok().and_then(Number::from_f64).map(Value::Number))
}

/// The only value that a parameter of that type can have, where there is but one.
pub(super) fn sole(api: &Api, ty: &Type) -> Option<Value> {
    let Type::Named(id) = plain(api, ty) else { return None };
    match &api.types[*id].shape {
        Shape::Enumeration(enumeration) => match enumeration.values.as_slice() {
            [sole] => literal(&sole.value),
            _ => None,
        },
        _ => None,
    }
}

/// A value of that type with nothing in it that may be left out. `None` where one cannot be made up.
pub(super) fn least(api: &Api, ty: &Type, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    match ty {
        Type::Nullable(_) | Type::Any => Some(Value::Null),
        Type::List(_) => Some(Value::Array(Vec::new())),
        Type::Map(_) => Some(Value::Object(Map::new())),
        Type::Scalar(Scalar::String) => Some(Value::String(String::new())),
        Type::Scalar(Scalar::Bool) => Some(Value::Bool(false)),
        Type::Scalar(Scalar::Integer(_) | Scalar::Float(_) | Scalar::UnixTime) => Some(Value::from(0)),
        Type::Named(id) => match &api.types[*id].shape {
            Shape::Alias(target) => least(api, target, depth + 1),
            Shape::Enumeration(enumeration) => enumeration.values.first().and_then(|value| literal(&value.value)),
            Shape::Record(record) => {
                let needed = record.fields.iter().filter(|field| field.presence == Presence::Required);
                let members = needed.map(|field| Some((field.wire.clone(), least(api, &field.ty, depth + 1)?)));
                members.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            Shape::Union(_) => None,
        },
        Type::Tuple(_) | Type::Bytes | Type::Scalar(Scalar::Text(_)) => None,
    }
}

fn literal(value: &Literal) -> Option<Value> {
    match value {
        Literal::String(text) => Some(Value::String(text.clone())),
        Literal::Bool(value) => Some(Value::Bool(*value)),
        Literal::Integer(value) => i64::try_from(*value).ok().map(Value::from),
        Literal::Float(value) => Number::from_f64(*value).map(Value::Number),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}

/// A text without percent-encoding.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (first, escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use generator::ir::{Integer, Style, Type};
    use serde_json::json;

    use super::*;

    #[test]
    fn spellings_are_read() {
        let api = Api::default();
        let text = Type::Scalar(Scalar::String);
        let number = Type::Scalar(Scalar::Integer(Integer::I32));
        let (texts, numbers) = (Type::List(Box::new(text.clone())), Type::Map(Box::new(number.clone())));
        let (yes, no) = (true, false);
        let cases: &[(&Type, Style, &[&str], Value)] = &[
            (&number, Style::Simple { explode: no }, &["7"], json!(7)),
            (&text, Style::Form { explode: yes }, &["a%20b"], json!("a b")),
            (&text, Style::Label { explode: no }, &[".a"], json!("a")),
            (&text, Style::Matrix { explode: no }, &[";p=a"], json!("a")),
            (&texts, Style::Simple { explode: no }, &["a,b"], json!(["a", "b"])),
            (&texts, Style::Label { explode: yes }, &[".a.b"], json!(["a", "b"])),
            (&texts, Style::Matrix { explode: yes }, &[";p=a;p=b"], json!(["a", "b"])),
            (&texts, Style::Form { explode: yes }, &["a", "b"], json!(["a", "b"])),
            (&texts, Style::SpaceDelimited, &["a%20b"], json!(["a", "b"])),
            (&texts, Style::PipeDelimited, &["a|b"], json!(["a", "b"])),
            (&numbers, Style::Simple { explode: no }, &["a,1,b,2"], json!({ "a": 1, "b": 2 })),
            (&numbers, Style::Simple { explode: yes }, &["a=1,b=2"], json!({ "a": 1, "b": 2 })),
            (&numbers, Style::Matrix { explode: yes }, &[";a=1;b=2"], json!({ "a": 1, "b": 2 })),
        ];
        for (ty, style, texts, expect) in cases {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(value(&api, ty, *style, "p", &texts).as_ref(), Some(expect), "{style:?} {texts:?}");
        }
    }
}
