//! Runs by themselves: what of which shop is due, and when it is due again. A shop has at most one run at a time; what
//! comes due meanwhile waits for it.

use super::cadence::{CRON, cadence, next_by_cron, next_turn};
use crate::{Error, Result, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, Plan, SyncRunId,
    account::{Account, KeyStatus},
    sync::StepKind,
};
use store::{DueShop, TenantTx};

/// Shops a look.
const AT_ONCE: u32 = 200;

/// A shop whose run is under way is looked at again then.
const BUSY: TimeDelta = TimeDelta::seconds(60);

/// What was read within this time of the other kinds' moment is read together with them: one run instead of two.
const TOGETHER: TimeDelta = TimeDelta::seconds(30);

/// Nothing is planned further ahead.
const EVER: TimeDelta = TimeDelta::days(36_500);

/// A company that is suspended is looked at again then.
const SUSPENDED: TimeDelta = TimeDelta::hours(1);

/// Makes the runs of all shops that are due; how many, and how late the latest of them was.
pub async fn run_due(services: &Services) -> Result<(usize, TimeDelta)> {
    let mut made = 0;
    let mut lag = TimeDelta::zero();
    loop {
        let now = services.clock.now();
        let due = services.store.due_shops(now, AT_ONCE).await?;
        if due.is_empty() {
            return Ok((made, lag));
        }
        for shop in due {
            lag = lag.max(services.clock.now() - shop.due_at);
            match run_shop(services, &shop).await {
                Ok(begun) => made += usize::from(begun),
                Err(error) => {
                    // One shop's trouble is not the others'.
                    tracing::warn!(error = crate::error::chain(&error), tenant = %shop.tenant(), "a shop's turn was missed");
                    services.store.put_off(&shop, services.clock.now() + BUSY).await?;
                }
            }
        }
    }
}

/// Whether a run was made.
async fn run_shop(services: &Services, shop: &DueShop) -> Result<bool> {
    let now = services.clock.now();
    let run: SyncRunId = services.clock.new_id();
    let Some(caller) = services.store.caller_for_due(shop, run).await? else {
        services.store.put_off(shop, now + SUSPENDED).await?;
        return Ok(false);
    };
    let mut tx = services.store.write(&caller).await?;
    let Some(account) = tx.account(shop.account()).await? else { return Ok(false) };
    let (due, later): (Vec<_>, Vec<_>) =
        tx.schedule(account.id).await?.into_iter().partition(|(_, at)| *at <= now + TOGETHER);
    let names = |rows: Vec<(String, DateTime<Utc>)>| -> Vec<String> {
        rows.into_iter().map(|(kind, _)| kind).collect()
    };
    let (due, later) = (names(due), names(later));
    if due.is_empty() {
        // Another worker was here.
        return Ok(false);
    }
    let is_read = can_be_read(&account);
    let begun =
        is_read && tx.create_due_run(run, account.id, now, &kinds(&account, &due)).await?.is_ok();
    if begun || !is_read {
        // Who can't be read has nothing planned at all, until a person brings another key.
        let until = if is_read { TOGETHER } else { EVER };
        tx.clear_due(account.id, now + until).await?;
        plan_next(&mut tx, &account, caller.plan(), now, &later).await?;
    } else {
        for kind in &due {
            tx.set_due(account.id, kind, now + BUSY).await?;
        }
    }
    if begun {
        tx.push_job(run, None).await?;
    }
    tx.commit().await?;
    Ok(begun)
}

/// What is to be read when these are due.
fn kinds(account: &Account, due: &[String]) -> Vec<StepKind> {
    let everything = due.iter().any(|kind| kind == CRON);
    StepKind::of(account.marketplace)
        .iter()
        .copied()
        .filter(|kind| everything || due.iter().any(|due| due == kind.as_str()))
        .collect()
}

/// A shop that was disconnected, or whose key was refused, waits for a person.
fn can_be_read(account: &Account) -> bool {
    account
        .key
        .as_ref()
        .is_some_and(|key| !matches!(key.status, KeyStatus::Invalid | KeyStatus::Malformed))
}

/// Plans a shop from its schedule, its key and the plan; what is in `planned` has its moment already.
async fn plan_next(
    tx: &mut TenantTx,
    account: &Account,
    plan: Plan,
    now: DateTime<Utc>,
    planned: &[String],
) -> Result<()> {
    if !can_be_read(account) {
        return Ok(());
    }
    let wanted = |kind: &str| !planned.iter().any(|there| there == kind);
    if account.schedule.automatic {
        let key = account.key.as_ref().and_then(|key| key.kind);
        for kind in StepKind::of(account.marketplace).iter().filter(|kind| wanted(kind.as_str())) {
            if let Some(period) = cadence(*kind, account.marketplace, key, plan) {
                tx.set_due(account.id, kind.as_str(), next_turn(account.id, now, period)).await?;
            }
        }
    }
    if let Some(cron) = account.schedule.cron.as_deref().filter(|_| wanted(CRON)) {
        let next = next_by_cron(cron, now, plan).ok_or_else(|| {
            Error::Broken("a stored schedule never comes", cron.to_owned().into())
        })?;
        tx.set_due(account.id, CRON, next).await?;
    }
    Ok(())
}

/// Plans a shop anew of which something has just changed: its key, its schedule. One that was never read is due at once.
pub(crate) async fn replan(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
) -> Result<()> {
    let Some(account) = tx.account(account).await? else { return Ok(()) };
    let (plan, now) = (tx.plan().await?, services.clock.now());
    tx.clear_due(account.id, now + EVER).await?;
    plan_next(tx, &account, plan, now, &[]).await?;
    let was_read = tx.freshness(account.id).await?.iter().any(|row| row.as_of.is_some());
    if !was_read && account.schedule.automatic && can_be_read(&account) {
        for kind in StepKind::of(account.marketplace) {
            tx.set_due(account.id, kind.as_str(), now).await?;
        }
    }
    Ok(())
}
