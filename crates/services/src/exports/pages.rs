//! The pages of a list, read one ahead of the writing: while a page is made into a file, the next comes from the
//! database.

use super::List;
use crate::{Services, error::Result};
use store::{Caller, OrderKey, Packed, Place};
use tokio::sync::mpsc;

use domain::{ProductId, SyncRunId};

/// Where a list stands.
enum Key {
    Product(ProductId),
    Place(Place),
    /// Of orders, or of sales.
    Order(OrderKey),
    Sync(SyncRunId),
}

/// Begins to read; the pages in their order. Whoever stops listening stops the reading.
pub(super) fn read(
    services: &Services,
    caller: &Caller,
    list: List,
) -> mpsc::Receiver<Result<Packed>> {
    let (to, pages) = mpsc::channel(1);
    let (services, caller) = (services.clone(), caller.clone());
    tokio::spawn(async move {
        let mut after = None;
        loop {
            let (page, next) = match page(&services, &caller, &list, after).await {
                Ok((page, next)) => (Ok(page), next),
                Err(error) => (Err(error), None),
            };
            if to.send(page).await.is_err() || next.is_none() {
                return;
            }
            after = next;
        }
    });
    pages
}

async fn page(
    services: &Services,
    caller: &Caller,
    list: &List,
    after: Option<Key>,
) -> Result<(Packed, Option<Key>)> {
    // A transaction a page: a slow reader holds no connection.
    let mut tx = services.store.read(caller).await?;
    let page = match (list, after) {
        (List::Products(query), after) => {
            let after =
                after.and_then(|key| if let Key::Product(id) = key { Some(id) } else { None });
            let (page, next) = tx.packed_products(query, after).await?;
            (page, next.map(Key::Product))
        }
        (List::Stock(query), after) => {
            let after =
                after.and_then(|key| if let Key::Place(key) = key { Some(key) } else { None });
            let (page, next) = tx.packed_stock(query, after).await?;
            (page, next.map(Key::Place))
        }
        (List::Orders(query), after) => {
            let after =
                after.and_then(|key| if let Key::Order(key) = key { Some(key) } else { None });
            let (page, next) = tx.packed_orders(query, after).await?;
            (page, next.map(Key::Order))
        }
        (List::Sales(query), after) => {
            let after =
                after.and_then(|key| if let Key::Order(key) = key { Some(key) } else { None });
            let (page, next) = tx.packed_sales(query, after).await?;
            (page, next.map(Key::Order))
        }
        (List::Syncs, after) => {
            let after = after.and_then(|key| if let Key::Sync(id) = key { Some(id) } else { None });
            let (page, next) = tx.packed_syncs(after).await?;
            (page, next.map(Key::Sync))
        }
    };
    tx.commit().await?;
    Ok(page)
}
