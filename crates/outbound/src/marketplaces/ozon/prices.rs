//! Prices, a thousand products a page. What a buyer sees is not told any more.

use super::{
    client::{Access, Ozon},
    methods::Method,
    paging,
    products::PRODUCTS,
    rows::{self, List},
    wire::{self, prices as wires},
};
use crate::marketplaces::{failure::Failure, pace::Paced};
use domain::malformed::Malformed;

/// What a product costs; the sku it has is known from the products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductPrice {
    /// Ozon `product_id`.
    pub product: i64,
    /// The crossed-out price, else the price itself, minor units.
    pub full_minor: i64,
    /// What the seller asks, after own promotions, minor units.
    pub seller_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// A page of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricesPage {
    /// The prices. A product without one is left out.
    pub prices: Vec<ProductPrice>,
    /// Rows of the page, those without a price too.
    pub rows: usize,
    /// Rows that could not be read.
    pub malformed: Malformed,
    /// Where to read on; `None`: this was the last.
    pub next: Option<String>,
}

impl Ozon {
    /// The page after a place; `None`: the first.
    pub async fn prices(
        &self,
        access: &Access<'_>,
        cursor: Option<&str>,
    ) -> Result<Paced<PricesPage>, Failure> {
        let filter = wire::ALL;
        let request = wires::Request { filter, cursor: cursor.unwrap_or(""), limit: PRODUCTS };
        let answer = self.ask(access, Method::Prices, &request).await?;
        let pace = answer.pace;
        Ok(Paced { value: page(access, answer.value, cursor)?, pace })
    }
}

fn page(
    access: &Access<'_>,
    answer: wires::Answer,
    before: Option<&str>,
) -> Result<PricesPage, Failure> {
    // The last page is empty, whatever its cursor says.
    let cursor = answer.cursor.filter(|_| !answer.items.is_empty());
    let next = paging::next(Method::Prices, None, cursor, before)?;
    let list = List { method: Method::Prices, path: "items", name: "product_id" };
    let (found, malformed) = rows::read(access, list, &answer.items, |item| Ok(price(item)));
    let prices = found.into_iter().flatten().collect();
    Ok(PricesPage { prices, rows: answer.items.len(), malformed, next })
}

fn price(item: wires::Item) -> Option<ProductPrice> {
    let price = item.price?;
    let real = |minor: Option<i64>| minor.filter(|minor| *minor > 0);
    let base = real(price.price.0)?;
    Some(ProductPrice {
        product: item.product_id.0,
        full_minor: real(price.old_price.0).unwrap_or(base).max(base),
        seller_minor: real(price.marketing_seller_price.0).unwrap_or(base),
        currency: price.currency_code.unwrap_or_else(|| "RUB".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // As in the contract of 2026-06-11.
    #[test]
    fn a_price_is_before_and_after_the_sellers_discount() {
        let body = r#"{"items":[
            {"product_id":1000123456,"offer_id":"test-offer-123456","price":{"price":2999.99,"old_price":3499.99,
             "min_price":2799.99,"net_price":2000,"marketing_seller_price":2899.99,"currency_code":"RUB","vat":0.2}},
            {"product_id":1000123457,"price":{"price":"499.0000","old_price":0,"currency_code":""}},
            {"product_id":1000123458,"price":{"price":0}},{"product_id":1000123459,"price":null}],
            "cursor":"abc","total":4}"#;
        let read =
            page(&rows::testing::access(), serde_json::from_str(body).unwrap(), None).unwrap();
        let told: Vec<_> =
            read.prices.iter().map(|p| (p.product, p.full_minor, p.seller_minor)).collect();
        assert_eq!(told, [(1_000_123_456, 349_999, 289_999), (1_000_123_457, 49_900, 49_900)]);
        assert_eq!((read.rows, read.next.as_deref()), (4, Some("abc")));
        assert_eq!(read.prices[1].currency, "RUB");
        let end = page(
            &rows::testing::access(),
            serde_json::from_str(r#"{"items":[],"cursor":"abc"}"#).unwrap(),
            Some("abc"),
        );
        assert_eq!(end.unwrap().next, None);
    }
}
