//! How long the past is kept: changes of stock and prices by a company's plan, the log of syncs for some months. Removed
//! in small pieces, each a transaction; what is left says the same of the time that it covers.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{ProductId, TenantId};
use uuid::Uuid;

/// Products a piece.
const PRODUCTS: i64 = 500;

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

/// What was removed, and where to go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thinned {
    /// Rows.
    pub removed: u64,
    /// The last product that was looked at; `None`: it was the last of all.
    pub last: Option<ProductId>,
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

    /// Removes changes from before a company's start, of the next some products behind one. The price that held at the
    /// start stays.
    pub async fn thin_history(
        &mut self,
        tenant: TenantId,
        start: HistoryStart,
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
        let (Some(first), Some(last)) = (products.first(), products.last()) else {
            return Ok(Thinned::default());
        };
        let stock = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from stock_changes where tenant_id = $1 and product_id between $2 and $3 and day < $4"
        )
        .bind(tenant.0)
        .bind(first)
        .bind(last)
        .bind(start.day)
        .execute(conn)
        .await?
        .rows_affected()
        });
        let prices = on_engine!(&mut self.tx, |conn| {
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
        });
        Ok(Thinned { removed: stock + prices, last: Some(ProductId(*last)) })
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
