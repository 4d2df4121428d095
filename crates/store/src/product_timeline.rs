//! What a product's time line shows beside its days: stock by warehouse, and what people did to it.

use crate::{error::Result, plan_measures, stock_past::unpack, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{ProductId, WarehouseId, today::DemandClass};
use serde_json::Value;
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most deeds that are looked through.
const MOST: i64 = 1000;

/// The change of a warehouse's stock on a day (days since 1970-01-01).
pub type PlaceDelta = (WarehouseId, i64, i64);

/// Those of now, and the packed stretches of which some days are asked for.
const PLACE_DELTAS: &str =
    "select warehouse_id, day, cast(sum(delta) as bigint) as delta, null as packed from stock_changes
     where tenant_id = $1 and product_id = $2 and day >= $3 group by warehouse_id, day
     union all
     select null, stretch, 0, changes from stock_past
     where tenant_id = $1 and product_id = $2 and stretch >= $3 / 16";

/// A deed of the audit log as a time line needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// When.
    pub at: DateTime<Utc>,
    /// The word of the log.
    pub action: String,
    /// What is said of it.
    pub details: Value,
}

impl TenantTx {
    /// The daily changes of a product's stock at each of its warehouses, from a day on.
    pub async fn place_deltas(
        &mut self,
        product: ProductId,
        from_day: i64,
    ) -> Result<Vec<PlaceDelta>> {
        let tenant = self.tenant();
        let rows: Vec<(Option<Uuid>, i64, i64, Option<Vec<u8>>)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(PLACE_DELTAS)
                .bind(tenant)
                .bind(product.0)
                .bind(from_day)
                .fetch_all(conn)
                .await?);
        let mut sums: BTreeMap<(WarehouseId, i64), i64> = BTreeMap::new();
        for (place, day, delta, packed) in rows {
            if let Some(place) = place {
                *sums.entry((WarehouseId(place), day)).or_default() += delta;
            }
            let packed = packed.map_or(Ok(Vec::new()), |packed| unpack(&packed))?;
            for change in packed.iter().filter(|change| change.day >= from_day) {
                *sums.entry((change.place.1, change.day)).or_default() += change.delta;
            }
        }
        Ok(sums.into_iter().map(|((place, day), delta)| (place, day, delta)).collect())
    }

    /// The class of a product's demand, as it was measured.
    pub async fn demand_of(&mut self, product: ProductId) -> Result<Option<DemandClass>> {
        let tenant = self.tenant();
        let word: Option<Option<String>> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select demand from products where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(product.0)
        .fetch_optional(conn)
        .await?);
        word.flatten().map(|word| plan_measures::demand(&word)).transpose()
    }

    /// The names of a few warehouses.
    pub async fn place_names(
        &mut self,
        places: &[WarehouseId],
    ) -> Result<Vec<(WarehouseId, String)>> {
        let tenant = self.tenant();
        let mut names = Vec::new();
        for place in places {
            let name: Option<String> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
                "select name from warehouses where tenant_id = $1 and id = $2"
            )
            .bind(tenant)
            .bind(place.0)
            .fetch_optional(conn)
            .await?);
            names.extend(name.map(|name| (*place, name)));
        }
        Ok(names)
    }

    /// The latest deeds of one of three kinds since a moment, the newest first.
    pub async fn deeds(&mut self, actions: [&str; 3], since: DateTime<Utc>) -> Result<Vec<Deed>> {
        let tenant = self.tenant();
        let rows: Vec<(DateTime<Utc>, String, Json<Value>)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select at, action, details from audit_log
                 where tenant_id = $1 and action in ($2, $3, $4) and at >= $5
                 order by seq desc limit $6"
            )
            .bind(tenant)
            .bind(actions[0])
            .bind(actions[1])
            .bind(actions[2])
            .bind(since)
            .bind(MOST)
            .fetch_all(conn)
            .await?);
        Ok(rows
            .into_iter()
            .map(|(at, action, Json(details))| Deed { at, action, details })
            .collect())
    }
}
