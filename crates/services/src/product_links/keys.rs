//! By what products may be known again in another shop, kept up while a sync writes those that changed. Nothing is
//! kept before there is a second shop: there is nothing to compare.

use crate::{Caller, Services, error::Result};
use domain::{AccountId, ProductId, links::article_key};
use store::{KnownBy, NewProduct, TenantTx};

/// Products of a transaction.
const BATCH: i64 = 1000;

/// Barcodes of a product that are looked at: a card has a few.
const MOST_BARCODES: usize = 100;

/// The keys of one product: its article, if it says anything, and its barcodes.
fn keys(article: &str, barcodes: &[String]) -> Vec<String> {
    let mut keys: Vec<String> =
        article_key(article).map(|key| format!("a:{key}")).into_iter().collect();
    let codes = barcodes.iter().map(|code| code.trim()).filter(|code| !code.is_empty());
    keys.extend(codes.take(MOST_BARCODES).map(|code| format!("b:{code}")));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Writes the keys of products that a sync has just written, where they are kept.
pub(crate) async fn follow(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
    products: &[NewProduct],
) -> Result<()> {
    if !tx.follows_keys(account).await? {
        return Ok(());
    }
    let articles: Vec<i64> = products.iter().map(|product| product.observed.article).collect();
    let ids = tx.products_of_articles(account, &articles).await?;
    let keys: Vec<(ProductId, Vec<String>)> = products
        .iter()
        .filter_map(|product| {
            let observed = &product.observed;
            let barcodes: Vec<String> =
                observed.offers.iter().flat_map(|offer| offer.barcodes.clone()).collect();
            Some((*ids.get(&observed.article)?, keys(&observed.seller_article, &barcodes)))
        })
        .collect();
    tx.write_product_keys(account, &keys, services.clock.now()).await?;
    Ok(())
}

/// Writes the keys of all products of shops whose keys were not kept until now: once a second shop is there. Interrupted,
/// it begins anew; what changes meanwhile is written by whoever changes it.
pub(crate) async fn catch_up(services: &Services, caller: &Caller) -> Result<()> {
    let mut tx = services.store.read(caller).await?;
    let shops = tx.shops_without_keys().await?;
    tx.commit().await?;
    for account in shops {
        let mut tx = services.store.write(caller).await?;
        tx.note_link_scan(account, false, services.clock.now()).await?;
        tx.commit().await?;
        let mut after = ProductId(uuid::Uuid::nil());
        loop {
            let now = services.clock.now();
            let mut tx = services.store.write(caller).await?;
            let page: Vec<KnownBy> = tx.known_by(account, after, BATCH).await?;
            let known: Vec<(ProductId, Vec<String>)> =
                page.iter().map(|p| (p.product, keys(&p.article, &p.barcodes))).collect();
            tx.write_product_keys(account, &known, now).await?;
            let Some(last) = page.last() else {
                tx.note_link_scan(account, true, now).await?;
                tx.commit().await?;
                break;
            };
            after = last.product;
            tx.commit().await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_known_by_its_article_and_its_barcodes() {
        let code = |text: &str| text.to_owned();
        let known = keys("MUG 350", &[code("460"), code(" "), code("460"), code("461 ")]);
        assert_eq!(known, ["a:mug350", "b:460", "b:461"]);
        assert_eq!(keys("1", &[]), Vec::<String>::new());
    }
}
