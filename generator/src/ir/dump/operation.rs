//! Operations as text.

use super::label::{plain, status};
use super::{At, Dump, Json};
use crate::ir::{
    AuthRequirement, Body, Cause, Content, Escaping, FormField, HeaderField, Lists, Operation, OperationId, Origin,
    Param, Part, PartHeader, PartMedia, PartValue, PathPart, Payload, PayloadId, Representation, ResponseCase, Style,
};

impl Dump {
    pub(super) fn operation(&mut self, label: OperationId, operation: &Operation) {
        let Operation { origin, docs, id, group, method, path, params, body, success, failure, auth, servers } =
            operation;
        let template = path.parts.iter().map(|part| match part {
            PathPart::Text(text) => text.clone(),
            PathPart::Param(name) => format!("{{{name}}}"),
        });
        let item = Origin::root().child("paths").child(template.collect::<String>());
        let expected = Some(item.child(method.to_ascii_lowercase()));
        let at = At { origin, parent: &Origin::root(), expected };
        let label = self.labels.operation(label).to_owned();
        self.line(0, format_args!("operation {label}{at}"));
        if let Some(id) = id {
            self.line(1, format_args!("id {id:?}"));
        }
        let group = self.labels.group(*group).to_owned();
        self.line(1, format_args!("group {group}"));
        self.docs(1, docs);
        self.auth(auth);
        servers.iter().for_each(|server| self.server(1, server));
        for (position, param) in params.iter().enumerate() {
            self.param(origin, position, param);
        }
        if let Some(body) = body {
            self.body(origin, body);
        }
        success.iter().for_each(|case| self.response("success", origin, case));
        failure.iter().for_each(|case| self.response("failure", origin, case));
    }

    pub(super) fn payload(&mut self, label: PayloadId, payload: &Payload) {
        let Payload { origin, docs, key: _, id, cause, method, content, params, answers } = payload;
        let (label, content) = (self.labels.payload(label).to_owned(), self.content(content));
        let at = At { origin, parent: &Origin::root(), expected: None };
        self.line(0, format_args!("payload {label} {method}: {content}{at}"));
        if let Some(id) = id {
            self.line(1, format_args!("id {id:?}"));
        }
        if let Cause::Callback { operation, to } = cause {
            let operation = self.labels.operation(*operation).to_owned();
            self.line(1, format_args!("after {operation} to {to:?}"));
        }
        self.docs(1, docs);
        params.iter().for_each(|name| self.line(1, format_args!("parameter {}", plain(name))));
        answers.iter().for_each(|key| self.line(1, format_args!("answer {}", status(*key))));
    }

    fn auth(&mut self, auth: &AuthRequirement) {
        let AuthRequirement { alternatives, scopes } = auth;
        let alternatives: Vec<String> = alternatives
            .iter()
            .map(|schemes| match schemes.as_slice() {
                [] => "nothing".to_owned(),
                schemes => schemes.iter().map(|id| self.labels.scheme(*id)).collect::<Vec<_>>().join(" and "),
            })
            .collect();
        if !alternatives.is_empty() {
            self.line(1, format_args!("auth {}", alternatives.join(" or ")));
        }
        for (scheme, scopes) in scopes {
            let scheme = self.labels.scheme(*scheme).to_owned();
            self.line(
                2,
                format_args!(
                    "scopes of {scheme}: {}",
                    scopes.iter().map(|scope| plain(scope)).collect::<Vec<_>>().join(" ")
                ),
            );
        }
    }

    fn param(&mut self, parent: &Origin, position: usize, param: &Param) {
        let Param { origin, docs, wire, place, escaping, ty, presence, example } = param;
        let (place, style) = (place.name(), place.style());
        let at = At { origin, parent, expected: Some(parent.child("parameters").item(position)) };
        let value = self.value_of(ty, presence);
        self.line(
            1,
            format_args!("{place} {}{value}, {}{}{at}", plain(wire), self::style(style), self::escaping(*escaping)),
        );
        self.docs(2, docs);
        if let Some(example) = example {
            self.line(2, format_args!("shown as {}", Json(example)));
        }
    }

    fn body(&mut self, parent: &Origin, body: &Body) {
        let Body { origin, docs, required, content, others } = body;
        let at = At { origin, parent, expected: Some(parent.child("requestBody")) };
        let optional = if *required { "" } else { "?" };
        let content = self.content(content);
        self.line(1, format_args!("body{optional}: {content}{at}"));
        self.docs(2, docs);
        for content in others {
            let content = self.content(content);
            self.line(2, format_args!("or {content}"));
        }
        for content in body.contents() {
            self.members(content);
        }
    }

    fn response(&mut self, outcome: &str, parent: &Origin, case: &ResponseCase) {
        let ResponseCase { origin, docs, status: key, headers, content } = case;
        let expected = parent.child("responses").child(status(*key));
        let at = At { origin, parent, expected: Some(expected) };
        let content = content.as_ref().map_or_else(|| "nothing".to_owned(), |content| self.content(content));
        self.line(1, format_args!("{outcome} {}: {content}{at}", status(*key)));
        self.docs(2, docs);
        for HeaderField { origin: _, wire, docs, required, shape, ty } in headers {
            let (ty, required) = (self.ty(ty), if *required { " required" } else { "" });
            self.line(2, format_args!("header {}: {ty} {shape:?}{required}", plain(wire)));
            self.docs(3, docs);
        }
    }

    fn content(&self, content: &Content) -> String {
        let Content { media: _, alike: _, representation, ty } = content;
        let representation = match representation {
            Representation::Json => "json",
            Representation::Form(_) => "form",
            Representation::Multipart(_) => "parts",
            Representation::OrderedParts(PartMedia { first, further }) if first.is_empty() && further.is_none() => {
                "ordered parts"
            }
            Representation::OrderedParts(PartMedia { first, further }) => {
                let further = further.iter().map(|media| format!("{media} each"));
                let all: Vec<String> = first.iter().cloned().chain(further).collect();
                &format!("ordered parts: {},", all.join(", "))
            }
            Representation::Text => "text",
            Representation::Bytes => "bytes",
            Representation::Events => "events",
            Representation::EventFields => "events as objects",
            Representation::JsonItems => "json items",
            Representation::Xml(root) => &format!("xml of {},", self.element(root)),
        };
        let medias: Vec<String> = content.medias().map(|media| format!("{media:?}")).collect();
        format!("{}, {representation} {}", self.ty(ty), medias.join(" or "))
    }

    /// The members of a form and the parts of a body.
    fn members(&mut self, content: &Content) {
        match &content.representation {
            Representation::Form(fields) => {
                for FormField { wire, style, escaping } in fields {
                    let escaping = self::escaping(*escaping);
                    self.line(2, format_args!("field {}: {}{escaping}", plain(wire), self::style(*style)));
                }
            }
            Representation::Multipart(parts) => parts.iter().for_each(|part| self.part(part)),
            _ => {}
        }
    }

    fn part(&mut self, part: &Part) {
        let Part { origin, docs, wire, value, presence, headers } = part;
        let value = match value {
            PartValue::File(media) => format!(": a file, {media:?}"),
            PartValue::Files(media) => format!(": files, {media:?}"),
            PartValue::Plain(ty) => self.value_of(ty, presence),
            PartValue::Typed(media, ty) => format!("{}, {media:?}", self.value_of(ty, presence)),
            PartValue::Base64(media, ty) => format!("{}, base64 of {media:?}", self.value_of(ty, presence)),
            PartValue::Styled(style, ty) => format!("{}, {}", self.value_of(ty, presence), self::style(*style)),
        };
        let at = At { origin, parent: &Origin::root(), expected: None };
        self.line(2, format_args!("part {}{value}{at}", plain(wire)));
        self.docs(3, docs);
        for PartHeader { wire, docs, ty } in headers {
            let ty = self.ty(ty);
            self.line(3, format_args!("header {}: {ty}", plain(wire)));
            self.docs(4, docs);
        }
    }
}

fn escaping(escaping: Escaping) -> &'static str {
    match escaping {
        Escaping::All => "",
        Escaping::AllowReserved => ", reserved allowed",
    }
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Simple { explode: false } => "simple",
        Style::Simple { explode: true } => "simple exploded",
        Style::Label { explode: false } => "label",
        Style::Label { explode: true } => "label exploded",
        Style::Matrix { explode: false } => "matrix",
        Style::Matrix { explode: true } => "matrix exploded",
        Style::Form { explode: false } => "form",
        Style::Form { explode: true } => "form exploded",
        Style::SpaceDelimited => "space delimited",
        Style::PipeDelimited => "pipe delimited",
        Style::DeepObject { lists: Lists::Brackets } => "deep object",
        Style::DeepObject { lists: Lists::Repeat } => "deep object, lists repeated",
        Style::DeepObject { lists: Lists::Indexed } => "deep object, lists indexed",
        Style::Cookie { explode: false } => "cookie",
        Style::Cookie { explode: true } => "cookie exploded",
        Style::Json => "json",
    }
}
