//! What an operation is called: its id without what a framework or a convention added, else its method and path.

use super::words::words;
use crate::ir::{Operation, PathPart};

/// A name of an operation: of its method, which need not say again what its group says, and in full, for its types.
pub(super) struct Candidate {
    pub(super) method: String,
    pub(super) full: String,
}

/// The names of an operation in a group of that tag, in order of preference.
pub(super) fn candidates(operation: &Operation, tag: Option<&str>) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut push = |method: String, full: &str| all.push(Candidate { method, full: full.to_owned() });
    if let Some(id) = operation.id.as_deref().filter(|id| !repeats_path(id, operation)) {
        let text = without_path(id, operation).unwrap_or(id);
        let full = without_controller(text);
        push(without_group(&full, tag).unwrap_or_else(|| full.clone()), &full);
        push(full.clone(), &full);
        push(id.to_owned(), id);
    }
    // An id that two operations share names the first of them only.
    let short = by_path(operation, tag);
    push(short, &by_path(operation, None));
    let full = by_whole_path(operation);
    push(full.clone(), &full);
    all
}

/// FastAPI writes `<function>_<path>_<method>`, with every character of the path that is no letter, digit or underscore
/// replaced by an underscore. Only exactly that is taken off.
fn without_path<'a>(id: &'a str, operation: &Operation) -> Option<&'a str> {
    let mut path = String::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Text(text) => path.push_str(text),
            PathPart::Param(name) => path.extend(["{", name, "}"]),
        }
    }
    let path: String = path.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let suffix = format!("{path}_{}", method(operation));
    id.strip_suffix(&suffix).filter(|function| !function.is_empty())
}

/// Whether an id says nothing but the method and the path: `get_api_v1_users__user_id`.
fn repeats_path(id: &str, operation: &Operation) -> bool {
    let squeezed =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (id, method) = (squeezed(id), method(operation));
    let path = squeezed(&segments(operation).join(" "));
    !path.is_empty() && (id == format!("{method}{path}") || id == format!("{path}{method}"))
}

/// NestJS names the class too: `PetController_findAll`.
fn without_controller(id: &str) -> String {
    match id.split_once("Controller").filter(|(class, rest)| !class.is_empty() && rest.starts_with(['_', '.'])) {
        Some((class, rest)) => format!("{class}{rest}"),
        None => id.to_owned(),
    }
}

/// `repos/list-for-user` in the group `repos` is `list-for-user`; an id that is the group's name alone stays as it is.
fn without_group(id: &str, tag: Option<&str>) -> Option<String> {
    let (words, group) = (words(id), words(tag?));
    let (start, rest) = words.split_at_checked(group.len()).filter(|(start, _)| !start.is_empty())?;
    let is_repeated = match ends_at_symbol(id, start.len()) {
        true => start.iter().zip(&group).all(|(one, other)| singular(one) == singular(other)),
        // `refundPayment` says something else than `refunds`.
        false => *start == *group,
    };
    let first = rest.first()?;
    (is_repeated && first.starts_with(|first: char| first.is_ascii_alphabetic())).then(|| rest.join(" "))
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Whether a symbol stands behind so many words: then they are a prefix, and not the verb of a phrase.
fn ends_at_symbol(text: &str, count: usize) -> bool {
    let mut before = 0;
    text.split(|character: char| !character.is_ascii_alphanumeric()).any(|part| {
        before += words(part).len();
        before == count
    })
}

/// `GET /pets/{id}/owner` is `get pets owner`, and `GET /pets/{id}` is `get pets by id`; in the group `pets` they are
/// `get owner` and `get by id`. A version in front says nothing among the operations of one API.
fn by_path(operation: &Operation, tag: Option<&str>) -> String {
    let mut fixed: Vec<String> = Vec::new();
    let mut last: Vec<String> = Vec::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Param(name) => last.push(name.clone()),
            PathPart::Text(text) => {
                let segments = text.split('/').filter(|segment| !words(segment).is_empty());
                let segments: Vec<String> = segments.map(str::to_owned).collect();
                if !segments.is_empty() {
                    last.clear();
                }
                fixed.extend(segments);
            }
        }
    }
    let said = fixed.iter().take_while(|segment| is_common(segment)).count();
    let mut fixed = fixed.split_off(if said == fixed.len() { 0 } else { said });
    if fixed.first().is_some_and(|first| tag.is_some_and(|tag| words(first) == words(tag))) {
        fixed.remove(0);
    }
    // `GET /getStatus` says it once.
    let method = method(operation);
    let is_said = fixed.first().is_some_and(|first| words(first).first() == Some(&method));
    let mut text = if is_said { Vec::new() } else { vec![method] };
    text.extend(fixed);
    if !last.is_empty() {
        text.push("by".to_owned());
        text.push(last.join(" and "));
    }
    text.join(" ")
}

/// `GET /api/v1/pets/{id}/owner` is `get api v1 pets id owner`.
fn by_whole_path(operation: &Operation) -> String {
    format!("{} {}", method(operation), segments(operation).join(" "))
}

/// `api`, `rest`, `v1`, `v2.1`.
fn is_common(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        number.starts_with(|first: char| first.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    version || segment.eq_ignore_ascii_case("api") || segment.eq_ignore_ascii_case("rest")
}

fn segments(operation: &Operation) -> Vec<&str> {
    let texts = operation.path.parts.iter().map(|part| match part {
        PathPart::Text(text) | PathPart::Param(text) => text.as_str(),
    });
    texts.collect()
}

fn method(operation: &Operation) -> String {
    operation.method.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{AuthRequirement, Docs, GroupId, Id, Origin, PathTemplate};

    fn operation(id: Option<&str>, path: &str) -> Operation {
        let mut parts = Vec::new();
        for (place, piece) in path.split(['{', '}']).enumerate().filter(|(_, piece)| !piece.is_empty()) {
            let piece = piece.to_owned();
            parts.push(if place % 2 == 0 { PathPart::Text(piece) } else { PathPart::Param(piece) });
        }
        Operation {
            origin: Origin::root(),
            docs: Docs::default(),
            id: id.map(str::to_owned),
            group: GroupId::from_index(0),
            method: "GET".to_owned(),
            servers: Vec::new(),
            path: PathTemplate { parts },
            params: Vec::new(),
            body: None,
            success: Vec::new(),
            failure: Vec::new(),
            auth: AuthRequirement::default(),
        }
    }

    fn first(operation: &Operation, tag: &str) -> (String, String) {
        let first = candidates(operation, Some(tag)).into_iter().next();
        first.map_or_else(Default::default, |first| (words(&first.method).join("_"), words(&first.full).join("_")))
    }

    #[test]
    fn an_id_says_what_its_group_does_not() {
        let check = |id: &str, tag: &str, method: &str, full: &str| {
            let given = first(&operation(Some(id), "/a"), tag);
            assert_eq!(given, (method.to_owned(), full.to_owned()), "{id} of {tag}");
        };
        check("repos/list-for-user", "repos", "list_for_user", "repos_list_for_user");
        check("repos.list", "Repos", "list", "repos_list");
        check("PetController_findAll", "pets", "find_all", "pet_find_all");
        check("pets_list", "pet", "list", "pets_list");
        check("apiTokensList", "API tokens", "list", "api_tokens_list");
        check("listPets", "pets", "list_pets", "list_pets");
        check("pets", "pets", "pets", "pets");
        check("refundPayment", "refunds", "refund_payment", "refund_payment");
        check("users_2", "users", "users_2", "users_2");
        check("v1.message.create", "Message", "v1_message_create", "v1_message_create");
    }

    #[test]
    fn a_path_names_what_has_no_id() {
        let check = |id: Option<&str>, path: &str, tag: &str, method: &str, full: &str| {
            let given = first(&operation(id, path), tag);
            assert_eq!(given, (method.to_owned(), full.to_owned()), "{id:?} {path} of {tag}");
        };
        check(None, "/pets", "pets", "get", "get_pets");
        check(None, "/pets/{id}", "pets", "get_by_id", "get_pets_by_id");
        check(None, "/pets/{id}/owner", "pets", "get_owner", "get_pets_owner");
        check(None, "/repos/{owner}/{repo}", "git", "get_repos_by_owner_and_repo", "get_repos_by_owner_and_repo");
        check(None, "/api/v2/pets", "git", "get_pets", "get_pets");
        check(None, "/v1", "git", "get_v1", "get_v1");
        check(None, "/getStatus", "git", "get_status", "get_status");
        check(None, "/", "git", "get", "get");
        check(
            Some("get_api_v1_users__user_id"),
            "/api/v1/users/{user_id}",
            "a",
            "get_users_by_user_id",
            "get_users_by_user_id",
        );
        check(Some("getUsersId"), "/users/{id}", "users", "get_by_id", "get_users_by_id");
        check(Some("list_items_users__id__items_get"), "/users/{id}/items", "a", "list_items", "list_items");
    }
}
