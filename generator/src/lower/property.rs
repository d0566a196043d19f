//! A property that several schemas declare which hold together.

use super::classify::is_nullable;
use super::value::{self, Judgement};
use super::{Context, discriminator, docs, object, share, types};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{Access, NameHint, Shape, Type, TypeDef};
use crate::schema::{JsonType, SchemaId};

/// How many types are made of several declarations of one property. Real descriptions have a few; the bound ends those
/// that mean to have no end.
const MOST: usize = 1_000;

/// How many such types may lie in each other.
const DEEPEST: usize = 32;

/// The schemas that declare a property, in order.
#[derive(Debug, Default)]
pub(super) struct Property {
    declared: Vec<(SchemaId, Says)>,
}

/// What a declaration of a property adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// What the values are. Mostly one declaration does so.
    Values,
    /// Words, or what another declaration says too.
    NoMore,
}

impl Property {
    /// The schema that says what the values are, where it is only one.
    pub(super) fn sole(&self) -> Option<SchemaId> {
        if self.telling().nth(1).is_some() { None } else { self.last() }
    }

    /// The schema that counts most.
    pub(super) fn last(&self) -> Option<SchemaId> {
        self.telling().next_back().or_else(|| self.all().next_back())
    }

    /// All of them, the one that was declared last at the end.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = SchemaId> {
        self.declared.iter().map(|(id, _)| *id)
    }

    fn telling(&self) -> impl DoubleEndedIterator<Item = SchemaId> {
        self.declared.iter().filter(|(_, says)| *says == Says::Values).map(|(id, _)| *id)
    }

    /// Adds a declaration that says what the values are in place of what `superseded` tells of the others.
    fn supersede(&mut self, latter: SchemaId, superseded: impl Fn(SchemaId) -> bool) {
        for (id, says) in &mut self.declared {
            if superseded(*id) {
                *says = Says::NoMore;
            }
        }
        self.declared.push((latter, Says::Values));
    }
}

/// Adds a declaration of a property to those that are known. A value must follow all of them. So one that another one
/// repeats goes, objects are joined, and of what no type joins the later one is taken to say more.
pub(super) fn declare(cx: &mut Context<'_, '_>, known: &mut Property, name: &str, latter: SchemaId) {
    if !cx.schemas[cx.schemas.resolve(latter)].has_structure() {
        return known.declared.push((latter, Says::NoMore));
    }
    let Some(former) = known.telling().next_back() else { return known.declared.push((latter, Says::Values)) };
    match judge(cx, former, latter) {
        Declared::By(Judgement::Former) => known.declared.push((latter, Says::NoMore)),
        Declared::By(Judgement::Latter) => known.supersede(latter, |id| id == former),
        Declared::ByBoth if cx.joined.len() < MOST && cx.joining < DEEPEST => {
            known.declared.push((latter, Says::Values));
        }
        Declared::By(Judgement::Conflict) | Declared::ByBoth => {
            let at = |id| &cx.schemas[cx.schemas.resolve(id)].pointer;
            cx.diagnostics.push(catalog::all_of_conflict(at(latter), at(former), name));
            known.supersede(latter, |_| true);
        }
    }
}

/// Which of two declarations says all that both say.
enum Declared {
    By(Judgement),
    /// Both describe objects, each with something of its own.
    ByBoth,
}

fn judge(cx: &Context<'_, '_>, former: SchemaId, latter: SchemaId) -> Declared {
    use Judgement::{Conflict, Former, Latter};

    let schemas = cx.schemas;
    let (a, b) = (schemas.resolve(former), schemas.resolve(latter));
    if a == b || discriminator::inherits_from(schemas, b, a) {
        return Declared::By(Latter);
    }
    if discriminator::inherits_from(schemas, a, b) {
        return Declared::By(Former);
    }
    let common = schemas.types_of(a).zip(schemas.types_of(b)).map(|(a, b)| a.common(b).without(JsonType::Null));
    match common {
        Some(common) if common.is_empty() => Declared::By(Conflict),
        Some(common) if common.without(JsonType::Object).is_empty() => Declared::ByBoth,
        _ if value::is_value(cx, &schemas[a]) && value::is_value(cx, &schemas[b]) => {
            Declared::By(value::judge(cx, a, b))
        }
        _ => Declared::By(Latter),
    }
}

/// In which direction a property travels: what one declaration says of that holds.
pub(super) fn access(cx: &Context<'_, '_>, property: &Property) -> Access {
    let declared = || property.all().flat_map(|id| [id, cx.schemas.resolve(id)]).map(|id| &cx.schemas[id]);
    match (declared().any(|schema| schema.read_only), declared().any(|schema| schema.write_only)) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Both,
    }
}

/// The formats that the declarations of a property state.
pub(super) fn formats<'d>(cx: &Context<'d, '_>, property: &Property) -> impl Iterator<Item = &'d str> {
    property.all().filter_map(|id| cx.schemas[cx.schemas.resolve(id)].format)
}

/// The type of a property.
pub(super) fn of(cx: &mut Context<'_, '_>, property: &Property, hint: NameHint) -> Type {
    let ty = match property.sole() {
        Some(sole) => return types::of(cx, sole, hint),
        None => joined(cx, &property.telling().collect::<Vec<_>>(), hint),
    };
    if property.telling().all(|id| is_nullable(cx, id)) { types::nullable(ty) } else { ty }
}

fn joined(cx: &mut Context<'_, '_>, declared: &[SchemaId], hint: NameHint) -> Type {
    if let Some(known) = cx.joined.get(declared) {
        return Type::Named(*known);
    }
    let last = declared.last().map(|last| &cx.schemas[*last]);
    let (origin, docs) = last.map(|last| (last.pointer.clone(), docs::of(last))).unwrap_or_default();
    let named = cx.api.types.push(TypeDef { origin, docs, hint, shape: Shape::Alias(Type::Any) });
    // What holds itself comes back here.
    cx.joined.insert(declared.to_vec(), named);
    cx.joining += 1;
    let shape = object::lower_all(cx, named, declared);
    cx.joining -= 1;
    cx.api.types[named].shape = shape;
    let named = share::representative(cx, named);
    cx.joined.insert(declared.to_vec(), named);
    Type::Named(named)
}
