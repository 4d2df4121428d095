//! `POST /api/v1/auth/switch`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::TokenPair, team::SwitchRequest};
use services::Services;

/// Goes to work in another company of the same person: a pair for it, and the present token ends.
///
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    post, path = "/api/v1/auth/switch", tag = "auth",
    request_body = SwitchRequest,
    responses((status = 200, description = "A pair that works there", body = TokenPair), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn switch(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<SwitchRequest>,
) -> Result<axum::Json<TokenPair>, Problem> {
    let pair = services::companies::switch_for_api(&services, &caller, &request, &client).await?;
    Ok(axum::Json(pair))
}
