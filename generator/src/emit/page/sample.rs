//! Values for examples: those that the description states where they fit, else plausible ones.

use std::collections::HashSet;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::ty::{self, State};
use crate::emit::{Context, format, record};
use crate::facts;
use crate::ir::walk;
use crate::ir::{
    Constraint, Docs, Enumeration, Field, Float, Integer, Literal, Record, Scalar, Shape, Tuple, Type, TypeId, Union,
};

/// How many options of a record an example shows.
const MOST_OPTIONS: usize = 4;
/// How many records an example nests, so that it stays one.
const DEEPEST: usize = 4;
/// The longest text that an example shows.
const LONGEST_TEXT: usize = 120;

/// What takes the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A function that takes what a `String` can be made of.
    Argument,
    /// Something that wants the type itself.
    Inside,
}

/// A value of a type outside `models`. `docs` may state an example, and `name` is what it is called on the wire.
pub(super) fn value(cx: Context<'_>, ty: &Type, docs: &Docs, name: &str, place: Place) -> TokenStream {
    Sampler { cx, open: Vec::new() }.value(ty, docs, name, place)
}

/// The same, where the description states a value for just this use.
pub(super) fn like(
    cx: Context<'_>,
    ty: &Type,
    example: &Literal,
    docs: &Docs,
    name: &str,
    place: Place,
) -> TokenStream {
    let docs = Docs { examples: vec![example.clone()], constraints: docs.constraints.clone(), ..Docs::default() };
    value(cx, ty, &docs, name, place)
}

struct Sampler<'a> {
    cx: Context<'a>,
    /// The types whose values are being made, the outermost first.
    open: Vec<TypeId>,
}

impl Sampler<'_> {
    fn value(&mut self, ty: &Type, docs: &Docs, name: &str, place: Place) -> TokenStream {
        let stated = docs.examples.first();
        match ty {
            Type::Named(id) => self.named(*id, docs, name, place),
            Type::Scalar(scalar) => self::scalar(*scalar, docs, name, place),
            Type::List(item) => self.list(item, stated, name),
            Type::Tuple(tuple) => {
                self.tuple(tuple, |this, place| this.value(place, &Docs::default(), name, Place::Inside))
            }
            Type::Map(value) if self.is_deep(value) => quote!(std::collections::BTreeMap::new()),
            Type::Map(value) => {
                let value = self.value(value, &Docs::default(), name, Place::Inside);
                quote!(std::collections::BTreeMap::from([("key".to_owned(), #value)]))
            }
            Type::Nullable(inner) if self.is_deep(inner) => quote!(None),
            Type::Nullable(inner) => {
                let value = self.value(inner, docs, name, Place::Inside);
                quote!(Some(#value))
            }
            Type::Any => match stated {
                Some(Literal::String(text)) if is_short(text) => quote!(Json::from(#text)),
                Some(Literal::Bool(value)) => quote!(Json::from(#value)),
                _ => quote!(Json::Null),
            },
            Type::Bytes => quote!(bytes::Bytes::from_static(b"data")),
        }
    }

    fn list(&mut self, item: &Type, stated: Option<&Literal>, name: &str) -> TokenStream {
        if self.is_deep(item) {
            return quote!(Vec::new());
        }
        let stated = match stated {
            Some(Literal::List(items)) => items.first().cloned(),
            _ => None,
        };
        let docs = Docs { examples: stated.into_iter().collect(), ..Docs::default() };
        let item = self.value(item, &docs, name, Place::Inside);
        quote!(vec![#item])
    }

    /// A tuple whose places are made by `value`.
    fn tuple(&mut self, tuple: &Tuple, mut value: impl FnMut(&mut Self, &Type) -> TokenStream) -> TokenStream {
        let mut places = Vec::with_capacity(tuple.places.len());
        for (index, ty) in tuple.places.iter().enumerate() {
            places.push(match ty {
                ty if index < tuple.required => value(self, ty),
                ty if self.is_deep(ty) => quote!(Maybe::Absent),
                ty => {
                    let value = value(self, ty::without_null(ty));
                    quote!(Maybe::Value(#value))
                }
            });
        }
        let places = quote!((#(#places,)*));
        if tuple.items.is_some() { quote!(Prefixed::from(#places)) } else { places }
    }

    /// Whether a value of the type would repeat what is being made, or nest further than an example should.
    fn is_deep(&self, ty: &Type) -> bool {
        self.open.len() >= DEEPEST || self.repeats(ty)
    }

    /// Whether the smallest value of what a type mentions holds a value of a type that is being made.
    fn repeats(&self, ty: &Type) -> bool {
        let (mut seen, mut queue) = (HashSet::new(), Vec::new());
        walk::mentions(ty, true, &mut |id, _| queue.push(id));
        while let Some(id) = queue.pop() {
            if self.open.contains(&id) {
                return true;
            }
            if !seen.insert(id) {
                continue;
            }
            match &self.cx.api.types[id].shape {
                Shape::Record(record) => queue.extend(facts::needed_fields(record).flat_map(facts::needed)),
                Shape::Union(union) => {
                    let smallest = union.variants.iter().min_by_key(|variant| self.height(&variant.ty));
                    queue.extend(smallest.into_iter().flat_map(|variant| facts::needed(&variant.ty)));
                }
                Shape::Alias(target) => queue.extend(facts::needed(target)),
                Shape::Enumeration(_) => {}
            }
        }
        false
    }

    fn height(&self, ty: &Type) -> usize {
        let heights = facts::needed(ty).into_iter().map(|id| self.cx.facts.heights.get(&id).copied());
        heights.map(|height| height.unwrap_or(usize::MAX)).max().unwrap_or_default()
    }

    fn named(&mut self, id: TypeId, docs: &Docs, name: &str, place: Place) -> TokenStream {
        if self.open.contains(&id) {
            // Only a type without any finite value leads here.
            return quote!(todo!());
        }
        let def = &self.cx.api.types[id];
        let own = if docs.examples.is_empty() { &def.docs } else { docs };
        self.open.push(id);
        let value = match &def.shape {
            Shape::Record(record) => self.record(id, record),
            Shape::Enumeration(enumeration) => self.enumeration(id, enumeration, own),
            Shape::Union(union) => self.union(id, union),
            Shape::Alias(target) if self.cx.facts.newtypes.contains(&id) => {
                let value = self.held(id, target, own, name, Place::Inside);
                let name = &self.cx.names.of_type(id).name;
                quote!(models::#name(#value))
            }
            Shape::Alias(target) => self.held(id, target, own, name, place),
        };
        self.open.pop();
        value
    }

    /// A value that one of `owner` holds, in a box where the type says so.
    fn held(&mut self, owner: TypeId, ty: &Type, docs: &Docs, name: &str, place: Place) -> TokenStream {
        match ty {
            Type::Named(target) if self.cx.facts.boxed.contains(&(owner, *target)) => {
                let value = self.value(ty, docs, name, Place::Inside);
                quote!(Box::new(#value))
            }
            Type::Nullable(inner) if self.is_deep(inner) => quote!(None),
            Type::Nullable(inner) => {
                let value = self.held(owner, inner, docs, name, Place::Inside);
                quote!(Some(#value))
            }
            Type::Tuple(tuple) => {
                self.tuple(tuple, |this, place| this.held(owner, place, &Docs::default(), name, Place::Inside))
            }
            _ => self.value(ty, docs, name, place),
        }
    }

    /// What must be given, and the options for which the description states a value.
    fn record(&mut self, id: TypeId, shape: &Record) -> TokenStream {
        let cx = self.cx;
        let names = cx.names.of_type(id);
        let mut arguments: Vec<TokenStream> =
            record::required(cx, id, shape).map(|(field, _)| self.argument(id, field)).collect();
        if let (Some(_), Some(kind)) =
            (&names.kind, shape.kind.as_ref().filter(|kind| !matches!(kind, Type::Nullable(_))))
        {
            arguments.push(self.held(id, kind, &Docs::default(), "kind", Place::Inside));
        }
        let is_option = |field: &Field| matches!(ty::state(cx, id, field), State::Optional | State::Three);
        let all = shape.fields.iter().zip(&names.members);
        // A setter of three states takes what becomes one, of which the type of a parsed text does not follow.
        let is_open = |field: &Field| is_parsed(&field.ty) && ty::state(cx, id, field) == State::Three;
        let stated = all.filter(|(field, _)| is_option(field) && !field.docs.examples.is_empty() && !is_open(field));
        let mut options = Vec::new();
        for (field, name) in stated.take(MOST_OPTIONS) {
            if !self.is_deep(&field.ty) {
                let value = self.option(id, field);
                options.push(quote!(.#name(#value)));
            }
        }
        let name = &names.name;
        quote!(models::#name::new(#(#arguments),*)#(#options)*)
    }

    fn argument(&mut self, id: TypeId, field: &Field) -> TokenStream {
        self.held(id, &field.ty, &field.docs, &field.wire, Place::Argument)
    }

    /// Setters take the value itself, whether or not it may be null.
    fn option(&mut self, id: TypeId, field: &Field) -> TokenStream {
        let ty = ty::without_null(&field.ty);
        self.held(id, ty, &field.docs, &field.wire, Place::Argument)
    }

    fn enumeration(&self, id: TypeId, shape: &Enumeration, docs: &Docs) -> TokenStream {
        let names = self.cx.names.of_type(id);
        let stated = docs.examples.first();
        let place = shape.values.iter().position(|value| Some(&value.value) == stated).unwrap_or_default();
        match names.members.get(place) {
            Some(variant) => {
                let name = &names.name;
                quote!(models::#name::#variant)
            }
            None => quote!(todo!()),
        }
    }

    /// The first variant that does not lead back here; deep inside, the one that ends first.
    fn union(&mut self, id: TypeId, union: &Union) -> TokenStream {
        let names = self.cx.names.of_type(id);
        let all = union.variants.iter().enumerate();
        let mut flat = all.filter(|(_, variant)| !self.repeats(&variant.ty));
        let flat = match self.open.len() < DEEPEST {
            true => flat.next(),
            false => flat.min_by_key(|(_, variant)| self.height(&variant.ty)),
        };
        let flat = flat.map_or(0, |(place, _)| place);
        match union.variants.get(flat).zip(names.members.get(flat)) {
            Some((variant, member)) => {
                let name = &names.name;
                let value = self.held(id, &variant.ty, &variant.docs, &variant.name, Place::Inside);
                quote!(models::#name::#member(#value))
            }
            None => quote!(todo!()),
        }
    }
}

fn is_parsed(ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => is_parsed(inner),
        Type::Scalar(Scalar::Text(_)) => true,
        _ => false,
    }
}

fn scalar(scalar: Scalar, docs: &Docs, name: &str, place: Place) -> TokenStream {
    let stated = docs.examples.first();
    match scalar {
        Scalar::String => {
            let text = match stated {
                Some(Literal::String(text)) if is_short(text) => text.clone(),
                _ => text(docs, name),
            };
            if place == Place::Argument { quote!(#text) } else { quote!(#text.to_owned()) }
        }
        Scalar::Bool => {
            let value = stated != Some(&Literal::Bool(false));
            quote!(#value)
        }
        Scalar::Integer(width) => {
            let least = docs.constraints.iter().find_map(|constraint| match constraint {
                Constraint::Minimum { value: Literal::Integer(value), exclusive } => {
                    Some(value + i128::from(*exclusive))
                }
                _ => None,
            });
            let stated = match stated {
                Some(Literal::Integer(value)) => Some(*value),
                _ => least,
            };
            let token = Token::i128_unsuffixed(stated.filter(|value| fits(*value, width)).unwrap_or(1));
            quote!(#token)
        }
        Scalar::Text(kind) => {
            let text = match stated {
                Some(Literal::String(text)) if is_short(text) => text,
                _ => format::sample(kind),
            };
            quote!(#text.parse()?)
        }
        Scalar::UnixTime => quote!(std::time::SystemTime::now()),
        Scalar::Float(width) => {
            let stated = match stated {
                Some(Literal::Float(value)) if value.is_finite() => *value,
                #[allow(clippy::cast_precision_loss, reason = "an example need not be exact")]
                Some(Literal::Integer(value)) => *value as f64,
                _ => 1.0,
            };
            let fits = width == Float::F64 || stated.abs() <= f64::from(f32::MAX);
            let token = Token::f64_unsuffixed(if fits { stated } else { 1.0 });
            quote!(#token)
        }
    }
}

/// A text of the format that is asked for, else one that says what it stands for.
fn text(docs: &Docs, name: &str) -> String {
    let format = docs.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Format(format) => Some(format.as_str()),
        _ => None,
    });
    match format {
        Some("date") => "2030-01-31".to_owned(),
        Some("date-time") => "2030-01-31T12:00:00Z".to_owned(),
        Some("email") => "user@example.com".to_owned(),
        Some("uri" | "url") => "https://example.com".to_owned(),
        Some("uuid") => "123e4567-e89b-12d3-a456-426614174000".to_owned(),
        _ if is_short(name) => format!("{name}_example"),
        _ => "example".to_owned(),
    }
}

/// Whether a text makes a literal that can be read.
fn is_short(text: &str) -> bool {
    text.len() <= LONGEST_TEXT && !text.chars().any(char::is_control) && crate::markdown::shows_all(text)
}

fn fits(value: i128, width: Integer) -> bool {
    match width {
        Integer::I8 => i8::try_from(value).is_ok(),
        Integer::I16 => i16::try_from(value).is_ok(),
        Integer::I32 => i32::try_from(value).is_ok(),
        Integer::I64 => i64::try_from(value).is_ok(),
        Integer::U8 => u8::try_from(value).is_ok(),
        Integer::U16 => u16::try_from(value).is_ok(),
        Integer::U32 => u32::try_from(value).is_ok(),
        Integer::U64 => u64::try_from(value).is_ok(),
    }
}
