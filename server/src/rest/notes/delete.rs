//! `DELETE /api/v1/notes/{note_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, NoteId};
use http::StatusCode;
use services::Services;

/// Takes a note away. Its author, owners and admins.
///
/// The audit log keeps that it was there, not what it said.
#[utoipa::path(
    delete, path = "/api/v1/notes/{note_id}", tag = "products", operation_id = "delete_note",
    params(("note_id" = NoteId, Path, description = "`id` of the note")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, NotFound)
)]
pub async fn delete(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<NoteId>,
) -> Result<StatusCode, Problem> {
    if services::notes::delete(&services, &caller, id, &client).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("note").into())
    }
}
