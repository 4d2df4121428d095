//! `GET /api/v1/operator/tenants/{tenant_id}`.

use crate::{
    extract::{ByOperator, Id},
    openapi::refusals::{NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, TenantId, operator::CompanyDetail};
use services::{Services, operator::area};

/// A company with its shops and what failed lately, without keys. Operators.
///
/// That it was looked at stands in the operators' log and in the company's own.
#[utoipa::path(
    get, path = "/api/v1/operator/tenants/{tenant_id}", tag = "operator",
    params(("tenant_id" = TenantId, Path, description = "The company")),
    responses((status = 200, description = "The company", body = CompanyDetail), Unauthenticated, OperatorDenied, NotFound)
)]
pub async fn tenant(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    Id(id): Id<TenantId>,
) -> Result<Json<CompanyDetail>, Problem> {
    let found = area::company(&services, &operator, id).await?;
    Ok(Json(found.ok_or_else(|| ApiError::not_found("company"))?))
}
