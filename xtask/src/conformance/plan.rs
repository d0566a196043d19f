//! From a request that the mock server expects to a call of the typed client: the operation, and a JSON value for each
//! of its arguments.

use driver::key;
use generator::ir::{
    Api, Content, Id as _, KeyPlace, Operation, OperationId, Param, Part, PartValue, Place, Presence, Representation,
    SchemeKind, Style, Type,
};
use serde_json::{Map, Value, json};

use super::description::Description;
use super::scenario::{self, Body, Exchange, Message, essence};
use super::template::{self, Captures};
use super::unspell;

/// A call of an operation.
#[derive(Debug)]
pub(super) struct Call<'d> {
    pub(super) description: &'d Description,
    pub(super) operation: OperationId,
    /// The path of the server, with its variables filled in.
    base: String,
    credentials: Map<String, Value>,
    params: Map<String, Value>,
    /// The media type that the answer is asked for in.
    accept: Option<String>,
    body: Option<Value>,
    /// What of the call is not typed, though the description types it.
    pub(super) untyped: Option<&'static str>,
}

impl Call<'_> {
    /// The call as the driver reads it. `follow` are the paths of links that are followed, each from the answer before.
    pub(super) fn line(&self, client: &str, server: &str, follow: &[&str], reconnects: bool) -> Value {
        json!({
            "client": client,
            "operation": self.operation.index(),
            "base": format!("{server}{}", self.base),
            "credentials": self.credentials,
            "params": self.params,
            "accept": self.accept,
            "body": self.body,
            "follow": follow,
            "reconnects": reconnects,
        })
    }
}

/// Makes a call of a request.
///
/// # Errors
///
/// Why no operation fits, or which argument has no value.
pub(super) fn call<'d>(descriptions: &[&'d Description], exchange: &Exchange) -> Result<Call<'d>, String> {
    let request = Request::new(exchange);
    let found = descriptions.iter().flat_map(|description| fits(description, &request));
    let best = found.max_by_key(|fit| fit.rank(&request));
    let method = exchange.method.to_uppercase();
    let Some(Fit { description, operation: id, base, captures }) = best else {
        return Err(format!("no operation is {method} {}", exchange.uri));
    };
    let api = &description.client.api;
    let operation = &api.operations[id];
    let credentials = credentials(api, operation, request.message);
    let mut params = Map::new();
    for param in &operation.params {
        if let Some(value) = argument(api, operation, param, &request, &captures)? {
            params.insert(key(param), value);
        }
    }
    let accept = request.message.header("accept");
    let mut call = Call { description, operation: id, base, credentials, params, accept, body: None, untyped: None };
    if let Some(wanted) = &operation.body {
        let (content, value) = match &request.message.body {
            Some(stated) => {
                let content = content(wanted, request.message.header("content-type").as_deref(), stated);
                let content = content.ok_or_else(|| format!("the body is no `{}`", stated.content_type))?;
                let value = body(api, content, stated);
                (content, value.ok_or_else(|| format!("the body has no value for `{}`", content.media))?)
            }
            // The scenario states nothing of it where none of its members is sent.
            None if wanted.required => {
                let least = unspell::least(api, &wanted.content.ty, 0);
                (&wanted.content, least.ok_or("the scenario states no body")?)
            }
            None => return Ok(call),
        };
        call.untyped = is_xml_text(content).then_some("XML goes as text");
        call.body = Some(json!({ "media": content.media, "value": value }));
    } else if request.message.body.is_some() {
        return Err("the operation has no body".to_owned());
    }
    Ok(call)
}

/// XML that the client takes for text.
pub(super) fn is_xml_text(content: &Content) -> bool {
    content.representation == Representation::Text && essence(&content.media).ends_with("xml")
}

/// A request, its query taken apart.
struct Request<'e> {
    message: &'e Message,
    method: String,
    path: String,
    query: Vec<(String, String)>,
}

impl<'e> Request<'e> {
    fn new(exchange: &'e Exchange) -> Self {
        // A colon is written with a backslash, since the server would take it for a parameter.
        let uri = exchange.uri.replace('\\', "");
        let (path, written) = uri.split_once('?').unwrap_or((&uri, ""));
        let mut query: Vec<(String, String)> = written
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (unspell::decode(key), value.to_owned()))
            .collect();
        for (key, value) in &exchange.request.query {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            query.extend(values.iter().filter_map(scenario::text).map(|text| (key.clone(), text)));
        }
        Self { message: &exchange.request, method: exchange.method.to_uppercase(), path: path.to_owned(), query }
    }
}

/// An operation whose path is that of a request.
struct Fit<'d> {
    description: &'d Description,
    operation: OperationId,
    base: String,
    captures: Captures,
}

impl Fit<'_> {
    /// How well it fits: whether it is of the version that the request speaks of, how much of the query it knows, and how
    /// much of the path it states.
    fn rank(&self, request: &Request<'_>) -> (bool, usize, usize) {
        let revision = &self.description.revision;
        let values = self.captures.values().chain(request.query.iter().map(|(_, value)| value));
        let speaks_of_it = values.into_iter().any(|value| value == revision);
        let operation = &self.description.client.api.operations[self.operation];
        let is_known = |key: &String| operation.params.iter().any(|param| param.wire == *key);
        let captured: usize = self.captures.values().map(String::len).sum();
        let known = request.query.iter().filter(|(key, _)| is_known(key)).count();
        (speaks_of_it, known, request.path.len().saturating_sub(captured))
    }
}

fn fits<'d>(description: &'d Description, request: &Request<'_>) -> Vec<Fit<'d>> {
    let server = template::server(&description.server);
    let operations = description.client.api.operations.iter();
    let same = operations.filter(|(_, operation)| operation.method.as_str() == request.method);
    let fit = |(id, operation): (OperationId, &Operation)| {
        let captures = template::captures(server.parts.iter().chain(&operation.path.parts), &request.path)?;
        Some(Fit { description, operation: id, base: template::fill(&server, &captures), captures })
    };
    same.filter_map(fit).collect()
}

fn argument(
    api: &Api,
    operation: &Operation,
    param: &Param,
    request: &Request<'_>,
    captures: &Captures,
) -> Result<Option<Value>, String> {
    let texts: Vec<String> = match param.place {
        Place::Path(_) => captures.get(&param.wire).cloned().into_iter().collect(),
        Place::Header(_) => request.message.header(&param.wire).into_iter().collect(),
        Place::Query(Style::Form { explode: true }) if unspell::is_object(api, &param.ty) => {
            members(api, operation, param, request)
        }
        Place::Query(_) => {
            request.query.iter().filter(|(key, _)| *key == param.wire).map(|(_, value)| value.clone()).collect()
        }
        Place::Cookie(_) | Place::QueryString(_) => Vec::new(),
    };
    if texts.is_empty() {
        return match (&param.presence, unspell::sole(api, &param.ty)) {
            (Presence::Required, Some(sole)) => Ok(Some(sole)),
            (Presence::Required, None) => Err(format!("the scenario states no value for `{}`", param.wire)),
            (_, _) => Ok(None),
        };
    }
    match unspell::value(api, &param.ty, param.place.style(), &param.wire, &texts) {
        Some(value) => Ok(Some(value)),
        None => Err(format!("`{}` cannot be read from {texts:?}", param.wire)),
    }
}

/// The pairs of an object whose members are parameters of the query: those that it has for sure, else all that no other
/// parameter is named like.
fn members(api: &Api, operation: &Operation, param: &Param, request: &Request<'_>) -> Vec<String> {
    let own = unspell::members(api, &param.ty);
    let is_own = |key: &str| match own.as_slice() {
        [] => operation.params.iter().all(|other| other.wire != key),
        own => own.contains(&key),
    };
    request.query.iter().filter(|(key, _)| is_own(key)).map(|(key, value)| format!("{key}={value}")).collect()
}

/// The credentials that the request has, by the key of their scheme.
fn credentials(api: &Api, operation: &Operation, message: &Message) -> Map<String, Value> {
    let mut best = Map::new();
    for alternative in &operation.auth.alternatives {
        let found: Option<Map<String, Value>> = alternative
            .iter()
            .map(|id| {
                let scheme = &api.schemes[*id];
                credential(&scheme.kind, message).map(|value| (scheme.key.clone(), Value::String(value)))
            })
            .collect();
        best = found.filter(|found| found.len() > best.len()).unwrap_or(best);
    }
    // Where a request must be refused, the scenario does not say what is wrong with it.
    let is_refused = message.status.is_some_and(scenario::is_refusal);
    if let (true, true, Some(first)) = (best.is_empty(), is_refused, operation.auth.alternatives.first()) {
        return first.iter().map(|id| (api.schemes[*id].key.clone(), json!("invalid"))).collect();
    }
    best
}

fn credential(kind: &SchemeKind, message: &Message) -> Option<String> {
    let authorization = |scheme: &str| {
        let value = message.header("authorization")?;
        let (stated, rest) = value.split_once(' ')?;
        stated.eq_ignore_ascii_case(scheme).then(|| rest.to_owned())
    };
    match kind {
        SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => authorization("bearer"),
        SchemeKind::Http(scheme) => authorization(scheme),
        SchemeKind::ApiKey(KeyPlace::Header, name) => message.header(name),
        SchemeKind::ApiKey(KeyPlace::Query, name) => message.query.get(name).and_then(scenario::text),
        SchemeKind::Basic | SchemeKind::ApiKey(KeyPlace::Cookie, _) | SchemeKind::MutualTls => None,
    }
}

/// The content of a body by the media type that the scenario states. Some state one that is like it, or none.
fn content<'b>(body: &'b generator::ir::Body, header: Option<&str>, stated: &Body) -> Option<&'b Content> {
    let of_media = |media: String| {
        let same = body.contents().find(|content| essence(&content.media) == media);
        let in_range = |content: &&Content| match essence(&content.media).split_once('*') {
            Some((start, _)) => media.starts_with(start),
            None => false,
        };
        same.or_else(|| body.contents().find(in_range))
    };
    let json = || body.contents().find(|content| content.representation == Representation::Json);
    let is_json = stated.essence() == "application/json";
    header.map(essence).and_then(of_media).or_else(|| of_media(stated.essence())).or_else(|| json().filter(|_| is_json))
}

fn body(api: &Api, content: &Content, stated: &Body) -> Option<Value> {
    let bytes = stated.bytes();
    match &content.representation {
        Representation::Bytes => Some(json!({ "hex": scenario::hex(&bytes), "contentType": stated.content_type })),
        Representation::Text => match (stated.essence().as_str(), serde_json::from_slice(&bytes)) {
            // The text that a server's JSON parser would have read.
            ("application/json", Ok(Value::String(text))) => Some(json!(text)),
            _ => String::from_utf8(bytes).ok().map(Value::String),
        },
        Representation::Multipart(parts) => Some(Value::Object(
            parts
                .iter()
                .filter_map(|part| part_value(api, part, stated).map(|value| (part.wire.clone(), value)))
                .collect(),
        )),
        Representation::Xml(root) => super::xml::value(api, root, &bytes),
        Representation::JsonItems => {
            let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            lines.map(|line| serde_json::from_slice(line).ok()).collect::<Option<_>>().map(Value::Array)
        }
        _ => serde_json::from_slice(&bytes).ok(),
    }
}

/// The value of a part: what is stated, and files with their names and media types.
fn part_value(api: &Api, part: &Part, stated: &Body) -> Option<Value> {
    let files = stated
        .files
        .iter()
        .filter(|file| file.name == part.wire)
        .map(|file| json!({ "hex": file.hex, "name": file.file_name, "contentType": file.content_type }));
    match &part.value {
        PartValue::File(_) => files.into_iter().next(),
        PartValue::Files(_) => Some(Value::Array(files.collect())).filter(|files| files != &json!([])),
        PartValue::Plain(ty) | PartValue::Typed(_, ty) | PartValue::Base64(_, ty) | PartValue::Styled(_, ty) => {
            let value = stated.parts.get(&part.wire)?;
            Some(typed(api, ty, value))
        }
    }
}

/// Scenarios state numbers where a text of digits is meant.
fn typed(api: &Api, ty: &Type, value: &Value) -> Value {
    let text = scenario::text(value);
    text.and_then(|text| unspell::scalar(api, ty, &text, 0)).unwrap_or_else(|| value.clone())
}
