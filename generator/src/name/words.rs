//! Any text to an identifier.

use heck::ToSnakeCase;

use super::symbols::{Underscores, latin, spelled, with_signs};

/// The case of the names of a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `HttpErrorOut`.
    Camel,
    /// `http_error_out`.
    Snake,
    /// `HTTP_ERROR_OUT`.
    Shouty,
}

/// The longest name, in characters: it is that of a file too, and nobody reads further.
const LONGEST: usize = 120;

impl Case {
    /// Whether a name that a user chose can be meant for something of this case.
    pub(super) fn fits(self, name: &str) -> bool {
        let first = name.trim_start_matches('_').chars().next();
        first.is_none_or(|first| match self {
            Self::Camel => !first.is_ascii_lowercase(),
            Self::Snake => !first.is_ascii_uppercase(),
            Self::Shouty => true,
        })
    }

    /// The identifier for a text, keywords not yet escaped. Symbols are dropped where letters or digits remain, but not
    /// signs in front.
    pub(super) fn apply(self, text: &str) -> String {
        let text = latin(text);
        let text = with_signs(&text);
        let letters = letters(&text);
        if letters.trim().is_empty() { self.apply_spelled(&text, Underscores::Tell) } else { self.finish(&letters) }
    }

    /// The identifier for a text with its symbols spelled out.
    pub(super) fn apply_spelled(self, text: &str, underscores: Underscores) -> String {
        self.finish(&spelled(&latin(text), underscores))
    }

    /// A name told from another one by a number.
    pub(super) fn numbered(self, name: &str, number: usize) -> String {
        let name = name.trim_end_matches('_');
        match self {
            Self::Camel if !name.ends_with(|last: char| last.is_ascii_digit()) => format!("{name}{number}"),
            Self::Camel | Self::Snake | Self::Shouty => format!("{name}_{number}"),
        }
    }

    fn finish(self, text: &str) -> String {
        let words = divide(text);
        let (name, prefix) = match self {
            Self::Camel => (camel(&words), "N"),
            Self::Snake => (words.join("_").to_ascii_lowercase(), "n"),
            Self::Shouty => (words.join("_").to_ascii_uppercase(), "N"),
        };
        // All are ASCII here. What is cut off may make two names one; the scope then tells them apart.
        let name = name.get(..LONGEST).map_or(name.as_str(), |start| start.trim_end_matches('_')).to_owned();
        match name.chars().next() {
            None if self == Self::Snake => "empty".to_owned(),
            None => "Empty".to_owned(),
            Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
            Some(_) => name,
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

/// The words of a text, all but `OAuth` in lower case; its symbols are no words.
pub(super) fn words(text: &str) -> Vec<String> {
    divide(&letters(&latin(text)))
}

/// Words as `heck` finds them, but for names that are written as no others are.
fn divide(text: &str) -> Vec<String> {
    if !text.contains(|character: char| character.is_ascii_uppercase()) {
        // Only capitals divide what no symbol does.
        return text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let snake = regular(text).to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    // Nothing else in a text in lower case says how that one is written.
    let is_oauth = text.contains("OAuth");
    words.map(|word| if is_oauth { word.replacen("oauth", "OAuth", 1) } else { word.to_owned() }).collect()
}

/// Capitalized words. Digits that the text keeps apart stay apart: `1.0` is `1_0`.
fn camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    name
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// A text in which names that capitals divide wrongly are one word: `OAuth`, `IPv4`, `iOS`, and acronyms in the plural.
fn regular(text: &str) -> String {
    let mut text = text.replace("OAuth", "Oauth").replace("IPv", "Ipv");
    for (written, word) in [("oAuth", "oauth"), ("iOS", "ios")] {
        if text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part.starts_with(written)) {
            text = text.replace(written, word);
        }
    }
    capitals_after_digits(&plural_acronyms(&text))
}

/// `2.0User` has the word `User`.
fn capitals_after_digits(text: &str) -> String {
    let mut divided = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        let opens = character.is_ascii_uppercase() && characters.peek().is_some_and(char::is_ascii_lowercase);
        if is_digit(before) && opens {
            divided.push(' ');
        }
        divided.push(character);
        before = character;
    }
    divided
}

/// `userIDs` is `userIds`: two capitals or more and an `s` that ends a word.
fn plural_acronyms(text: &str) -> String {
    let bytes = text.as_bytes();
    let is = |place: usize, test: fn(&u8) -> bool| bytes.get(place).is_some_and(test);
    let mut plain = text.to_owned();
    for (place, _) in text.match_indices('s') {
        let capitals = bytes.iter().take(place).rev().take_while(|byte| byte.is_ascii_uppercase()).count();
        if capitals >= 2 && !is(place + 1, u8::is_ascii_lowercase) {
            let start = place - capitals + 1;
            if let Some(tail) = plain.get_mut(start..place) {
                tail.make_ascii_lowercase();
            }
        }
    }
    plain
}

/// What a part of something is called: the words of the whole, then those of the part, without what the end of the one
/// and the start of the other repeat. `None` where the end of the whole says already all that the part says.
pub(super) fn join(whole: &str, part: &str) -> Option<String> {
    let (whole, part) = (words(whole), words(part));
    if part.is_empty() || whole.ends_with(&part) {
        return None;
    }
    let repeated = (1..part.len()).rev().find(|count| whole.ends_with(part.get(..*count).unwrap_or_default()));
    Some(fit(whole, part.get(repeated.unwrap_or(0)..).unwrap_or_default()))
}

/// The same with every word.
pub(super) fn join_all(whole: &str, part: &str) -> String {
    fit(words(whole), &words(part))
}

/// The words of both. Of what would be too long the first word stays, and of the others those that say most.
fn fit(mut whole: Vec<String>, part: &[String]) -> String {
    let length = |words: &[String]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    while whole.len() > 2 && length(&whole) + length(part) > LONGEST {
        whole.remove(1);
    }
    whole.iter().chain(part).map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::keywords;

    #[test]
    fn texts_become_identifiers() {
        let check = |text: &str, camel: &str, snake: &str| {
            assert_eq!(keywords::escape(&Case::Camel.apply(text)), camel, "{text}");
            assert_eq!(keywords::escape(&Case::Snake.apply(text)), snake, "{text}");
        };
        check("HttpErrorOut", "HttpErrorOut", "http_error_out");
        check("HTTPValidationError", "HttpValidationError", "http_validation_error");
        check("ListResponse_ApplicationOut_", "ListResponseApplicationOut", "list_response_application_out");
        check("idempotency-key", "IdempotencyKey", "idempotency_key");
        check("type", "Type", "type_");
        check("self", "Self_", "self_");
        check("Self", "Self_", "self_");
        check("", "Empty", "empty");
        check(" ", "Space", "space");
        check("3d_secure", "N3dSecure", "n3d_secure");
        check("+1", "Plus1", "plus_1");
        check("-1", "Minus1", "minus_1");
        check("+", "Plus", "plus");
        check(">=", "GreaterEqual", "greater_equal");
        check("*", "Star", "star");
        check("😀", "U1f600", "u1f600");
        check("名前", "U540dU524d", "u540d_u524d");
        check("größe", "Grosse", "grosse");
        check("a/b.c", "ABC", "a_b_c");
        check("Ok", "Ok_", "ok");
        check("$filter", "Filter", "filter");
        check("_", "Underscore", "underscore");
        check("1.0", "N1_0", "n1_0");
        check("gpt-4.1-mini", "Gpt4_1Mini", "gpt_4_1_mini");
        check("2020-08-27", "N2020_08_27", "n2020_08_27");
        check("OAuthToken", "OAuthToken", "oauth_token");
        check("ApiV2Key", "ApiV2Key", "api_v2_key");
        check("IPv4Address", "Ipv4Address", "ipv4_address");
        check("SHA256", "Sha256", "sha256");
        check("iOS", "Ios", "ios");
        check("userIDs", "UserIds", "user_ids");
        check("URLsList", "UrlsList", "urls_list");
        check("oAuth2", "Oauth2", "oauth2");
        check("OauthToken", "OauthToken", "oauth_token");
        check("toAuthorize", "ToAuthorize", "to_authorize");
        check("enterprise:2.0:User", "Enterprise2_0User", "enterprise_2_0_user");
        check("2.0User", "N2_0User", "n2_0_user");
        check("AWSSettings", "AwsSettings", "aws_settings");
    }

    #[test]
    fn symbols_tell_equal_names_apart() {
        let check = |text: &str, expected: &str, with_underscores: &str| {
            assert_eq!(Case::Snake.apply_spelled(text, Underscores::Divide), expected, "{text}");
            assert_eq!(Case::Snake.apply_spelled(text, Underscores::Tell), with_underscores, "{text}");
        };
        check("a-b", "a_minus_b", "a_minus_b");
        check("a_b", "a_b", "a_underscore_b");
        check("_id", "underscore_id", "underscore_id");
        check("exp_!", "exp_bang", "exp_underscore_bang");
        check("!a", "not_a", "not_a");
        check("__", "underscore_underscore", "underscore_underscore");
    }

    #[test]
    fn a_part_repeats_nothing_of_the_whole() {
        let check = |whole: &str, part: &str, expected: Option<&str>| {
            let name = join(whole, part).map(|text| Case::Camel.apply(&text));
            assert_eq!(name.as_deref(), expected, "{whole}, {part}");
        };
        check("Pet", "owner", Some("PetOwner"));
        check("Account", "account_number", Some("AccountNumber"));
        check("PaymentMethod", "method details", Some("PaymentMethodDetails"));
        check("PetOwner", "owner", None);
        check("Pet", "", None);
        let long = "Long".repeat(40);
        check(&format!("First{long}Last"), "end", Some(&format!("First{}LastEnd", "Long".repeat(21))));
    }
}
