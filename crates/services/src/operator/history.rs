//! Lets go of the past that no plan pays for, and of syncs of long ago, and packs the days that are over: what is stored
//! grows with what changes, not with time.

use crate::{Services, days, error::Result};
use chrono::{NaiveTime, TimeDelta};
use domain::Marketplace;
use store::{Company, HistoryStart, Reason};

/// So long the log of syncs is kept.
const RUNS_KEPT: TimeDelta = TimeDelta::days(90);

/// Days after which a day of a marketplace's calendar no longer changes.
const SETTLED: i64 = 2;

/// Removes and packs it, in small pieces. Tells how many rows went.
pub async fn thin_history(services: &Services) -> Result<u64> {
    let mut removed = 0;
    let today = days::number_of(Marketplace::Wildberries, services.clock.now());
    let settled = store::whole_stretches_before(today - SETTLED);
    for company in super::companies(services).await? {
        // A demo goes as a whole.
        if company.demo_until.is_some() {
            continue;
        }
        let start = start(services, &company);
        let mut after = None;
        loop {
            let mut tx = services.store.system_write(Reason::Operator).await?;
            if let Some(start) = start.filter(|_| after.is_none()) {
                tx.begin_history_at(company.id, start).await?;
                removed += tx.thin_kept(company.id, start.day).await?;
            }
            let some = tx.fold_history(company.id, settled, start, after).await?;
            tx.commit().await?;
            removed += some.removed;
            after = some.last;
            if after.is_none() {
                break;
            }
        }
    }
    let before = services.clock.now() - RUNS_KEPT;
    loop {
        let mut tx = services.store.system_write(Reason::Operator).await?;
        let some = tx.remove_old_runs(before).await?;
        tx.commit().await?;
        if some == 0 {
            return Ok(removed);
        }
        removed += some;
    }
}

/// `None`: all of it is kept.
fn start(services: &Services, company: &Company) -> Option<HistoryStart> {
    let kept = company.plan.limits().history_days?;
    let today = days::number_of(Marketplace::Wildberries, services.clock.now());
    // The day after is known whole wherever its calendar begins.
    let day = today - i64::from(kept);
    let at = days::date(day + 1).and_time(NaiveTime::MIN).and_utc();
    Some(HistoryStart { day, at })
}
