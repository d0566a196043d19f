//! What a description means: every decision of meaning, one file each.
//!
//! Nothing here knows Rust. What has no meaning that the IR can hold is reported, never dropped unseen.

mod auth;
mod body;
mod classify;
mod discriminator;
mod docs;
mod enumeration;
mod form;
mod map;
mod media;
mod multipart;
mod object;
mod operation;
mod parameter;
mod response;
mod share;
mod tuple;
mod types;
mod union;

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::lower as catalog;
use crate::diagnostic::catalog::openapi::without_effect;
use crate::disposition::Disposition;
use crate::ir::{Api, Docs, NameHint, SchemeId, Server, Shape, Type, TypeDef, TypeId};
use crate::openapi::Description;
use crate::schema::{self, SchemaId, Schemas};
use crate::source::Pointer;

/// Gives a description its meaning.
pub fn lower(description: &Description, schemas: &Schemas<'_>, diagnostics: &mut Diagnostics) -> Api {
    let children = discriminator::children(schemas);
    let mut cx = Context {
        description,
        schemas,
        tags: discriminator::tags(schemas, &children),
        children,
        named: HashMap::new(),
        shapes: HashMap::new(),
        schemes: HashMap::new(),
        api: Api::default(),
        diagnostics,
    };
    about(&mut cx);
    report_unread(&mut cx);
    auth::lower_schemes(&mut cx);
    name_schemas(&mut cx);
    operation::lower_all(&mut cx);
    cx.api
}

/// What the decisions share.
struct Context<'d, 'r> {
    description: &'d Description,
    schemas: &'r Schemas<'d>,
    /// What inherits from schemas with a discriminator.
    children: discriminator::Children,
    /// What tells a schema from its siblings, for variants of tagged unions.
    tags: HashMap<SchemaId, discriminator::Tag<'d>>,
    /// Schemas that are types of their own.
    named: HashMap<SchemaId, TypeId>,
    /// Inline types by what they say, so that identical ones are one.
    shapes: HashMap<String, TypeId>,
    /// Ways to authenticate that the client can carry out, by their key.
    schemes: HashMap<String, SchemeId>,
    api: Api,
    diagnostics: &'r mut Diagnostics,
}

fn about(cx: &mut Context<'_, '_>) {
    let http = &cx.description.http;
    cx.api.title.clone_from(&http.info.title);
    cx.api.version.clone_from(&http.info.version);
    cx.api.docs = Docs {
        description: http.info.description.clone(),
        external: http.external_docs.as_ref().map(|docs| (docs.url.clone(), docs.description.clone())),
        ..Docs::default()
    };
    cx.api.servers = http.servers.iter().map(server).collect();
}

/// Says which keywords of schemas have no effect.
fn report_unread(cx: &mut Context<'_, '_>) {
    for (_, schema) in cx.schemas.iter() {
        if schema.values == Some(&[]) {
            cx.diagnostics.push(catalog::empty_enumeration(&schema.pointer.child("enum")));
        }
        for name in &schema.unread {
            let at = schema.pointer.child(name);
            match schema::keyword(name).map(|keyword| keyword.disposition) {
                Some(Disposition::Honoured | Disposition::Documented) => {}
                Some(Disposition::Unused) => cx.diagnostics.push(without_effect(&at)),
                _ => cx.diagnostics.push(catalog::keyword_not_honoured(&at)),
            }
        }
    }
}

fn server(server: &openapiv3::Server) -> Server {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    Server { url, docs: Docs { description: server.description.clone(), ..Docs::default() } }
}

/// Every schema under `components`, and every other schema that a reference names, is a type with a name. They get their
/// ids before any of them gets a shape, so that cycles find them and the order is the document's.
fn name_schemas(cx: &mut Context<'_, '_>) {
    let components = Pointer::root().child("components").child("schemas");
    let referenced: Vec<SchemaId> = cx.schemas.iter().filter_map(|(_, schema)| schema.reference).collect();
    let declared = cx.schemas.iter().filter(|(_, schema)| schema.pointer.parent().as_ref() == Some(&components));
    let all: Vec<SchemaId> = declared.map(|(id, _)| id).chain(referenced).collect();

    let mut order = Vec::new();
    for id in all {
        if cx.named.contains_key(&id) {
            continue;
        }
        let schema = &cx.schemas[id];
        let named = cx.api.types.push(TypeDef {
            origin: schema.pointer.clone(),
            docs: docs::of(schema),
            hint: NameHint::Key(key(&schema.pointer)),
            shape: Shape::Alias(Type::Any),
        });
        cx.named.insert(id, named);
        order.push((named, id));
    }
    for (named, id) in order {
        types::define(cx, named, id);
    }
}

/// The key that the author gave a schema: its last step, or the name of the file that it fills.
fn key(pointer: &Pointer) -> String {
    let last = pointer.last().unwrap_or_default();
    let bundled = pointer.parent().is_some_and(|parent| parent.as_str() == "/x-bundled");
    match last.rsplit('/').next().and_then(|file| file.split('.').next()) {
        Some(stem) if bundled => stem.to_owned(),
        _ => last,
    }
}
