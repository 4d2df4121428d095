//! Writing cards and their sizes in bulk. Never touches measures, stock or orders.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, OfferId, ProductId, observed::ObservedProduct, search::skeleton, validation::fold,
};
use futures::TryStreamExt;
use sqlx::types::Json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A card with the ids that it and its sizes get if they are new.
#[derive(Clone, Debug)]
pub struct NewProduct {
    /// Its id, if it is new.
    pub id: ProductId,
    /// What was seen.
    pub observed: ObservedProduct,
    /// The ids of its sizes, in their order, if they are new.
    pub offer_ids: Vec<OfferId>,
}

/// A size as a number of the marketplace finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownOffer {
    /// Its id.
    pub offer: OfferId,
    /// Its card.
    pub product: ProductId,
    /// Whether the marketplace still lists both.
    pub listed: bool,
}

/// What a bulk write of cards did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProductsWritten {
    /// Cards that are new, differ, or came back.
    pub changed: u64,
    /// Sizes of which the same is true, and sizes that their card no longer has.
    pub offers_changed: u64,
}

const UPSERT: &str = "with {rows}
 insert into products (tenant_id, id, account_id, article, seller_article, title, brand, subject, photo_url,
   seller_article_key, title_key, search_text, changed_at, created_at, updated_at)
 select $1, v.id, $2, v.article, v.seller_article, v.title, v.brand, v.subject, v.photo_url,
   v.seller_article_key, v.title_key, v.search_text, v.changed_at, $3, $3
 from v where true
 on conflict (tenant_id, account_id, article) do update set
   seller_article = excluded.seller_article, title = excluded.title, brand = excluded.brand,
   subject = excluded.subject, photo_url = excluded.photo_url,
   seller_article_key = excluded.seller_article_key, title_key = excluded.title_key,
   search_text = excluded.search_text, changed_at = excluded.changed_at, archived_at = null,
   updated_at = excluded.updated_at
 where products.archived_at is not null
   or (products.seller_article, products.title, products.brand, products.subject, products.photo_url,
       products.search_text)
     is distinct from (excluded.seller_article, excluded.title, excluded.brand, excluded.subject,
       excluded.photo_url, excluded.search_text)
 returning id";

const UPSERT_OFFERS: &str = "with {rows}
 insert into offers (tenant_id, id, account_id, product_id, number, size, barcodes)
 select $1, v.id, $2, p.id, v.number, v.size, v.barcodes
 from v {each products p: p.tenant_id = $1 and p.account_id = $2 and p.article = v.article} where true
 on conflict (tenant_id, account_id, number) do update set
   product_id = excluded.product_id, size = excluded.size, barcodes = excluded.barcodes, archived_at = null
 where offers.archived_at is not null
   or (offers.product_id, offers.size, offers.barcodes)
     is distinct from (excluded.product_id, excluded.size, excluded.barcodes)";

const OFFERS_OF: &str = "with {rows}
 select o.id, o.number
 from v {each products p: p.tenant_id = $1 and p.account_id = $2 and p.article = v.article}
   {each offers o: o.tenant_id = $1 and o.product_id = p.id}
 where o.archived_at is null";

const ARCHIVE_OFFERS: &str = "with {rows}
 update offers set archived_at = $2 where tenant_id = $1 and id in (select id from v)";

const KNOWN_BEFORE: &str = "with {rows}
 update products set created_at = v.at from v
 where products.tenant_id = $1 and products.id = v.id and products.created_at > v.at";

const ARCHIVE: &str = "with {rows}
 update products set archived_at = $2, updated_at = $2
 where tenant_id = $1 and archived_at is null and id in (select id from v)";

impl TenantTx {
    /// Writes cards and their sizes; those that say what is known already are left alone. Articles and sizes
    /// must not repeat.
    pub async fn upsert_products(
        &mut self,
        account: AccountId,
        products: &[NewProduct],
        now: DateTime<Utc>,
    ) -> Result<ProductsWritten> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0), Fixed::Moment(now)];
        let keys: Vec<[String; 3]> = products.iter().map(|p| search_keys(&p.observed)).collect();
        let rows = Rows::new(products.len())
            .id("id", products.iter().map(|p| p.id.0))
            .number("article", products.iter().map(|p| p.observed.article))
            .text("seller_article", products.iter().map(|p| p.observed.seller_article.as_str()))
            .text("title", products.iter().map(|p| p.observed.title.as_str()))
            .maybe_text("brand", products.iter().map(|p| p.observed.brand.as_deref()))
            .maybe_text("subject", products.iter().map(|p| p.observed.subject.as_deref()))
            .maybe_text("photo_url", products.iter().map(|p| p.observed.photo_url.as_deref()))
            .text("seller_article_key", keys.iter().map(|[key, ..]| key.as_str()))
            .text("title_key", keys.iter().map(|[_, key, _]| key.as_str()))
            .text("search_text", keys.iter().map(|[.., text]| text.as_str()))
            .moment("changed_at", products.iter().map(|p| p.observed.changed_at));
        let changed: Vec<(Uuid,)> = bulk::fetch(&mut self.tx, UPSERT, &fixed, &rows).await?;
        if !changed.is_empty() {
            self.forget_totals(account).await?;
        }
        self.touch(changed.iter().map(|(id,)| *id));
        let offers_changed = self.upsert_offers(account, products, now).await?;
        Ok(ProductsWritten { changed: changed.len() as u64, offers_changed })
    }

    async fn upsert_offers(
        &mut self,
        account: AccountId,
        products: &[NewProduct],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0)];
        let offers: Vec<_> = products
            .iter()
            .flat_map(|p| {
                let article = p.observed.article;
                p.observed.offers.iter().zip(&p.offer_ids).map(move |(o, id)| (article, o, id))
            })
            .collect();
        let rows = Rows::new(offers.len())
            .id("id", offers.iter().map(|(_, _, id)| id.0))
            .number("article", offers.iter().map(|(article, ..)| *article))
            .number("number", offers.iter().map(|(_, offer, _)| offer.number))
            .maybe_text("size", offers.iter().map(|(_, offer, _)| offer.size.as_deref()))
            .json("barcodes", offers.iter().map(|(_, offer, _)| offer.barcodes.clone().into()));
        let written = bulk::execute(&mut self.tx, UPSERT_OFFERS, &fixed, &rows).await?;

        let articles = Rows::new(products.len())
            .number("article", products.iter().map(|p| p.observed.article));
        let known: Vec<(Uuid, i64)> =
            bulk::fetch(&mut self.tx, OFFERS_OF, &fixed, &articles).await?;
        let seen: HashSet<i64> = offers.iter().map(|(_, offer, _)| offer.number).collect();
        let gone: Vec<Uuid> = known
            .into_iter()
            .filter(|(_, number)| !seen.contains(number))
            .map(|(id, _)| id)
            .collect();
        let rows = Rows::new(gone.len()).id("id", gone.iter().copied());
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        Ok(written + bulk::execute(&mut self.tx, ARCHIVE_OFFERS, &fixed, &rows).await?)
    }

    /// Archives what a full reading did not see. Returns how many.
    pub async fn archive_products_except(
        &mut self,
        account: AccountId,
        seen: &HashSet<i64>,
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let tenant = self.tenant();
        let listed: Vec<(Uuid, i64)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select id, article from products
             where tenant_id = $1 and account_id = $2 and archived_at is null"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        let gone: Vec<Uuid> = listed
            .into_iter()
            .filter(|(_, article)| !seen.contains(article))
            .map(|(id, _)| id)
            .collect();
        if gone.is_empty() {
            return Ok(0);
        }
        self.forget_totals(account).await?;
        let rows = Rows::new(gone.len()).id("id", gone.iter().copied());
        let fixed = [Fixed::Id(self.tenant()), Fixed::Moment(now)];
        bulk::execute(&mut self.tx, ARCHIVE, &fixed, &rows).await
    }

    /// Notes that products were there before we first saw them: their past is known from then on. Returns of how many
    /// that is news. Products must not repeat.
    pub async fn known_before(&mut self, products: &[(ProductId, DateTime<Utc>)]) -> Result<u64> {
        let rows = Rows::new(products.len())
            .id("id", products.iter().map(|(id, _)| id.0))
            .moment("at", products.iter().map(|(_, at)| *at));
        let fixed = [Fixed::Id(self.tenant())];
        self.touch(products.iter().map(|(id, _)| id.0));
        bulk::execute(&mut self.tx, KNOWN_BEFORE, &fixed, &rows).await
    }

    /// The number of the size that each barcode of an account names; of a listed one, if several have it.
    pub async fn offers_by_barcode(&mut self, account: AccountId) -> Result<HashMap<String, i64>> {
        let tenant = self.tenant();
        let mut found = HashMap::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (i64, Json<Vec<String>>)>(
                "select number, barcodes from offers where tenant_id = $1 and account_id = $2
                 order by case when archived_at is null then 1 else 0 end, number",
            )
            .bind(tenant)
            .bind(account.0)
            .fetch(conn);
            while let Some((number, Json(barcodes))) = rows.try_next().await? {
                found.extend(barcodes.into_iter().map(|barcode| (barcode, number)));
            }
        });
        Ok(found)
    }

    /// The id of each article of an account, archived ones too.
    pub async fn product_ids(&mut self, account: AccountId) -> Result<HashMap<i64, ProductId>> {
        let tenant = self.tenant();
        let rows: Vec<(i64, Uuid)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select article, id from products where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        Ok(rows.into_iter().map(|(article, id)| (article, ProductId(id))).collect())
    }

    /// The marketplace's numbers of an account's products that are not archived.
    pub async fn listed_articles(&mut self, account: AccountId) -> Result<HashSet<i64>> {
        let tenant = self.tenant();
        let articles: Vec<i64> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select article from products
             where tenant_id = $1 and account_id = $2 and archived_at is null"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        Ok(articles.into_iter().collect())
    }

    /// Each size of an account by its number, archived ones too.
    pub async fn known_offers(&mut self, account: AccountId) -> Result<HashMap<i64, KnownOffer>> {
        let tenant = self.tenant();
        let rows: Vec<(i64, Uuid, Uuid, bool)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select o.number, o.id, o.product_id, o.archived_at is null and p.archived_at is null
             from offers o join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
             where o.tenant_id = $1 and o.account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?
        });
        Ok(rows
            .into_iter()
            .map(|(number, offer, product, listed)| {
                let (offer, product) = (OfferId(offer), ProductId(product));
                (number, KnownOffer { offer, product, listed })
            })
            .collect())
    }

    /// How many cards of an account are listed now.
    pub async fn listed_products(&mut self, account: AccountId) -> Result<i64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select count(*) from products
             where tenant_id = $1 and account_id = $2 and archived_at is null"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_one(conn)
        .await?))
    }
}

/// The keys by which it is sorted by article and title, and the text in which it is searched.
pub(crate) fn search_keys(product: &ObservedProduct) -> [String; 3] {
    let article_key = fold(&product.seller_article);
    let title_key = fold(&product.title);
    let mut text = format!("{} {}", skeleton(&title_key), skeleton(&article_key));
    text.push(' ');
    text.push_str(&product.article.to_string());
    let barcodes = product.offers.iter().flat_map(|offer| offer.barcodes.iter());
    for more in product.brand.iter().chain(barcodes) {
        text.push(' ');
        text.push_str(&skeleton(more));
    }
    [article_key, title_key, text]
}
