//! The inputs of products' measures, some thousand products at a time, and the measures back again: of an account's
//! products in the order of their ids, or of those that are named. Computes nothing: what a velocity is, `planning` knows.

use crate::{
    curve::StockCurve,
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    past_days::{Found, add_days},
    plan_measures::{self, PlanMeasures, PlanRow},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, ProductId};
use sqlx::FromRow;
use uuid::Uuid;

/// What is stored beside a product; `None`: never read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Pieces that can be sold.
    pub total_stock: Option<i64>,
    /// Pieces on the way to buyers.
    pub in_way_to_client: Option<i64>,
    /// Pieces on the way back.
    pub in_way_from_client: Option<i64>,
    /// Units ordered in the last 7 whole days.
    pub orders_7: Option<i64>,
    /// Units ordered in the last 28 whole days.
    pub orders_28: Option<i64>,
    /// Units ordered in the whole known past.
    pub total_orders: Option<i64>,
    /// Days of the last 28 that ended with stock.
    pub days_in_stock_28: Option<i64>,
    /// Days of cover as a sort key: out of stock 0, infinite [`INFINITE_COVER`].
    pub cover_tenths: Option<i64>,
    /// What a morning asks.
    pub plan: PlanMeasures,
    /// How its stock ended each of the last days.
    pub curve: StockCurve,
}

/// The sort key of what never runs out: 2^53.
pub const INFINITE_COVER: i64 = 1 << 53;

/// A product with what its measures are computed from.
#[derive(Clone, Debug)]
pub struct MeasureInputs {
    /// Which.
    pub product: ProductId,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// What is stored now, as it is seen today.
    pub stored: Measures,
    /// The sums of its levels: can be sold, to buyers, back.
    pub levels: [i64; 3],
    /// Units ordered in the whole known past.
    pub total_orders: i64,
    /// What they cost the buyers, minor units.
    pub total_revenue: i64,
    /// The same of the window.
    pub revenue: i64,
    /// Units ordered on each day of the window, oldest first.
    pub ordered: Vec<i64>,
    /// The change of stock on each day from the window's first to today, oldest first.
    pub deltas: Vec<i64>,
}

/// The days that measures look at, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureDays {
    /// The window's first day.
    pub first: i64,
    /// The window's last day.
    pub last: i64,
    /// Today, which is not over.
    pub today: i64,
}

/// Which products' inputs are read together.
#[derive(Clone, Copy, Debug)]
pub enum MeasureScope<'a> {
    /// The next so many of the account behind this one; `None`: the first.
    After(Option<ProductId>, i64),
    /// These, as far as they are the account's.
    These(&'a [ProductId]),
}

#[derive(FromRow)]
struct ProductRow {
    id: Uuid,
    created_at: DateTime<Utc>,
    total_stock: Option<i64>,
    in_way_to_client: Option<i64>,
    in_way_from_client: Option<i64>,
    orders_7: Option<i64>,
    orders_28: Option<i64>,
    total_orders: Option<i64>,
    days_in_stock_28: Option<i64>,
    cover_tenths: Option<i64>,
    curve: Option<Vec<u8>>,
    #[sqlx(flatten)]
    plan: PlanRow,
}

const PRODUCTS_AFTER: &str =
    "select id, created_at, total_stock, in_way_to_client, in_way_from_client, orders_7, orders_28, total_orders,
       days_in_stock_28, cover_tenths, curve, price_minor, revenue_28, velocity_thousandths, stock_yesterday, lost_units_28,
       at_risk_units, order_units, dead_units, abc, xyz, cost_minor, demand
     from products where tenant_id = $1 and account_id = $2 and id > $3 order by id limit $4";

const PRODUCTS: &str = "with {rows}
 select p.id, p.created_at, p.total_stock, p.in_way_to_client, p.in_way_from_client, p.orders_7, p.orders_28,
   p.total_orders, p.days_in_stock_28, p.cover_tenths, p.curve, p.price_minor, p.revenue_28, p.velocity_thousandths,
   p.stock_yesterday, p.lost_units_28, p.at_risk_units, p.order_units, p.dead_units, p.abc, p.xyz, p.cost_minor,
   p.demand
 from v {each products p: p.tenant_id = $1 and p.id = v.id} where p.account_id = $2";

// A stretch of products is one stretch of each index.
const LEVELS_BETWEEN: &str =
    "select product_id, cast(sum(quantity) as bigint), cast(sum(in_way_to_client) as bigint),
       cast(sum(in_way_from_client) as bigint)
     from stock_levels where tenant_id = $1 and product_id between $2 and $3 group by product_id";

const LEVELS: &str = "with {rows}
 select v.id, cast(sum(l.quantity) as bigint), cast(sum(l.in_way_to_client) as bigint),
   cast(sum(l.in_way_from_client) as bigint)
 from v {each stock_levels l: l.tenant_id = $1 and l.product_id = v.id} group by v.id";

const TOTALS_BETWEEN: &str =
    "select product_id, cast(sum(ordered) as bigint), cast(sum(revenue_minor) as bigint)
     from daily_sales
     where tenant_id = $1 and product_id between $2 and $3 group by product_id";

const TOTALS: &str = "with {rows}
 select v.id, cast(sum(s.ordered) as bigint), cast(sum(s.revenue_minor) as bigint)
 from v {each daily_sales s: s.tenant_id = $1 and s.product_id = v.id} group by v.id";

const SALES_BETWEEN: &str = "select product_id, day, ordered, revenue_minor from daily_sales
     where tenant_id = $1 and product_id between $2 and $3 and day between $4 and $5 and ordered > 0";

const SALES: &str = "with {rows}
 select s.product_id, s.day, s.ordered, s.revenue_minor
 from v {each daily_sales s: s.tenant_id = $1 and s.product_id = v.id and s.day between $2 and $3}
 where s.ordered > 0";

/// Of a stretch of products, `$4` and `$5` the days.
pub(crate) const DELTAS_BETWEEN: &str =
    "select product_id, day, cast(sum(delta) as bigint), null from stock_changes
     where tenant_id = $1 and product_id between $2 and $3 and day between $4 and $5 group by product_id, day
     union all
     select product_id, stretch, 0, changes from stock_past
     where tenant_id = $1 and product_id between $2 and $3 and stretch between $4 / 16 and $5 / 16";

const DELTAS: &str = "with {rows}
 select c.product_id, c.day, cast(sum(c.delta) as bigint), null
 from v {each stock_changes c: c.tenant_id = $1 and c.product_id = v.id and c.day between $2 and $3} group by c.product_id, c.day
 union all
 select h.product_id, h.stretch, 0, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id and h.stretch between $2 / 16 and $3 / 16}";

const WRITE: &str = "with {rows}
 update products set total_stock = v.total_stock, in_way_to_client = v.to_client, in_way_from_client = v.from_client,
   orders_7 = v.orders_7, orders_28 = v.orders_28, total_orders = v.total_orders,
   days_in_stock_28 = v.days_in_stock_28, cover_tenths = v.cover_tenths, curve = v.curve,
   price_minor = v.price_minor, revenue_28 = v.revenue_28, velocity_thousandths = v.velocity_thousandths,
   stock_yesterday = v.stock_yesterday, lost_units_28 = v.lost_units_28, lost_minor_28 = v.lost_minor_28,
   at_risk_units = v.at_risk_units, at_risk_minor = v.at_risk_minor, order_units = v.order_units,
   order_minor = v.order_minor, dead_units = v.dead_units, dead_minor = v.dead_minor, abc = v.abc, xyz = v.xyz,
   cost_minor = v.cost_minor, frozen_minor = v.frozen_minor, missed_minor = v.missed_minor, demand = v.demand,
   updated_at = $2
 from v where products.tenant_id = $1 and products.id = v.id";

/// What the products' rows elsewhere add up to.
#[derive(Default)]
struct Elsewhere {
    levels: Vec<(Uuid, i64, i64, i64)>,
    /// Units and what they cost.
    totals: Vec<(Uuid, i64, i64)>,
    /// A day, its units and what they cost.
    sales: Vec<(Uuid, i64, i64, i64)>,
    deltas: Vec<Found>,
}

fn at<'i>(
    inputs: &'i mut [MeasureInputs],
    ids: &[Uuid],
    product: Uuid,
) -> Option<&'i mut MeasureInputs> {
    inputs.get_mut(ids.binary_search(&product).ok()?)
}

impl MeasureInputs {
    fn new(row: ProductRow, days: MeasureDays) -> Result<Self> {
        let curve = StockCurve::unpack(row.curve.as_deref())?;
        let length = |last: i64| usize::try_from(last - days.first + 1).unwrap_or_default();
        Ok(Self {
            product: ProductId(row.id),
            created_at: row.created_at,
            stored: Measures {
                total_stock: row.total_stock,
                in_way_to_client: row.in_way_to_client,
                in_way_from_client: row.in_way_from_client,
                orders_7: row.orders_7,
                orders_28: row.orders_28,
                total_orders: row.total_orders,
                days_in_stock_28: row.days_in_stock_28,
                cover_tenths: row.cover_tenths,
                plan: row.plan.measures()?,
                curve: curve.until(days.today),
            },
            levels: [0; 3],
            total_orders: 0,
            total_revenue: 0,
            revenue: 0,
            ordered: vec![0; length(days.last)],
            deltas: vec![0; length(days.today)],
        })
    }
}

impl TenantTx {
    /// The inputs of the measures of some products of an account, in the order of their ids.
    pub async fn measure_inputs(
        &mut self,
        account: AccountId,
        days: MeasureDays,
        scope: MeasureScope<'_>,
    ) -> Result<Vec<MeasureInputs>> {
        let mut rows = self.measured_products(account, scope).await?;
        rows.sort_unstable_by_key(|row| row.id);
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut inputs = rows
            .into_iter()
            .map(|row| MeasureInputs::new(row, days))
            .collect::<Result<Vec<_>>>()?;
        let Elsewhere { levels, totals, sales, deltas } = match scope {
            MeasureScope::After(..) => self.stretch(&ids, days).await?,
            MeasureScope::These(_) => self.named(&ids, days).await?,
        };
        let day_index = |day: i64| usize::try_from(day - days.first).unwrap_or(usize::MAX);
        for (product, quantity, to, from) in levels {
            if let Some(input) = at(&mut inputs, &ids, product) {
                input.levels = [quantity, to, from];
            }
        }
        for (product, total, revenue) in totals {
            if let Some(input) = at(&mut inputs, &ids, product) {
                (input.total_orders, input.total_revenue) = (total, revenue);
            }
        }
        for (product, day, ordered, revenue) in sales {
            let Some(input) = at(&mut inputs, &ids, product) else { continue };
            input.revenue += revenue;
            if let Some(slot) = input.ordered.get_mut(day_index(day)) {
                *slot = ordered;
            }
        }
        for found in deltas {
            add_days(
                found,
                |_| true,
                |product, day, delta| {
                    if let Some(slot) = at(&mut inputs, &ids, product)
                        .and_then(|input| input.deltas.get_mut(day_index(day)))
                    {
                        *slot += delta;
                    }
                },
            )?;
        }
        Ok(inputs)
    }

    async fn measured_products(
        &mut self,
        account: AccountId,
        scope: MeasureScope<'_>,
    ) -> Result<Vec<ProductRow>> {
        let tenant = self.tenant();
        match scope {
            MeasureScope::After(after, most) => Ok(on_engine!(&mut self.tx, |conn| {
                sqlx::query_as(PRODUCTS_AFTER)
                    .bind(tenant)
                    .bind(account.0)
                    .bind(after.map_or(Uuid::nil(), |product| product.0))
                    .bind(most)
                    .fetch_all(conn)
                    .await?
            })),
            MeasureScope::These(products) => {
                let fixed = [Fixed::Id(tenant), Fixed::Id(account.0)];
                let rows = Rows::new(products.len()).id("id", products.iter().map(|id| id.0));
                bulk::fetch(&mut self.tx, PRODUCTS, &fixed, &rows).await
            }
        }
    }

    /// What there is between the first and the last of them; of other accounts too, which nobody asks for.
    async fn stretch(&mut self, ids: &[Uuid], days: MeasureDays) -> Result<Elsewhere> {
        let tenant = self.tenant();
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
            return Ok(Elsewhere::default());
        };
        Ok(on_engine!(&mut self.tx, |conn| {
            let levels = sqlx::query_as(LEVELS_BETWEEN).bind(tenant).bind(first).bind(last);
            let levels = levels.fetch_all(&mut *conn).await?;
            let totals = sqlx::query_as(TOTALS_BETWEEN).bind(tenant).bind(first).bind(last);
            let totals = totals.fetch_all(&mut *conn).await?;
            let sales = sqlx::query_as(SALES_BETWEEN).bind(tenant).bind(first).bind(last);
            let sales = sales.bind(days.first).bind(days.last).fetch_all(&mut *conn).await?;
            let deltas = sqlx::query_as(DELTAS_BETWEEN).bind(tenant).bind(first).bind(last);
            let deltas = deltas.bind(days.first).bind(days.today).fetch_all(conn).await?;
            Elsewhere { levels, totals, sales, deltas }
        }))
    }

    async fn named(&mut self, ids: &[Uuid], days: MeasureDays) -> Result<Elsewhere> {
        let rows = Rows::new(ids.len()).id("id", ids.iter().copied());
        let tenant = Fixed::Id(self.tenant());
        let until = |last| [tenant, Fixed::Number(days.first), Fixed::Number(last)];
        Ok(Elsewhere {
            levels: bulk::fetch(&mut self.tx, LEVELS, &[tenant], &rows).await?,
            totals: bulk::fetch(&mut self.tx, TOTALS, &[tenant], &rows).await?,
            sales: bulk::fetch(&mut self.tx, SALES, &until(days.last), &rows).await?,
            deltas: bulk::fetch(&mut self.tx, DELTAS, &until(days.today), &rows).await?,
        })
    }

    /// Stores measures of products of an account; they are updated now.
    pub async fn write_measures(
        &mut self,
        account: AccountId,
        measures: &[(ProductId, Measures)],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        if measures.is_empty() {
            return Ok(0);
        }
        self.forget_totals(account).await?;
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        let of = |get: fn(&Measures) -> Option<i64>| measures.iter().map(move |(_, m)| get(m));
        let plans: Vec<PlanMeasures> = measures.iter().map(|(_, m)| m.plan).collect();
        let curves: Vec<Option<Vec<u8>>> = measures.iter().map(|(_, m)| m.curve.pack()).collect();
        let rows = Rows::new(measures.len())
            .id("id", measures.iter().map(|(id, _)| id.0))
            .maybe_number("total_stock", of(|m| m.total_stock))
            .maybe_number("to_client", of(|m| m.in_way_to_client))
            .maybe_number("from_client", of(|m| m.in_way_from_client))
            .maybe_number("orders_7", of(|m| m.orders_7))
            .maybe_number("orders_28", of(|m| m.orders_28))
            .maybe_number("total_orders", of(|m| m.total_orders))
            .maybe_number("days_in_stock_28", of(|m| m.days_in_stock_28))
            .maybe_number("cover_tenths", of(|m| m.cover_tenths))
            .maybe_bytes("curve", curves.iter().map(Option::as_deref));
        let rows = plan_measures::columns(rows, &plans);
        bulk::execute(&mut self.tx, WRITE, &fixed, &rows).await
    }
}
