//! The operators' area. For anybody but an operator none of this is there.
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    Plan, SyncRunId, TenantId,
    operator::{
        CompaniesPage, CompanyDetail, Installation, OperatorLog, OperatorSyncs, QuarantinePage,
        RunState,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::door::Door,
    domain::{
        ApiError,
        operator::{CompaniesQuery, CompanyPatch, PAGE, RunsQuery},
    },
    services::operator::area,
};

/// An empty field of a form is an absent one.
#[cfg(feature = "ssr")]
fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// How the installation is.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/overview", tag = "dashboard",
    responses((status = 200, body = Installation), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/overview", input = GetUrl)]
pub async fn overview() -> Result<Installation, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    door.answer(area::overview(&door.services, &operator).await)
}

/// A page of companies, the newest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/tenants", tag = "dashboard",
    params(
        ("search" = Option<String>, Query), ("plan" = Option<Plan>, Query),
        ("suspended" = Option<bool>, Query), ("cursor" = Option<TenantId>, Query),
    ),
    responses((status = 200, body = CompaniesPage), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/tenants", input = GetUrl)]
pub async fn tenants(
    search: Option<String>,
    plan: Option<Plan>,
    suspended: Option<bool>,
    cursor: Option<TenantId>,
) -> Result<CompaniesPage, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let search = given(search);
    let query = CompaniesQuery { search, plan, suspended, cursor, ..CompaniesQuery::default() };
    door.answer(area::companies(&door.services, &operator, &query).await)
}

/// A company with its shops and what failed lately.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/tenant", tag = "dashboard", params(("id" = TenantId, Query)),
    responses((status = 200, body = CompanyDetail), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/tenant", input = GetUrl)]
pub async fn tenant(id: TenantId) -> Result<CompanyDetail, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    door.found(area::company(&door.services, &operator, id).await, "company")
}

/// Another plan; suspended or working again. An absent field stays.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/operator/change_tenant", tag = "dashboard",
    request_body(content = CompanyPatch, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/change_tenant")]
pub async fn change_tenant(
    id: TenantId,
    plan: Option<Plan>,
    suspended: Option<bool>,
) -> Result<(), Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let patch = CompanyPatch { plan, suspended };
    let changed = area::change_company(&door.services, &operator, id, &patch).await;
    let changed = changed.and_then(|found| match found {
        Some(_) => Ok(()),
        None => Err(ApiError::not_found("company").into()),
    });
    door.answer_form(&format!("/operator/tenants/{id}"), &[], changed)
}

/// A page of syncs, the latest asked for first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/syncs", tag = "dashboard",
    params(
        ("state" = Option<RunState>, Query), ("tenant" = Option<TenantId>, Query),
        ("cursor" = Option<SyncRunId>, Query),
    ),
    responses((status = 200, body = OperatorSyncs), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/syncs", input = GetUrl)]
pub async fn syncs(
    state: Option<RunState>,
    tenant: Option<TenantId>,
    cursor: Option<SyncRunId>,
) -> Result<OperatorSyncs, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let state = state.unwrap_or_default();
    let query = RunsQuery { state, tenant, cursor, ..RunsQuery::default() };
    door.answer(area::runs(&door.services, &operator, &query).await)
}

/// Has a sync tried again at once.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/operator/run_again", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/run_again")]
pub async fn run_again(id: SyncRunId) -> Result<(), Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let done = area::run_again(&door.services, &operator, id).await;
    door.answer_form(&door.came_from(), &[], there(done))
}

/// Ends a sync that is not over.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/operator/set_aside", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/set_aside")]
pub async fn set_aside(id: SyncRunId) -> Result<(), Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let done = area::set_aside(&door.services, &operator, id).await;
    door.answer_form(&door.came_from(), &[], there(done))
}

#[cfg(feature = "ssr")]
fn there(outcome: Result<bool, services::Error>) -> Result<(), services::Error> {
    outcome.and_then(|done| match done {
        true => Ok(()),
        false => Err(ApiError::not_found("sync that waits for this").into()),
    })
}

/// A page of rows that could not be read, the one that came last first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/quarantine", tag = "dashboard",
    params(("tenant" = Option<TenantId>, Query), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = QuarantinePage), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/quarantine", input = GetUrl)]
pub async fn quarantine(
    tenant: Option<TenantId>,
    cursor: Option<String>,
) -> Result<QuarantinePage, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    let cursor = given(cursor);
    let page = area::quarantine(&door.services, &operator, tenant, cursor.as_deref(), PAGE).await;
    door.answer(page)
}

/// A page of what operators looked at and did, the latest first.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/operator/log", tag = "dashboard", params(("cursor" = Option<i64>, Query)),
    responses((status = 200, body = OperatorLog), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "operator/log", input = GetUrl)]
pub async fn log(cursor: Option<i64>) -> Result<OperatorLog, Failure> {
    let (door, operator) = Door::enter_operator().await?;
    door.answer(area::log(&door.services, &operator, cursor, PAGE).await)
}
