//! The company's shops, with what is known of their keys and the age of their data.

use crate::{Services, error::Result};
use domain::{
    ApiError, Permission,
    account::{Account, Freshness},
    sync::StepKind,
};
use store::{Caller, FreshnessRow};

/// The oldest shop first; each kind of data is named, also what was never read.
pub async fn accounts(services: &Services, caller: &Caller) -> Result<Vec<Account>> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let mut accounts = tx.accounts().await?;
    for account in &mut accounts {
        let known = tx.freshness(account.id).await?;
        account.freshness = StepKind::of(account.marketplace)
            .iter()
            .map(|&step| {
                let row = known.iter().find(|row| row.step == step).cloned();
                Freshness::from(row.unwrap_or_else(|| FreshnessRow::never(step)))
            })
            .collect();
    }
    tx.commit().await?;
    Ok(accounts)
}
