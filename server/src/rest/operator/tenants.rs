//! `GET /api/v1/operator/tenants`.

use crate::{
    extract::{ByOperator, Query},
    openapi::refusals::{Invalid, NotFound, OperatorDenied, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{
    Plan, TenantId,
    operator::{CompaniesPage, CompaniesQuery, PAGE},
};
use services::{Services, operator::area};

/// The companies, the newest first. Operators.
///
/// `search` is a part of the name, an id, or the address of somebody in the company.
#[utoipa::path(
    get, path = "/api/v1/operator/tenants", tag = "operator",
    params(
        ("search" = Option<String>, Query, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", description = "Part of a name, id, or e-mail"),
        ("plan" = Option<Plan>, Query, description = "Only this plan"),
        ("suspended" = Option<bool>, Query, description = "Only suspended ones, or only the others"),
        ("cursor" = Option<TenantId>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50"),
    ),
    responses((status = 200, description = "A page", body = CompaniesPage), Unauthenticated, OperatorDenied, NotFound, Invalid)
)]
pub async fn tenants(
    State(services): State<Services>,
    ByOperator(operator): ByOperator,
    mut query: Query,
) -> Result<Json<CompaniesPage>, Problem> {
    let question = CompaniesQuery {
        search: query.text("search"),
        plan: query.word("plan"),
        suspended: query.flag("suspended"),
        cursor: query.id("cursor"),
        limit: query.number("limit").unwrap_or(PAGE),
    };
    query.check([])?;
    Ok(Json(area::companies(&services, &operator, &question).await?))
}
