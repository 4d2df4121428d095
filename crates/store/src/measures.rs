//! The inputs of every product's measures in a few passes over its account, and the measures back again.
//! Computes nothing: what a velocity is, `planning` knows.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    plan_measures::{self, PlanMeasures, PlanRow},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, ProductId};
use futures::TryStreamExt;
use sqlx::FromRow;
use std::collections::HashMap;
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
    /// What is stored now.
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
    #[sqlx(flatten)]
    plan: PlanRow,
}

const WRITE: &str = "with {rows}
 update products set total_stock = v.total_stock, in_way_to_client = v.to_client, in_way_from_client = v.from_client,
   orders_7 = v.orders_7, orders_28 = v.orders_28, total_orders = v.total_orders,
   days_in_stock_28 = v.days_in_stock_28, cover_tenths = v.cover_tenths,
   price_minor = v.price_minor, revenue_28 = v.revenue_28, velocity_thousandths = v.velocity_thousandths,
   stock_yesterday = v.stock_yesterday, lost_units_28 = v.lost_units_28, lost_minor_28 = v.lost_minor_28,
   at_risk_units = v.at_risk_units, at_risk_minor = v.at_risk_minor, order_units = v.order_units,
   order_minor = v.order_minor, dead_units = v.dead_units, dead_minor = v.dead_minor, abc = v.abc, xyz = v.xyz,
   updated_at = $2
 from v where products.tenant_id = $1 and products.id = v.id";

fn at<'i>(
    inputs: &'i mut [MeasureInputs],
    place: &HashMap<Uuid, usize>,
    product: &Uuid,
) -> Option<&'i mut MeasureInputs> {
    inputs.get_mut(*place.get(product)?)
}

impl TenantTx {
    /// All products of an account with the inputs of their measures.
    pub async fn measure_inputs(
        &mut self,
        account: AccountId,
        days: MeasureDays,
    ) -> Result<Vec<MeasureInputs>> {
        let tenant = self.tenant();
        let window = usize::try_from(days.last - days.first + 1).unwrap_or_default();
        let until_today = usize::try_from(days.today - days.first + 1).unwrap_or_default();
        let mut inputs = Vec::new();
        let mut place: HashMap<Uuid, usize> = HashMap::new();
        for row in self.measured_products(account).await? {
            place.insert(row.id, inputs.len());
            inputs.push(MeasureInputs {
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
                },
                levels: [0; 3],
                total_orders: 0,
                total_revenue: 0,
                revenue: 0,
                ordered: vec![0; window],
                deltas: vec![0; until_today],
            });
        }
        let day_index = |day: i64| usize::try_from(day - days.first).unwrap_or(usize::MAX);

        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, i64, i64, i64)>(
                "select product_id, cast(sum(quantity) as bigint), cast(sum(in_way_to_client) as bigint),
                   cast(sum(in_way_from_client) as bigint)
                 from stock_levels where tenant_id = $1 group by product_id",
            )
            .bind(tenant)
            .fetch(conn);
            while let Some((product, quantity, to, from)) = rows.try_next().await? {
                if let Some(input) = at(&mut inputs, &place, &product) {
                    input.levels = [quantity, to, from];
                }
            }
        });
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, i64, i64)>(
                "select product_id, cast(sum(ordered) as bigint), cast(sum(revenue_minor) as bigint)
                 from daily_sales where tenant_id = $1 group by product_id",
            )
            .bind(tenant)
            .fetch(conn);
            while let Some((product, total, revenue)) = rows.try_next().await? {
                if let Some(input) = at(&mut inputs, &place, &product) {
                    (input.total_orders, input.total_revenue) = (total, revenue);
                }
            }
        });
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, i64, i64, i64)>(
                "select product_id, day, ordered, revenue_minor from daily_sales
                 where tenant_id = $1 and day between $2 and $3 and ordered > 0",
            )
            .bind(tenant)
            .bind(days.first)
            .bind(days.last)
            .fetch(conn);
            while let Some((product, day, ordered, revenue)) = rows.try_next().await? {
                if let Some(input) = at(&mut inputs, &place, &product) {
                    input.revenue += revenue;
                    if let Some(slot) = input.ordered.get_mut(day_index(day)) {
                        *slot = ordered;
                    }
                }
            }
        });
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, i64, i64)>(
                "select product_id, day, cast(sum(delta) as bigint) from stock_changes
                 where tenant_id = $1 and day between $2 and $3 group by product_id, day",
            )
            .bind(tenant)
            .bind(days.first)
            .bind(days.today)
            .fetch(conn);
            while let Some((product, day, delta)) = rows.try_next().await? {
                if let Some(slot) =
                    at(&mut inputs, &place, &product).and_then(|i| i.deltas.get_mut(day_index(day)))
                {
                    *slot = delta;
                }
            }
        });
        Ok(inputs)
    }

    async fn measured_products(&mut self, account: AccountId) -> Result<Vec<ProductRow>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select id, created_at, total_stock, in_way_to_client, in_way_from_client, orders_7, orders_28,
               total_orders, days_in_stock_28, cover_tenths, price_minor, revenue_28, velocity_thousandths,
               stock_yesterday, lost_units_28, at_risk_units, order_units, dead_units, abc, xyz
             from products where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?
        }))
    }

    /// Stores measures of products of an account; they are updated now.
    pub async fn write_measures(
        &mut self,
        account: AccountId,
        measures: &[(ProductId, Measures)],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        self.forget_totals(account).await?;
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        let of = |get: fn(&Measures) -> Option<i64>| measures.iter().map(move |(_, m)| get(m));
        let plans: Vec<PlanMeasures> = measures.iter().map(|(_, m)| m.plan).collect();
        let rows = Rows::new(measures.len())
            .id("id", measures.iter().map(|(id, _)| id.0))
            .maybe_number("total_stock", of(|m| m.total_stock))
            .maybe_number("to_client", of(|m| m.in_way_to_client))
            .maybe_number("from_client", of(|m| m.in_way_from_client))
            .maybe_number("orders_7", of(|m| m.orders_7))
            .maybe_number("orders_28", of(|m| m.orders_28))
            .maybe_number("total_orders", of(|m| m.total_orders))
            .maybe_number("days_in_stock_28", of(|m| m.days_in_stock_28))
            .maybe_number("cover_tenths", of(|m| m.cover_tenths));
        let rows = plan_measures::columns(rows, &plans);
        bulk::execute(&mut self.tx, WRITE, &fixed, &rows).await
    }
}
