//! A transaction on either engine, and the macro that runs one SQL text on both.

use crate::{engine::Engine, error::Result};
use sqlx::{Postgres, Sqlite, Transaction};

/// An open transaction. Dropped, it is rolled back.
pub(crate) enum Tx {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

impl Tx {
    /// Which engine it is on, for the few texts that differ.
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }

    /// Makes what was written last. What only read has nothing to keep: its connection rolls back on its way home, and
    /// nobody waits for that.
    pub(crate) async fn end(self, write: bool) -> Result<()> {
        if write { self.commit().await } else { Ok(()) }
    }

    async fn commit(self) -> Result<()> {
        // Heard by the test that kills workers on either side of it.
        tracing::trace!(target: "store::commit", "is to last");
        match self {
            Self::Postgres(tx) => tx.commit().await?,
            Self::Sqlite(tx) => tx.commit().await?,
        }
        tracing::trace!(target: "store::commit", "lasts");
        Ok(())
    }
}

/// Runs the body on the connection of whichever engine the transaction is on: the same text twice,
/// typed for each driver.
///
/// ```ignore
/// on_engine!(self.tx(), |conn| sqlx::query_scalar("select name from tenants where id = $1")
///     .bind(self.tenant_id().0).fetch_optional(conn).await?)
/// ```
macro_rules! on_engine {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::tx::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::tx::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(crate) use on_engine;
