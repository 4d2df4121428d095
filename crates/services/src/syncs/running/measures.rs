//! Our own sums of every product of the shop: totals, orders of 7 and 28 days, cover. Only products whose rows changed
//! are measured, all of them when a day begins, more is known or the terms of ordering are others; only what differs is
//! written. Classes compare weeks and products, so they are a day's: they are computed when all are measured.

use super::{
    demand::{self, Seen},
    halt::Halt,
    shop::measure_shop,
    steps,
    terms::Terms,
    unmeasured::Unmeasured,
    work::Work,
};
use crate::{days, products::past};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Marketplace, ProductId, demand::Cover, sync::StepKind};
use planning::{WINDOW_DAYS, Window, abc, closing_levels, cover};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{
    FreshnessRow, INFINITE_COVER, MeasureDays, MeasureInputs, MeasureScope, Measures, StockCurve,
    TenantTx,
};

/// Products a transaction, in the order of their ids.
const BATCH: i64 = 5000;

/// The same of products that lie anywhere.
const NAMED: usize = 5000;

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
    /// The same of what reached its buyers, and what came back.
    sales_since: Option<DateTime<Utc>>,
    returns_since: Option<DateTime<Utc>>,
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
            sales_since: of(StepKind::Sales).find_map(|row| row.first_as_of),
            returns_since: of(StepKind::Returns).find_map(|row| row.first_as_of),
        }
    }

    /// How far back it was read what came back. Wildberries tells it among the sales.
    pub(crate) fn came_back_since(&self, marketplace: Marketplace) -> Option<DateTime<Utc>> {
        match marketplace {
            Marketplace::Wildberries => self.sales_since,
            Marketplace::Ozon => self.returns_since,
        }
    }
}

/// What was known when everything was measured last. While it stays so, only products whose rows change are measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settled {
    /// The marketplace's day: a new one moves the window of every product.
    day: i64,
    stock_since: Option<DateTime<Utc>>,
    transit: bool,
    orders_since: Option<DateTime<Utc>>,
    /// By which terms was ordered.
    #[serde(default)]
    terms: u64,
    /// Some products are newer than the last reading of stock, so that the next reading tells of them.
    unread: bool,
}

impl Settled {
    pub(super) fn of(cursor: Option<&Value>) -> Option<Self> {
        serde_json::from_value(cursor?.clone()).ok()
    }

    /// Whether what is known now is known of the same time.
    fn holds(&self, now: &Self) -> bool {
        !self.unread && *self == Self { unread: false, ..now.clone() }
    }
}

/// The days and what is known, the same for every product.
struct Frame {
    marketplace: Marketplace,
    known: Known,
    orders_from: Option<NaiveDate>,
    window: Window,
    days: MeasureDays,
    terms: Terms,
}

impl Frame {
    fn new(marketplace: Marketplace, known: Known, terms: Terms, now: DateTime<Utc>) -> Self {
        let window =
            Window::whole_days(marketplace, now, u32::try_from(WINDOW_DAYS).unwrap_or_default());
        let days = MeasureDays {
            first: days::number(window.first),
            last: days::number(window.last),
            today: days::number(planning::day_of(marketplace, now)),
        };
        let orders_from = known.orders_since.map(|since| past::first_whole_day(marketplace, since));
        Self { marketplace, known, orders_from, window, days, terms }
    }

    fn settled(&self, unread: bool) -> Settled {
        Settled {
            day: self.days.today,
            stock_since: self.known.stock_since,
            transit: self.known.transit_as_of.is_some(),
            orders_since: self.known.orders_since,
            terms: self.terms.fingerprint,
            unread,
        }
    }

    /// The measures of products, in their order. With `weeks` the class of demand is that of the weeks until today;
    /// else it stays, as does the class by revenue.
    async fn measures(
        &self,
        tx: &mut TenantTx,
        inputs: &[MeasureInputs],
        weeks: bool,
    ) -> Result<Vec<Measures>, store::Error> {
        let mut measures: Vec<_> = inputs.iter().map(|input| measure(input, self)).collect();
        if weeks {
            let account = demand::Account {
                marketplace: self.marketplace,
                known: self.known,
                orders_from: self.orders_from,
                last: self.window.last,
                today: days::date(self.days.today),
            };
            demand::classify(tx, account, inputs, &mut measures).await?;
        }
        Ok(measures)
    }

    /// Whether one of them was made after the last reading of stock.
    fn unread(&self, inputs: &[MeasureInputs]) -> bool {
        let known = [self.known.stock_as_of, self.known.transit_as_of];
        inputs.iter().any(|input| known.iter().flatten().any(|as_of| *as_of < input.created_at))
    }
}

pub(super) async fn step(work: &mut Work<'_>) -> Result<(), Halt> {
    let step = work.step();
    (step.rows, step.changed) = (0, 0);
    let settled = settle(work, true).await?;
    let mut writing = work.begin().await?;
    count(work, &mut writing.tx, &settled).await?;
    steps::done(work, writing, settled.freshness).await?;
    work.unmeasured = Unmeasured::default();
    Ok(())
}

/// The same while other steps still wait: what is known by now is shown by now. The step itself stays as it is.
pub(super) async fn refresh(work: &mut Work<'_>) -> Result<(), Halt> {
    let settled = settle(work, false).await?;
    let mut writing = work.begin().await?;
    count(work, &mut writing.tx, &settled).await?;
    writing.tx.set_freshness(work.account.id, &settled.freshness).await?;
    work.commit(writing).await?;
    work.unmeasured = Unmeasured::default();
    Ok(())
}

/// The sums over all products, once these are written; those of the shop's days only when any of them may differ.
async fn count(work: &Work<'_>, tx: &mut TenantTx, settled: &Done) -> Result<(), Halt> {
    let now = work.now();
    tx.count_totals(work.account.id, now).await?;
    if settled.all || settled.freshness.rows > 0 {
        measure_shop(tx, work.account.id, work.account.marketplace, settled.known, now).await?;
    }
    Ok(())
}

/// What was measured.
struct Done {
    freshness: FreshnessRow,
    known: Known,
    /// Not only what had changed.
    all: bool,
}

/// Measures whatever may have changed, some thousand products a transaction, and hands back what is to be said of it.
async fn settle(work: &mut Work<'_>, counts: bool) -> Result<Done, Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let freshness = tx.freshness(work.account.id).await?;
    let terms = Terms::read(&mut tx, work.account.id).await?;
    tx.commit().await?;
    let own = freshness.iter().find(|row| row.step == StepKind::Measures);
    let known = Known::of(&freshness);
    let frame = Frame::new(work.account.marketplace, known, terms, work.now());
    let stored = Settled::of(own.and_then(|row| row.cursor.as_ref()));
    let changed = work.unmeasured.since(stored, |before| before.holds(&frame.settled(false)));

    let (mut rows, mut unread) = (0, false);
    let all = changed.is_none();
    match changed {
        Some(products) => {
            for some in products.chunks(NAMED) {
                let scope = MeasureScope::These(some);
                let inputs = measure_some(work, &frame, scope, counts).await?;
                rows += inputs.len();
                unread |= frame.unread(&inputs);
            }
        }
        None => {
            let mut after = None;
            loop {
                let scope = MeasureScope::After(after, BATCH);
                let inputs = measure_some(work, &frame, scope, counts).await?;
                let Some(last) = inputs.last() else { break };
                after = Some(last.product);
                rows += inputs.len();
                unread |= frame.unread(&inputs);
            }
            rank(work).await?;
        }
    }
    let now = Some(work.now());
    let freshness = FreshnessRow {
        first_as_of: now,
        as_of: now,
        rows: i64::try_from(rows).unwrap_or_default(),
        cursor: serde_json::to_value(frame.settled(unread)).ok(),
        ..FreshnessRow::never(StepKind::Measures)
    };
    Ok(Done { freshness, known, all })
}

/// The classes by revenue, in which every product counts for every other.
async fn rank(work: &mut Work<'_>) -> Result<(), Halt> {
    let account = work.account.id;
    let mut tx = work.services.store.read(&work.caller).await?;
    let ranked = tx.revenue_classes(account).await?;
    tx.commit().await?;
    let revenue: Vec<_> = ranked.iter().map(|(_, revenue, _)| *revenue).collect();
    let others: Vec<_> = ranked
        .iter()
        .zip(abc(&revenue))
        .filter(|((_, _, stored), class)| stored != class)
        .map(|((product, ..), class)| (*product, class))
        .collect();
    for some in others.chunks(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
        let now = work.now();
        let mut writing = work.begin().await?;
        writing.tx.write_revenue_classes(some, now).await?;
        work.commit(writing).await?;
    }
    Ok(())
}

async fn measure_some(
    work: &mut Work<'_>,
    frame: &Frame,
    scope: MeasureScope<'_>,
    counts: bool,
) -> Result<Vec<MeasureInputs>, Halt> {
    let account = work.account.id;
    let mut tx = work.services.store.read(&work.caller).await?;
    let inputs = tx.measure_inputs(account, frame.days, scope).await?;
    let weeks = matches!(scope, MeasureScope::After(..));
    let measures = frame.measures(&mut tx, &inputs, weeks).await?;
    tx.commit().await?;
    let changes = differing(&inputs, measures);
    if counts {
        let step = work.step();
        step.rows += i64::try_from(inputs.len()).unwrap_or_default();
        step.changed += i64::try_from(changes.len()).unwrap_or_default();
    }
    if !changes.is_empty() {
        let now = work.now();
        let mut writing = work.begin().await?;
        writing.tx.write_measures(account, &changes, now).await?;
        work.commit(writing).await?;
    }
    Ok(inputs)
}

/// How many products there are, and the measures of those for which others are stored: of a small shop, at once.
pub(crate) async fn measure_all(
    tx: &mut TenantTx,
    account: domain::AccountId,
    marketplace: Marketplace,
    known: Known,
    now: DateTime<Utc>,
) -> Result<(i64, Vec<(ProductId, Measures)>), store::Error> {
    let frame = Frame::new(marketplace, known, Terms::read(tx, account).await?, now);
    let (mut inputs, mut measures, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let scope = MeasureScope::After(after, BATCH);
        let some = tx.measure_inputs(account, frame.days, scope).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.product);
        measures.extend(frame.measures(tx, &some, true).await?);
        inputs.extend(some);
    }
    let revenue: Vec<_> = measures.iter().map(|measures| measures.plan.revenue_28).collect();
    for (measures, class) in measures.iter_mut().zip(abc(&revenue)) {
        measures.plan.abc = class;
    }
    let rows = i64::try_from(inputs.len()).unwrap_or_default();
    Ok((rows, differing(&inputs, measures)))
}

/// Those for which other measures are stored.
fn differing(inputs: &[MeasureInputs], measures: Vec<Measures>) -> Vec<(ProductId, Measures)> {
    inputs
        .iter()
        .zip(measures)
        .filter(|(input, measures)| input.stored != *measures)
        .map(|(input, measures)| (input.product, measures))
        .collect()
}

fn measure(input: &MeasureInputs, frame: &Frame) -> Measures {
    let Frame { marketplace, known, orders_from, window, ref terms, .. } = *frame;
    // A card that was made after the last reading of stock is not empty: its stock is not known.
    let read = |as_of: Option<DateTime<Utc>>| as_of.is_some_and(|at| input.created_at <= at);
    let [stock, to_client, from_client] = input.levels;
    let total_stock = read(known.stock_as_of).then_some(stock);
    // Ozon tells of its supplies, not of parcels.
    let transit = marketplace == Marketplace::Wildberries && read(known.transit_as_of);

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
    // Today beside the window: the curve ends today, the velocity yesterday.
    let evenings = closing_levels(
        total_stock,
        &deltas,
        since,
        days::date(frame.days.today),
        ordered.len() + 1,
    );
    let closing = evenings.get(..ordered.len()).unwrap_or_default();
    let velocity = past::velocity_inputs(closing, &ordered);
    let orders = |days: usize| {
        let last = ordered.iter().rev().take(days);
        last.flatten().copied().reduce(|sum, units| sum + units)
    };
    let seen = Seen { closing, ordered: &ordered, velocity: &velocity };
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
        curve: StockCurve::new(frame.days.today, &evenings),
    }
}
