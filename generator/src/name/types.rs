//! Names of types and of what they hold.

use super::assign::{Context, Wanted};
use super::keywords::DEVICES;
use super::scope::Scope;
use super::type_name;
use super::words::Case;
use super::{Ident, Names, TypeNames};
use crate::ir::{Api, Literal, NameHint, Origin, Rest, Shape, TypeDef};

/// Functions that every record may have.
const RECORD: [&str; 1] = ["new"];
/// The variants in which enumerations and unions keep what the description does not list.
const UNKNOWN: [&str; 2] = ["UnknownValue", "UnknownVariant"];

impl Context<'_, '_> {
    /// Types in the order of their ids: the components all at once, then their parts, each after what it is a part of.
    pub(super) fn types(&mut self, names: &mut Names) {
        let api = self.api;
        let mut types = Scope::new(Case::Camel, &[]);
        let mut modules = Scope::new(Case::Snake, &[]).reserve(&DEVICES);
        let components = api.types.values().take_while(|def| is_named(def));
        let wanted = components
            .map(|def| Wanted { origin: place(api, def), candidates: type_name::candidates(api, names, def) });
        let mut components = self.name_all(&mut types, &wanted.collect::<Vec<_>>()).into_iter();
        for (_, def) in api.types.iter() {
            let name = match components.next() {
                Some(named) => named.name,
                None => {
                    let candidates = type_name::candidates(api, names, def);
                    let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
                    self.name(&mut types, &place(api, def), &candidates)
                }
            };
            let module = match &def.hint {
                // An inline type stands in the file of the type that it is a part of.
                NameHint::PartOf(parent, _) => names.of_type(*parent).module.clone(),
                _ => modules.claim(&def.origin, [name.to_string().as_str()]).name,
            };
            let (members, kind, rest) = self.members(def);
            names.models.insert(name.to_string());
            names.types.push(TypeNames { name, module, members, kind, rest });
        }
    }

    /// The fields, variants or values of a type, and the fields of a record that no property names.
    fn members(&mut self, def: &TypeDef) -> (Vec<Ident>, Option<Ident>, Option<Ident>) {
        match &def.shape {
            Shape::Record(record) => {
                let mut scope = Scope::new(Case::Snake, &RECORD);
                let fields = record.fields.iter();
                let fields =
                    fields.map(|field| Wanted { origin: field.origin.clone(), candidates: vec![field.wire.clone()] });
                let members = self.member_names(&mut scope, fields);
                let kind = record.kind.as_ref().map(|_| scope.claim(&def.origin, ["kind", "variant"]).name);
                let kept = matches!(record.rest, Rest::Kept(_));
                let rest = kept.then(|| scope.claim(&def.origin, ["additional_properties"]).name);
                (members, kind, rest)
            }
            Shape::Enumeration(enumeration) => {
                let values = enumeration.values.iter().enumerate().map(|(index, value)| Wanted {
                    origin: def.origin.child("enum").item(index),
                    candidates: value.name.iter().cloned().chain([value_text(&value.value)]).collect(),
                });
                (self.member_names(&mut Scope::new(Case::Camel, &UNKNOWN), values), None, None)
            }
            Shape::Union(union) => {
                let variants = union.variants.iter().map(|variant| Wanted {
                    origin: variant.origin.clone(),
                    candidates: vec![variant.name.clone(), format!("{} variant", variant.name)],
                });
                (self.member_names(&mut Scope::new(Case::Camel, &UNKNOWN), variants), None, None)
            }
            Shape::Alias(_) => (Vec::new(), None, None),
        }
    }

    fn member_names(&mut self, scope: &mut Scope, wanted: impl Iterator<Item = Wanted>) -> Vec<Ident> {
        let named = self.name_all(scope, &wanted.collect::<Vec<_>>());
        named.into_iter().map(|named| named.name).collect()
    }
}

fn value_text(value: &Literal) -> String {
    match value {
        Literal::String(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Bool(value) => value.to_string(),
        Literal::Null | Literal::List(_) | Literal::Map(_) => String::new(),
    }
}

fn is_named(def: &TypeDef) -> bool {
    matches!(def.hint, NameHint::Key(_) | NameHint::Listed(_) | NameHint::Place)
}

/// Where a user names a type: at the component, wherever that is.
///
/// What a component is in requests, and what it is as an object among other types, is not what that place names.
fn place(api: &Api, def: &TypeDef) -> Origin {
    match &def.hint {
        NameHint::PartOf(whole, role) if api.types[*whole].origin == def.origin => {
            def.origin.child(type_name::role_text(role))
        }
        NameHint::Listed(key) => Origin::root().child("components").child("schemas").child(key),
        _ => def.origin.clone(),
    }
}
