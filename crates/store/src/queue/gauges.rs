//! What a monitor measures of the database: pools, the queue, what waits, how old data is. Sums over all companies;
//! nothing tells whose.

use crate::{
    engine::{Pools, Store},
    error::Result,
    system::Reason,
    tx::on_engine,
};
use chrono::{DateTime, Utc};

/// A pool of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// What it is for: `all`, `writer`, `readers`.
    pub name: &'static str,
    /// Lent out.
    pub in_use: u32,
    /// Open and free.
    pub idle: u32,
    /// The most there may be.
    pub most: u32,
}

/// Buckets of a marketplace's group of methods that are closed until later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedBuckets {
    /// `wildberries orders`; `None`: closed by a program of before names were kept.
    pub name: Option<String>,
    /// How many.
    pub count: i64,
    /// Until when the last of them is.
    pub until: DateTime<Utc>,
}

/// How old a kind of data is over all shops that are read by themselves: moments of the last whole reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataAge {
    /// The kind, as a word.
    pub step: String,
    /// Half of the shops have newer data.
    pub p50: DateTime<Utc>,
    /// Nine of ten have.
    pub p90: DateTime<Utc>,
    /// Of a hundred all but one.
    pub p99: DateTime<Utc>,
    /// The oldest.
    pub oldest: DateTime<Utc>,
}

/// What is measured by asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gauges {
    /// Since when the longest waiting run could be at work.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Runs that wait for a moment to come: a marketplace's limit, a pause after a failure.
    pub postponed: i64,
    /// Closed buckets by group of methods.
    pub closed: Vec<ClosedBuckets>,
    /// Rows in quarantine.
    pub quarantined: i64,
    /// Ages of data by kind.
    pub ages: Vec<DataAge>,
    /// Companies that may work, and those that are suspended.
    pub companies: (i64, i64),
}

impl Store {
    /// How much of the pools is in use. Asks nobody.
    pub fn pools_in_use(&self) -> Vec<PoolUse> {
        fn of<DB: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<DB>) -> PoolUse {
            let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
            let most = pool.options().get_max_connections();
            PoolUse { name, in_use: pool.size().saturating_sub(idle), idle, most }
        }
        match &self.pools {
            Pools::Postgres(pool) => vec![of("all", pool)],
            Pools::Sqlite { writer, readers } => vec![of("writer", writer), of("readers", readers)],
        }
    }

    /// What is measured by asking the database.
    pub async fn gauges(&self, now: DateTime<Utc>) -> Result<Gauges> {
        let mut tx = self.system_read(Reason::Operator).await?;
        let (waiting_since, postponed): (Option<DateTime<Utc>>, i64) = on_engine!(
            &mut tx.tx,
            |conn| {
                sqlx::query_as(
                "select min(case when next_run_at <= $1 then next_run_at end),
                   count(case when next_run_at > $1 then tenant_id end)
                 from sync_runs where status in ('pending', 'running') and (lease_until is null or lease_until <= $1)"
            )
            .bind(now)
            .fetch_one(conn)
            .await?
            }
        );
        let closed: Vec<(Option<String>, i64, i64)> =
            on_engine!(&mut tx.tx, |conn| sqlx::query_as(
                "select name, count(*), max(not_before) from rate_buckets where not_before > $1
             group by name order by 3 desc limit 100"
            )
            .bind(now.timestamp_micros())
            .fetch_all(conn)
            .await?);
        let quarantined: i64 = on_engine!(&mut tx.tx, |conn| sqlx::query_scalar(
            "select count(tenant_id) from quarantine"
        )
        .fetch_one(conn)
        .await?);
        let companies: (i64, i64) = on_engine!(&mut tx.tx, |conn| {
            sqlx::query_as(
            "select count(case when is_active then 1 end), count(case when is_active then null else 1 end)
             from tenants"
        )
        .fetch_one(conn)
        .await?
        });
        // Whole numbers only: the place of a percentile is a row, not a point between two.
        let places: Vec<(String, i64, i64, DateTime<Utc>)> = on_engine!(&mut tx.tx, |conn| {
            sqlx::query_as(
            "select step, n, c, as_of from (
               select f.step as step, f.as_of as as_of,
                 row_number() over (partition by f.step order by f.as_of) as n,
                 count(*) over (partition by f.step) as c
               from freshness f join accounts a on a.tenant_id = f.tenant_id and a.id = f.account_id
               join tenants t on t.id = f.tenant_id
               where f.as_of is not null and a.realm = 'production' and a.key_check is not null and t.is_active
                 and exists (select 1 from schedules d where d.tenant_id = a.tenant_id and d.account_id = a.id)
             ) as ranked
             where n in (1, (c + 99) / 100, (c + 9) / 10, (c + 1) / 2) order by step, n"
        )
        .fetch_all(conn)
        .await?
        });
        tx.commit().await?;
        let closed = closed.into_iter().map(|(name, count, until)| ClosedBuckets {
            name,
            count,
            until: DateTime::from_timestamp_micros(until).unwrap_or(DateTime::<Utc>::MAX_UTC),
        });
        Ok(Gauges {
            waiting_since,
            postponed,
            closed: closed.collect(),
            quarantined,
            ages: ages(&places),
            companies,
        })
    }
}

/// Rows are in the order of step and place: the first at or after a place is the percentile.
fn ages(places: &[(String, i64, i64, DateTime<Utc>)]) -> Vec<DataAge> {
    places
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|chunk| {
            let (step, _, count, oldest) = chunk.first()?;
            let at = |place: i64| {
                chunk.iter().find(|(_, n, ..)| *n >= place).map_or(*oldest, |(.., as_of)| *as_of)
            };
            Some(DataAge {
                step: step.clone(),
                p50: at((count + 1) / 2),
                p90: at((count + 9) / 10),
                p99: at((count + 99) / 100),
                oldest: *oldest,
            })
        })
        .collect()
}
