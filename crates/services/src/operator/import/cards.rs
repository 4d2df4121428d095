//! The original's cards with the sums that they had; sizes, warehouses and history come with the first sync.

use super::{Report, row};
use crate::{Services, error::Result};
use domain::{AccountId, Marketplace, TenantId};
use std::collections::HashMap;
use store::{ImportedProduct, Original, OriginalTable, Reason};

pub(super) async fn import(
    services: &Services,
    original: &mut Original,
    shops: &HashMap<TenantId, (AccountId, Marketplace)>,
    report: &mut Report,
) -> Result<()> {
    if !original.has(OriginalTable::Products).await? {
        return Ok(());
    }
    let mut after = String::new();
    loop {
        let (rows, last) = original.page(OriginalTable::Products, &after).await?;
        let Some(last) = last else { return Ok(()) };
        after = last;
        let mut batch: HashMap<TenantId, Vec<ImportedProduct>> = HashMap::new();
        for row in &rows {
            match row::product(row, services.clock.now()) {
                Ok((tenant, _)) if !shops.contains_key(&tenant) => {
                    report.products.refuse("its company was not taken");
                }
                Ok((tenant, product)) => batch.entry(tenant).or_default().push(product),
                Err(reason) => report.products.refuse(reason),
            }
        }
        let mut tx = services.store.system_write(Reason::Operator).await?;
        for (tenant, products) in &batch {
            let Some((account, _)) = shops.get(tenant) else { continue };
            let taken = tx.import_products(*tenant, *account, products).await?;
            report.products.taken += taken;
            report.products.already += (products.len() as u64).saturating_sub(taken);
        }
        tx.commit().await?;
    }
}
