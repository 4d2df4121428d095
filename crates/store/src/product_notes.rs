//! Notes on products.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{NoteId, ProductId, UserId, ordering::Note};
use sqlx::FromRow;
use uuid::Uuid;

/// The most notes that are shown of a product.
const MOST: i64 = 200;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    author: Option<Uuid>,
    email: Option<String>,
    body: String,
    created_at: DateTime<Utc>,
}

impl TenantTx {
    /// The notes on a product, the newest first. `may_delete` says whether an author's notes are the reader's to delete.
    pub async fn notes(
        &mut self,
        product: ProductId,
        may_delete: impl Fn(Option<UserId>) -> bool,
    ) -> Result<Vec<Note>> {
        let tenant = self.tenant();
        let rows: Vec<Row> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select n.id, n.author, u.email, n.body, n.created_at
             from product_notes n left join users u on u.id = n.author
             where n.tenant_id = $1 and n.product_id = $2 order by n.id desc limit $3"
        )
        .bind(tenant)
        .bind(product.0)
        .bind(MOST)
        .fetch_all(conn)
        .await?);
        Ok(rows
            .into_iter()
            .map(|row| Note {
                id: NoteId(row.id),
                product_id: product,
                author: row.email,
                may_delete: may_delete(row.author.map(UserId)),
                body: row.body,
                created_at: row.created_at,
            })
            .collect())
    }

    /// Writes one down.
    pub async fn add_note(
        &mut self,
        id: NoteId,
        product: ProductId,
        author: Option<UserId>,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into product_notes (tenant_id, id, product_id, author, body, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        )
        .bind(tenant)
        .bind(id.0)
        .bind(product.0)
        .bind(author.map(|id| id.0))
        .bind(body)
        .bind(now)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Who wrote a note, and on what; `None`: there is none.
    pub async fn note_author(&mut self, id: NoteId) -> Result<Option<(ProductId, Option<UserId>)>> {
        let tenant = self.tenant();
        let row: Option<(Uuid, Option<Uuid>)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select product_id, author from product_notes where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .fetch_optional(conn)
        .await?);
        Ok(row.map(|(product, author)| (ProductId(product), author.map(UserId))))
    }

    /// Takes it away; whether it was there.
    pub async fn delete_note(&mut self, id: NoteId) -> Result<bool> {
        let tenant = self.tenant();
        let gone = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from product_notes where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(gone > 0)
    }
}
