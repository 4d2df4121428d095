//! The exception: a transaction across tenants, which must say why.

use crate::{engine::Store, error::Result, tx::Tx};

/// Why a transaction may cross tenants. The list is short and stays short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Before it is known who asks: registration, sign-in, a token's look-up.
    SignIn,
    /// A person and what reaches beyond one company: password, sign-ins, second factor, letters; their companies.
    OwnAccount,
    /// A worker takes the next run, whoever's it is.
    WorkerPickUp,
    /// A request's turn in a marketplace's limit, which counts sellers and not companies.
    Pace,
    /// Whether a seller's shop is connected by several companies, of which none is told of another.
    SameSeller,
    /// The installation's operator: demo expiry, health, maintenance.
    Operator,
}

/// A transaction that sees every tenant.
pub struct SystemTx {
    pub(crate) tx: Tx,
    write: bool,
}

impl SystemTx {
    /// Makes the changes last. Dropped without it, they are undone. One that only read ends by itself, and nobody
    /// waits for that.
    pub async fn commit(self) -> Result<()> {
        self.tx.end(self.write).await
    }
}

impl Store {
    /// Opens a transaction across tenants that only reads.
    pub async fn system_read(&self, reason: Reason) -> Result<SystemTx> {
        tracing::trace!(?reason, "system read");
        Ok(SystemTx { tx: self.begin_system(false).await?, write: false })
    }

    /// Opens a transaction across tenants that writes.
    pub async fn system_write(&self, reason: Reason) -> Result<SystemTx> {
        tracing::trace!(?reason, "system write");
        Ok(SystemTx { tx: self.begin_system(true).await?, write: true })
    }
}
