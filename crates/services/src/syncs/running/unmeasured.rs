//! Whose measures are no longer what their rows say. Remembered in the process; that there are any is in the database,
//! so that whoever goes on after an end that nobody noted measures all.

use super::measures::Settled;
use domain::{AccountId, ProductId, sync::StepKind};
use std::collections::HashSet;
use store::{FreshnessRow, TenantTx};

/// More than so many are not remembered one by one: then all are measured.
const MOST: usize = 150_000;

#[derive(Debug, Default)]
pub(super) enum Unmeasured {
    /// What the database says, since this work wrote nothing yet.
    #[default]
    AsStored,
    /// These, since everything was settled.
    These(Settled, HashSet<ProductId>),
    /// Nobody knows.
    All,
}

impl Unmeasured {
    /// Notes products that a transaction changed, in that transaction.
    pub(super) async fn add(
        &mut self,
        tx: &mut TenantTx,
        account: AccountId,
        products: Vec<ProductId>,
    ) -> Result<(), store::Error> {
        if products.is_empty() {
            return Ok(());
        }
        if matches!(self, Self::AsStored) {
            *self = unsettle(tx, account).await?;
        }
        if let Self::These(_, known) = self {
            known.extend(products);
            if known.len() > MOST {
                *self = Self::All;
            }
        }
        Ok(())
    }

    /// The products to measure, in the order of their ids, if what was settled before still holds; `None`: all.
    pub(super) fn since(
        &self,
        stored: Option<Settled>,
        holds: impl Fn(&Settled) -> bool,
    ) -> Option<Vec<ProductId>> {
        let (before, products) = match self {
            Self::AsStored => (stored?, Vec::new()),
            Self::These(before, products) => {
                (before.clone(), products.iter().copied().collect::<Vec<_>>())
            }
            Self::All => return None,
        };
        let mut products = holds(&before).then_some(products)?;
        products.sort_unstable();
        Some(products)
    }
}

/// From now on the database says that not everything is measured.
async fn unsettle(tx: &mut TenantTx, account: AccountId) -> Result<Unmeasured, store::Error> {
    let row = tx.freshness_of(account, StepKind::Measures).await?;
    let Some(settled) = Settled::of(row.cursor.as_ref()) else { return Ok(Unmeasured::All) };
    tx.set_freshness(account, &FreshnessRow { cursor: None, ..row }).await?;
    Ok(Unmeasured::These(settled, HashSet::new()))
}
