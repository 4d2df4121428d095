//! Synchronisations as a file, the newest first.

use super::{COLUMN, Packed, ROW, ROWS, plain, text};
use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use domain::SyncRunId;
use uuid::Uuid;

const BOUND: &str = "select id from sync_runs where tenant_id = $1 and id < $2
 order by id desc limit 1 offset $3";

#[rustfmt::skip]
const PAGE: &str = concat!(
    "select string_agg(line, $5 order by id desc) from (
       select r.id, concat_ws($4, ",
    text!("a.name", "$4", "$5"), ", a.marketplace, r.status, ", plain!("r.created_at"), ", ", plain!("r.started_at"), ", ",
    plain!("r.finished_at"), ", ", plain!("s.rows"), ", ", plain!("s.changed"), ", ", plain!("s.requests"), ", ",
    plain!("s.waited_ms"), ", ", plain!("s.failed"), ") as line
       from sync_runs r
         join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
         left join (select run_id, sum(rows) as rows, sum(changed) as changed, sum(requests) as requests,
             sum(waited_ms) as waited_ms, count(case when state = 'failed' then 1 end) as failed
           from sync_steps where tenant_id = $1 and run_id < $2 and run_id >= $3 group by run_id) s on s.run_id = r.id
       where r.tenant_id = $1 and r.id < $2 and r.id >= $3) found"
);

impl TenantTx {
    /// Synchronisations as a file has them, the newest first.
    pub async fn packed_syncs(
        &mut self,
        before: Option<SyncRunId>,
    ) -> Result<(Packed, Option<SyncRunId>)> {
        let tenant = self.tenant();
        let before = before.map_or(Uuid::max(), |id| id.0);
        let last: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(BOUND)
            .bind(tenant)
            .bind(before)
            .bind(ROWS - 1)
            .fetch_optional(conn)
            .await?);
        let text = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(PAGE)
            .bind(tenant)
            .bind(before)
            .bind(last.unwrap_or(Uuid::nil()))
            .bind(COLUMN)
            .bind(ROW)
            .fetch_one(conn)
            .await?);
        Ok((Packed(text), last.map(SyncRunId)))
    }
}
