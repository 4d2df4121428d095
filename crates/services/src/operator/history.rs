//! Lets go of the past that no plan pays for, and of syncs of long ago: what is stored grows with what changes, not with
//! time.

use crate::{Services, days, error::Result};
use chrono::{NaiveTime, TimeDelta};
use domain::Marketplace;
use store::{Company, HistoryStart, Reason};

/// So long the log of syncs is kept.
const RUNS_KEPT: TimeDelta = TimeDelta::days(90);

/// Removes it, in small pieces. Tells how many rows.
pub async fn thin_history(services: &Services) -> Result<u64> {
    let mut removed = 0;
    for company in super::companies(services).await? {
        let Some(start) = start(services, &company) else { continue };
        let mut after = None;
        loop {
            let mut tx = services.store.system_write(Reason::Operator).await?;
            if after.is_none() {
                tx.begin_history_at(company.id, start).await?;
                removed += tx.thin_kept(company.id, start.day).await?;
            }
            let some = tx.thin_history(company.id, start, after).await?;
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

/// `None`: all of it is kept. A demo goes as a whole.
fn start(services: &Services, company: &Company) -> Option<HistoryStart> {
    let kept = company.plan.limits().history_days.filter(|_| company.demo_until.is_none())?;
    let today = days::number_of(Marketplace::Wildberries, services.clock.now());
    // The day after is known whole wherever its calendar begins.
    let day = today - i64::from(kept);
    let at = days::date(day + 1).and_time(NaiveTime::MIN).and_utc();
    Some(HistoryStart { day, at })
}
