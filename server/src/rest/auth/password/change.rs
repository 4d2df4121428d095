//! `POST /api/v1/auth/password`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::Message, person::PasswordChange};
use services::Services;

/// Changes the caller's password.
///
/// Every other sign-in of the person ends, families of refresh tokens included; the one that asks goes on.
/// A wrong present password is 422 at `current_password`, and slowed down like a wrong sign-in.
#[utoipa::path(
    post, path = "/api/v1/auth/password", tag = "auth", operation_id = "auth_change_password",
    request_body = PasswordChange,
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Password changed"})), Unauthenticated, Denied, Invalid, TooMany)
)]
pub async fn change(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<PasswordChange>,
) -> Result<axum::Json<Message>, Problem> {
    services::people::change_password(&services, &caller, request, &client).await?;
    Ok(axum::Json(Message::new("Password changed")))
}
