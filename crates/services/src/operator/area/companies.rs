//! Companies page by page, and one of them.

use super::{Operator, looked, looked_at, note, page, runs::sync};
use crate::{Services, audit::Action, error::Result};
use domain::{
    ApiError, TenantId,
    operator::{
        CompaniesPage, CompaniesQuery, CompanyDetail, OperatorCompany, OperatorShop, RunState,
        check_limit,
    },
    validation,
};
use serde_json::json;
use store::{CompanyName, CompanySize, Reason, ShopState};

/// Names read at once while one is searched for.
const BATCH: i64 = 1000;

/// Failed syncs beside a company.
const FAILED: i64 = 10;

/// A page of companies, the newest first. 422 for a limit beyond the rule.
pub async fn companies(
    services: &Services,
    operator: &Operator,
    query: &CompaniesQuery,
) -> Result<CompaniesPage> {
    let errors = check_limit(query.limit);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let details = json!({ "page": "tenants", "search": query.search.is_some() });
    looked(services, operator, details).await?;
    let names = names(services, query).await?;
    let (names, next_cursor) = page(names, query.limit, |name| name.id);
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let mut items = Vec::with_capacity(names.len());
    for name in names {
        // Removed a moment ago: it is not there.
        items.extend(tx.company_size(name.id).await?.map(shown));
    }
    tx.commit().await?;
    Ok(CompaniesPage { items, next_cursor })
}

/// One more than a page of those that are meant. Names are compared here: the engines fold only ASCII alike.
async fn names(services: &Services, query: &CompaniesQuery) -> Result<Vec<CompanyName>> {
    let wanted = query.limit as usize + 1;
    let search = query.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let of_person = match search.filter(|search| search.contains('@')) {
        Some(email) => tx.companies_by_email(&validation::email_key(email)).await?,
        None => Vec::new(),
    };
    let needle = search.map(str::to_lowercase);
    let id = search.and_then(|search| search.parse::<TenantId>().ok());
    let is_meant = |company: &CompanyName| {
        needle.as_ref().is_none_or(|needle| {
            Some(company.id) == id
                || of_person.contains(&company.id)
                || company.name.to_lowercase().contains(needle)
        })
    };
    let batch = if needle.is_some() { BATCH } else { i64::try_from(wanted).unwrap_or(BATCH) };
    let (mut found, mut after) = (Vec::new(), query.cursor);
    loop {
        let active = query.suspended.map(|suspended| !suspended);
        let some = tx.company_names(after, query.plan, active, batch).await?;
        let is_last = some.len() < usize::try_from(batch).unwrap_or(usize::MAX);
        after = some.last().map(|company| company.id);
        found.extend(some.into_iter().filter(is_meant));
        if is_last || found.len() >= wanted {
            break;
        }
    }
    tx.commit().await?;
    found.truncate(wanted);
    Ok(found)
}

/// A company with its shops and what failed lately. `None`: there is no such company.
pub async fn company(
    services: &Services,
    operator: &Operator,
    tenant: TenantId,
) -> Result<Option<CompanyDetail>> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    if tx.company_size(tenant).await?.is_none() {
        return Ok(None);
    }
    let details = json!({ "page": "tenant", "tenant": tenant });
    note(services, &mut tx, operator, Action::OperatorLooked, details).await?;
    tx.commit().await?;
    looked_at(services, tenant, "tenant").await?;
    let now = services.clock.now();
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let Some(size) = tx.company_size(tenant).await? else { return Ok(None) };
    let shops = tx.shop_states(tenant).await?;
    let failed = tx.operator_runs(RunState::Failed, Some(tenant), None, now, FAILED).await?;
    tx.commit().await?;
    Ok(Some(CompanyDetail {
        company: shown(size),
        accounts: shops.into_iter().map(shop).collect(),
        failed: failed.into_iter().map(sync).collect(),
    }))
}

/// A company as the operator sees it.
pub(super) fn shown(size: CompanySize) -> OperatorCompany {
    let CompanySize { company, shops, read_at, problems } = size;
    OperatorCompany {
        tenant_id: company.id,
        name: company.name,
        owner: company.owner,
        plan: company.plan,
        suspended: !company.is_active,
        demo_until: company.demo_until,
        created_at: company.created_at,
        members: company.members,
        shops,
        products: company.products,
        last_read_at: read_at,
        problems,
    }
}

fn shop(shop: ShopState) -> OperatorShop {
    OperatorShop {
        account_id: shop.account,
        name: shop.name,
        marketplace: shop.marketplace,
        realm: shop.realm,
        has_key: shop.has_key,
        as_of: shop.as_of,
        due_at: shop.due_at,
        problems: shop.problems,
    }
}
