//! What differs between two moments: products whose stock changed, page by page.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    stock_past::unpack,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::ProductId;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

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
}

/// The next products that changed between `$2` and `$3`, or may have: what is packed is looked into later. `$4` and `$5`
/// are days around.
const CANDIDATES: &str = "select u.product_id from (
   select a.product_id from (select distinct c.product_id from stock_changes c
     where c.tenant_id = $1 and c.product_id > $6 and c.day between $4 and $5 and c.valid_from > $2 and c.valid_from <= $3
     order by c.product_id limit $7) a
   union
   select b.product_id from (select distinct h.product_id from stock_past h
     where h.tenant_id = $1 and h.product_id > $6 and h.stretch between $4 / 16 and $5 / 16
     order by h.product_id limit $7) b) u
 order by u.product_id limit $7";

/// What changed of some products after `$2`, until `$3` and later.
const CHANGED: &str = "with {rows}
 select c.product_id,
   cast(sum(case when c.valid_from > $3 then c.delta else 0 end) as bigint) as later,
   cast(sum(case when c.valid_from <= $3 and c.delta > 0 then c.delta else 0 end) as bigint) as more,
   cast(sum(case when c.valid_from <= $3 and c.delta < 0 then -c.delta else 0 end) as bigint) as less,
   cast(sum(case when c.valid_from <= $3 then 1 else 0 end) as bigint) as times, null as packed
 from v {each stock_changes c: c.tenant_id = $1 and c.product_id = v.id and c.day >= $4 and c.valid_from > $2}
 group by c.product_id
 union all
 select h.product_id, 0, 0, 0, 0, h.changes
 from v {each stock_past h: h.tenant_id = $1 and h.product_id = v.id and h.stretch >= $4 / 16}";

const PRODUCTS: &str = "with {rows}
 select p.id, p.article, p.seller_article, p.title, p.total_stock
 from v {each products p: p.tenant_id = $1 and p.id = v.id}";

/// A product with its sums, or with packed changes: later, more, less, times.
type ChangedFound = (Uuid, i64, i64, i64, i64, Option<Vec<u8>>);

/// What a product's stock did.
#[derive(Clone, Copy, Default)]
struct Moved {
    later: i64,
    more: i64,
    less: i64,
    times: i64,
}

impl TenantTx {
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
        let limit = limit as usize;
        let mut after = after.map_or(Uuid::nil(), |id| id.0);
        let mut changed = Vec::new();
        // The last day that the later moment may lie in, in any calendar.
        let last = to.timestamp().div_euclid(86_400) + 1;
        while changed.len() < limit {
            let most = limit - changed.len();
            let candidates: Vec<Uuid> =
                on_engine!(&mut self.tx, |conn| sqlx::query_scalar(CANDIDATES)
                    .bind(tenant)
                    .bind(from)
                    .bind(to)
                    .bind(day)
                    .bind(last)
                    .bind(after)
                    .bind(i64::try_from(most).unwrap_or(i64::MAX))
                    .fetch_all(conn)
                    .await?);
            let moved = self.moved(&candidates, (from, to), day).await?;
            changed.extend(moved);
            match candidates.last() {
                Some(last) if candidates.len() == most => after = *last,
                _ => break,
            }
        }
        Ok(changed)
    }

    /// Those of some products whose stock changed.
    async fn moved(
        &mut self,
        products: &[Uuid],
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        day: i64,
    ) -> Result<Vec<ChangedProduct>> {
        let tenant = Fixed::Id(self.tenant());
        let fixed = [tenant, Fixed::Moment(from), Fixed::Moment(to), Fixed::Number(day)];
        let ids = Rows::new(products.len()).id("id", products.iter().copied());
        let found: Vec<ChangedFound> = bulk::fetch(&mut self.tx, CHANGED, &fixed, &ids).await?;
        let mut of: HashMap<Uuid, Moved> = HashMap::new();
        for (product, later, more, less, times, packed) in found {
            let moved = of.entry(product).or_default();
            moved.later += later;
            moved.more += more;
            moved.less += less;
            moved.times += times;
            let packed = packed.map(|packed| unpack(&packed)).transpose()?.unwrap_or_default();
            for change in packed.iter().filter(|change| change.at > from) {
                if change.at > to {
                    moved.later += change.delta;
                } else {
                    moved.more += change.delta.max(0);
                    moved.less += (-change.delta).max(0);
                    moved.times += 1;
                }
            }
        }
        of.retain(|_, moved| moved.times > 0);
        let ids = Rows::new(of.len()).id("id", of.keys().copied());
        let mut rows: Vec<ChangedRow> =
            bulk::fetch(&mut self.tx, PRODUCTS, &[tenant], &ids).await?;
        rows.sort_unstable_by_key(|row| row.id);
        Ok(rows
            .into_iter()
            .map(|row| {
                let moved = of.get(&row.id).copied().unwrap_or_default();
                ChangedProduct {
                    id: ProductId(row.id),
                    article: row.article,
                    seller_article: row.seller_article,
                    title: row.title,
                    stock: row.total_stock.map(|stock| stock - moved.later),
                    change: moved.more - moved.less,
                    more: moved.more,
                    less: moved.less,
                }
            })
            .collect())
    }
}
