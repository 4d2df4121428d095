//! Who did what, when, from where: append-only, one hash chain a tenant, so that a row that was changed, removed or
//! slipped in later is noticed. Holds no secrets: a caller names fields, never their values.

pub(crate) mod chain;
mod list;
mod verify;

pub use verify::AuditVerdict;

use crate::{
    engine::lock,
    error::Result,
    system::SystemTx,
    tenant::TenantTx,
    tx::{Tx, on_engine},
};
use chrono::{DateTime, Utc};
use domain::{TenantId, UserId};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; `None`: nobody who is known, or the program itself.
    pub actor: Option<UserId>,
    /// What, as a word: `signed_in`.
    pub action: String,
    /// With what: words, whole numbers, truths and lists of them.
    pub details: Value,
    /// From where.
    pub address: String,
}

#[derive(sqlx::FromRow)]
pub(crate) struct AuditRow {
    pub(crate) seq: i64,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    action: String,
    details: Json<Value>,
    address: String,
    pub(crate) hash: String,
}

impl AuditRow {
    pub(crate) fn entry(self) -> AuditEntry {
        AuditEntry {
            at: self.at,
            actor: self.actor.map(UserId),
            action: self.action,
            details: self.details.0,
            address: self.address,
        }
    }
}

impl TenantTx {
    /// Appends to the tenant's chain. Entries of one tenant wait for each other until the transaction ends, so this
    /// is the last thing that a transaction does.
    pub async fn audit(&mut self, entry: &AuditEntry) -> Result<()> {
        let tenant = self.tenant_id();
        append(&mut self.tx, tenant, entry).await
    }

    /// The latest entries, the latest first.
    pub async fn audit_log(&mut self, limit: i64) -> Result<Vec<AuditEntry>> {
        let tenant = self.tenant();
        let rows: Vec<AuditRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select seq, at, actor, action, details, address, hash from audit_log
             where tenant_id = $1 order by seq desc limit $2"
        )
        .bind(tenant)
        .bind(limit)
        .fetch_all(conn)
        .await?);
        Ok(rows.into_iter().map(AuditRow::entry).collect())
    }
}

impl SystemTx {
    /// Appends to a tenant's chain, as [`TenantTx::audit`] does.
    pub async fn audit(&mut self, tenant: TenantId, entry: &AuditEntry) -> Result<()> {
        append(&mut self.tx, tenant, entry).await
    }
}

async fn append(tx: &mut Tx, tenant: TenantId, entry: &AuditEntry) -> Result<()> {
    lock::tenant(tx, tenant).await?;
    let head: Option<(i64, String)> = on_engine!(&mut *tx, |conn| sqlx::query_as(
        "select seq, hash from audit_log where tenant_id = $1 order by seq desc limit 1"
    )
    .bind(tenant.0)
    .fetch_optional(conn)
    .await?);
    let (last, previous) = head.unwrap_or_default();
    let seq = last + 1;
    let hash = chain::hash(&previous, tenant, seq, entry);
    on_engine!(tx, |conn| sqlx::query(
        "insert into audit_log (tenant_id, seq, at, actor, action, details, address, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(tenant.0)
    .bind(seq)
    .bind(entry.at)
    .bind(entry.actor.map(|user| user.0))
    .bind(&entry.action)
    .bind(Json(&entry.details))
    .bind(&entry.address)
    .bind(&hash)
    .execute(conn)
    .await
    .map(drop)?);
    Ok(())
}
