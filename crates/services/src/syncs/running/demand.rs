//! What a morning asks of each product, from what was just measured: what it brings, what is missed, what to order,
//! what lies dead, and its class of demand.

use super::{measures::Known, terms::Terms};
use crate::{days, products::past};
use chrono::NaiveDate;
use domain::{Marketplace, ProductId, product::VelocityInputs};
use planning::{
    Window, classes, closing_levels, dead_units, demand_class, lost_units, order_units,
    units_at_risk, xyz,
};
use std::collections::{BTreeMap, HashMap};
use store::{MeasureInputs, Measures, PlanMeasures, TenantTx};

/// The days of a product that were just measured.
pub(super) struct Seen<'s> {
    pub(super) closing: &'s [Option<i64>],
    pub(super) ordered: &'s [Option<i64>],
    pub(super) velocity: &'s VelocityInputs,
}

/// What can be said of a product alone; its classes come later.
pub(super) fn plan(
    input: &MeasureInputs,
    stock: Option<i64>,
    has_orders: bool,
    seen: &Seen<'_>,
    terms: &Terms,
) -> PlanMeasures {
    let (rules, packing) = terms.of(input.product);
    let rate = seen.velocity.per_day_thousandths;
    let units: i64 = input.ordered.iter().sum();
    let price = |revenue: i64, units: i64| (units > 0).then(|| revenue / units);
    PlanMeasures {
        // The last weeks say it best; else the whole past, for what nobody buys any more.
        price_minor: price(input.revenue, units)
            .or_else(|| price(input.total_revenue, input.total_orders)),
        revenue_28: has_orders.then_some(input.revenue),
        velocity_thousandths: rate,
        stock_yesterday: stock.and(seen.closing.last().copied().flatten()),
        lost_units_28: lost_units(seen.closing, seen.ordered, rate),
        at_risk_units: units_at_risk(stock, rate, rules),
        order_units: order_units(stock, rate, rules, packing),
        dead_units: dead_units(stock, seen.closing, seen.ordered),
        // Classes are a day's: see who measures all.
        abc: input.stored.plan.abc,
        xyz: input.stored.plan.xyz,
        demand: input.stored.plan.demand,
        cost_minor: terms.cost(input.product),
    }
}

/// Puts the classes of demand into the measures, which stand beside their inputs: a stretch of an account's products in
/// the order of their ids.
pub(super) async fn classify(
    tx: &mut TenantTx,
    account: Account,
    inputs: &[MeasureInputs],
    measures: &mut [Measures],
) -> Result<(), store::Error> {
    let weeks = Weeks::read(tx, account, inputs).await?;
    for (input, measures) in inputs.iter().zip(measures) {
        let days = weeks.days(input, measures.total_stock);
        let days = days.as_ref().map(|(closing, ordered)| (closing.as_slice(), ordered.as_slice()));
        measures.plan.xyz = days.and_then(|(closing, ordered)| xyz(closing, ordered));
        measures.plan.demand = days.and_then(|(closing, ordered)| demand_class(closing, ordered));
    }
    Ok(())
}

/// Whose products these are, and what is known of them.
#[derive(Clone, Copy)]
pub(super) struct Account {
    pub(super) marketplace: Marketplace,
    pub(super) known: Known,
    pub(super) orders_from: Option<NaiveDate>,
    /// The last whole day.
    pub(super) last: NaiveDate,
    /// The day that goes on.
    pub(super) today: NaiveDate,
}

type Days = (Vec<Option<i64>>, Vec<Option<i64>>);

/// The days of some products over all weeks.
struct Weeks {
    account: Account,
    window: Window,
    sales: HashMap<ProductId, BTreeMap<NaiveDate, i64>>,
    deltas: HashMap<ProductId, BTreeMap<NaiveDate, i64>>,
}

impl Weeks {
    async fn read(
        tx: &mut TenantTx,
        account: Account,
        products: &[MeasureInputs],
    ) -> Result<Self, store::Error> {
        let length = u32::try_from(classes::BUCKETS * classes::BUCKET_DAYS).unwrap_or_default();
        let window = Window::ending(account.last, length);
        let mut weeks = Self { account, window, sales: HashMap::new(), deltas: HashMap::new() };
        let (Some(first), Some(last)) = (products.first(), products.last()) else {
            return Ok(weeks);
        };
        let ids = (first.product, last.product);
        let from = days::number(window.first);
        for (product, day, units) in
            tx.sales_between(ids, (from, days::number(window.last))).await?
        {
            weeks.sales.entry(product).or_default().insert(days::date(day), units);
        }
        for (product, day, delta) in
            tx.deltas_between(ids, (from, days::number(account.today))).await?
        {
            *weeks.deltas.entry(product).or_default().entry(days::date(day)).or_default() += delta;
        }
        Ok(weeks)
    }

    /// Closing stock and units ordered of each day; `None`: nothing was sold.
    fn days(&self, input: &MeasureInputs, stock: Option<i64>) -> Option<Days> {
        let sales = self.sales.get(&input.product)?;
        let none = BTreeMap::new();
        let deltas = self.deltas.get(&input.product).unwrap_or(&none);
        let since = past::known_from(
            self.account.marketplace,
            self.account.known.stock_since,
            input.created_at,
        );
        let length = usize::try_from(self.window.length()).unwrap_or_default();
        let closing = closing_levels(stock, deltas, since, self.window.last, length);
        let ordered: Vec<_> = self
            .window
            .days()
            .map(|day| {
                let known = self.account.orders_from.is_some_and(|from| day >= from);
                known.then(|| sales.get(&day).copied().unwrap_or(0))
            })
            .collect();
        Some((closing, ordered))
    }
}
