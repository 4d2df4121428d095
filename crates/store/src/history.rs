//! How the past is kept: changes of stock and prices for as long as a company's plan says, the log of syncs for some
//! months. Changes of stretches of days that are over are packed. In small pieces, each a transaction; what is left says
//! the same of the time that it covers.

use crate::{
    engine::{
        bulk::{self, Fixed, Rows},
        lock,
    },
    error::Result,
    past_days::WholeRow,
    stock_past::{Change, merge, pack, stretch_of, unpack, without_older},
    system::SystemTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{ProductId, TenantId};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Products a piece.
const PRODUCTS: i64 = 200;

/// Runs a piece.
const RUNS: i64 = 200;

/// From when on a company's past is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryStart {
    /// The first day of which changes of stock are kept, days since 1970-01-01.
    pub day: i64,
    /// The moment from which on prices are known.
    pub at: DateTime<Utc>,
}

/// What was done, and where to go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thinned {
    /// Changes that are gone.
    pub removed: u64,
    /// Changes that were packed.
    pub packed: u64,
    /// The last product that was looked at; `None`: it was the last of all.
    pub last: Option<ProductId>,
}

const TAKE: &str = "delete from stock_changes
 where tenant_id = $1 and product_id between $2 and $3 and day < $4
 returning product_id, offer_id, warehouse_id, valid_from, day, quantity, in_way_to_client, in_way_from_client, delta,
   null as packed";

const PACKED: &str = "select product_id, stretch, changes from stock_past
 where tenant_id = $1 and product_id between $2 and $3 and stretch between $4 and $5";

const EMPTIED: &str = "delete from stock_past
 where tenant_id = $1 and product_id between $2 and $3 and stretch < $4";

const WRITE: &str = "with {rows}
 insert into stock_past (tenant_id, product_id, stretch, changes)
 select $1, v.product_id, v.stretch, v.changes from v where true
 on conflict (tenant_id, product_id, stretch) do update set changes = excluded.changes";

/// The changes of a product's stretch, and whether they are no longer what is stored.
#[derive(Default)]
struct Stretch {
    changes: Vec<Change>,
    differs: bool,
}

/// Stretches by product.
type Past = HashMap<Uuid, BTreeMap<i64, Stretch>>;

/// Moves what is older than a day, as far as it stays, into the day's stretch. Tells how many changes go.
fn let_go(of: &mut BTreeMap<i64, Stretch>, day: i64) -> usize {
    let first = stretch_of(day);
    let mut older = std::mem::take(of);
    of.append(&mut older.split_off(&(first + 1)));
    let is_spread = older.keys().any(|stretch| *stretch < first);
    let differs = is_spread || older.values().any(|stretch| stretch.differs);
    let all: Vec<Change> = older.into_values().flat_map(|stretch| stretch.changes).collect();
    let before = all.len();
    let changes = without_older(all, day);
    let gone = before - changes.len();
    if before > 0 {
        of.insert(first, Stretch { changes, differs: differs || gone > 0 });
    }
    gone
}

impl SystemTx {
    /// Says that a company's stock is known from a moment on, no longer from before.
    pub async fn begin_history_at(&mut self, tenant: TenantId, start: HistoryStart) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update freshness set first_as_of = $2
             where tenant_id = $1 and step in ('marketplace_stock', 'seller_stock') and first_as_of < $2"
        )
        .bind(tenant.0)
        .bind(start.at)
        .execute(conn)
        .await
        .map(drop)?
        });
        Ok(())
    }

    /// Packs the changes of days before `before`, of the next some products behind one, and removes those from before a
    /// company's start. What held at the start stays: the last change of each place, and the price.
    pub async fn fold_history(
        &mut self,
        tenant: TenantId,
        before: i64,
        start: Option<HistoryStart>,
        after: Option<ProductId>,
    ) -> Result<Thinned> {
        let after = after.map_or(Uuid::nil(), |product| product.0);
        let products: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from products where tenant_id = $1 and id > $2 order by id limit $3"
        )
        .bind(tenant.0)
        .bind(after)
        .bind(PRODUCTS)
        .fetch_all(conn)
        .await?);
        let (Some(&first), Some(&last)) = (products.first(), products.last()) else {
            return Ok(Thinned::default());
        };
        let between = (first, last);
        // Nobody writes into the past meanwhile.
        lock::tenant(&mut self.tx, tenant).await?;
        let before = start.map_or(before, |start| before.max(start.day));
        let (mut past, packed) = self.take(tenant, between, before, start).await?;
        let mut removed = 0;
        if let Some(start) = start {
            for of in past.values_mut() {
                removed += let_go(of, start.day) as u64;
            }
            on_engine!(&mut self.tx, |conn| sqlx::query(EMPTIED)
                .bind(tenant.0)
                .bind(first)
                .bind(last)
                .bind(stretch_of(start.day))
                .execute(conn)
                .await
                .map(drop)?);
            removed += self.thin_prices(tenant, between, start).await?;
        }
        self.write_past(tenant, &past).await?;
        Ok(Thinned { removed, packed, last: Some(ProductId(last)) })
    }

    /// Takes the rows before a day out of their table and puts them to what is packed already: of their stretches, and
    /// of all that end before a start. Tells how many rows.
    async fn take(
        &mut self,
        tenant: TenantId,
        (first, last): (Uuid, Uuid),
        before: i64,
        start: Option<HistoryStart>,
    ) -> Result<(Past, u64)> {
        let rows: Vec<WholeRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(TAKE)
            .bind(tenant.0)
            .bind(first)
            .bind(last)
            .bind(before)
            .fetch_all(conn)
            .await?);
        let mut taken: HashMap<(Uuid, i64), Vec<Change>> = HashMap::new();
        let packed = rows.len() as u64;
        for row in rows {
            let (product, changes) = row.changes()?;
            for change in changes {
                taken.entry((product, stretch_of(change.day))).or_default().push(change);
            }
        }
        let first_taken = taken.keys().map(|(_, stretch)| *stretch).min();
        let last_taken = taken.keys().map(|(_, stretch)| *stretch).max();
        let cut = start.map(|start| stretch_of(start.day));
        let from = if cut.is_some() { Some(i64::MIN) } else { first_taken };
        let mut past = Past::new();
        if let (Some(from), Some(to)) = (from, last_taken.max(cut)) {
            let known: Vec<(Uuid, i64, Vec<u8>)> =
                on_engine!(&mut self.tx, |conn| sqlx::query_as(PACKED)
                    .bind(tenant.0)
                    .bind(first)
                    .bind(last)
                    .bind(from)
                    .bind(to)
                    .fetch_all(conn)
                    .await?);
            for (product, stretch, changes) in known {
                let changes = unpack(&changes)?;
                past.entry(product)
                    .or_default()
                    .insert(stretch, Stretch { changes, differs: false });
            }
        }
        for ((product, stretch), changes) in taken {
            let known = past.entry(product).or_default().entry(stretch).or_default();
            known.changes = merge(std::mem::take(&mut known.changes), changes);
            known.differs = true;
        }
        Ok((past, packed))
    }

    async fn write_past(&mut self, tenant: TenantId, past: &Past) -> Result<()> {
        let mut rows: Vec<(Uuid, i64, Vec<u8>)> = past
            .iter()
            .flat_map(|(product, of)| of.iter().map(move |(stretch, s)| (*product, *stretch, s)))
            .filter(|(.., stretch)| stretch.differs)
            .map(|(product, stretch, s)| (product, stretch, pack(&s.changes)))
            .collect();
        rows.sort_unstable();
        let columns = Rows::new(rows.len())
            .id("product_id", rows.iter().map(|(product, ..)| *product))
            .number("stretch", rows.iter().map(|(_, stretch, _)| *stretch))
            .bytes("changes", rows.iter().map(|(.., changes)| changes.as_slice()));
        bulk::execute(&mut self.tx, WRITE, &[Fixed::Id(tenant.0)], &columns).await?;
        Ok(())
    }

    async fn thin_prices(
        &mut self,
        tenant: TenantId,
        (first, last): (Uuid, Uuid),
        start: HistoryStart,
    ) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from price_changes
             where tenant_id = $1 and product_id between $2 and $3 and valid_from < $4
               and exists (select 1 from price_changes n
                 where n.tenant_id = $1 and n.product_id = price_changes.product_id
                   and n.offer_id = price_changes.offer_id and n.valid_from > price_changes.valid_from
                   and n.valid_from <= $4)"
        )
        .bind(tenant.0)
        .bind(first)
        .bind(last)
        .bind(start.at)
        .execute(conn)
        .await?
        .rows_affected()
        }))
    }

    /// Removes some syncs that ended before a moment, with their steps. Tells how many; 0: there is none left.
    pub async fn remove_old_runs(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from sync_runs where id in
               (select id from sync_runs where finished_at < $1 and tenant_id is not null limit $2)"
        )
        .bind(before)
        .bind(RUNS)
        .execute(conn)
        .await?
        .rows_affected()
        }))
    }
}
