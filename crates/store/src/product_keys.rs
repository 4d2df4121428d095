//! By what a product may be known again in another shop, and the pairs that share such a key. Written while a sync
//! writes the products that changed, so that nobody who looks at the suggestions compares products with products.

use crate::{
    engine::{
        bulk::{self, Fixed, Rows},
        lock,
    },
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, ProductId};
use sqlx::types::Json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Keys of products as rows.
fn rows(keys: &[(Uuid, String)]) -> Rows<'_> {
    Rows::new(keys.len())
        .id("id", keys.iter().map(|(id, _)| *id))
        .text("key", keys.iter().map(|(_, key)| key.as_str()))
}

/// A product with what it may be known by: its article and its barcodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBy {
    /// Which product.
    pub product: ProductId,
    /// The seller's article.
    pub article: String,
    /// The barcodes of all its sizes.
    pub barcodes: Vec<String>,
}

const OF_ARTICLES: &str = "with {rows}
 select p.id, p.article from v cross join products p
 where p.tenant_id = $1 and p.account_id = $2 and p.article = v.article";

const KEYS_OF: &str = "with {rows}
 select k.product_id, k.key from v cross join product_keys k where k.tenant_id = $1 and k.product_id = v.id";

const ADD: &str = "with {rows}
 insert into product_keys (tenant_id, key, product_id, account_id)
 select $1, v.key, v.id, $2 from v where true on conflict (tenant_id, key, product_id) do nothing";

const DROP: &str = "with {rows}
 delete from product_keys where tenant_id = $1 and (key, product_id) in (select v.key, v.id from v)";

const FORGET_FIRST: &str = "with {rows}
 delete from link_suggestions where tenant_id = $1 and not declined and first_id in (select v.id from v)";

const FORGET_SECOND: &str = "with {rows}
 delete from link_suggestions where tenant_id = $1 and not declined and second_id in (select v.id from v)";

/// A key that more than twenty products share says nothing of any two of them; and that is what keeps a pair a product's
/// own affair, however many products a company has.
const FIND: &str = "with {rows}, found as (
   select case when k.product_id < m.product_id then k.product_id else m.product_id end as first_id,
     case when k.product_id < m.product_id then m.product_id else k.product_id end as second_id,
     max(case when substr(k.key, 1, 1) = 'a' then 1 else 0 end) = 1 as by_article,
     max(case when substr(k.key, 1, 1) = 'b' then 1 else 0 end) = 1 as by_barcode
   from v cross join product_keys k cross join product_keys m
   where k.tenant_id = $1 and k.product_id = v.id
     and m.tenant_id = $1 and m.key = k.key and m.account_id <> k.account_id
     and (select count(*) from product_keys c where c.tenant_id = $1 and c.key = k.key) <= 20
   group by 1, 2)
 insert into link_suggestions (tenant_id, first_id, second_id, by_article, by_barcode, declined, found_at)
 select $1, f.first_id, f.second_id, f.by_article, f.by_barcode, 1 = 0, $2 from found f
 where not exists (select 1 from product_links x join product_links y on y.tenant_id = $1 and y.group_id = x.group_id
   where x.tenant_id = $1 and x.product_id = f.first_id and y.product_id = f.second_id)
 on conflict (tenant_id, first_id, second_id) do nothing";

impl TenantTx {
    /// The company's shops whose products are not all known by their keys yet; none while it has one shop, which has
    /// nothing to be compared with.
    pub async fn shops_without_keys(&mut self) -> Result<Vec<AccountId>> {
        let tenant = self.tenant();
        let shops: Vec<(Uuid, Option<DateTime<Utc>>)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select a.id, s.whole_at from accounts a
                 left join link_scans s on s.tenant_id = a.tenant_id and s.account_id = a.id
                 where a.tenant_id = $1 order by a.created_at, a.id"
            )
            .bind(tenant)
            .fetch_all(conn)
            .await?);
        if shops.len() < 2 {
            return Ok(Vec::new());
        }
        Ok(shops.into_iter().filter(|(_, at)| at.is_none()).map(|(id, _)| AccountId(id)).collect())
    }

    /// From now on the keys of a shop's products follow their changes; `whole`: those that were there before are
    /// written, too.
    pub async fn note_link_scan(
        &mut self,
        account: AccountId,
        whole: bool,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into link_scans (tenant_id, account_id, begun_at, whole_at) values ($1, $2, $3, $4)
             on conflict (tenant_id, account_id) do update set whole_at = excluded.whole_at"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(now)
        .bind(whole.then_some(now))
        .execute(conn)
        .await
        .map(drop)?
        });
        Ok(())
    }

    /// Whether the keys of a shop's products follow their changes.
    pub async fn follows_keys(&mut self, account: AccountId) -> Result<bool> {
        let tenant = self.tenant();
        let found: i64 = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select count(*) from link_scans where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_one(conn)
        .await?);
        Ok(found > 0)
    }

    /// Some of a shop's products with what they may be known by, after one of them.
    pub async fn known_by(
        &mut self,
        account: AccountId,
        after: ProductId,
        limit: i64,
    ) -> Result<Vec<KnownBy>> {
        let tenant = self.tenant();
        let products: Vec<(Uuid, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, seller_article from products
             where tenant_id = $1 and account_id = $2 and id > $3 order by id limit $4"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(after.0)
        .bind(limit)
        .fetch_all(conn)
        .await?);
        let Some(last) = products.last().map(|(id, _)| *id) else { return Ok(Vec::new()) };
        let offers: Vec<(Uuid, Json<Vec<String>>)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select product_id, barcodes from offers
                 where tenant_id = $1 and account_id = $2 and archived_at is null
                   and product_id > $3 and product_id <= $4",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(after.0)
            .bind(last)
            .fetch_all(conn)
            .await?
        });
        let mut barcodes: HashMap<Uuid, Vec<String>> = HashMap::new();
        for (product, Json(codes)) in offers {
            barcodes.entry(product).or_default().extend(codes);
        }
        let known = products.into_iter().map(|(id, article)| KnownBy {
            product: ProductId(id),
            article,
            barcodes: barcodes.remove(&id).unwrap_or_default(),
        });
        Ok(known.collect())
    }

    /// The products of a shop with these numbers.
    pub async fn products_of_articles(
        &mut self,
        account: AccountId,
        articles: &[i64],
    ) -> Result<HashMap<i64, ProductId>> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let rows = Rows::new(articles.len()).number("article", articles.iter().copied());
        let found: Vec<(Uuid, i64)> = bulk::fetch(&mut self.tx, OF_ARTICLES, &fixed, &rows).await?;
        Ok(found.into_iter().map(|(id, article)| (article, ProductId(id))).collect())
    }

    /// Writes all keys of some products of one shop; where they differ from those that are known, the suggestions of
    /// these products are found anew. Returns how many products that were.
    pub async fn write_product_keys(
        &mut self,
        account: AccountId,
        keys: &[(ProductId, Vec<String>)],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let tenant = Fixed::Id(self.tenant());
        let ids = Rows::new(keys.len()).id("id", keys.iter().map(|(id, _)| id.0));
        let known: Vec<(Uuid, String)> =
            bulk::fetch(&mut self.tx, KEYS_OF, &[tenant], &ids).await?;
        let known: HashSet<(Uuid, &str)> = known.iter().map(|(id, key)| (*id, &**key)).collect();
        let given: HashSet<(Uuid, &str)> = keys
            .iter()
            .flat_map(|(id, keys)| keys.iter().map(|key| (id.0, key.as_str())))
            .collect();
        let pairs = |of: &HashSet<(Uuid, &str)>, without: &HashSet<(Uuid, &str)>| {
            let mut left: Vec<(Uuid, String)> =
                of.difference(without).map(|(id, key)| (*id, (*key).to_owned())).collect();
            left.sort_unstable();
            left
        };
        let (added, gone) = (pairs(&given, &known), pairs(&known, &given));
        if added.is_empty() && gone.is_empty() {
            return Ok(0);
        }
        // Two shops that write the same key at once would not see each other's.
        let tenant_id = self.tenant_id();
        lock::product_keys(&mut self.tx, tenant_id).await?;
        bulk::execute(&mut self.tx, DROP, &[tenant], &rows(&gone)).await?;
        let fixed = [tenant, Fixed::Id(account.0)];
        bulk::execute(&mut self.tx, ADD, &fixed, &rows(&added)).await?;
        let mut changed: Vec<Uuid> = added.iter().chain(&gone).map(|(id, _)| *id).collect();
        changed.sort_unstable();
        changed.dedup();
        self.find_suggestions(&changed, now).await?;
        Ok(changed.len() as u64)
    }

    /// Finds the suggestions of some products anew.
    pub(crate) async fn find_suggestions(
        &mut self,
        products: &[Uuid],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let tenant = Fixed::Id(self.tenant());
        let rows = Rows::new(products.len()).id("id", products.iter().copied());
        bulk::execute(&mut self.tx, FORGET_FIRST, &[tenant], &rows).await?;
        bulk::execute(&mut self.tx, FORGET_SECOND, &[tenant], &rows).await?;
        bulk::execute(&mut self.tx, FIND, &[tenant, Fixed::Moment(now)], &rows).await?;
        Ok(())
    }
}
