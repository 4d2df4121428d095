//! Calls of the API a minute and company. Measured in this process: with several copies behind one address a company
//! has the measure once in each.

use crate::Services;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ApiError, Plan, TenantId,
    plan::{Limit, LimitReached},
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::Caller;

/// More companies than this are swept: those whose measure is full need no row.
const MOST: usize = 20_000;

/// The measures of this process.
pub(crate) struct Calls {
    /// A measure is kept as the moment at which it will be full again.
    full_at: Mutex<HashMap<TenantId, DateTime<Utc>>>,
}

/// How a company's measure stands after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Calls a minute.
    pub limit: u32,
    /// Calls that are left at this moment.
    pub remaining: u32,
    /// Seconds until all of them are.
    pub reset_s: u32,
    /// Of which plan.
    pub plan: Plan,
    /// Seconds after which a refused call would pass; `None`: this one did.
    pub retry_after_s: Option<u32>,
}

impl Allowance {
    /// The refusal, if the call is refused.
    pub fn refusal(&self) -> Option<ApiError> {
        let seconds = self.retry_after_s?;
        let reached = LimitReached::new(Limit::ApiCalls, self.plan)?;
        Some(ApiError::plan_pace(reached, seconds))
    }
}

/// Counts a call of this company. `None`: nothing is limited here.
pub fn count_call(services: &Services, caller: &Caller) -> Option<Allowance> {
    services
        .settings
        .rate_limit
        .then(|| services.inner.calls.take(caller.tenant_id(), caller.plan(), services.clock.now()))
}

impl Calls {
    pub fn new() -> Self {
        Self { full_at: Mutex::new(HashMap::new()) }
    }

    /// How many calls are counted at this moment.
    pub fn used(&self, tenant: TenantId, plan: Plan, now: DateTime<Utc>) -> i64 {
        let full_at = self.measures().get(&tenant).copied().unwrap_or(now);
        spent(full_at, plan, now).into()
    }

    fn take(&self, tenant: TenantId, plan: Plan, now: DateTime<Utc>) -> Allowance {
        let limit = plan.limits().api_calls;
        let each = TimeDelta::microseconds(60_000_000 / i64::from(limit.max(1)));
        let mut measures = self.measures();
        let before = measures.get(&tenant).copied().filter(|at| *at > now).unwrap_or(now);
        let over = before + each - (now + each * i32::try_from(limit).unwrap_or(i32::MAX));
        let refused = over > TimeDelta::zero();
        let full_at = if refused { before } else { before + each };
        measures.insert(tenant, full_at);
        if measures.len() > MOST {
            measures.retain(|_, full_at| *full_at > now);
        }
        Allowance {
            limit,
            remaining: limit.saturating_sub(spent(full_at, plan, now)),
            reset_s: seconds(full_at - now),
            plan,
            retry_after_s: refused.then(|| seconds(over).max(1)),
        }
    }

    fn measures(&self) -> MutexGuard<'_, HashMap<TenantId, DateTime<Utc>>> {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Calls that have not come back yet, a begun one counted whole.
fn spent(full_at: DateTime<Utc>, plan: Plan, now: DateTime<Utc>) -> u32 {
    let each = 60_000_000 / i64::from(plan.limits().api_calls.max(1));
    let missing = (full_at - now).num_microseconds().unwrap_or(i64::MAX).max(0);
    u32::try_from((missing + each - 1) / each).unwrap_or(u32::MAX)
}

fn seconds(time: TimeDelta) -> u32 {
    u32::try_from((time.num_milliseconds().max(0) + 999) / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_789_000_000 + seconds, 0).unwrap()
    }

    fn tenant(n: u128) -> TenantId {
        TenantId(Uuid::from_u128(n))
    }

    #[test]
    fn a_minutes_calls_run_out_and_come_back_one_by_one() {
        let calls = Calls::new();
        let take = |at| calls.take(tenant(1), Plan::Free, at);
        let first = take(at(0));
        assert_eq!((first.limit, first.remaining, first.reset_s), (60, 59, 1));
        for _ in 1..60 {
            assert!(take(at(0)).refusal().is_none());
        }
        let refused = take(at(0));
        assert_eq!((refused.remaining, refused.reset_s, refused.retry_after_s), (0, 60, Some(1)));
        let error = refused.refusal().unwrap();
        assert_eq!((error.status, error.retry_after), (429, Some(1)));
        assert!(error.detail.contains("60 calls a minute"), "{}", error.detail);
        assert!(take(at(1)).refusal().is_none(), "a second later one has come back");
        assert!(take(at(1)).refusal().is_some(), "and only one");
        assert_eq!(calls.used(tenant(1), Plan::Free, at(31)), 30);
        assert!(calls.take(tenant(2), Plan::Free, at(0)).refusal().is_none(), "another company's");
    }

    #[test]
    fn a_larger_plan_counts_at_once() {
        let calls = Calls::new();
        for _ in 0..60 {
            calls.take(tenant(1), Plan::Free, at(0));
        }
        assert!(calls.take(tenant(1), Plan::Free, at(0)).refusal().is_some());
        assert!(calls.take(tenant(1), Plan::Enterprise, at(61)).refusal().is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let calls = Calls::new();
        for n in 0..30_000 {
            calls.take(tenant(n), Plan::Enterprise, at(i64::try_from(n).unwrap()));
        }
        assert!(calls.measures().len() <= MOST + 1);
    }
}
