//! Prices: those of now, and every change of them. What did not change is looked at and left alone.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::{OfferId, ProductId, observed::ObservedPrice};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A price as it was seen, with the size that it is of.
#[derive(Clone, Copy, Debug)]
pub struct NewPrice<'a> {
    /// Of which size.
    pub offer: OfferId,
    /// Of which card.
    pub product: ProductId,
    /// What was seen.
    pub observed: &'a ObservedPrice,
}

/// What a size cost from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Price {
    /// Which size.
    #[sqlx(try_from = "Uuid")]
    pub offer_id: OfferId,
    /// From when.
    pub since: DateTime<Utc>,
    /// Before the seller's discount, minor units.
    pub price_minor: i64,
    /// The seller's discount in percent, when told.
    pub discount_percent: Option<i64>,
    /// After the seller's discount, minor units.
    pub discounted_minor: i64,
    /// What a buyer sees, where told, minor units.
    pub buyer_minor: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}

/// Where a list of prices stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePlace {
    #[serde(rename = "t")]
    since: DateTime<Utc>,
    #[serde(rename = "o")]
    offer: OfferId,
}

impl PricePlace {
    /// That of a price.
    pub fn of(price: &Price) -> Self {
        Self { since: price.since, offer: price.offer_id }
    }

    /// As text for a client, who is not to read it.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads what [`Self::to_text`] wrote; `None`: it is no such text.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

const DIFFERING: &str = "with {rows}
 select v.place from v left join prices p on p.tenant_id = $1 and p.offer_id = v.offer_id
 where p.offer_id is null or p.product_id <> v.product_id or p.price_minor <> v.price_minor
   or p.discount_percent is distinct from v.discount_percent or p.discounted_minor <> v.discounted_minor
   or p.buyer_minor is distinct from v.buyer_minor or p.currency <> v.currency";

const CURRENT: &str = "with {rows}
 insert into prices (tenant_id, offer_id, product_id, price_minor, discount_percent, discounted_minor, buyer_minor,
   currency, changed_at)
 select $1, v.offer_id, v.product_id, v.price_minor, v.discount_percent, v.discounted_minor, v.buyer_minor,
   v.currency, $2
 from v where true
 on conflict (tenant_id, offer_id) do update set
   product_id = excluded.product_id, price_minor = excluded.price_minor,
   discount_percent = excluded.discount_percent, discounted_minor = excluded.discounted_minor,
   buyer_minor = excluded.buyer_minor, currency = excluded.currency, changed_at = excluded.changed_at";

const HISTORY: &str = "with {rows}
 insert into price_changes (tenant_id, product_id, offer_id, valid_from, price_minor, discount_percent,
   discounted_minor, buyer_minor, currency)
 select $1, v.product_id, v.offer_id, $2, v.price_minor, v.discount_percent, v.discounted_minor, v.buyer_minor,
   v.currency
 from v where true
 on conflict (tenant_id, product_id, offer_id, valid_from) do update set
   price_minor = excluded.price_minor, discount_percent = excluded.discount_percent,
   discounted_minor = excluded.discounted_minor, buyer_minor = excluded.buyer_minor, currency = excluded.currency";

impl TenantTx {
    /// Writes the prices that differ from what is known, and beside each its change; returns how many. Sizes must
    /// not repeat within one call.
    pub async fn upsert_prices(
        &mut self,
        prices: &[NewPrice<'_>],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let tenant = Fixed::Id(self.tenant());
        let all = columns(prices).number("place", (0_i64..).take(prices.len()));
        let differing: Vec<(i64,)> = bulk::fetch(&mut self.tx, DIFFERING, &[tenant], &all).await?;
        let changed: Vec<NewPrice<'_>> = differing
            .into_iter()
            .filter_map(|(place,)| prices.get(usize::try_from(place).ok()?).copied())
            .collect();
        let fixed = [tenant, Fixed::Moment(now)];
        let rows = columns(&changed);
        bulk::execute(&mut self.tx, CURRENT, &fixed, &rows).await?;
        bulk::execute(&mut self.tx, HISTORY, &fixed, &rows).await?;
        Ok(changed.len() as u64)
    }

    /// What the sizes of a product cost now.
    pub async fn prices_of(&mut self, product: ProductId) -> Result<Vec<Price>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select offer_id, changed_at as since, price_minor, discount_percent, discounted_minor, buyer_minor,
                   currency
                 from prices where tenant_id = $1 and product_id = $2 order by offer_id",
            )
            .bind(tenant)
            .bind(product.0)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Prices that the sizes of a product had, the latest first, before one of them.
    pub async fn price_changes(
        &mut self,
        product: ProductId,
        before: Option<PricePlace>,
        limit: i64,
    ) -> Result<Vec<Price>> {
        let tenant = self.tenant();
        let (since, offer) = before.map(|place| (place.since, place.offer.0)).unzip();
        let text = format!(
            "select offer_id, valid_from as since, price_minor, discount_percent, discounted_minor, buyer_minor, currency
             from price_changes where tenant_id = $1 and product_id = $2 {}
             order by valid_from desc, offer_id desc limit $5",
            // Without a place its parameters stand where they narrow nothing.
            if before.is_some() {
                "and (valid_from, offer_id) < ($3, $4)"
            } else {
                "and $3 is null and $4 is null"
            }
        );
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(AssertSqlSafe(text))
                .bind(tenant)
                .bind(product.0)
                .bind(since)
                .bind(offer)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Every price that the sizes of a product had, the latest first.
    pub async fn price_history(&mut self, product: ProductId) -> Result<Vec<Price>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select offer_id, valid_from as since, price_minor, discount_percent, discounted_minor, buyer_minor,
                   currency
                 from price_changes where tenant_id = $1 and product_id = $2 order by valid_from desc, offer_id",
            )
            .bind(tenant)
            .bind(product.0)
            .fetch_all(conn)
            .await?
        }))
    }
}

fn columns<'a>(prices: &[NewPrice<'a>]) -> Rows<'a> {
    Rows::new(prices.len())
        .id("offer_id", prices.iter().map(|p| p.offer.0))
        .id("product_id", prices.iter().map(|p| p.product.0))
        .number("price_minor", prices.iter().map(|p| p.observed.price_minor))
        .maybe_number("discount_percent", prices.iter().map(|p| p.observed.discount_percent))
        .number("discounted_minor", prices.iter().map(|p| p.observed.discounted_minor))
        .maybe_number("buyer_minor", prices.iter().map(|p| p.observed.buyer_minor))
        .text("currency", prices.iter().map(|p| p.observed.currency.as_str()))
}
