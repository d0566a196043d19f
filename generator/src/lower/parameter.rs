//! Parameters: where a value goes and how it is spelled there.

use openapiv3::{
    CookieStyle, HeaderStyle, MediaType, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr,
};

use super::{Context, docs, media, types};
use crate::diagnostic::catalog::http as catalog;
use crate::ir::{
    Constraint, Docs, Escaping, NameHint, OperationId, Param, PathPart, PathTemplate, Place, Presence, Role, Scalar,
    Shape, Style, Type,
};
use crate::openapi::{self, Version};
use crate::schema::SchemaId;
use crate::source::{Node, Pointer};

/// Header parameters that the client sets itself: OpenAPI says to ignore the first three, and the others belong to the
/// connection.
const RESERVED_HEADERS: [&str; 9] = [
    "accept",
    "content-type",
    "authorization",
    "connection",
    "content-length",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Lowers the parameters of an operation: those of its path, overridden by its own. `None` where one that must be given
/// cannot be expressed, which was reported.
pub(super) fn lower_all(
    cx: &mut Context<'_, '_>,
    id: OperationId,
    template: &mut PathTemplate,
    shared: &[ReferenceOr<Parameter>],
    operation: &openapiv3::Operation,
    origin: &Pointer,
) -> Option<Vec<Param>> {
    let own: Vec<&Parameter> = operation.parameters.iter().filter_map(item).collect();
    let shared = shared.iter().filter_map(item).filter(|shared| !own.iter().any(|own| same(own, shared)));
    let mut params = Vec::new();
    for parameter in shared.chain(own.iter().copied()) {
        match lower(cx, id, template, parameter) {
            Lowered::Param(param) => params.push(*param),
            Lowered::LeftOut => {}
            Lowered::Impossible => return None,
        }
    }
    declare_missing(cx, template, &mut params, origin);
    report_second_query(cx, &mut params);
    Some(params)
}

enum Lowered {
    Param(Box<Param>),
    /// The operation is whole without it.
    LeftOut,
    /// The operation cannot be called without it.
    Impossible,
}

fn item(parameter: &ReferenceOr<Parameter>) -> Option<&Parameter> {
    match parameter {
        ReferenceOr::Item(parameter) => Some(parameter),
        ReferenceOr::Reference { .. } => None,
    }
}

/// A parameter is known by its name and its place together; the names of headers have no case.
fn same(left: &Parameter, right: &Parameter) -> bool {
    let (name, other) = (&left.parameter_data_ref().name, &right.parameter_data_ref().name);
    match (left, right) {
        (Parameter::Header { .. }, Parameter::Header { .. }) => name.eq_ignore_ascii_case(other),
        _ => std::mem::discriminant(left) == std::mem::discriminant(right) && name == other,
    }
}

fn lower(cx: &mut Context<'_, '_>, id: OperationId, template: &PathTemplate, parameter: &Parameter) -> Lowered {
    let data = parameter.parameter_data_ref();
    let origin = openapi::origin(&data.extensions);
    if let Parameter::Header { .. } = parameter
        && RESERVED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str())
    {
        cx.diagnostics.push(catalog::reserved_header(&origin, &data.name));
        return Lowered::LeftOut;
    }
    if let Parameter::Path { .. } = parameter
        && !template.parts.contains(&PathPart::Param(data.name.clone()))
    {
        cx.diagnostics.push(catalog::parameter_not_in_path(&origin, &data.name));
        return Lowered::LeftOut;
    }
    let content = content(data);
    let schema = match (&data.format, content) {
        (ParameterSchemaOrContent::Schema(schema), _) => openapi::schema_handle(schema),
        (_, content) => content.and_then(|(_, media)| media.schema.as_ref().and_then(openapi::schema_handle)),
    };
    let schema = schema.and_then(|pointer| cx.schemas.find(&pointer));
    let (ty, nullable) = value_type(cx, schema, hint(id, &origin, &data.name));
    let place = match content {
        Some((media, _)) => content_place(cx, parameter, media, &origin),
        None => Some(styled_place(cx, parameter, &ty, &origin)),
    };
    let Some(place) = place else {
        return if data.required { Lowered::Impossible } else { Lowered::LeftOut };
    };
    let of_schema = schema.map(|id| docs::of_use(&cx.schemas[id], &cx.schemas[cx.schemas.resolve(id)]));
    let mut docs = documentation(data, of_schema.unwrap_or_default());
    let example = example(cx, &origin).map(docs::literal).or_else(|| docs.examples.first().cloned());
    docs.examples = example.iter().cloned().collect();
    // Null has no spelling in a URL or a header: a parameter that may be null is one that may be left out.
    let required = data.required && (!nullable || matches!(place, Place::Path(_)));
    if nullable && !required {
        docs.constraints.push(Constraint::NullByAbsence);
    }
    let default = schema.and_then(|id| cx.schemas[id].default.or(cx.schemas[cx.schemas.resolve(id)].default));
    let presence = match default {
        _ if required => Presence::Required,
        Some(value) => Presence::Defaulted(docs::literal(value)),
        None => Presence::Optional,
    };
    let escaping = escaping(cx, parameter, place, &origin);
    let wire = data.name.clone();
    Lowered::Param(Box::new(Param { origin, docs, wire, place, escaping, ty, presence, example }))
}

/// The type of a parameter or header without null, and whether null was among its values.
pub(super) fn value_type(cx: &mut Context<'_, '_>, schema: Option<SchemaId>, hint: NameHint) -> (Type, bool) {
    match schema.map(|schema| types::of(cx, schema, hint)) {
        Some(Type::Nullable(inner)) => (*inner, true),
        Some(ty) => (ty, false),
        None => (Type::Scalar(Scalar::String), false),
    }
}

/// The media type of a parameter that has one in place of a style, and what stands there.
fn content(data: &ParameterData) -> Option<(&str, &MediaType)> {
    match &data.format {
        ParameterSchemaOrContent::Content(content) => content.first().map(|(media, value)| (media.as_str(), value)),
        ParameterSchemaOrContent::Schema(_) => None,
    }
}

/// Whether the parameter is the whole query, which `openapiv3` has no place for.
fn is_query_string(cx: &Context<'_, '_>, origin: &Pointer) -> bool {
    field(cx, origin, "in").and_then(Node::as_str) == Some("querystring")
}

fn field<'d>(cx: &Context<'d, '_>, origin: &Pointer, name: &str) -> Option<&'d Node> {
    cx.description.tree.at(origin)?.get(name)
}

/// A parameter that stands under `components` is named by its key there, so that operations share its types.
fn hint(id: OperationId, origin: &Pointer, name: &str) -> NameHint {
    let components = Pointer::root().child("components").child("parameters");
    match origin.parent() {
        Some(parent) if parent == components => {
            NameHint::OfComponent(origin.last().unwrap_or_default(), Role::Parameter(name.to_owned()))
        }
        _ => NameHint::OfOperation(id, Role::Parameter(name.to_owned())),
    }
}

fn documentation(data: &ParameterData, schema: Docs) -> Docs {
    Docs {
        summary: None,
        description: data.description.clone().or(schema.description),
        deprecated: data.deprecated.unwrap_or_default() || schema.deprecated,
        ..schema
    }
}

/// The parameter's own example; examples are read from the document, since the typed form does without them.
fn example<'d>(cx: &Context<'d, '_>, origin: &Pointer) -> Option<&'d Node> {
    let parameter = cx.description.tree.at(origin)?;
    parameter.get("example").or_else(|| parameter.get("examples")?.as_object()?.values().next()?.get("value"))
}

/// The place of a parameter that has a media type: its text or its JSON stands there as a whole.
fn content_place(cx: &mut Context<'_, '_>, parameter: &Parameter, name: &str, origin: &Pointer) -> Option<Place> {
    let essence = media::essence(name);
    let is_text = essence.starts_with("text/") && essence != "text/xml";
    let text = |style| if is_text { style } else { Style::Json };
    let is_whole = is_query_string(cx, origin);
    if is_whole && essence == "application/x-www-form-urlencoded" {
        return Some(Place::QueryString(Style::Form { explode: true }));
    }
    if !is_text && !media::is_json(name) {
        let data = parameter.parameter_data_ref();
        cx.diagnostics.push(catalog::unsupported_parameter(origin, &data.name, name));
        return None;
    }
    Some(match parameter {
        _ if is_whole => Place::QueryString(text(Style::Simple { explode: false })),
        Parameter::Path { .. } => Place::Path(text(Style::Simple { explode: false })),
        Parameter::Query { .. } => Place::Query(text(Style::Form { explode: false })),
        Parameter::Header { .. } => Place::Header(text(Style::Simple { explode: false })),
        Parameter::Cookie { .. } => Place::Cookie(text(Style::Cookie { explode: false })),
    })
}

fn styled_place(cx: &mut Context<'_, '_>, parameter: &Parameter, ty: &Type, origin: &Pointer) -> Place {
    let data = parameter.parameter_data_ref();
    let explode = data.explode;
    match parameter {
        _ if is_query_string(cx, origin) => Place::QueryString(Style::Form { explode: true }),
        Parameter::Path { style, .. } => Place::Path(match style {
            PathStyle::Simple => Style::Simple { explode: explode.unwrap_or(false) },
            PathStyle::Label => Style::Label { explode: explode.unwrap_or(false) },
            PathStyle::Matrix => Style::Matrix { explode: explode.unwrap_or(false) },
        }),
        Parameter::Query { style, .. } => Place::Query(query_style(cx, style, explode, ty, (origin, &data.name))),
        Parameter::Header { style: HeaderStyle::Simple, .. } => {
            Place::Header(Style::Simple { explode: explode.unwrap_or(false) })
        }
        Parameter::Cookie { style: CookieStyle::Form, .. } => {
            let explode = explode.unwrap_or(true);
            let plain = field(cx, origin, "style").and_then(Node::as_str) == Some("cookie");
            Place::Cookie(if plain { Style::Cookie { explode } } else { Style::Form { explode } })
        }
    }
}

/// The style of a value in a query or a form. One that OpenAPI does not define for such values is read as the nearest
/// that it does.
pub(super) fn query_style(
    cx: &mut Context<'_, '_>,
    style: &QueryStyle,
    explode: Option<bool>,
    ty: &Type,
    (origin, name): (&Pointer, &str),
) -> Style {
    let form = Style::Form { explode: explode.unwrap_or(true) };
    let delimited = match style {
        QueryStyle::Form => return form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => {
            let kind = kind(cx, ty);
            match kind {
                Kind::Scalar => {
                    cx.diagnostics.push(catalog::undefined_style(origin, name, "for a single value", "`form`"));
                    return form;
                }
                Kind::List | Kind::Object => report_nested(cx, ty, kind, (origin, name)),
                Kind::Open => {}
            }
            return Style::DeepObject { lists: cx.config.deep_object_lists.unwrap_or_default() };
        }
    };
    if explode == Some(true) {
        cx.diagnostics.push(catalog::undefined_style(origin, name, "with `explode: true`", "`form`, exploded"));
        return Style::Form { explode: true };
    }
    if kind(cx, ty) == Kind::Scalar {
        cx.diagnostics.push(catalog::undefined_style(origin, name, "for a single value", "`form`"));
        return form;
    }
    delimited
}

/// Says how lists and objects inside `deepObject` are spelled. Once the user has chosen what lists of plain values are
/// like, no more is to be said of these.
fn report_nested(cx: &mut Context<'_, '_>, ty: &Type, kind: Kind, (origin, name): (&Pointer, &str)) {
    let are_lists_open = cx.config.deep_object_lists.is_none();
    let is_told = match kind {
        Kind::List => are_lists_open || holds(cx, ty, Kind::Object) || holds(cx, ty, Kind::List),
        _ => holds(cx, ty, Kind::Object) || (are_lists_open && holds(cx, ty, Kind::List)),
    };
    if is_told {
        cx.diagnostics.push(catalog::nested_deep_object(origin, name));
    }
}

/// What a value looks like to a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text, a number or a boolean.
    Scalar,
    /// A list.
    List,
    /// An object.
    Object,
    /// It differs from value to value.
    Open,
}

pub(super) fn kind(cx: &Context<'_, '_>, ty: &Type) -> Kind {
    let mut ty = ty;
    // Aliases that lead in a circle were refused; the bound makes that no matter of trust.
    for _ in 0..64 {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Named(id) => match &cx.api.types[*id].shape {
                Shape::Alias(inner) => ty = inner,
                Shape::Record(_) => return Kind::Object,
                Shape::Enumeration(_) => return Kind::Scalar,
                Shape::Union(_) => return Kind::Open,
            },
            Type::List(_) | Type::Tuple(_) => return Kind::List,
            Type::Map(_) => return Kind::Object,
            Type::Scalar(_) | Type::Bytes => return Kind::Scalar,
            Type::Any => return Kind::Open,
        }
    }
    Kind::Open
}

/// Whether a member of an object or an item of a list is of that kind.
fn holds(cx: &Context<'_, '_>, ty: &Type, wanted: Kind) -> bool {
    let nested = |ty: &Type| kind(cx, ty) == wanted;
    match ty {
        Type::Nullable(inner) => holds(cx, inner, wanted),
        Type::Named(id) => match &cx.api.types[*id].shape {
            Shape::Record(record) => record.fields.iter().any(|field| nested(&field.ty)),
            Shape::Alias(inner) => match inner {
                Type::Named(_) => kind(cx, inner) == Kind::Object,
                inner => holds(cx, inner, wanted),
            },
            Shape::Enumeration(_) | Shape::Union(_) => false,
        },
        Type::Map(values) | Type::List(values) => nested(values),
        Type::Tuple(tuple) => tuple.places.iter().chain(tuple.items.as_deref()).any(nested),
        _ => false,
    }
}

/// `allowReserved` has an effect in a query, and since 3.2 wherever values are percent-encoded.
fn escaping(cx: &mut Context<'_, '_>, parameter: &Parameter, place: Place, origin: &Pointer) -> Escaping {
    if field(cx, origin, "allowReserved").and_then(Node::as_bool) != Some(true) {
        return Escaping::All;
    }
    let encoded = match place {
        Place::Query(_) => true,
        Place::Path(_) | Place::Cookie(Style::Form { .. }) => cx.description.version >= Version::V3_2,
        Place::Header(_) | Place::Cookie(_) | Place::QueryString(_) => false,
    };
    if encoded {
        return Escaping::AllowReserved;
    }
    let name = &parameter.parameter_data_ref().name;
    cx.diagnostics.push(catalog::field_without_effect(&origin.child("allowReserved"), name));
    Escaping::All
}

/// Where a parameter is the whole query, there is no room for others in it.
fn report_second_query(cx: &mut Context<'_, '_>, params: &mut Vec<Param>) {
    let whole = params.iter().find(|param| matches!(param.place, Place::QueryString(_)));
    let Some(whole) = whole.map(|param| param.origin.clone()) else { return };
    params.retain(|param| {
        let is_second = match param.place {
            Place::QueryString(_) => param.origin != whole,
            Place::Query(_) => true,
            _ => false,
        };
        if is_second {
            cx.diagnostics.push(catalog::second_query(&param.origin, &whole, &param.wire));
        }
        !is_second
    });
}

/// Names in the template that no parameter declares are read as strings that must be given.
fn declare_missing(cx: &mut Context<'_, '_>, template: &mut PathTemplate, params: &mut Vec<Param>, origin: &Pointer) {
    for part in &template.parts {
        let PathPart::Param(name) = part else { continue };
        let declared = params.iter().any(|param| matches!(param.place, Place::Path(_)) && param.wire == *name);
        if declared {
            continue;
        }
        cx.diagnostics.push(catalog::undeclared_path_parameter(origin, name));
        params.push(Param {
            origin: origin.clone(),
            docs: Docs::default(),
            wire: name.clone(),
            place: Place::Path(Style::Simple { explode: false }),
            escaping: Escaping::All,
            ty: Type::Scalar(Scalar::String),
            presence: Presence::Required,
            example: None,
        });
    }
}
