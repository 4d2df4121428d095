//! Warehouses: data of the marketplace, not an enumeration. Never removed, since history names them.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use domain::{AccountId, WarehouseId, observed::ObservedWarehouse, product::StockSource};
use std::collections::HashMap;
use uuid::Uuid;

const UPSERT: &str = "with {rows}
 insert into warehouses (tenant_id, id, account_id, source, number, name, region)
 select $1, v.id, $2, v.source, v.number, v.name, v.region from v where true
 on conflict (tenant_id, account_id, source, number) do update
   set name = excluded.name, region = excluded.region
 where (warehouses.name, warehouses.region) is distinct from (excluded.name, excluded.region)";

impl TenantTx {
    /// Writes warehouses, each with the id that it gets if it is new. Their source and number must not repeat.
    pub async fn upsert_warehouses(
        &mut self,
        account: AccountId,
        warehouses: &[(WarehouseId, &ObservedWarehouse)],
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let rows = Rows::new(warehouses.len())
            .id("id", warehouses.iter().map(|(id, _)| id.0))
            .text("source", warehouses.iter().map(|(_, w)| w.source.as_str()))
            .number("number", warehouses.iter().map(|(_, w)| w.number))
            .text("name", warehouses.iter().map(|(_, w)| w.name.as_str()))
            .maybe_text("region", warehouses.iter().map(|(_, w)| w.region.as_deref()));
        bulk::execute(&mut self.tx, UPSERT, &fixed, &rows).await
    }

    /// The name and region of each warehouse number of one source.
    pub async fn warehouse_names(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<HashMap<i64, (String, Option<String>)>> {
        let tenant = self.tenant();
        let rows: Vec<(i64, String, Option<String>)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select number, name, region from warehouses
                 where tenant_id = $1 and account_id = $2 and source = $3",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(source.as_str())
            .fetch_all(conn)
            .await?
        });
        Ok(rows.into_iter().map(|(number, name, region)| (number, (name, region))).collect())
    }

    /// The id of each warehouse of one source by its name; of several with the same name, the one whose number is
    /// greatest: numbers of our own are below all others.
    pub async fn warehouses_by_name(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<HashMap<String, WarehouseId>> {
        let tenant = self.tenant();
        let rows: Vec<(String, Uuid)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select name, id from warehouses where tenant_id = $1 and account_id = $2 and source = $3
             order by number"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(source.as_str())
        .fetch_all(conn)
        .await?
        });
        Ok(rows.into_iter().map(|(name, id)| (name, WarehouseId(id))).collect())
    }

    /// The id of each warehouse number of one source.
    pub async fn warehouse_ids(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<HashMap<i64, WarehouseId>> {
        let tenant = self.tenant();
        let rows: Vec<(i64, Uuid)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select number, id from warehouses where tenant_id = $1 and account_id = $2 and source = $3"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(source.as_str())
        .fetch_all(conn)
        .await?
        });
        Ok(rows.into_iter().map(|(number, id)| (number, WarehouseId(id))).collect())
    }
}
