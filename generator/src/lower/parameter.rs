//! Parameters: where a value goes and how it is spelled there.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
};

use super::{Context, docs, types};
use crate::diagnostic::catalog::lower as catalog;
use crate::ir::{
    Constraint, Docs, NameHint, OperationId, Param, PathPart, PathTemplate, Place, Presence, Role, Scalar, Style, Type,
};
use crate::openapi;
use crate::source::{Node, Pointer};

/// Header parameters that OpenAPI says to ignore: the client sets these itself.
const RESERVED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

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

/// A parameter is known by its name and its place together.
fn same(left: &Parameter, right: &Parameter) -> bool {
    std::mem::discriminant(left) == std::mem::discriminant(right)
        && left.parameter_data_ref().name == right.parameter_data_ref().name
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
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        cx.diagnostics.push(catalog::unsupported_parameter(&origin, &data.name, "a `content`"));
        return if data.required { Lowered::Impossible } else { Lowered::LeftOut };
    };
    let schema = openapi::schema_handle(schema).and_then(|pointer| cx.schemas.find(&pointer));
    let declared = schema.map(|schema| types::of(cx, schema, hint(id, &origin, &data.name)));
    // Null has no spelling in a URL or a header: a parameter that may be null is one that may be left out.
    let (ty, may_be_null) = match declared {
        Some(Type::Nullable(inner)) => (*inner, true),
        Some(ty) => (ty, false),
        None => (Type::Scalar(Scalar::String), false),
    };
    let Some(place) = place(cx, parameter, data, &origin) else {
        return if data.required { Lowered::Impossible } else { Lowered::LeftOut };
    };
    let of_schema = schema.map(|id| docs::of_use(&cx.schemas[id], &cx.schemas[cx.schemas.resolve(id)]));
    let mut docs = documentation(data, of_schema.unwrap_or_default());
    let example = example(cx, &origin).map(docs::literal).or_else(|| docs.examples.first().cloned());
    docs.examples = example.iter().cloned().collect();
    if may_be_null && !data.required {
        docs.constraints.push(Constraint::NullByAbsence);
    }
    let default = schema.and_then(|id| cx.schemas[id].default.or(cx.schemas[cx.schemas.resolve(id)].default));
    let presence = match default {
        _ if data.required => Presence::Required,
        Some(value) => Presence::Defaulted(docs::literal(value)),
        None => Presence::Optional,
    };
    Lowered::Param(Box::new(Param { origin, docs, wire: data.name.clone(), place, ty, presence, example }))
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

fn place(cx: &mut Context<'_, '_>, parameter: &Parameter, data: &ParameterData, origin: &Pointer) -> Option<Place> {
    let explode = data.explode;
    Some(match parameter {
        Parameter::Path { style, .. } => Place::Path(match style {
            PathStyle::Simple => Style::Simple { explode: explode.unwrap_or(false) },
            PathStyle::Label => Style::Label { explode: explode.unwrap_or(false) },
            PathStyle::Matrix => Style::Matrix { explode: explode.unwrap_or(false) },
        }),
        Parameter::Query { style, allow_reserved, .. } => {
            if *allow_reserved {
                cx.diagnostics.push(catalog::unsupported_parameter(origin, &data.name, "`allowReserved`"));
                return None;
            }
            Place::Query(match style {
                QueryStyle::Form => Style::Form { explode: explode.unwrap_or(true) },
                QueryStyle::SpaceDelimited if explode != Some(true) => Style::SpaceDelimited,
                QueryStyle::PipeDelimited if explode != Some(true) => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
                QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited => {
                    cx.diagnostics.push(catalog::undefined_style(origin, &data.name));
                    Style::Form { explode: true }
                }
            })
        }
        Parameter::Header { style: HeaderStyle::Simple, .. } => {
            Place::Header(Style::Simple { explode: explode.unwrap_or(false) })
        }
        Parameter::Cookie { style: CookieStyle::Form, .. } => {
            if openapi::extra(&data.extensions, "style").is_some() {
                cx.diagnostics.push(catalog::unsupported_parameter(origin, &data.name, "the style `cookie`"));
                return None;
            }
            Place::Cookie(Style::Form { explode: explode.unwrap_or(true) })
        }
    })
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
            ty: Type::Scalar(Scalar::String),
            presence: Presence::Required,
            example: None,
        });
    }
}
