//! What a description means: every decision of meaning, one file each.
//!
//! Nothing here knows Rust. What has no meaning that the IR can hold is reported, never dropped unseen.

mod auth;
mod body;
mod classify;
mod direction;
mod discriminator;
mod docs;
mod enumeration;
mod event;
mod form;
mod format;
mod header;
mod map;
mod media;
mod member;
mod merge_patch;
mod mixed;
mod multipart;
mod named;
mod object;
mod operation;
mod overlap;
mod parameter;
mod payload;
mod property;
mod response;
mod server;
mod share;
mod tuple;
mod types;
mod union;
mod value;
mod variant_name;
mod xml;

use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalog::lower as catalog;
use crate::diagnostic::catalog::openapi::without_effect;
use crate::disposition::Disposition;
use crate::ir::{Api, Docs, SchemeId, TypeId};
use crate::openapi::Description;
use crate::schema::{self, SchemaId, Schemas};

/// Gives a description its meaning, where it leaves a choice that of the configuration.
pub fn lower(
    description: &Description<'_>,
    schemas: &Schemas<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Api {
    let children = discriminator::children(schemas);
    let mut cx = Context {
        description,
        schemas,
        config,
        tags: discriminator::tags(schemas, &children),
        nullable: classify::nullable(schemas),
        children,
        named: HashMap::new(),
        joined: HashMap::new(),
        joining: 0,
        shapes: HashMap::new(),
        schemes: HashMap::new(),
        api: Api::default(),
        diagnostics,
    };
    about(&mut cx);
    report_unread(&mut cx);
    format::report(&mut cx);
    auth::lower_schemes(&mut cx);
    named::define_all(&mut cx);
    operation::lower_all(&mut cx);
    payload::lower_all(&mut cx);
    xml::complete(&mut cx);
    server::complete(&mut cx);
    direction::settle(&mut cx.api);
    merge_patch::complete(&mut cx.api);
    cx.api
}

/// What the decisions share.
struct Context<'d, 'r> {
    description: &'d Description<'d>,
    schemas: &'r Schemas<'d>,
    config: &'r Config,
    /// What inherits from schemas with a discriminator.
    children: discriminator::Children,
    /// What tells a schema from its siblings, for variants of tagged unions.
    tags: HashMap<SchemaId, discriminator::Tag<'d>>,
    /// Schemas among whose values null is.
    nullable: HashSet<SchemaId>,
    /// Schemas that are types of their own.
    named: HashMap<SchemaId, TypeId>,
    /// The types of properties that several schemas declare.
    joined: HashMap<Vec<SchemaId>, TypeId>,
    /// How many of these are being put together, each for a property of the one before.
    joining: usize,
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
    cx.api.servers = server::lower_all(cx, &http.servers);
}

/// Says which keywords of schemas have no effect.
fn report_unread(cx: &mut Context<'_, '_>) {
    let events = event::all_contents(cx.schemas);
    for (id, schema) in cx.schemas.iter() {
        if schema.values == Some(&[]) {
            cx.diagnostics.push(catalog::empty_enumeration(&schema.pointer.child("enum")));
        }
        if schema.property_names.is_some_and(|names| !docs::says_all_of_names(names)) {
            cx.diagnostics.push(catalog::keyword_not_honoured(&schema.pointer.child("propertyNames")));
        }
        for name in &schema.unread {
            let at = schema.pointer.child(name);
            if *name == "contentSchema" && events.contains(&id) {
                continue;
            }
            match schema::keyword(name).map(|keyword| keyword.disposition) {
                Some(Disposition::Honoured | Disposition::Documented) => {}
                Some(Disposition::Unused) => cx.diagnostics.push(without_effect(&at)),
                _ => cx.diagnostics.push(catalog::keyword_not_honoured(&at)),
            }
        }
    }
}
