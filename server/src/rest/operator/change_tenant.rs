//! `PATCH /api/v1/operator/tenants/{tenant_id}`.

use crate::{
    extract::{ByOperator, Id, Json},
    openapi::refusals::{Invalid, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    ApiError, TenantId,
    operator::{CompanyPatch, OperatorCompany},
};
use services::{Services, operator::area};

/// Gives a company another plan, suspends it, or lets it work again. Operators.
///
/// Nobody of a suspended company is let in, on any server within a second; its data stays.
#[utoipa::path(
    patch, path = "/api/v1/operator/tenants/{tenant_id}", tag = "operator",
    params(("tenant_id" = TenantId, Path, description = "The company")),
    request_body = CompanyPatch,
    responses((status = 200, description = "The company as it is now", body = OperatorCompany), Unauthenticated, OperatorDenied, NotFound, Invalid)
)]
pub async fn change_tenant(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    Id(id): Id<TenantId>,
    Json(patch): Json<CompanyPatch>,
) -> Result<axum::Json<OperatorCompany>, Problem> {
    let changed = area::change_company(&services, &operator, id, &patch).await?;
    Ok(axum::Json(changed.ok_or_else(|| ApiError::not_found("company"))?))
}
