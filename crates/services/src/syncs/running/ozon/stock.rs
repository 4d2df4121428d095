//! Stock by warehouse, of one scheme: every listed sku, a thousand a request, then one comparison. What is promised to
//! buyers is no stock.

use super::{
    super::{apply, halt::Halt, steps, work::Work},
    Remote, ask,
};
use domain::{
    malformed::Malformed,
    observed::{ObservedLevel, ObservedWarehouse, StockSnapshot},
    product::StockSource,
    sync::StepProblemCode,
};
use outbound::{
    ozon::{ANALYTICS_SKUS, Method, NamedWarehouse, PRODUCTS, StockRow},
    wildberries::SnapshotBuilder,
};
use std::collections::HashMap;

/// Name and region of each warehouse by its number.
type Names = HashMap<i64, (String, Option<String>)>;

pub(super) async fn step(
    work: &mut Work<'_>,
    remote: &Remote,
    source: StockSource,
) -> Result<(), Halt> {
    let before = apply::before(work, work_kind(source), source).await?;
    let step = work.step();
    step.expected = (before.freshness.rows > 0).then_some(before.freshness.rows);
    // A snapshot is of one moment: what was read before an interruption is read again.
    (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    let skus = apply::sizes(work).await?;

    let mut names = known_names(work, source).await?;
    let is_empty_handed = match source {
        StockSource::Marketplace => false,
        StockSource::Seller => {
            learn(&mut names, seller_warehouses(work, remote).await?);
            // A shop that sells from Ozon's warehouses alone is not asked for every sku.
            names.is_empty() && before.freshness.rows == 0
        }
    };
    let (rows, malformed) = if is_empty_handed {
        Default::default()
    } else {
        read(work, remote, source, &skus).await?
    };
    if source == StockSource::Marketplace && !rows.is_empty() {
        name_ozons(work, remote, &rows, &mut names).await?;
    }
    let snapshot = snapshot(source, rows, &names);
    let (writing, freshness) = apply::apply(work, before, source, snapshot, &malformed).await?;
    steps::done(work, writing, freshness).await
}

fn work_kind(source: StockSource) -> domain::sync::StepKind {
    match source {
        StockSource::Marketplace => domain::sync::StepKind::MarketplaceStock,
        StockSource::Seller => domain::sync::StepKind::SellerStock,
    }
}

async fn read(
    work: &mut Work<'_>,
    remote: &Remote,
    source: StockSource,
    skus: &[i64],
) -> Result<(Vec<StockRow>, Malformed), Halt> {
    let (mut rows, mut malformed) = (Vec::new(), Malformed::default());
    for some in skus.chunks(PRODUCTS) {
        let mut cursor: Option<String> = None;
        loop {
            let method = match source {
                StockSource::Marketplace => Method::FboStock,
                StockSource::Seller => Method::FbsStock,
            };
            let page = ask(work, method, || async {
                let (access, cursor) = (remote.access(), cursor.as_deref());
                match source {
                    StockSource::Marketplace => {
                        remote.client.fbo_stock(&access, some, cursor).await
                    }
                    StockSource::Seller => remote.client.fbs_stock(&access, some, cursor).await,
                }
            })
            .await;
            let page = match page {
                // The method is young, and not every installation of Ozon has it.
                Err(Halt::Step(problem))
                    if source == StockSource::Marketplace
                        && problem.code == StepProblemCode::Disabled =>
                {
                    return by_analytics(work, remote, skus).await;
                }
                page => page?,
            };
            work.step().rows += i64::try_from(page.rows.len()).unwrap_or_default();
            rows.extend(page.rows);
            malformed.extend(page.malformed);
            work.publish();
            let Some(next) = page.next else { break };
            cursor = Some(next);
        }
    }
    Ok((rows, malformed))
}

/// The same from Ozon's own view of its stock, which is a few hours old and already less what is reserved.
async fn by_analytics(
    work: &mut Work<'_>,
    remote: &Remote,
    skus: &[i64],
) -> Result<(Vec<StockRow>, Malformed), Halt> {
    let (mut rows, mut malformed) = (Vec::new(), Malformed::default());
    for some in skus.chunks(ANALYTICS_SKUS) {
        let (page, unread) = ask(work, Method::StockAnalytics, || async {
            remote.client.stock_figures(&remote.access(), some).await
        })
        .await?;
        work.step().rows += i64::try_from(page.len()).unwrap_or_default();
        malformed.extend(unread);
        rows.extend(page.into_iter().filter_map(|row| {
            Some(StockRow {
                sku: row.sku,
                warehouse: row.warehouse?,
                warehouse_name: row.warehouse_name,
                available: row.available?,
                reserved: 0,
            })
        }));
        work.publish();
    }
    Ok((rows, malformed))
}

async fn known_names(work: &Work<'_>, source: StockSource) -> Result<Names, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let names = tx.warehouse_names(work.account.id, source).await?;
    tx.commit().await?;
    // One that is called by its number never got a name: it is looked for again.
    Ok(names.into_iter().filter(|(number, (name, _))| *name != number.to_string()).collect())
}

async fn seller_warehouses(
    work: &mut Work<'_>,
    remote: &Remote,
) -> Result<Vec<NamedWarehouse>, Halt> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page = ask(work, Method::SellerWarehouses, || async {
            remote.client.seller_warehouses(&remote.access(), cursor.as_deref()).await
        })
        .await?;
        all.extend(page.warehouses);
        let Some(next) = page.next else { return Ok(all) };
        cursor = Some(next);
    }
}

/// Clusters leave some warehouses out, which another list names. A key that may read neither still gets its stock, at
/// warehouses that are called by their number.
async fn name_ozons(
    work: &mut Work<'_>,
    remote: &Remote,
    rows: &[StockRow],
    names: &mut Names,
) -> Result<(), Halt> {
    let clusters =
        ask(work, Method::Clusters, || async { remote.client.clusters(&remote.access()).await })
            .await;
    learn(names, optional(clusters)?);
    if rows.iter().any(|row| row.warehouse_name.is_none() && !names.contains_key(&row.warehouse)) {
        let others = ask(work, Method::OzonWarehouses, || async {
            remote.client.ozon_warehouses(&remote.access()).await
        })
        .await;
        learn(names, optional(others)?);
    }
    Ok(())
}

fn optional(found: Result<Vec<NamedWarehouse>, Halt>) -> Result<Vec<NamedWarehouse>, Halt> {
    match found {
        Err(Halt::Step(problem)) => {
            tracing::warn!(problem = problem.detail, "warehouses keep the names they have");
            Ok(Vec::new())
        }
        found => found,
    }
}

fn learn(names: &mut Names, warehouses: Vec<NamedWarehouse>) {
    for NamedWarehouse { number, name, cluster } in warehouses {
        let Some(name) = name else { continue };
        let known = names.entry(number).or_default();
        known.0 = name;
        known.1 = cluster.or(known.1.take());
    }
}

fn snapshot(source: StockSource, rows: Vec<StockRow>, names: &Names) -> StockSnapshot {
    let mut builder = SnapshotBuilder::new();
    for row in rows {
        let number = row.warehouse;
        let (name, region) = match names.get(&number) {
            Some((name, region)) => (name.clone(), region.clone()),
            None => (row.warehouse_name.unwrap_or_else(|| number.to_string()), None),
        };
        let warehouse = builder.warehouse(ObservedWarehouse { source, number, name, region });
        builder.level(&ObservedLevel {
            offer: row.sku,
            warehouse,
            quantity: row.available,
            // Ozon tells of its supplies, not of parcels: see its figures.
            in_way_to_client: 0,
            in_way_from_client: 0,
        });
    }
    builder.finish()
}
