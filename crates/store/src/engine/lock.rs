//! Waiting for each other. On SQLite whoever writes has the file to itself already.

use crate::{error::Result, tx::Tx};
use domain::TenantId;

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
