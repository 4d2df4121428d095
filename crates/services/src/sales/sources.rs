//! From which shops a list is, and how old it is.

use crate::error::Result;
use domain::{AccountId, sale::SourceAge, sync::StepKind};
use store::TenantTx;

/// The shops of a question. Where a marketplace lists returns apart, the older of the two counts.
pub(super) async fn sources(
    tx: &mut TenantTx,
    account: Option<AccountId>,
) -> Result<Vec<SourceAge>> {
    let mut sources = Vec::new();
    for shop in tx.accounts().await? {
        if account.is_some_and(|id| id != shop.id) {
            continue;
        }
        let known = tx.freshness(shop.id).await?;
        let steps = StepKind::of(shop.marketplace)
            .iter()
            .filter(|step| matches!(step, StepKind::Sales | StepKind::Returns));
        let ages: Vec<_> = steps
            .map(|step| known.iter().find(|row| row.step == *step).and_then(|row| row.as_of))
            .collect();
        sources.push(SourceAge {
            account_id: shop.id,
            shop: shop.name,
            marketplace: shop.marketplace,
            // `None` is the least: what was never read makes the whole unknown.
            as_of: ages.into_iter().min().flatten(),
        });
    }
    Ok(sources)
}
