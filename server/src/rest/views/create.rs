//! `POST /api/v1/views`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::catalogue::{NewView, View};
use http::StatusCode;
use services::Services;

/// Saves a view of the product list by a name. Everybody but viewers.
///
/// An API key saves shared ones only: it has no own.
#[utoipa::path(
    post, path = "/api/v1/views", tag = "views",
    request_body = NewView,
    responses((status = 201, description = "The view", body = View), Unauthenticated, Denied, Conflict, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewView>,
) -> Result<(StatusCode, axum::Json<View>), Problem> {
    let made = services::views::create(&services, &caller, &request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}
