//! The log as it is read: page by page, newest first.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{
    UserId,
    audit::{AuditQuery, AuditRecord},
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct RecordRow {
    seq: i64,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    email: Option<String>,
    action: String,
    details: Json<Value>,
    address: String,
}

impl TenantTx {
    /// Entries before the cursor that the question wants, newest first, and one more than its limit if there is one.
    pub async fn audit_page(&mut self, query: &AuditQuery) -> Result<Vec<AuditRecord>> {
        let tenant = self.tenant();
        let rows: Vec<RecordRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select l.seq, l.at, l.actor, u.email, l.action, l.details, l.address
             from audit_log l
             left join memberships m on m.tenant_id = l.tenant_id and m.user_id = l.actor
             left join users u on u.id = m.user_id
             where l.tenant_id = $1 and l.seq < $2
               and ($3 = '' or l.action = $3) and ($4 = $5 or l.actor = $4)
             order by l.seq desc limit $6"
        )
        .bind(tenant)
        .bind(query.cursor.unwrap_or(i64::MAX))
        .bind(query.action.as_deref().unwrap_or_default())
        .bind(query.person.map_or(Uuid::nil(), |user| user.0))
        .bind(Uuid::nil())
        .bind(i64::from(query.limit) + 1)
        .fetch_all(conn)
        .await?);
        Ok(rows
            .into_iter()
            .map(|row| AuditRecord {
                seq: row.seq,
                at: row.at,
                action: row.action,
                person: row.actor.map(UserId),
                email: row.email,
                details: row.details.0,
                address: row.address,
            })
            .collect())
    }

    /// Every action that the log holds, in the order of the alphabet.
    pub async fn audit_actions(&mut self) -> Result<Vec<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select distinct action from audit_log where tenant_id = $1 order by action"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?))
    }
}
