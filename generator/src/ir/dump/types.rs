//! Types as text.

use super::label::plain;
use super::{At, Dump, Json, component};
use crate::ir::{
    Access, Calendar, Constant, Enumeration, EnumerationValue, Field, Fixed, Float, Integer, Literal, NameHint, Origin,
    Presence, Record, Repr, Rest, Scalar, Shape, Tag, Test, Text, Type, TypeDef, TypeId, Union, Variant,
};

impl Dump {
    pub(super) fn type_def(&mut self, id: TypeId, def: &TypeDef) {
        let TypeDef { origin, docs, hint, shape } = def;
        let expected = match hint {
            NameHint::Key(key) => Some(component("schemas", key)),
            _ => None,
        };
        let at = At { origin, parent: &Origin::root(), expected };
        let label = self.labels.ty(id).to_owned();
        match shape {
            Shape::Record(record) => {
                let closed = if record.rest == Rest::Closed { " closed" } else { "" };
                self.line(0, format_args!("record {label}{closed}{at}"));
                self.docs(1, docs);
                self.record(origin, record);
            }
            Shape::Enumeration(Enumeration { repr, values }) => {
                let repr = match repr {
                    Repr::String => "string",
                    Repr::Integer(width) => integer(*width),
                    Repr::Mixed => "mixed",
                };
                self.line(0, format_args!("enumeration {label} of {repr}{at}"));
                self.docs(1, docs);
                values.iter().for_each(|value| self.value(value));
            }
            Shape::Union(Union { tag, variants }) => {
                match tag {
                    Tag::Property(name) => self.line(0, format_args!("union {label} by property {}{at}", plain(name))),
                    Tag::Event => self.line(0, format_args!("union {label} by event{at}")),
                    Tag::Form => self.line(0, format_args!("union {label} by form{at}")),
                }
                self.docs(1, docs);
                variants.iter().for_each(|variant| self.variant(origin, variant));
            }
            Shape::Alias(ty) => {
                let ty = self.ty(ty);
                self.line(0, format_args!("alias {label} = {ty}{at}"));
                self.docs(1, docs);
            }
        }
    }

    fn record(&mut self, origin: &Origin, record: &Record) {
        let Record { fields, constants, kind, rest } = record;
        for Constant { wire, value, required } in constants {
            let optional = if *required { "" } else { "?" };
            self.line(1, format_args!("{}{optional} = {}", plain(wire), fixed(value)));
        }
        fields.iter().for_each(|field| self.field(origin, field));
        if let Some(kind) = kind {
            let ty = self.ty(kind);
            self.line(1, format_args!("& {ty}"));
        }
        if let Rest::Kept(ty) = rest {
            let ty = self.ty(ty);
            self.line(1, format_args!("*: {ty}"));
        }
    }

    fn field(&mut self, parent: &Origin, field: &Field) {
        let Field { origin, docs, wire, ty, presence, access, secret } = field;
        let access = match access {
            Access::Both => "",
            Access::ReadOnly => ", read-only",
            Access::WriteOnly => ", write-only",
        };
        let secret = if *secret { ", secret" } else { "" };
        let value = self.value_of(ty, presence);
        let at = At { origin, parent, expected: Some(parent.child("properties").child(wire)) };
        self.line(1, format_args!("{}{value}{access}{secret}{at}", plain(wire)));
        self.docs(2, docs);
    }

    /// What follows a name: whether it must be there, its type, and what stands for it where it is not.
    pub(super) fn value_of(&self, ty: &Type, presence: &Presence) -> String {
        let ty = self.ty(ty);
        match presence {
            Presence::Required => format!(": {ty}"),
            Presence::Preset(value) => format!(": {ty} := {value:?}"),
            Presence::Optional => format!("?: {ty}"),
            Presence::Defaulted(value) => format!("?: {ty} = {}", Json(value)),
        }
    }

    fn value(&mut self, value: &EnumerationValue) {
        let EnumerationValue { value, name, docs } = value;
        match name {
            Some(name) => self.line(1, format_args!("{} named {name:?}", Json(value))),
            None => self.line(1, format_args!("{}", Json(value))),
        }
        self.docs(2, docs);
    }

    fn variant(&mut self, parent: &Origin, variant: &Variant) {
        let Variant { origin, docs, name, tags, tests, ty } = variant;
        let ty = self.ty(ty);
        let tags: Vec<String> = tags.iter().map(|tag| format!("{tag:?}")).collect();
        let tags = if tags.is_empty() { String::new() } else { format!(", tagged {}", tags.join(" or ")) };
        let tests: Vec<String> = tests.iter().map(test).collect();
        let tests = if tests.is_empty() { String::new() } else { format!(", if {}", tests.join(" and ")) };
        let at = At { origin, parent, expected: None };
        self.line(1, format_args!("{}: {ty}{tags}{tests}{at}", plain(name)));
        self.docs(2, docs);
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Named(id) => self.labels.ty(*id).to_owned(),
            Type::Scalar(scalar) => self::scalar(*scalar).to_owned(),
            Type::List(item) => format!("[{}]", self.ty(item)),
            Type::Tuple(tuple) => {
                let places = tuple.places.iter().enumerate();
                let mark = |place| if place < tuple.required { "" } else { "?" };
                let places = places.map(|(place, ty)| format!("{}{}", self.ty(ty), mark(place)));
                let items = tuple.items.iter().map(|items| format!("[{}]...", self.ty(items)));
                format!("({})", places.chain(items).collect::<Vec<_>>().join(", "))
            }
            Type::Map(value) => format!("{{{}}}", self.ty(value)),
            Type::Nullable(value) => format!("{} | null", self.ty(value)),
            Type::Any => "any".to_owned(),
            Type::Bytes => "bytes".to_owned(),
        }
    }
}

fn test(test: &Test) -> String {
    match test {
        Test::Has(name) => format!("has {}", plain(name)),
        Test::Equals(name, value) => format!("{} is {}", plain(name), Json(value)),
    }
}

fn fixed(value: &Fixed) -> String {
    let value = match value {
        Fixed::String(text) => Literal::String(text.clone()),
        Fixed::Bool(value) => Literal::Bool(*value),
        Fixed::Integer(value) => Literal::Integer((*value).into()),
        Fixed::Float(value) => Literal::Float(*value),
    };
    Json(&value).to_string()
}

fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "string",
        Scalar::Bool => "bool",
        Scalar::Integer(width) => integer(width),
        Scalar::Float(Float::F32) => "f32",
        Scalar::Float(Float::F64) => "f64",
        Scalar::Text(text) => self::text(text),
        Scalar::UnixTime => "unix time",
    }
}

fn text(text: Text) -> &'static str {
    match text {
        Text::DateTime(Calendar::Chrono) => "date-time of chrono",
        Text::DateTime(Calendar::Jiff) => "date-time of jiff",
        Text::DateTime(Calendar::Time) => "date-time of time",
        Text::LocalDateTime(Calendar::Chrono) => "local date-time of chrono",
        Text::LocalDateTime(Calendar::Jiff) => "local date-time of jiff",
        Text::LocalDateTime(Calendar::Time) => "local date-time of time",
        Text::Date(Calendar::Chrono) => "date of chrono",
        Text::Date(Calendar::Jiff) => "date of jiff",
        Text::Date(Calendar::Time) => "date of time",
        Text::Time(Calendar::Chrono) => "time of chrono",
        Text::Time(Calendar::Jiff) => "time of jiff",
        Text::Time(Calendar::Time) => "time of time",
        Text::Duration => "duration",
        Text::Uuid => "uuid",
        Text::Url => "url",
        Text::Decimal => "decimal",
        Text::Bytes => "base64",
    }
}

fn integer(width: Integer) -> &'static str {
    match width {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}
