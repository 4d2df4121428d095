//! Levels of a past moment, from the changes: the present less what changed since, or the last change before.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    products_detail::source,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{OfferId, ProductId, WarehouseId, product::WarehouseStock};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// A product's sales of a day (days since 1970-01-01): units ordered and not cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SoldOn {
    /// Which product.
    #[sqlx(try_from = "Uuid")]
    pub product_id: ProductId,
    /// On which day.
    pub day: i64,
    /// How many.
    pub ordered: i64,
}

/// A product whose stock is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedProduct {
    /// Its id.
    pub id: ProductId,
    /// The marketplace's number.
    pub article: i64,
    /// The seller's.
    pub seller_article: String,
    /// The title.
    pub title: String,
    /// Pieces at the later moment; `None`: not known.
    pub stock: Option<i64>,
    /// What it grew by from the earlier moment to the later.
    pub change: i64,
    /// The sum of what grew.
    pub more: i64,
    /// The sum of what went, not below 0.
    pub less: i64,
}

#[derive(FromRow)]
struct ChangedRow {
    id: Uuid,
    article: i64,
    seller_article: String,
    title: String,
    total_stock: Option<i64>,
    later: i64,
    more: i64,
    less: i64,
}

#[derive(FromRow)]
struct PlaceRow {
    offer_id: Uuid,
    warehouse_id: Uuid,
    name: String,
    region: Option<String>,
    source: String,
    quantity: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
    valid_from: DateTime<Utc>,
}

/// What changed on a day after a moment of it: the rest of the day.
const REST_OF_DAY: &str = "with {rows}
 select c.product_id, c.day, cast(sum(c.delta) as bigint) as delta
 from v cross join stock_changes c
 where c.tenant_id = $1 and c.product_id = v.id and c.day = v.day and c.valid_from > $2 and c.valid_from <= v.until
 group by c.product_id, c.day";

const SOLD: &str = "with {rows}
 select s.product_id, s.day, s.ordered
 from v cross join daily_sales s
 where s.tenant_id = $1 and s.product_id = v.id and s.day between $2 and $3";

/// The last change of each place before a moment.
const PLACES: &str = "with past as (
   select c.offer_id, c.warehouse_id, c.quantity, c.in_way_to_client, c.in_way_from_client, c.valid_from,
     row_number() over (partition by c.offer_id, c.warehouse_id order by c.valid_from desc) as nth
   from stock_changes c
   where c.tenant_id = $1 and c.product_id = $2 and c.day <= $3 and c.valid_from <= $4)
 select p.offer_id, p.warehouse_id, w.name, w.region, w.source, p.quantity, p.in_way_to_client,
   p.in_way_from_client, p.valid_from
 from past p join warehouses w on w.tenant_id = $1 and w.id = p.warehouse_id
 where p.nth = 1";

/// Products in the order of their ids: the changes lie in it. `$2` and `$3` are the moments, `$4` and `$5` days around.
const CHANGED: &str = "select p.id, p.article, p.seller_article, p.title, p.total_stock, d.later, d.more, d.less
 from (
   select c.product_id,
     cast(sum(case when c.valid_from > $3 then c.delta else 0 end) as bigint) as later,
     cast(sum(case when c.valid_from <= $3 and c.delta > 0 then c.delta else 0 end) as bigint) as more,
     cast(sum(case when c.valid_from <= $3 and c.delta < 0 then -c.delta else 0 end) as bigint) as less
   from stock_changes c
   where c.tenant_id = $1 and c.product_id > $5 and c.day >= $4 and c.valid_from > $2
   group by c.product_id
   having sum(case when c.valid_from <= $3 then 1 else 0 end) > 0
   order by c.product_id limit $6) d
   join products p on p.tenant_id = $1 and p.id = d.product_id
 order by p.id";

impl TenantTx {
    /// What changed of each product on the day of a moment, after it and until its total was computed.
    pub async fn rest_of_day(
        &mut self,
        products: &[(ProductId, i64, DateTime<Utc>)],
        at: DateTime<Utc>,
    ) -> Result<HashMap<ProductId, i64>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(at)];
        let rows = Rows::new(products.len())
            .id("id", products.iter().map(|(id, ..)| id.0))
            .number("day", products.iter().map(|(_, day, _)| *day))
            .moment("until", products.iter().map(|(.., until)| *until));
        let found: Vec<(Uuid, i64, i64)> =
            bulk::fetch(&mut self.tx, REST_OF_DAY, &fixed, &rows).await?;
        Ok(found.into_iter().map(|(id, _, delta)| (ProductId(id), delta)).collect())
    }

    /// Sales of some products on the days between two, both included; a day without any has no row.
    pub async fn sold_between(
        &mut self,
        products: &[ProductId],
        first: i64,
        last: i64,
    ) -> Result<Vec<SoldOn>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Number(first), Fixed::Number(last)];
        let rows = Rows::new(products.len()).id("id", products.iter().map(|id| id.0));
        bulk::fetch(&mut self.tx, SOLD, &fixed, &rows).await
    }

    /// A product's levels of a moment by warehouse, the fullest first, and by size. `day` is the marketplace's day of it.
    pub async fn places_at(
        &mut self,
        product: ProductId,
        at: DateTime<Utc>,
        day: i64,
    ) -> Result<(Vec<WarehouseStock>, HashMap<OfferId, i64>)> {
        let tenant = self.tenant();
        let rows: Vec<PlaceRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(PLACES)
            .bind(tenant)
            .bind(product.0)
            .bind(day)
            .bind(at)
            .fetch_all(conn)
            .await?);
        let mut warehouses: HashMap<Uuid, WarehouseStock> = HashMap::new();
        let mut offers: HashMap<OfferId, i64> = HashMap::new();
        for row in rows {
            *offers.entry(OfferId(row.offer_id)).or_default() += row.quantity;
            let source = source(&row.source)?;
            let place = warehouses.entry(row.warehouse_id).or_insert_with(|| WarehouseStock {
                warehouse_id: WarehouseId(row.warehouse_id),
                warehouse_name: row.name,
                region: row.region,
                source,
                quantity: 0,
                in_way_to_client: 0,
                in_way_from_client: 0,
                changed_at: row.valid_from,
                orders_28: None,
            });
            place.quantity += row.quantity;
            place.in_way_to_client += row.in_way_to_client;
            place.in_way_from_client += row.in_way_from_client;
            place.changed_at = place.changed_at.max(row.valid_from);
        }
        let mut warehouses: Vec<WarehouseStock> = warehouses.into_values().collect();
        warehouses.sort_by_key(|place| (std::cmp::Reverse(place.quantity), place.warehouse_id));
        Ok((warehouses, offers))
    }

    /// Products whose stock changed between two moments, in the order of their ids after one; at most so many. `day` is
    /// no later than the day of the earlier moment in any calendar.
    pub async fn changed_products(
        &mut self,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        day: i64,
        after: Option<ProductId>,
        limit: u32,
    ) -> Result<Vec<ChangedProduct>> {
        let tenant = self.tenant();
        let rows: Vec<ChangedRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(CHANGED)
            .bind(tenant)
            .bind(from)
            .bind(to)
            .bind(day)
            .bind(after.map_or(Uuid::nil(), |id| id.0))
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        Ok(rows
            .into_iter()
            .map(|row| ChangedProduct {
                id: ProductId(row.id),
                article: row.article,
                seller_article: row.seller_article,
                title: row.title,
                stock: row.total_stock.map(|stock| stock - row.later),
                change: row.more - row.less,
                more: row.more,
                less: row.less,
            })
            .collect())
    }
}
