//! Companies.

use crate::{
    engine::lock,
    error::{Error, Result},
    system::SystemTx,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{Marketplace, TenantId, tenant::Tenant};
use uuid::Uuid;

/// A company to add.
#[derive(Clone, Copy, Debug)]
pub struct NewTenant<'a> {
    /// The id.
    pub id: TenantId,
    /// Its name.
    pub name: &'a str,
    /// The marketplace of its first shop.
    pub marketplace: Marketplace,
    /// Set in a demo: when it will be removed.
    pub demo_until: Option<DateTime<Utc>>,
    /// When.
    pub now: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct TenantRow {
    id: Uuid,
    name: String,
    marketplace_type: String,
    is_active: bool,
    created_at: DateTime<Utc>,
}

/// A low stock until the tenant says otherwise.
const LOW_STOCK_THRESHOLD: i64 = 10;

impl TenantTx {
    /// The caller's company.
    pub async fn tenant_row(&mut self) -> Result<Option<Tenant>> {
        let tenant = self.tenant();
        let row: Option<TenantRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select id, name, marketplace_type, is_active, created_at from tenants where id = $1"
        )
        .bind(tenant)
        .fetch_optional(conn)
        .await?
        });
        row.map(|row| {
            Ok(Tenant {
                id: TenantId(row.id),
                name: row.name,
                marketplace_type: marketplace("tenants.marketplace_type", &row.marketplace_type)?,
                is_active: row.is_active,
                created_at: row.created_at,
            })
        })
        .transpose()
    }

    /// Gives the company another name.
    pub async fn rename(&mut self, name: &str, now: DateTime<Utc>) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update tenants set name = $2, updated_at = $3 where id = $1"
        )
        .bind(tenant)
        .bind(name)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// When the company will be removed, if it is a demo.
    pub async fn demo_until(&mut self) -> Result<Option<DateTime<Utc>>> {
        let tenant = self.tenant();
        let until: Option<Option<DateTime<Utc>>> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar("select demo_until from tenants where id = $1")
                .bind(tenant)
                .fetch_optional(conn)
                .await?
        });
        Ok(until.flatten())
    }

    /// Makes the transactions of this tenant that ask for it wait for each other until they end.
    pub async fn lock_tenant(&mut self) -> Result<()> {
        let tenant = self.tenant_id();
        lock::tenant(&mut self.tx, tenant).await
    }
}

impl SystemTx {
    /// Adds a company with its free plan.
    pub async fn add_tenant(&mut self, new: &NewTenant<'_>) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into tenants
               (id, name, marketplace_type, is_active, low_stock_threshold, demo_until, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)"
        )
        .bind(new.id.0)
        .bind(new.name)
        .bind(new.marketplace.as_str())
        .bind(true)
        .bind(LOW_STOCK_THRESHOLD)
        .bind(new.demo_until)
        .bind(new.now)
        .execute(conn)
        .await
        .map(drop)?;
        });
        self.add_subscription(new.id, new.now).await
    }

    /// Suspends a company or lets it work again; false when there is none.
    pub async fn set_tenant_active(
        &mut self,
        tenant: TenantId,
        active: bool,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update tenants set is_active = $2, updated_at = $3 where id = $1"
        )
        .bind(tenant.0)
        .bind(active)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Removes a company with everything that belongs to it; false when there is none.
    pub async fn remove_tenant(&mut self, tenant: TenantId) -> Result<bool> {
        lock::runs(&mut self.tx, tenant).await?;
        let done =
            on_engine!(&mut self.tx, |conn| sqlx::query("delete from tenants where id = $1")
                .bind(tenant.0)
                .execute(conn)
                .await?
                .rows_affected());
        Ok(done == 1)
    }

    /// The ids of up to a thousand companies after this one, in order: a walk over all of them.
    pub async fn tenants_after(&mut self, last: TenantId) -> Result<Vec<TenantId>> {
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from tenants where id > $1 order by id limit 1000"
        )
        .bind(last.0)
        .fetch_all(conn)
        .await?);
        Ok(ids.into_iter().map(TenantId).collect())
    }

    /// A demo whose time is over, the one that ended first.
    pub async fn expired_demo(&mut self, now: DateTime<Utc>) -> Result<Option<TenantId>> {
        let id: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from tenants where demo_until <= $1 order by demo_until, id limit 1"
        )
        .bind(now)
        .fetch_optional(conn)
        .await?);
        Ok(id.map(TenantId))
    }
}

/// Reads a stored marketplace.
pub(crate) fn marketplace(column: &'static str, word: &str) -> Result<Marketplace> {
    word.parse().map_err(|_| Error::Corrupt { column, value: word.to_owned() })
}
