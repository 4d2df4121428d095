//! Products of several shops that are one thing: the groups that people made, and the pairs that may be.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::{Error, Result},
    products,
    tenant::TenantTx,
    tx::on_engine,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, ProductId, UserId,
    links::{LinkReason, LinkedProduct},
};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Suggestions that are counted at most.
const COUNTED: i64 = 1000;

/// A pair that may be one thing, the lesser id first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestedPair {
    /// One.
    pub first: ProductId,
    /// The other.
    pub second: ProductId,
    /// Why.
    pub by: LinkReason,
    /// Since when.
    pub found_at: DateTime<Utc>,
}

impl SuggestedPair {
    /// Where the list stands, as text for a client, who is not to read it.
    pub fn cursor(&self) -> String {
        let mut bytes = self.first.0.as_bytes().to_vec();
        bytes.extend(self.second.0.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Self::cursor`] wrote; `None`: it is no such text.
    pub fn place(text: &str) -> Option<(ProductId, ProductId)> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (first, second) = bytes.split_at_checked(16)?;
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).ok().map(ProductId);
        id(first).zip(id(second))
    }
}

type PairRow = (Uuid, Uuid, bool, bool, DateTime<Utc>);

#[derive(FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    shop: String,
    colour: String,
    marketplace: String,
    article: i64,
    seller_article: String,
    title: String,
    photo_url: Option<String>,
    archived_at: Option<DateTime<Utc>>,
    total_stock: Option<i64>,
    orders_7: Option<i64>,
    orders_28: Option<i64>,
    cover_tenths: Option<i64>,
    velocity_thousandths: Option<i64>,
    price_minor: Option<i64>,
    currency: Option<String>,
    stock_as_of: Option<DateTime<Utc>>,
    orders_as_of: Option<DateTime<Utc>>,
    prices_as_of: Option<DateTime<Utc>>,
}

const LINKED: &str = "with {rows}
 select p.id, p.account_id, coalesce(a.own_name, a.name) as shop, a.colour, a.marketplace, p.article, p.seller_article,
   p.title, p.photo_url, p.archived_at, p.total_stock, p.orders_7, p.orders_28, p.cover_tenths, p.velocity_thousandths,
   (select min(r.discounted_minor) from prices r where r.tenant_id = $1 and r.product_id = p.id) as price_minor,
   (select min(r.currency) from prices r where r.tenant_id = $1 and r.product_id = p.id) as currency,
   (select min(f.as_of) from freshness f where f.tenant_id = $1 and f.account_id = p.account_id
      and f.step in ('marketplace_stock', 'seller_stock')) as stock_as_of,
   (select min(f.as_of) from freshness f where f.tenant_id = $1 and f.account_id = p.account_id
      and f.step = 'orders') as orders_as_of,
   (select min(f.as_of) from freshness f where f.tenant_id = $1 and f.account_id = p.account_id
      and f.step = 'prices') as prices_as_of
 from v cross join products p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
 where p.tenant_id = $1 and p.id = v.id
 order by a.created_at, a.id, p.id";

const GROUPS: &str = "with {rows}
 select l.product_id, l.group_id from v cross join product_links l where l.tenant_id = $1 and l.product_id = v.id";

const MEMBERS: &str = "with {rows}
 select l.product_id, l.group_id from v cross join product_links l where l.tenant_id = $1 and l.group_id = v.id";

/// What is one thing is no longer suggested to be.
const SETTLE: &str = "with {rows}
 delete from link_suggestions where tenant_id = $1 and first_id in (select v.id from v) and exists (
   select 1 from product_links x join product_links y on y.tenant_id = $1 and y.group_id = x.group_id
   where x.tenant_id = $1 and x.product_id = link_suggestions.first_id and y.product_id = link_suggestions.second_id)";

const DECLINE: &str = "with {rows}
 insert into link_suggestions (tenant_id, first_id, second_id, by_article, by_barcode, declined, found_at)
 select $1, v.first_id, v.second_id, 1 = 0, 1 = 0, 1 = 1, $2 from v where true
 on conflict (tenant_id, first_id, second_id) do update set declined = excluded.declined";

impl Row {
    fn linked(self) -> Result<LinkedProduct> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "accounts.marketplace",
            value: self.marketplace.clone(),
        })?;
        let colour = self
            .colour
            .parse()
            .map_err(|_| Error::Corrupt { column: "accounts.colour", value: self.colour })?;
        Ok(LinkedProduct {
            id: ProductId(self.id),
            account_id: AccountId(self.account_id),
            shop: self.shop,
            colour,
            marketplace,
            marketplace_article: self.article.to_string(),
            seller_article: self.seller_article,
            product_name: self.title,
            photo_url: self.photo_url,
            archived_at: self.archived_at,
            total_stock: self.total_stock,
            orders_7: self.orders_7,
            orders_28: self.orders_28,
            per_day_thousandths: self.velocity_thousandths,
            cover: products::cover(self.total_stock, self.orders_28, self.cover_tenths),
            price_minor: self.price_minor,
            currency: self.currency,
            stock_as_of: self.stock_as_of,
            orders_as_of: self.orders_as_of,
            prices_as_of: self.prices_as_of,
        })
    }
}

impl TenantTx {
    /// Suggestions of products that are listed, by their ids, after a pair.
    pub async fn suggested_pairs(
        &mut self,
        by: Option<LinkReason>,
        after: Option<(ProductId, ProductId)>,
        limit: i64,
    ) -> Result<Vec<SuggestedPair>> {
        let tenant = self.tenant();
        let (article, barcode) = by.map(LinkReason::parts).unzip();
        let (first, second) = after.unwrap_or((ProductId(Uuid::nil()), ProductId(Uuid::nil())));
        let rows: Vec<PairRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select s.first_id, s.second_id, s.by_article, s.by_barcode, s.found_at
                 from link_suggestions s
                   join products p on p.tenant_id = s.tenant_id and p.id = s.first_id
                   join products q on q.tenant_id = s.tenant_id and q.id = s.second_id
                 where s.tenant_id = $1 and (s.first_id, s.second_id) > ($2, $3) and not s.declined
                   and ($4 is null or s.by_article = $4) and ($5 is null or s.by_barcode = $5)
                   and p.archived_at is null and q.archived_at is null
                 order by s.first_id, s.second_id limit $6",
            )
            .bind(tenant)
            .bind(first.0)
            .bind(second.0)
            .bind(article)
            .bind(barcode)
            .bind(limit)
            .fetch_all(conn)
            .await?
        });
        Ok(rows
            .into_iter()
            .map(|(first, second, article, barcode, found_at)| SuggestedPair {
                first: ProductId(first),
                second: ProductId(second),
                by: LinkReason::of(article, barcode),
                found_at,
            })
            .collect())
    }

    /// How many suggestions there are, up to a thousand.
    pub async fn count_suggestions(&mut self, by: Option<LinkReason>) -> Result<i64> {
        let tenant = self.tenant();
        let (article, barcode) = by.map(LinkReason::parts).unzip();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
                "select count(*) from (select 1 as one from link_suggestions s
                   join products p on p.tenant_id = s.tenant_id and p.id = s.first_id
                   join products q on q.tenant_id = s.tenant_id and q.id = s.second_id
                 where s.tenant_id = $1 and not s.declined
                   and ($2 is null or s.by_article = $2) and ($3 is null or s.by_barcode = $3)
                   and p.archived_at is null and q.archived_at is null limit $4) found",
            )
            .bind(tenant)
            .bind(article)
            .bind(barcode)
            .bind(COUNTED)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Products as they stand beside each other, by the age of their shops; one that is not there is absent.
    pub async fn linked_products(&mut self, ids: &[ProductId]) -> Result<Vec<LinkedProduct>> {
        let fixed = [Fixed::Id(self.tenant())];
        let ids = Rows::new(ids.len()).id("id", ids.iter().map(|id| id.0));
        let rows: Vec<Row> = bulk::fetch(&mut self.tx, LINKED, &fixed, &ids).await?;
        rows.into_iter().map(Row::linked).collect()
    }

    /// The groups of some products; one that is of none is absent.
    pub async fn groups_of(&mut self, ids: &[ProductId]) -> Result<HashMap<ProductId, Uuid>> {
        let fixed = [Fixed::Id(self.tenant())];
        let rows = Rows::new(ids.len()).id("id", ids.iter().map(|id| id.0));
        let found: Vec<(Uuid, Uuid)> = bulk::fetch(&mut self.tx, GROUPS, &fixed, &rows).await?;
        Ok(found.into_iter().map(|(product, group)| (ProductId(product), group)).collect())
    }

    /// All products of some groups.
    pub async fn group_members(&mut self, groups: &[Uuid]) -> Result<Vec<(ProductId, Uuid)>> {
        let fixed = [Fixed::Id(self.tenant())];
        let rows = Rows::new(groups.len()).id("id", groups.iter().copied());
        let found: Vec<(Uuid, Uuid)> = bulk::fetch(&mut self.tx, MEMBERS, &fixed, &rows).await?;
        Ok(found.into_iter().map(|(product, group)| (ProductId(product), group)).collect())
    }

    /// Puts products into groups, out of those that they were in; what is one thing now is suggested no longer.
    pub async fn link_products(
        &mut self,
        links: &[(ProductId, Uuid)],
        by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        const PUT: &str = "with {rows}
             insert into product_links (tenant_id, product_id, group_id, linked_at, linked_by)
             select $1, v.id, v.group_id, $2, v.linked_by from v where true
             on conflict (tenant_id, product_id) do update set group_id = excluded.group_id";
        let tenant = Fixed::Id(self.tenant());
        let rows = Rows::new(links.len())
            .id("id", links.iter().map(|(product, _)| product.0))
            .id("group_id", links.iter().map(|(_, group)| *group))
            .maybe_id("linked_by", links.iter().map(|_| by.map(|user| user.0)));
        bulk::execute(&mut self.tx, PUT, &[tenant, Fixed::Moment(now)], &rows).await?;
        let mut groups: Vec<Uuid> = links.iter().map(|(_, group)| *group).collect();
        groups.sort_unstable();
        groups.dedup();
        let members = self.group_members(&groups).await?;
        let rows = Rows::new(members.len()).id("id", members.iter().map(|(id, _)| id.0));
        bulk::execute(&mut self.tx, SETTLE, &[tenant], &rows).await?;
        Ok(())
    }

    /// Remembers that these pairs are not one thing.
    pub async fn decline_links(
        &mut self,
        pairs: &[(ProductId, ProductId)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        let rows = Rows::new(pairs.len())
            .id("first_id", pairs.iter().map(|(a, b)| a.min(b).0))
            .id("second_id", pairs.iter().map(|(a, b)| a.max(b).0));
        bulk::execute(&mut self.tx, DECLINE, &fixed, &rows).await?;
        Ok(())
    }

    /// Takes a product out of its group; false: it is in none.
    pub async fn unlink_product(&mut self, product: ProductId) -> Result<bool> {
        let tenant = self.tenant();
        let gone = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from product_links where tenant_id = $1 and product_id = $2"
        )
        .bind(tenant)
        .bind(product.0)
        .execute(conn)
        .await?
        .rows_affected());
        self.tidy_links().await?;
        Ok(gone == 1)
    }

    /// A group of one is none. The keys of a company that is left with one shop stay and follow its products: taking
    /// them away would wait for a sync that waits for the shop that goes.
    pub async fn tidy_links(&mut self) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "delete from product_links where tenant_id = $1 and group_id in (
               select l.group_id from product_links l where l.tenant_id = $1 group by l.group_id having count(*) = 1)"
        )
        .bind(tenant)
        .execute(conn)
        .await
        .map(drop)?
        });
        Ok(())
    }
}
