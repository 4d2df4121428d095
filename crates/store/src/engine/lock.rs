//! Waiting for each other. On SQLite whoever writes has the file to itself already.

use crate::{error::Result, tx::Tx};
use domain::TenantId;

/// The number that stands for the operators' log among the database's advisory locks.
const OPERATOR_LOG: i64 = 0x5374_6f63_6b4f_704c;

/// Makes transactions that append to the operators' log wait for each other.
pub(crate) async fn operator_log(tx: &mut Tx) -> Result<()> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("select pg_advisory_xact_lock($1)")
            .bind(OPERATOR_LOG)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Makes transactions of one tenant that ask for it wait for each other. Foreign keys to the tenant don't wait for it.
pub(crate) async fn tenant(tx: &mut Tx, tenant: TenantId) -> Result<()> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query("select id from tenants where id = $1 for no key update")
            .bind(tenant.0)
            .fetch_optional(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Waits until no worker writes for any shop of the tenant, which is for a page at most, and keeps them from beginning
/// until the transaction ends. Whoever removes a shop or the tenant asks for it first: a worker holds its run's row before
/// it touches others, and a removal that met it half-way would wait for the worker while the worker waits for the shop.
/// Not of the shop's own workers alone: those of another shop write what links its products with this one's.
pub(crate) async fn runs(tx: &mut Tx, tenant: TenantId) -> Result<()> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query(
            "select id from sync_runs
             where tenant_id = $1 and status in ('pending', 'running') order by id for update",
        )
        .bind(tenant.0)
        .fetch_all(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Makes transactions that write the keys of one tenant's products wait for each other, and for nobody else.
pub(crate) async fn product_keys(tx: &mut Tx, tenant: TenantId) -> Result<()> {
    if let Tx::Postgres(tx) = tx {
        sqlx::query(
            "select account_id from link_scans where tenant_id = $1 order by account_id for no key update",
        )
        .bind(tenant.0)
        .fetch_all(&mut **tx)
        .await?;
    }
    Ok(())
}
