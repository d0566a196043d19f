//! Answers by status: enums of documented failures, and of successes where there are several.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, docs, ty, xml};
use crate::facts::{ErrorSet, ErrorSetId};
pub(super) use crate::facts::{Success, success};
use crate::ir::{Content, Operation, OperationId, Representation, StatusKey, Type};
use crate::name::{Ident, OperationNames};

/// The enums of sets of failures and the errors that carry them: those that a status alone tells apart are data.
pub(super) fn failures(cx: Context<'_>, sets: &[ErrorSetId]) -> TokenStream {
    let (plain, other): (Vec<ErrorSetId>, Vec<ErrorSetId>) =
        sets.iter().partition(|id| is_plain(&cx.facts.error_sets[**id]));
    let plain = plain.into_iter().map(|id| plain_failures(cx, id));
    let plain = (plain.len() > 0).then(|| quote!(runtime::failures! { #(#plain)* }));
    let other = other.into_iter().map(|id| other_failures(cx, id));
    quote!(#plain #(#other)*)
}

/// Whether each status has one body, which is JSON.
fn is_plain(set: &ErrorSet) -> bool {
    let statuses: HashSet<StatusKey> = set.cases.iter().map(|(status, _)| *status).collect();
    let is_json = |content: &Content| matches!(content.representation, Representation::Json);
    statuses.len() == set.cases.len() && set.cases.iter().all(|(_, content)| content.as_ref().is_none_or(is_json))
}

fn plain_failures(cx: Context<'_>, id: ErrorSetId) -> TokenStream {
    let (set, names) = (&cx.facts.error_sets[id], cx.names.of_error_set(id));
    let (failure, error) = (&names.failure, &names.error);
    let cases: Vec<_> = set.cases.iter().map(|(status, content)| (*status, content.as_ref())).collect();
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|index| cases[*index].0);
    let variants = order.into_iter().map(|index| {
        let (status, content) = cases[index];
        let variant = variant(cx, &names.variants[index], status, content, &set.docs[index]);
        let pattern = pattern(status, &cases);
        quote!(#variant = #pattern,)
    });
    let allowance = allowance(cx, cases.iter().map(|(_, content)| *content));
    quote! {
        #allowance
        pub enum #failure { #(#variants)* }
        error! { #error }
    }
}

fn other_failures(cx: Context<'_>, id: ErrorSetId) -> TokenStream {
    let (set, names) = (&cx.facts.error_sets[id], cx.names.of_error_set(id));
    let (failure, error) = (&names.failure, &names.error);
    let cases: Vec<_> = set.cases.iter().map(|(status, content)| (*status, content.as_ref())).collect();
    let variants = set
        .cases
        .iter()
        .zip(&set.docs)
        .zip(&names.variants)
        .map(|(((status, content), text), name)| variant(cx, name, *status, content.as_ref(), text));
    let failure_of = by_status(cx, &cases, &names.variants, &quote!(return Ok(None)));
    let answer = used_answer(&failure_of);
    let docs = format!(" A failure that the description documents: the typed view of [`{error}`].");
    let allowance = allowance(cx, cases.iter().map(|(_, content)| *content));
    quote! {
        #[doc = #docs]
        #allowance
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #failure { #(#variants),* }

        impl runtime::Failure for #failure {
            fn read(#answer: &Response<Bytes>) -> Result<Option<Self>, DecodeError> {
                let failure = #failure_of;
                Ok(Some(failure))
            }
        }

        /// Why a call failed, with the documented failure where it is one.
        pub type #error = runtime::OperationError<#failure>;
    }
}

/// Whether some success is read while it comes.
pub(super) fn is_streamed(operation: &Operation) -> bool {
    let mut contents = operation.success.iter().filter_map(|case| case.content.as_ref());
    contents.any(|content| content.representation.is_stream())
}

/// The type of the body of an answer.
pub(super) fn content_type(cx: Context<'_>, content: &Content) -> TokenStream {
    let ty = ty::outer(cx, &content.ty);
    match content.representation {
        Representation::Bytes => quote!(Bytes),
        Representation::Events | Representation::EventFields => quote!(runtime::Events<#ty>),
        Representation::JsonItems => quote!(runtime::JsonItems<#ty>),
        _ => ty,
    }
}

/// The enum of the successes of an operation.
pub(super) fn successes(cx: Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id];
    let OperationNames { success, success_variants, method, .. } = cx.names.of_operation(id);
    let cases: Vec<_> = operation.success.iter().map(|case| (case.status, case.content.as_ref())).collect();
    let variants = operation.success.iter().zip(success_variants).map(|(case, name)| {
        let text = case.docs.description.as_deref().unwrap_or_default();
        variant(cx, name, case.status, case.content.as_ref(), text)
    });
    let undocumented = quote!(return Err(DecodeError::unexpected("the status is none that the description documents")));
    let success_of = by_status(cx, &cases, success_variants, &undocumented);
    let answer = used_answer(&success_of);
    let docs = format!(" What `{method}` answers, by status.");
    let allowance = allowance(cx, cases.iter().map(|(_, content)| *content));
    if is_streamed(operation) {
        let streamed = operation.success.iter().filter_map(|case| case.content.as_ref());
        let streamed = streamed.filter(|content| content.representation.is_stream()).flat_map(Content::medias);
        return quote! {
            #[doc = #docs]
            #allowance
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #success { #(#variants),* }

            impl runtime::FromStream for #success {
                const STREAMED: &'static [&'static str] = &[#(#streamed),*];

                fn from_stream(unread: runtime::Unread) -> Result<Self, DecodeError> {
                    let answer = unread.response();
                    let success = #success_of;
                    Ok(success)
                }
            }
        };
    }
    quote! {
        #[doc = #docs]
        #allowance
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #success { #(#variants),* }

        impl runtime::FromResponse for #success {
            fn from_response(#answer: &Response<Bytes>) -> Result<Self, DecodeError> {
                let success = #success_of;
                Ok(success)
            }
        }
    }
}

/// What clippy must allow an enum of bodies: a large one among them is not boxed, since it is made or looked at once and
/// then taken apart.
pub(super) fn allowance<'a>(
    cx: Context<'_>,
    contents: impl IntoIterator<Item = Option<&'a Content>>,
) -> Option<TokenStream> {
    let types: Vec<Option<&Type>> = contents.into_iter().map(|content| content.map(|content| &content.ty)).collect();
    let is_mixed = types.windows(2).any(|pair| pair[0] != pair[1]);
    let is_large = |ty: &&Type| may_be_large(cx, ty);
    (is_mixed && types.iter().flatten().any(is_large)).then(|| quote!(#[allow(clippy::large_enum_variant)]))
}

/// Whether a value may take the 200 bytes from which on clippy calls a variant large.
fn may_be_large(cx: Context<'_>, ty: &Type) -> bool {
    const FEW: usize = 3;
    match ty {
        Type::Nullable(inner) => may_be_large(cx, inner),
        Type::Named(id) => cx.facts.sizes.get(id).is_some_and(|size| *size > FEW),
        _ => false,
    }
}

fn variant(cx: Context<'_>, name: &Ident, status: StatusKey, content: Option<&Content>, text: &str) -> TokenStream {
    let text = crate::markdown::render(text, crate::markdown::Target::Rustdoc);
    let text = text.trim();
    let status = status_text(status);
    let docs = docs::attributes(&if text.is_empty() { format!("{status}.") } else { format!("{status}: {text}") });
    let body = content.map(|content| {
        let ty = content_type(cx, content);
        quote!((#ty))
    });
    quote!(#docs #name #body)
}

/// The statuses that a response stands for, as a reader says it.
pub(super) fn status_text(status: StatusKey) -> String {
    match status {
        StatusKey::Exact(code) => code.to_string(),
        StatusKey::Range(hundred) => format!("{hundred}XX"),
        StatusKey::Default => "Any other status".to_owned(),
    }
}

/// The argument that an expression reads: a sole default without a body asks the answer nothing.
fn used_answer(expression: &TokenStream) -> TokenStream {
    if ty::names(expression, "answer") { quote!(answer) } else { quote!(_) }
}

/// The variant that the status of an answer selects, else `otherwise`: exact statuses before ranges, and the default
/// last, whatever the order of the variants. Of the media types of one status the common one comes last, since an answer
/// that names none of them is read as that.
fn by_status(
    cx: Context<'_>,
    cases: &[(StatusKey, Option<&Content>)],
    variants: &[Ident],
    otherwise: &TokenStream,
) -> TokenStream {
    let is_first =
        |index: usize, status: StatusKey| cases.iter().position(|(other, _)| *other == status) == Some(index);
    let mut all: Vec<_> = cases.iter().zip(variants).enumerate().collect();
    all.sort_by_key(|(index, ((status, content), _))| {
        let is_range = content.is_some_and(|content| content.media.contains('*'));
        (*status, is_first(*index, *status), is_range)
    });
    let mut otherwise = otherwise.clone();
    let mut arms = Vec::new();
    for (index, ((status, content), variant)) in all {
        let value = content.map(|content| {
            let read = read(cx, content);
            quote!((#read))
        });
        let value = quote!(Self::#variant #value);
        let guard = content.filter(|_| !is_first(index, *status)).map(|content| {
            let medias = content.medias().map(|media| media.split(';').next().unwrap_or_default().trim());
            quote!(if #(answer.is(#medias))||*)
        });
        if *status == StatusKey::Default && guard.is_none() {
            otherwise = value;
            continue;
        }
        let pattern = pattern(*status, cases);
        arms.push(quote!(#pattern #guard => #value,));
    }
    if arms.is_empty() {
        return otherwise;
    }
    quote! {
        match answer.status().as_u16() {
            #(#arms)*
            _ => #otherwise,
        }
    }
}

/// The statuses that select a case, as a pattern.
fn pattern(status: StatusKey, cases: &[(StatusKey, Option<&Content>)]) -> TokenStream {
    match status {
        StatusKey::Exact(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        StatusKey::Range(hundred) => {
            let (from, to) = rest_of(hundred, cases);
            let (from, to) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(to));
            quote!(#from..=#to)
        }
        StatusKey::Default => quote!(_),
    }
}

/// The first and the last status of a hundred that has no case of its own at its ends: a pattern that begins where another
/// one stands reads like a slip.
fn rest_of(hundred: u8, cases: &[(StatusKey, Option<&Content>)]) -> (u16, u16) {
    let is_exact = |status: &u16| cases.iter().any(|(case, _)| *case == StatusKey::Exact(*status));
    let all = u16::from(hundred) * 100..=u16::from(hundred) * 100 + 99;
    let from = all.clone().find(|status| !is_exact(status)).unwrap_or(*all.start());
    let to = all.clone().rev().find(|status| !is_exact(status)).unwrap_or(*all.end());
    (from, to)
}

/// How the body of an answer is read.
fn read(cx: Context<'_>, content: &Content) -> TokenStream {
    match &content.representation {
        Representation::Text => quote!(answer.text()?),
        Representation::Bytes => quote!(answer.bytes()?),
        Representation::Events | Representation::JsonItems => quote!(runtime::FromStream::from_stream(unread)?),
        Representation::EventFields => quote!(runtime::Events::of_fields(unread)?),
        Representation::Xml(root) => {
            let content = xml::of_root(cx, &root.content);
            quote!(answer.xml(#content)?)
        }
        _ => quote!(answer.json()?),
    }
}
