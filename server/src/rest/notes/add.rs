//! `POST /api/v1/products/{product_id}/notes`.

use crate::{
    extract::{By, From, Id, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    ApiError, ProductId,
    ordering::{NewNote, Note},
};
use http::StatusCode;
use services::Services;

/// Writes a note on a product. Owners, admins and users.
///
/// Everybody in the company reads it. Spaces around it are left out.
#[utoipa::path(
    post, path = "/api/v1/products/{product_id}/notes", tag = "products", operation_id = "add_note",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    request_body = NewNote,
    responses((status = 201, description = "Written", body = Note), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn add(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<ProductId>,
    Json(note): Json<NewNote>,
) -> Result<(StatusCode, axum::Json<Note>), Problem> {
    let note = services::notes::add(&services, &caller, id, note, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(note.ok_or_else(|| ApiError::not_found("product"))?)))
}
