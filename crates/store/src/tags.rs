//! A company's own tags on its products, and bulk changes of them, which can be undone for a while.

use crate::{
    error::{Error, Result},
    products_query::{Bound, Statement, bind_all},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    TagEditId, TagId, UserId,
    catalogue::{Selection, Tag, TagColor, TagDeed},
    product::ProductQuery,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A tag to be stored.
#[derive(Clone, Copy, Debug)]
pub struct NewTagRow<'a> {
    /// Its id.
    pub id: TagId,
    /// What it says.
    pub name: &'a str,
    /// What no two tags of a company may share.
    pub key: &'a str,
    /// Its colour.
    pub color: TagColor,
    /// Now.
    pub now: DateTime<Utc>,
}

/// A bulk change to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewTagEdit {
    /// Its id.
    pub id: TagEditId,
    /// Which tag.
    pub tag: TagId,
    /// Put on or taken off.
    pub deed: TagDeed,
    /// Who.
    pub made_by: Option<UserId>,
    /// When.
    pub now: DateTime<Utc>,
}

/// A bulk change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTagEdit {
    /// Which tag.
    pub tag: Tag,
    /// Put on or taken off.
    pub deed: TagDeed,
    /// How many products it changed.
    pub changed: i64,
    /// When.
    pub made_at: DateTime<Utc>,
}

type TagRow = (Uuid, String, String);
type EditRow = (Uuid, String, String, String, i64, DateTime<Utc>);

fn tag((id, name, color): TagRow) -> Result<Tag> {
    let Some(known) = TagColor::of_word(&color) else {
        return Err(Error::Corrupt { column: "color", value: color });
    };
    Ok(Tag { id: TagId(id), name, color: known })
}

impl TenantTx {
    /// The company's tags, by name.
    pub async fn tags(&mut self) -> Result<Vec<Tag>> {
        let tenant = self.tenant();
        let rows: Vec<TagRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, name, color from tags where tenant_id = $1 order by name_key, id"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?);
        rows.into_iter().map(tag).collect()
    }

    /// Stores a tag; false: another one is called so.
    pub async fn add_tag(&mut self, new: &NewTagRow<'_>) -> Result<bool> {
        let tenant = self.tenant();
        let added = on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into tags (tenant_id, id, name, name_key, color, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, name_key) do nothing"
        )
        .bind(tenant)
        .bind(new.id.0)
        .bind(new.name)
        .bind(new.key)
        .bind(new.color.as_str())
        .bind(new.now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(added == 1)
    }

    /// Removes a tag from the company and from all its products; false: it is not there.
    pub async fn delete_tag(&mut self, id: TagId) -> Result<bool> {
        let tenant = self.tenant();
        let deleted = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from tags where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(deleted == 1)
    }

    /// Puts a tag on the chosen products or takes it off, and remembers of which that was true. Returns how many.
    pub async fn edit_tags(
        &mut self,
        edit: &NewTagEdit,
        chosen: &Selection,
        query: &ProductQuery,
    ) -> Result<i64> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into tag_edits (tenant_id, id, tag_id, deed, made_by, made_at, changed)
             values ($1, $2, $3, $4, $5, $6, 0)"
        )
        .bind(tenant)
        .bind(edit.id.0)
        .bind(edit.tag.0)
        .bind(edit.deed.as_str())
        .bind(edit.made_by.map(|user| user.0))
        .bind(edit.now)
        .execute(conn)
        .await
        .map(drop)?);
        let mut statement = Statement::new(tenant, self.tx.engine());
        let (id, tag) =
            (statement.hold(Bound::Id(edit.id.0)), statement.hold(Bound::Id(edit.tag.0)));
        let which = match chosen {
            Selection::All => statement.conditions(query),
            Selection::These(products) if products.is_empty() => return Ok(0),
            Selection::These(products) => {
                let ids = statement.hold_all(products.iter().map(|id| Bound::Id(id.0)));
                format!("p.id in ({ids})")
            }
        };
        let differs = match edit.deed {
            TagDeed::Add => "not exists",
            TagDeed::Remove => "exists",
        };
        let text = format!(
            "insert into tag_edit_products (tenant_id, edit_id, product_id)
             select $1, {id}, p.id from products p where p.tenant_id = $1 and {which} and {differs} (
               select 1 from product_tags g where g.tenant_id = $1 and g.tag_id = {tag} and g.product_id = p.id)"
        );
        let changed = on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query(AssertSqlSafe(text)), &statement.bound)
                .execute(conn)
                .await?
                .rows_affected()
        });
        let changed = i64::try_from(changed).unwrap_or(i64::MAX);
        self.apply(edit.id, edit.tag, edit.deed).await?;
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "update tag_edits set changed = $3 where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(edit.id.0)
        .bind(changed)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(changed)
    }

    /// A bulk change that is still remembered.
    pub async fn tag_edit(&mut self, id: TagEditId) -> Result<Option<StoredTagEdit>> {
        let tenant = self.tenant();
        let row: Option<EditRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select t.id, t.name, t.color, e.deed, e.changed, e.made_at
             from tag_edits e join tags t on t.tenant_id = e.tenant_id and t.id = e.tag_id
             where e.tenant_id = $1 and e.id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .fetch_optional(conn)
        .await?);
        let Some((id, name, color, deed, changed, made_at)) = row else { return Ok(None) };
        let deed = match deed.as_str() {
            "add" => TagDeed::Add,
            "remove" => TagDeed::Remove,
            _ => return Err(Error::Corrupt { column: "deed", value: deed }),
        };
        Ok(Some(StoredTagEdit { tag: tag((id, name, color))?, deed, changed, made_at }))
    }

    /// Does the opposite of a bulk change to the products that it changed, and forgets it.
    pub async fn undo_tag_edit(&mut self, id: TagEditId, edit: &StoredTagEdit) -> Result<()> {
        let opposite = match edit.deed {
            TagDeed::Add => TagDeed::Remove,
            TagDeed::Remove => TagDeed::Add,
        };
        self.apply(id, edit.tag.id, opposite).await?;
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from tag_edits where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Forgets bulk changes that nobody can undo any more.
    pub async fn forget_tag_edits(&mut self, before: DateTime<Utc>) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from tag_edits where tenant_id = $1 and made_at < $2"
        )
        .bind(tenant)
        .bind(before)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// Puts the tag on all products of an edit, or takes it off them.
    async fn apply(&mut self, edit: TagEditId, tag: TagId, deed: TagDeed) -> Result<()> {
        let text = match deed {
            TagDeed::Add => {
                "insert into product_tags (tenant_id, tag_id, product_id)
                 select e.tenant_id, $2, e.product_id from tag_edit_products e
                 where e.tenant_id = $1 and e.edit_id = $3
                 on conflict (tenant_id, tag_id, product_id) do nothing"
            }
            TagDeed::Remove => {
                "delete from product_tags where tenant_id = $1 and tag_id = $2 and product_id in
                   (select e.product_id from tag_edit_products e where e.tenant_id = $1 and e.edit_id = $3)"
            }
        };
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| sqlx::query(text)
            .bind(tenant)
            .bind(tag.0)
            .bind(edit.0)
            .execute(conn)
            .await
            .map(drop)?);
        Ok(())
    }
}
