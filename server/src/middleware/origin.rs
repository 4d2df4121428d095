//! A browser sends its cookie along with whatever another site makes it send. So what changes
//! something and is vouched for by a cookie must prove that it comes from our own pages. The proof's
//! rule is `services::access::same_origin`; here is only said who owes one.

use axum::extract::Request;
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderName, header};
use services::{Services, access};

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what another site sent in our user's name.
pub fn prove(services: &Services, request: &Request) -> Result<(), ApiError> {
    let public_url = &services.settings.public_url;
    if !owes_proof(request.uri().path(), request.headers())
        || access::same_origin(request.method(), request.headers(), public_url)
    {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::PermissionDenied,
        "This came from another site. Use the dashboard's own pages, or a bearer token.",
    ))
}

/// Who has a cookie; and any browser at the dashboard's functions, since they set cookies: another
/// site could sign its visitor in as somebody else. A program without either owes nothing.
fn owes_proof(path: &str, headers: &HeaderMap) -> bool {
    let is_browser = headers.contains_key(&FETCH_SITE) || headers.contains_key(header::ORIGIN);
    headers.contains_key(header::COOKIE) || (path.starts_with("/api/fn/") && is_browser)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn programs_owe_no_proof_and_browsers_do() {
        let (rest, function) = ("/api/v1/auth/login", "/api/fn/accounts/login");
        for (path, name, owes) in [
            (rest, "cookie", true),
            (rest, "origin", false),
            (rest, "user-agent", false),
            (function, "cookie", true),
            (function, "origin", true),
            (function, "sec-fetch-site", true),
            (function, "user-agent", false),
        ] {
            let name = HeaderName::from_static(name);
            let headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_static("x"))]);
            assert_eq!(owes_proof(path, &headers), owes, "{path} {name}");
        }
    }
}
