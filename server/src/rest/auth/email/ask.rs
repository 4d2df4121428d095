//! `POST /api/v1/auth/email/verification`.

use crate::{
    extract::{By, From},
    openapi::refusals::{Conflict, Denied, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::auth::Message;
use http::StatusCode;
use services::Services;

/// Sends the caller a letter that proves the address.
///
/// 409 when it is proven already.
#[utoipa::path(
    post, path = "/api/v1/auth/email/verification", tag = "auth", operation_id = "auth_ask_for_verification",
    responses((status = 202, description = "A letter is on its way", body = Message, example = json!({"message": "A letter is on its way"})), Unauthenticated, Denied, Conflict, TooMany)
)]
pub async fn ask(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<(StatusCode, Json<Message>), Problem> {
    services::people::ask_for_verification(&services, &caller, &client).await?;
    Ok((StatusCode::ACCEPTED, Json(Message::new("A letter is on its way"))))
}
