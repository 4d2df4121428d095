//! Token buckets: how many calls a seller has left, and when the next one comes back.
//!
//! A bucket is one number, the moment at which it will be full again; full buckets are forgotten.
//! It asks no clock: the moment is an argument, in milliseconds.

use crate::operation::{Limit, Operation};
use crate::tokens::Kind;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Whose calls of which methods are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bucket {
    pub sid: Uuid,
    pub kind: Kind,
    /// `None` where a host counts all its methods as one.
    pub operation: Option<Operation>,
    pub host: &'static str,
}

/// The gateway's headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Answered; so many calls are left.
    Allowed { remaining: i64 },
    /// Refused: seconds until the next try, seconds until the bucket is full, its size.
    Limited { retry: i64, reset: i64, burst: i64 },
}

/// All buckets that are not full.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<Bucket, i64>>);

/// So many buckets before the full ones are thrown out.
const SWEEP: usize = 1024;

impl Limits {
    /// Takes one call.
    pub(crate) fn take(&self, bucket: Bucket, limit: Limit, now: i64) -> Verdict {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= SWEEP {
            buckets.retain(|_, full_at| *full_at > now);
        }
        let full_at = buckets.get(&bucket).copied().unwrap_or(now).max(now);
        let wait = full_at - now - (limit.burst - 1) * limit.interval;
        if wait > 0 {
            return Verdict::Limited {
                retry: ceil_seconds(wait),
                reset: ceil_seconds(full_at - now),
                burst: limit.burst,
            };
        }
        let full_at = full_at + limit.interval;
        buckets.insert(bucket, full_at);
        Verdict::Allowed { remaining: remaining(limit, full_at - now) }
    }

    /// Takes more calls after the fact; the bucket may owe some. Gives what is left.
    pub(crate) fn charge(&self, bucket: Bucket, limit: Limit, calls: i64, now: i64) -> i64 {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = buckets.get(&bucket).copied().unwrap_or(now).max(now);
        let full_at = full_at + calls * limit.interval;
        buckets.insert(bucket, full_at);
        remaining(limit, full_at - now)
    }
}

fn remaining(limit: Limit, until_full: i64) -> i64 {
    ((limit.burst * limit.interval - until_full).div_euclid(limit.interval)).max(0)
}

fn ceil_seconds(millis: i64) -> i64 {
    (millis + 999).div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::HOSTS;

    fn bucket(kind: Kind) -> Bucket {
        let operation = Some(Operation::SupplierOrders);
        Bucket { sid: Uuid::from_u128(1), kind, operation, host: HOSTS[5].name }
    }

    #[test]
    fn a_burst_then_one_an_interval() {
        let limits = Limits::default();
        let limit = Limit { interval: 60_000, burst: 10 };
        for call in 0..10 {
            let verdict = limits.take(bucket(Kind::Personal), limit, 0);
            assert_eq!(verdict, Verdict::Allowed { remaining: 9 - call });
        }
        let refused = Verdict::Limited { retry: 60, reset: 600, burst: 10 };
        assert_eq!(limits.take(bucket(Kind::Personal), limit, 0), refused);
        let refused = Verdict::Limited { retry: 1, reset: 541, burst: 10 };
        assert_eq!(limits.take(bucket(Kind::Personal), limit, 59_001), refused);
        let allowed = Verdict::Allowed { remaining: 0 };
        assert_eq!(limits.take(bucket(Kind::Personal), limit, 60_000), allowed);
        // Another kind of token has a bucket of its own.
        let allowed = Verdict::Allowed { remaining: 9 };
        assert_eq!(limits.take(bucket(Kind::Service), limit, 60_000), allowed);
    }

    #[test]
    fn a_charge_can_leave_a_debt() {
        let limits = Limits::default();
        let limit = Limit { interval: 200, burst: 20 };
        let take = |now| limits.take(bucket(Kind::Base), limit, now);
        for _ in 0..16 {
            take(0);
        }
        assert_eq!(limits.charge(bucket(Kind::Base), limit, 9, 0), 0);
        assert_eq!(take(0), Verdict::Limited { retry: 2, reset: 5, burst: 20 });
        assert_eq!(take(1_199), Verdict::Limited { retry: 1, reset: 4, burst: 20 });
        assert_eq!(take(1_200), Verdict::Allowed { remaining: 0 });
    }

    #[test]
    fn full_buckets_are_forgotten() {
        let limits = Limits::default();
        let limit = Limit { interval: 1_000, burst: 1 };
        for sid in 0..5_000_u128 {
            let key = Bucket { sid: Uuid::from_u128(sid), ..bucket(Kind::Base) };
            limits.take(key, limit, i64::try_from(sid).unwrap() * 1_000);
        }
        assert!(limits.0.lock().unwrap().len() <= SWEEP);
    }
}
