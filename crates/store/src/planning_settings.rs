//! What is said of ordering: one row a place. What of it holds for a product is not decided here.

use crate::{
    error::{Error, Result},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    UserId,
    ordering::{SettingScope, SettingValues},
};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    scope: String,
    lead_days: Option<i64>,
    pack: Option<i64>,
    minimum: Option<i64>,
    cost_minor: Option<i64>,
}

#[derive(FromRow)]
struct PlacedRow {
    target: String,
    #[sqlx(flatten)]
    row: Row,
}

impl Row {
    fn said(self) -> Result<(SettingScope, SettingValues)> {
        let scope = SettingScope::ALL.into_iter().find(|s| s.as_str() == self.scope);
        let corrupt = || Error::Corrupt { column: "scope", value: self.scope.clone() };
        let values = SettingValues {
            lead_days: self.lead_days,
            pack: self.pack,
            minimum: self.minimum,
            cost_minor: self.cost_minor,
        };
        Ok((scope.ok_or_else(corrupt)?, values))
    }
}

/// A place: for what, and the id or name of it.
pub type SettingPlace<'a> = (SettingScope, &'a str);

impl TenantTx {
    /// What is said at the places of one product: its company, shop, brand (when it has one) and itself.
    pub async fn settings_at(
        &mut self,
        account: &str,
        brand: Option<&str>,
        product: &str,
    ) -> Result<Vec<(SettingScope, SettingValues)>> {
        let tenant = self.tenant();
        let rows: Vec<Row> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select scope, lead_days, pack, minimum, cost_minor from planning_settings
             where tenant_id = $1 and (scope = 'tenant' or (scope = 'account' and target = $2)
               or (scope = 'brand' and target = $3) or (scope = 'product' and target = $4))"
        )
        .bind(tenant)
        .bind(account)
        .bind(brand)
        .bind(product)
        .fetch_all(conn)
        .await?);
        rows.into_iter().map(Row::said).collect()
    }

    /// What is said anywhere, each with the id or name that it is said of.
    pub async fn all_settings(&mut self) -> Result<Vec<(SettingScope, String, SettingValues)>> {
        let tenant = self.tenant();
        let rows: Vec<PlacedRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select scope, target, lead_days, pack, minimum, cost_minor from planning_settings
             where tenant_id = $1"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?);
        rows.into_iter()
            .map(|PlacedRow { target, row }| {
                let (scope, values) = row.said()?;
                Ok((scope, target, values))
            })
            .collect()
    }

    /// Says it anew at one place.
    pub async fn set_settings(
        &mut self,
        (scope, target): SettingPlace<'_>,
        values: SettingValues,
        by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into planning_settings (tenant_id, scope, target, lead_days, pack, minimum, cost_minor,
               updated_at, updated_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant_id, scope, target) do update set
               lead_days = excluded.lead_days, pack = excluded.pack, minimum = excluded.minimum,
               cost_minor = excluded.cost_minor, updated_at = excluded.updated_at, updated_by = excluded.updated_by"
        )
        .bind(tenant)
        .bind(scope.as_str())
        .bind(target)
        .bind(values.lead_days)
        .bind(values.pack)
        .bind(values.minimum)
        .bind(values.cost_minor)
        .bind(now)
        .bind(by.map(|id| id.0))
        .execute(conn)
        .await
        .map(drop)?
        });
        Ok(())
    }
}
