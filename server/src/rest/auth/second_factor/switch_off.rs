//! `POST /api/v1/auth/second-factor/disable`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::Message, person::BothProofs};
use services::{Services, people::second_factor};

/// Takes the second factor away.
///
/// Wants the password and a code, or a recovery code. A `POST`, because many clients send no body with `DELETE`.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor/disable", tag = "auth", operation_id = "auth_switch_off_second_factor",
    request_body = BothProofs,
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Second factor disabled"})), Unauthenticated, Denied, Conflict, Invalid, TooMany)
)]
pub async fn switch_off(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<BothProofs>,
) -> Result<axum::Json<Message>, Problem> {
    second_factor::switch_off(&services, &caller, request, &client).await?;
    Ok(axum::Json(Message::new("Second factor disabled")))
}
