//! `POST /api/v1/auth/email/verify`.

use crate::{
    extract::{From, Json},
    openapi::refusals::Invalid,
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::Message, person::EmailProof};
use services::Services;

/// Proves an address by the link of a letter.
///
/// 422 at `token` when the link was used, replaced or is older than three days.
#[utoipa::path(
    post, path = "/api/v1/auth/email/verify", tag = "auth", operation_id = "auth_verify_email", security(()),
    request_body = EmailProof,
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Address confirmed"})), Invalid)
)]
pub async fn verify(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<EmailProof>,
) -> Result<axum::Json<Message>, Problem> {
    services::people::verify_email(&services, request, &client).await?;
    Ok(axum::Json(Message::new("Address confirmed")))
}
