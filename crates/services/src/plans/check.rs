//! The checks, each inside the transaction that would go over the limit. Those that count wait for each other by
//! `lock_tenant`, which the caller has taken, so that two at once don't both take the last place.

use crate::{Services, error::Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, ApiError, Plan, SyncRunId,
    plan::{Limit, LimitReached},
};
use store::TenantTx;

/// Refuses so many more people than the plan has room for. Whoever invites counts open invitations as people.
pub async fn check_members(tx: &mut TenantTx, open: i64, more: i64) -> Result<()> {
    let (plan, there) = (tx.plan().await?, tx.counts().await?.members + open);
    count(Limit::Members, plan, there, more)
}

/// Refuses so many more shops than the plan has room for.
pub async fn check_accounts(tx: &mut TenantTx, more: i64) -> Result<()> {
    let (plan, there) = (tx.plan().await?, tx.counts().await?.accounts);
    count(Limit::Accounts, plan, there, more)
}

/// Refuses more days of the past than the plan shows.
pub async fn check_history(tx: &mut TenantTx, days: u32) -> Result<()> {
    let plan = tx.plan().await?;
    count(Limit::HistoryDays, plan, 0, days.into())
}

/// Refuses a sync of a shop too soon after the last one that brought something: a failed one may be repeated at once.
pub async fn check_sync(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
    run: SyncRunId,
) -> Result<()> {
    // A demo's marketplace is in the process, and its visitor tries the button out at once.
    if !services.settings.rate_limit || tx.demo_until().await?.is_some() {
        return Ok(());
    }
    let Some(last) = tx.last_sync(account, run).await? else { return Ok(()) };
    let plan = tx.plan().await?;
    let next = last + TimeDelta::seconds(plan.limits().sync_interval_s.into());
    pace(Limit::SyncInterval, plan, next, services.clock.now())
}

/// How many products more the plan has room for; `None`: as many as there are.
pub async fn room_for_products(tx: &mut TenantTx) -> Result<(Plan, Option<i64>)> {
    let plan = tx.plan().await?;
    let Some(limit) = plan.limits().products else { return Ok((plan, None)) };
    Ok((plan, Some((limit - tx.counts().await?.products).max(0))))
}

fn count(limit: Limit, plan: Plan, there: i64, more: i64) -> Result<()> {
    match LimitReached::new(limit, plan) {
        Some(reached) if there + more > reached.allowed => {
            Err(ApiError::plan_limit(reached).into())
        }
        _ => Ok(()),
    }
}

fn pace(limit: Limit, plan: Plan, next: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let wait = (next - now).num_milliseconds();
    match LimitReached::new(limit, plan).filter(|_| wait > 0) {
        Some(reached) => {
            let seconds = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
            Err(ApiError::plan_pace(reached, seconds).into())
        }
        None => Ok(()),
    }
}
