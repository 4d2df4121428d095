//! Stock: the levels of now, and every change of them. Never a total: sums are computed, not kept here.

use crate::{
    engine::{
        bulk::{self, Fixed, Rows},
        lock,
    },
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, OfferId, ProductId, WarehouseId, product::StockSource};
use futures::TryStreamExt;
use std::collections::HashMap;
use uuid::Uuid;

/// Pieces of one size at one warehouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pieces {
    /// That can be sold.
    pub quantity: i64,
    /// On the way to buyers.
    pub in_way_to_client: i64,
    /// On the way back.
    pub in_way_from_client: i64,
}

/// A size at a warehouse.
pub type Place = (OfferId, WarehouseId);

/// A level that differs from the one that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelChange {
    /// Where.
    pub place: Place,
    /// Of which product.
    pub product: ProductId,
    /// Now.
    pub now: Pieces,
    /// What the quantity grew by.
    pub delta: i64,
}

/// A change of the past, for a history that is written at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastChange {
    /// The change.
    pub change: LevelChange,
    /// When.
    pub at: DateTime<Utc>,
    /// On which day of the marketplace's calendar, days since 1970-01-01.
    pub day: i64,
}

const LEVELS: &str = "with {rows}
 insert into stock_levels (tenant_id, offer_id, warehouse_id, product_id, quantity, in_way_to_client,
   in_way_from_client, changed_at)
 select $1, v.offer_id, v.warehouse_id, v.product_id, v.quantity, v.to_client, v.from_client, v.at
 from v where true
 on conflict (tenant_id, offer_id, warehouse_id) do update set
   product_id = excluded.product_id, quantity = excluded.quantity,
   in_way_to_client = excluded.in_way_to_client, in_way_from_client = excluded.in_way_from_client,
   changed_at = excluded.changed_at";

const CHANGES: &str = "with {rows}
 insert into stock_changes (tenant_id, product_id, day, offer_id, warehouse_id, valid_from, quantity, delta,
   in_way_to_client, in_way_from_client)
 select $1, v.product_id, v.day, v.offer_id, v.warehouse_id, v.at, v.quantity, v.delta, v.to_client, v.from_client
 from v where true
 on conflict (tenant_id, product_id, day, offer_id, warehouse_id, valid_from) do nothing";

impl TenantTx {
    /// All levels of one source of an account. A place that is not there holds nothing.
    pub async fn levels(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<HashMap<Place, (ProductId, Pieces)>> {
        let tenant = self.tenant();
        let mut levels = HashMap::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (Uuid, Uuid, Uuid, i64, i64, i64)>(
                "select l.offer_id, l.warehouse_id, l.product_id, l.quantity, l.in_way_to_client, l.in_way_from_client
                 from warehouses w join stock_levels l on l.tenant_id = w.tenant_id and l.warehouse_id = w.id
                 where w.tenant_id = $1 and w.account_id = $2 and w.source = $3",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(source.as_str())
            .fetch(conn);
            while let Some((offer, warehouse, product, quantity, to, from)) =
                rows.try_next().await?
            {
                let pieces = Pieces { quantity, in_way_to_client: to, in_way_from_client: from };
                levels
                    .insert((OfferId(offer), WarehouseId(warehouse)), (ProductId(product), pieces));
            }
        });
        Ok(levels)
    }

    /// Writes levels and, beside each, its change. `day` is the marketplace's day of `now`.
    pub async fn write_levels(
        &mut self,
        changes: &[LevelChange],
        now: DateTime<Utc>,
        day: i64,
    ) -> Result<()> {
        let past: Vec<PastChange> =
            changes.iter().map(|change| PastChange { change: *change, at: now, day }).collect();
        self.write_current(&past).await?;
        // What happens now is not packed yet.
        self.write_changes(&past).await
    }

    /// Writes levels alone: the end of a history that [`Self::write_history`] brings.
    pub async fn write_current(&mut self, levels: &[PastChange]) -> Result<()> {
        let fixed = [Fixed::Id(self.tenant())];
        bulk::execute(&mut self.tx, LEVELS, &fixed, &columns(levels)).await?;
        Ok(())
    }

    /// Writes changes of any time; one that is there already is left alone.
    pub async fn write_history(&mut self, changes: &[PastChange]) -> Result<()> {
        // Nobody packs a change between the look and the writing.
        let tenant = self.tenant_id();
        lock::tenant(&mut self.tx, tenant).await?;
        let new = self.not_packed(changes).await?;
        self.write_changes(&new).await
    }

    async fn write_changes(&mut self, changes: &[PastChange]) -> Result<()> {
        let fixed = [Fixed::Id(self.tenant())];
        let rows = columns(changes)
            .number("day", changes.iter().map(|c| c.day))
            .number("delta", changes.iter().map(|c| c.change.delta));
        bulk::execute(&mut self.tx, CHANGES, &fixed, &rows).await?;
        self.touch(changes.iter().map(|c| c.change.product.0));
        Ok(())
    }
}

fn columns(changes: &[PastChange]) -> Rows<'_> {
    Rows::new(changes.len())
        .id("offer_id", changes.iter().map(|c| c.change.place.0.0))
        .id("warehouse_id", changes.iter().map(|c| c.change.place.1.0))
        .id("product_id", changes.iter().map(|c| c.change.product.0))
        .number("quantity", changes.iter().map(|c| c.change.now.quantity))
        .number("to_client", changes.iter().map(|c| c.change.now.in_way_to_client))
        .number("from_client", changes.iter().map(|c| c.change.now.in_way_from_client))
        .moment("at", changes.iter().map(|c| c.at))
}
