//! The errors of the contract as the document has them: one component a status, referred to by every operation.

use crate::problem;
use domain::ApiError;
use http::StatusCode;
use serde_json::{Value, json};

/// Status, the component's name, what it means.
const STANDARD: [(&str, &str, &str); 10] = [
    ("401", "Unauthenticated", "No valid token (`authentication_error`)"),
    (
        "403",
        "Denied",
        "The role is too low or the request came from another site (`permission_denied`), the person or company is \
         disabled (`account_disabled`, `tenant_suspended`), the plan holds no more (`plan_limit`), or an API key asked \
         for what needs a person (`person_required`)",
    ),
    ("404", "NotFound", "Not there, or another company's (`not_found`)"),
    ("409", "Conflict", "It is taken (`conflict`)"),
    ("413", "TooLarge", "The body is over the limit (`payload_too_large`)"),
    (
        "415",
        "UnsupportedMediaType",
        "The body is of another content type (`unsupported_media_type`)",
    ),
    (
        "422",
        "Invalid",
        "The request does not parse or breaks a rule; `errors` says where (`validation_error`)",
    ),
    ("429", "TooMany", "Too many; `Retry-After` says when to come again (`rate_limited`)"),
    (
        "500",
        "Internal",
        "Something failed on our side; the request id finds it in the log (`internal_error`)",
    ),
    (
        "503",
        "Unavailable",
        "The database is away; `Retry-After` says when to ask again (`unavailable`)",
    ),
];

const MEDIA_TYPE: &str = "application/problem+json";

/// Adds a component for each status.
pub fn add_components(document: &mut Value) {
    for (status, name, text) in STANDARD {
        document["components"]["responses"][name] = json!({
            "description": text,
            "headers": headers(status),
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ApiError"}, "example": example(status)},
            },
        });
    }
}

/// A reference to the component of this status, if it has one.
pub fn component(status: &str) -> Option<Value> {
    let (_, name, _) = STANDARD.iter().find(|(s, ..)| *s == status)?;
    Some(json!({"$ref": format!("#/components/responses/{name}")}))
}

/// Whether an operation says no more of this status than the component does.
pub fn is_standard(status: &str, response: &Value) -> bool {
    let text = response["description"].as_str().unwrap_or_default();
    let is_problem =
        response["content"][MEDIA_TYPE]["schema"]["$ref"] == "#/components/schemas/ApiError";
    let component = super::refusals::text_of(status);
    is_problem && (text.is_empty() || component.is_some_and(|component| component == text))
}

/// Words for a status that has none.
pub fn description(status: &str) -> &'static str {
    match STANDARD.iter().find(|(s, ..)| *s == status) {
        Some((.., text)) => text,
        None if status.starts_with('2') => "Done",
        None => "Refused",
    }
}

/// Errors are problem documents, whatever an operation's own description calls them.
pub fn right_type(response: &mut Value) {
    let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else { return };
    let is_error = |media: &Value| media["schema"]["$ref"] == "#/components/schemas/ApiError";
    if content.get("application/json").is_some_and(is_error)
        && let Some(media) = content.remove("application/json")
    {
        content.insert(MEDIA_TYPE.into(), media);
    }
}

fn headers(status: &str) -> Value {
    let mut headers = json!({
        "X-Request-Id": {"description": "The id of the log's line", "schema": {"type": "string"}},
    });
    match status {
        "401" => {
            headers["WWW-Authenticate"] =
                json!({"description": "`Bearer`", "schema": {"type": "string"}});
        }
        "429" | "503" => {
            headers["Retry-After"] =
                json!({"description": "Seconds", "schema": {"type": "integer"}});
        }
        _ => {}
    }
    headers
}

/// The error as it is answered.
fn example(status: &str) -> Value {
    let error = match status {
        "403" => ApiError::denied(),
        "404" => ApiError::not_found("product"),
        "409" => ApiError::new(
            domain::ErrorCode::Conflict,
            "This e-mail has an account. Sign in with it.",
        ),
        "422" => ApiError::validation(vec![domain::FieldError::body(
            "password",
            "too_short",
            "use 8 characters or more",
        )]),
        _ => {
            let status = status.parse().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            problem::of_status(status)
        }
    };
    let request_id = Some("01997f3ae0b17a5c8d3f2b6c4e9a1d70".to_owned());
    serde_json::to_value(ApiError { request_id, ..error }).unwrap_or_default()
}
