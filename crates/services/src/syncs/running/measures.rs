//! Our own sums of every product of the shop: totals, orders of 7 and 28 days, cover. Only what changed is written.

use super::{
    demand::{self, Seen},
    halt::Halt,
    shop::measure_shop,
    steps,
    terms::Terms,
    work::Work,
};
use crate::{days, products::past};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Marketplace, ProductId, demand::Cover, sync::StepKind};
use planning::{WINDOW_DAYS, Window, closing_levels, cover};
use std::collections::BTreeMap;
use store::{FreshnessRow, INFINITE_COVER, MeasureDays, MeasureInputs, Measures, TenantTx};

/// Products a transaction.
const BATCH: usize = 5000;

/// What is known of a shop's data, hence what a measure may say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// The first reading of any stock.
    pub(crate) stock_since: Option<DateTime<Utc>>,
    /// The last reading of any stock.
    pub(crate) stock_as_of: Option<DateTime<Utc>>,
    /// The last reading of the marketplace's own warehouses, which alone tell of transit.
    pub(crate) transit_as_of: Option<DateTime<Utc>>,
    /// How far back orders were read.
    pub(crate) orders_since: Option<DateTime<Utc>>,
}

impl Known {
    pub(crate) fn of(freshness: &[FreshnessRow]) -> Self {
        let of = |kind| freshness.iter().filter(move |row| row.step == kind);
        let stock = || of(StepKind::MarketplaceStock).chain(of(StepKind::SellerStock));
        Self {
            stock_since: stock().filter_map(|row| row.first_as_of).min(),
            stock_as_of: stock().filter_map(|row| row.as_of).max(),
            transit_as_of: of(StepKind::MarketplaceStock).find_map(|row| row.as_of),
            orders_since: of(StepKind::Orders).find_map(|row| row.first_as_of),
        }
    }
}

pub(super) async fn step(work: &mut Work<'_>) -> Result<(), Halt> {
    let (rows, changes, known) = compute(work).await?;
    let step = work.step();
    (step.rows, step.changed) = (rows, 0);
    step.expected = Some(rows);
    let mut rest = changes.as_slice();
    let now = work.now();
    let writing = loop {
        let (batch, more) = rest.split_at(rest.len().min(BATCH));
        let mut writing = work.begin().await?;
        writing.tx.write_measures(work.account.id, batch, now).await?;
        work.step().changed += i64::try_from(batch.len()).unwrap_or_default();
        if more.is_empty() {
            count(work, &mut writing.tx, known, now).await?;
            break writing;
        }
        work.commit(writing).await?;
        rest = more;
    };
    steps::done(work, writing, measured(rows, now)).await
}

/// The same while other steps still wait: what is known by now is shown by now. The step itself stays as it is.
pub(super) async fn refresh(work: &mut Work<'_>) -> Result<(), Halt> {
    let (rows, changes, known) = compute(work).await?;
    let now = work.now();
    let mut writing = work.begin().await?;
    for batch in changes.chunks(BATCH) {
        writing.tx.write_measures(work.account.id, batch, now).await?;
    }
    count(work, &mut writing.tx, known, now).await?;
    writing.tx.set_freshness(work.account.id, &measured(rows, now)).await?;
    work.commit(writing).await
}

/// The sums over all products, once these are written.
async fn count(
    work: &Work<'_>,
    tx: &mut TenantTx,
    known: Known,
    now: DateTime<Utc>,
) -> Result<(), Halt> {
    tx.count_totals(work.account.id, now).await?;
    measure_shop(tx, work.account.id, work.account.marketplace, known, now).await?;
    Ok(())
}

fn measured(rows: i64, now: DateTime<Utc>) -> FreshnessRow {
    FreshnessRow {
        first_as_of: Some(now),
        as_of: Some(now),
        rows,
        ..FreshnessRow::never(StepKind::Measures)
    }
}

async fn compute(work: &Work<'_>) -> Result<(i64, Vec<(ProductId, Measures)>, Known), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let known = Known::of(&tx.freshness(work.account.id).await?);
    let (rows, changes) =
        measure_all(&mut tx, work.account.id, work.account.marketplace, known, work.now()).await?;
    tx.commit().await?;
    Ok((rows, changes, known))
}

/// How many products there are, and the measures of those for which others are stored.
pub(crate) async fn measure_all(
    tx: &mut TenantTx,
    account: domain::AccountId,
    marketplace: Marketplace,
    known: Known,
    now: DateTime<Utc>,
) -> Result<(i64, Vec<(ProductId, Measures)>), store::Error> {
    let length = u32::try_from(WINDOW_DAYS).unwrap_or_default();
    let window = Window::whole_days(marketplace, now, length);
    let today = planning::day_of(marketplace, now);
    let of_days = MeasureDays {
        first: days::number(window.first),
        last: days::number(window.last),
        today: days::number(today),
    };
    let inputs = tx.measure_inputs(account, of_days).await?;
    let orders_from = known.orders_since.map(|since| past::first_whole_day(marketplace, since));
    let terms = Terms::read(tx, account).await?;
    let mut measures: Vec<Measures> = inputs
        .iter()
        .map(|input| measure(input, marketplace, known, orders_from, window, &terms))
        .collect();
    let of_account = demand::Account { marketplace, known, orders_from, last: window.last, today };
    demand::classify(tx, of_account, &inputs, &mut measures).await?;
    let changes = inputs
        .iter()
        .zip(measures)
        .filter(|(input, measures)| input.stored != *measures)
        .map(|(input, measures)| (input.product, measures))
        .collect();
    Ok((i64::try_from(inputs.len()).unwrap_or_default(), changes))
}

fn measure(
    input: &MeasureInputs,
    marketplace: Marketplace,
    known: Known,
    orders_from: Option<NaiveDate>,
    window: Window,
    terms: &Terms,
) -> Measures {
    // A card that was made after the last reading of stock is not empty: its stock is not known.
    let read = |as_of: Option<DateTime<Utc>>| as_of.is_some_and(|at| input.created_at <= at);
    let [stock, to_client, from_client] = input.levels;
    let total_stock = read(known.stock_as_of).then_some(stock);
    let transit = read(known.transit_as_of);

    let ordered: Vec<Option<i64>> = window
        .days()
        .zip(&input.ordered)
        .map(|(day, units)| orders_from.filter(|from| day >= *from).map(|_| *units))
        .collect();
    let deltas: BTreeMap<NaiveDate, i64> = window
        .first
        .iter_days()
        .zip(&input.deltas)
        .filter(|(_, delta)| **delta != 0)
        .map(|(day, delta)| (day, *delta))
        .collect();
    let since = past::known_from(marketplace, known.stock_since, input.created_at);
    let closing = closing_levels(total_stock, &deltas, since, window.last, ordered.len());
    let velocity = past::velocity_inputs(&closing, &ordered);
    let orders = |days: usize| {
        let last = ordered.iter().rev().take(days);
        last.flatten().copied().reduce(|sum, units| sum + units)
    };
    let seen = Seen { closing: &closing, ordered: &ordered, velocity: &velocity };
    Measures {
        total_stock,
        in_way_to_client: transit.then_some(to_client),
        in_way_from_client: transit.then_some(from_client),
        orders_7: orders(7),
        orders_28: orders(28),
        total_orders: orders_from.map(|_| input.total_orders),
        days_in_stock_28: velocity.days_in_stock,
        cover_tenths: match cover(total_stock, &velocity) {
            Cover::OutOfStock => Some(0),
            Cover::Infinite => Some(INFINITE_COVER),
            Cover::Days { tenths } => Some(tenths),
            Cover::Unknown { .. } => None,
        },
        plan: demand::plan(input, total_stock, orders_from.is_some(), &seen, terms),
    }
}
