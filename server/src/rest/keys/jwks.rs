//! `GET /.well-known/jwks.json`.

use axum::{Json, extract::State, response::IntoResponse};
use domain::auth::PublicKeys;
use http::header;
use services::Services;

/// The public keys that verify our tokens (RFC 7517).
///
/// Empty while tokens are signed with a secret key (HS256). May be kept for five minutes: read it again when a token
/// names a `kid` that is not in it.
#[utoipa::path(
    get, path = "/.well-known/jwks.json", tag = "auth", security(()),
    responses((status = 200, description = "A JSON Web Key Set", body = PublicKeys))
)]
pub async fn jwks(State(services): State<Services>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(services.tokens.public_keys()))
}
