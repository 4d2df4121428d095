//! Saved views of the product table: an address by a name, one's own or the whole company's.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{
    UserId, ViewId,
    catalogue::{NewView, View},
};
use uuid::Uuid;

type ViewRow = (Uuid, Option<Uuid>, String, String, bool);

impl TenantTx {
    /// The company's shared views and a person's own, by name.
    pub async fn product_views(&mut self, user: Option<UserId>) -> Result<Vec<View>> {
        let tenant = self.tenant();
        let rows: Vec<ViewRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, owner_id, name, query, shared from product_views
             where tenant_id = $1 and (shared or owner_id = $2) order by created_at, id"
        )
        .bind(tenant)
        .bind(user.map(|user| user.0))
        .fetch_all(conn)
        .await?);
        let view = |(id, owner, name, query, shared): ViewRow| View {
            id: ViewId(id),
            name,
            query,
            shared,
            owner: owner.map(UserId),
            own: owner.is_some() && owner == user.map(|user| user.0),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Stores a view.
    pub async fn add_product_view(
        &mut self,
        id: ViewId,
        owner: Option<UserId>,
        view: &NewView,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into product_views (tenant_id, id, owner_id, name, query, shared, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(tenant)
        .bind(id.0)
        .bind(owner.map(|owner| owner.0))
        .bind(view.name.trim())
        .bind(&view.query)
        .bind(view.shared)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Removes a view; false: it is not there.
    pub async fn delete_product_view(&mut self, id: ViewId) -> Result<bool> {
        let tenant = self.tenant();
        let deleted = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from product_views where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(deleted == 1)
    }
}
