//! A JSON body: content type, size, syntax, fields, each with an error of its own (415, 413, 422).

use super::mistakes;
use crate::problem::{self, Problem};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::{ApiError, FieldError};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

/// The body, read strictly.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into());
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|refusal| Problem::from(problem::of_status(refusal.status())))?;
        read(&bytes).map(Self).map_err(|mistake| ApiError::validation(vec![mistake]).into())
    }
}

/// `application/json` and its relatives (`application/merge-patch+json`), with or without parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(text)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Reads a body, or says where it is wrong.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, FieldError> {
    if bytes.is_empty() {
        return Err(mistakes::at(&[], "missing", "send a JSON object".into()));
    }
    // serde would take `["a@b.c", "…"]` for the fields in their order.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(mistakes::at(&[], "wrong_type", "expected a JSON object".into()));
    }
    if let Some(place) = mistakes::nul(bytes) {
        return Err(place);
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| mistakes::of_json(error.path(), error.inner()))?;
    reader.end().map_err(|error| mistakes::syntax(&error))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::auth::RegisterRequest;

    #[test]
    fn every_mistake_has_a_place_and_no_value() {
        for (body, loc, code) in [
            ("", "body", "missing"),
            ("{", "body", "json_invalid"),
            ("[]", "body", "wrong_type"),
            (r#" ["a@b.c","p5512345","x"]"#, "body", "wrong_type"),
            (r#"{"email":"a@b.c"}"#, "body/password", "missing"),
            (
                r#"{"email":"a@b.c","password":5512345,"company_name":"x"}"#,
                "body/password",
                "wrong_type",
            ),
            (
                r#"{"email":"a@b.c","password":"p5512345","company_name":"x","role":"owner"}"#,
                "body/role",
                "unknown_field",
            ),
            (
                r#"{"email":"a@b.c","email":"5512345","password":"p","company_name":"x"}"#,
                "body/email",
                "duplicate_field",
            ),
            (
                r#"{"email":"a@b.c","password":"p","company_name":"x","marketplace_type":"5512345"}"#,
                "body/marketplace_type",
                "unknown_value",
            ),
            (
                r#"{"email":"a@b.c","password":"p\u0000","company_name":"x"}"#,
                "body/password",
                "control_character",
            ),
            (
                r#"{"email":"a@b.c","password":"p","company_name":"x"} 5512345"#,
                "body",
                "json_invalid",
            ),
        ] {
            let mistake = read::<RegisterRequest>(body.as_bytes()).unwrap_err();
            assert_eq!(
                (mistake.loc.join("/").as_str(), mistake.code.as_str()),
                (loc, code),
                "{body}"
            );
            assert!(!mistake.msg.contains("5512345"), "{}", mistake.msg);
        }
    }

    #[test]
    fn an_escaped_backslash_before_u0000_is_no_nul() {
        let body = br#"{"email":"a@b.c","password":"p\\u0000","company_name":"x"}"#;
        assert!(read::<RegisterRequest>(body).is_ok());
    }
}
