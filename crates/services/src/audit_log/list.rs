//! A page of the log.

use crate::{Services, error::Result};
use domain::{
    ApiError, Permission,
    audit::{AuditPage, AuditQuery},
};
use store::Caller;

/// Owners and admins. Newest first; 422 for a question that breaks the rules.
pub async fn list(services: &Services, caller: &Caller, query: &AuditQuery) -> Result<AuditPage> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let errors = query.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.read(caller).await?;
    let mut items = tx.audit_page(query).await?;
    tx.commit().await?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items.last().filter(|_| more).map(|record| record.seq);
    Ok(AuditPage { items, next_cursor })
}

/// Every action that the company's log holds, for the filter. Owners and admins.
pub async fn actions(services: &Services, caller: &Caller) -> Result<Vec<String>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let actions = tx.audit_actions().await?;
    tx.commit().await?;
    Ok(actions)
}
