//! A transaction that sees one tenant.

use crate::{caller::Caller, engine::Store, error::Result, tx::Tx};
use domain::{ProductId, TenantId};

/// A transaction inside one tenant. Each table's file adds its queries to it; every one of them
/// binds [`TenantTx::tenant_id`], and on PostgreSQL row-level security holds even if one did not.
pub struct TenantTx {
    pub(crate) tx: Tx,
    tenant: TenantId,
    write: bool,
    /// Products whose measures what was written here may have changed.
    touched: Vec<uuid::Uuid>,
}

impl TenantTx {
    /// The tenant whose rows this transaction reaches.
    pub fn tenant_id(&self) -> TenantId {
        self.tenant
    }

    /// The value to bind wherever a query says `tenant_id = $n`.
    pub(crate) fn tenant(&self) -> uuid::Uuid {
        self.tenant.0
    }

    /// Notes products whose measures are no longer what their rows say.
    pub(crate) fn touch(&mut self, products: impl Iterator<Item = uuid::Uuid>) {
        self.touched.extend(products);
    }

    /// The products whose measures what was written so far may have changed, each once; from now on none.
    pub fn take_touched(&mut self) -> Vec<ProductId> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        touched.into_iter().map(ProductId).collect()
    }

    /// Makes the changes last. Dropped without it, they are undone.
    ///
    /// One that only read has nothing to make last: the connection ends it by itself, and nobody waits for that.
    pub async fn commit(self) -> Result<()> {
        self.tx.end(self.write).await
    }
}

impl Store {
    /// Opens a transaction that only reads: on SQLite it takes a reader and waits for no writer.
    pub async fn read(&self, caller: &Caller) -> Result<TenantTx> {
        self.tenant_tx(caller, false).await
    }

    /// Opens a transaction that only reads what one plan does for, whatever is asked: never what a filter narrows.
    pub async fn read_steady(&self, caller: &Caller) -> Result<TenantTx> {
        let tenant = caller.tenant;
        let tx = self.begin_steady(tenant).await?;
        Ok(TenantTx { tx, tenant, write: false, touched: Vec::new() })
    }

    /// Opens a transaction that writes: on SQLite it takes the one writer, at once (`begin immediate`).
    pub async fn write(&self, caller: &Caller) -> Result<TenantTx> {
        self.tenant_tx(caller, true).await
    }

    async fn tenant_tx(&self, caller: &Caller, write: bool) -> Result<TenantTx> {
        let tenant = caller.tenant;
        let tx = self.begin_tenant(tenant, write).await?;
        Ok(TenantTx { tx, tenant, write, touched: Vec::new() })
    }
}
