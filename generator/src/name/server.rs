//! What a server is called.

use super::Ident;
use super::scope::Scope;
use super::words::Case;
use crate::ir::{Operation, Server};

/// Words that tell no server from another.
const FILLERS: [&str; 12] =
    ["a", "an", "the", "our", "this", "api", "base", "server", "servers", "endpoint", "environment", "url"];
/// A description of more words is a sentence, and no name.
const MOST_WORDS: usize = 4;

/// What a server may be called, in order of preference.
pub(super) fn candidates(server: &Server) -> Vec<String> {
    let description = server.docs.description.as_deref().and_then(few_words);
    let address = server.url.split_once("://").map_or(server.url.as_str(), |(_, address)| address);
    let address = address.replace(['{', '}'], " ");
    let address = if address.trim_matches(['/', ' ']).is_empty() { "root".to_owned() } else { address };
    let others = [format!("{address} server"), server.url.replace(['{', '}'], " ")];
    server.name.iter().cloned().chain(description).chain([address]).chain(others).collect()
}

fn few_words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['.', ',', ':'])).collect();
    let is_filler = |word: &&str| FILLERS.contains(&word.to_lowercase().as_str());
    let telling: Vec<&str> = words.iter().copied().filter(|word| !is_filler(word) && !word.is_empty()).collect();
    let chosen = if telling.is_empty() { words } else { telling };
    (1..=MOST_WORDS).contains(&chosen.len()).then(|| chosen.join(" "))
}

/// The static that holds the servers of an operation; those of `known` are there already.
pub(super) fn shared<'a>(
    scope: &mut Scope,
    known: &mut Vec<(&'a [Server], Ident)>,
    operation: &'a Operation,
    method: &str,
) -> Option<Ident> {
    let servers = operation.servers.as_slice();
    if servers.is_empty() {
        return None;
    }
    let is_same = |other: &[Server]| {
        other.len() == servers.len() && other.iter().zip(servers).all(|(other, server)| other.is_like(server))
    };
    if let Some((_, name)) = known.iter().find(|(other, _)| is_same(other)) {
        return Some(name.clone());
    }
    let candidates = ["servers", &format!("{method} servers")];
    let name = scope.claim_as(Case::Shouty, &operation.origin, candidates).name;
    known.push((servers, name.clone()));
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::few_words;

    #[test]
    fn a_description_of_a_few_words_is_a_name() {
        let check = |text, expect: Option<&str>| assert_eq!(few_words(text).as_deref(), expect, "{text}");
        check("The production API server", Some("production"));
        check("Svix EU region.", Some("Svix EU region"));
        check("API server", Some("API server"));
        check("Server URL when the port can be inferred from the scheme", None);
        check(" ", None);
    }
}
