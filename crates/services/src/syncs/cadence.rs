//! How often each kind of a shop's data is worth reading: as often as the marketplace makes it anew and the key's limits
//! allow, and no more often than the plan. Shops are spread over the time by their ids.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use domain::{AccountId, Marketplace, Plan, account::KeyKind, cron::Cron, sync::StepKind};

/// The word beside the kinds for a schedule of one's own: everything is read.
pub(super) const CRON: &str = "cron";

/// Schedules of one's own are by Moscow's clocks, as both marketplaces' cabinets are.
pub(super) fn moscow() -> Option<FixedOffset> {
    FixedOffset::east_opt(3 * 3600)
}

/// From one reading to the next; `None`: nothing to be read by itself (our own sums follow whatever was read).
pub(super) fn cadence(
    kind: StepKind,
    marketplace: Marketplace,
    key: Option<KeyKind>,
    plan: Plan,
) -> Option<TimeDelta> {
    let base = marketplace == Marketplace::Wildberries && matches!(key, None | Some(KeyKind::Base));
    let best = match (kind, marketplace) {
        (StepKind::Measures, _) => return None,
        // Changed cards come by a cursor; prices seldom change.
        (StepKind::Products | StepKind::Prices, _) => TimeDelta::hours(1),
        // Of the past, and what the marketplaces add up once or twice a day.
        (StepKind::StockHistory | StepKind::Figures, _) => TimeDelta::hours(12),
        (StepKind::Sales, Marketplace::Wildberries) if base => TimeDelta::hours(2),
        // Wildberries makes its stock and its orders anew every half hour; base tokens may ask for orders once in three
        // hours, and get stock by a report of three requests, each four times an hour.
        (StepKind::Orders, Marketplace::Wildberries) if base => TimeDelta::hours(3),
        (_, Marketplace::Wildberries) if base => TimeDelta::hours(1),
        (_, Marketplace::Wildberries) => TimeDelta::minutes(30),
        // Ozon's numbers are of this moment, at 50 requests a second.
        (_, Marketplace::Ozon) => TimeDelta::minutes(15),
    };
    Some(best.max(TimeDelta::seconds(plan.limits().sync_interval_s.into())))
}

/// The first moment after this one at which a shop's turn comes in a period: always the same one, and another for each
/// shop, so that they do not all come at the full hour.
pub(super) fn next_turn(
    account: AccountId,
    after: DateTime<Utc>,
    period: TimeDelta,
) -> DateTime<Utc> {
    let period = period.num_microseconds().unwrap_or(i64::MAX).max(1);
    // The ids' last bits are chance.
    let chance = u64::try_from(account.0.as_u128() & u128::from(u64::MAX >> 2)).unwrap_or_default();
    let phase = i64::try_from((u128::from(chance) * u128::from(period.unsigned_abs())) >> 62)
        .unwrap_or_default();
    let begun = (after.timestamp_micros() - phase).div_euclid(period);
    let next = (begun + 1).saturating_mul(period).saturating_add(phase);
    DateTime::from_timestamp_micros(next).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The next moment of a schedule of one's own, but not sooner than the plan allows.
pub(super) fn next_by_cron(cron: &str, after: DateTime<Utc>, plan: Plan) -> Option<DateTime<Utc>> {
    let cron: Cron = cron.parse().ok()?;
    let interval = TimeDelta::seconds(plan.limits().sync_interval_s.into());
    let first = cron.next(after, moscow()?)?;
    if first - after >= interval { Some(first) } else { cron.next(after + interval, moscow()?) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_limits_of_the_key_and_the_plan_decide() {
        let of = |kind, marketplace, key, plan| cadence(kind, marketplace, key, plan);
        let wb = Marketplace::Wildberries;
        let personal = Some(KeyKind::Personal);
        assert_eq!(of(StepKind::Measures, wb, personal, Plan::Pro), None);
        for (kind, key, plan, minutes) in [
            (StepKind::Orders, personal, Plan::Pro, 30),
            (StepKind::Orders, personal, Plan::Free, 60),
            (StepKind::Orders, Some(KeyKind::Base), Plan::Enterprise, 180),
            (StepKind::MarketplaceStock, personal, Plan::Enterprise, 30),
            (StepKind::MarketplaceStock, None, Plan::Enterprise, 60),
            (StepKind::Products, personal, Plan::Enterprise, 60),
        ] {
            assert_eq!(
                of(kind, wb, key, plan),
                Some(TimeDelta::minutes(minutes)),
                "{kind:?} {key:?} {plan}"
            );
        }
        let ozon = of(StepKind::Orders, Marketplace::Ozon, None, Plan::Pro);
        assert_eq!(ozon, Some(TimeDelta::minutes(15)));
    }

    #[test]
    fn shops_are_spread_evenly_and_each_keeps_its_moment() {
        let now = DateTime::from_timestamp(1_789_462_800, 0).unwrap();
        let period = TimeDelta::minutes(30);
        let mut seconds = [0_usize; 30];
        for n in 0..30_000_u128 {
            // Ids of version 7: time first, chance behind.
            let id = 0x0198_c0de_0000_7000_8000_0000_0000_0000_u128
                | (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & 0x3fff_ffff_ffff_ffff);
            let account = AccountId(Uuid::from_u128(id));
            let next = next_turn(account, now, period);
            assert!(next > now && next - now <= period);
            assert_eq!(next_turn(account, next, period), next + period, "the same moment again");
            seconds[usize::try_from((next - now).num_seconds() / 60).unwrap().min(29)] += 1;
        }
        assert!(seconds.iter().all(|n| (900..1100).contains(n)), "{seconds:?}");
    }

    #[test]
    fn a_schedule_of_ones_own_keeps_to_the_plan() {
        let now = DateTime::from_timestamp(1_789_462_800, 0).unwrap();
        let every_minute = next_by_cron("* * * * *", now, Plan::Free).unwrap();
        assert_eq!(every_minute, now + TimeDelta::minutes(61));
        let morning = next_by_cron("0 6 * * *", now, Plan::Free).unwrap();
        assert_eq!(morning.to_rfc3339(), "2026-09-16T03:00:00+00:00");
        assert_eq!(next_by_cron("never", now, Plan::Free), None);
    }
}
