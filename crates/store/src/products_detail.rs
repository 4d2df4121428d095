//! What belongs to single products: their places of stock, sizes, and days. Never a list's page.

use crate::{
    error::{Error, Result},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, OfferId, ProductId, WarehouseId,
    product::{Offer, StockSource, WarehouseStock},
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

/// What was sold on one day, from the daily sums (days since 1970-01-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct DaySales {
    /// On which day.
    pub day: i64,
    /// Units ordered and not cancelled.
    pub ordered: i64,
    /// Units ordered that day and cancelled since.
    pub cancelled: i64,
    /// What the first cost the buyers, minor units.
    pub revenue_minor: i64,
    /// Units that reached their buyers that day, whenever they were ordered.
    pub sold: i64,
    /// Units that came back that day.
    pub returned: i64,
    /// What the buyers paid for the sold ones, as far as it is told, minor units.
    pub sold_minor: i64,
    /// What they had paid for the returned ones, as far as it is told, minor units.
    pub returned_minor: i64,
}

#[derive(FromRow)]
struct PlaceRow {
    warehouse_id: Uuid,
    name: String,
    region: Option<String>,
    source: String,
    quantity: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
    changed_at: DateTime<Utc>,
}

type OfferRow = (Uuid, i64, Option<String>, Json<Vec<String>>, Option<i64>);

impl TenantTx {
    /// A product's stock by warehouse, its sizes added up, the fullest first.
    pub async fn warehouse_stock(&mut self, product: ProductId) -> Result<Vec<WarehouseStock>> {
        let tenant = self.tenant();
        let rows: Vec<PlaceRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select w.id as warehouse_id, w.name, w.region, w.source,
               cast(sum(l.quantity) as bigint) as quantity,
               cast(sum(l.in_way_to_client) as bigint) as in_way_to_client,
               cast(sum(l.in_way_from_client) as bigint) as in_way_from_client,
               max(l.changed_at) as changed_at
             from stock_levels l join warehouses w on w.tenant_id = l.tenant_id and w.id = l.warehouse_id
             where l.tenant_id = $1 and l.product_id = $2
             group by w.id, w.name, w.region, w.source
             order by 5 desc, w.id"
        )
        .bind(tenant)
        .bind(product.0)
        .fetch_all(conn)
        .await?
        });
        rows.into_iter()
            .map(|row| {
                Ok(WarehouseStock {
                    warehouse_id: WarehouseId(row.warehouse_id),
                    warehouse_name: row.name,
                    region: row.region,
                    source: source(&row.source)?,
                    quantity: row.quantity,
                    in_way_to_client: row.in_way_to_client,
                    in_way_from_client: row.in_way_from_client,
                    changed_at: row.changed_at,
                    orders_28: None,
                })
            })
            .collect()
    }

    /// A product's sizes with their pieces over all warehouses; `stock_known`: a size without any has 0.
    pub async fn offers(&mut self, product: ProductId, stock_known: bool) -> Result<Vec<Offer>> {
        let tenant = self.tenant();
        let rows: Vec<OfferRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select o.id, o.number, o.size, o.barcodes,
               (select cast(sum(l.quantity) as bigint) from stock_levels l
                where l.tenant_id = o.tenant_id and l.offer_id = o.id) as quantity
             from offers o where o.tenant_id = $1 and o.product_id = $2 and o.archived_at is null
             order by o.number"
        )
        .bind(tenant)
        .bind(product.0)
        .fetch_all(conn)
        .await?);
        Ok(rows
            .into_iter()
            .map(|(id, number, size, Json(barcodes), quantity)| Offer {
                id: OfferId(id),
                marketplace_offer: number.to_string(),
                size,
                barcodes,
                quantity: if stock_known { Some(quantity.unwrap_or(0)) } else { quantity },
            })
            .collect())
    }

    /// A product's sales by day, from a day on; a day without any has no row.
    pub async fn day_sales(&mut self, product: ProductId, from_day: i64) -> Result<Vec<DaySales>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select day, ordered, cancelled, revenue_minor, sold, returned, sold_minor, returned_minor from daily_sales
             where tenant_id = $1 and product_id = $2 and day >= $3 order by day"
        )
        .bind(tenant)
        .bind(product.0)
        .bind(from_day)
        .fetch_all(conn)
        .await?
        }))
    }

    /// The hours between two moments in which a synchronisation of an account ended with something read.
    pub async fn sync_hours(
        &mut self,
        account: AccountId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>> {
        let tenant = self.tenant();
        // A moment as text begins with its hour in UTC on both engines.
        let hours: Vec<String> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select distinct substr(cast(finished_at as text), 1, 13) from sync_runs
             where tenant_id = $1 and account_id = $2 and finished_at >= $3 and finished_at < $4
               and status in ('completed', 'partial')"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?);
        Ok(hours
            .iter()
            .filter_map(|hour| format!("{}:00:00Z", hour.replace(' ', "T")).parse().ok())
            .collect())
    }

    /// A product's units ordered and not cancelled by the warehouse they shipped from, from a day on until a day, both
    /// included.
    pub async fn sold_by_warehouse(
        &mut self,
        product: ProductId,
        first: i64,
        last: i64,
    ) -> Result<Vec<(String, i64)>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select warehouse_name, count(*) from orders
             where tenant_id = $1 and product_id = $2 and day between $3 and $4 and cancelled_at is null
               and warehouse_name is not null
             group by warehouse_name"
        )
        .bind(tenant)
        .bind(product.0)
        .bind(first)
        .bind(last)
        .fetch_all(conn)
        .await?
        }))
    }

    /// The currency of a product's latest order; `None`: it has none.
    pub async fn currency(&mut self, product: ProductId) -> Result<Option<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select currency from orders where tenant_id = $1 and product_id = $2 order by day desc limit 1"
        )
        .bind(tenant)
        .bind(product.0)
        .fetch_optional(conn)
        .await?
        }))
    }
}

pub(crate) fn source(word: &str) -> Result<StockSource> {
    [StockSource::Marketplace, StockSource::Seller]
        .into_iter()
        .find(|source| source.as_str() == word)
        .ok_or_else(|| Error::Corrupt { column: "source", value: word.to_owned() })
}
