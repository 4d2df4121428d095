//! Walks a tenant's chain from its first entry and says where it breaks.

use super::{AuditRow, chain};
use crate::{
    error::Result,
    system::SystemTx,
    tenant::TenantTx,
    tx::{Tx, on_engine},
};
use domain::TenantId;

/// What a walk found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every entry follows from the one before. Entries cut off at the end are seen by comparing the count.
    Whole {
        /// How many there are.
        entries: i64,
    },
    /// This entry is missing, or was changed, or the one before it was.
    Broken {
        /// Its place, from 1.
        seq: i64,
    },
}

/// Entries read at once.
const PAGE: i64 = 1000;

impl TenantTx {
    /// Verifies the tenant's own chain.
    pub async fn verify_audit(&mut self) -> Result<AuditVerdict> {
        let tenant = self.tenant_id();
        walk(&mut self.tx, tenant).await
    }
}

impl SystemTx {
    /// Verifies a tenant's chain.
    pub async fn verify_audit(&mut self, tenant: TenantId) -> Result<AuditVerdict> {
        walk(&mut self.tx, tenant).await
    }
}

async fn walk(tx: &mut Tx, tenant: TenantId) -> Result<AuditVerdict> {
    let (mut last, mut previous) = (0, String::new());
    loop {
        let rows: Vec<AuditRow> = on_engine!(&mut *tx, |conn| sqlx::query_as(
            "select seq, at, actor, action, details, address, hash from audit_log
             where tenant_id = $1 and seq > $2 order by seq limit $3"
        )
        .bind(tenant.0)
        .bind(last)
        .bind(PAGE)
        .fetch_all(conn)
        .await?);
        if rows.is_empty() {
            return Ok(AuditVerdict::Whole { entries: last });
        }
        for row in rows {
            let (seq, stored) = (row.seq, row.hash.clone());
            let follows =
                seq == last + 1 && chain::hash(&previous, tenant, seq, &row.entry()) == stored;
            if !follows {
                return Ok(AuditVerdict::Broken { seq: last + 1 });
            }
            (last, previous) = (seq, stored);
        }
    }
}
