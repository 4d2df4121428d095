//! Pages as they were: the morning and the counts of warehouses, the last of each day. Written with what they are copies
//! of, read as of a moment.

use crate::{
    error::{Error, Result},
    system::SystemTx,
    tenant::TenantTx,
    today::{MeasuredWarehouse, WarehouseRow},
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, TenantId, today::Today};
use sqlx::types::Json;

const KEEP_WAREHOUSES: &str =
    "insert into warehouse_days (tenant_id, warehouse_id, day, measured_at, stock, products, out_products, orders_28)
 select m.tenant_id, m.warehouse_id, $3, $4, m.stock, m.products, m.out_products, m.orders_28
 from warehouse_measures m join warehouses w on w.tenant_id = m.tenant_id and w.id = m.warehouse_id
 where m.tenant_id = $1 and w.account_id = $2
 on conflict (tenant_id, day, warehouse_id) do update set
   measured_at = excluded.measured_at, stock = excluded.stock, products = excluded.products,
   out_products = excluded.out_products, orders_28 = excluded.orders_28";

/// Of each warehouse the last count before a moment.
const WAREHOUSES: &str =
    "select w.id, w.account_id, w.name, w.region, w.source, d.stock, d.products, d.out_products,
   d.orders_28
 from warehouses w join warehouse_days d on d.tenant_id = w.tenant_id and d.warehouse_id = w.id
 where w.tenant_id = $1 and d.day = (select max(e.day) from warehouse_days e
   where e.tenant_id = $1 and e.warehouse_id = w.id and e.measured_at <= $2)";

impl TenantTx {
    /// Keeps the counts of an account's warehouses as those of a day (days since 1970-01-01).
    pub async fn keep_warehouses(
        &mut self,
        account: AccountId,
        day: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(KEEP_WAREHOUSES)
            .bind(tenant)
            .bind(account.0)
            .bind(day)
            .bind(now)
            .execute(conn)
            .await
            .map(drop)?);
        Ok(())
    }

    /// Keeps the morning as that of a day.
    pub async fn keep_morning(
        &mut self,
        day: i64,
        now: DateTime<Utc>,
        today: &Today,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into mornings (tenant_id, day, measured_at, body) values ($1, $2, $3, $4)
             on conflict (tenant_id, day) do update set
               measured_at = excluded.measured_at, body = excluded.body"
        )
        .bind(tenant)
        .bind(day)
        .bind(now)
        .bind(Json(today))
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// The last morning that was counted before a moment.
    pub async fn kept_morning(&mut self, at: DateTime<Utc>) -> Result<Option<Today>> {
        let tenant = self.tenant();
        let body: Option<Json<serde_json::Value>> =
            on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
                "select body from mornings where tenant_id = $1 and measured_at <= $2
                 order by day desc limit 1"
            )
            .bind(tenant)
            .bind(at)
            .fetch_optional(conn)
            .await?);
        body.map(|Json(body)| {
            let corrupt = |error: serde_json::Error| Error::Corrupt {
                column: "mornings.body",
                value: error.to_string(),
            };
            serde_json::from_value(body).map_err(corrupt)
        })
        .transpose()
    }

    /// The last counts of warehouses before a moment, and when the latest of them was.
    pub async fn kept_warehouses(
        &mut self,
        at: DateTime<Utc>,
    ) -> Result<(Option<DateTime<Utc>>, Vec<MeasuredWarehouse>)> {
        let tenant = self.tenant();
        let rows: Vec<WarehouseRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(WAREHOUSES)
            .bind(tenant)
            .bind(at)
            .fetch_all(conn)
            .await?);
        let measured: Option<DateTime<Utc>> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select max(measured_at) from warehouse_days where tenant_id = $1 and measured_at <= $2"
        )
        .bind(tenant)
        .bind(at)
        .fetch_one(conn)
        .await?
        });
        Ok((measured, rows.into_iter().map(MeasuredWarehouse::from).collect()))
    }
}

impl SystemTx {
    /// Removes what a company kept of the days before one. Tells how many rows.
    pub async fn thin_kept(&mut self, tenant: TenantId, day: i64) -> Result<u64> {
        let mut removed = 0;
        for text in [
            "delete from mornings where tenant_id = $1 and day < $2",
            "delete from warehouse_days where tenant_id = $1 and day < $2",
        ] {
            removed += on_engine!(&mut self.tx, |conn| sqlx::query(text)
                .bind(tenant.0)
                .bind(day)
                .execute(conn)
                .await?
                .rows_affected());
        }
        Ok(removed)
    }
}
