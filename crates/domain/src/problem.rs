//! The one error shape: `application/problem+json` (RFC 9457) that also carries `FastAPI`'s `detail`.

use crate::plan::LimitReached;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a request was refused, as a word that programs can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 422: the body or query does not parse or fails validation; `errors` says where.
    ValidationError,
    /// 401: no token, or one that is bad, expired, of the wrong type or revoked.
    AuthenticationError,
    /// 401: the password was right, a second factor is needed.
    SecondFactorRequired,
    /// 403: the role is too low, or the request has no same-origin proof.
    PermissionDenied,
    /// 403: this person's account is disabled.
    AccountDisabled,
    /// 403: the tenant is suspended.
    TenantSuspended,
    /// 403: registration, or the demo, is closed on this installation.
    Closed,
    /// 403: an API key asked for what only a signed-in person may do.
    PersonRequired,
    /// 403: the invitation names another e-mail address.
    InvitedAnother,
    /// 403: the company's plan has no room for more; `limit` says which limit and what would lift it.
    PlanLimit,
    /// 404: not there, or another tenant's.
    NotFound,
    /// 405: the path exists, the method doesn't.
    MethodNotAllowed,
    /// 406: no such representation.
    NotAcceptable,
    /// 409: it contradicts what is there (an e-mail that is taken).
    Conflict,
    /// 409: the company would be left without an owner.
    LastOwner,
    /// 413: the body is over the limit.
    PayloadTooLarge,
    /// 415: the content type is not one we read.
    UnsupportedMediaType,
    /// 429: too many; `Retry-After` says when.
    RateLimited,
    /// 502: the marketplace failed; our request was fine.
    MarketplaceError,
    /// 503: the database is away; `Retry-After` says when to ask again.
    Unavailable,
    /// 500: ours; the log has the chain under the same request id.
    InternalError,
}

impl ErrorCode {
    /// The HTTP status that goes with the code.
    pub const fn status(self) -> u16 {
        match self {
            Self::ValidationError => 422,
            Self::AuthenticationError | Self::SecondFactorRequired => 401,
            Self::PermissionDenied
            | Self::AccountDisabled
            | Self::TenantSuspended
            | Self::Closed
            | Self::PersonRequired
            | Self::InvitedAnother
            | Self::PlanLimit => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable => 406,
            Self::Conflict | Self::LastOwner => 409,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::RateLimited => 429,
            Self::MarketplaceError => 502,
            Self::Unavailable => 503,
            Self::InternalError => 500,
        }
    }

    /// The status's own phrase (RFC 9110): the title of a problem of type `about:blank`.
    pub const fn title(self) -> &'static str {
        match self.status() {
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            406 => "Not Acceptable",
            409 => "Conflict",
            413 => "Content Too Large",
            415 => "Unsupported Media Type",
            422 => "Unprocessable Content",
            429 => "Too Many Requests",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            _ => "Internal Server Error",
        }
    }
}

/// One mistake in a request: where it is, which rule, and what to do about it in English.
///
/// Never holds the submitted value: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The way to the place: `["body","password"]`, `["query","page"]`.
    #[cfg_attr(feature = "openapi", schema(example = json!(["body", "password"])))]
    pub loc: Vec<String>,
    /// The rule as a word, the key of the interface's translations: `too_short`, `missing`.
    pub code: String,
    /// What is wrong and what would be right.
    pub msg: String,
}

impl FieldError {
    /// A mistake in a field of the body.
    pub fn body(field: &str, code: &str, msg: impl Into<String>) -> Self {
        Self { loc: vec!["body".into(), field.into()], code: code.into(), msg: msg.into() }
    }

    /// A mistake in a parameter of the query.
    pub fn query(name: &str, code: &str, msg: impl Into<String>) -> Self {
        Self { loc: vec!["query".into(), name.into()], code: code.into(), msg: msg.into() }
    }

    /// The field's name, the last part of the way.
    pub fn field(&self) -> &str {
        self.loc.last().map_or("", String::as_str)
    }
}

/// What a client is told when a request fails, by either door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiError {
    /// Always `about:blank`: the code says more than a page would.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status's phrase.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One English sentence that says what to do; never an exception's text.
    pub detail: String,
    /// The reason as a word.
    pub code: ErrorCode,
    /// The id under which the log has the whole story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The places, only with 422.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Seconds after which another try makes sense (429, 503); also in the `Retry-After` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The limit of the company's plan that was reached (`plan_limit`, and `rate_limited` where a plan sets the pace).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitReached>,
}

impl ApiError {
    /// An error with this code and this sentence.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: code.title().into(),
            status: code.status(),
            detail: detail.into(),
            code,
            request_id: None,
            errors: Vec::new(),
            retry_after: None,
            limit: None,
        }
    }

    /// 422 with its places.
    pub fn validation(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{}: {}", one.field(), one.msg),
            many => format!("{} fields need attention.", many.len()),
        };
        Self { errors, ..Self::new(ErrorCode::ValidationError, detail) }
    }

    /// 401 with one sentence for every cause, so that none can be told from another.
    pub fn unauthenticated() -> Self {
        Self::new(ErrorCode::AuthenticationError, "Sign in: no valid token came with the request.")
    }

    /// 403 for a role that is too low.
    pub fn denied() -> Self {
        Self::new(ErrorCode::PermissionDenied, "Your role does not allow this.")
    }

    /// 403 for an API key where a person is wanted.
    pub fn person_required() -> Self {
        Self::new(
            ErrorCode::PersonRequired,
            "An API key can't do this: a person has to sign in and do it.",
        )
    }

    /// 409: somebody has to own the company.
    pub fn last_owner() -> Self {
        Self::new(
            ErrorCode::LastOwner,
            "This is the company's last owner: make somebody else an owner first.",
        )
    }

    /// 404, also for what belongs to another tenant.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// 500 with nothing in it.
    pub fn internal() -> Self {
        Self::new(
            ErrorCode::InternalError,
            "Something failed on our side. The request id finds it in the log.",
        )
    }

    /// 503: the database is away.
    pub fn unavailable() -> Self {
        Self {
            retry_after: Some(2),
            ..Self::new(ErrorCode::Unavailable, "The database can't be reached. Try again shortly.")
        }
    }

    /// 429, and when to come again.
    pub fn rate_limited(detail: impl Into<String>, retry_after_s: u32) -> Self {
        Self { retry_after: Some(retry_after_s), ..Self::new(ErrorCode::RateLimited, detail) }
    }

    /// 403 for something that the plan has no room for.
    pub fn plan_limit(limit: LimitReached) -> Self {
        Self { limit: Some(limit), ..Self::new(ErrorCode::PlanLimit, limit.to_string()) }
    }

    /// 429 for a pace that the plan does not allow, and when to come again.
    pub fn plan_pace(limit: LimitReached, retry_after_s: u32) -> Self {
        Self { limit: Some(limit), ..Self::rate_limited(limit.to_string(), retry_after_s) }
    }

    /// The mistake of a field, if it has one.
    pub fn field(&self, name: &str) -> Option<&FieldError> {
        self.errors.iter().find(|error| error.field() == name)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_client_finds_detail_and_a_new_one_finds_the_rest() {
        let error = ApiError::validation(vec![FieldError::body(
            "password",
            "too_short",
            "use 8 characters or more",
        )]);
        let json = serde_json::to_value(&error).unwrap_or_default();
        assert_eq!(json["detail"], "password: use 8 characters or more");
        assert_eq!(json["errors"][0]["loc"], serde_json::json!(["body", "password"]));
        assert_eq!(json["status"], 422);
        assert_eq!(json["code"], "validation_error");
        assert!(json.get("request_id").is_none());
        assert_eq!(serde_json::from_value::<ApiError>(json).ok(), Some(error));
    }
}
