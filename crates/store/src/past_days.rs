//! The changes of stock by day, wherever they stand: those of now as rows, which the database adds up, older ones packed
//! by stretches of days (`stock_past`), which are added up here. One statement reads both, so that a change that is being
//! packed is seen once.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    products::DayDelta,
    stock::{PastChange, Pieces},
    stock_past::{Change, stretch_of, unpack},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{OfferId, ProductId, WarehouseId};
use sqlx::FromRow;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// A product, a day and what its stock grew by on it; or a product, a stretch, and the changes of it.
pub(crate) type Found = (Uuid, i64, i64, Option<Vec<u8>>);

/// Hands on what was found by day; of what is packed, the changes that are wanted. A day may come more than once.
pub(crate) fn add_days(
    (product, day, delta, packed): Found,
    is_wanted: impl Fn(&Change) -> bool,
    mut add: impl FnMut(Uuid, i64, i64),
) -> Result<()> {
    let Some(packed) = packed else {
        add(product, day, delta);
        return Ok(());
    };
    for change in unpack(&packed)?.iter().filter(|change| is_wanted(change)) {
        add(product, change.day, change.delta);
    }
    Ok(())
}

/// Of each product until a moment of its own.
const DELTAS: &str = "with {rows}
 select c.product_id, c.day, cast(sum(c.delta) as bigint) as delta, null as packed
 from v {each stock_changes c: c.tenant_id = $1 and c.product_id = v.id and c.day >= $2 and c.valid_from <= v.until}
 group by c.product_id, c.day
 union all
 select h.product_id, h.stretch, 0, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id and h.stretch >= $2 / 16}";

const PACKED: &str = "with {rows}
 select h.product_id, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id and h.stretch = v.stretch}";

/// The next products that have any past.
const WITH_PAST: &str = "select u.product_id from (
   select a.product_id from (select distinct c.product_id from stock_changes c
     where c.tenant_id = $1 and c.product_id > $2 order by c.product_id limit $3) a
   union
   select b.product_id from (select distinct h.product_id from stock_past h
     where h.tenant_id = $1 and h.product_id > $2 order by h.product_id limit $3) b) u
 order by u.product_id limit $3";

const WHOLE: &str = "with {rows}
 select c.product_id, c.offer_id, c.warehouse_id, c.valid_from, c.day, c.quantity, c.in_way_to_client,
   c.in_way_from_client, c.delta, null as packed
 from v {each stock_changes c: c.tenant_id = $1 and c.product_id = v.id}
 union all
 select h.product_id, null, null, null, 0, 0, 0, 0, 0, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id}";

/// A change as a row, or a product with a stretch of them.
#[derive(FromRow)]
pub(crate) struct WholeRow {
    product_id: Uuid,
    offer_id: Option<Uuid>,
    warehouse_id: Option<Uuid>,
    valid_from: Option<DateTime<Utc>>,
    day: i64,
    quantity: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
    delta: i64,
    packed: Option<Vec<u8>>,
}

impl WholeRow {
    /// The changes, with their product.
    pub(crate) fn changes(self) -> Result<(Uuid, Vec<Change>)> {
        let changes = match (self.packed, self.offer_id, self.warehouse_id, self.valid_from) {
            (Some(packed), ..) => unpack(&packed)?,
            (None, Some(offer), Some(warehouse), Some(at)) => vec![Change {
                place: (OfferId(offer), WarehouseId(warehouse)),
                at,
                day: self.day,
                now: Pieces {
                    quantity: self.quantity,
                    in_way_to_client: self.in_way_to_client,
                    in_way_from_client: self.in_way_from_client,
                },
                delta: self.delta,
            }],
            _ => Vec::new(),
        };
        Ok((self.product_id, changes))
    }
}

impl TenantTx {
    /// The daily changes of stock of some products, from a day on and each until a moment: that of its stored total.
    /// By product and day, each once.
    pub async fn stock_deltas(
        &mut self,
        products: &[(ProductId, DateTime<Utc>)],
        from_day: i64,
    ) -> Result<Vec<DayDelta>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Number(from_day)];
        let rows = Rows::new(products.len())
            .id("id", products.iter().map(|(id, _)| id.0))
            .moment("until", products.iter().map(|(_, until)| *until));
        let until: HashMap<Uuid, DateTime<Utc>> =
            products.iter().map(|(id, until)| (id.0, *until)).collect();
        let found: Vec<Found> = bulk::fetch(&mut self.tx, DELTAS, &fixed, &rows).await?;
        let mut sums: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
        for found in found {
            let until = until.get(&found.0).copied();
            let is_wanted =
                |change: &Change| change.day >= from_day && until.is_some_and(|at| change.at <= at);
            add_days(found, is_wanted, |product, day, delta| {
                *sums.entry((product, day)).or_default() += delta;
            })?;
        }
        Ok(sums
            .into_iter()
            .map(|((product, day), delta)| DayDelta { product_id: ProductId(product), day, delta })
            .collect())
    }

    /// Of some changes those that are not packed yet.
    pub(crate) async fn not_packed(&mut self, changes: &[PastChange]) -> Result<Vec<PastChange>> {
        let mut stretches: Vec<(Uuid, i64)> =
            changes.iter().map(|c| (c.change.product.0, stretch_of(c.day))).collect();
        stretches.sort_unstable();
        stretches.dedup();
        let rows = Rows::new(stretches.len())
            .id("id", stretches.iter().map(|(id, _)| *id))
            .number("stretch", stretches.iter().map(|(_, stretch)| *stretch));
        let fixed = [Fixed::Id(self.tenant())];
        let found: Vec<(Uuid, Vec<u8>)> = bulk::fetch(&mut self.tx, PACKED, &fixed, &rows).await?;
        let mut packed = HashSet::new();
        for (product, changes) in found {
            packed.extend(unpack(&changes)?.iter().map(|change| (product, change.key())));
        }
        let is_new = |c: &&PastChange| !packed.contains(&(c.change.product.0, Change::of(c).key()));
        Ok(changes.iter().filter(is_new).copied().collect())
    }

    /// All changes of the next products that have any, in the order of the products, and of each product in that of
    /// days, places and time.
    pub(crate) async fn whole_past(
        &mut self,
        after: Uuid,
        products: i64,
    ) -> Result<Vec<(Uuid, Change)>> {
        let tenant = self.tenant();
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(WITH_PAST)
                .bind(tenant)
                .bind(after)
                .bind(products)
                .fetch_all(conn)
                .await?
        });
        let rows = Rows::new(ids.len()).id("id", ids.iter().copied());
        let found: Vec<WholeRow> =
            bulk::fetch(&mut self.tx, WHOLE, &[Fixed::Id(tenant)], &rows).await?;
        let mut all = Vec::new();
        for row in found {
            let (product, changes) = row.changes()?;
            all.extend(changes.into_iter().map(|change| (product, change)));
        }
        all.sort_unstable_by_key(|(product, c)| (*product, c.day, c.place, c.at));
        Ok(all)
    }
}
