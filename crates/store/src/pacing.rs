//! The marketplaces' limits as token buckets, shared by all workers: a turn is reserved here before a request goes out.
//! An answer can forbid the next one for hours, so it is kept here and not in a worker's memory.
//!
//! A bucket belongs to whatever the marketplace counts by, which may be the shop of several companies; its id is a hash
//! of that, and nothing in it tells whose it is. It is kept as the moment at which it will be full again.

use crate::{
    engine::Store,
    error::Result,
    system::{Reason, SystemTx},
    tx::on_engine,
};
use chrono::{DateTime, TimeDelta, Utc};

/// A bucket and its measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// A hash of what the marketplace counts by.
    pub id: String,
    /// Marketplace and group of methods, for the operator's eyes.
    pub name: String,
    /// How long until one request more is allowed.
    pub interval: TimeDelta,
    /// How many may go at once after a rest.
    pub burst: u32,
}

impl Bucket {
    fn interval_us(&self) -> i64 {
        self.interval.num_microseconds().unwrap_or(i64::MAX / 1024).max(0)
    }

    /// How long the whole burst takes to come back.
    fn capacity_us(&self) -> i64 {
        self.interval_us().saturating_mul(self.burst.max(1).into())
    }
}

/// What came of asking for a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is reserved for this moment, which may be now.
    At(DateTime<Utc>),
    /// Nothing is reserved: it would not be before this moment.
    NotBefore(DateTime<Utc>),
}

impl Store {
    /// Reserves one request in all of these buckets, if its moment comes within `patience`; else in none.
    pub async fn take_turn(
        &self,
        buckets: &[Bucket],
        now: DateTime<Utc>,
        patience: TimeDelta,
    ) -> Result<Turn> {
        let now_us = now.timestamp_micros();
        let latest = now_us.saturating_add(patience.num_microseconds().unwrap_or_default());
        let mut tx = self.system_write(Reason::Pace).await?;
        let mut at = now_us;
        // In one order, so that two workers that want the same ones do not wait for each other.
        let mut sorted: Vec<&Bucket> = buckets.iter().collect();
        sorted.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        for bucket in sorted {
            at = at.max(tx.reserve(bucket, now_us).await?);
        }
        if at > latest {
            // Dropped: what was reserved on the way is free again.
            return Ok(Turn::NotBefore(moment(at)));
        }
        tx.commit().await?;
        Ok(Turn::At(moment(at)))
    }

    /// Takes more out of a bucket than the request did: a refusal may cost.
    pub async fn spend(&self, bucket: &Bucket, requests: u32, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.system_write(Reason::Pace).await?;
        let cost = bucket.interval_us().saturating_mul(requests.into());
        tx.fill_at(bucket, now.timestamp_micros(), cost).await?;
        tx.commit().await
    }

    /// What an answer said is left: another program may use the same bucket. Never more than we know of ourselves.
    pub async fn told_remaining(
        &self,
        bucket: &Bucket,
        remaining: u32,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let used = i64::from(bucket.burst.saturating_sub(remaining));
        let full_at = now.timestamp_micros() + bucket.interval_us().saturating_mul(used);
        let mut tx = self.system_write(Reason::Pace).await?;
        tx.not_sooner(bucket, full_at, 0).await?;
        tx.commit().await
    }

    /// Nothing of this bucket before a moment, and then one request.
    pub async fn close_until(&self, bucket: &Bucket, until: DateTime<Utc>) -> Result<()> {
        let until = until.timestamp_micros();
        let full_at = until + bucket.capacity_us() - bucket.interval_us();
        let mut tx = self.system_write(Reason::Pace).await?;
        tx.not_sooner(bucket, full_at, until).await?;
        tx.commit().await
    }
}

impl SystemTx {
    /// Takes one request out of a bucket; from when it may go.
    async fn reserve(&mut self, bucket: &Bucket, now: i64) -> Result<i64> {
        let (full_at, not_before) = self.fill_at(bucket, now, bucket.interval_us()).await?;
        Ok(now.max(full_at - bucket.capacity_us()).max(not_before))
    }

    async fn fill_at(&mut self, bucket: &Bucket, now: i64, cost: i64) -> Result<(i64, i64)> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "insert into rate_buckets (id, full_at, not_before, name) values ($1, $2 + $3, 0, $4)
             on conflict (id) do update set full_at =
               case when rate_buckets.full_at > $2 then rate_buckets.full_at else $2 end + $3
             returning full_at, not_before"
        )
        .bind(&bucket.id)
        .bind(now)
        .bind(cost)
        .bind(&bucket.name)
        .fetch_one(conn)
        .await?))
    }

    /// Moments never move back: two workers may both have been told.
    async fn not_sooner(&mut self, bucket: &Bucket, full_at: i64, not_before: i64) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into rate_buckets (id, full_at, not_before, name) values ($1, $2, $3, $4)
             on conflict (id) do update set
               full_at = case when rate_buckets.full_at > $2 then rate_buckets.full_at else $2 end,
               not_before = case when rate_buckets.not_before > $3 then rate_buckets.not_before else $3 end"
        )
        .bind(&bucket.id)
        .bind(full_at)
        .bind(not_before)
        .bind(&bucket.name)
        .execute(conn)
        .await?;
        });
        Ok(())
    }

    /// Removes buckets that are full: they say nothing. How many.
    pub async fn remove_full_buckets(&mut self, now: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from rate_buckets where full_at < $1 and not_before < $1"
        )
        .bind(now.timestamp_micros())
        .execute(conn)
        .await?
        .rows_affected()))
    }
}

fn moment(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
