//! Who started how many demos, by a hash of the address.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl SystemTx {
    /// Notes a start.
    pub async fn add_demo_start(
        &mut self,
        id: Uuid,
        address_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into demo_starts (id, address_hash, started_at) values ($1, $2, $3)"
        )
        .bind(id)
        .bind(address_hash)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// The starts from an address since then, the oldest first.
    pub async fn demo_starts(
        &mut self,
        address_hash: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select started_at from demo_starts
             where address_hash = $1 and started_at > $2 order by started_at"
        )
        .bind(address_hash)
        .bind(since)
        .fetch_all(conn)
        .await?))
    }

    /// Forgets starts that count no more.
    pub async fn remove_demo_starts(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from demo_starts where started_at <= $1"
        )
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected()))
    }
}
