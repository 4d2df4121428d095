//! `PATCH /api/v1/tenants/me`.

use crate::{
    extract::{By, From, Json, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{
    body::HttpBody,
    extract::{FromRequest, Request, State},
};
use domain::{auth::Message, tenant::TenantPatch};
use services::Services;

/// The new name, from the body or, as the original took it, from the query.
pub struct NewName(TenantPatch);

impl<S: Send + Sync> FromRequest<S> for NewName {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        // Whatever content type a client names by habit.
        if request.body().is_end_stream() {
            let mut query = Query::of(request.uri().query().unwrap_or_default());
            let name = query.text("name");
            query.check([])?;
            if let Some(name) = name {
                return Ok(Self(TenantPatch { name }));
            }
        }
        Json::from_request(request, state).await.map(|Json(patch)| Self(patch))
    }
}

/// Renames the company. Owners only.
///
/// The name comes in the body, or, as the original took it, in the query without a body.
#[utoipa::path(
    patch, path = "/api/v1/tenants/me", tag = "tenants",
    params(("name" = Option<String>, Query, description = "The original's way: instead of a body, beside which it is ignored")),
    request_body = Option<TenantPatch>,
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Tenant updated successfully"})), Unauthenticated, Denied, Invalid)
)]
pub async fn rename(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    NewName(patch): NewName,
) -> Result<axum::Json<Message>, Problem> {
    services::tenants::rename(&services, &caller, patch, &client).await?;
    Ok(axum::Json(Message::new("Tenant updated successfully")))
}
