//! Levels of a past moment, from the changes: the present less what changed since, or the last change before.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    past_days::{Found, add_days},
    products_detail::source,
    stock::{Pieces, Place},
    stock_past::{Change, unpack},
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

/// The last change of a place as a row, or packed changes of all.
#[derive(FromRow)]
struct PlaceRow {
    offer_id: Option<Uuid>,
    warehouse_id: Option<Uuid>,
    quantity: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
    valid_from: Option<DateTime<Utc>>,
    packed: Option<Vec<u8>>,
}

/// What changed on a day after a moment of it: the rest of the day.
const REST_OF_DAY: &str = "with {rows}
 select c.product_id, c.day, cast(sum(c.delta) as bigint) as delta, null as packed
 from v {each stock_changes c: c.tenant_id = $1 and c.product_id = v.id and c.day = v.day
   and c.valid_from > $2 and c.valid_from <= v.until}
 group by c.product_id, c.day
 union all
 select h.product_id, h.stretch, 0, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id and h.stretch = v.day / 16}";

const SOLD: &str = "with {rows}
 select s.product_id, s.day, s.ordered
 from v {each daily_sales s: s.tenant_id = $1 and s.product_id = v.id and s.day between $2 and $3}";

/// What was ordered and not cancelled at a moment, but is now.
const CANCELLED_SINCE: &str = "with {rows}
 select o.product_id, o.day, cast(sum(o.quantity) as bigint) as ordered
 from v {each orders o: o.tenant_id = $1 and o.product_id = v.id and o.day between $2 and $3 and o.cancelled_at > $4}
 group by o.product_id, o.day";

/// The last change of each place before a moment.
const PLACES: &str = "with past as (
   select c.offer_id, c.warehouse_id, c.quantity, c.in_way_to_client, c.in_way_from_client, c.valid_from,
     row_number() over (partition by c.offer_id, c.warehouse_id order by c.valid_from desc) as nth
   from stock_changes c
   where c.tenant_id = $1 and c.product_id = $2 and c.day <= $3 and c.valid_from <= $4)
 select p.offer_id, p.warehouse_id, p.quantity, p.in_way_to_client, p.in_way_from_client, p.valid_from, null as packed
 from past p where p.nth = 1
 union all
 select null, null, 0, 0, 0, null, h.changes
 from stock_past h where h.tenant_id = $1 and h.product_id = $2 and h.stretch <= $3 / 16";

const NAMES: &str = "with {rows}
 select w.id, w.name, w.region, w.source from v {each warehouses w: w.tenant_id = $1 and w.id = v.id}";

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
        let of: HashMap<Uuid, (i64, DateTime<Utc>)> =
            products.iter().map(|(id, day, until)| (id.0, (*day, *until))).collect();
        let found: Vec<Found> = bulk::fetch(&mut self.tx, REST_OF_DAY, &fixed, &rows).await?;
        let mut rest: HashMap<ProductId, i64> = HashMap::new();
        for found in found {
            let asked = of.get(&found.0).copied();
            let is_wanted = |change: &Change| {
                asked.is_some_and(|(day, until)| {
                    change.day == day && change.at > at && change.at <= until
                })
            };
            add_days(found, is_wanted, |product, _, delta| {
                *rest.entry(ProductId(product)).or_default() += delta;
            })?;
        }
        Ok(rest)
    }

    /// Sales of some products on the days between two, both included, as they stood at a moment: what was cancelled later
    /// is counted. By day; a day may come in parts, one without any has none.
    pub async fn sold_between(
        &mut self,
        products: &[ProductId],
        (first, last): (i64, i64),
        at: DateTime<Utc>,
    ) -> Result<Vec<SoldOn>> {
        let days = [Fixed::Id(self.tenant()), Fixed::Number(first), Fixed::Number(last)];
        let rows = Rows::new(products.len()).id("id", products.iter().map(|id| id.0));
        let mut sold: Vec<SoldOn> = bulk::fetch(&mut self.tx, SOLD, &days, &rows).await?;
        let [tenant, first, last] = days;
        let fixed = [tenant, first, last, Fixed::Moment(at)];
        let since: Vec<SoldOn> = bulk::fetch(&mut self.tx, CANCELLED_SINCE, &fixed, &rows).await?;
        sold.extend(since);
        Ok(sold)
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
        let mut last: HashMap<Place, (DateTime<Utc>, Pieces)> = HashMap::new();
        let mut see = |place: Place, at: DateTime<Utc>, now: Pieces| {
            let known = last.entry(place).or_insert((at, now));
            if at > known.0 {
                *known = (at, now);
            }
        };
        for row in rows {
            if let Some(packed) = row.packed {
                for change in unpack(&packed)?.iter().filter(|c| c.day <= day && c.at <= at) {
                    see(change.place, change.at, change.now);
                }
            } else if let (Some(offer), Some(warehouse), Some(since)) =
                (row.offer_id, row.warehouse_id, row.valid_from)
            {
                let now = Pieces {
                    quantity: row.quantity,
                    in_way_to_client: row.in_way_to_client,
                    in_way_from_client: row.in_way_from_client,
                };
                see((OfferId(offer), WarehouseId(warehouse)), since, now);
            }
        }
        let mut warehouses = self.empty_warehouses(last.keys().map(|place| place.1)).await?;
        let mut offers: HashMap<OfferId, i64> = HashMap::new();
        for ((offer, warehouse), (since, now)) in last {
            let Some(place) = warehouses.get_mut(&warehouse) else { continue };
            *offers.entry(offer).or_default() += now.quantity;
            place.quantity += now.quantity;
            place.in_way_to_client += now.in_way_to_client;
            place.in_way_from_client += now.in_way_from_client;
            place.changed_at = place.changed_at.max(since);
        }
        let mut warehouses: Vec<WarehouseStock> = warehouses.into_values().collect();
        warehouses.sort_by_key(|place| (std::cmp::Reverse(place.quantity), place.warehouse_id));
        Ok((warehouses, offers))
    }

    /// Some warehouses, nothing in them.
    async fn empty_warehouses(
        &mut self,
        ids: impl Iterator<Item = WarehouseId>,
    ) -> Result<HashMap<WarehouseId, WarehouseStock>> {
        let mut ids: Vec<Uuid> = ids.map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = Rows::new(ids.len()).id("id", ids.iter().copied());
        let fixed = [Fixed::Id(self.tenant())];
        let found: Vec<(Uuid, String, Option<String>, String)> =
            bulk::fetch(&mut self.tx, NAMES, &fixed, &rows).await?;
        found
            .into_iter()
            .map(|(id, warehouse_name, region, word)| {
                let warehouse_id = WarehouseId(id);
                let warehouse = WarehouseStock {
                    warehouse_id,
                    warehouse_name,
                    region,
                    source: source(&word)?,
                    quantity: 0,
                    in_way_to_client: 0,
                    in_way_from_client: 0,
                    changed_at: DateTime::UNIX_EPOCH,
                    orders_28: None,
                };
                Ok((warehouse_id, warehouse))
            })
            .collect()
    }
}
