//! Asks for a sync: the run, its steps, the job that wakes a worker and the audit entry in one transaction.

use crate::{Caller, Client, Result, Services, audit, plans};
use domain::{
    ApiError, Permission, SyncRunId,
    shop::SyncRequest,
    sync::{SyncStarted, SyncStatus},
};
use serde_json::json;

/// Of the company's first shop that has a key.
pub async fn start(services: &Services, caller: &Caller, client: &Client) -> Result<SyncStarted> {
    start_of(services, caller, SyncRequest::default(), client).await
}

/// One sync of a shop runs at a time: a second call gets the one under way, and no second run. Without a shop named it is
/// the company's first one that has a key.
///
/// Errors: 403 for roles that may not operate; 404 if the company has no such shop; 429 sooner after
/// the last one than the plan allows.
pub async fn start_of(
    services: &Services,
    caller: &Caller,
    which: SyncRequest,
    client: &Client,
) -> Result<SyncStarted> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    let accounts = tx.accounts().await?;
    let account = match which.account_id {
        Some(id) => accounts.iter().find(|account| account.id == id),
        // A shop with a key before one without: a company may have left one unused.
        None => accounts.iter().find(|account| account.key.is_some()).or(accounts.first()),
    };
    let account = account.ok_or_else(|| ApiError::not_found("shop"))?;
    let id: SyncRunId = services.clock.new_id();
    let created = tx.create_run(id, account.id, now, caller.user_id()).await?;
    let (task_id, status) = if let Err((running, _)) = created {
        (running, SyncStatus::Running)
    } else {
        // Refused, the run is undone with the transaction.
        plans::check_sync(services, &mut tx, account.id, id).await?;
        tx.push_job_soon(id).await?;
        let details = json!({ "run": id, "account": account.id });
        let entry = audit::entry(services, caller, client, audit::Action::SyncStarted, details);
        tx.audit(&entry).await?;
        tx.commit().await?;
        (id, SyncStatus::Pending)
    };
    Ok(SyncStarted {
        message: "Sync started".into(),
        tenant_id: caller.tenant_id(),
        task_id,
        status,
    })
}
