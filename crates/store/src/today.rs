//! The morning page, the periods and the warehouses as they are read: sums that were counted before, and the first rows
//! of each list through an index. Never computes.

use crate::{
    error::{Error, Result},
    measures::INFINITE_COVER,
    plan_measures,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, ProductId, WarehouseId,
    demand::Cover,
    product::StockSource,
    today::{ClassCell, TodayProduct},
};
use sqlx::FromRow;
use uuid::Uuid;

/// Which of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanting {
    /// What runs out before a delivery can arrive.
    AtRisk,
    /// What to order.
    Order,
    /// What lies dead, by its price.
    Dead,
    /// The same, by its cost where that is known.
    Frozen,
}

/// The sums of all shops.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of shop_measures, summed")]
pub struct ShopSums {
    pub measured_at: Option<DateTime<Utc>>,
    pub products: i64,
    pub unknown: i64,
    pub at_risk_products: i64,
    pub at_risk_units: i64,
    pub at_risk_minor: i64,
    pub at_risk_unpriced: i64,
    pub order_products: i64,
    pub order_units: i64,
    pub order_minor: i64,
    pub order_unpriced: i64,
    pub dead_products: i64,
    pub dead_units: i64,
    pub dead_minor: i64,
    pub dead_unpriced: i64,
    pub lost_products: i64,
    pub lost_units: i64,
    pub lost_minor: i64,
    pub lost_unpriced: i64,
    pub ran_out: i64,
    pub came_back: i64,
    pub new_products: i64,
    pub archived_products: i64,
    pub stock_change: Option<i64>,
    pub frozen_minor: i64,
    pub frozen_at_price: i64,
    pub missed_minor: i64,
    pub missed_at_price: i64,
    pub repriced: i64,
}

/// A day of all shops (days since 1970-01-01). A shop that does not know the day is missing from its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of shop_days, summed")]
pub struct CompanyDay {
    pub day: i64,
    pub ordered: i64,
    pub cancelled: i64,
    pub revenue_minor: i64,
    pub stock: Option<i64>,
    pub returned: Option<i64>,
    /// How many shops know it.
    pub shops: i64,
}

/// A warehouse with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of warehouse_measures")]
pub struct MeasuredWarehouse {
    pub id: WarehouseId,
    pub account: AccountId,
    pub name: String,
    pub region: Option<String>,
    pub source: StockSource,
    pub stock: i64,
    pub products: i64,
    pub out_products: i64,
    pub orders_28: Option<i64>,
}

#[derive(FromRow)]
pub(crate) struct WarehouseRow {
    id: Uuid,
    account_id: Uuid,
    name: String,
    region: Option<String>,
    source: String,
    stock: i64,
    products: i64,
    out_products: i64,
    orders_28: Option<i64>,
}

#[derive(FromRow)]
struct ProductRow {
    id: Uuid,
    marketplace: String,
    article: i64,
    seller_article: String,
    title: String,
    photo_url: Option<String>,
    total_stock: Option<i64>,
    cover_tenths: Option<i64>,
    velocity_thousandths: Option<i64>,
    price_minor: Option<i64>,
    units: i64,
    minor: Option<i64>,
    cost: Option<i64>,
}

const SUMS: &str = "select min(measured_at) as measured_at,
   cast(coalesce(sum(products), 0) as bigint) as products, cast(coalesce(sum(unknown), 0) as bigint) as unknown,
   cast(coalesce(sum(at_risk_products), 0) as bigint) as at_risk_products,
   cast(coalesce(sum(at_risk_units), 0) as bigint) as at_risk_units,
   cast(coalesce(sum(at_risk_minor), 0) as bigint) as at_risk_minor,
   cast(coalesce(sum(at_risk_unpriced), 0) as bigint) as at_risk_unpriced,
   cast(coalesce(sum(order_products), 0) as bigint) as order_products,
   cast(coalesce(sum(order_units), 0) as bigint) as order_units,
   cast(coalesce(sum(order_minor), 0) as bigint) as order_minor,
   cast(coalesce(sum(order_unpriced), 0) as bigint) as order_unpriced,
   cast(coalesce(sum(dead_products), 0) as bigint) as dead_products,
   cast(coalesce(sum(dead_units), 0) as bigint) as dead_units,
   cast(coalesce(sum(dead_minor), 0) as bigint) as dead_minor,
   cast(coalesce(sum(dead_unpriced), 0) as bigint) as dead_unpriced,
   cast(coalesce(sum(lost_products), 0) as bigint) as lost_products,
   cast(coalesce(sum(lost_units), 0) as bigint) as lost_units,
   cast(coalesce(sum(lost_minor), 0) as bigint) as lost_minor,
   cast(coalesce(sum(lost_unpriced), 0) as bigint) as lost_unpriced,
   cast(coalesce(sum(ran_out), 0) as bigint) as ran_out, cast(coalesce(sum(came_back), 0) as bigint) as came_back,
   cast(coalesce(sum(new_products), 0) as bigint) as new_products,
   cast(coalesce(sum(archived_products), 0) as bigint) as archived_products,
   cast(sum(stock_change) as bigint) as stock_change,
   cast(coalesce(sum(frozen_minor), 0) as bigint) as frozen_minor,
   cast(coalesce(sum(frozen_at_price), 0) as bigint) as frozen_at_price,
   cast(coalesce(sum(missed_minor), 0) as bigint) as missed_minor,
   cast(coalesce(sum(missed_at_price), 0) as bigint) as missed_at_price,
   cast(coalesce(sum(repriced), 0) as bigint) as repriced
 from shop_measures where tenant_id = $1";

macro_rules! first_rows {
    ($units:literal, $minor:literal) => {
        first_rows!($units, $minor, $minor)
    };
    ($units:literal, $minor:literal, $by:literal) => {
        concat!(
            "select p.id, a.marketplace, p.article, p.seller_article, p.title, p.photo_url, p.total_stock,
               p.cover_tenths, p.velocity_thousandths, p.price_minor, p.",
            $units,
            " as units, p.",
            $minor,
            " as minor, p.cost_minor * p.",
            $units,
            " as cost from products p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
             where p.tenant_id = $1 and p.archived_at is null and p.",
            $by,
            " > 0 order by p.",
            $by,
            " desc, p.id desc limit $2"
        )
    };
}

const DAYS: &str = "select day, cast(sum(ordered) as bigint) as ordered, cast(sum(cancelled) as bigint) as cancelled,
   cast(sum(revenue_minor) as bigint) as revenue_minor,
   case when count(*) = count(stock) then cast(sum(stock) as bigint) end as stock,
   case when count(*) = count(returned) then cast(sum(returned) as bigint) end as returned, count(*) as shops
 from shop_days where tenant_id = $1 and day >= $2 group by day order by day";

const CLASSES: &str =
    "select abc, xyz, cast(sum(products) as bigint), cast(sum(revenue_minor) as bigint)
 from class_measures where tenant_id = $1 group by abc, xyz order by abc, xyz";

const WAREHOUSES: &str =
    "select w.id, w.account_id, w.name, w.region, w.source, m.stock, m.products, m.out_products,
   m.orders_28
 from warehouse_measures m join warehouses w on w.tenant_id = m.tenant_id and w.id = m.warehouse_id
 where m.tenant_id = $1";

impl ProductRow {
    fn wanting(self) -> Result<TodayProduct> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "marketplace",
            value: self.marketplace.clone(),
        })?;
        Ok(TodayProduct {
            id: ProductId(self.id),
            marketplace,
            marketplace_article: self.article.to_string(),
            seller_article: self.seller_article,
            product_name: self.title,
            photo_url: self.photo_url,
            total_stock: self.total_stock,
            // Whoever wants something has a known cover: it is counted from what that is computed from.
            cover: match (self.total_stock, self.cover_tenths) {
                (Some(stock), _) if stock <= 0 => Cover::OutOfStock,
                (_, Some(INFINITE_COVER) | None) => Cover::Infinite,
                (_, Some(tenths)) => Cover::Days { tenths },
            },
            per_day_thousandths: self.velocity_thousandths,
            price_minor: self.price_minor,
            units: self.units,
            revenue_minor: self.minor,
            cost_minor: self.cost,
        })
    }
}

impl From<WarehouseRow> for MeasuredWarehouse {
    fn from(row: WarehouseRow) -> Self {
        Self {
            id: WarehouseId(row.id),
            account: AccountId(row.account_id),
            name: row.name,
            region: row.region,
            source: if row.source == StockSource::Seller.as_str() {
                StockSource::Seller
            } else {
                StockSource::Marketplace
            },
            stock: row.stock,
            products: row.products,
            out_products: row.out_products,
            orders_28: row.orders_28,
        }
    }
}

impl TenantTx {
    /// The sums of all shops; nothing but zeros before the first measuring.
    pub async fn shop_sums(&mut self) -> Result<ShopSums> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(SUMS)
            .bind(tenant)
            .fetch_one(conn)
            .await?))
    }

    /// The first products of a list, by money; those without a price are not among them.
    pub async fn wanting(&mut self, what: Wanting, limit: u32) -> Result<Vec<TodayProduct>> {
        let tenant = self.tenant();
        let text = match what {
            Wanting::AtRisk => first_rows!("at_risk_units", "at_risk_minor"),
            Wanting::Order => first_rows!("order_units", "order_minor"),
            Wanting::Dead => first_rows!("dead_units", "dead_minor"),
            Wanting::Frozen => first_rows!("dead_units", "dead_minor", "frozen_minor"),
        };
        let rows: Vec<ProductRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(text)
            .bind(tenant)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        rows.into_iter().map(ProductRow::wanting).collect()
    }

    /// The days of all shops since one, oldest first.
    pub async fn company_days(&mut self, first: i64) -> Result<Vec<CompanyDay>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(DAYS)
            .bind(tenant)
            .bind(first)
            .fetch_all(conn)
            .await?))
    }

    /// How many products are in each pair of classes.
    pub async fn class_cells(&mut self) -> Result<Vec<ClassCell>> {
        let tenant = self.tenant();
        let rows: Vec<(String, String, i64, i64)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(CLASSES)
                .bind(tenant)
                .fetch_all(conn)
                .await?);
        let known = |word: String| Some(word).filter(|word| !word.is_empty());
        rows.into_iter()
            .map(|(abc, xyz, products, revenue_minor)| {
                Ok(ClassCell {
                    abc: known(abc).map(|word| plan_measures::abc(&word)).transpose()?,
                    xyz: known(xyz).map(|word| plan_measures::xyz(&word)).transpose()?,
                    products,
                    revenue_minor,
                })
            })
            .collect()
    }

    /// The warehouses that were counted, in no particular order.
    pub async fn measured_warehouses(&mut self) -> Result<Vec<MeasuredWarehouse>> {
        let tenant = self.tenant();
        let rows: Vec<WarehouseRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(WAREHOUSES)
            .bind(tenant)
            .fetch_all(conn)
            .await?);
        Ok(rows.into_iter().map(MeasuredWarehouse::from).collect())
    }

    /// The currency of the company's orders: all its shops sell in one. `None`: there is no order.
    pub async fn usual_currency(&mut self) -> Result<Option<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select currency from orders where tenant_id = $1 limit 1"
        )
        .bind(tenant)
        .fetch_optional(conn)
        .await?))
    }
}
