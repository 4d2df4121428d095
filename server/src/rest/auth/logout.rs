//! `POST /api/v1/auth/logout`.

use crate::{
    extract::{By, From},
    openapi::refusals::Unauthenticated,
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::auth::Message;
use services::Services;

/// Signs the person out everywhere.
///
/// Every refresh token of theirs is revoked; access tokens die within a second.
#[utoipa::path(
    post, path = "/api/v1/auth/logout", tag = "auth",
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Logged out successfully"})), Unauthenticated)
)]
pub async fn logout(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<Json<Message>, Problem> {
    services::accounts::logout(&services, &caller, &client).await?;
    Ok(Json(Message::new("Logged out successfully")))
}
