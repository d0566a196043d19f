//! Statuses in words.

use crate::ir::StatusKey;

/// What HTTP calls a status: `NotFound`. A status without a name keeps its number.
pub(super) fn status_name(status: StatusKey) -> String {
    let code = match status {
        StatusKey::Exact(code) => code,
        StatusKey::Range(1) => return "Informational".to_owned(),
        StatusKey::Range(2) => return "Success".to_owned(),
        StatusKey::Range(3) => return "Redirection".to_owned(),
        StatusKey::Range(4) => return "ClientError".to_owned(),
        StatusKey::Range(_) => return "ServerError".to_owned(),
        StatusKey::Default => return "Default".to_owned(),
    };
    match REASONS.binary_search_by_key(&code, |(code, _)| *code) {
        Ok(found) => REASONS[found].1.to_owned(),
        Err(_) => format!("Status{code}"),
    }
}

/// The registry of HTTP statuses, without the spaces.
const REASONS: [(u16, &str); 62] = [
    (100, "Continue"),
    (101, "SwitchingProtocols"),
    (102, "Processing"),
    (103, "EarlyHints"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (226, "ImUsed"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (305, "UseProxy"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (418, "ImATeapot"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (506, "VariantAlsoNegotiates"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (510, "NotExtended"),
    (511, "NetworkAuthenticationRequired"),
];

/// What a media type is called among others of one body: `form`, `text`, `csv`, `vnd.api`.
pub(super) fn media_words(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        (_, "x-www-form-urlencoded") => "form".to_owned(),
        (_, "form-data") => "multipart".to_owned(),
        (_, "octet-stream") => "binary".to_owned(),
        (_, "plain") => "text".to_owned(),
        (_, "event-stream") => "events".to_owned(),
        (_, "x-ndjson" | "ndjson" | "jsonl") => "lines".to_owned(),
        ("*", "*") => "other".to_owned(),
        (kind, "*") => kind.to_owned(),
        ("image" | "audio" | "video" | "font", _) => format!("{kind} {subtype}"),
        (_, subtype) => subtype.trim_start_matches("x-").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_sorted_and_unique() {
        assert!(REASONS.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn a_media_type_has_a_short_name() {
        let check = |media, expected: &str| assert_eq!(media_words(media), expected, "{media}");
        check("application/json", "json");
        check("text/plain; charset=utf-8", "text");
        check("application/x-www-form-urlencoded", "form");
        check("image/*", "image");
        check("image/png", "image png");
        check("application/vnd.api+json", "vnd.api+json");
    }
}
