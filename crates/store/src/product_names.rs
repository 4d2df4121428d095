//! What listed products are called, all of them at once. Never their numbers.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use domain::ProductId;
use sqlx::FromRow;
use uuid::Uuid;

/// A listed product's names.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct NamedProduct {
    #[sqlx(try_from = "Uuid")]
    /// Its id.
    pub id: ProductId,
    /// The seller's own article.
    pub seller_article: String,
    /// What it is called.
    pub title: String,
}

impl TenantTx {
    /// The first `most` listed products by name.
    pub async fn product_names(&mut self, most: u32) -> Result<Vec<NamedProduct>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select p.id, p.seller_article, p.title from products p
             where p.tenant_id = $1 and p.archived_at is null order by p.title_key, p.id limit $2"
        )
        .bind(tenant)
        .bind(i64::from(most))
        .fetch_all(conn)
        .await?))
    }
}
