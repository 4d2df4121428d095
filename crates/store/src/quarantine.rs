//! Rows of a marketplace's answers that could not be read, set aside for the operator. Never a row of any other use.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    freshness::step_kind,
    operator_companies::word,
    system::SystemTx,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, Marketplace, TenantId, malformed::MalformedRow, sync::StepKind};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many rows of an account's step are kept; what comes when there are more is only counted by its sync.
const KEPT: i64 = 100;

/// Where a page of rows that were set aside ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineCursor {
    /// When the last row of it came last.
    pub last_seen_at: DateTime<Utc>,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// A row that was set aside, as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuarantinedRow {
    /// Whose.
    #[sqlx(rename = "tenant_id")]
    pub tenant: Uuid,
    /// The company's name.
    pub company: String,
    /// The shop's marketplace.
    pub marketplace: String,
    /// Of which step.
    pub step: String,
    /// Of which method.
    pub operation: String,
    /// The field and what is wrong with it.
    pub problem: String,
    /// The row, without secrets, cut.
    pub raw: String,
    /// How often it came.
    pub times: i64,
    /// When it came first.
    pub first_seen_at: DateTime<Utc>,
    /// When it came last.
    pub last_seen_at: DateTime<Utc>,
    /// The row has the same wherever it came.
    pub fingerprint: String,
}

impl QuarantinedRow {
    /// Its marketplace and step.
    pub fn what(&self) -> Result<(Marketplace, StepKind)> {
        Ok((word(&self.marketplace, "marketplace")?, step_kind(&self.step)?))
    }

    /// The page after this row.
    pub fn cursor(&self) -> QuarantineCursor {
        let (last_seen_at, fingerprint) = (self.last_seen_at, self.fingerprint.clone());
        QuarantineCursor { last_seen_at, fingerprint }
    }
}

const SET_ASIDE: &str = "with {rows}
 insert into quarantine (tenant_id, account_id, step, fingerprint, operation, problem, raw, times, first_seen_at,
   last_seen_at)
 select $1, $2, v.step, v.fingerprint, v.operation, v.problem, v.raw, 1, $3, $3
 from v
 where (select count(*) from quarantine q where q.tenant_id = $1 and q.account_id = $2 and q.step = v.step) < $4
   or exists (select 1 from quarantine q where q.tenant_id = $1 and q.account_id = $2 and q.step = v.step
     and q.fingerprint = v.fingerprint)
 on conflict (tenant_id, account_id, step, fingerprint) do update set
   problem = excluded.problem, times = quarantine.times + 1, last_seen_at = excluded.last_seen_at";

impl TenantTx {
    /// Sets rows aside, or counts those that are there.
    pub async fn set_aside(
        &mut self,
        account: AccountId,
        step: StepKind,
        rows: &[MalformedRow],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        // By their fingerprint, since a statement may not touch a row twice.
        let rows: BTreeMap<String, &MalformedRow> =
            rows.iter().map(|row| (fingerprint(row), row)).collect();
        let fixed = [
            Fixed::Id(self.tenant()),
            Fixed::Id(account.0),
            Fixed::Moment(now),
            Fixed::Number(KEPT),
        ];
        let columns = Rows::new(rows.len())
            .text("step", rows.iter().map(|_| step.as_str()))
            .text("fingerprint", rows.keys().map(String::as_str))
            .text("operation", rows.values().map(|row| row.operation))
            .text("problem", rows.values().map(|row| row.problem.as_str()))
            .text("raw", rows.values().map(|row| row.raw.as_str()));
        bulk::execute(&mut self.tx, SET_ASIDE, &fixed, &columns).await
    }
}

/// The same row has the same, wherever in the answer it stood.
fn fingerprint(row: &MalformedRow) -> String {
    let digest = Sha256::new().chain_update(row.operation).chain_update([0]).chain_update(&row.raw);
    hex::encode(digest.finalize())
}

impl SystemTx {
    /// What was set aside, the latest first, after a page's end; of one company, or of all.
    pub async fn quarantined(
        &mut self,
        tenant: Option<TenantId>,
        after: Option<&QuarantineCursor>,
        most: i64,
    ) -> Result<Vec<QuarantinedRow>> {
        let tenant = tenant.map(|tenant| tenant.0);
        let end_of_time = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or_default();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select q.tenant_id, t.name as company, a.marketplace, q.step, q.operation, q.problem, q.raw, q.times,
               q.first_seen_at, q.last_seen_at, q.fingerprint
             from quarantine q join tenants t on t.id = q.tenant_id
             join accounts a on a.tenant_id = q.tenant_id and a.id = q.account_id
             where ($1 is null or q.tenant_id = $1)
               and (q.last_seen_at < $2 or (q.last_seen_at = $2 and q.fingerprint > $3))
             order by q.last_seen_at desc, q.fingerprint limit $4"
        )
        .bind(tenant)
        .bind(after.map_or(end_of_time, |after| after.last_seen_at))
        .bind(after.map_or("", |after| after.fingerprint.as_str()))
        .bind(most)
        .fetch_all(conn)
        .await?
        }))
    }

    /// Removes rows that have not come again since a moment.
    pub async fn remove_old_quarantine(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from quarantine where last_seen_at < $1 and tenant_id is not null"
        )
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected()))
    }
}
