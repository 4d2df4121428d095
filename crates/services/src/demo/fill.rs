//! Fills a demo shop with a year, as if it had been read every day. Asks nothing over HTTP: the simulated world tells it
//! directly, and the run in the log says so.

use super::{
    DemoWorld,
    history::{History, Ids, SOURCES},
};
use crate::{
    Caller, Error, Result, Services, days,
    syncs::running::{Known, LEASE, latest, measure_all, measure_shop, with_ids},
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, SyncRunId,
    sync::{StepKind, StepState, SyncStatus},
};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use store::{Claim, FreshnessRow, NewOrder, TenantTx};

/// Rows a transaction.
const BATCH: usize = 5000;

/// What a demo begins with. The rest comes with its first sync, and until then is not known.
const FILLED: [StepKind; 6] = [
    StepKind::Products,
    StepKind::MarketplaceStock,
    StepKind::SellerStock,
    StepKind::Orders,
    StepKind::StockHistory,
    StepKind::Measures,
];

/// Writes products, warehouses, levels, a year of changes and orders, sums, measures, and one finished sync.
pub async fn fill(services: &Services, caller: &Caller, account: AccountId) -> Result<()> {
    let Some(world) = services.demo_world.clone() else {
        return Err(Error::Broken("a demo can't be filled", "there is no simulated world".into()));
    };
    let now = services.clock.now();
    let ids = catalogue(services, caller, account, world.as_ref(), now).await?;
    let (history, ids) = tokio::task::spawn_blocking({
        let world = Arc::clone(&world);
        move || (History::of(world.as_ref(), &ids, now), ids)
    })
    .await
    .map_err(|error| Error::Broken("a demo's year could not be computed", error.into()))?;

    for changes in history.changes.chunks(BATCH) {
        let mut tx = services.store.write(caller).await?;
        tx.write_history(changes).await?;
        tx.commit().await?;
    }
    orders(services, caller, account, &ids, &history).await?;
    let mut tx = services.store.write(caller).await?;
    tx.write_current(&history.levels).await?;
    let freshness = freshness(&history, &ids, world.opened_at(), now);
    for row in &freshness {
        tx.set_freshness(account, row).await?;
    }
    let known = Known::of(&freshness);
    let (_, measures) = measure_all(&mut tx, account, Marketplace::Wildberries, known, now).await?;
    tx.write_measures(account, &measures, now).await?;
    tx.count_totals(account, now).await?;
    measure_shop(&mut tx, account, Marketplace::Wildberries, known, now).await?;
    log(services, &mut tx, account, &freshness, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Cards, sizes and warehouses, as old as the world.
async fn catalogue(
    services: &Services,
    caller: &Caller,
    account: AccountId,
    world: &dyn DemoWorld,
    now: DateTime<Utc>,
) -> Result<Ids> {
    let clock = &services.clock;
    let products = with_ids(world.products(now), || clock.new_id(), || clock.new_id());
    let mut tx = services.store.write(caller).await?;
    tx.upsert_products(account, &products, world.opened_at()).await?;
    let mut warehouses = HashMap::new();
    for source in SOURCES {
        let observed = world.stock(source, now).warehouses;
        let new: Vec<_> = observed.iter().map(|warehouse| (clock.new_id(), warehouse)).collect();
        tx.upsert_warehouses(account, &new).await?;
        let ids = tx.warehouse_ids(account, source).await?;
        warehouses.extend(ids.into_iter().map(|(number, id)| ((source, number), id)));
    }
    let products = tx.product_ids(account).await?;
    let offers = tx.known_offers(account).await?;
    tx.commit().await?;
    Ok(Ids { products, offers, warehouses })
}

async fn orders(
    services: &Services,
    caller: &Caller,
    account: AccountId,
    ids: &Ids,
    history: &History,
) -> Result<()> {
    for batch in history.orders.chunks(BATCH) {
        let orders: Vec<NewOrder<'_>> = latest(batch)
            .into_iter()
            .map(|observed| NewOrder {
                observed,
                product: ids.products.get(&observed.article).copied(),
                day: days::number_of(Marketplace::Wildberries, observed.ordered_at),
            })
            .collect();
        let mut tx = services.store.write(caller).await?;
        tx.upsert_orders(account, &orders).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn freshness(
    history: &History,
    ids: &Ids,
    opened_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<FreshnessRow> {
    let count = |n: usize| i64::try_from(n).unwrap_or_default();
    FILLED
        .iter()
        .map(|&step| {
            let latest_change = history.orders.iter().map(|order| order.changed_at).max();
            let (rows, cursor) = match step {
                StepKind::Products | StepKind::Measures => (count(ids.products.len()), None),
                StepKind::MarketplaceStock | StepKind::SellerStock => {
                    (count(history.levels.len()), None)
                }
                StepKind::Orders => {
                    (count(history.orders.len()), Some(json!({ "latest_change": latest_change })))
                }
                _ => (0, None),
            };
            let (first_as_of, as_of) = (Some(opened_at), Some(now));
            FreshnessRow { step, first_as_of, as_of, rows, cursor, problem: None }
        })
        .collect()
}

/// The sync that the log shows. It made no request, and its steps say where their rows are from.
async fn log(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
    freshness: &[FreshnessRow],
    now: DateTime<Utc>,
) -> Result<()> {
    let run: SyncRunId = services.clock.new_id();
    if tx.create_due_run(run, account, now, &FILLED).await?.is_err() {
        // A sync runs already: the log will have that one.
        return Ok(());
    }
    let Claim::Taken { lease, .. } = tx.claim_run(run, now, now + LEASE).await? else {
        return Ok(());
    };
    for mut step in tx.step_progress(run).await? {
        let rows = freshness.iter().find(|row| row.step == step.kind).map_or(0, |row| row.rows);
        step.state = StepState::Done;
        (step.rows, step.changed, step.expected) = (rows, rows, Some(rows));
        (step.started_at, step.finished_at) = (Some(now), Some(now));
        step.cursor = Some(json!({ "origin": "demo" }));
        tx.save_step(run, &step).await?;
    }
    if !tx.finish_run(&lease, SyncStatus::Completed, now).await? {
        let lost = "another worker took it within one transaction";
        return Err(Error::Broken("a demo's sync was lost", lost.into()));
    }
    Ok(())
}
